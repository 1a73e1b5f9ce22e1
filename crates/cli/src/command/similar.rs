use super::listing::{found_place, one_line};
use super::{batch, open_reader};
use crate::args::{Global, Similar};
use crate::exit::Exit;
use crate::output;
use anyhow::{Context, Result, bail};
use onrecord_query::{
    Relation, SharedTerm, SimilarHit, SimilarRequest, SimilarResponse, SimilarTo, find_similar,
};
use onrecord_report::{Cell, Column, Format, Layout};
use std::io::{Read, Write};

/// The columns of hits as rows; lists are joined.
const COLUMNS: &[Column] = &[
    Column::decimal("score", 4),
    Column::text("relation"),
    Column::text("text"),
    Column::text("shared"),
    Column::text("speaker"),
    Column::text("date"),
    Column::text("title"),
    Column::text("kind"),
    Column::text("block"),
    Column::text("document_id"),
    Column::integer("passage"),
    Column::integer("char_start"),
    Column::integer("char_end"),
    Column::integer("byte_start"),
    Column::integer("byte_end"),
    Column::text("path"),
    Column::integer("record"),
    Column::integer("page"),
    Column::text("duplicates"),
];

/// How many of the words that two texts share are printed in a listing.
const SHOWN_TERMS: usize = 10;

pub(super) fn run(global: &Global, args: &Similar) -> Result<Exit> {
    let to = match (&args.text, &args.document) {
        (Some(path), _) => {
            let mut text = String::new();
            let read = batch::open(path)?.read_to_string(&mut text);
            read.with_context(|| format!("cannot read `{}` as text", path.display()))?;
            SimilarTo::Text(text)
        }
        (None, Some(document)) => SimilarTo::Passage {
            document: document.clone(),
            passage: args.passage.unwrap_or_default(),
        },
        (None, None) => bail!("name a document and a passage, or a text"),
    };
    let reader = open_reader(global)?;
    let request = SimilarRequest {
        to,
        query: args.query.clone(),
        limit: usize::from(args.limit),
        min_score: args.min_score,
        fold_duplicates: args.fold_duplicates,
    };
    let format = output::row_format(&args.output, Format::Jsonl);
    output::check_output(&args.output, format)?;
    let found = find_similar(&reader, &request)?;
    if format != Format::Table && !global.quiet {
        output::print_message(&summarize(&found, args));
    }
    let exit = if found.hits.is_empty() { Exit::Findings } else { Exit::Done };
    match format.layout() {
        Layout::Object => output::write_json(&args.output, &found)?,
        Layout::Lines => output::write_json_lines(&args.output, found.hits.iter().map(Ok))?,
        Layout::Listing => {
            output::write_text(&args.output, |out| print_listing(out, &found, args))?;
        }
        Layout::Rows => print_rows(&found, args)?,
    }
    Ok(exit)
}

/// Says how many passages are like it, and of how many that were compared.
fn summarize(found: &SimilarResponse, args: &Similar) -> String {
    let SimilarResponse { n_like, n_compared, .. } = found;
    let (n_shown, least) = (found.hits.len(), args.min_score);
    let shown = if *n_like == 0 {
        format!("no passage like it: none of {n_compared} compared scores {least:.2} or more")
    } else {
        format!(
            "{n_shown} of {n_like} passages that score {least:.2} or more, of {n_compared} compared"
        )
    };
    match &found.duplicates {
        Some(others) if !others.is_empty() => {
            format!("{shown}\nthe very words are also in: {}", others.join(", "))
        }
        Some(_) | None => shown,
    }
}

fn print_rows(found: &SimilarResponse, args: &Similar) -> Result<()> {
    let mut rows = output::open_rows(&args.output, Format::Csv, COLUMNS)?;
    for hit in &found.hits {
        rows.write_row(&[
            f64::from(hit.score).into(),
            hit.relation.map(Relation::name).into(),
            hit.found.text.as_str().into(),
            hit.shared.iter().map(written).collect::<Vec<_>>().join("; ").into(),
            hit.found.speaker.as_deref().into(),
            hit.found.date.as_deref().into(),
            hit.found.title.as_deref().into(),
            hit.found.kind.into(),
            hit.found.block.into(),
            hit.found.document_id.as_str().into(),
            hit.found.passage.into(),
            hit.found.char_start.into(),
            hit.found.char_end.into(),
            hit.found.byte_start.into(),
            hit.found.byte_end.into(),
            hit.found.path.as_str().into(),
            hit.found.record.into(),
            hit.found.page.into(),
            hit.duplicates.as_ref().map_or(Cell::Empty, |others| others.join(";").into()),
        ])?;
    }
    rows.finish()?.close()
}

/// Writes a shared word with what it adds to the score; both words where they differ.
fn written(term: &SharedTerm) -> String {
    let SharedTerm { given, found, share, .. } = term;
    if given == found {
        format!("{found} {share:.3}")
    } else {
        format!("{given}/{found} {share:.3}")
    }
}

fn print_listing(out: &mut dyn Write, found: &SimilarResponse, args: &Similar) -> Result<()> {
    writeln!(out, "like: {}\n", one_line(&found.text))?;
    for (number, hit) in (1..).zip(&found.hits) {
        print_hit(out, number, hit)?;
    }
    writeln!(out, "{}", summarize(found, args))?;
    Ok(())
}

fn print_hit(out: &mut dyn Write, number: usize, hit: &SimilarHit) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    let title = one_line(hit.found.title.as_deref().unwrap_or("untitled"));
    writeln!(out, "{number}. {:.2}  {bold}{title}{bold:#}", hit.score)?;
    let speaker = hit.found.speaker.as_deref().unwrap_or("speaker unknown");
    let relation = match hit.relation {
        Some(Relation::SameDocument) => ", the same document",
        Some(Relation::Duplicate) => ", a copy or other transcript of the document",
        Some(Relation::Other) | None => "",
    };
    let date = hit.found.date.as_deref().unwrap_or("undated");
    writeln!(out, "   {}, {date}, {}{relation}", one_line(speaker), hit.found.kind)?;
    writeln!(out, "   {}", one_line(&hit.found.text))?;
    let shown: Vec<String> = hit.shared.iter().take(SHOWN_TERMS).map(written).collect();
    let more = match hit.shared.len().saturating_sub(SHOWN_TERMS) {
        0 => String::new(),
        n => format!("; {n} more"),
    };
    writeln!(out, "   shared: {}{more}", one_line(&shown.join("; ")))?;
    if let Some(duplicates) = hit.duplicates.as_ref().filter(|others| !others.is_empty()) {
        writeln!(out, "   also in: {}", duplicates.join(", "))?;
    }
    writeln!(out, "   {}\n", found_place(&hit.found),)?;
    Ok(())
}
