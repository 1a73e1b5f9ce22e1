use super::{Rows, date_cell};
use crate::{Cell, Column};
use onrecord_indexing::Reader;
use onrecord_query::{QueryError, QuoteRow, QuotesRequest, find_quotes};

/// The columns of quotations.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("quote_id").about("the id of the document and the quotation's place in it, `ID-q3`"),
    Column::text("document_id").about("the document's id"),
    Column::text("title").about("its title; empty where it is not known"),
    Column::date("date").about("its date, as precise as it is known; empty where it is not"),
    Column::text("kind").about("what sort of document it is"),
    Column::text("speaker_id").about("the id of the one whose turn it is"),
    Column::text("speaker").about("whose turn it is; empty where that is in doubt"),
    Column::text("quoted_as").about("who is quoted, as written"),
    Column::text("quoted_id").about("the id of the one who is quoted"),
    Column::text("quoted").about("who is quoted, in full, where the name stands for one person or body; empty where that is in doubt"),
    Column::text("quote_kind").about("`direct`, `mixed`, `block` or `epigraph`"),
    Column::text("text").about("its words, parts joined by ` … `"),
    Column::integer("char_start").in_unit("characters").about("where the first part starts in the document's canonical text"),
    Column::integer("char_end").in_unit("characters").about("one past the last character of the last part"),
    Column::integer("passage").about("the place in the document of the passage that it starts in, counted from 0"),
    Column::text("cue").about("the words that report it"),
    Column::text("attribution_rule").about("the rule that told who is quoted"),
    Column::decimal("confidence", 2).in_unit("0 to 1").about("how sure that is"),
    Column::text("citation").about("the source as a note cites it"),
];

pub(super) fn ask<'a>(reader: &'a Reader, request: &QuotesRequest) -> Result<Rows<'a>, QueryError> {
    let quotes = find_quotes(reader, request)?;
    Ok(Rows::new(COLUMNS.to_vec(), quotes.map(|quote| Ok(quote_cells(quote?)))))
}

/// Returns the columns of quotations as rows.
pub const fn quote_columns() -> &'static [Column] {
    COLUMNS
}

/// Returns the cells of a quotation.
pub fn quote_cells(row: QuoteRow) -> Vec<Cell<'static>> {
    vec![
        row.quote_id.into(),
        row.document_id.into(),
        row.title.into(),
        date_cell(row.date.as_deref()),
        row.kind.into(),
        row.speaker_id.into(),
        row.speaker.into(),
        row.quoted_as.into(),
        row.quoted_id.into(),
        row.quoted.into(),
        row.quote_kind.into(),
        row.text.into(),
        row.char_start.into(),
        row.char_end.into(),
        row.passage.into(),
        row.cue.into(),
        row.attribution_rule.into(),
        row.confidence.map(f64::from).into(),
        row.citation.into(),
    ]
}
