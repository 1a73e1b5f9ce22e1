use crate::args::{Global, ReusePassages};
use crate::command::draft::read_drafts;
use crate::command::listing::{self, file, one_line};
use crate::command::open_reader;
use crate::exit::Exit;
use crate::output;
use anyhow::{Result, bail};
use onrecord_query::{
    PassagesRequest, PassagesSummary, ReuseRow, ReusedPassages, ReusedPlace, Reusers,
    find_reused_passages,
};
use onrecord_report::{Cell, Column, ColumnKind, Format, Layout};
use std::io::Write;
use std::path::Path;

/// The columns of reuses as rows, before those of the two places.
const COLUMNS: &[Column] = &[
    Column::integer("group"),
    Column::integer("n_in_group"),
    Column::decimal("weight", 1),
    Column::integer("n_words"),
    Column::decimal("similarity", 4),
    Column::text("order"),
    Column::integer("n_sources"),
    Column::text("diff"),
];

/// How many reuses of a group a listing shows: a campaign uses the same words a hundred times.
const SHOWN_OF_GROUP: usize = 3;

/// The columns of a place, behind `reuse_` and `source_`.
const PLACE_COLUMNS: [(&str, ColumnKind); 16] = [
    ("text", ColumnKind::Text),
    ("speaker", ColumnKind::Text),
    ("quoted", ColumnKind::Text),
    ("date", ColumnKind::Text),
    ("title", ColumnKind::Text),
    ("kind", ColumnKind::Text),
    ("document_id", ColumnKind::Text),
    ("passage", ColumnKind::Integer),
    ("page", ColumnKind::Integer),
    ("char_start", ColumnKind::Integer),
    ("char_end", ColumnKind::Integer),
    ("byte_start", ColumnKind::Integer),
    ("byte_end", ColumnKind::Integer),
    ("path", ColumnKind::Text),
    ("record", ColumnKind::Integer),
    ("citation", ColumnKind::Text),
];

pub(super) fn run(global: &Global, args: &ReusePassages) -> Result<Exit> {
    let format = output::row_format(&args.output, Format::Jsonl);
    output::check_output(&args.output, format)?;
    let reader = open_reader(global)?;
    let drafts = args.draft.as_deref().map(read_draft).transpose()?;
    let query = args.query.join(" ");
    let reusers = match &drafts {
        Some((draft, name)) => Reusers::Draft(draft, name.clone()),
        None if query.is_empty() => Reusers::All,
        None => Reusers::Query(query),
    };
    let request = PassagesRequest {
        reusers,
        against: args.against.clone(),
        min_words: usize::from(args.min_words),
        of_others: args.others,
        keep_duplicates: args.keep_duplicates,
        limit: args.limit,
    };
    let found = find_reused_passages(&reader, &request)?;
    if format != Format::Table && !global.quiet {
        lines_of(&found.summary).iter().for_each(|line| output::print_message(line));
    }
    let exit = if found.summary.n_reuses == 0 { Exit::Findings } else { Exit::Done };
    match format.layout() {
        Layout::Object => {
            let head = found.summary.clone();
            output::write_json_list(&args.output, &head, "rows", found.map(|row| Ok(row?)))?;
        }
        Layout::Lines => {
            output::write_json_lines(&args.output, found.map(|row| Ok(row?)))?;
        }
        Layout::Listing => output::write_text(&args.output, |out| print_listing(out, found))?,
        Layout::Rows => print_rows(found, args)?,
    }
    Ok(exit)
}

/// Reads the one draft of a file.
fn read_draft(path: &Path) -> Result<(onrecord_model::Document, String)> {
    let mut drafts = read_drafts(path)?;
    match (drafts.pop(), drafts.is_empty()) {
        (Some(draft), true) => Ok((draft, path.display().to_string())),
        _ => bail!(
            "`{}` holds several documents\nput the draft into a file of its own",
            path.display()
        ),
    }
}

/// Says in a line each what was found, in what, and what was left out.
fn lines_of(found: &PassagesSummary) -> Vec<String> {
    let groups = match (found.n_groups, found.n_groups_shown) {
        (all, shown) if shown < all => {
            format!("the {shown} most telling of {all} groups; --limit 0 prints all")
        }
        (all, _) => format!("{all} groups of the same words"),
    };
    let mut lines = vec![format!(
        "{} reuses of {} words and more, {groups}; words of {} documents looked for in {}",
        found.n_reuses, found.min_words, found.n_reusers, found.n_sources,
    )];
    let mut left_out = |n: usize, what: &str| {
        if n > 0 {
            lines.push(format!("left out: {n} {what}"));
        }
    };
    left_out(
        found.n_copies,
        "documents of which a copy or another transcript took part; --keep-duplicates lets them",
    );
    left_out(found.n_of_same_speaker, "stretches that are one speaker's in both places");
    left_out(found.n_of_unknown_speaker, "stretches whose speaker is not known in both places");
    left_out(
        found.n_common_phrases,
        "common phrases: runs of five words in more than 100 places, around which nothing was looked for",
    );
    left_out(found.n_cut, "of the least telling reuses, as there are too many to hold");
    lines
}

fn print_listing(out: &mut dyn Write, found: ReusedPassages<'_>) -> Result<()> {
    let lines = lines_of(&found.summary);
    let (mut last, mut n_printed) = (0, 0);
    for row in found {
        let row = row?;
        if row.group != last {
            (last, n_printed) = (row.group, 0);
            let reuses = if row.n_in_group == 1 { "reuse" } else { "reuses" };
            writeln!(out, "group {last}: {} {reuses} of the same words\n", row.n_in_group)?;
        }
        n_printed += 1;
        if n_printed <= SHOWN_OF_GROUP {
            print_row(out, &row)?;
        } else if n_printed == row.n_in_group {
            let more = row.n_in_group - SHOWN_OF_GROUP;
            writeln!(out, "   … {more} later of this group: --format csv lists them\n")?;
        }
    }
    if last == 0 {
        writeln!(out, "no reuse found\n")?;
    }
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn print_row(out: &mut dyn Write, row: &ReuseRow) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    let (reuse, source) = (&row.reuse, &row.source);
    writeln!(out, "   {}", who(reuse))?;
    let order = match row.order {
        "before" => "from",
        "same-day" => "of the same day, cannot tell which came first:",
        _ => "cannot tell whether before or after:",
    };
    writeln!(out, "   {order} {}", who(source))?;
    match &row.diff {
        Some(diff) => writeln!(out, "   {}", one_line(diff))?,
        None => writeln!(out, "   {bold}{}{bold:#}", one_line(&reuse.text))?,
    }
    let similarity = row.similarity.map(|s| format!(", similarity {s:.2}")).unwrap_or_default();
    let others = match row.n_sources {
        0 | 1 => String::new(),
        n => format!("; most of it in {} other sources", n - 1),
    };
    writeln!(out, "   {} words the same{similarity}{others}", row.n_words)?;
    writeln!(out, "   reuse: {}", place(reuse))?;
    writeln!(out, "   source: {}\n", place(source))?;
    Ok(())
}

fn who(place: &ReusedPlace) -> String {
    if place.document_id.is_none() {
        return "the draft".to_owned();
    }
    let (date, speaker) = (place.date.as_deref(), place.speaker.as_deref());
    listing::who(date, speaker, place.quoted.as_deref(), place.title.as_deref())
}

fn place(place: &ReusedPlace) -> String {
    let ReusedPlace { char_start, char_end, path, record, page, .. } = place;
    match (&place.document_id, place.passage) {
        (Some(id), Some(passage)) => {
            listing::place(id, passage, [*char_start, *char_end], (path, *record, *page))
        }
        (Some(_) | None, _) => {
            format!("characters {char_start}-{char_end}; {}", file(path, *record, *page))
        }
    }
}

fn print_rows(found: ReusedPassages<'_>, args: &ReusePassages) -> Result<()> {
    let mut columns = COLUMNS.to_vec();
    for side in ["reuse", "source"] {
        let of_side =
            |(name, kind): &(&str, ColumnKind)| Column::new(format!("{side}_{name}"), *kind);
        columns.extend(PLACE_COLUMNS.iter().map(of_side));
    }
    let mut rows = output::open_rows(&args.output, Format::Csv, &columns)?;
    for row in found {
        let row = row?;
        let mut cells: Vec<Cell<'_>> = vec![
            row.group.into(),
            row.n_in_group.into(),
            row.weight.into(),
            row.n_words.into(),
            row.similarity.map(f64::from).into(),
            row.order.into(),
            row.n_sources.into(),
            row.diff.as_deref().into(),
        ];
        cells.extend(cells_of(&row.reuse));
        cells.extend(cells_of(&row.source));
        rows.write_row(&cells)?;
    }
    rows.finish()?.close()
}

fn cells_of(place: &ReusedPlace) -> [Cell<'_>; 16] {
    [
        place.text.as_str().into(),
        place.speaker.as_deref().into(),
        place.quoted.as_deref().into(),
        place.date.as_deref().into(),
        place.title.as_deref().into(),
        place.kind.into(),
        place.document_id.as_deref().into(),
        place.passage.into(),
        place.page.into(),
        place.char_start.into(),
        place.char_end.into(),
        place.byte_start.into(),
        place.byte_end.into(),
        place.path.as_str().into(),
        place.record.map_or(Cell::Empty, Cell::from),
        place.citation.as_deref().into(),
    ]
}
