//! The outline of a shown text: what each of its lines is.
//!
//! Everything is told from the words and their neighbours; nothing of a file's format is known.

mod chrome;
mod context;
mod line;

use crate::model::Span;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The report's title, wherever it stands near the top or before what it is attached to.
    Title,
    /// A heading: 1 for `一、`, 第一部分 and 附件; 2 for `（一）` and `1.`; 3 beneath those and without a number.
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
    /// For every block the heading right above it in the tree of headings.
    parents: Vec<Option<u32>>,
}

impl Outline {
    /// Outlines a shown text.
    pub fn of(text: &str) -> Self {
        let mut blocks = Vec::with_capacity(text.len() / 128 + 1);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let span = Span::new(start, end);
            let kind = line::kind(span.of(text).unwrap_or_default());
            blocks.push(Block { span, kind });
            start = end + 1;
        }
        context::settle(text, &mut blocks);
        let parents = parents(&blocks);
        Self { blocks, parents }
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
        let parent = |block: usize| {
            self.parents
                .get(block)
                .copied()
                .flatten()
                .map(|index| index as usize)
        };
        let mut path: Vec<usize> = std::iter::successors(parent(block), |heading| parent(*heading)).collect();
        path.reverse();
        path
    }
}

/// For every block the nearest heading before it that is of a higher rank than the block itself.
fn parents(blocks: &[Block]) -> Vec<Option<u32>> {
    // The heading that is open at each level.
    let mut open: [Option<u32>; 3] = [None; 3];
    let innermost = |open: &[Option<u32>]| open.iter().rev().find_map(|heading| *heading);
    let mut parents = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading(level) => {
                let level = usize::from(level.clamp(1, 3)) - 1;
                let (above, below) = open.split_at_mut(level);
                parents.push(innermost(above));
                below.fill(None);
                if let Some(slot) = below.first_mut() {
                    *slot = Some(index as u32);
                }
            }
            kind => {
                if kind == BlockKind::Title {
                    open = [None; 3];
                }
                parents.push(innermost(&open));
            }
        }
    }
    parents
}

#[cfg(test)]
mod tests;
