//! Which side's state of one thing is taken.

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// Ours: they have not changed it, or to the same, or have deleted what we changed.
    Ours,
    /// Theirs: we have not changed it, or have deleted what they changed.
    Theirs,
    /// Both have changed it differently; ours stands.
    Contested,
}

impl Pick {
    /// What stands.
    pub fn of<T>(self, ours: T, theirs: T) -> T {
        match self {
            Self::Ours | Self::Contested => ours,
            Self::Theirs => theirs,
        }
    }
}

/// Picks by what there was; `None` is for what is not there.
pub(super) fn pick<T: PartialEq + ?Sized>(base: Option<&T>, ours: Option<&T>, theirs: Option<&T>) -> Pick {
    if ours == theirs || theirs == base {
        return Pick::Ours;
    }
    match (ours, theirs) {
        _ if ours == base => Pick::Theirs,
        (None, _) => Pick::Theirs,
        (_, None) => Pick::Ours,
        _ => Pick::Contested,
    }
}

/// What stands of something that is always there, and whether it is contested.
pub(super) fn scalar<T: PartialEq + Clone>(base: Option<&T>, ours: &T, theirs: &T) -> (T, bool) {
    let picked = pick(base, Some(ours), Some(theirs));
    (picked.of(ours, theirs).clone(), picked == Pick::Contested)
}
