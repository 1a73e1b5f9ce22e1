use super::Page;
use super::columns::{COLUMNS, OfLine};
use crate::args::Kwic;
use crate::command::listing::{one_line, place};
use anyhow::Result;
use onrecord_query::kwic::{Concordance, Context, KwicLine};
use onrecord_report::{Cell, ColumnKind, align_node, fit_column, width_of};
use std::io::Write;

/// The columns beside a line where none are asked for.
const USUAL_COLUMNS: [&str; 2] = ["date", "speaker"];

/// The lines by which the widths of columns are chosen: the first of them.
const LINES_THAT_COUNT: usize = 1_000;

/// How wide a date is that is known to the day; one may come behind the lines that count.
const WHOLE_DATE: usize = 10;

/// The columns of the terminal that the words of a line have at least, whatever stands beside them.
const LEAST_WORDS: usize = 36;

/// Prints lines one below the other, or, where whole sentences are asked for, each as a text of its
/// own with its source. Tells whether each says what leads back to it.
pub(super) fn print(
    out: &mut dyn Write,
    lines: Concordance<'_>,
    args: &Kwic,
    context: Context,
    width: usize,
) -> Result<bool> {
    match context {
        Context::Words(_) => print_aligned(out, lines, args, width),
        Context::Sentences(_) | Context::Paragraph => {
            for (number, line) in (Page::of(args).offset + 1..).zip(lines) {
                print_text(out, number, &line?)?;
            }
            Ok(true)
        }
    }
}

fn print_aligned(
    out: &mut dyn Write,
    mut lines: Concordance<'_>,
    args: &Kwic,
    width: usize,
) -> Result<bool> {
    let beside: Vec<&OfLine> = if args.columns.is_empty() {
        COLUMNS.iter().filter(|column| USUAL_COLUMNS.contains(&column.name())).collect()
    } else {
        args.columns.clone()
    };
    let mut number = Page::of(args).offset;
    let last = number + lines.len();
    let first: Vec<KwicLine> =
        lines.by_ref().take(LINES_THAT_COUNT).collect::<std::result::Result<_, _>>()?;
    let layout = Layout::of(&beside, &first, last, width);
    for line in first.into_iter().map(Ok).chain(lines) {
        number += 1;
        layout.print(out, number, &line?)?;
    }
    Ok(last == Page::of(args).offset || beside.iter().any(|column| column.name() == "document_id"))
}

/// How wide what stands beside the words of a line is, in columns of the terminal.
struct Layout<'a> {
    beside: Vec<(&'a OfLine, usize)>,
    number: usize,
    words: usize,
}

impl<'a> Layout<'a> {
    /// Gives each column the width of its widest cell; names and titles no more than a sixth of the
    /// line, while ids and numbers stay whole, to be copied.
    fn of(beside: &[&'a OfLine], lines: &[KwicLine], last: usize, width: usize) -> Self {
        let number = last.to_string().len();
        let beside = beside.iter().map(|of_line| {
            let widest = lines.iter().map(|line| width_of(&shown(of_line, line))).max();
            let is_whole = matches!(of_line.name(), "document_id" | "date")
                || of_line.column.kind != ColumnKind::Text;
            let most = if is_whole { usize::MAX } else { width / 6 };
            let least = if of_line.name() == "date" { WHOLE_DATE } else { 0 };
            (*of_line, widest.unwrap_or(0).clamp(least, most))
        });
        let beside: Vec<(&OfLine, usize)> = beside.collect();
        let taken = number + 2 + beside.iter().map(|(_, width)| width + 2).sum::<usize>();
        Self { beside, number, words: width.saturating_sub(taken).max(LEAST_WORDS) }
    }

    fn print(&self, out: &mut dyn Write, number: usize, line: &KwicLine) -> Result<()> {
        write!(out, "{number:>width$}  ", width = self.number)?;
        for (of_line, width) in &self.beside {
            let shown = shown(of_line, line);
            if of_line.column.kind == ColumnKind::Text {
                write!(out, "{}  ", fit_column(&shown, *width))?;
            } else {
                write!(out, "{shown:>width$}  ")?;
            }
        }
        let lit = anstyle::Style::new().bold().underline();
        let [left, node, right] = align_node(&line.left, &line.node, &line.right, self.words);
        writeln!(out, "{left}{lit}{node}{lit:#}{}", right.trim_end())?;
        Ok(())
    }
}

/// Writes a cell for a line: where no one speaks, what the words stand in instead.
fn shown(of_line: &OfLine, line: &KwicLine) -> String {
    match (of_line.cell)(line) {
        Cell::Text(text) => text.into_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Empty => match of_line.name() {
            "speaker" if is_speech(line) => "(unknown)".to_owned(),
            "speaker" => format!("({})", line.block),
            "date" => "undated".to_owned(),
            _ => String::new(),
        },
    }
}

fn is_speech(line: &KwicLine) -> bool {
    !matches!(line.block, "heading" | "header" | "note")
}

fn print_text(out: &mut dyn Write, number: usize, line: &KwicLine) -> Result<()> {
    let lit = anstyle::Style::new().bold().underline();
    let title = line.title.as_deref().unwrap_or("untitled");
    let nobody = if is_speech(line) { "speaker unknown" } else { line.block };
    let speaker = line.speaker.as_deref().unwrap_or(nobody);
    let date = line.date.as_deref().unwrap_or("undated");
    let texts = [&line.left, &line.node, &line.right].map(|text| one_line(text));
    let [left, node, right] = texts;
    writeln!(out, "{number}. {left}{lit}{node}{lit:#}{right}")?;
    writeln!(out, "   {}, {date}, {}", one_line(speaker), one_line(title))?;
    if let Some(quoted) = &line.quoted {
        writeln!(out, "   {} quotes {}", one_line(speaker), one_line(quoted))?;
    }
    writeln!(
        out,
        "   {}\n",
        place(
            &line.document_id,
            line.passage,
            [line.char_start, line.char_end],
            (&line.path, line.record, line.page)
        ),
    )?;
    Ok(())
}
