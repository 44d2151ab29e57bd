//! Looks for fonts that give widths to more characters than there are, which would fill the memory when they are read.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Object};

use crate::exchange::documents::fault::Fault;

/// So many characters' widths a font may give by ranges; there are 65,536 that it can have.
const MOST: u64 = 1 << 20;
/// Dictionaries within dictionaries are looked at so deep.
const DEEPEST: usize = 8;

/// Refuses a document with such a font.
pub(super) fn check(pdf: &Pdf) -> Result<(), Fault> {
    if pdf.objects().into_iter().all(|object| is_sound(&object, 0)) {
        return Ok(());
    }
    Err(Fault::Broken(
        "a font of it gives widths to more characters than there are".to_owned(),
    ))
}

fn is_sound(object: &Object<'_>, depth: usize) -> bool {
    if depth > DEEPEST {
        return true;
    }
    match object {
        Object::Dict(dict) => is_sound_dict(dict, depth),
        Object::Stream(stream) => is_sound_dict(stream.dict(), depth),
        Object::Array(array) => array.raw_iter().all(|item| is_sound_item(item, depth)),
        _ => true,
    }
}

fn is_sound_dict(dict: &Dict<'_>, depth: usize) -> bool {
    let count = |key: &[u8], widths: usize| {
        let ranges = dict.get::<Array<'_>>(key);
        ranges.map_or(0, |ranges| in_ranges(&ranges, widths))
    };
    count(b"W", 1) <= MOST
        && count(b"W2", 3) <= MOST
        && dict.entries().all(|(_, item)| is_sound_item(item, depth))
}

fn is_sound_item(item: MaybeRef<Object<'_>>, depth: usize) -> bool {
    match item {
        // What is referred to is an object of the document, and looked at as such.
        MaybeRef::Ref(_) => true,
        MaybeRef::NotRef(object) => is_sound(&object, depth + 1),
    }
}

/// How many characters get their widths by ranges: a first and a last one and so many numbers.
fn in_ranges(array: &Array<'_>, widths: usize) -> u64 {
    let (mut items, mut sum) = (array.flex_iter(), 0_u64);
    loop {
        if items.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        let range = if widths == 1 {
            items
                .next::<(u32, u32, f32)>()
                .map(|(first, last, _)| (first, last))
        } else {
            items
                .next::<(u32, u32, f32, f32, f32)>()
                .map(|(first, last, ..)| (first, last))
        };
        let Some((first, last)) = range else { return sum };
        sum += u64::from(last.saturating_sub(first)) + 1;
    }
}
