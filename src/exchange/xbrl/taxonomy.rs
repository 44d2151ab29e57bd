//! The taxonomy that lies beside facts: our dimensions, and the project's catalogue as concepts with their names.

use std::fmt::Write as _;
use std::io;

use crate::exchange::markup::xml;
use crate::model::{Catalogue, Comparator, Indicator, Measure, ValueNature};

/// The namespace of dimensions, the same in every project.
pub(super) const FIELDS: &str = "urn:x-indicator-annotator:fields";
/// The namespace of a project's concepts.
pub(super) const CATALOGUE: &str = "urn:x-indicator-annotator:catalogue";
/// The concept of what the catalogue has no entry for.
pub(super) const OBSERVATION: &str = "observation";
/// The file that leads to all others.
pub(super) const ENTRY: &str = "catalogue.xsd";

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const IMPORT: &str = "  <xs:import namespace=\"http://www.xbrl.org/2003/instance\" \
    schemaLocation=\"http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd\"/>\n";

/// What a fact is told apart by, besides concept, entity, period and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    Name,
    Measure,
    Nature,
    Comparator,
    Area,
    Scope,
    Bound,
}

impl Dimension {
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Measure,
        Self::Nature,
        Self::Comparator,
        Self::Area,
        Self::Scope,
        Self::Bound,
    ];

    /// Its name in the taxonomy.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Measure => "measure",
            Self::Nature => "nature",
            Self::Comparator => "comparator",
            Self::Area => "area",
            Self::Scope => "scope",
            Self::Bound => "bound",
        }
    }

    /// What an observation calls it; `None` for the ends of a range.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::Name => Some("indicator_text"),
            Self::Measure => Some("measure"),
            Self::Nature => Some("value_nature"),
            Self::Comparator => Some("comparator"),
            Self::Area => Some("ref_area"),
            Self::Scope => Some("ref_scope"),
            Self::Bound => None,
        }
    }

    /// What may stand there; anything where that is empty.
    fn codes(self) -> Vec<&'static str> {
        match self {
            Self::Name | Self::Area | Self::Scope => Vec::new(),
            Self::Measure => Measure::ALL.iter().map(|it| it.code()).collect(),
            Self::Nature => ValueNature::ALL.iter().map(|it| it.code()).collect(),
            Self::Comparator => Comparator::ALL.iter().map(|it| it.code()).collect(),
            Self::Bound => vec!["low", "high"],
        }
    }
}

/// Hands over the files of the taxonomy.
pub(super) fn write(
    catalogue: &Catalogue,
    put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<()> {
    put(ENTRY, concepts(catalogue).as_bytes())?;
    put("catalogue-labels.xml", labels(catalogue).as_bytes())?;
    put("fields.xsd", fields().as_bytes())
}

fn concepts(catalogue: &Catalogue) -> String {
    let mut schema = HEAD.to_owned();
    let head = format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xbrli=\"http://www.xbrl.org/2003/instance\" \
         xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"\n    \
         xmlns:ind=\"{CATALOGUE}\" targetNamespace=\"{CATALOGUE}\" elementFormDefault=\"qualified\">\n  \
         <xs:annotation><xs:appinfo>\n    <link:linkbaseRef xlink:type=\"simple\" xlink:href=\"catalogue-labels.xml\" \
         xlink:role=\"http://www.xbrl.org/2003/role/labelLinkbaseRef\" \
         xlink:arcrole=\"http://www.w3.org/1999/xlink/properties/linkbase\"/>\n  \
         </xs:appinfo></xs:annotation>\n{IMPORT}  \
         <xs:import namespace=\"{FIELDS}\" schemaLocation=\"fields.xsd\"/>\n"
    );
    schema.push_str(&head);
    for entry in &catalogue.indicators {
        schema.push_str(&concept("ind", &name(&entry.id.0)));
    }
    schema + "</xs:schema>\n"
}

/// A concept: any number, as one indicator is said in money, in per cent and in ranks.
fn concept(prefix: &str, name: &str) -> String {
    format!(
        "  <xs:element name=\"{name}\" id=\"{prefix}_{name}\" type=\"xbrli:decimalItemType\" \
         substitutionGroup=\"xbrli:item\" xbrli:periodType=\"duration\" nillable=\"true\"/>\n"
    )
}

fn fields() -> String {
    let mut schema = HEAD.to_owned();
    let head = format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xbrli=\"http://www.xbrl.org/2003/instance\" \
         xmlns:xbrldt=\"http://xbrl.org/2005/xbrldt\"\n    xmlns:ia=\"{FIELDS}\" targetNamespace=\"{FIELDS}\" \
         elementFormDefault=\"qualified\">\n{IMPORT}  <xs:import namespace=\"http://xbrl.org/2005/xbrldt\" \
         schemaLocation=\"http://www.xbrl.org/2005/xbrldt-2005.xsd\"/>\n"
    );
    schema.push_str(&head);
    schema.push_str(&concept("ia", OBSERVATION));
    for dimension in Dimension::ALL {
        let name = dimension.name();
        // Writing to a string cannot fail.
        write!(
            schema,
            "  <xs:element name=\"{name}\" id=\"ia_{name}\" type=\"xbrli:stringItemType\" \
             substitutionGroup=\"xbrldt:dimensionItem\" xbrli:periodType=\"duration\" abstract=\"true\" \
             nillable=\"true\" xbrldt:typedDomainRef=\"#ia_{name}Words\"/>\n  \
             <xs:element name=\"{name}Words\" id=\"ia_{name}Words\""
        )
        .unwrap_or_default();
        let codes = dimension.codes();
        if codes.is_empty() {
            schema.push_str(" type=\"xs:string\"/>\n");
            continue;
        }
        schema.push_str(">\n    <xs:simpleType><xs:restriction base=\"xs:string\">\n");
        for code in codes {
            writeln!(schema, "      <xs:enumeration value=\"{}\"/>", xml(code)).unwrap_or_default();
        }
        schema.push_str("    </xs:restriction></xs:simpleType>\n  </xs:element>\n");
    }
    schema + "</xs:schema>\n"
}

/// The names of the catalogue's entries, and what each counts.
fn labels(catalogue: &Catalogue) -> String {
    let mut linkbase = HEAD.to_owned();
    linkbase.push_str(
        "<link:linkbase xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n  \
         <link:labelLink xlink:type=\"extended\" xlink:role=\"http://www.xbrl.org/2003/role/link\">\n",
    );
    for entry in &catalogue.indicators {
        linkbase.push_str(&labels_of(entry));
    }
    linkbase + "  </link:labelLink>\n</link:linkbase>\n"
}

fn labels_of(entry: &Indicator) -> String {
    let name = name(&entry.id.0);
    let mut labels = format!(
        "    <link:loc xlink:type=\"locator\" xlink:href=\"{ENTRY}#ind_{name}\" xlink:label=\"{name}\"/>\n"
    );
    let said = [
        ("label", "zh", entry.name.as_str()),
        ("label", "en", entry.name_en.as_str()),
        ("documentation", "zh", entry.note.as_str()),
    ];
    let said = said.into_iter().filter(|(_, _, words)| !plain(words).is_empty());
    for (number, (role, language, words)) in said.enumerate() {
        let label = format!("{name}_{number}");
        writeln!(
            labels,
            "    <link:label xlink:type=\"resource\" xlink:label=\"{label}\" \
             xlink:role=\"http://www.xbrl.org/2003/role/{role}\" xml:lang=\"{language}\">{}</link:label>\n    \
             <link:labelArc xlink:type=\"arc\" xlink:arcrole=\"http://www.xbrl.org/2003/arcrole/concept-label\" \
             xlink:from=\"{name}\" xlink:to=\"{label}\"/>",
            xml(words)
        )
        .unwrap_or_default();
    }
    labels
}

/// Words in which nothing stands that XML cannot hold.
pub(super) fn plain(words: &str) -> String {
    let is_allowed = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    words
        .chars()
        .filter(is_allowed)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// A name that XML allows; what it does not is written as `_x` and its number.
///
/// Names of XML have no signs and no letters outside of the plane of everyday scripts; an underscore that would look
/// like such an escape is escaped too, so that two names never meet.
pub(super) fn name(words: &str) -> String {
    let mut name = String::with_capacity(words.len());
    for (at, letter) in words.char_indices() {
        let is_escape = letter == '_' && words.get(at + 1..).is_some_and(|rest| rest.starts_with('x'));
        if is_escape || !is_name_letter(letter, name.is_empty()) {
            // Writing to a string cannot fail.
            write!(name, "_x{:x}_", u32::from(letter)).unwrap_or_default();
        } else {
            name.push(letter);
        }
    }
    if name.is_empty() { "_".to_owned() } else { name }
}

/// The words that a name was made of.
pub(super) fn words_of(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once("_x") {
        words.push_str(before);
        let escaped = after.split_once('_').and_then(|(code, behind)| {
            let letter = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
            Some((letter, behind))
        });
        if let Some((letter, behind)) = escaped {
            words.push(letter);
            rest = behind;
        } else {
            words.push_str("_x");
            rest = after;
        }
    }
    words + rest
}

/// The letters that names of XML 1.0 may have by all of its editions, as far as reports have them.
fn is_name_letter(letter: char, is_first: bool) -> bool {
    letter.is_ascii_alphabetic()
        || letter == '_'
        || matches!(letter, '\u{4e00}'..='\u{9fa5}')
        || (!is_first && (letter.is_ascii_digit() || matches!(letter, '-')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_words_become_a_name_and_are_found_in_it_again() {
        for words in [
            "rd_expenditure",
            "面积",
            "1_x1",
            "a_x",
            "元/人",
            "㎡",
            "𠮷",
            "a b",
            "_x41_",
        ] {
            let name = name(words);
            assert!(
                name.chars()
                    .enumerate()
                    .all(|(at, letter)| is_name_letter(letter, at == 0)),
                "{name}"
            );
            assert_eq!(words_of(&name), words, "{name}");
        }
    }
}
