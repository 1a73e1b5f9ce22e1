//! What the lists that people read on a terminal have in common.

use anyhow::Result;
use onrecord_query::{CitedWords, FoundPassage, Surroundings};
pub(super) use onrecord_report::one_line;
use onrecord_report::{Cell, Column};
use std::io::Write;

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

/// Writes when words were said, by whom, whom they quote, and in what.
pub(super) fn who(
    date: Option<&str>,
    speaker: Option<&str>,
    quoted: Option<&str>,
    title: Option<&str>,
) -> String {
    let quoted = quoted.map(|quoted| format!(", quoting {}", one_line(quoted))).unwrap_or_default();
    format!(
        "{}, {}{quoted}, {}",
        date.unwrap_or("undated"),
        one_line(speaker.unwrap_or("speaker unknown")),
        one_line(title.unwrap_or("untitled")),
    )
}

/// Writes where words stand: in which passage of a document, at which characters, in which file.
pub(super) fn place(
    document: &str,
    passage: u32,
    characters: [u32; 2],
    (path, record, page): (&str, Option<u64>, Option<u32>),
) -> String {
    let [start, end] = characters;
    format!("{document} passage {passage}, characters {start}-{end}; {}", file(path, record, page))
}

/// The columns of words that are cited, but for the words themselves.
pub(super) const CITED_COLUMNS: &[Column] = &[
    Column::text("speaker"),
    Column::text("quoted"),
    Column::text("date"),
    Column::text("title"),
    Column::text("kind"),
    Column::text("document_id"),
    Column::integer("passage"),
    Column::integer("char_start"),
    Column::integer("char_end"),
    Column::integer("byte_start"),
    Column::integer("byte_end"),
    Column::text("path"),
    Column::integer("record"),
    Column::integer("page"),
    Column::text("citation"),
    Column::text("cautions"),
];

/// Makes the cells of these columns.
pub(super) fn cited_cells(cited: &CitedWords) -> Vec<Cell<'_>> {
    vec![
        cited.speaker.clone().into(),
        cited.quoted.clone().into(),
        cited.date.clone().into(),
        cited.title.clone().into(),
        cited.kind.into(),
        cited.document_id.as_str().into(),
        cited.passage.into(),
        cited.char_start.into(),
        cited.char_end.into(),
        cited.byte_start.into(),
        cited.byte_end.into(),
        cited.path.as_str().into(),
        cited.record.map_or(Cell::Empty, Cell::from),
        cited.page.map_or(Cell::Empty, Cell::from),
        cited.citation.as_str().into(),
        cited.surroundings.joined_cautions().into(),
    ]
}

/// Writes where a passage stands that was found.
pub(super) fn found_place(found: &FoundPassage) -> String {
    place(
        &found.document_id,
        found.passage,
        [found.char_start, found.char_end],
        (&found.path, found.record, found.page),
    )
}

/// Writes where words that are cited stand.
pub(super) fn cited_place(cited: &CitedWords) -> String {
    place(
        &cited.document_id,
        cited.passage,
        [cited.char_start, cited.char_end],
        (&cited.path, cited.record, cited.page),
    )
}

/// Writes how many rows are shown of those that are listed, and what is left out of the list
/// because it occurs too rarely.
pub(super) fn n_rows(n_shown: usize, n_listed: u64, min_count: u64, place: &str) -> String {
    let least = match min_count {
        0 | 1 => String::new(),
        n => format!(", of what occurs {n} times or more{place}"),
    };
    format!("{n_shown} of {n_listed} rows{least}")
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
