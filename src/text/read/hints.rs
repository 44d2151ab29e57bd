//! What a file says of itself besides its text.

/// What readers come across while they read; a field is empty where there is none.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// The names (in lower case) and contents of `<meta>` elements.
    pub meta: Vec<(String, String)>,
    /// The text of `<title>`.
    pub page_title: String,
    /// The first top-level heading of HTML or Markdown.
    pub headline: String,
}

impl Hints {
    /// The content of the first of these `<meta>` names (in lower case) that has one.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.meta.iter().find(|(key, _)| key == name)?;
            Some(found.1.as_str())
        })
    }
}
