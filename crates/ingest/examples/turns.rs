//! Prints where the turns and notes of files are: what the finders made of them, line by line.
//!
//! `cargo run -p onrecord-ingest --example turns -- FILE …` prints tab-separated rows:
//! `file PATH`; `turn LINE LABEL` for each turn that begins a line at a label, with the label as
//! written, `inside LINE LABEL` for one that begins behind other words of the line, and
//! `doubt LINE` for one of nobody; `note LINE START END` for each line or part of a line that
//! is a note, in bytes of the line from 0. Lines count from 1.

#![allow(unreachable_pub, reason = "the modules of an example have no callers outside it")]

mod documents;

use onrecord_model::{BlockKind, Document, Span};
use onrecord_text::inline_notes;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    documents::print_each(|document, output| {
        print_turns(document, output)?;
        print_notes(document, output)
    })
}

fn print_turns(document: &Document, output: &mut impl Write) -> std::io::Result<()> {
    let lines = Lines::of(document.text());
    let mut last = None;
    for block in document.blocks().iter().filter(|block| block.turn.is_some()) {
        if block.turn == last {
            continue;
        }
        last = block.turn;
        let (line, column) = lines.place(block.span.start);
        let before = Span { start: block.span.start - column as u32, end: block.span.start };
        let place = if document.slice(before).trim().is_empty() { "turn" } else { "inside" };
        match document.turn_of(block).and_then(|turn| turn.label) {
            Some(label) => {
                writeln!(output, "{place}\t{line}\t{}", document.slice(label).replace('\n', " "))?;
            }
            None => writeln!(output, "doubt\t{line}")?,
        }
    }
    Ok(())
}

fn print_notes(document: &Document, output: &mut impl Write) -> std::io::Result<()> {
    let lines = Lines::of(document.text());
    for block in document.blocks() {
        let notes: Vec<Span> = if block.kind == BlockKind::Note {
            vec![block.span]
        } else {
            let inside = inline_notes(document.slice(block.span));
            inside.map(|note| note.shifted(block.span.start)).collect()
        };
        for note in notes {
            let mut start = note.start;
            for part in document.slice(note).split_inclusive('\n') {
                let (line, column) = lines.place(start);
                writeln!(output, "note\t{line}\t{column}\t{}", column + part.trim_end().len())?;
                start += part.len() as u32;
            }
        }
    }
    Ok(())
}

/// Where the lines of a text begin.
struct Lines(Vec<u32>);

impl Lines {
    fn of(text: &str) -> Self {
        let behind = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        Self([0].into_iter().chain(behind).collect())
    }

    /// Returns the line of an offset, counted from 1, and the offset in it.
    fn place(&self, offset: u32) -> (usize, usize) {
        let line = self.0.partition_point(|&start| start <= offset);
        (line, (offset - self.0[line - 1]) as usize)
    }
}
