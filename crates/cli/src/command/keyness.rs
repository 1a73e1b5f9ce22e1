use super::listing::{n_rows, n_things};
use super::open_reader;
use crate::args::{Global, Keyness};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{ComparedPart, KeynessRequest, KeynessResponse, KeynessRow, find_keywords};
use onrecord_report::{Cell, Column, Format, Layout};

/// The columns; a terminal has room for those that [`TABLE`] names.
const COLUMNS: &[Column] = &[
    Column::text("word"),
    Column::text("key"),
    Column::integer("count_a"),
    Column::integer("total_a"),
    Column::decimal("per_million_a", 2),
    Column::integer("count_b"),
    Column::integer("total_b"),
    Column::decimal("per_million_b", 2),
    Column::decimal("g2", 2),
    Column::decimal("log_ratio", 3),
    Column::decimal("dispersion_a", 4),
    Column::integer("documents_a"),
    Column::integer("total_documents_a"),
    Column::integer("documents_b"),
    Column::integer("total_documents_b"),
    Column::decimal("expected", 2),
    Column::text("caution"),
];

/// What is shown on a terminal, the sign of `log_ratio` saying the key; the totals stand below.
const TABLE: &[&str] = &["word", "count_a", "count_b", "g2", "log_ratio", "documents_a", "caution"];

/// What is shown on a wide one.
const WIDE_TABLE: &[&str] = &[
    "word",
    "key",
    "count_a",
    "count_b",
    "g2",
    "log_ratio",
    "dispersion_a",
    "documents_a",
    "caution",
];

/// The width from which on a terminal is wide: that of [`WIDE_TABLE`] with longish words.
const WIDE: u16 = 112;

pub(crate) fn run(global: &Global, args: &Keyness) -> Result<Exit> {
    let reader = open_reader(global)?;
    let format = output::row_format(&args.output, Format::Csv);
    output::check_output(&args.output, format)?;
    let request = KeynessRequest {
        a: args.a.clone(),
        b: args.b.clone(),
        counting: args.counting(),
        sort: args.sort,
        limit: args.limit,
        only: args.only,
    };
    let found = find_keywords(&reader, &request)?;
    if format == Format::Json {
        output::write_json(&args.output, &found)?;
    } else {
        let mut shown = shown_columns(args, format).to_vec();
        if !found.rows.iter().any(|row| row.is_rare) {
            shown.retain(|column| *column != "caution");
        }
        let mut rows = output::open_some_rows(&args.output, Format::Csv, COLUMNS, &shown)?;
        for row in &found.rows {
            rows.write_row(cells(&found, row))?;
        }
        rows.close()?;
    }
    if !global.quiet {
        print_parts(&found, args);
    }
    Ok(if found.rows.is_empty() { Exit::Findings } else { Exit::Done })
}

/// Returns the columns that there is room for; none are all. Cautions take none where there are none.
fn shown_columns(args: &Keyness, format: Format) -> &'static [&'static str] {
    match format.layout() {
        Layout::Listing => {
            let is_wide = output::table_width(&args.output).is_none_or(|width| width >= WIDE);
            if is_wide { WIDE_TABLE } else { TABLE }
        }
        Layout::Rows | Layout::Object | Layout::Lines => &[],
    }
}

fn cells<'a>(found: &KeynessResponse, row: &'a KeynessRow) -> Vec<Cell<'a>> {
    vec![
        row.word.as_str().into(),
        row.key.name().into(),
        row.count_a.into(),
        found.a.total.into(),
        row.per_million_a.into(),
        row.count_b.into(),
        found.b.total.into(),
        row.per_million_b.into(),
        row.g2.into(),
        row.log_ratio.into(),
        row.dispersion_a.into(),
        row.documents_a.into(),
        found.a.documents.into(),
        row.documents_b.into(),
        found.b.documents.into(),
        row.expected.into(),
        (if row.is_rare { "rare" } else { "" }).into(),
    ]
}

/// Says what was compared.
fn print_parts(found: &KeynessResponse, args: &Keyness) {
    for (name, part) in [("A", &found.a), ("B", &found.b)] {
        let ComparedPart { query, passages, documents, total } = part;
        let query = query.as_deref().unwrap_or("all other speech");
        let things = n_things(*total, args.ngrams);
        output::print_message(&format!(
            "{name}: {query}: {things} in {passages} passages of {documents} documents"
        ));
    }
    let in_both = " in both parts together";
    let rows = n_rows(found.rows.len(), found.listed, args.min_count, in_both);
    let limit = match args.limit {
        0 => String::new(),
        n => format!("; {n} of each key at most, --limit 0 prints all"),
    };
    output::print_message(&format!("{rows}{limit}"));
    let shared = found.shared;
    if shared.passages > 0 {
        output::print_message(&format!(
            "note: both queries find {} passages of {} words; they count in A alone",
            shared.passages, shared.words
        ));
    }
    if found.a.total == 0 || found.b.total == 0 {
        output::print_message("nothing to compare: a part has no words");
    }
    if found.rows.iter().any(|row| row.is_rare) {
        output::print_message(
            "rare: fewer than 5 in a part, and fewer than 5 expected there: G² is not to be relied upon",
        );
    }
}
