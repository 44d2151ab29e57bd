//! Tables on a terminal.

/// Rows as lines: the first column to the left, the others to the right.
pub(super) fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| width(cell))
            .max()
    };
    let widths: Vec<usize> = (0..columns).filter_map(widest).collect();
    let mut lines = String::new();
    for row in rows {
        for (column, (cell, full)) in row.iter().zip(&widths).enumerate() {
            let space = " ".repeat(full - width(cell));
            if column == 0 {
                lines += cell;
                lines += &space;
            } else {
                lines += "  ";
                lines += &space;
                lines += cell;
            }
        }
        lines.truncate(lines.trim_end_matches(' ').len());
        lines.push('\n');
    }
    lines
}

/// How many cells of a terminal the words take: two for each Chinese or full-width character.
fn width(words: &str) -> usize {
    let is_wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
    };
    words.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_straight_under_chinese_heads() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [
            row(["指标", "only 甲", "F1"]),
            row(["高新技术企业", "3", "-"]),
            row(["rd", "12", "0.5"]),
        ];
        let expected = "\
指标          only 甲   F1
高新技术企业        3    -
rd                 12  0.5
";
        assert_eq!(aligned(&rows), expected);
    }
}
