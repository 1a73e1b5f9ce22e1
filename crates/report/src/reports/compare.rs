use super::priorities::FOLDED;
use super::{Rows, flags_cell};
use crate::{Cell, Column};
use onrecord_indexing::Reader;
use onrecord_query::{
    CompareRequest, CompareRow, ComparedItem, Comparison, QueryError, SideCounts, compare,
};

/// The columns of a comparison.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("item").about("`priority` or `keyword`"),
    Column::text("id").about("the priority's id in the taxonomy, or the word, folded"),
    Column::text("name").about("the priority's name; empty for words"),
    Column::text("more_in").about("`a` or `b`: the part in which it is more frequent; `cannot-tell` where the interval of the difference holds zero. Of a keyword, `g2` says how sure that is"),
    Column::integer("mentions_a").in_unit("occurrences").about("mentions of the priority, or occurrences of the word, in A"),
    Column::integer("words_a").in_unit("words").about("all words of speech in A"),
    Column::decimal("per_1000_words_a", 4).in_unit("per 1,000 words").about("`mentions_a` × 1000 / `words_a`"),
    Column::integer("passages_a").in_unit("passages").about("of A with the label; empty for words"),
    Column::integer("all_passages_a").in_unit("passages").about("of speech in A; empty for words"),
    Column::decimal("share_a", 6).in_unit("0 to 1").about("`passages_a` / `all_passages_a`"),
    Column::decimal("low_a", 6).in_unit("0 to 1").about("the lower end of its 95 % interval"),
    Column::decimal("high_a", 6).in_unit("0 to 1").about("its upper end"),
    Column::integer("documents_a").in_unit("documents").about("of A with it"),
    Column::integer("mentions_b").in_unit("occurrences").about("the same of B"),
    Column::integer("words_b").in_unit("words").about("all words of speech in B"),
    Column::decimal("per_1000_words_b", 4).in_unit("per 1,000 words").about("`mentions_b` × 1000 / `words_b`"),
    Column::integer("passages_b").in_unit("passages").about("of B with the label; empty for words"),
    Column::integer("all_passages_b").in_unit("passages").about("of speech in B; empty for words"),
    Column::decimal("share_b", 6).in_unit("0 to 1").about("`passages_b` / `all_passages_b`"),
    Column::decimal("low_b", 6).in_unit("0 to 1").about("the lower end of its 95 % interval"),
    Column::decimal("high_b", 6).in_unit("0 to 1").about("its upper end"),
    Column::integer("documents_b").in_unit("documents").about("of B with it"),
    Column::decimal("difference", 6).in_unit("−1 to 1").about("`share_a` − `share_b`; empty for words"),
    Column::decimal("difference_low", 6).in_unit("−1 to 1").about("the lower end of its 95 % interval"),
    Column::decimal("difference_high", 6).in_unit("−1 to 1").about("its upper end"),
    Column::decimal("log_ratio", 3).in_unit("doublings").about("how much more frequent in A by mentions: 1 is twice as frequent, −1 half; empty where a part without any is too small to tell"),
    Column::decimal("g2", 2).about("of a keyword: the evidence for a difference, 0 or more, as in `onrecord keyness`"),
    Column::text("flag").about("`gap`: a part has no words; `few-passages`: a part has fewer than 30; of a keyword `rare`: too few for `g2`"),
];

pub(super) fn ask<'a>(
    reader: &'a Reader,
    request: &CompareRequest,
) -> Result<Rows<'a>, QueryError> {
    let is_folded = request.fold_duplicates;
    let mut columns = COLUMNS.to_vec();
    columns.extend(is_folded.then_some(FOLDED));
    let Comparison { rows, n_shared_passages, empty } = compare(reader, request)?;
    let mut rows = Rows::of(columns, rows, move |row| cells(row, is_folded));
    let notes = &mut rows.notes;
    notes.extend(empty.into_iter().map(|part| format!("{part} has no passage of speech")));
    if n_shared_passages > 0 {
        notes.push(format!(
            "both queries find {n_shared_passages} passages, which count in A alone"
        ));
    }
    if is_folded && request.keywords > 0 {
        notes.push("keywords are counted in all documents, duplicates too".to_owned());
    }
    Ok(rows)
}

fn cells(row: CompareRow, is_folded: bool) -> Vec<Cell<'static>> {
    let n_folded = row.a.folded_documents.zip(row.b.folded_documents).map(|(a, b)| a + b);
    let is_gap = row.a.words == 0 || row.b.words == 0;
    let (item, id, name, flag) = match row.item {
        ComparedItem::Priority(id, name) => ("priority", id, Some(name), "few-passages"),
        ComparedItem::Keyword(word) => ("keyword", word, None, "rare"),
    };
    let mut cells: Vec<Cell<'static>> =
        vec![item.into(), id.into(), name.into(), row.more_in.name().into()];
    cells.extend(side_cells(&row.a));
    cells.extend(side_cells(&row.b));
    cells.extend([
        row.difference.map(|(difference, _, _)| difference).into(),
        row.difference.map(|(_, low, _)| low).into(),
        row.difference.map(|(_, _, high)| high).into(),
        row.log_ratio.into(),
        row.g2.into(),
        flags_cell(is_gap.then_some("gap").into_iter().chain(row.is_doubtful.then_some(flag))),
    ]);
    cells.extend(is_folded.then(|| n_folded.into()));
    cells
}

fn side_cells(side: &SideCounts) -> [Cell<'static>; 9] {
    [
        side.mentions.into(),
        side.words.into(),
        side.per_1000_words.into(),
        side.passages.into(),
        side.all_passages.into(),
        side.share.map(|(share, _, _)| share).into(),
        side.share.map(|(_, low, _)| low).into(),
        side.share.map(|(_, _, high)| high).into(),
        side.documents.into(),
    ]
}
