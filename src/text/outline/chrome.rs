//! Recognises the furniture of web sites: buttons, share links, footers.

/// The longest piece of furniture, in characters.
const LONGEST: usize = 40;

/// Lines that are furniture as they are, without the marks round them.
#[rustfmt::skip]
const LINES: &[&str] = &[
    "下载", "打印", "全屏", "收藏", "加大", "还原", "减小", "大", "中", "小", "默认", "特大", "超大", "分享", "分享到",
    "首页", "导航", "关闭", "图片", "返回", "顶部", "微信", "微博", "评论", "点赞", "搜索", "登录", "注册", "手机版",
    "繁体", "简体", "繁體", "简体版", "繁体版", "繁體版", "English", "无障碍", "长者模式", "适老版", "朗读", "语音播报",
    "字号", "字体", "T", "A+", "A-", "打印本页", "关闭窗口", "关闭本页", "上一篇", "下一篇", "附件下载", "相关附件",
    "相关链接", "相关报道", "相关文档", "相关解读", "相关阅读", "相关新闻", "相关信息", "相关文章", "相关稿件", "推荐阅读",
    "正文", "扫一扫", "二维码", "您的位置", "当前位置", "网站地图", "联系我们", "关于我们", "友情链接", "责任编辑",
    "政策解读", "图文解读", "一图读懂", "分享至", "视力保护色", "背景色", "播放", "暂停",
];

/// Words that make a short line without a sentence furniture.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "扫一扫", "扫描二维码", "分享到", "打印本页", "关闭窗口", "关闭本页", "返回首页", "返回顶部", "返回列表", "版权所有",
    "版权声明", "免责声明", "网站声明", "ICP备", "ICP证", "公网安备", "网站标识码", "网站地图", "联系我们", "主办单位：",
    "主办单位:", "承办单位：", "承办单位:", "主办：", "主办:", "承办：", "承办:", "技术支持：", "技术支持:", "【字号", "【字体",
    "字号：", "字体：", "字体大小", "附件下载", "点击图片", "责任编辑", "责编：", "编辑：", "浏览次数", "阅读次数", "点击次数",
    "浏览量：", "浏览量:", "点击数：", "点击数:", "访问量：", "访问量:", "上一篇", "下一篇", "当前位置", "您的位置", "您所在的位置",
    "您现在的位置", "无障碍浏览", "无障碍阅读", "长者助手", "手机版", "加入收藏", "设为首页", "评论内容", "发表评论",
    "在手机上查看", "在手机打开", "打开当前页", "保存本页", "我要纠错", "All Rights", "Copyright", "客户端下载", "打印】",
    "【关闭", "【打印", "html_News",
];

/// Heads of lists that lead away from the report; whatever follows at its end is furniture too.
pub(super) fn leads_away(line: &str) -> bool {
    let words = bare(line);
    let known = ["相关", "推荐阅读", "上一篇", "下一篇", "热点推荐", "友情链接"];
    words.chars().count() <= 8 && known.iter().any(|start| words.starts_with(start))
}

/// A step of a breadcrumb trail stands before or behind such a line.
pub(super) fn is_trail_mark(line: &str) -> bool {
    matches!(line, ">" | ">>" | "»" | "›" | "/" | "＞" | "→")
}

/// Whether a line is furniture.
pub(super) fn is_furniture(line: &str) -> bool {
    if line.chars().nth(LONGEST).is_some() || line.len() > 3 && line.contains(['。', '，']) {
        return false;
    }
    let words = bare(line);
    if words.is_empty() || LINES.contains(&words) {
        return true;
    }
    let is_menu = line.starts_with("首页 ");
    is_menu || WORDS.iter().any(|word| line.contains(word)) || is_hash(words) || is_address(line)
}

/// The words without marks and space round them.
fn bare(line: &str) -> &str {
    line.trim_matches(|char: char| {
        char.is_whitespace()
            || matches!(
                char,
                ':' | '：'
                    | '>'
                    | '<'
                    | '》'
                    | '《'
                    | '【'
                    | '】'
                    | '['
                    | ']'
                    | '|'
                    | '×'
                    | '·'
                    | '/'
                    | '！'
                    | '＞'
                    | '〉'
                    | '-'
            )
    })
}

/// A key of the site's content system.
fn is_hash(words: &str) -> bool {
    words.len() >= 16
        && words.bytes().all(|byte| byte.is_ascii_hexdigit())
        && words.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether a line is nothing but an address on the web.
pub(super) fn is_address(line: &str) -> bool {
    (line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www."))
        && !line.contains(' ')
}
