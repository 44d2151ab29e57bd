//! What a character does to a line break, and what two neighbours do to each other.

/// How a character behaves at the edge of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Hangs at a row's end, and may be broken after.
    Space,
    /// Han, kana, Hangul, symbols: a break may stand on either side.
    Ideograph,
    /// Opening brackets and quotes: never at a row's end.
    Open,
    /// Closing brackets and quotes, stops and whatever follows a number: never at a row's start.
    Close,
    /// A straight quote: opening or closing, nobody knows, so it stays with both neighbours.
    Quote,
    /// `…`, `‥`: a closer that is not parted from another of its kind.
    Ellipsis,
    /// `—`: may start a row, but is not parted from another of its kind.
    Dash,
    /// Letters of alphabetic scripts, and the ASCII signs that hold words together.
    Word,
    /// Digits, and after them the magnitudes.
    Digit,
    /// A Han unit directly after a number.
    Unit,
    /// Hyphens and range signs: never at a row's start, never parted from a word after them.
    Joint,
    /// ASCII stops: part of the word when inside one (`3.14`), closers otherwise.
    Infix,
    /// No break on either side.
    Glue,
}

/// What stands between two neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// A row may end here.
    Free,
    /// Inside a word or a number: parted only when it is wider than a row.
    Kept,
    /// Forbidden by the rules for a row's start and end.
    Fixed,
}

impl Class {
    /// The class of `c` on its own.
    fn of(c: char) -> Self {
        match c {
            // An ordinal's number follows.
            '第' | '«' => Self::Open,
            '\u{4E00}'..='\u{9FFF}' => Self::Ideograph,
            '\u{A0}' | '\u{FEFF}' => Self::Glue,
            '\0'..='\u{7F}' => Self::of_ascii(c),
            '\u{2000}'..='\u{206F}' => Self::of_general_punctuation(c),
            '\u{3000}'..='\u{30FF}' => Self::of_cjk_punctuation(c),
            '\u{FE30}'..='\u{FFEF}' => Self::of_wide_form(c),
            '·' | '°' | '℃' | '℉' | '»' | '¢' => Self::Close,
            '⋯' => Self::Ellipsis,
            '±' | '¥' | '£' | '€' | '№' | '≈' | '≤' | '≥' | '≦' | '≧' => Self::Word,
            _ if Self::breaks_anywhere(c) => Self::Ideograph,
            _ if c.is_alphanumeric() => Self::Word,
            _ => Self::Ideograph,
        }
    }

    fn of_ascii(c: char) -> Self {
        match c {
            '\t'..='\r' | ' ' => Self::Space,
            '0'..='9' => Self::Digit,
            '(' | '[' | '{' => Self::Open,
            ')' | ']' | '}' | '!' | '?' | '%' => Self::Close,
            '.' | ',' | ':' | ';' | '/' => Self::Infix,
            '-' | '~' => Self::Joint,
            '"' | '\'' => Self::Quote,
            _ => Self::Word,
        }
    }

    fn of_general_punctuation(c: char) -> Self {
        match c {
            '\u{2007}' | '\u{202F}' | '\u{2060}' => Self::Glue,
            '\u{2000}'..='\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{205F}' => Self::Space,
            '‐'..='–' => Self::Joint,
            '—' | '―' => Self::Dash,
            '‘' | '‚' | '“' | '„' | '‹' => Self::Open,
            '’' => Self::Infix, // Also the apostrophe.
            '”' | '›' | '‧' | '‰' | '‱' | '′'..='‷' | '‼' | '⁇'..='⁉' => Self::Close,
            '‥' | '…' => Self::Ellipsis,
            _ => Self::Ideograph,
        }
    }

    fn of_cjk_punctuation(c: char) -> Self {
        match c {
            '\u{3000}' => Self::Space,
            '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' => Self::Open,
            '〜' => Self::Joint,
            '、' | '。' | '々' | '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛' | '〞' | '〟' | '〻'
            // Small kana and what prolongs or repeats a kana.
            | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ァ' | 'ィ' | 'ゥ'
            | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | '・' | 'ー' | 'ゝ' | 'ゞ'
            | 'ヽ' | 'ヾ' => Self::Close,
            _ => Self::Ideograph,
        }
    }

    fn of_wide_form(c: char) -> Self {
        match c {
            '０'..='９' => Self::Digit,
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＆' | '＋' | '￥' | '＄' => Self::Word,
            '（' | '［' | '｛' | '｟' | '｢' => Self::Open,
            '）' | '］' | '｝' | '｠' | '｣' | '！' | '％' | '，' | '．' | '：' | '；' | '？' | '｡' | '､'
            | '･' | '／' => Self::Close,
            '－' | '～' => Self::Joint,
            _ => Self::Ideograph,
        }
    }

    /// Whether `c` is of a script that is written without spaces between words.
    fn breaks_anywhere(c: char) -> bool {
        matches!(c,
            '\u{1100}'..='\u{11FF}'       // Hangul jamo
            | '\u{2E80}'..='\u{A4CF}'     // radicals, bopomofo, extension A, Yi
            | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7FF}'     // Hangul syllables
            | '\u{F900}'..='\u{FAFF}'
            | '\u{1F000}'..='\u{3FFFF}'   // emoji and the ideographs beyond the basic plane
        )
    }

    /// The class of `c` right after a character of class `before`.
    fn after(self, before: Self, c: char) -> Self {
        match (before, self) {
            (Self::Digit, Self::Ideograph) if is_magnitude(c) => Self::Digit,
            (Self::Digit, Self::Ideograph) if is_unit(c) => Self::Unit,
            (Self::Word | Self::Digit, Self::Infix) => Self::Joint,
            _ => self.alone(),
        }
    }

    /// The class of a character that no word stands right before.
    fn alone(self) -> Self {
        if self == Self::Infix { Self::Close } else { self }
    }

    fn cannot_start_row(self) -> bool {
        matches!(self, Self::Close | Self::Ellipsis | Self::Joint | Self::Glue)
    }
}

/// What a character adds to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Room that is not taken at a row's end.
    Space,
    /// Ink, with what stands between it and the ink before.
    Ink(Bond),
}

/// A paragraph's characters as they follow on each other.
#[derive(Default)]
pub(super) struct Chain {
    /// The class of the last character that is not a space.
    last: Option<Class>,
    /// Whether spaces came after it.
    spaced: bool,
}

impl Chain {
    /// Takes the next character.
    pub(super) fn step(&mut self, c: char) -> Step {
        let class = Class::of(c);
        // More than one no-break space in a row is layout, not a bond.
        if class == Class::Space || (class == Class::Glue && self.last == Some(Class::Glue)) {
            self.spaced = true;
            return Step::Space;
        }
        let (class, bond) = match self.last {
            None => (class.alone(), Bond::Free),
            Some(last) if self.spaced => (class.alone(), bond_over_spaces(last, class.alone())),
            Some(last) => {
                let class = class.after(last, c);
                (class, bond(last, class))
            }
        };
        *self = Self {
            last: Some(class),
            spaced: false,
        };
        Step::Ink(bond)
    }
}

/// What stands between a character of class `before` and the next, of class `next`.
fn bond(before: Class, next: Class) -> Bond {
    use Class::{Dash, Digit, Glue, Joint, Open, Quote, Unit, Word};
    match (before, next) {
        (Open | Glue | Quote, _) | (_, Quote) | (Dash, Dash) => Bond::Fixed,
        _ if next.cannot_start_row() => Bond::Fixed,
        (Word | Digit | Joint, Word | Digit) | (Digit, Unit | Dash) | (Dash, Digit) => Bond::Kept,
        _ => Bond::Free,
    }
}

/// What stands between two such characters with spaces between them, after the spaces.
fn bond_over_spaces(before: Class, next: Class) -> Bond {
    if before == Class::Open || next.cannot_start_row() {
        Bond::Fixed
    } else {
        Bond::Free
    }
}

/// Whether `c` after a digit belongs to the numeral.
fn is_magnitude(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '亿' | '兆')
}

/// Whether `c` after a numeral is, or begins, the unit that it counts in.
fn is_unit(c: char) -> bool {
    matches!(
        c,
        '元' | '年'
            | '月'
            | '日'
            | '号'
            | '时'
            | '点'
            | '分'
            | '秒'
            | '天'
            | '周'
            | '个'
            | '家'
            | '户'
            | '名'
            | '人'
            | '位'
            | '项'
            | '件'
            | '条'
            | '套'
            | '台'
            | '辆'
            | '架'
            | '艘'
            | '只'
            | '头'
            | '株'
            | '棵'
            | '册'
            | '篇'
            | '种'
            | '类'
            | '批'
            | '次'
            | '届'
            | '倍'
            | '成'
            | '岁'
            | '吨'
            | '斤'
            | '克'
            | '升'
            | '米'
            | '里'
            | '亩'
            | '顷'
            | '度'
            | '瓦'
            | '座'
            | '栋'
            | '所'
            | '间'
            | '处'
            | '片'
            | '块'
            | '场'
            | '期'
            | '层'
            | '级'
            | '支'
            | '门'
            | '部'
            | '本'
            | '例'
            | '宗'
            | '起'
            | '笔'
            | '村'
            | '镇'
            | '乡'
            | '县'
            | '市'
            | '区'
            | '美'
            | '欧'
            | '港'
            | '公'
            | '平'
            | '立'
    )
}
