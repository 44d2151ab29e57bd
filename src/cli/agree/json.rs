//! Agreement figures as one JSON object; `null` is a figure that is not defined.

use serde_json::{Map, Value as Json, json};

use crate::model::{Annotator, Catalogue};
use crate::query::agreement::{Agreement, Comparison, Counts, Figures, Group, Label, Scheme};

/// The object: `pairs`, and `together` for all annotators.
pub(super) fn object(agreement: &Agreement, catalogue: &Catalogue) -> Json {
    let pairs = agreement.pairs.iter().map(|pair| comparison(pair, catalogue));
    json!({
        "pairs": pairs.collect::<Vec<_>>(),
        "together": comparison(&agreement.together, catalogue),
    })
}

fn comparison(comparison: &Comparison, catalogue: &Catalogue) -> Json {
    let annotators = &comparison.annotators;
    let mut object = json!({
        "annotators": annotators,
        "shared_reports": comparison.shared,
        "unshared_reports": by_annotator(annotators, &comparison.unshared),
    });
    extend(&mut object, figures(&comparison.all, annotators));
    let groups = comparison.groups.iter().map(|(group, found)| {
        let mut object = named(group, catalogue);
        extend(&mut object, figures(found, annotators));
        object
    });
    let groups: Vec<Json> = groups.collect();
    if !groups.is_empty() {
        extend(&mut object, json!({ "groups": groups }));
    }
    object
}

fn named(group: &Group, catalogue: &Catalogue) -> Json {
    match group {
        Group::Report(report) => json!({ "report": report }),
        Group::Label(Label::Indicator(id)) => {
            json!({ "indicator": id, "name": catalogue.get(id).map(|entry| &entry.name) })
        }
        Group::Label(Label::Unlisted) => json!({ "indicator": null }),
        Group::Label(Label::Dismissed(reason)) => json!({ "dismissed": reason }),
    }
}

fn figures(figures: &Figures, annotators: &[Annotator]) -> Json {
    let spans = figures.spans.map(|spans| {
        let by_scheme = |scheme: Scheme| (scheme.name().to_owned(), counts(spans.get(scheme)));
        Scheme::ALL.into_iter().map(by_scheme).collect::<Map<_, _>>()
    });
    let fields = figures.fields.iter().map(|field| {
        let object =
            json!({ "n": field.n, "agreed": field.agreed, "alpha": field.alpha, "kappa": field.kappa });
        (field.aspect.name().to_owned(), object)
    });
    let values = &figures.values;
    json!({
        "reports": figures.reports,
        "both": figures.both,
        "one_sided": by_annotator(annotators, &figures.one_sided),
        "spans": spans,
        "fields": fields.collect::<Map<_, _>>(),
        "values": {
            "same": values.same,
            "scale": values.scale,
            "sign": values.sign,
            "different": values.different,
        },
    })
}

fn counts(counts: Counts) -> Json {
    json!({
        "correct": counts.correct,
        "incorrect": counts.incorrect,
        "partial": counts.partial,
        "missed": counts.missed,
        "spurious": counts.spurious,
        "precision": counts.precision(),
        "recall": counts.recall(),
        "f1": counts.f1(),
    })
}

fn by_annotator(annotators: &[Annotator], counts: &[usize]) -> Json {
    let named = annotators.iter().map(ToString::to_string);
    named
        .zip(counts.iter().map(|count| json!(count)))
        .collect::<Map<_, _>>()
        .into()
}

/// Adds an object's members to another.
fn extend(object: &mut Json, more: Json) {
    if let (Json::Object(object), Json::Object(more)) = (object, more) {
        object.extend(more);
    }
}
