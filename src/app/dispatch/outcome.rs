//! Taking over what jobs hand back.

use super::{
    agreement, catalogue, checks, commit, curate, export, files, import, intake, keep, lessons, navigate,
    review, search, timeline,
};
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;

pub(super) fn absorb(app: &mut AppState, ports: &mut Ports, outcome: Outcome) {
    match outcome {
        Outcome::Opened(opening, back) => files::take_opening(app, ports, *opening, back),
        Outcome::Looked(intake, corpus, watch) => {
            intake::take_look(app, ports, intake, corpus, &watch);
        }
        Outcome::Added(incoming, unreadable, watch) => {
            intake::take_added(app, ports, incoming, unreadable, &watch);
        }
        Outcome::ReadAgain(id, incoming) => files::take_read_again(app, ports, &id, *incoming),
        Outcome::Analysed(document) => navigate::take_document(app, ports, document),
        Outcome::Suggested(id, own, reminded) => lessons::take(app, id, own, reminded),
        Outcome::Counted(counted) => commit::take_counts(app, counted),
        Outcome::Reread(print, original) => {
            app.readings.insert(print, original);
        }
        Outcome::Of(era, outcome) if era == app.era => absorb(app, ports, *outcome),
        Outcome::ExportInTheWay(wanted) => export::ask_to_replace(app, wanted),
        Outcome::Exported(path, written) => export::take(app, path, written),
        Outcome::Imported(imported) => import::take(app, ports, *imported),
        Outcome::Foreign(annotator, foreign, watch) => {
            import::take_foreign(app, ports, &annotator, *foreign, &watch);
        }
        Outcome::Compared(compared) => curate::begin(app, ports, *compared),
        Outcome::Accepted(annotator, decisions) => {
            review::take_accepted(app, ports, &annotator, decisions);
        }
        Outcome::Reviewed(era, made) => review::take(app, ports, era, *made),
        Outcome::Checked(findings) => checks::take(app, findings),
        Outcome::Found(serial, finds, capped, rest) => {
            search::take_finds(app, ports, (serial, finds, capped), rest);
        }
        Outcome::Agreed(serial, agreement) => agreement::take(app, serial, agreement),
        Outcome::TimelineRead(key, changes) => timeline::take(app, key, &changes),
        Outcome::Picked(purpose, picked) => files::take_picked(app, ports, purpose, picked),
        Outcome::CatalogueRead(_, Ok(other)) => catalogue::take_in(app, ports, other),
        Outcome::CatalogueRead(path, Err(words)) | Outcome::CatalogueWritten(path, Err(words)) => {
            app.notify(Message::CatalogueBroken(path, words));
        }
        Outcome::CatalogueWritten(path, Ok(())) => app.notify(Message::CatalogueWritten(path)),
        Outcome::Kept(kept) => keep::take_kept(app, ports, *kept),
        Outcome::SettingsFailed(error) => app.notify(Message::SaveFailed(error)),
        // Of a project that is no longer open nobody wants to know.
        Outcome::Of(..) | Outcome::Nothing => {}
        Outcome::Broke(words) => {
            app.waiting = None;
            app.view.extracting = None;
            // Whichever job it was, the next change may have it done again.
            app.review.running = false;
            app.checks.running = false;
            app.learning.running = false;
            app.comparing.running = false;
            app.notify(Message::Broke(words));
        }
    }
}
