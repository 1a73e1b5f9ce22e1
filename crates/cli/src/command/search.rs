use super::hits::{
    COLUMNS, GROUP_COLUMNS, cells, describe_untold, format_facets, format_parts, group_cells,
    n_passages, print_hit,
};
use super::listing::one_line;
use super::{explain_query, open_reader};
use crate::args::{Global, Presentation, Search};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{
    GroupHits, Hits, NothingFound, PartCount, Relaxation, SearchRequest, Totals, find_hits,
};
use onrecord_report::{Cell, Column, Format, Layout};
use std::io::Write;

pub(crate) fn run(global: &Global, args: &Search) -> Result<Exit> {
    let reader = open_reader(global)?;
    if args.explain_query {
        return explain_query::run(&reader, args);
    }
    let format = output::row_format(&args.output, Format::Jsonl);
    output::check_output(&args.output, format)?;
    let hits = find_hits(&reader, &request_of(args, format))?;
    let exit = if hits.totals.count == 0 { Exit::Findings } else { Exit::Done };
    if !global.quiet {
        report_totals(&hits, args, format);
    }
    match format.layout() {
        Layout::Object => print_json(hits, args)?,
        Layout::Lines => print_json_lines(hits, args)?,
        Layout::Listing => {
            output::write_text(&args.output, |out| print_listing(out, hits, args))?;
        }
        Layout::Rows => print_rows(hits, args)?,
    }
    Ok(exit)
}

fn request_of(args: &Search, format: Format) -> SearchRequest {
    let Presentation { sort, group_by, .. } = args.presentation;
    SearchRequest {
        query: args.query.join(" "),
        syntax: args.syntax.into(),
        matching: args.matching.into(),
        filters: args.narrowing.filters(),
        order: sort,
        group_by,
        limit: args.limit,
        offset: args.offset,
        facets: args.presentation.facet_fields(),
        facet_limit: args.presentation.facet_limit(format == Format::Table),
        fold_duplicates: args.fold_duplicates,
        explain_score: args.explain_score,
    }
}

/// Says on standard error what the hits' own form has no room for.
fn report_totals(hits: &Hits<'_>, args: &Search, format: Format) {
    let totals = &hits.totals;
    if format == Format::Table {
        return;
    }
    let last = args.offset as u64 + hits.len() as u64;
    // An object holds its counts, but not that none of so many is shown.
    if format != Format::Json || hits.len() == 0 {
        output::print_message(&summary(totals, args, last));
    }
    if format != Format::Json {
        for note in notes(totals, args) {
            output::print_message(&note);
        }
    }
}

/// Says what is to be known of the hits beside how many they are.
fn notes(totals: &Totals, args: &Search) -> Vec<String> {
    let mut notes = Vec::new();
    let absence = args.presentation.sort.absence().unwrap_or_default();
    if let Some(sorted) = totals.sorted.filter(|sorted| sorted.without > 0) {
        let (without, count) = (sorted.without, n_passages(totals.count));
        notes.push(format!("{without} of {count} with {absence}, last"));
    }
    if let Some(untold) = describe_untold(totals.undated_count, totals.imprecise_count) {
        notes.push(format!("not counted: {untold}"));
    }
    notes
}

/// Says why nothing was found, each reason on a line of its own behind a line end.
fn format_nothing(totals: &Totals) -> String {
    let Some(NothingFound { parts, relaxations }) = &totals.nothing else { return String::new() };
    let mut lines = String::new();
    for PartCount { part, count, similar } in parts {
        let part = one_line(part);
        lines.push_str(&match count {
            0 if similar.is_empty() => format!("\n  in no passage: {part}"),
            0 => format!("\n  in no passage: {part}; the index has: {}", similar.join(", ")),
            1 => format!("\n  in 1 passage: {part}"),
            _ => format!("\n  in {count} passages: {part}"),
        });
    }
    for Relaxation { change, query, options, count } in relaxations {
        let (change, passages) = (one_line(change), n_passages(*count));
        let command = command_line(options, query);
        lines.push_str(&format!("\n{passages} {change}\n  {}", one_line(&command)));
    }
    lines
}

/// Writes a search as a POSIX shell reads it.
fn command_line(options: &[String], query: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.,:/@%+=".contains(c);
    let quoted = |word: &str| format!("'{}'", word.replace('\'', "'\\''"));
    let mut words = vec!["onrecord search".to_owned()];
    for option in options {
        let is_bare = !option.is_empty() && option.chars().all(is_plain);
        words.push(if is_bare { option.clone() } else { quoted(option) });
    }
    // Behind `--`, what begins with a hyphen is no option.
    words.extend(query.starts_with('-').then(|| "--".to_owned()));
    words.push(quoted(query));
    words.join(" ")
}

fn print_json(hits: Hits<'_>, args: &Search) -> Result<()> {
    let totals = hits.totals.clone();
    let hits = hits.map(|hit| hit.map_err(Into::into));
    output::write_json_list(&args.output, &totals, "hits", hits)
}

fn print_json_lines(hits: Hits<'_>, args: &Search) -> Result<()> {
    report_facets(&hits);
    output::write_json_lines(&args.output, hits.map(|hit| hit.map_err(Into::into)))
}

fn print_rows(hits: Hits<'_>, args: &Search) -> Result<()> {
    report_facets(&hits);
    let folding = [Column::text("duplicate_group"), Column::text("duplicates")];
    let folding = if args.fold_duplicates { folding.as_slice() } else { &[] };
    let grouping = if args.presentation.group_by.is_some() { GROUP_COLUMNS } else { &[] };
    let parts = [Column::text("score_parts")];
    let parts = if args.explain_score { parts.as_slice() } else { &[] };
    let columns: Vec<Column> = [COLUMNS, folding, grouping, parts].concat();
    let mut rows = output::open_rows(&args.output, Format::Csv, &columns)?;
    for hit in hits {
        let mut hit = hit?;
        let (folded, group) = (hit.duplicates.take(), hit.group.take());
        let (duplicates, parts) = (hit.duplicate_group.take(), hit.score_parts.take());
        let mut row: Vec<Cell<'_>> = cells(hit);
        if let Some(folded) = folded {
            row.extend([duplicates.into(), folded.join(";").into()]);
        }
        row.extend(group.into_iter().flat_map(group_cells));
        row.extend(parts.map(|parts| format_parts(&parts).into()));
        rows.write_row(&row)?;
    }
    rows.finish()?.close()
}

/// Prints facets on standard error where the hits' own form has no room for them.
fn report_facets(hits: &Hits<'_>) {
    if let Some(facets) = &hits.totals.facets {
        output::print_message(&format_facets(facets));
    }
}

fn print_listing(out: &mut dyn Write, hits: Hits<'_>, args: &Search) -> Result<()> {
    let (totals, offset) = (hits.totals.clone(), args.offset as u64);
    if let Some(facets) = &totals.facets {
        writeln!(out, "{}\n", format_facets(facets))?;
    }
    let mut last = offset;
    for hit in hits {
        last += 1;
        print_hit(out, last, &hit?, None)?;
    }
    writeln!(out, "{}", summary(&totals, args, last))?;
    for note in notes(&totals, args) {
        writeln!(out, "{note}")?;
    }
    Ok(())
}

/// Says which hits are shown, up to the last of them, and of how many; or why there are none.
fn summary(totals: &Totals, args: &Search, last: u64) -> String {
    let (offset, n_found) = (args.offset as u64, n_found(totals, args));
    if totals.count == 0 {
        return format!("no passage found{}", format_nothing(totals));
    }
    if last <= offset {
        return format!("{n_found} found, none after the first {offset}");
    }
    let count = n_passages(totals.count);
    let passages = match (totals.group_count, totals.folded_count) {
        (Some(_), _) => format!(", {count}"),
        (None, Some(_)) => format!(", {count} with duplicates"),
        (None, None) => String::new(),
    };
    format!("{} to {last} of {n_found}{passages}", offset + 1)
}

/// Writes how many hits there are, and what they are.
fn n_found(totals: &Totals, args: &Search) -> String {
    let one = match args.presentation.group_by {
        Some(GroupHits::Document) => "document",
        Some(GroupHits::Duplicates) => "group",
        None if totals.folded_count.is_some() => "hit",
        None => "passage",
    };
    let n = totals.n_hits();
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}
