use super::listing::{file, one_line};
use super::{explain_query, open_reader};
use crate::args::{Global, Matching, QuerySyntax, RowFormat, Search};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::Result;
use onrecord_query::parse::{Match, Syntax};
use onrecord_query::{
    Facets, Hits, PartCount, Relaxation, ScoreShare, SearchHit, SearchRequest, find_hits,
};
use onrecord_report::{Cell, Column};
use std::io::Write;

/// The columns of hits as rows; lists are joined.
const COLUMNS: &[Column] = &[
    Column::text("document_id"),
    Column::integer("passage"),
    Column::text("title"),
    Column::text("speaker"),
    Column::text("date"),
    Column::text("kind"),
    Column::text("block"),
    Column::text("heading_path"),
    Column::text("text"),
    Column::text("highlights"),
    Column::decimal("score", 4),
    Column::text("priorities"),
    Column::integer("char_start"),
    Column::integer("char_end"),
    Column::integer("byte_start"),
    Column::integer("byte_end"),
    Column::text("path"),
    Column::integer("record"),
    Column::integer("page"),
];

pub(crate) fn run(global: &Global, args: &Search) -> Result<Exit> {
    let reader = open_reader(global)?;
    if args.explain_query {
        return explain_query::run(&reader, args);
    }
    let request = SearchRequest {
        query: args.query.join(" "),
        syntax: syntax_of(args.syntax),
        matching: matching_of(args.matching),
        limit: args.limit,
        offset: args.offset,
        facets: args.facets,
        fold_duplicates: args.fold_duplicates,
        explain_score: args.explain_score,
    };
    let format = output::row_format(&args.output, RowFormat::Jsonl);
    output::check_guard(&args.output, format)?;
    let hits = find_hits(&reader, &request)?;
    let exit = if hits.count == 0 { Exit::Findings } else { Exit::Done };
    if hits.count == 0 && format != RowFormat::Table && !global.quiet {
        output::print_message(&format!("no passage found{}", format_nothing(&hits)));
    }
    let (count, offset) = (hits.folded_count.unwrap_or(hits.count), args.offset as u64);
    if count > 0 && offset >= count && format != RowFormat::Table && !global.quiet {
        output::print_message(&format!("no hits from {} on; {count} in all", offset + 1));
    }
    match format {
        RowFormat::Json => print_json(hits, args)?,
        RowFormat::Jsonl => print_json_lines(hits, args)?,
        RowFormat::Table => {
            output::write_text(&args.output, |out| print_listing(out, hits, args))?;
        }
        RowFormat::Csv | RowFormat::Tsv | RowFormat::Md => print_rows(hits, args)?,
    }
    Ok(exit)
}

/// Says what a query is written in.
pub(super) const fn syntax_of(syntax: QuerySyntax) -> Syntax {
    match syntax {
        QuerySyntax::Onrecord => Syntax::Onrecord,
        QuerySyntax::Cql => Syntax::Cql,
    }
}

/// Says what words side by side mean.
pub(super) const fn matching_of(matching: Matching) -> Match {
    match matching {
        Matching::All => Match::All,
        Matching::Any => Match::Any,
    }
}

/// Says why nothing was found, each reason on a line of its own behind a line end.
fn format_nothing(hits: &Hits<'_>) -> String {
    let Some(nothing) = &hits.nothing else { return String::new() };
    let mut lines = String::new();
    for PartCount { part, count, similar } in &nothing.parts {
        let part = one_line(part);
        lines.push_str(&match count {
            0 if similar.is_empty() => format!("\n  in no passage: {part}"),
            0 => format!("\n  in no passage: {part}; the index has: {}", similar.join(", ")),
            1 => format!("\n  in 1 passage: {part}"),
            _ => format!("\n  in {count} passages: {part}"),
        });
    }
    for Relaxation { change, query, count } in &nothing.relaxations {
        let (change, query) = (one_line(change), one_line(query));
        let passages = if *count == 1 { "passage" } else { "passages" };
        lines.push_str(&format!("\n{count} {passages} {change}\n  onrecord search '{query}'"));
    }
    lines
}

fn print_json(hits: Hits<'_>, args: &Search) -> Result<()> {
    let mut sink = Sink::open(args.output.output.as_deref())?;
    write!(sink, "{{\"count\":{}", hits.count)?;
    if let Some(folded) = hits.folded_count {
        write!(sink, ",\"folded_count\":{folded}")?;
    }
    if let Some(facets) = &hits.facets {
        write!(sink, ",\"facets\":")?;
        serde_json::to_writer(&mut sink, facets)?;
    }
    if let Some(nothing) = &hits.nothing {
        write!(sink, ",\"nothing\":")?;
        serde_json::to_writer(&mut sink, nothing)?;
    }
    write!(sink, ",\"hits\":[")?;
    for (number, hit) in hits.enumerate() {
        write!(sink, "{}", if number == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut sink, &hit?)?;
    }
    writeln!(sink, "]}}")?;
    sink.close()
}

fn print_json_lines(hits: Hits<'_>, args: &Search) -> Result<()> {
    report_facets(&hits);
    let mut sink = Sink::open(args.output.output.as_deref())?;
    for hit in hits {
        serde_json::to_writer(&mut sink, &hit?)?;
        writeln!(sink)?;
    }
    sink.close()
}

fn print_rows(hits: Hits<'_>, args: &Search) -> Result<()> {
    report_facets(&hits);
    let folding = [Column::text("duplicate_group"), Column::text("duplicates")];
    let folding = if args.fold_duplicates { folding.as_slice() } else { &[] };
    let parts = [Column::text("score_parts")];
    let parts = if args.explain_score { parts.as_slice() } else { &[] };
    let columns: Vec<Column> = COLUMNS.iter().chain(folding).chain(parts).cloned().collect();
    let mut rows = output::open_rows(&args.output, RowFormat::Csv, &columns)?;
    for hit in hits {
        let hit = hit?;
        let highlights: Vec<String> = hit
            .highlights
            .iter()
            .map(|lit| format!("{}-{}", lit.char_start, lit.char_end))
            .collect();
        let mut cells: Vec<Cell<'_>> = vec![
            hit.document_id.into(),
            hit.passage.into(),
            hit.title.into(),
            hit.speaker.into(),
            hit.date.into(),
            hit.kind.into(),
            hit.block.into(),
            hit.heading_path.join(" > ").into(),
            hit.text.into(),
            highlights.join(";").into(),
            f64::from(hit.score).into(),
            hit.priorities.join(";").into(),
            hit.char_start.into(),
            hit.char_end.into(),
            hit.byte_start.into(),
            hit.byte_end.into(),
            hit.path.into(),
            hit.record.map_or(Cell::Empty, Cell::from),
            hit.page.map_or(Cell::Empty, Cell::from),
        ];
        if let Some(duplicates) = hit.duplicates {
            cells.extend([hit.duplicate_group.into(), duplicates.join(";").into()]);
        }
        if let Some(parts) = &hit.score_parts {
            cells.push(format_parts(parts).into());
        }
        rows.write_row(&cells)?;
    }
    rows.finish()?.close()
}

/// Prints facets on standard error where the hits' own form has no room for them.
fn report_facets(hits: &Hits<'_>) {
    if let Some(facets) = &hits.facets {
        output::print_message(&format_facets(facets));
    }
}

fn print_listing(out: &mut dyn Write, hits: Hits<'_>, args: &Search) -> Result<()> {
    let (count, offset) = (hits.count, args.offset as u64);
    let folded = hits.folded_count;
    if let Some(facets) = &hits.facets {
        writeln!(out, "{}\n", format_facets(facets))?;
    }
    let nothing = format_nothing(&hits);
    let mut last = offset;
    for hit in hits {
        last += 1;
        print_hit(out, last, &hit?)?;
    }
    match last.checked_sub(offset) {
        Some(0) | None if count == 0 => writeln!(out, "no passage found{nothing}")?,
        Some(0) | None => writeln!(out, "{count} passages found, none after the first {offset}")?,
        Some(_) => match folded {
            None => writeln!(out, "{} to {last} of {count} passages", offset + 1)?,
            Some(folded) => writeln!(
                out,
                "{} to {last} of {folded} hits, {count} passages with duplicates",
                offset + 1
            )?,
        },
    }
    Ok(())
}

fn print_hit(out: &mut dyn Write, number: u64, hit: &SearchHit) -> Result<()> {
    let (bold, lit) = (anstyle::Style::new().bold(), anstyle::Style::new().bold().underline());
    let title = hit.title.as_deref().unwrap_or("untitled");
    let is_speech = !matches!(hit.block, "heading" | "header" | "note");
    let speaker =
        hit.speaker.as_deref().unwrap_or(if is_speech { "speaker unknown" } else { hit.block });
    let date = hit.date.as_deref().unwrap_or("undated");
    writeln!(out, "{number}. {bold}{}{bold:#}", one_line(title))?;
    writeln!(out, "   {}, {date}, {}", one_line(speaker), hit.kind)?;
    let headings: Vec<&str> =
        hit.heading_path.iter().map(String::as_str).filter(|heading| *heading != title).collect();
    if !headings.is_empty() {
        writeln!(out, "   under: {}", one_line(&headings.join(" > ")))?;
    }
    let mut text = String::new();
    let mut at = 0;
    for highlight in &hit.highlights {
        let (start, end) = (highlight.start as usize, highlight.end as usize);
        text.push_str(&one_line(hit.text.get(at..start).unwrap_or_default()));
        let shown = one_line(hit.text.get(start..end).unwrap_or_default());
        text.push_str(&format!("{lit}{shown}{lit:#}"));
        at = end;
    }
    text.push_str(&one_line(hit.text.get(at..).unwrap_or_default()));
    writeln!(out, "   {text}")?;
    if !hit.priorities.is_empty() {
        writeln!(out, "   priorities: {}", hit.priorities.join(", "))?;
    }
    if let Some(duplicates) = hit.duplicates.as_ref().filter(|others| !others.is_empty()) {
        writeln!(out, "   also in: {}", duplicates.join(", "))?;
    }
    if let Some(parts) = &hit.score_parts {
        writeln!(out, "   score {:.2}: {}", hit.score, one_line(&describe_parts(parts)))?;
    }
    writeln!(
        out,
        "   {} passage {}, characters {}-{}; {}\n",
        hit.document_id,
        hit.passage,
        hit.char_start,
        hit.char_end,
        file(&hit.path, hit.record, hit.page),
    )?;
    Ok(())
}

/// Writes what a score is made of, for a row: `word harbour 2.1000; exact-word harbour 0.6000`.
fn format_parts(parts: &[ScoreShare]) -> String {
    let shown = parts.iter().map(|part| {
        let word = part.word.as_deref().map(|word| format!(" {word}")).unwrap_or_default();
        format!("{}{word} {:.4}", part.kind, part.score)
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// How many related words are named to people.
const SHOWN_RELATED: usize = 4;

/// Says what a score is made of: `harbour 2.70, title (harbour) 0.50, related (quay, ships) 0.31`.
fn describe_parts(parts: &[ScoreShare]) -> String {
    let word_of = |part: &ScoreShare| part.word.clone().unwrap_or_default();
    let mut words: Vec<(String, f32)> = Vec::new();
    for part in parts.iter().filter(|part| ["word", "exact-word"].contains(&part.kind)) {
        match words.iter_mut().find(|(word, _)| *word == word_of(part)) {
            Some((_, score)) => *score += part.score,
            None => words.push((word_of(part), part.score)),
        }
    }
    let mut shown: Vec<String> =
        words.iter().map(|(word, score)| format!("{word} {score:.2}")).collect();
    for (kind, most) in [("title", usize::MAX), ("related", SHOWN_RELATED)] {
        let of_kind: Vec<&ScoreShare> = parts.iter().filter(|part| part.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let mut names: Vec<String> = of_kind.iter().take(most).map(|part| word_of(part)).collect();
        if of_kind.len() > most {
            names.push("…".to_owned());
        }
        let sum: f32 = of_kind.iter().map(|part| part.score).sum();
        shown.push(format!("{kind} ({}) {sum:.2}", names.join(", ")));
    }
    let other = parts.iter().filter(|part| part.kind == "other");
    shown.extend(other.map(|part| format!("phrases and other parts {:.2}", part.score)));
    if shown.is_empty() { "nothing in it ranks".to_owned() } else { shown.join(", ") }
}

fn format_facets(facets: &Facets) -> String {
    let named = [
        ("speaker", &facets.speaker),
        ("year", &facets.year),
        ("kind", &facets.kind),
        ("priority", &facets.priority),
    ];
    let lines = named.map(|(name, facets)| {
        let counts: Vec<String> = facets
            .iter()
            .map(|facet| format!("{} {}", one_line(&facet.value), facet.count))
            .collect();
        format!("{name}: {}", if counts.is_empty() { "none".to_owned() } else { counts.join(", ") })
    });
    lines.join("\n")
}
