//! Prints the blocks of files in order, each with whether a turn begins at it and whose it is.
//!
//! `cargo run -p onrecord-ingest --example block_turns -- FILE …` prints tab-separated rows:
//! `file PATH`, and `block BEGINS NAME REST TEXT` for each block. BEGINS is 1 where a block of
//! speech is the first that its turn has words in, else 0; NAME is the one who speaks, as the text
//! or the markup has it, or empty; REST is what stands behind the label, where the block begins
//! with one, else empty; TEXT is all of the block. Blanks are joined.

#![allow(unreachable_pub, reason = "the modules of an example have no callers outside it")]

mod documents;

use onrecord_model::{Block, Document, Span};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    documents::print_each(print_blocks)
}

fn print_blocks(document: &Document, output: &mut impl Write) -> std::io::Result<()> {
    let mut last = None;
    for block in document.blocks() {
        let label = label_in(document, block);
        let rest = label
            .map_or("", |label| document.slice(Span { start: label.end, end: block.span.end }));
        let is_label_only = label.is_some() && !rest.contains(char::is_alphanumeric);
        let begins = block.kind.is_speech() && block.turn.is_some() && block.turn != last;
        if block.kind.is_speech() && !is_label_only {
            last = block.turn;
        }
        let name = document.turn_of(block).and_then(|turn| turn.named_as.as_deref());
        writeln!(
            output,
            "block\t{}\t{}\t{}\t{}",
            u8::from(begins),
            joined(name.unwrap_or_default()),
            joined(rest),
            joined(document.slice(block.span))
        )?;
    }
    Ok(())
}

/// Returns the label of the block's turn, if it lies in the block.
fn label_in(document: &Document, block: &Block) -> Option<Span> {
    let label = document.turn_of(block)?.label?;
    (block.span.start <= label.start && label.end <= block.span.end).then_some(label)
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
