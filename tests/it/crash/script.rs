//! What the person at the desk does until the program is killed: a bit of everything, by dice.

use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::state::AppState;
use indicator_annotator::model::{DismissReason, Field, RejectReason, Span};

use crate::dice::Dice;

/// The next thing to do; several actions where one needs another before it.
pub fn next(dice: &mut Dice, app: &AppState) -> Vec<Action> {
    match &app.view.front {
        Some(Front::Alike(spans)) => return vec![Action::DecideAlike(spans.clone())],
        Some(Front::ChooseIndicator) => return name_it(dice, app),
        Some(_) => return vec![Action::CloseFront],
        None => {}
    }
    match dice.roll(100) {
        0..34 => to_a_number(dice, app, Action::Run(Command::Accept)),
        34..46 => {
            let reason = dice.one_of(&[
                DismissReason::Date,
                DismissReason::Irrelevant,
                DismissReason::Name,
            ]);
            to_a_number(
                dice,
                app,
                Action::DismissFor(reason.unwrap_or(DismissReason::Date)),
            )
        }
        46..54 => edit_a_field(dice, app),
        54..62 => move_edges(dice, app),
        62..66 => to_a_number(dice, app, Action::Run(Command::Reopen)),
        66..74 => vec![Action::Run(Command::Undo); 1 + dice.roll(3)],
        74..78 => vec![Action::Run(Command::Redo)],
        78..82 => to_a_number(dice, app, Action::Run(Command::SameForAll)),
        82..86 => accept_all(dice, app),
        86..88 => to_a_number(dice, app, Action::Reject(RejectReason::Value)),
        88..95 => other_report(dice, app),
        95..97 => vec![Action::SetTitle(format!("科技工作 {}", dice.roll(1000)))],
        97..98 => vec![Action::SetGuidelines(format!(
            "只标数字。\n\n第{}稿\n",
            dice.roll(1000)
        ))],
        _ => name_it(dice, app),
    }
}

fn to_a_number(dice: &mut Dice, app: &AppState, then: Action) -> Vec<Action> {
    let spans: Vec<Span> = app.marks.all().iter().map(|mark| mark.span).collect();
    let chosen = dice.one_of(&spans).map(Action::SetCurrent);
    chosen.into_iter().chain([then]).collect()
}

fn name_it(dice: &mut Dice, app: &AppState) -> Vec<Action> {
    let close = Action::CloseFront;
    if dice.roll(3) == 0 {
        return vec![close, Action::TagAsNew(format!("新指标{}", dice.roll(40)))];
    }
    let indicators = &app.project.catalogue.indicators;
    let chosen = &indicators[dice.roll(indicators.len())];
    vec![close, Action::TagAs(chosen.id.clone())]
}

fn decided(dice: &mut Dice, app: &AppState) -> Option<Span> {
    let spans: Vec<Span> = app.layer()?.iter().map(|decision| decision.span).collect();
    dice.one_of(&spans)
}

fn edit_a_field(dice: &mut Dice, app: &AppState) -> Vec<Action> {
    let Some(span) = decided(dice, app) else {
        return Vec::new();
    };
    let (field, words) = match dice.roll(3) {
        0 => (Field::Note, format!("看过 {} 遍\n\"引号\"", dice.roll(9))),
        1 => (Field::TimePeriod, (2000 + dice.roll(30)).to_string()),
        _ => (Field::IndicatorText, format!("指标{}", dice.roll(9))),
    };
    vec![Action::SetCurrent(span), Action::SetField(field, words)]
}

/// Moves an edge by a character, so that later decisions overlap with earlier ones.
fn move_edges(dice: &mut Dice, app: &AppState) -> Vec<Action> {
    let Some(span) = decided(dice, app) else {
        return Vec::new();
    };
    let edges = [
        Command::StartLeft,
        Command::StartRight,
        Command::EndLeft,
        Command::EndRight,
    ];
    let edge = dice.one_of(&edges).unwrap_or(Command::EndLeft);
    vec![Action::SetCurrent(span), Action::Run(edge)]
}

/// Accepts what the queue lists in all reports, which is one gesture over many files.
fn accept_all(dice: &mut Dice, app: &AppState) -> Vec<Action> {
    if app.review.queue.is_empty() {
        return vec![Action::Run(Command::Review), Action::Run(Command::Review)];
    }
    // Mostly taken back, or there would soon be nothing left to do.
    let mut actions = vec![Action::AcceptAll];
    if dice.roll(4) > 0 {
        actions.push(Action::Run(Command::Undo));
    }
    actions
}

fn other_report(dice: &mut Dice, app: &AppState) -> Vec<Action> {
    let reports = &app.project.reports;
    vec![Action::ShowReport(reports[dice.roll(reports.len())].id.clone())]
}
