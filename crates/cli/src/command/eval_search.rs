use super::listing::one_line;
use super::open_reader;
use crate::args::{EvalSearch, Global};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result};
use onrecord_query::{
    Judgements, QueryRelevance, RANKED_DOCUMENTS, RelevanceRequest, RelevanceResponse,
    measure_relevance, read_queries,
};
use onrecord_report::{Cell, Column, Format, Layout};
use serde::Serialize;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

/// The columns of the means.
const MEANS: &[Column] = &[
    Column::decimal("ndcg@10", 4),
    Column::decimal("recall@100", 4),
    Column::decimal("mrr", 4),
    Column::integer("queries"),
    Column::integer("queries_without_words"),
    Column::integer("queries_without_relevant"),
    Column::integer("judged_queries_unknown"),
    Column::integer("judged_documents"),
    Column::integer("judged_documents_not_in_index"),
];

/// The columns of single queries.
const QUERIES: &[Column] = &[
    Column::text("query_id"),
    Column::decimal("ndcg@10", 4),
    Column::decimal("recall@100", 4),
    Column::decimal("reciprocal_rank", 4),
    Column::integer("relevant"),
    Column::integer("relevant_in_index"),
    Column::integer("passages"),
    Column::text("text"),
];

pub(crate) fn run(global: &Global, args: &EvalSearch) -> Result<Exit> {
    if let Some(written) = &args.output.output {
        output::check_apart(written, &args.queries)?;
        output::check_apart(written, &args.judgements)?;
    }
    let format = output::row_format(&args.output, Format::Json);
    output::check_output(&args.output, format)?;
    let request = RelevanceRequest {
        queries: read_queries(open(&args.queries)?, &args.queries.to_string_lossy())?,
        judgements: Judgements::read(open(&args.judgements)?, &args.judgements.to_string_lossy())?,
        plain: args.plain,
    };
    let reader = open_reader(global)?;
    let mut measured = measure_relevance(&reader, &request)?;
    let rows = std::mem::take(&mut measured.per_query);
    let exit = if measured.queries == 0 { Exit::Findings } else { Exit::Done };
    if measured.queries == 0 && !global.quiet {
        output::print_message("nothing to measure: no document is judged relevant to a query");
    }
    let n_missing = measured.judged_documents_not_in_index;
    if n_missing > 0 && n_missing == measured.judged_documents {
        output::print_message("note: the index holds none of the judged documents: is it theirs?");
    }
    let per_query = args.per_query;
    match format.layout() {
        Layout::Object | Layout::Lines => {
            if per_query && format == Format::Jsonl {
                write_lines(args, &rows)?;
            } else {
                measured.per_query = if per_query { rows } else { Vec::new() };
                output::write_json(&args.output, &measured)?;
            }
        }
        Layout::Listing => output::write_text(&args.output, |out| {
            print_means(out, &measured)?;
            if per_query { print_queries(out, &rows) } else { Ok(()) }
        })?,
        Layout::Rows if per_query => write_queries(args, &rows)?,
        Layout::Rows => write_means(args, &measured)?,
    }
    Ok(exit)
}

fn open(path: &Path) -> Result<BufReader<File>> {
    let file = File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(BufReader::new(file))
}

fn write_lines(args: &EvalSearch, objects: &[impl Serialize]) -> Result<()> {
    let mut sink = Sink::open(args.output.output.as_deref())?;
    for object in objects {
        serde_json::to_writer(&mut sink, object)?;
        writeln!(sink)?;
    }
    sink.close()
}

fn write_means(args: &EvalSearch, measured: &RelevanceResponse) -> Result<()> {
    let mut rows = output::open_rows(&args.output, Format::Csv, MEANS)?;
    let optional = |mean: Option<f64>| mean.map_or(Cell::Empty, Cell::Decimal);
    rows.write_row(&[
        optional(measured.ndcg_at_10),
        optional(measured.recall_at_100),
        optional(measured.mrr),
        measured.queries.into(),
        measured.queries_without_words.into(),
        measured.queries_without_relevant.into(),
        measured.judged_queries_unknown.into(),
        measured.judged_documents.into(),
        measured.judged_documents_not_in_index.into(),
    ])?;
    rows.finish()?.close()
}

fn write_queries(args: &EvalSearch, queries: &[QueryRelevance]) -> Result<()> {
    let mut rows = output::open_rows(&args.output, Format::Csv, QUERIES)?;
    for query in queries {
        rows.write_row(&[
            query.query_id.as_str().into(),
            query.ndcg_at_10.into(),
            query.recall_at_100.into(),
            query.reciprocal_rank.into(),
            query.relevant.into(),
            query.relevant_in_index.into(),
            query.passages.into(),
            query.text.as_str().into(),
        ])?;
    }
    rows.finish()?.close()
}

fn print_means(out: &mut dyn Write, measured: &RelevanceResponse) -> Result<()> {
    let shown = |mean: Option<f64>| mean.map_or("-".to_owned(), |mean| format!("{mean:.4}"));
    writeln!(out, "nDCG@10     {}", shown(measured.ndcg_at_10))?;
    writeln!(out, "recall@100  {}", shown(measured.recall_at_100))?;
    writeln!(
        out,
        "MRR         {}  (0 where nothing relevant is among the first {RANKED_DOCUMENTS})\n",
        shown(measured.mrr)
    )?;
    writeln!(
        out,
        "queries: {}, {} of them without a word",
        measured.queries, measured.queries_without_words
    )?;
    writeln!(
        out,
        "left out: {} queries to which no document is judged relevant, {} judged that are not in the file",
        measured.queries_without_relevant, measured.judged_queries_unknown
    )?;
    writeln!(
        out,
        "judged documents: {}, {} of them not in the index",
        measured.judged_documents, measured.judged_documents_not_in_index
    )?;
    Ok(())
}

fn print_queries(out: &mut dyn Write, queries: &[QueryRelevance]) -> Result<()> {
    writeln!(out, "\nnDCG@10  recall@100  1/rank  relevant  query")?;
    for query in queries {
        let id = one_line(&query.query_id);
        writeln!(
            out,
            "{:>7.4}  {:>10.4}  {:>6.4}  {:>8}  {id}: {}",
            query.ndcg_at_10,
            query.recall_at_100,
            query.reciprocal_rank,
            query.relevant,
            one_line(&query.text)
        )?;
    }
    Ok(())
}
