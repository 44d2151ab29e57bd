//! Dates, years and five-year plans in the words of titles and headers.

/// The first calendar date in `words`, as `2025-03-11`.
pub(super) fn find(words: &str) -> Option<String> {
    starts_of_years(words)
        .find_map(|at| date_at(words.get(at..)?))
        .map(|(date, _)| date)
}

/// The date of a line that is a date, with or without a time of day, and nothing else.
pub(super) fn alone(line: &str) -> Option<String> {
    let (date, rest) = date_at(line.trim())?;
    let is_time = |char: char| char.is_ascii_digit() || ": 时分秒點点+-\u{3000}T".contains(char);
    rest.chars().all(is_time).then_some(date)
}

/// The date in a line that also tells of the source, the editor or the readers: 2023-02-08 14:10 来源：….
pub(super) fn in_byline(line: &str) -> Option<String> {
    const BESIDE: &[&str] = &[
        "来源", "作者", "编辑", "记者", "浏览", "阅读", "点击", "字号", "字体",
    ];
    const LONGEST: usize = 360;
    // A newspaper's name and a date are a short line of their own.
    let short = line.len() <= 60
        && line
            .trim_end()
            .ends_with(|c: char| c.is_ascii_digit() || c == '日');
    let is_byline = short || line.len() <= LONGEST && BESIDE.iter().any(|word| line.contains(word));
    if is_byline && !line.contains('。') {
        find(line)
    } else {
        None
    }
}

/// The month of a date like 2021-11-18; 0 where there is none.
pub(super) fn month(date: &str) -> u32 {
    date.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(0)
}

/// The date of the meeting that a report was given at: 2026年1月26日在…会议上.
pub(super) fn of_meeting(line: &str) -> Option<String> {
    if line.contains("会议") { find(line) } else { None }
}

/// The years (1949 to 2099) that `words` name.
pub(super) fn years(words: &str) -> impl Iterator<Item = u32> {
    starts_of_years(words).filter_map(|at| {
        let behind = words.get(at + 4..)?;
        let names_year = behind.starts_with(['年', '-', '—', '～', '~', '至', '–']) || behind.is_empty();
        words.get(at..at + 4)?.parse().ok().filter(|_| names_year)
    })
}

/// The years of the five-year plan that `words` name: “十四五” is `2021-2025`.
pub(super) fn five_year_plan(words: &str) -> Option<String> {
    let ordinals = ["十一五", "十二五", "十三五", "十四五", "十五五", "十六五"];
    let index = ordinals.iter().position(|plan| words.contains(plan))?;
    let first = 2006 + 5 * index;
    Some(format!("{first}-{}", first + 4))
}

/// Where four digits that may be a year stand alone.
fn starts_of_years(words: &str) -> impl Iterator<Item = usize> {
    let bytes = words.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter(move |&at| {
        (at == 0 || !is_digit(at - 1))
            && (at..at + 4).all(is_digit)
            && !is_digit(at + 4)
            && matches!(bytes.get(at..at + 2), Some(b"19" | b"20"))
    })
}

/// The date that `words` begin with, and the rest of them.
fn date_at(words: &str) -> Option<(String, &str)> {
    let (year, rest) = number(words, 4)?;
    let (month, rest) = number(rest.strip_prefix(['-', '/', '.', '年'])?, 2)?;
    let (day, rest) = number(rest.strip_prefix(['-', '/', '.', '月'])?, 2)?;
    let is_date = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    is_date.then(|| (format!("{year}-{month:02}-{day:02}"), rest))
}

/// The number of at most `digits` digits at the start, and the rest.
fn number(words: &str, digits: usize) -> Option<(u32, &str)> {
    let length = words.bytes().take(digits).take_while(u8::is_ascii_digit).count();
    Some((words.get(..length)?.parse().ok()?, words.get(length..)?))
}
