//! The catalogues that come with the program.

use crate::model::Catalogue;

/// Each with the key of its name in the string tables.
const CATALOGUES: &[(&str, &str)] = &[
    (
        "catalogue.science",
        include_str!("../../assets/catalogues/science-technology.ron"),
    ),
    (
        "catalogue.government",
        include_str!("../../assets/catalogues/government-work-report.ron"),
    ),
];

/// The keys of their names in the string tables.
pub fn names() -> impl Iterator<Item = &'static str> {
    CATALOGUES.iter().map(|(name, _)| *name)
}

/// The catalogue at this place; `None` behind the last.
pub fn catalogue(place: usize) -> Option<Catalogue> {
    ron::from_str(CATALOGUES.get(place)?.1).ok()
}

/// What a new project starts with: all of them, the first one's entries first.
pub fn starting_catalogue() -> Catalogue {
    let mut all = Catalogue::default();
    for other in (0..CATALOGUES.len()).filter_map(catalogue) {
        for entry in other.indicators {
            if all.get(&entry.id).is_none() {
                all.indicators.push(entry);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_reads_and_has_no_alias_twice() {
        for (place, (name, _)) in CATALOGUES.iter().enumerate() {
            let catalogue = catalogue(place).unwrap();
            assert!(catalogue.indicators.len() >= 75, "{name}");
            let mut seen = std::collections::HashSet::new();
            for entry in &catalogue.indicators {
                for name in entry.names() {
                    assert!(seen.insert(name.to_owned()), "{name} stands twice");
                }
            }
        }
        assert_eq!(names().count(), CATALOGUES.len());
    }
}
