//! The outline of a shown text: what each of its lines is.

use crate::model::Span;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The report's title.
    Title,
    /// A heading of level 1 (`一、`), 2 (`（一）`) or 3.
    Heading(u8),
    /// Running text, and everything that is nothing else.
    Paragraph,
    /// Cells parted by ` | `.
    TableRow,
    /// Furniture of the site that the report was published on.
    Chrome,
    /// Nothing.
    Blank,
}

/// One line of the shown text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The line without its line end. Bytes.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The lines of a shown text and what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// One block a line, in the order of the text.
    pub blocks: Vec<Block>,
}

impl Outline {
    /// Outlines a shown text.
    pub fn of(text: &str) -> Self {
        let mut start = 0;
        let mut blocks = Vec::new();
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let span = Span::new(start, end);
            let kind = span.of(text).map_or(BlockKind::Blank, kind_of_line);
            blocks.push(Block { span, kind });
            start = end + 1;
        }
        Self { blocks }
    }

    /// The index of the block that holds this byte or ends at it; `None` past the text.
    pub fn block_at(&self, byte: usize) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.span.end < byte);
        self.blocks
            .get(index)
            .is_some_and(|block| block.span.start <= byte)
            .then_some(index)
    }

    /// The headings above a block, outermost first, as indices of blocks; the title is not among them.
    pub fn heading_of(&self, block: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut level = u8::MAX;
        for (index, above) in self.blocks.iter().enumerate().take(block).rev() {
            if let BlockKind::Heading(found) = above.kind
                && found < level
            {
                level = found;
                path.push(index);
                if level == 1 {
                    break;
                }
            }
        }
        path.reverse();
        path
    }
}

fn kind_of_line(line: &str) -> BlockKind {
    if line.is_empty() {
        BlockKind::Blank
    } else if line.contains(" | ") {
        BlockKind::TableRow
    } else {
        BlockKind::Paragraph
    }
}
