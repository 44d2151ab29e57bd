//! doccano's JSON Lines for sequence labelling: `{"text", "label": [[start, end, label], …]}`.
//!
//! doccano counts as its JavaScript does, in UTF-16. Other programs write such files with code points, so ours say
//! which they count in `offset_unit`, which doccano keeps as metadata like `document`.

use serde_json::{Value as Json, json};

use super::annotated::Annotated;
use super::export::Format;

/// A report as one line.
pub(super) fn line(page: &Annotated<'_>) -> Json {
    let labels = page
        .marks
        .iter()
        .map(|mark| json!([mark.at.0, mark.at.1, mark.label()]));
    json!({
        "text": page.text,
        "label": labels.collect::<Vec<_>>(),
        "document": page.report.id,
        "annotator": page.annotator,
        "offset_unit": Format::Doccano.unit().code(),
    })
}
