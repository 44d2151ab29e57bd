use super::{BlockKind, Outline};
use BlockKind::{Blank, Chrome, Heading, Paragraph, TableRow, Title};

const LONG: &str = "坚持抓创新促应用，加强重点科技工作调度，全社会研发投入239.06亿元，增长19.4%，增速居全省第1，\
                    研发投入强度1.96%，提升0.31个百分点，增幅创2000年以来之最。";

/// Kinds of the lines of a text; `~` stands for a line of running text.
fn kinds(lines: &[&str]) -> Vec<BlockKind> {
    let text = lines
        .iter()
        .map(|line| line.replace('~', LONG))
        .collect::<Vec<_>>()
        .join("\n");
    Outline::of(&text).blocks.iter().map(|block| block.kind).collect()
}

#[test]
fn every_line_has_its_kind() {
    let cases: &[(&[&str], &[BlockKind])] = &[
        (
            &[
                "下载",
                "【字号：",
                "加大",
                "】",
                "2026年河南省政府工作报告",
                "来源：河南日报",
                "各位代表：",
                "一、工作回顾",
                "~",
            ],
            &[
                Chrome,
                Chrome,
                Chrome,
                Chrome,
                Title,
                Paragraph,
                Paragraph,
                Heading(1),
                Paragraph,
            ],
        ),
        (
            &[
                "一、情况",
                "（一）科技指标",
                "1.研发投入",
                "~",
                "二、思路",
                "1.加强统筹",
                "~",
            ],
            &[
                Heading(1),
                Heading(2),
                Heading(3),
                Paragraph,
                Heading(1),
                Heading(2),
                Paragraph,
            ],
        ),
        // One sentence ending in a stop heads running text, but is an item among its like.
        (&["(一)经济稳中有进。", "~"], &[Heading(2), Paragraph]),
        (&["(一)完成甲。", "(二)完成乙。"], &[Paragraph, Paragraph]),
        (&["(一)科技指标保持快增态势。~"], &[Paragraph]),
        (
            &[
                "力争企业超1500家",
                "2022-01-29",
                "",
                "~",
                "引进4—5个创新平台",
                "~",
            ],
            &[Title, Paragraph, Blank, Paragraph, Heading(3), Paragraph],
        ),
        (
            &["指标 | 数值", "研发投入 | 239.06亿元", "| 全市 |"],
            &[TableRow; 3],
        ),
        (&["打印 | 关闭窗口"], &[Chrome]),
        (
            &["首页", ">", "云南要闻", "2026年政府工作报告"],
            &[Chrome, Chrome, Chrome, Title],
        ),
        (
            &[
                "~",
                "附件",
                "~",
                "扫一扫在手机打开当前页",
                "相关链接>>",
                "关于报告的决议",
            ],
            &[Paragraph, Heading(1), Paragraph, Chrome, Chrome, Chrome],
        ),
        (
            &[
                "市科技局关于印发《2019年工作总结》的通知",
                "~",
                "附件:",
                "2019年工作总结",
                "~",
            ],
            &[Title, Paragraph, Heading(1), Title, Paragraph],
        ),
        (&[""], &[Blank]),
    ];
    for (lines, expected) in cases {
        assert_eq!(kinds(lines), *expected, "{lines:?}");
    }
}

#[test]
fn a_block_knows_its_place_and_its_headings() {
    let text = "标题是工作报告\n一、回顾\n（一）投入\n1.研发\n增长。\n二、思路\n加强。";
    let outline = Outline::of(text);
    let path = |block| outline.heading_of(block);
    assert_eq!(path(4), [1, 2, 3]);
    assert_eq!(path(3), [1, 2]);
    assert_eq!(path(6), [5]);
    assert_eq!(path(0), [0; 0]);
    assert_eq!(outline.block_at(0), Some(0));
    assert_eq!(outline.block_at(text.find("一、").unwrap()), Some(1));
    assert_eq!(outline.block_at(text.len()), Some(6));
    assert_eq!(outline.block_at(text.len() + 1), None);
}
