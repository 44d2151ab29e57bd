//! What every part of the window gets: the state to read, and a place for its wishes.

use super::strings::Strings;
use super::theme::Theme;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::state::AppState;

/// Everything that drawing reads.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    /// The state.
    pub state: &'a AppState,
    /// The colours.
    pub theme: &'a Theme,
    /// The words.
    pub strings: &'a Strings,
}

impl<'a> Cx<'a> {
    /// The words of a key.
    pub fn t(&self, key: &str) -> &'a str {
        self.strings.t(key)
    }

    /// The words of a key with `{0}`, `{1}` … replaced.
    pub fn f(&self, key: &str, parts: &[&str]) -> String {
        self.strings.f(key, parts)
    }

    /// The name of a command.
    pub fn command(&self, command: Command) -> String {
        self.t(&format!("command.{}", command.spec().id)).to_owned()
    }

    /// What a command does, in a sentence.
    pub fn hint(&self, command: Command) -> String {
        self.t(&format!("command.{}.hint", command.spec().id)).to_owned()
    }
}

/// The wishes that drawing collects; dispatched after the frame.
#[derive(Default)]
pub struct Out {
    actions: Vec<Action>,
}

impl Out {
    /// Adds a wish.
    pub fn push(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// Adds the wish for a command.
    pub fn run(&mut self, command: Command) {
        self.push(Action::Run(command));
    }

    /// The wishes so far.
    pub fn actions(&mut self) -> &mut Vec<Action> {
        &mut self.actions
    }

    /// The wishes, taken out.
    pub fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.actions)
    }
}
