use super::hits::{self, describe_untold, n_passages, print_hit};
use super::listing::one_line;
use super::open_reader;
use super::saved::{
    Lock, SavedQueries, SavedQuery, chosen, lock, read, read_reported, report_none, write_reported,
};
use crate::args::{Alerts as Args, Global};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result};
use onrecord_query::{Alerts, News, NewsHit, NewsTotals, Reported};
use onrecord_report::{Cell, Column, Format, Layout};
use serde::Serialize;
use std::io::Write;

/// The column of hits that news do not have.
const UNRANKED: &str = "score";

pub(crate) fn run(global: &Global, args: &Args) -> Result<Exit> {
    let format = output::row_format(&args.output, Format::Jsonl);
    output::check_output(&args.output, format)?;
    if args.names.is_empty() && read()?.is_empty() {
        return Ok(report_none(global));
    }
    let lock = if args.dry_run { None } else { Some(lock()?) };
    // Under the lock: one that is replaced meanwhile would be noted as the other.
    let queries = chosen(&read()?, &args.names)?;
    let reader = open_reader(global)?;
    let mut asked = Asked { alerts: Alerts::new(&reader)?, args, global, noted: Vec::new() };
    let exit = asked.report(&queries, format)?;
    // Only now: whatever ends a run before this has what it listed listed again.
    if let Some(lock) = lock {
        asked.note(&lock)?;
    }
    Ok(exit)
}

/// The saved queries, while they are asked.
struct Asked<'a> {
    alerts: Alerts<'a>,
    args: &'a Args,
    global: &'a Global,
    /// What has been reported of those that were asked.
    noted: Vec<(String, Reported)>,
}

/// A saved query as an object, what it found apart.
#[derive(Serialize)]
struct Answer<'a> {
    name: &'a str,
    query: &'a str,
    #[serde(flatten)]
    totals: NewsTotals,
}

/// A passage in a line of its own.
#[derive(Serialize)]
struct Line<'a> {
    saved_query: &'a str,
    #[serde(flatten)]
    hit: NewsHit,
}

impl<'a> Asked<'a> {
    /// Asks all queries, and lists what each found; one that cannot be asked is told of, and the
    /// others are asked.
    fn report(&mut self, queries: &SavedQueries, format: Format) -> Result<Exit> {
        if self.args.mark_seen {
            return self.each(queries, |_, name, news| {
                output::print_message(&format!(
                    "{name}: {} taken as known",
                    n_passages(news.totals.new)
                ));
                Ok(())
            });
        }
        match format.layout() {
            Layout::Object => self.print_json(queries),
            Layout::Lines => self.print_json_lines(queries),
            Layout::Listing => {
                let output = &self.args.output;
                let mut exit = Exit::Done;
                output::write_text(output, |out| {
                    exit = self.print_listing(out, queries)?;
                    Ok(())
                })?;
                Ok(exit)
            }
            Layout::Rows => self.print_rows(queries),
        }
    }

    /// Asks each query, and has what it found written.
    fn each(
        &mut self,
        queries: &SavedQueries,
        mut write: impl FnMut(&SavedQuery, &str, &mut News<'a>) -> Result<()>,
    ) -> Result<Exit> {
        let (mut n_new, mut has_failed) = (0, false);
        for (name, query) in queries {
            let asked = read_reported(name).and_then(|reported| {
                let news = self.alerts.ask(&query.request(self.args.all), reported.as_ref())?;
                Ok((reported, news))
            });
            let (reported, mut news) = match asked {
                Ok(asked) => asked,
                Err(error) => {
                    has_failed = true;
                    output::print_error(&error.context(format!("saved query `{name}`")));
                    continue;
                }
            };
            self.warn(name, &news.totals);
            n_new += news.totals.new;
            write(query, name, &mut news)?;
            let noted = news.into_reported();
            if reported.as_ref() != Some(&noted) {
                self.noted.push((name.clone(), noted));
            }
        }
        Ok(match (has_failed, n_new) {
            (true, _) => Exit::Error,
            (false, 0) if !self.args.mark_seen => Exit::Findings,
            (false, _) => Exit::Done,
        })
    }

    /// Says on standard error why more may be new than was said since.
    fn warn(&self, name: &str, totals: &NewsTotals) {
        if totals.relabelled && totals.new > 0 && !self.global.quiet {
            output::print_message(&format!(
                "note: the index is labelled otherwise than when `{name}` was asked last: passages \
                 may be new by their labels alone"
            ));
        }
    }

    /// Takes note of what has been reported.
    fn note(self, lock: &Lock) -> Result<()> {
        for (name, reported) in &self.noted {
            write_reported(lock, name, reported)
                .with_context(|| format!("what `{name}` reported will be reported again"))?;
        }
        Ok(())
    }

    fn print_json(&mut self, queries: &SavedQueries) -> Result<Exit> {
        let mut sink = Sink::open(self.args.output.output.as_deref())?;
        write!(sink, "{{\"queries\":[")?;
        let mut separator = "";
        let exit = self.each(queries, |query, name, news| {
            let answer = Answer { name, query: &query.query, totals: news.totals };
            let answer = serde_json::to_string(&answer)?;
            let open = answer.strip_suffix('}').unwrap_or(&answer);
            write!(sink, "{separator}{open},\"hits\":[")?;
            separator = ",";
            for (number, hit) in news.enumerate() {
                write!(sink, "{}", if number == 0 { "" } else { "," })?;
                serde_json::to_writer(&mut sink, &hit?)?;
            }
            Ok(write!(sink, "]}}")?)
        })?;
        writeln!(sink, "]}}")?;
        sink.close()?;
        Ok(exit)
    }

    fn print_json_lines(&mut self, queries: &SavedQueries) -> Result<Exit> {
        let mut sink = Sink::open(self.args.output.output.as_deref())?;
        let quiet = self.global.quiet;
        let exit = self.each(queries, |_, name, news| {
            say_totals(quiet, name, &news.totals);
            for hit in news {
                serde_json::to_writer(&mut sink, &Line { saved_query: name, hit: hit? })?;
                writeln!(sink)?;
            }
            Ok(())
        })?;
        sink.close()?;
        Ok(exit)
    }

    fn print_rows(&mut self, queries: &SavedQueries) -> Result<Exit> {
        let ranked = |column: &&Column| column.name != UNRANKED;
        let columns = [Column::text("saved_query"), Column::text("news")];
        let columns: Vec<Column> =
            columns.into_iter().chain(hits::COLUMNS.iter().filter(ranked).cloned()).collect();
        let mut rows = output::open_rows(&self.args.output, Format::Csv, &columns)?;
        let quiet = self.global.quiet;
        let exit = self.each(queries, |_, name, news| {
            say_totals(quiet, name, &news.totals);
            for hit in news {
                let NewsHit { news, hit } = hit?;
                let cells = hits::COLUMNS.iter().zip(hits::cells(hit));
                let cells = cells.filter(|(column, _)| ranked(column)).map(|(_, cell)| cell);
                let row: Vec<Cell<'_>> =
                    [name.into(), news.into()].into_iter().chain(cells).collect();
                rows.write_row(&row)?;
            }
            Ok(())
        })?;
        rows.finish()?.close()?;
        Ok(exit)
    }

    fn print_listing(&mut self, out: &mut dyn Write, queries: &SavedQueries) -> Result<Exit> {
        self.each(queries, |query, name, news| {
            let bold = anstyle::Style::new().bold();
            let asked = one_line(&query.query);
            writeln!(out, "{bold}{name}{bold:#}: {asked}\n{}\n", format_totals(&news.totals))?;
            for (number, hit) in (1..).zip(news) {
                let NewsHit { news, hit } = hit?;
                print_hit(out, number, &hit, Some(news).filter(|news| *news != "new"))?;
            }
            Ok(())
        })
    }
}

/// Says on standard error what has come and gone, where rows have no room for it.
fn say_totals(quiet: bool, name: &str, totals: &NewsTotals) {
    if !quiet {
        output::print_message(&format!("{name}: {}", format_totals(totals)));
    }
}

/// Says in a line what has come and gone.
fn format_totals(totals: &NewsTotals) -> String {
    let NewsTotals {
        count, new, changed, gone, undated_count, imprecise_count, first_time, ..
    } = totals;
    let mut said = match new {
        0 => "nothing new".to_owned(),
        new => format!("{} new", n_passages(*new)),
    };
    if *changed > 0 {
        said.push_str(&format!(", {changed} of them changed"));
    }
    if *gone > 0 {
        said.push_str(&format!(", {gone} found no more"));
    }
    let untold = describe_untold(*undated_count, *imprecise_count);
    let untold = untold.map(|untold| format!(", {untold} passed over")).unwrap_or_default();
    let first = if *first_time { ", asked for the first time" } else { "" };
    format!("{said}; {} found in all{untold}{first}", n_passages(*count))
}
