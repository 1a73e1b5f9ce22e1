use super::{check, compare, corpus, coverage, labels, priorities, quotes};
use crate::{Column, ColumnKind};
use onrecord_query::{GroupBy, NamedPart, groupings};
use std::iter;

/// The columns of a report, with what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportColumns {
    /// The name of the report, or of the form of it that they are of.
    pub name: &'static str,
    /// What a row is, and in which order rows come.
    pub row: &'static str,
    /// The columns, in order.
    pub columns: Vec<Column>,
}

/// Lists the columns of all reports. Those that say which group a row is of stand by themselves: they
/// come first wherever groups are asked for.
pub fn report_columns() -> Vec<ReportColumns> {
    let columns =
        |name, row, columns: &[Column]| ReportColumns { name, row, columns: columns.to_vec() };
    let groups = iter::once(PART).chain(GroupBy::ALL.iter().flat_map(columns_of));
    let groups: Vec<Column> = groups.collect();
    vec![
        columns("groups", "The columns that say which group a row is of", &groups),
        columns(
            "priorities",
            "A row is a group and a priority: parts in the order given, groups in the order of their values, priorities in that of the taxonomy, zeros included",
            priorities::COLUMNS,
        ),
        columns(
            "priorities --cross",
            "A row is a group; the columns of the group come first, then one for each priority",
            priorities::CROSS_COLUMNS,
        ),
        columns(
            "priorities --explode",
            "A row is a mention, or a label without mentions: by part, document id, passage, priority in the order of the taxonomy, and place; the columns of the group come first",
            &labels::exploded_columns(),
        ),
        columns(
            "mentions",
            "A row is a mention: by document id, passage, priority in the order of the taxonomy, and place",
            &labels::mention_columns(),
        ),
        columns(
            "labels",
            "A row is a label of a passage: by document id, passage, and priority in the order of the taxonomy",
            &labels::label_columns(),
        ),
        columns("quotes", "A row is a quotation: by document id, and place", quotes::COLUMNS),
        columns(
            "coverage",
            "A row is a group and a priority that it did not mention, in the order of `priorities`; the columns of the group come first",
            coverage::COLUMNS,
        ),
        columns(
            "compare",
            "A row is a priority, in the order of the taxonomy, then a keyword of A, then one of B, those with the most evidence first",
            compare::COLUMNS,
        ),
        columns(
            "corpus",
            "A row is a part of the corpus, in the order below; speakers by their words, the most first",
            corpus::COLUMNS,
        ),
        columns("corpus --explode", "A row is a document, by its id", corpus::DOCUMENT_COLUMNS),
        columns(
            "check",
            "A row is a quotation of a draft, or a draft without any: by path, in the order of the text",
            check::COLUMNS,
        ),
    ]
}

/// Returns the columns that say which part, where parts are named, and which group a row is of.
pub(super) fn group_columns(by: Option<&[GroupBy]>, parts: &[NamedPart]) -> Vec<Column> {
    let part = Some(PART).filter(|_| !parts.is_empty());
    part.into_iter().chain(groupings(by, parts).iter().flat_map(columns_of)).collect()
}

const PART: Column = Column::text("part").about("the name of the part, where parts are named");

/// Returns the columns that say which group of a grouping a row is of.
fn columns_of(by: &GroupBy) -> Vec<Column> {
    let named = |name, about| vec![Column::text(name).about(about)];
    match by {
        GroupBy::Document => vec![
            Column::text("document_id").about("the document's id"),
            Column::text("title").about("its title; empty where it is not known"),
            Column::date("date")
                .about("its date, as precise as it is known; empty where it is not"),
            Column::text("path").about("its file, as it was reached when it was indexed"),
        ],
        GroupBy::Speaker => named(
            "speaker",
            "whose words they are; empty for nobody's in particular: fact sheets, releases, texts of several voices",
        ),
        GroupBy::Office => named(
            "office",
            "the office of the document's one voice; empty where it is not known, and for words of others",
        ),
        GroupBy::Year => {
            vec![Column::integer("year").about("as 2011; empty where the document has no date")]
        }
        GroupBy::Quarter => {
            named("quarter", "as 2011-Q3; empty where the document has no date, or the year only")
        }
        GroupBy::Month => {
            named("month", "as 2011-07; empty where the document has no date, or the year only")
        }
        GroupBy::Kind => named("kind", "what sort of document it is"),
        GroupBy::Language => named("language", "as an ISO 639-1 code; empty where it is not known"),
        GroupBy::Issuer => named(
            "issuer",
            "the body that put the document out, as written; empty where it is not known",
        ),
        GroupBy::Place => {
            named("place", "where the words were said, as written; empty where it is not known")
        }
        GroupBy::Event => named("event", "the occasion, as written; empty where it is not known"),
        // Text, though it may be called as a column of the program's own is.
        GroupBy::Given(field) => vec![
            Column::new(field.to_string(), ColumnKind::Text)
                .about("the documents' own field of this name; empty where a document has none"),
        ],
    }
}
