//! The lines of logs: each with its length and its CRC-32, so that a torn or damaged one shows.

/// A line that holds `body`.
pub(super) fn line_of(body: &str) -> String {
    format!("{} {:08x} {body}\n", body.len(), crc32fast::hash(body.as_bytes()))
}

/// The body at the start of a log, and what comes behind its line.
pub(super) fn first_body(log: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = word(log)?;
    let (sum, rest) = word(rest)?;
    let (body, rest) = rest.split_at_checked(len.parse().ok()?)?;
    let rest = rest.strip_prefix(b"\n")?;
    is_whole(body, sum).then_some((body, rest))
}

/// The bodies of all whole lines of a log whose bodies have no line ends, past whatever is damaged.
pub(super) fn bodies(log: &[u8]) -> impl Iterator<Item = &[u8]> {
    log.split(|&byte| byte == b'\n').filter_map(|line| {
        // Git may have changed the line ends.
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (len, rest) = word(line)?;
        let (sum, body) = word(rest)?;
        (len.parse() == Ok(body.len()) && is_whole(body, sum)).then_some(body)
    })
}

fn is_whole(body: &[u8], sum: &str) -> bool {
    u32::from_str_radix(sum, 16) == Ok(crc32fast::hash(body))
}

/// The characters up to the next space, which may not be far.
fn word(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().take(20).position(|&byte| byte == b' ')?;
    let word = std::str::from_utf8(bytes.get(..end)?).ok()?;
    Some((word, bytes.get(end + 1..)?))
}
