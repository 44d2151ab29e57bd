//! Measures what the streams of a PDF unpack to before anything keeps them.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

use crate::exchange::documents::fault::Fault;

/// The most that one stream may unpack to. Bytes.
const LARGEST: u64 = 256 << 20;
/// The most that all of them may. Bytes.
const LARGEST_WHOLE: u64 = 2 << 30;
/// A stream may be packed so many times.
const DEEPEST: usize = 3;

/// Refuses a document whose streams unpack to more than a report can be.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut whole = 0;
    let mut from = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let behind = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let data = behind.trim_ascii_start();
        let start = bytes.len() - data.len();
        // What lies within a stream that has been measured is no stream of its own.
        if start < from || behind.len() - data.len() > 2 || !is_zlib(data) {
            continue;
        }
        let (size, used) = measure(data);
        from = start + used;
        whole += size;
        if size > LARGEST || whole > LARGEST_WHOLE {
            let limit = format!(
                "a stream of it unpacks to more than {} MB, or all of them to more than {} MB",
                LARGEST >> 20,
                LARGEST_WHOLE >> 20
            );
            return Err(Fault::Bomb(limit));
        }
    }
    Ok(())
}

/// The largest size of packed data at any depth, as far as the limit, and how many of its bytes the outermost takes.
fn measure(data: &[u8]) -> (u64, usize) {
    let mut largest = 0;
    let mut used = 0;
    let mut layers: Box<dyn Read + '_> = Box::new(data);
    for depth in 0..DEEPEST {
        if depth > 0 {
            layers = Box::new(data);
            for _ in 0..depth {
                layers = Box::new(ZlibDecoder::new(layers));
            }
            let mut head = [0; 2];
            if layers.read_exact(&mut head).is_err() || !is_zlib(&head) {
                break;
            }
            layers = Box::new(data);
            for _ in 0..depth {
                layers = Box::new(ZlibDecoder::new(layers));
            }
        }
        let mut decoder = ZlibDecoder::new(layers);
        // Damaged data counts as far as it goes.
        largest = largest.max(count(&mut decoder));
        if depth == 0 {
            used = decoder.total_in() as usize;
        }
        layers = Box::new(io::empty());
    }
    (largest, used)
}

fn count(decoder: &mut impl Read) -> u64 {
    let mut buffer = vec![0; 1 << 16];
    let mut total = 0;
    while total <= LARGEST
        && let Ok(read) = decoder.read(&mut buffer)
        && read > 0
    {
        total += read as u64;
    }
    total
}

/// Whether data begins as zlib's does.
fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [method, flags, ..] if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}
