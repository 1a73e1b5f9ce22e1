use super::columns::group_columns;
use super::{Rows, flags_cell, group_cells, labels, note_empty_parts};
use crate::{Cell, Column, ColumnKind};
use onrecord_indexing::Reader;
use onrecord_query::{
    Measure, PrioritiesRequest, PriorityCounts, PriorityRow, QueryError, count_priorities,
};

/// The columns behind those of the groups.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("priority_id").about("the priority's id in the taxonomy"),
    Column::text("priority").about("its name"),
    Column::integer("mentions")
        .in_unit("occurrences")
        .about("terms that counted, in the group's passages with the label"),
    Column::integer("passages").in_unit("passages").about("the group's passages with the label"),
    Column::integer("model_only_passages")
        .in_unit("passages")
        .about("of these, those that weights alone labelled; they have no mentions"),
    Column::integer("documents")
        .in_unit("documents")
        .about("with at least one such passage in the group"),
    Column::integer("words").in_unit("words").about("in the passages with the label"),
    Column::decimal("per_1000_words", 3)
        .in_unit("mentions per 1,000 words")
        .about("`mentions` × 1000 / `group_words`; empty where the group has no words"),
    Column::decimal("share_of_passages", 4)
        .in_unit("0 to 1")
        .about("`passages` / `group_passages`; empty where the group has no passages"),
    Column::decimal("low", 4).in_unit("0 to 1").about("the lower end of the 95 % interval of the share"),
    Column::decimal("high", 4).in_unit("0 to 1").about("its upper end"),
    Column::date("first_date")
        .about("the earliest date of a document with such a passage, as precise as it is known; empty where there is none"),
    Column::date("last_date").about("the latest date of such a document"),
    GROUP_PASSAGES,
    GROUP_DOCUMENTS,
    GROUP_WORDS,
    Column::text("flag").about("what is to be minded, several between semicolons: `gap` (the group has no passage of speech), `few-passages` (fewer than 30, so the share says little), `few-mentions` (1 to 19, so the rate says little)"),
];

/// The columns of a cross table behind those of the groups and priorities.
pub(super) const CROSS_COLUMNS: &[Column] = &[GROUP_PASSAGES, GROUP_DOCUMENTS, GROUP_WORDS];

pub(super) const GROUP_PASSAGES: Column = Column::integer("group_passages")
    .in_unit("passages")
    .about("all passages of speech in the group");
pub(super) const GROUP_DOCUMENTS: Column = Column::integer("group_documents")
    .in_unit("documents")
    .about("with at least one passage of speech in the group");
pub(super) const GROUP_WORDS: Column =
    Column::integer("group_words").in_unit("words").about("all words of speech in the group");
pub(super) const FOLDED: Column = Column::integer("folded_documents")
    .in_unit("documents")
    .about("with duplicates folded: left out, because a document of the group stands for them");

pub(super) fn ask<'a>(
    reader: &'a Reader,
    request: &PrioritiesRequest,
) -> Result<Rows<'a>, QueryError> {
    if request.explode {
        return labels::ask_exploded(reader, request);
    }
    let counts = count_priorities(reader, request)?;
    let is_folded = request.fold_duplicates;
    let groups = group_columns(request.by.as_deref(), &request.parts);
    let empty_parts = counts.empty_parts.clone();
    let mut rows = if let Some(measure) = request.cross {
        let ranked = reader.manifest().description.ranked().into_iter();
        let of_priorities = ranked.map(|(_, name)| measure_column(name.id.clone(), measure));
        cross(counts, groups, of_priorities.collect(), measure, is_folded)
    } else {
        let mut columns = groups.clone();
        columns.extend_from_slice(COLUMNS);
        columns.extend(is_folded.then_some(FOLDED));
        Rows::of(columns, counts.rows, move |row| cells(&groups, row, is_folded))
    };
    note_empty_parts(&empty_parts, &mut rows.notes);
    Ok(rows)
}

fn cells(groups: &[Column], row: PriorityRow, is_folded: bool) -> Vec<Cell<'static>> {
    let mut cells = group_cells(groups, row.group);
    cells.extend([
        row.priority_id.into(),
        row.priority.into(),
        row.mentions.into(),
        row.passages.into(),
        row.model_only_passages.into(),
        row.documents.into(),
        row.words.into(),
        row.per_1000_words.into(),
        row.share_of_passages.into(),
        row.interval.map(|(low, _)| low).into(),
        row.interval.map(|(_, high)| high).into(),
        row.first_date.into(),
        row.last_date.into(),
        row.group_passages.into(),
        row.group_documents.into(),
        row.group_words.into(),
        flags_cell(row.flags.into_iter().map(|flag| flag.name())),
    ]);
    cells.extend(is_folded.then(|| row.folded_documents.into()));
    cells
}

/// Puts the priorities of each group side by side.
fn cross(
    counts: PriorityCounts,
    groups: Vec<Column>,
    of_priorities: Vec<Column>,
    measure: Measure,
    is_folded: bool,
) -> Rows<'static> {
    let by_group: Vec<Vec<PriorityRow>> = counts
        .rows
        .chunk_by(|one, other| one.group == other.group)
        .map(<[PriorityRow]>::to_vec)
        .collect();
    let mut columns = [groups.clone(), of_priorities].concat();
    columns.extend_from_slice(CROSS_COLUMNS);
    columns.extend(is_folded.then_some(FOLDED));
    Rows::of(columns, by_group, move |group| cross_cells(&groups, &group, measure, is_folded))
}

/// Makes the column of a priority in a cross table.
fn measure_column(priority: String, measure: Measure) -> Column {
    let (kind, unit, about) = match measure {
        Measure::Mentions => {
            (ColumnKind::Integer, "occurrences", "mentions of the priority of this id")
        }
        Measure::Passages => (ColumnKind::Integer, "passages", "with the label of this priority"),
        Measure::Documents => (ColumnKind::Integer, "documents", "with such a passage"),
        Measure::Per1000Words => (
            ColumnKind::Decimal { places: 3 },
            "mentions per 1,000 words",
            "of the priority of this id",
        ),
        Measure::ShareOfPassages => {
            (ColumnKind::Decimal { places: 4 }, "0 to 1", "the share of passages with this label")
        }
    };
    Column::new(priority, kind).in_unit(unit).about(about)
}

fn cross_cells(
    groups: &[Column],
    group: &[PriorityRow],
    measure: Measure,
    is_folded: bool,
) -> Vec<Cell<'static>> {
    let Some(first) = group.first() else { return Vec::new() };
    let mut cells = group_cells(groups, first.group.clone());
    cells.extend(group.iter().map(|row| match measure {
        Measure::Mentions => row.mentions.into(),
        Measure::Passages => row.passages.into(),
        Measure::Documents => row.documents.into(),
        Measure::Per1000Words => row.per_1000_words.into(),
        Measure::ShareOfPassages => row.share_of_passages.into(),
    }));
    cells.extend([
        first.group_passages.into(),
        first.group_documents.into(),
        first.group_words.into(),
    ]);
    cells.extend(is_folded.then(|| first.folded_documents.into()));
    cells
}
