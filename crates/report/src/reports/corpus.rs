use super::Rows;
use crate::{Cell, Column};
use onrecord_indexing::Reader;
use onrecord_query::{
    CorpusDocument, CorpusRequest, CorpusRow, QueryError, Unread, list_documents, take_inventory,
};

/// The columns of what a corpus holds.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("part").about("what the row is of: `all`, `year`, `gap` (years without a document between years that have some), `no-date`, `kind`, `language`, `speaker`, then files that are not in the index or not wholly: `partial-file`, `skipped-file`, `failed-file`, `stale-correction`"),
    Column::text("name").about("the year, the years of a gap (`1954 to 1955`), kind, language, speaker or path; empty for all, and for what is not known"),
    Column::integer("documents").in_unit("documents").about("of the part; of a speaker those in which they speak; empty for files"),
    Column::integer("documents_without_speech").in_unit("documents").about("of these, those without a word of speech; with a query none, as only passages of speech are looked at"),
    Column::integer("passages").in_unit("passages").about("of speech"),
    Column::integer("words").in_unit("words").about("of speech"),
    Column::integer("speakers").in_unit("persons").about("different speakers"),
    Column::date("first_date").about("the earliest date of a document, as precise as it is known"),
    Column::date("last_date").about("the latest"),
    Column::text("reason").about("why a file is not there, or in part"),
];

/// The columns of the documents of a corpus.
pub(super) const DOCUMENT_COLUMNS: &[Column] = &[
    Column::text("document_id").about("the document's id"),
    Column::text("path").about("its file, as it was reached when it was indexed"),
    Column::integer("record").about("the line or row, counted from 1, in a file of many documents"),
    Column::text("title").about("its title; empty where it is not known"),
    Column::date("date").about("its date, as precise as it is known"),
    Column::text("kind").about("what sort of document it is"),
    Column::text("speaker").about("its one voice; empty where there are several, or doubt"),
    Column::text("issuer").about("the body that put it out, as written"),
    Column::text("language").about("as an ISO 639-1 code; empty where it is not known"),
    Column::integer("passages").in_unit("passages").about("of speech"),
    Column::integer("words").in_unit("words").about("of speech"),
];

pub(super) fn ask<'a>(
    reader: &'a Reader,
    request: &CorpusRequest,
    last_run: &[Unread],
) -> Result<Rows<'a>, QueryError> {
    if request.explode {
        let documents = list_documents(reader, request)?;
        return Ok(Rows::of(DOCUMENT_COLUMNS.to_vec(), documents, document_cells));
    }
    let rows = take_inventory(reader, request, last_run)?;
    Ok(Rows::of(COLUMNS.to_vec(), rows, cells))
}

fn cells(row: CorpusRow) -> Vec<Cell<'static>> {
    let counts = row.counts.as_ref();
    vec![
        row.part.name().into(),
        row.name.into(),
        counts.map(|counts| counts.documents).into(),
        counts.map(|counts| counts.documents_without_speech).into(),
        counts.map(|counts| counts.passages).into(),
        counts.map(|counts| counts.words).into(),
        counts.map(|counts| counts.speakers).into(),
        counts.and_then(|counts| counts.first_date).into(),
        counts.and_then(|counts| counts.last_date).into(),
        row.reason.into(),
    ]
}

fn document_cells(document: CorpusDocument) -> Vec<Cell<'static>> {
    vec![
        document.document_id.into(),
        document.path.into(),
        document.record.into(),
        document.title.into(),
        document.date.into(),
        document.kind.into(),
        document.speaker.into(),
        document.issuer.into(),
        document.language.into(),
        document.passages.into(),
        document.words.into(),
    ]
}
