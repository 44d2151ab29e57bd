//! The number formats of a workbook's cells.

use std::collections::BTreeMap;

use super::format::Format;
use crate::exchange::documents::fault::Fault;
use crate::exchange::documents::xml::{Node, Xml};

/// No code of a format has more characters.
const LONGEST_CODE: usize = 255;

/// The formats of cells.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The format's id, by the index that a cell gives.
    cells: Vec<u32>,
    formats: BTreeMap<u32, Format>,
    general: Format,
}

impl Styles {
    /// Reads the part of a workbook that defines them.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let mut xml = Xml::new(text);
        let mut own: BTreeMap<u32, String> = BTreeMap::new();
        let mut cells: Vec<u32> = Vec::new();
        let mut in_cells = false;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "numFmt" => {
                        let id = tag.number("numFmtId").unwrap_or(0);
                        let code = tag.value("formatCode").unwrap_or_default();
                        if code.chars().nth(LONGEST_CODE).is_none() {
                            own.insert(id, code);
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => cells.push(tag.number("numFmtId").unwrap_or(0)),
                    _ => {}
                },
                Node::Close(name) => in_cells &= name != "cellXfs",
                Node::Words(_) => {}
            }
        }
        let mut formats = BTreeMap::new();
        for &id in &cells {
            let code = own.get(&id).map_or_else(|| built_in(id), String::as_str);
            formats.entry(id).or_insert_with(|| Format::of(code));
        }
        Ok(Self {
            cells,
            formats,
            general: Format::default(),
        })
    }

    /// The format of a cell with this index.
    pub fn format(&self, index: usize) -> &Format {
        let id = self.cells.get(index);
        id.and_then(|id| self.formats.get(id)).unwrap_or(&self.general)
    }
}

/// The formats that every workbook has, as a Chinese Excel prints them.
fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 | 41 | 42 => "#,##0",
        4 | 39 | 40 | 43 | 44 => "#,##0.00",
        5 | 6 => "¥#,##0",
        7 | 8 => "¥#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 | 30 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        45 | 47 => "mm:ss",
        46 => "[h]:mm:ss",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_format_of_their_style() {
        let long = "0".repeat(256);
        let part = format!(
            r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0&quot;亿元&quot;"/>
            <numFmt numFmtId="165" formatCode="{long}"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/><xf numFmtId="164"/>
            </cellXfs></styleSheet>"#
        );
        let styles = Styles::read(&part).unwrap();
        let shown: Vec<String> = (0..6)
            .map(|index| styles.format(index).show("0.25", false))
            .collect();
        assert_eq!(shown, ["0.25", "0.3亿元", "25%", "0.25", "0.3亿元", "0.25"]);
    }
}
