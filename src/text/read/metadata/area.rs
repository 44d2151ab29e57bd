//! The place that names of bodies, titles and newspapers begin with.

use crate::text::read::chars::is_han;

/// What the name of a place ends in, with the longest name before it in characters.
const UNITS: &[(&str, usize)] = &[
    ("特别行政区", 3),
    ("自治区", 6),
    ("自治州", 10),
    ("自治县", 10),
    ("开发区", 8),
    ("新区", 5),
    ("省", 4),
    ("市", 5),
    ("区", 4),
    ("县", 4),
];

/// Words that end like a place but name none.
#[rustfmt::skip]
const NO_PLACES: &[&str] = &[
    "全省", "我省", "本省", "各省", "全市", "我市", "本市", "各市", "城市", "上市", "股市", "超市", "全区", "我区", "本区",
    "地区", "园区", "社区", "城区", "辖区", "片区", "灾区", "全县", "我县", "本县", "各县", "省市", "示范区", "中心城市",
];

/// Short names of provinces and what they are called in full.
#[rustfmt::skip]
const PROVINCES: &[(&str, &str)] = &[
    ("北京", "北京市"), ("天津", "天津市"), ("上海", "上海市"), ("重庆", "重庆市"), ("内蒙古", "内蒙古自治区"),
    ("广西", "广西壮族自治区"), ("西藏", "西藏自治区"), ("宁夏", "宁夏回族自治区"), ("新疆", "新疆维吾尔自治区"),
    ("河北", "河北省"), ("山西", "山西省"), ("辽宁", "辽宁省"), ("吉林", "吉林省"), ("黑龙江", "黑龙江省"),
    ("江苏", "江苏省"), ("浙江", "浙江省"), ("安徽", "安徽省"), ("福建", "福建省"), ("江西", "江西省"),
    ("山东", "山东省"), ("河南", "河南省"), ("湖北", "湖北省"), ("湖南", "湖南省"), ("广东", "广东省"),
    ("海南", "海南省"), ("四川", "四川省"), ("贵州", "贵州省"), ("云南", "云南省"), ("陕西", "陕西省"),
    ("甘肃", "甘肃省"), ("青海", "青海省"),
];

/// What the name of a newspaper or a site ends in.
const MEDIA: &[&str] = &[
    "日报",
    "晚报",
    "时报",
    "晨报",
    "早报",
    "新闻网",
    "新闻",
    "报",
    "网",
    "网站",
    "社",
    "客户端",
    "公众号",
];

/// The place that a name or a title begins with; a year before it is passed over.
///
/// Of 福建省泉州市科技局 it is the city: a place within a province needs no province.
pub(super) fn at_start(words: &str) -> Option<String> {
    let words = words.trim_start_matches(|char: char| !is_han(char) || char == '年');
    let words = words.strip_prefix("关于").unwrap_or(words);
    let (first, rest) = unit(words)?;
    match unit(rest) {
        Some((second, _)) if first.ends_with('省') || first.ends_with("自治区") => {
            Some(second.to_owned())
        }
        Some((second, _)) => Some(format!("{first}{second}")),
        None => Some(first.to_owned()),
    }
}

/// The place whose congress a line speaks of: …在河南省第十四届人民代表大会….
pub(super) fn of_congress(line: &str) -> Option<String> {
    let before = line.split_once("人民代表大会").map(|(before, _)| before)?;
    let name = before.rsplit_once('在').map_or(before, |(_, name)| name);
    at_start(name)
}

/// The place that an official's line begins with: 河南省人民政府省长 王凯.
pub(super) fn of_official(line: &str) -> Option<String> {
    let is_official = line.chars().count() <= 24
        && ["省长", "市长", "区长", "县长", "主席", "州长"]
            .iter()
            .any(|post| line.contains(post));
    if is_official { at_start(line) } else { None }
}

/// The place that a newspaper is named after: 泉州晚报 is 泉州市's, 云南日报 is 云南省's.
pub(super) fn of_medium(name: &str) -> Option<String> {
    let place = MEDIA.iter().find_map(|medium| name.trim().strip_suffix(medium))?;
    if let Some((_, full)) = PROVINCES.iter().find(|(short, _)| *short == place) {
        return Some((*full).to_owned());
    }
    let is_city =
        (2..=3).contains(&place.chars().count()) && place.chars().all(is_han) && !NATIONAL.contains(&place);
    is_city.then(|| format!("{place}市"))
}

/// What newspapers that belong to no place are called.
const NATIONAL: &[&str] = &[
    "人民", "光明", "经济", "科技", "新华", "中国", "中新", "大众", "南方", "新京", "解放", "文汇", "法治",
    "农民", "工人", "央视", "澎湃",
];

/// The place of the newspaper that a line names as its source: （文章来源：泉州晚报）.
pub(super) fn of_medium_named_as_source(line: &str) -> Option<String> {
    let (_, source) = line.split_once("来源：").or_else(|| line.split_once("来源:"))?;
    of_medium(source.trim_end_matches(['）', ')', '】', '。']))
}

/// Whether this is the name of a newspaper or a site.
pub(super) fn is_medium(name: &str) -> bool {
    MEDIA.iter().any(|medium| name.ends_with(medium))
}

/// The administrative unit that `words` begin with, and the rest of them.
fn unit(words: &str) -> Option<(&str, &str)> {
    let mut best: Option<(usize, usize)> = None;
    for (suffix, longest) in UNITS {
        // A name has at least two characters with its suffix: 县 alone is none.
        let Some(at) = words.find(suffix).filter(|at| *at > 0) else {
            continue;
        };
        let name = words.get(..at)?;
        let fits = name.chars().count() <= *longest && name.chars().all(is_han);
        let end = at + suffix.len();
        let whole = words.get(..end)?;
        let no_place = NO_PLACES.iter().any(|word| whole.ends_with(word));
        // The suffix that ends first wins, and of those the longest: 自治区 before 区.
        if fits && !no_place && best.is_none_or(|(_, so_far)| end < so_far) {
            best = Some((at, end));
        }
    }
    let (_, end) = best?;
    Some((words.get(..end)?, words.get(end..)?))
}
