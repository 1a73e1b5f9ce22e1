//! `save` and `saved`: queries that are asked again.

mod file;
mod state;

pub(super) use file::{SavedQueries, SavedQuery, read};
pub(super) use state::{Lock, lock, read as read_reported, write as write_reported};

use super::hits::{describe_untold, n_passages};
use super::open_reader;
use crate::args::{Global, Output, Save, Saved, SavedCommand, SavedList, SavedShow};
use crate::exit::Exit;
use crate::output;
use anyhow::{Context, Result, bail};
use file::QUERIES_FILE;
use onrecord_model::{CivilDate, DocumentKind};
use onrecord_query::{Alerts, News};
use onrecord_report::{Cell, Column, Format};

/// The columns of saved queries.
const COLUMNS: &[Column] = &[
    Column::text("name"),
    Column::text("query"),
    Column::text("match"),
    Column::text("speaker"),
    Column::text("kind"),
    Column::text("since"),
    Column::text("until"),
    Column::integer("reported_passages"),
    Column::integer("reported_documents"),
];

pub(crate) fn save(global: &Global, args: &Save) -> Result<Exit> {
    let name = args.name.as_str();
    file::check_name(name)?;
    let lock = lock()?;
    let is_there = read()?.contains_key(name);
    if !args.replace && is_there {
        bail!(
            "there is a saved query `{name}`\nreplace it by adding --replace, or choose another name"
        );
    }
    let filters = args.narrowing.filters();
    let query = SavedQuery::new(args.query.join(" "), args.matching.into(), filters);
    let request = query.request(false);
    let reader = open_reader(global)?;
    // What a query reported that had the name once and was deleted by hand is nothing to this one.
    let reported = if is_there { read_reported(name)? } else { None };
    let reported = reported.map(|reported| reported.handed_to(&request));
    let news = Alerts::new(&reader)?.ask(&request, reported.as_ref())?;
    let message = promise(name, &news, args.from_start);
    let reported = if args.from_start { reported } else { Some(news.into_reported()) };
    let planned = file::with(name, &query)?;
    // The query goes first. A run that ends in between leaves a query beside what another one has
    // reported, or nothing has, so that all is reported; the other way round what the query there
    // finds could be taken as known.
    planned.write()?;
    let noted = match reported {
        Some(reported) => write_reported(&lock, name, &reported),
        None => state::remove(&lock, name),
    };
    noted.with_context(|| format!("`{name}` is saved, and will report all that it finds"))?;
    if !global.quiet {
        output::print_message(&message);
    }
    Ok(Exit::Done)
}

/// Says what was saved, and what comes of it.
fn promise(name: &str, news: &News<'_>, from_start: bool) -> String {
    let totals = &news.totals;
    let found = match totals.count {
        0 => "it finds nothing now".to_owned(),
        count => {
            let documents = totals.documents;
            let s = if documents == 1 { "" } else { "s" };
            format!("it finds {} in {documents} document{s} now", n_passages(count))
        }
    };
    let untold = describe_untold(totals.undated_count, totals.imprecise_count);
    let untold = untold.map(|untold| format!(", and passes over {untold}")).unwrap_or_default();
    let reports = if from_start { "all that is new, these too" } else { "what comes after that" };
    format!(
        "saved `{name}` in `{QUERIES_FILE}`: {found}{untold}\nonrecord alerts {name} reports {reports}"
    )
}

pub(crate) fn saved(global: &Global, args: &Saved) -> Result<Exit> {
    match &args.command {
        None => list(global, &args.list.output, &read()?),
        Some(SavedCommand::List(SavedList { output })) => list(global, output, &read()?),
        Some(SavedCommand::Show(SavedShow { name, output })) => {
            list(global, output, &chosen(&read()?, std::slice::from_ref(&name.name))?)
        }
        Some(SavedCommand::Remove(removed)) => {
            let lock = lock()?;
            chosen(&read()?, std::slice::from_ref(&removed.name))?;
            file::without(&removed.name)?.write()?;
            state::remove(&lock, &removed.name)?;
            Ok(Exit::Done)
        }
    }
}

/// Returns the saved queries of some names, or all where no name is given.
///
/// # Errors
/// When there is none of a name.
pub(super) fn chosen(queries: &SavedQueries, names: &[String]) -> Result<SavedQueries> {
    if names.is_empty() {
        return Ok(queries.clone());
    }
    let mut chosen = SavedQueries::new();
    for name in names {
        let Some((name, query)) = queries.get_key_value(name) else {
            let known: Vec<&str> = queries.keys().map(String::as_str).collect();
            let hint = if known.is_empty() {
                "none is saved here: onrecord save NAME QUERY saves one".to_owned()
            } else {
                format!("saved are: {}", known.join(", "))
            };
            bail!("there is no saved query `{name}` in `{QUERIES_FILE}`\n{hint}");
        };
        chosen.insert(name.clone(), query.clone());
    }
    Ok(chosen)
}

/// Says that there is nothing to be asked.
pub(super) fn report_none(global: &Global) -> Exit {
    if !global.quiet {
        output::print_message("no query is saved here: onrecord save NAME QUERY saves one");
    }
    Exit::Findings
}

fn list(global: &Global, output: &Output, queries: &SavedQueries) -> Result<Exit> {
    let exit = if queries.is_empty() { report_none(global) } else { Exit::Done };
    let mut rows = output::open_rows(output, Format::Csv, COLUMNS)?;
    for (name, query) in queries {
        let request = query.request(false);
        let reported = read_reported(name)?.filter(|reported| reported.is_of(&request));
        let date = |date: Option<CivilDate>| date.map(|date| date.to_string());
        rows.write_row(&[
            name.as_str().into(),
            query.query.as_str().into(),
            query.matching.name().into(),
            query.speaker.as_deref().into(),
            query.kind.map(DocumentKind::name).into(),
            date(query.since).into(),
            date(query.until).into(),
            reported.as_ref().map_or(Cell::Empty, |reported| reported.n_passages().into()),
            reported.as_ref().map_or(Cell::Empty, |reported| reported.n_documents().into()),
        ])?;
    }
    rows.finish()?.close()?;
    Ok(exit)
}
