//! What the lists that people read on a terminal have in common.

use anyhow::Result;
use onrecord_query::Surroundings;
use onrecord_report::visible;
use std::io::Write;

/// Puts a text on one line, and nothing in it that a terminal would act upon.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { ' ' } else { visible(c) }).collect()
}

/// Writes how many quotations there are.
pub(super) fn n_quotations(n: u64) -> String {
    format!("{n} quotation{}", if n == 1 { "" } else { "s" })
}

/// Writes how many words there are, or runs of so many words.
pub(super) fn n_things(n: u64, n_words: u8) -> String {
    if n_words > 1 { format!("{n} runs of {n_words} words") } else { format!("{n} words") }
}

/// Names a file, with the line or row of a record in it or the page, where there is one.
pub(super) fn file(path: &str, record: Option<u64>, page: Option<u32>) -> String {
    let record = record.map(|line| format!(" line {line}")).unwrap_or_default();
    let place = page.map_or(record, |page| format!(" page {page}"));
    format!("{}{place}", one_line(path))
}

/// Prints the sentences around words, and what should be read before they are quoted.
pub(super) fn print_surroundings(out: &mut dyn Write, around: &Surroundings) -> Result<()> {
    let Surroundings { before, sentence, after, cautions } = around;
    let sentences = [before.as_deref(), Some(sentence.as_str()), after.as_deref()];
    let sentences: Vec<&str> = sentences.into_iter().flatten().collect();
    writeln!(out, "   context: {}", one_line(&sentences.join(" ")))?;
    for caution in cautions {
        let trigger = one_line(&caution.trigger);
        writeln!(out, "   {} {}: {trigger}", caution.weight, caution.kind)?;
    }
    Ok(())
}
