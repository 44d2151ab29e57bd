//! The marks of notes: signs of their own, for a plain figure would read as part of the number before it.

/// The mark of the note with this number: ① to ㊿, then [51].
pub(super) fn of_note(number: usize) -> String {
    let first = match number {
        1..=20 => Some('①' as usize),
        21..=35 => Some('㉑' as usize - 20),
        36..=50 => Some('㊱' as usize - 35),
        _ => None,
    };
    let sign = first.and_then(|first| char::from_u32(u32::try_from(first + number - 1).ok()?));
    sign.map_or_else(|| format!("[{number}]"), String::from)
}

/// Ends a mark that was begun by the last `[` of the words.
pub(super) fn close(words: &mut String) {
    let number = words
        .rfind('[')
        .and_then(|at| Some((at, words.get(at + 1..)?.parse::<usize>().ok()?)));
    match number {
        Some((at, number)) => {
            words.truncate(at);
            words.push_str(&of_note(number));
        }
        None => words.push(']'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_single_signs_as_far_as_there_are_any() {
        let marks: Vec<String> = [1, 20, 21, 35, 36, 50, 51].map(of_note).into();
        assert_eq!(marks, ["①", "⑳", "㉑", "㉟", "㊱", "㊿", "[51]"]);
        for (begun, closed) in [("5%[1", "5%①"), ("5%[i", "5%[i]"), ("5%[", "5%[]")] {
            let mut words = begun.to_owned();
            close(&mut words);
            assert_eq!(words, closed);
        }
    }
}
