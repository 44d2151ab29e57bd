use super::super::read;
use super::{area, date};

/// Title, issuer, date, area and period of a text.
fn of(text: &str) -> [String; 5] {
    let metadata = read(text.as_bytes(), "a.txt", None).unwrap().metadata;
    [
        metadata.title,
        metadata.issuer,
        metadata.date,
        metadata.area,
        metadata.period,
    ]
}

#[test]
fn a_report_says_what_it_is() {
    let cases = [
        (
            "- 发布机构:泉州市科技局\n- 公文生成日期:2025-03-11\n一、2024年主要工作情况\n2024年,在市委领导下,工作取得新成效。",
            ["", "泉州市科技局", "2025-03-11", "泉州市", "2024"],
        ),
        (
            "打印\n2026年河南省政府工作报告\n——2026年1月26日在河南省第十四届人民代表大会第四次会议上\n来源：河南日报\n时间：2026-02-03\n各位代表：",
            [
                "2026年河南省政府工作报告",
                "河南省人民政府",
                "2026-02-03",
                "河南省",
                "2025",
            ],
        ),
        (
            "2026年政府工作报告\n来源：云南日报\n2026-02-03 09:02:33\n——2026年1月28日在云南省第十四届人民代表大会第四次会议上\n各位代表：",
            [
                "2026年政府工作报告",
                "云南省人民政府",
                "2026-02-03",
                "云南省",
                "2025",
            ],
        ),
        (
            "福州市科学技术局关于印发《福州市2019年科技工作总结及2020年主要工作任务》的通知\n时间:2020-02-26 16:47\n各处室:",
            [
                "福州市2019年科技工作总结及2020年主要工作任务",
                "福州市科学技术局",
                "2020-02-26",
                "福州市",
                "2019",
            ],
        ),
        (
            "---\ntitle: \"力争企业超1500家\"\ndate: 2022-01-29 08:55:14 +0800\n---\n<p>27日，我市召开会议。</p><p>（文章来源：泉州晚报）</p>",
            ["力争企业超1500家", "泉州晚报", "2022-01-29", "泉州市", ""],
        ),
        (
            "科技创新跑出加速度\n2023-02-08 14:10 来源：科技日报 浏览次数：1236 字号：[大 中 小]\n2022年，全市研发机构达1630家。",
            ["科技创新跑出加速度", "科技日报", "2023-02-08", "", ""],
        ),
        (
            "临夏县政府工作报告\n——2021年11月18日在临夏县第十八届人民代表大会第一次会议上\n各位代表：",
            [
                "临夏县政府工作报告",
                "临夏县人民政府",
                "2021-11-18",
                "临夏县",
                "2021",
            ],
        ),
        (
            "分享:\n陕西省2026年政府工作报告\n时间：\n2026-02-02 09:20\n来源：\n陕西省人民政府\n各位代表：",
            [
                "陕西省2026年政府工作报告",
                "陕西省人民政府",
                "2026-02-02",
                "陕西省",
                "2025",
            ],
        ),
        ("增长5%。", ["", "", "", "", ""]),
    ];
    for (text, expected) in cases {
        assert_eq!(of(text), expected, "{text}");
    }
}

#[test]
fn html_names_it_in_its_head() {
    let html = "<html><head><title>2024年工作总结_某市科技局</title><meta name=\"ContentSource\" content=\"晋江市科技局\">\
                <meta name='PubDate' content='2025-01-08 10:00'></head><body><p>增长5%。</p></body></html>";
    assert_eq!(
        of(html),
        ["2024年工作总结", "晋江市科技局", "2025-01-08", "晋江市", "2024"]
    );
}

#[test]
fn places_begin_names() {
    let cases = [
        ("福建省泉州市科技局", Some("泉州市")),
        ("福州市市场监督管理局", Some("福州市")),
        ("2026年新疆维吾尔自治区政府工作报告", Some("新疆维吾尔自治区")),
        ("厦门市思明区政府", Some("厦门市思明区")),
        ("恩施土家族苗族自治州政府", Some("恩施土家族苗族自治州")),
        ("创新引领城市发展", None),
        ("全市科技工作会议", None),
        ("力争企业超1500家", None),
    ];
    for (words, expected) in cases {
        assert_eq!(area::at_start(words).as_deref(), expected, "{words}");
    }
}

#[test]
fn dates_are_found_in_words() {
    assert_eq!(
        date::find("2026年02月10日 07时41分").as_deref(),
        Some("2026-02-10")
    );
    assert_eq!(date::alone("2026年2月5日在会上"), None);
    assert_eq!(date::find("电话12345678"), None);
    assert_eq!(date::five_year_plan("“十四五”规划").as_deref(), Some("2021-2025"));
}
