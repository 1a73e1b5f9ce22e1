use crate::args::{Global, ReuseLine};
use crate::command::listing::{self, CITED_COLUMNS, cited_cells, cited_place, one_line};
use crate::command::open_reader;
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{LineRequest, LineResponse, LineStart, LineUse, ParentLink, trace_line};
use onrecord_report::{Cell, Column, Format, Layout};
use std::io::Write;

/// The columns of uses as rows.
const COLUMNS: &[Column] = &[
    Column::integer("number"),
    Column::text("first"),
    Column::text("first_of_wording"),
    Column::text("order"),
    Column::text("text"),
    Column::decimal("similarity", 4),
    Column::integer("wording"),
    Column::integer("parent"),
    Column::decimal("parent_similarity", 4),
    Column::integer("n_equally_near"),
    Column::text("diff"),
    Column::text("relation"),
    Column::text("also_in"),
];

pub(super) fn run(global: &Global, args: &ReuseLine) -> Result<Exit> {
    let reader = open_reader(global)?;
    let start = args.from.clone().zip(args.passage);
    let request = LineRequest {
        line: args.line.join(" "),
        start: start.map(|(document, passage)| LineStart { document, passage }),
        min_similarity: args.min_similarity,
        query: args.query.clone(),
        keep_duplicates: args.keep_duplicates,
    };
    let format = output::row_format(&args.output, Format::Jsonl);
    output::check_output(&args.output, format)?;
    let traced = trace_line(&reader, &request)?;
    if format != Format::Table && !global.quiet {
        summary(&traced).iter().for_each(|line| output::print_message(line));
    }
    match format.layout() {
        Layout::Object => output::write_json(&args.output, &traced)?,
        Layout::Lines => output::write_json_lines(&args.output, traced.uses.iter().map(Ok))?,
        Layout::Listing => output::write_text(&args.output, |out| print_listing(out, &traced))?,
        Layout::Rows => print_rows(&traced, args)?,
    }
    Ok(if traced.uses.is_empty() { Exit::Findings } else { Exit::Done })
}

/// Says in a line each what was found, which use is the first, and what is missing.
fn summary(traced: &LineResponse) -> Vec<String> {
    let mut lines = Vec::new();
    let among = traced.query.as_ref().map(|query| format!(" with speech that `{query}` finds"));
    let among = among.unwrap_or_default();
    lines.push(format!(
        "{}{} in {} of {} documents{among}, in {} wordings, similarity {:.2} and more",
        n_uses(traced.n_uses),
        if traced.n_folded > 0 {
            format!(", and {} in copies,", traced.n_folded)
        } else {
            String::new()
        },
        traced.n_documents,
        traced.n_documents_searched,
        traced.n_wordings,
        traced.min_similarity,
    ));
    lines.extend(first_line(traced));
    lines.extend(first_in_very_words(traced));
    if traced.n_folded > 0 {
        let copies = "copies and other transcripts with the same words are listed as `also in`, each \
                      for itself with --keep-duplicates";
        lines.push(copies.to_owned());
    }
    if traced.n_exact_read < traced.n_exact_found {
        lines.push(format!(
            "the very words stand in {} passages: the earliest {} were read, those without a date behind all others; the other {} are missing",
            traced.n_exact_found,
            traced.n_exact_read,
            traced.n_exact_found - traced.n_exact_read
        ));
    }
    if (traced.n_near_read as u64) < traced.n_near_found {
        lines.push(format!(
            "{} passages share many words with the line: the {} with most of them were read, and uses in other words may be missing; a longer line or --query asks for fewer",
            traced.n_near_found, traced.n_near_read
        ));
    }
    lines
}

/// Says which use is the first in the corpus, or that it cannot be told.
fn first_line(traced: &LineResponse) -> Option<String> {
    let is_first = |one: &&LineUse| matches!(one.first, "yes" | "perhaps");
    let firsts: Vec<&LineUse> = traced.uses.iter().filter(is_first).collect();
    let undated = match traced.n_undated {
        0 => String::new(),
        n => format!("; {} without a date may be earlier", n_uses(n)),
    };
    match firsts.as_slice() {
        [] if traced.n_undated > 0 => {
            Some("first use in this corpus: cannot tell, no use has a date".to_owned())
        }
        [] => None,
        [only] => Some(format!("first use in this corpus: {}{undated}", who(only))),
        [first, ..] => Some(format!(
            "first use in this corpus: cannot tell which of {} from {}, whose dates are the same or overlap{undated}",
            firsts.len(),
            first.cited.date.as_deref().unwrap_or_default(),
        )),
    }
}

/// Says which use is the first in the very words of the line, where the first of all is another.
fn first_in_very_words(traced: &LineResponse) -> Option<String> {
    let is_said = |one: &&LineUse| one.first == "yes" || one.first == "perhaps";
    let mut of_line = traced.uses.iter().filter(|one| one.similarity >= 1.0).peekable();
    if of_line.peek().is_some_and(is_said) {
        return None;
    }
    let firsts = of_line.filter(|one| matches!(one.first_of_wording, "yes" | "perhaps"));
    match firsts.collect::<Vec<_>>().as_slice() {
        [] => None,
        [only] => Some(format!("first in the very words: {}", who(only))),
        [first, ..] => Some(format!(
            "first in the very words: cannot tell which of those from {}",
            first.cited.date.as_deref().unwrap_or_default()
        )),
    }
}

fn n_uses(n: usize) -> String {
    format!("{n} use{}", if n == 1 { "" } else { "s" })
}

/// Writes when a use was, whose it is, and where.
fn who(one: &LineUse) -> String {
    let (date, speaker) = (one.cited.date.as_deref(), one.cited.speaker.as_deref());
    listing::who(date, speaker, one.cited.quoted.as_deref(), one.cited.title.as_deref())
}

fn print_listing(out: &mut dyn Write, traced: &LineResponse) -> Result<()> {
    if traced.uses.is_empty() {
        writeln!(out, "no use found\n")?;
    }
    for one in &traced.uses {
        print_use(out, one)?;
    }
    for line in summary(traced) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn print_use(out: &mut dyn Write, one: &LineUse) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    writeln!(out, "{}. {}{}", one.number, who(one), standing(one))?;
    writeln!(out, "   {bold}{}{bold:#}", one_line(&one.cited.text))?;
    if let Some(parent) = &one.parent {
        writeln!(out, "   {}", change(parent))?;
    }
    for caution in &one.cited.surroundings.cautions {
        writeln!(out, "   {} {}: {}", caution.weight, caution.kind, one_line(&caution.trigger))?;
    }
    if !one.also_in.is_empty() {
        writeln!(out, "   also in: {}", one.also_in.join(", "))?;
    }
    let place = cited_place(&one.cited);
    Ok(writeln!(out, "   similarity {:.2}; {place}\n", one.similarity)?)
}

/// Says how a use stands to the others: whether it is the first, to the one from which they are
/// looked at, and in time to the one above.
fn standing(one: &LineUse) -> String {
    let first = match one.first {
        "yes" => "; the first use",
        "perhaps" => "; perhaps the first use",
        _ => "",
    };
    let relation = match one.relation {
        Some(relation @ ("start" | "ancestor" | "descendant")) => format!("; {relation}"),
        Some(_) | None => String::new(),
    };
    let order = match one.order {
        Some("same-document") => "; further on in the same text",
        Some("same-day") => "; of the same day as the one above: cannot tell which came first",
        Some("cannot-tell") if one.first != "undated" => {
            "; cannot tell whether before or after the one above"
        }
        _ => "",
    };
    format!("{first}{relation}{order}")
}

/// Says what makes a use of the earlier one that it is nearest to.
fn change(parent: &ParentLink) -> String {
    let number = parent.number;
    let others = match parent.n_equally_near {
        0 | 1 => String::new(),
        2 => ", and another as near".to_owned(),
        n => format!(", and {} others as near", n - 1),
    };
    if parent.parts.iter().all(|part| part.kind == "kept") {
        return format!("the words of {number}{others}");
    }
    let (similarity, diff) = (parent.similarity, one_line(&parent.diff));
    format!("nearest earlier {number}, similarity {similarity:.2}{others}: {diff}")
}

fn print_rows(traced: &LineResponse, args: &ReuseLine) -> Result<()> {
    let columns = [COLUMNS, CITED_COLUMNS].concat();
    let mut rows = output::open_rows(&args.output, Format::Csv, &columns)?;
    for one in &traced.uses {
        let parent = one.parent.as_ref();
        let mut cells: Vec<Cell<'_>> = vec![
            one.number.into(),
            one.first.into(),
            one.first_of_wording.into(),
            one.order.into(),
            one.cited.text.as_str().into(),
            f64::from(one.similarity).into(),
            one.wording.into(),
            parent.map(|parent| parent.number).into(),
            parent.map(|parent| f64::from(parent.similarity)).into(),
            parent.map(|parent| parent.n_equally_near).into(),
            parent.map(|parent| parent.diff.as_str()).into(),
            one.relation.into(),
            one.also_in.join(";").into(),
        ];
        cells.extend(cited_cells(&one.cited));
        rows.write_row(&cells)?;
    }
    rows.finish()?.close()
}
