mod list;
mod of_text;

use crate::args::{Global, Quotes};
use crate::exit::Exit;
use anyhow::{Result, bail};
use onrecord_report::Format;

/// Lists the quotations of an index, or of texts that are in none.
pub(crate) fn run(global: &Global, args: &Quotes) -> Result<Exit> {
    if args.text.is_empty() && args.jsonl.is_none() {
        return list::run(global, args);
    }
    if args.output.format.is_some_and(|format| format != Format::Jsonl) {
        bail!(
            "quotations of texts are written as JSON Lines only\nleave out --format, or write --format jsonl"
        );
    }
    of_text::run(args)
}
