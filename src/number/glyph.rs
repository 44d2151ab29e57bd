//! What single characters are worth, and which of them can begin a number.

/// The worth of an ASCII or full-width digit.
pub(super) fn arabic_digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => u8::try_from(u32::from(c) - u32::from('０')).ok(),
        _ => None,
    }
}

/// The worth of a Chinese digit, everyday or financial.
pub(super) fn chinese_digit(c: char) -> Option<u8> {
    if !may_start(c) {
        return None;
    }
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '贰' | '貳' | '两' | '兩' | '俩' => 2,
        '三' | '叁' | '參' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten that a magnitude character stands for.
pub(super) fn magnitude(c: char) -> Option<u8> {
    if !may_start(c) {
        return None;
    }
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        '兆' => 12,
        _ => return None,
    })
}

/// The worth of a Roman numeral or a circled number that is one character.
pub(super) fn single_sign(c: char) -> Option<u8> {
    let code = u32::from(c);
    let base = match c {
        'Ⅰ'..='Ⅻ' => 0x2160,
        'ⅰ'..='ⅻ' => 0x2170,
        '①'..='⑳' => 0x2460,
        '⑴'..='⒇' => 0x2474,
        '⒈'..='⒛' => 0x2488,
        '㈠'..='㈩' => 0x3220,
        _ => return None,
    };
    u8::try_from(code - base + 1).ok()
}

/// Whether `c` is a Han ideograph of the basic block.
pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether `c` is a space that may part a number from its unit.
pub(super) fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}')
}

/// Characters beyond ASCII at which a mention can begin.
const STARTS: &str = "〇一二三四五六七八九十百千万亿两几数半零廿卅卌○\
    壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩俩仨弌兆翻“\
    ０１２３４５６７８９ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ\
    ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑";

/// One bit for each code of the basic plane: whether a mention can begin there.
static START_BITS: [u64; 1024] = start_bits();

const fn start_bits() -> [u64; 1024] {
    let bytes = STARTS.as_bytes();
    let mut bits = [0; 1024];
    let mut at = 0;
    // Every character of `STARTS` has three bytes in UTF-8.
    while at + 2 < bytes.len() {
        let code = three_bytes(bytes[at], bytes[at + 1], bytes[at + 2]);
        bits[code >> 6] |= 1 << (code & 63);
        at += 3;
    }
    bits
}

const fn three_bytes(a: u8, b: u8, c: u8) -> usize {
    ((a as usize & 0x0f) << 12) | ((b as usize & 0x3f) << 6) | (c as usize & 0x3f)
}

/// Whether a mention can begin with a character beyond ASCII; a cheap test that few pass.
fn may_start(c: char) -> bool {
    let code = u32::from(c);
    START_BITS
        .get(code as usize >> 6)
        .is_some_and(|bits| bits >> (code & 63) & 1 == 1)
}

/// The first place at or behind `at` where a mention can begin. Bytes.
pub(super) fn next_start(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            b'0'..=b'9' | b'"' => return Some(at),
            0x00..=0x7f => at += 1,
            lead @ 0xe0..=0xef => {
                let (&second, &third) = (bytes.get(at + 1)?, bytes.get(at + 2)?);
                let code = three_bytes(lead, second, third);
                if START_BITS.get(code >> 6)? >> (code & 63) & 1 == 1 {
                    return Some(at);
                }
                at += 3;
            }
            0xf0..=0xff => at += 4,
            _ => at += 2,
        }
    }
}
