use crate::args::TaxonomyShow;
use crate::command::taxonomies::taxonomy_of;
use crate::exit::Exit;
use crate::output;
use anyhow::{Context, Result};
use onrecord_indexing::hexadecimal;
use onrecord_priorities::{Form, Priority, Taxonomy};
use onrecord_report::{Cell, Column, Format};

const PRIORITY_COLUMNS: &[Column] = &[
    Column::text("priority_id"),
    Column::text("priority"),
    Column::text("parent"),
    Column::integer("terms"),
    Column::integer("excluded"),
    Column::decimal("threshold", 2),
    Column::text("definition"),
    Column::text("scope_note"),
];

const TERM_COLUMNS: &[Column] = &[
    Column::integer("line"),
    Column::text("term"),
    Column::text("compared"),
    Column::decimal("weight", 2),
    Column::text("near"),
    Column::integer("within"),
];

pub(super) fn run(args: &TaxonomyShow) -> Result<Exit> {
    let taxonomy = taxonomy_of(args.file.as_deref())?;
    output::print_message(&format!(
        "{}, version {}, {} priorities, blake3 {}",
        taxonomy.name(),
        taxonomy.version(),
        taxonomy.priorities().len(),
        hexadecimal(&taxonomy.hash())
    ));
    match &args.priority {
        None => show_priorities(args, &taxonomy),
        Some(id) => show_terms(args, &taxonomy, id),
    }
}

fn show_priorities(args: &TaxonomyShow, taxonomy: &Taxonomy) -> Result<Exit> {
    let mut rows = output::open_rows(&args.output, Format::Csv, PRIORITY_COLUMNS)?;
    for priority in taxonomy.priorities() {
        rows.write_row(&[
            priority.id.as_str().into(),
            (&*priority.label).into(),
            priority.parent.as_ref().map(|parent| parent.as_str()).into(),
            Cell::Integer(priority.terms.len() as i128),
            Cell::Integer(priority.exclude.len() as i128),
            f64::from(priority.threshold).into(),
            (&*priority.definition).into(),
            (&*priority.scope_note).into(),
        ])?;
    }
    rows.finish()?.close()?;
    Ok(Exit::Done)
}

fn show_terms(args: &TaxonomyShow, taxonomy: &Taxonomy, id: &str) -> Result<Exit> {
    let priority = priority_of(taxonomy, id)?;
    let mut rows = output::open_rows(&args.output, Format::Csv, TERM_COLUMNS)?;
    for term in &priority.terms {
        let context = term.context.and_then(|context| taxonomy.contexts().get(context));
        let near = context.map(|context| {
            let phrases = context.phrases.iter().map(onrecord_priorities::Phrase::written);
            phrases.collect::<Vec<_>>().join("; ")
        });
        let is_exact = term.phrase.words().iter().all(|word| word.form == Form::Exact);
        rows.write_row(&[
            Cell::Integer(term.line as i128),
            term.phrase.written().into(),
            (if is_exact { "exact" } else { "stem" }).into(),
            f64::from(term.weight).into(),
            near.as_deref().into(),
            context.and_then(|context| context.within).map(i64::from).into(),
        ])?;
    }
    rows.finish()?.close()?;
    Ok(if priority.terms.is_empty() { Exit::Findings } else { Exit::Done })
}

fn priority_of<'a>(taxonomy: &'a Taxonomy, id: &str) -> Result<&'a Priority> {
    let found = taxonomy.priorities().iter().find(|priority| priority.id.as_str() == id);
    found.with_context(|| {
        let ids: Vec<&str> = taxonomy.priorities().iter().map(|one| one.id.as_str()).collect();
        format!("the taxonomy has no priority `{id}`\nits priorities are: {}", ids.join(", "))
    })
}
