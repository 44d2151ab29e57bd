//! Agreement figures as tables for a person; `-` is a figure that is not defined.

use crate::cli::columns::aligned;
use crate::model::{Catalogue, Field};
use crate::query::agreement::{Agreement, Aspect, Comparison, Figures, Group, Label, Scheme, ValueCounts};

const LEGEND: &str = "
-      not defined: nothing to compare, or everybody said one and the same throughout
scale  values that differ by a magnitude exactly; 1.2亿元 and 12000万元 are the same
";

/// The tables of each pair, and then of all together.
pub(super) fn text(agreement: &Agreement, catalogue: &Catalogue) -> String {
    let mut sections: Vec<String> = agreement
        .pairs
        .iter()
        .map(|pair| section(pair, catalogue))
        .collect();
    if agreement.pairs.len() > 1 {
        sections.push(section(&agreement.together, catalogue));
    }
    sections.join("\n") + LEGEND
}

fn section(comparison: &Comparison, catalogue: &Catalogue) -> String {
    let names: Vec<String> = comparison.annotators.iter().map(ToString::to_string).collect();
    let title = match names.as_slice() {
        [one, other] => format!("{one} (reference) and {other}\n"),
        _ => format!("All together: {}\n", names.join(", ")),
    };
    let one_sided = |counts: &[usize]| {
        let only = names
            .iter()
            .zip(counts)
            .map(|(name, count)| format!(", only {name} {count}"));
        only.collect::<String>()
    };
    let all = &comparison.all;
    let reports = format!(
        "shared reports {}{}\n",
        comparison.shared.len(),
        one_sided(&comparison.unshared)
    );
    if comparison.shared.is_empty() {
        return format!("{title}{reports}no figures: the annotators have no report in common\n");
    }
    let numbers = format!(
        "numbers decided on by both {}{}\n",
        all.both,
        one_sided(&all.one_sided)
    );
    let numbers = if names.len() > 2 {
        numbers.replacen("both", "two or more", 1)
    } else {
        numbers
    };
    let mut words = format!(
        "{title}{reports}{numbers}\n{}\n{}\n{}",
        spans(all, names.len() > 2),
        fields(all, names.len() > 2),
        values(&all.values)
    );
    if !comparison.groups.is_empty() {
        words += "\n";
        words += &groups(comparison, &names, catalogue);
    }
    words
}

fn spans(figures: &Figures, are_sums: bool) -> String {
    let first = if are_sums { "spans, sums of pairs" } else { "spans" };
    let heads = [
        first,
        "correct",
        "incorrect",
        "partial",
        "missed",
        "spurious",
        "precision",
        "recall",
        "F1",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for scheme in Scheme::ALL {
        let counts = figures.spans.unwrap_or_default().get(scheme);
        let numbers = [
            counts.correct,
            counts.incorrect,
            counts.partial,
            counts.missed,
            counts.spurious,
        ];
        let shares = [counts.precision(), counts.recall(), counts.f1()];
        let mut row = vec![scheme.name().to_owned()];
        row.extend(numbers.iter().map(ToString::to_string));
        row.extend(shares.map(figure));
        rows.push(row);
    }
    aligned(&rows)
}

/// The table of fields; κ is for two annotators only.
fn fields(figures: &Figures, are_many: bool) -> String {
    let mut heads = vec!["field", "n", "same", "alpha"];
    heads.extend((!are_many).then_some("kappa"));
    let mut rows = vec![heads.into_iter().map(str::to_owned).collect::<Vec<_>>()];
    for field in &figures.fields {
        let kind = if field.aspect.is_ratio() { " (ratio)" } else { "" };
        let name = format!("{}{kind}", field.aspect.name());
        let mut row = vec![
            name,
            field.n.to_string(),
            field.agreed.to_string(),
            figure(field.alpha),
        ];
        row.extend((!are_many).then(|| figure(field.kappa)));
        rows.push(row);
    }
    aligned(&rows)
}

fn values(counts: &ValueCounts) -> String {
    let powers: Vec<String> = counts
        .scale
        .iter()
        .map(|(power, count)| format!("10^{power}: {count}"))
        .collect();
    let powers = if powers.is_empty() {
        String::new()
    } else {
        format!(" ({})", powers.join(", "))
    };
    format!(
        "values: {} same, {} scale{powers}, {} sign, {} different\n",
        counts.same,
        counts.scaled(),
        counts.sign,
        counts.different
    )
}

fn groups(comparison: &Comparison, names: &[String], catalogue: &Catalogue) -> String {
    let is_report = matches!(comparison.groups.first(), Some((Group::Report(_), _)));
    let first = if is_report { "report" } else { "indicator" };
    let decided = if names.len() > 2 { "two or more" } else { "both" };
    let mut heads = vec![first.to_owned(), decided.to_owned()];
    heads.extend(names.iter().map(|name| format!("only {name}")));
    let rest = [
        "strict F1",
        "type F1",
        "type alpha",
        "values",
        "value alpha",
        "scale",
    ];
    heads.extend(rest.map(str::to_owned));
    let mut rows = vec![heads];
    for (group, figures) in &comparison.groups {
        let mut row = vec![name(group, catalogue), figures.both.to_string()];
        row.extend(figures.one_sided.iter().map(ToString::to_string));
        let f1 = |scheme| figure(figures.spans.and_then(|spans| spans.get(scheme).f1()));
        let (label, value) = (
            figures.field(Aspect::Label),
            figures.field(Aspect::Of(Field::Value)),
        );
        row.extend([
            f1(Scheme::Strict),
            f1(Scheme::Type),
            figure(label.and_then(|field| field.alpha)),
            value.map_or(0, |field| field.n).to_string(),
            figure(value.and_then(|field| field.alpha)),
            figures.values.scaled().to_string(),
        ]);
        rows.push(row);
    }
    aligned(&rows)
}

fn name(group: &Group, catalogue: &Catalogue) -> String {
    match group {
        Group::Report(report) => report.to_string(),
        Group::Label(Label::Indicator(id)) => catalogue
            .get(id)
            .map_or_else(|| id.to_string(), |entry| entry.name.clone()),
        Group::Label(Label::Unlisted) => "(not in the catalogue)".to_owned(),
        Group::Label(Label::Dismissed(reason)) => format!("dismissed: {reason}"),
    }
}

fn figure(number: Option<f64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| format!("{number:.3}"))
}
