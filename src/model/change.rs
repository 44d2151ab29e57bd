//! What was changed, when and by whom: one step of a report's timeline.

use std::sync::Arc;

use super::{Annotator, Decision, Span};

/// One change of the decision on a span. A timeline only grows: undoing is a change like any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When it was made: milliseconds since the start of 1970, UTC.
    pub at: u64,
    /// How long the words had been current before, in milliseconds; `None` for changes of many at once.
    pub took: Option<u32>,
    /// Who made it. In the layer `curated` this is not the layer's own name.
    pub by: Annotator,
    /// The gesture's name, as a key of the window's strings.
    pub gesture: String,
    /// The words ruled on. Bytes.
    pub span: Span,
    /// The decision before; `None` where the words were open.
    pub before: Option<Arc<Decision>>,
    /// The decision after; `None` where the words were opened again.
    pub after: Option<Arc<Decision>>,
}
