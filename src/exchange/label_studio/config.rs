//! The labelling configuration that a project of Label Studio needs for our tasks.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::export::choices;
use crate::exchange::annotated::{Annotated, NAME};
use crate::exchange::export::{Format, Selection};
use crate::exchange::markup::xml;
use crate::model::{DismissReason, Field, Role};

/// The configuration for a selection: its catalogue's labels and those that its layer has besides.
pub fn config(selection: &Selection<'_>) -> String {
    let mut config = "<View>\n  <Labels name=\"label\" toName=\"text\" choice=\"single\">\n".to_owned();
    for (label, hint) in labels(selection) {
        // Writing to a string cannot fail.
        writeln!(
            config,
            "    <Label value=\"{}\" hint=\"{}\"/>",
            xml(&label),
            xml(&hint)
        )
        .unwrap_or_default();
    }
    config.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n");
    writeln!(
        config,
        "  <Relations>\n    <Relation value=\"{NAME}\"/>\n  </Relations>"
    )
    .unwrap_or_default();
    for field in Field::ALL {
        let name = field.name();
        writeln!(config, "  <Header value=\"{name}\" size=\"6\"/>").unwrap_or_default();
        match choices(*field) {
            Some(codes) => {
                writeln!(
                    config,
                    "  <Choices name=\"{name}\" toName=\"text\" perRegion=\"true\">"
                )
                .unwrap_or_default();
                for code in codes {
                    writeln!(config, "    <Choice value=\"{}\"/>", xml(code)).unwrap_or_default();
                }
                config.push_str("  </Choices>\n");
            }
            None => writeln!(
                config,
                "  <TextArea name=\"{name}\" toName=\"text\" perRegion=\"true\" editable=\"true\"/>"
            )
            .unwrap_or_default(),
        }
    }
    config + "</View>\n"
}

/// The labels, each with words that explain it: the catalogue's in its order, then all others by their letters.
fn labels(selection: &Selection<'_>) -> Vec<(String, String)> {
    let catalogue = selection.project.catalogue.indicators.iter();
    let mut labels: Vec<(String, String)> = catalogue
        .map(|entry| (entry.id.to_string(), entry.name.clone()))
        .collect();
    let dismissed = DismissReason::ALL
        .iter()
        .map(|reason| format!("dismissed-{reason}"));
    let mut others: BTreeSet<String> = dismissed
        .chain([NAME.to_owned(), Role::Indicator.code().to_owned()])
        .collect();
    let take = |page: &Annotated<'_>| {
        let marks = page
            .marks
            .iter()
            .chain(page.proposals.iter().flat_map(|(_, marks)| marks));
        others.extend(marks.map(|mark| mark.label().into_owned()));
        Ok(())
    };
    // Nothing is written on this way, so nothing can fail.
    selection.visit(Format::LabelStudio, take).ok();
    let known: BTreeSet<&str> = labels.iter().map(|(label, _)| label.as_str()).collect();
    let others: Vec<String> = others
        .into_iter()
        .filter(|label| !known.contains(label.as_str()))
        .collect();
    labels.extend(others.into_iter().map(|label| (label, String::new())));
    labels
}
