//! Which encoding a file is in, and its text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;
use super::chars::is_han;

/// A decoded file.
pub(super) struct Decoded<'a> {
    /// Its text as it is, a byte order mark included.
    pub text: Cow<'a, str>,
    pub encoding: &'static Encoding,
    /// Whether the encoding was given, marked or could not be mistaken.
    pub sure: bool,
}

/// How far into a file detection looks.
const SAMPLE: usize = 1 << 16;

/// Decodes a file, in `forced` where the caller knows better.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    file_name: &str,
    forced: Option<&'static Encoding>,
) -> Result<Decoded<'a>, ReadError> {
    if let Some(looks_like) = binary_format(bytes) {
        return Err(ReadError::binary(file_name, looks_like));
    }
    if let Some(encoding) = forced {
        return Ok(Decoded::of(bytes, encoding, true));
    }
    if let Some(encoding) = marked(bytes) {
        return Ok(Decoded::of(bytes, encoding, true));
    }
    let has_nul = memchr::memchr(0, bytes).is_some();
    if !has_nul && let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8,
            sure: true,
        });
    }
    if let Some(encoding) = utf_16_by_pattern(bytes) {
        return Ok(Decoded::of(bytes, encoding, true));
    }
    if has_nul {
        return Err(ReadError::binary(file_name, "a binary file"));
    }
    let (encoding, sure) = detect(bytes);
    Ok(Decoded::of(bytes, encoding, sure))
}

impl<'a> Decoded<'a> {
    fn of(bytes: &'a [u8], encoding: &'static Encoding, sure: bool) -> Self {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        Self { text, encoding, sure }
    }
}

/// The first bytes of files that are no text, and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a Word, Excel, WPS or ZIP file"),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old Word, Excel or WPS file",
    ),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1F\x8B", "a compressed file"),
    (b"7z\xBC\xAF\x27\x1C", "a compressed file"),
    (b"Rar!\x1A\x07", "a compressed file"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7FELF", "a program"),
    (b"\xFF\xFE\0\0", "UTF-32 data"),
    (b"\0\0\xFE\xFF", "UTF-32 data"),
];

fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, looks_like)| *looks_like)
}

/// The encoding that a byte order mark names.
fn marked(bytes: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding)
}

/// UTF-16 without a mark, recognised by what its units are worth in either byte order.
fn utf_16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE) & !1)?;
    let units = sample.len() / 2;
    if units < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let likely = |order: fn([u8; 2]) -> u16| {
        sample
            .as_chunks::<2>()
            .0
            .iter()
            .filter(|pair| is_likely_unit(order(**pair)))
            .count()
    };
    let (little, big) = (likely(u16::from_le_bytes), likely(u16::from_be_bytes));
    let (encoding, more, less) = if little >= big {
        (UTF_16LE, little, big)
    } else {
        (UTF_16BE, big, little)
    };
    // Nearly all units are text in the right order, and far fewer are in the other.
    (more * 100 >= units * 97 && less * 100 <= units * 70).then_some(encoding)
}

/// Whether a UTF-16 unit is one that Chinese or English reports consist of.
const fn is_likely_unit(unit: u16) -> bool {
    matches!(
        unit,
        0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0 | 0xB7 | 0xD7 | 0x2010..=0x2040 | 0x2160..=0x217F
        | 0x2460..=0x249B | 0x25A0..=0x25EF | 0x3000..=0x301F | 0x4E00..=0x9FA5 | 0xFF01..=0xFF5E
    )
}

/// Guesses an encoding of text that is no Unicode, and whether the guess is safe.
fn detect(bytes: &[u8]) -> (&'static Encoding, bool) {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let declared = declared_in_html(sample);
    if let Some(encoding) = declared
        && spoiled(sample, encoding) <= sample.len() / 500 + 1
    {
        return (as_written(encoding), true);
    }
    // UTF-8 is a candidate too: a file that was cut off or patched is not valid throughout.
    let mut shares = [UTF_8, GB18030, BIG5].map(|encoding| (everyday_share(sample, encoding), encoding));
    shares.sort_by_key(|(share, _)| std::cmp::Reverse(*share));
    let [(share, best), (other, _), _] = shares;
    // Read in the wrong encoding, hardly any Han character is an everyday one.
    if share >= 20 && share >= 2 * other {
        return (best, true);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    (
        as_written(detector.guess(Some(b"cn"), Utf8Detection::Allow)),
        false,
    )
}

/// GB18030 in place of its subsets, which files often name but do not keep to.
fn as_written(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// The encoding that an HTML head names.
fn declared_in_html(sample: &[u8]) -> Option<&'static Encoding> {
    let head = sample.get(..4096).unwrap_or(sample).to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let label = head.get(at..)?.trim_ascii_start();
    let label = label
        .strip_prefix(b"\"")
        .or_else(|| label.strip_prefix(b"'"))
        .unwrap_or(label);
    let end = label
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:".contains(byte))
        .unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?)
}

/// How many replacement characters the sample decodes to.
fn spoiled(sample: &[u8], encoding: &'static Encoding) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    text.matches('\u{fffd}').count()
}

/// Characters that make up a good part of any report, simplified and traditional.
const EVERYDAY: &str = "的一是在了和有大中国國人年个個上为為以不业業市省政府工作发發展建设設全会會经經济濟增长長新\
                        要高实實推进進到提产產科技加强強成重部对對生行化业力企与與教育民项項目率元万萬亿億";

/// Per cent of the sample's Han characters that are everyday ones, once decoded; 0 where much is spoiled.
fn everyday_share(sample: &[u8], encoding: &'static Encoding) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut han, mut everyday, mut spoiled) = (0, 0, 0);
    for char in text.chars() {
        if is_han(char) {
            han += 1;
            everyday += usize::from(EVERYDAY.contains(char));
        } else if char == '\u{fffd}' {
            spoiled += 1;
        }
    }
    // A file cut off in the middle of a character spoils one; a wrong encoding spoils many.
    if han == 0 || spoiled > 1 + han / 50 {
        0
    } else {
        everyday * 100 / han
    }
}
