use super::columns::group_columns;
use super::{Rows, date_cell, group_cells};
use crate::{Cell, Column};
use onrecord_indexing::Reader;
use onrecord_query::{
    GroupBy, LabelRow, LabelsRequest, Mention, PrioritiesRequest, QueryError, explode_priorities,
    find_labels, groupings,
};

/// The first columns of what is told of single labels: of which passage and priority.
const PLACE_COLUMNS: &[Column] = &[
    Column::text("document_id").about("the document's id"),
    Column::text("path").about("its file, as it was reached when it was indexed"),
    Column::text("title").about("its title; empty where it is not known"),
    Column::date("date").about("its date, as precise as it is known; empty where it is not"),
    Column::text("speaker").about("whose words they are; empty where that is in doubt"),
    Column::integer("passage").about("the passage's place in the document, counted from 0; `onrecord show DOCUMENT --passage N` shows it"),
    Column::text("priority_id").about("the priority's id in the taxonomy"),
    Column::text("priority").about("its name"),
];

const TERM: Column = Column::text("term").about("the words that counted, as the text has them");
const RULE: Column = Column::text("rule").about("the term of the taxonomy that they are");
const SCORE: Column = Column::decimal("score", 4).in_unit("0 to 1").about(
    "the strength of the passage's label, the same for all its mentions: its likelihood by weights, else what the rules found",
);
const METHOD: Column =
    Column::text("method").about("what gave the label: `rules`, `model` (weights alone) or `both`");
const TEXT: Column = Column::text("text").about("the whole passage");

/// The columns of the report of mentions behind those of the place.
const MENTION_COLUMNS: &[Column] = &[
    TERM,
    RULE,
    SCORE,
    Column::integer("char_start")
        .in_unit("characters")
        .about("where the words start in the document's canonical text"),
    Column::integer("char_end").in_unit("characters").about("one past their last character"),
    TEXT,
];

/// The columns of the report of labels behind those of the place.
const LABEL_COLUMNS: &[Column] = &[
    SCORE,
    METHOD,
    Column::integer("mentions")
        .in_unit("occurrences")
        .about("terms that counted; none where the method is `model`"),
    Column::integer("char_start")
        .in_unit("characters")
        .about("where the passage starts in the document's canonical text"),
    Column::integer("char_end").in_unit("characters").about("one past its last character"),
    TEXT,
];

/// The columns of exploded counts behind those of group and place.
const EXPLODED_COLUMNS: &[Column] = &[
    METHOD,
    SCORE,
    Column::text("term").about(
        "the words that counted, as the text has them; empty where weights alone gave the label",
    ),
    RULE,
    Column::integer("char_start").in_unit("characters").about(
        "where the words start in the document's canonical text; where there are none, the passage",
    ),
    Column::integer("char_end").in_unit("characters").about("one past the last character"),
    TEXT,
];

/// Returns the columns that say of which passage and priority a label is.
pub const fn label_place_columns() -> &'static [Column] {
    PLACE_COLUMNS
}

pub(super) fn mention_columns() -> Vec<Column> {
    [PLACE_COLUMNS, MENTION_COLUMNS].concat()
}

pub(super) fn label_columns() -> Vec<Column> {
    [PLACE_COLUMNS, LABEL_COLUMNS].concat()
}

/// Returns the columns of exploded counts; the group comes before, and names some of them.
pub(super) fn exploded_columns() -> Vec<Column> {
    [PLACE_COLUMNS, EXPLODED_COLUMNS].concat()
}

pub(super) fn ask_mentions<'a>(
    reader: &'a Reader,
    request: &LabelsRequest,
) -> Result<Rows<'a>, QueryError> {
    let labels = find_labels(reader, request)?;
    let rows = labels.flat_map(|label| match label {
        Ok(label) => {
            let mentions = label.mentions.iter();
            mentions.map(|mention| Ok(mention_cells(&label, mention))).collect::<Vec<_>>()
        }
        Err(error) => vec![Err(error)],
    });
    Ok(Rows::new(mention_columns(), rows))
}

pub(super) fn ask_labels<'a>(
    reader: &'a Reader,
    request: &LabelsRequest,
) -> Result<Rows<'a>, QueryError> {
    let labels = find_labels(reader, request)?;
    Ok(Rows::new(label_columns(), labels.map(|label| Ok(label_cells(&label?)))))
}

/// Asks for the labels behind counts. Columns of the group that the place of a label has too stand
/// once, among those of the group.
pub(super) fn ask_exploded<'a>(
    reader: &'a Reader,
    request: &PrioritiesRequest,
) -> Result<Rows<'a>, QueryError> {
    let labels = explode_priorities(reader, request)?;
    let groups = group_columns(request.by.as_deref(), &request.parts);
    let mut by = groupings(request.by.as_deref(), &request.parts);
    // A field of the documents that is called as a column is another thing than the column.
    by.retain(|by| !matches!(by, GroupBy::Given(_)));
    let of_group: Vec<String> = by.iter().flat_map(GroupBy::columns).collect();
    let is_own = |column: &Column| !of_group.iter().any(|name| *name == column.name);
    let kept: Vec<bool> = exploded_columns().iter().map(is_own).collect();
    let own = exploded_columns().into_iter().zip(&kept).filter(|(_, kept)| **kept);
    let columns = groups.iter().cloned().chain(own.map(|(column, _)| column)).collect();
    let rows = labels.flat_map(move |label| match label {
        Ok(label) => exploded(&groups, &label, &kept).into_iter().map(Ok).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    });
    Ok(Rows::new(columns, rows))
}

/// Makes a row of each mention of a label, or one of the label where it has none.
fn exploded(groups: &[Column], label: &LabelRow, kept: &[bool]) -> Vec<Vec<Cell<'static>>> {
    let whole = Mention {
        term: String::new(),
        rule: String::new(),
        char_start: label.char_start,
        char_end: label.char_end,
    };
    let none = label.mentions.is_empty().then_some(&whole);
    let row = |mention: &Mention| {
        let word = |word: &String| Some(word.clone()).filter(|word| !word.is_empty());
        let mut cells = label_place_cells(label);
        cells.extend([
            label.method.into(),
            f64::from(label.score).into(),
            word(&mention.term).into(),
            word(&mention.rule).into(),
            mention.char_start.into(),
            mention.char_end.into(),
            label.text.clone().into(),
        ]);
        let own = cells.into_iter().zip(kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell);
        group_cells(groups, label.group.clone()).into_iter().chain(own).collect()
    };
    label.mentions.iter().chain(none).map(row).collect()
}

/// Returns the cells that say of which passage and priority a label is.
pub fn label_place_cells(row: &LabelRow) -> Vec<Cell<'static>> {
    vec![
        row.document_id.clone().into(),
        row.path.clone().into(),
        row.title.clone().into(),
        date_cell(row.date.as_deref()),
        row.speaker.clone().into(),
        row.passage.into(),
        row.priority_id.clone().into(),
        row.priority.clone().into(),
    ]
}

fn mention_cells(row: &LabelRow, mention: &Mention) -> Vec<Cell<'static>> {
    let mut cells = label_place_cells(row);
    cells.extend([
        mention.term.clone().into(),
        mention.rule.clone().into(),
        f64::from(row.score).into(),
        mention.char_start.into(),
        mention.char_end.into(),
        row.text.clone().into(),
    ]);
    cells
}

fn label_cells(row: &LabelRow) -> Vec<Cell<'static>> {
    let mut cells = label_place_cells(row);
    cells.extend([
        f64::from(row.score).into(),
        row.method.into(),
        row.mentions.len().into(),
        row.char_start.into(),
        row.char_end.into(),
        row.text.clone().into(),
    ]);
    cells
}
