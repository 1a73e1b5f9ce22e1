use super::columns::group_columns;
use super::priorities::{FOLDED, GROUP_DOCUMENTS, GROUP_PASSAGES, GROUP_WORDS};
use super::{Rows, flags_cell, group_cells, note_empty_parts};
use crate::{Cell, Column};
use onrecord_indexing::Reader;
use onrecord_query::{CoverageRequest, CoverageRow, FEW_PASSAGES, QueryError, find_silence};

/// The columns behind those of the groups.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("priority_id").about("the priority's id in the taxonomy"),
    Column::text("priority").about("its name"),
    Column::text("status").about("`silent`; `model-only` where weights alone labelled passages of it; with `--all` also `mentioned`, and `no-speech` where the group has no words, so that nothing can be told"),
    Column::integer("mentions").in_unit("occurrences").about("terms that counted: none in a silence"),
    Column::integer("passages").in_unit("passages").about("the group's passages with a mention"),
    Column::integer("model_only_passages")
        .in_unit("passages")
        .about("with the label from weights alone, without a mention"),
    Column::date("last_date").about("the latest date at which the group mentioned it, in the whole index; of a stretch of time, the latest before it. Empty where it never did, or no date is known"),
    Column::decimal("others_share", 6)
        .in_unit("0 to 1")
        .about("the share of passages with a mention among all others that were looked at: the other groups, and with parts all that lies outside of the part"),
    Column::decimal("expected_passages", 2)
        .in_unit("passages")
        .about("with a mention, that the group would have at the share of the others: `others_share` × `group_passages`"),
    Column::decimal("chance_of_none", 6)
        .in_unit("0 to 1")
        .about("how likely so many passages have none at the share of the others, were they drawn by chance: (1 − `others_share`) to the power of `group_passages`; passages of one speech hang together, so silence is more likely than that"),
    GROUP_PASSAGES,
    GROUP_DOCUMENTS,
    GROUP_WORDS,
    Column::text("flag").about("`few-passages` where the group has fewer than 30, so that its silence says little"),
];

pub(super) fn ask<'a>(
    reader: &'a Reader,
    request: &CoverageRequest,
) -> Result<Rows<'a>, QueryError> {
    let found = find_silence(reader, request)?;
    let is_folded = request.fold_duplicates;
    let groups = group_columns(request.by.as_deref(), &request.parts);
    let mut columns = groups.clone();
    columns.extend_from_slice(COLUMNS);
    columns.extend(is_folded.then_some(FOLDED));
    let mut rows = Rows::of(columns, found.rows, move |row| cells(&groups, row, is_folded));
    note_empty_parts(&found.empty_parts, &mut rows.notes);
    if found.n_untold_passages > 0 {
        rows.notes.push(format!(
            "left out: {} passages without what they would be grouped by, such as a speaker or a date; --all lists them",
            found.n_untold_passages
        ));
    }
    Ok(rows)
}

fn cells(groups: &[Column], row: CoverageRow, is_folded: bool) -> Vec<Cell<'static>> {
    let is_few = (1..FEW_PASSAGES).contains(&row.group_passages);
    let mut cells = group_cells(groups, row.group);
    cells.extend([
        row.priority_id.into(),
        row.priority.into(),
        row.status.name().into(),
        row.mentions.into(),
        row.passages.into(),
        row.model_only_passages.into(),
        row.last_date.into(),
        row.others_share.into(),
        row.expected_passages.into(),
        row.chance_of_none.into(),
        row.group_passages.into(),
        row.group_documents.into(),
        row.group_words.into(),
        flags_cell(is_few.then_some("few-passages")),
    ]);
    cells.extend(is_folded.then(|| row.folded_documents.into()));
    cells
}
