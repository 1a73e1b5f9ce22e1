use super::{Rows, date_cell};
use crate::{Cell, Column};
use onrecord_query::check::{CheckedQuote, Risk, SourceQuote, Verdict};

/// The columns of quotations of drafts.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("draft").about("the draft's file"),
    Column::integer("quote").about("its place in the draft, counted from 0"),
    Column::text("text").about("the quotation, without its marks"),
    Column::text("verdict").about("how it stands to the record"),
    Column::text("reason").about("why no better"),
    Column::text("risks").about(
        "what makes right words mislead, with the words that show it; several between semicolons",
    ),
    Column::text("notes").about("what else is worth reading, in the same way"),
    Column::text("claimed_speaker")
        .about("who said it, after the draft; empty where the rules read no name"),
    Column::text("claimed_date").about("when, after the draft"),
    Column::text("speaker")
        .about("who said the words, or the nearest ones; empty where that is in doubt"),
    Column::date("date").about("the date of the source"),
    Column::text("title").about("its title"),
    Column::text("document_id").about("its id"),
    Column::text("path").about("its file, below the folder that was indexed"),
    Column::integer("start").in_unit("bytes").about("where the words start in its canonical text"),
    Column::integer("end").in_unit("bytes").about("one past their end"),
    Column::text("source_text").about("the words as they were said"),
    Column::text("diff")
        .about("of an altered one: its own words in `[-…-]`, the source's in `{+…+}`"),
    Column::decimal("similarity", 4).in_unit("0 to 1").about("how near it is to the source"),
    Column::text("omitted").about("what each ellipsis leaves out, between ` | `"),
    Column::text("bracketed").about("what each bracket changes"),
    Column::text("foldings").about("what differs though no word does"),
    Column::text("citation").about("the source as a note cites it"),
];

/// The columns that hold lists, joined: an empty text where there is nothing in them.
const LISTS: [&str; 5] = ["risks", "notes", "omitted", "bracketed", "foldings"];

/// A draft, with its quotations.
#[derive(Clone, Debug)]
pub struct CheckedDraft {
    /// Its file.
    pub path: String,
    /// Its quotations, by their places in the draft.
    pub quotes: Vec<CheckedQuote>,
    /// Why it, or a part of it, could not be read.
    pub problems: Vec<String>,
}

impl CheckedDraft {
    /// Tells whether all of it was read, and all quotations can be used as they are.
    pub fn is_safe(&self) -> bool {
        self.problems.is_empty() && self.quotes.iter().all(|quote| quote.finding.is_safe())
    }
}

/// Returns the columns of the quotations of one draft.
pub fn check_columns() -> &'static [Column] {
    COLUMNS.get(1..).unwrap_or_default()
}

/// Makes the rows of drafts: one for each quotation, one for a draft without any, and one for each
/// reason why a draft or a part of it could not be read.
pub fn check_rows(drafts: Vec<CheckedDraft>) -> Rows<'static> {
    let rows = drafts.into_iter().flat_map(|draft| {
        let CheckedDraft { path, quotes, problems } = draft;
        let mut rows: Vec<Vec<Cell<'static>>> = quotes.iter().map(checked_cells).collect();
        let unread = |reason: &String| remark_cells(Some(Verdict::NotCheckable), reason);
        rows.extend(problems.iter().map(unread));
        if rows.is_empty() {
            rows.push(remark_cells(None, "the draft holds no quotation"));
        }
        let with_path = move |cells: Vec<Cell<'static>>| {
            Ok(std::iter::once(Cell::from(path.clone())).chain(cells).collect())
        };
        rows.into_iter().map(with_path)
    });
    Rows::new(COLUMNS.to_vec(), rows)
}

/// Says of a draft what there is in the place of quotations.
fn remark_cells(verdict: Option<Verdict>, reason: &str) -> Vec<Cell<'static>> {
    let is_list = |name: &str| LISTS.contains(&name);
    let empty = |column: &Column| if is_list(&column.name) { "".into() } else { Cell::Empty };
    let mut cells: Vec<Cell<'static>> = check_columns().iter().map(empty).collect();
    let of = |name: &str| check_columns().iter().position(|column| column.name == name);
    if let Some(cell) = of("verdict").and_then(|at| cells.get_mut(at)) {
        *cell = verdict.map(Verdict::name).into();
    }
    if let Some(cell) = of("reason").and_then(|at| cells.get_mut(at)) {
        *cell = reason.to_owned().into();
    }
    cells
}

/// Returns the cells of a checked quotation; lists are joined.
pub fn checked_cells(quote: &CheckedQuote) -> Vec<Cell<'static>> {
    let finding = quote.finding.clone();
    let brackets = finding.bracketed.iter().map(|b| format!("{} for “{}”", b.quote, b.source));
    let brackets: Vec<String> = brackets.collect();
    let foldings: Vec<&str> = finding.foldings.iter().map(|folding| folding.name()).collect();
    let source = finding.source;
    let of_source = |field: fn(&SourceQuote) -> Option<String>| source.as_ref().and_then(field);
    vec![
        (quote.quote as u64).into(),
        finding.text.into(),
        finding.verdict.name().into(),
        finding.reason.into(),
        joined(&finding.risks).into(),
        joined(&finding.notes).into(),
        finding.claimed_speaker.into(),
        finding.claimed_date.into(),
        of_source(|source| source.speaker.clone()).into(),
        date_cell(of_source(|source| source.date.clone()).as_deref()),
        of_source(|source| source.title.clone()).into(),
        of_source(|source| Some(source.document.clone())).into(),
        of_source(|source| Some(source.path.clone())).into(),
        source.as_ref().map(|source| source.start).into(),
        source.as_ref().map(|source| source.end).into(),
        of_source(|source| Some(source.text.clone())).into(),
        finding.diff.into(),
        finding.similarity.map(f64::from).into(),
        finding.omitted.join(" | ").into(),
        brackets.join("; ").into(),
        foldings.join("; ").into(),
        of_source(|source| Some(source.citation.clone())).into(),
    ]
}

/// Lists risks or notes, each with the words that show it.
fn joined(risks: &[Risk]) -> String {
    let shown = risks.iter().map(|risk| format!("{}: {}", risk.risk.name(), risk.words));
    shown.collect::<Vec<_>>().join("; ")
}
