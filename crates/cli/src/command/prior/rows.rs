use crate::args::Output;
use crate::command::listing::{CITED_COLUMNS, cited_cells};
use crate::output;
use anyhow::Result;
use onrecord_query::prior::{
    Difference, Place, PriorClaim, PriorResponse, PriorSentence, PriorStatement,
};
use onrecord_report::{Cell, Column, Format};

/// The columns of statements and claims as rows; lists are joined.
const COLUMNS: &[Column] = &[
    Column::text("part"),
    Column::integer("sentence"),
    Column::text("draft_text"),
    Column::integer("draft_byte_start"),
    Column::integer("draft_byte_end"),
    Column::integer("draft_char_start"),
    Column::integer("draft_char_end"),
    Column::text("claim_kind"),
    Column::text("unit"),
    Column::decimal("value", 4),
    Column::text("outcome"),
    Column::integer("n_found"),
    Column::integer("n_differing"),
    Column::integer("n_passages"),
    Column::integer("n_read"),
    Column::text("differs"),
    Column::text("draft_words"),
    Column::text("statement_words"),
    Column::text("text"),
    Column::decimal("similarity", 4),
    Column::text("same_speaker"),
    Column::integer("n_repeats"),
];

/// Prints a row for each statement and each source of a claim; a sentence or claim without any has
/// a row of its own.
pub(super) fn print_rows(output: &Output, found: &PriorResponse) -> Result<()> {
    let columns = [COLUMNS, CITED_COLUMNS].concat();
    let mut rows = output::open_rows(output, Format::Jsonl, &columns)?;
    for sentence in &found.sentences {
        for statement in each(&sentence.statements) {
            let mut cells = of_sentence(sentence);
            cells.extend(of_statement(statement));
            rows.write_row(&cells)?;
        }
    }
    for claim in &found.claims {
        for source in each(&claim.sources) {
            let mut cells = of_claim(claim);
            cells.extend(of_statement(source));
            rows.write_row(&cells)?;
        }
    }
    rows.finish()?.close()
}

/// Returns each statement, or none once where there is none.
fn each(statements: &[PriorStatement]) -> Vec<Option<&PriorStatement>> {
    if statements.is_empty() { vec![None] } else { statements.iter().map(Some).collect() }
}

fn of_sentence(sentence: &PriorSentence) -> Vec<Cell<'_>> {
    let mut cells =
        vec!["statement".into(), sentence.sentence.into(), sentence.text.as_str().into()];
    cells.extend(of_place(sentence.place));
    cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, sentence.outcome.name().into()]);
    cells.extend([sentence.n_statements.into(), sentence.n_differing.into()]);
    cells.extend([Cell::Empty, Cell::Empty]);
    cells
}

fn of_claim(claim: &PriorClaim) -> Vec<Cell<'_>> {
    let mut cells = vec!["claim".into(), claim.sentence.into(), claim.text.as_str().into()];
    cells.extend(of_place(claim.place));
    let value = claim.value.map_or(Cell::Empty, Cell::from);
    cells.extend([claim.kind.into(), claim.unit.into(), value, claim.outcome.name().into()]);
    cells.extend([claim.n_sources.into(), Cell::Empty]);
    cells.extend([claim.n_passages.into(), claim.n_read.into()]);
    cells
}

fn of_place(place: Place) -> [Cell<'static>; 4] {
    [place.byte_start.into(), place.byte_end.into(), place.char_start.into(), place.char_end.into()]
}

fn of_statement(statement: Option<&PriorStatement>) -> Vec<Cell<'_>> {
    let n_cells = COLUMNS.len() + CITED_COLUMNS.len() - N_OF_DRAFT;
    let Some(found) = statement else { return vec![Cell::Empty; n_cells] };
    let same_speaker = found.same_speaker.map(|same| if same { "yes" } else { "no" });
    let mut cells = vec![
        joined(&found.differences, |difference| difference.kind.name()).into(),
        joined(&found.differences, |difference| &difference.draft).into(),
        joined(&found.differences, |difference| &difference.statement).into(),
        found.cited.text.as_str().into(),
        f64::from(found.similarity).into(),
        same_speaker.into(),
        found.n_repeats.into(),
    ];
    cells.extend(cited_cells(&found.cited));
    cells
}

/// How many of the columns are of the draft.
const N_OF_DRAFT: usize = 15;

fn joined(differences: &[Difference], of: impl Fn(&Difference) -> &str) -> String {
    differences.iter().map(of).collect::<Vec<_>>().join("; ")
}
