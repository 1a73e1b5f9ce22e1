use super::{check, compare, corpus, coverage, labels, priorities, quotes};
use crate::Column;
use onrecord_query::GroupBy;

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
    vec![
        columns("groups", "The columns that say which group a row is of", &group_columns_of_all()),
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

/// Returns the columns that say which part and group a row is of.
pub(super) fn group_columns(names: &[String]) -> Vec<Column> {
    let about = group_columns_of_all();
    let column = |name: &String| {
        let known = about.iter().find(|column| column.name == *name).cloned();
        known.unwrap_or_else(|| {
            Column::new(name.clone(), crate::ColumnKind::Text)
                .about("the documents' own field of this name; empty where a document has none")
        })
    };
    names.iter().map(column).collect()
}

/// Lists the columns that say which group a row is of, of all groupings.
fn group_columns_of_all() -> Vec<Column> {
    let named = |name: &'static str, about| Column::text(name).about(about);
    let mut columns = vec![named("part", "the name of the part, where parts are named")];
    for by in GroupBy::ALL {
        match by {
            GroupBy::Document => columns.extend([
                named("document_id", "the document's id"),
                named("title", "its title; empty where it is not known"),
                Column::date("date").about("its date, as precise as it is known; empty where it is not"),
                named("path", "its file, as it was reached when it was indexed"),
            ]),
            GroupBy::Speaker => columns.push(named(
                "speaker",
                "whose words they are; empty for nobody's in particular: fact sheets, releases, texts of several voices",
            )),
            GroupBy::Office => columns.push(named(
                "office",
                "the office of the document's one voice; empty where it is not known, and for words of others",
            )),
            GroupBy::Year => columns.push(
                Column::integer("year").about("as 2011; empty where the document has no date"),
            ),
            GroupBy::Quarter => columns.push(named(
                "quarter",
                "as 2011-Q3; empty where the document has no date, or the year only",
            )),
            GroupBy::Month => columns.push(named(
                "month",
                "as 2011-07; empty where the document has no date, or the year only",
            )),
            GroupBy::Kind => columns.push(named("kind", "what sort of document it is")),
            GroupBy::Language => columns.push(named("language", "as an ISO 639-1 code; empty where it is not known")),
            GroupBy::Issuer => columns.push(named(
                "issuer",
                "the body that put the document out, as written; empty where it is not known",
            )),
            GroupBy::Place => columns.push(named("place", "where the words were said, as written; empty where it is not known")),
            GroupBy::Event => columns.push(named("event", "the occasion, as written; empty where it is not known")),
            GroupBy::Given(_) => {}
        }
    }
    columns
}
