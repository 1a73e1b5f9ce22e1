mod ask;
mod table;

use super::open_reader;
use super::taxonomies::{classifier_of, is_labelled_by, taxonomy_of};
use crate::args::{Drawing, Global, Label, LabelAdd, LabelAsk, LabelDraw};
use crate::command::texts::{Columns, Texts};
use crate::exit::Exit;
use crate::output;
use anyhow::{Context, Result, bail};
use onrecord_priorities::{Classifier, Taxonomy};
use onrecord_query::{Drawn, Sample, SampleRequest, draw_sample};
use onrecord_report::{Column, Format};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use table::{LabelTable, Labelled};

/// What stands for no label in a table that is being filled in, where an empty cell is one that was
/// not come to.
const NONE: [&str; 3] = ["none", "-", "0"];

const SHEET_COLUMNS: &[Column] = &[
    Column::text("id"),
    Column::text("source"),
    Column::text("drawn"),
    Column::text("title"),
    Column::text("date"),
    Column::text("speaker"),
    Column::text("text"),
    Column::text("labels"),
];

pub(super) fn run(global: &Global, label: &Label) -> Result<Exit> {
    match label {
        Label::Ask(args) => ask(global, args),
        Label::Draw(args) => draw(global, args),
        Label::Add(args) => add(args),
    }
}

fn ask(global: &Global, args: &LabelAsk) -> Result<Exit> {
    let mut table = LabelTable::read_or_new(&args.to)?;
    let classifier = classifier_of(&args.drawing.labelling)?;
    let sample = sample(global, &args.drawing, &classifier, &table)?;
    if sample.passages.is_empty() {
        return Ok(Exit::Findings);
    }
    let n_answers = ask::ask(&sample, classifier.taxonomy(), &mut table, &args.to)?;
    say_kept(n_answers, &table, &args.to);
    Ok(if n_answers == 0 { Exit::Findings } else { Exit::Done })
}

fn draw(global: &Global, args: &LabelDraw) -> Result<Exit> {
    let known = match &args.known {
        Some(path) => LabelTable::read_or_new(path)?,
        None => LabelTable::default(),
    };
    if let (Some(written), Some(read)) = (&args.output.output, &args.known) {
        output::check_apart(written, read)?;
    }
    let classifier = classifier_of(&args.drawing.labelling)?;
    let sample = sample(global, &args.drawing, &classifier, &known)?;
    let mut rows = output::open_rows(&args.output, Format::Csv, SHEET_COLUMNS)?;
    for passage in &sample.passages {
        rows.write_row(&[
            passage.id.as_str().into(),
            passage.source.as_str().into(),
            passage.drawn.name().into(),
            passage.title.as_deref().into(),
            passage.date.as_deref().into(),
            passage.speaker.as_deref().into(),
            passage.text.as_str().into(),
            "".into(),
        ])?;
    }
    rows.finish()?.close()?;
    output::print_message(
        "fill in the column `labels`: ids between semicolons, `none` for no label; then: onrecord label add SHEET --to LABELS.csv",
    );
    Ok(if sample.passages.is_empty() { Exit::Findings } else { Exit::Done })
}

/// Draws passages, and says among how many.
fn sample(
    global: &Global,
    drawing: &Drawing,
    classifier: &Classifier,
    known: &LabelTable,
) -> Result<Sample> {
    let reader = open_reader(global)?;
    if !is_labelled_by(&reader, &classifier.hash()) {
        output::print_message(&format!(
            "note: what is in doubt is told by `{}`; the index was labelled by `{}` or other weights",
            classifier.taxonomy().name(),
            reader.manifest().description.taxonomy
        ));
    }
    let request = SampleRequest {
        n: drawing.n,
        n_random: (drawing.n as f64 * drawing.random).ceil() as usize,
        seed: drawing.seed,
        query: drawing.query.clone(),
        known: known.drawn(),
    };
    let sample = draw_sample(&reader, classifier, &request)?;
    let n_random = sample.passages.iter().filter(|one| one.drawn == Drawn::Random).count();
    output::print_message(&format!(
        "{} passages of {}: {n_random} by chance, {} whose labels are least sure",
        sample.passages.len(),
        sample.n_passages,
        sample.passages.len() - n_random
    ));
    if sample.passages.len() < drawing.n {
        output::print_message(
            "no more are in doubt: of each document two are drawn at most, and only what is about the subject",
        );
    }
    Ok(sample)
}

fn add(args: &LabelAdd) -> Result<Exit> {
    output::check_apart(&args.to, &args.sheet)?;
    let taxonomy = taxonomy_of(args.taxonomy.as_deref())?;
    let mut table = LabelTable::read_or_new(&args.to)?;
    let (mut n_added, mut n_empty, mut n_changed) = (0, 0, 0);
    let mut known = BTreeMap::new();
    let texts = Texts::open(&args.sheet, Columns { text: "text", id: "id" })?;
    let is_whole = texts.for_each(|row| {
        let place = || format!("{}: row {}", args.sheet.display(), row.number);
        let cell = |name: &str| {
            row.cell(name).with_context(|| {
                format!("{}: there is no column `{name}`", args.sheet.display())
            })
        };
        let (id, labels) = (cell("id")?, cell("labels")?);
        let Some(text) = &row.text else { return Ok(()) };
        if let Some(other) = known.insert(id.clone(), row.number) {
            bail!("{}: the id `{id}` stands in row {other} too\ngive each text an id of its own", place());
        }
        if table.text(&id).is_some_and(|known| known != text) {
            bail!(
                "{}: the id `{id}` is that of another text in `{}`\ngive each text an id of its own",
                place(),
                args.to.display()
            );
        }
        let Some(labels) = labels_in(&labels, &taxonomy).with_context(place)? else {
            n_empty += 1;
            return Ok(());
        };
        n_added += 1;
        let source = row.cell("source").unwrap_or_default();
        let drawn = table::drawn(row, &args.sheet)?;
        let is_changed = table.put(Labelled { id, source, text: text.clone(), labels, drawn });
        n_changed += usize::from(is_changed);
        Ok(())
    })?;
    if n_added > 0 {
        table.write(&args.to)?;
    }
    say_kept(n_added, &table, &args.to);
    if n_changed > 0 {
        output::print_message(&format!("texts that had other labels before: {n_changed}"));
    }
    if n_empty > 0 {
        output::print_message(&format!("rows without labels yet, and without `none`: {n_empty}"));
    }
    Ok(match (n_added, is_whole) {
        (0, _) => Exit::Findings,
        (_, true) => Exit::Done,
        (_, false) => Exit::Incomplete,
    })
}

/// Reads the labels of a cell; none where it was left empty.
fn labels_in(cell: &str, taxonomy: &Taxonomy) -> Result<Option<Vec<String>>> {
    let written: Vec<&str> = cell.split(';').map(str::trim).filter(|id| !id.is_empty()).collect();
    if written.is_empty() {
        return Ok(None);
    }
    let place_of = |name: &str| {
        taxonomy.priorities().iter().position(|one| {
            name.eq_ignore_ascii_case(one.id.as_str()) || name.eq_ignore_ascii_case(&one.label)
        })
    };
    if let [only] = &written[..]
        && NONE.contains(&only.to_lowercase().as_str())
        && place_of(only).is_none()
    {
        return Ok(Some(Vec::new()));
    }
    let mut places = BTreeSet::new();
    for name in written {
        let Some(place) = place_of(name) else {
            let ids: Vec<&str> = taxonomy.priorities().iter().map(|one| one.id.as_str()).collect();
            bail!("`{name}` is no priority\nthe labels are: {}; or `none` alone", ids.join(", "));
        };
        places.insert(place);
    }
    let priorities = taxonomy.priorities();
    Ok(Some(places.into_iter().map(|place| priorities[place].id.to_string()).collect()))
}

/// Says what is kept now, and what can be done with it.
fn say_kept(n_added: usize, table: &LabelTable, path: &Path) {
    let by: BTreeMap<&str, usize> = table.rows().fold(BTreeMap::new(), |mut by, row| {
        *by.entry(row.drawn.map_or("given", Drawn::name)).or_default() += 1;
        by
    });
    let by: Vec<String> = by.iter().map(|(how, n)| format!("{n} {how}")).collect();
    let shown = path.display();
    let by = if by.is_empty() { String::new() } else { format!(": {}", by.join(", ")) };
    let n_texts = table.rows().count();
    output::print_message(&format!("labelled: {n_added}; texts in `{shown}`: {n_texts}{by}"));
    if n_added > 0 {
        output::print_message(&format!(
            "onrecord evaluate {shown} --drawn random says how right the labels are, onrecord train {shown} --output FILE learns from them"
        ));
    }
}
