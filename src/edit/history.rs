//! What was done, and how to take it back: one gesture, one transaction.

use std::borrow::Cow;

use super::{Edit, EditError, apply};
use crate::model::{Project, ReportId, Span};

/// Oldest transactions are forgotten past this many.
const MOST: usize = 10_000;

/// One gesture: the edits that take it back or do it again, and where the person was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The command's or gesture's name, as a key of the window's strings.
    pub name: Cow<'static, str>,
    /// The edits, in the order in which they are to be applied.
    pub edits: Vec<Edit>,
    /// The report and the span that were open, to go back to. Bytes.
    pub place: Option<(ReportId, Span)>,
}

/// What happened to a history, with the transaction that takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something was done.
    Did(Transaction),
    /// The newest of what was done was undone.
    Undid(Transaction),
    /// What was undone last was done again.
    Redid(Transaction),
}

impl Step {
    /// The transaction that takes it back.
    pub fn transaction(&self) -> &Transaction {
        match self {
            Self::Did(transaction) | Self::Undid(transaction) | Self::Redid(transaction) => transaction,
        }
    }
}

/// The stack of what was done and the stack of what was undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Inverses, newest last.
    done: Vec<Transaction>,
    /// Inverses of the inverses, newest last.
    undone: Vec<Transaction>,
}

impl History {
    /// Applies a transaction as a whole and remembers how to take it back.
    ///
    /// # Errors
    /// When one of its edits is refused; those before it are then taken back.
    pub fn commit(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), EditError> {
        let inverse = apply_all(project, transaction)?;
        self.follow(Step::Did(inverse));
        Ok(())
    }

    /// Takes over a step of an earlier run; the project has it already.
    pub fn follow(&mut self, step: Step) {
        match step {
            Step::Did(inverse) => {
                self.done.push(inverse);
                if self.done.len() > MOST {
                    self.done.remove(0);
                }
                self.undone.clear();
            }
            Step::Undid(inverse) => {
                self.done.pop();
                self.undone.push(inverse);
            }
            Step::Redid(inverse) => {
                self.undone.pop();
                self.done.push(inverse);
            }
        }
    }

    /// Lays a transaction that can be done again on the others, as an earlier run left it.
    pub fn lay_undone(&mut self, transaction: Transaction) {
        self.undone.push(transaction);
    }

    /// Forgets what cannot be taken back or done again any more, and all that lies beneath it.
    pub fn keep_while(&mut self, fits: impl Fn(&Transaction) -> bool) {
        for stack in [&mut self.done, &mut self.undone] {
            if let Some(misfit) = stack.iter().rposition(|transaction| !fits(transaction)) {
                stack.drain(..=misfit);
            }
        }
    }

    /// Takes the newest transaction back and returns what was applied for it, or `None` if there is none.
    pub fn undo(&mut self, project: &mut Project) -> Option<Transaction> {
        step(project, &mut self.done, &mut self.undone)
    }

    /// Does the transaction that was undone last again and returns what was applied for it.
    pub fn redo(&mut self, project: &mut Project) -> Option<Transaction> {
        step(project, &mut self.undone, &mut self.done)
    }

    /// Forgets what is about a report whose text is another now, and all that lies beneath it.
    pub fn forget_report(&mut self, report: &ReportId) {
        self.keep_while(|transaction| {
            let mut about = transaction.edits.iter().filter_map(Edit::report);
            about.all(|other| other != report)
        });
    }

    /// How many transactions can be taken back or done again.
    pub fn len(&self) -> usize {
        self.done.len() + self.undone.len()
    }

    /// Whether there is nothing to take back nor to do again.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What was done, oldest first, each as the transaction that takes it back.
    pub fn done(&self) -> impl DoubleEndedIterator<Item = &Transaction> + ExactSizeIterator {
        self.done.iter()
    }

    /// What was undone, oldest first, each as the transaction that does it again.
    pub fn undone(&self) -> impl DoubleEndedIterator<Item = &Transaction> + ExactSizeIterator {
        self.undone.iter()
    }

    /// The name of what `undo` would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.done.last().map(|transaction| transaction.name.as_ref())
    }
}

fn step(
    project: &mut Project,
    from: &mut Vec<Transaction>,
    to: &mut Vec<Transaction>,
) -> Option<Transaction> {
    let transaction = from.pop()?;
    match apply_all(project, transaction.clone()) {
        Ok(inverse) => {
            to.push(inverse);
            Some(transaction)
        }
        // An inverse always fits the project that its edit left behind; one that does not is dropped.
        Err(_misfit) => None,
    }
}

/// Applies all edits of a transaction or none, and returns the transaction that takes them back.
fn apply_all(project: &mut Project, transaction: Transaction) -> Result<Transaction, EditError> {
    let Transaction { name, edits, place } = transaction;
    let mut inverses = Vec::with_capacity(edits.len());
    for edit in edits {
        match apply(project, edit) {
            Ok(inverse) => inverses.push(inverse),
            Err(refusal) => {
                for inverse in inverses.into_iter().rev() {
                    if apply(project, inverse).is_err() {
                        break;
                    }
                }
                return Err(refusal);
            }
        }
    }
    inverses.reverse();
    Ok(Transaction {
        name,
        edits: inverses,
        place,
    })
}
