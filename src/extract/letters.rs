//! Which characters a phrase may have, told once for all that ask.
//!
//! Pure. Most of what is looked for beside a value is not there, and this says so at once.

/// A set that holds every character of a phrase, and may seem to hold a few more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters([u64; 4]);

impl Letters {
    /// The characters of a phrase.
    pub(super) fn of(phrase: &str) -> Self {
        let mut letters = Self::default();
        for c in phrase.chars() {
            let (word, bit) = place(c);
            letters.0[word] |= bit;
        }
        letters
    }

    /// Whether the phrase, or a part of it, may have one of these characters.
    pub(super) fn may_have<const N: usize>(self, any: [char; N]) -> bool {
        any.iter().any(|c| {
            let (word, bit) = place(*c);
            self.0[word] & bit != 0
        })
    }
}

/// Where a character is kept; several share a bit.
fn place(c: char) -> (usize, u64) {
    let code = u32::from(c);
    ((code / u64::BITS % 4) as usize, 1 << (code % u64::BITS))
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn what_a_phrase_has_is_never_missed() {
        let phrase = "由2020年的7.2%提升";
        let letters = Letters::of(phrase);
        assert!(phrase.chars().all(|c| letters.may_have([c])));
        assert!(!letters.may_have(['占', '比']));
        assert!(!Letters::default().may_have(['由']));
    }
}
