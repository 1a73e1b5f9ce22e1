use crate::args::{ExportKind, ImportKind, TaxonomyExport, TaxonomyImport};
use crate::command::taxonomies::{TaxonomyText, taxonomy_text};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result, bail};
use onrecord_priorities::{Import, ImportFormat, ImportOptions, RdfFormat, Taxonomy};
use std::io::Write;
use std::path::Path;

/// Makes a taxonomy of a file of another program.
pub(super) fn import(args: &TaxonomyImport) -> Result<Exit> {
    let format = match args.from {
        Some(ImportKind::Turtle) => ImportFormat::Turtle,
        Some(ImportKind::Jsonld) => ImportFormat::JsonLd,
        Some(ImportKind::Csv) => ImportFormat::Csv,
        Some(ImportKind::Liwc) => ImportFormat::Liwc,
        Some(ImportKind::Lexicoder) => ImportFormat::Lexicoder,
        None => format_of(&args.file)?,
    };
    if let Some(written) = &args.output {
        output::check_apart(written, &args.file)?;
    }
    let shown = args.file.display();
    let text =
        std::fs::read_to_string(&args.file).with_context(|| format!("cannot read `{shown}`"))?;
    let options = ImportOptions { language: args.language.clone(), leave_out: args.leave_out };
    let import = Taxonomy::import(&text, format, &args.file.to_string_lossy(), &options)
        .context("the file cannot be taken over whole")?;
    let Import { toml, taxonomy, notes, left_out } = import;
    write(args.output.as_deref(), &toml)?;
    for unfit in &left_out {
        let line = unfit.line.map(|line| format!(":{line}")).unwrap_or_default();
        output::print_message(&format!("left out: {shown}{line}: {}", unfit.problem));
    }
    notes.iter().for_each(|note| output::print_message(&format!("note: {note}")));
    let n_terms: usize = taxonomy.priorities().iter().map(|priority| priority.terms.len()).sum();
    output::print_message(&format!(
        "{} priorities with {n_terms} terms of `{shown}`",
        taxonomy.priorities().len()
    ));
    Ok(if left_out.is_empty() { Exit::Done } else { Exit::Incomplete })
}

/// Tells by its name how a file is written.
fn format_of(path: &Path) -> Result<ImportFormat> {
    let extension = path.extension().map(|of| of.to_string_lossy().to_lowercase());
    Ok(match extension.as_deref() {
        Some("ttl" | "turtle" | "n3" | "nt") => ImportFormat::Turtle,
        Some("jsonld" | "json") => ImportFormat::JsonLd,
        Some("csv" | "tsv" | "dicx") => ImportFormat::Csv,
        Some("dic") => ImportFormat::Liwc,
        Some("lcd" | "lc3") => ImportFormat::Lexicoder,
        Some("rdf" | "xml" | "owl") => bail!(
            "`{}` is RDF as XML, which is not read\nsave it as Turtle (.ttl) or JSON-LD first",
            path.display()
        ),
        Some(_) | None => bail!(
            "the name of `{}` does not say how it is written\nadd: --from turtle, jsonld, csv, liwc or lexicoder",
            path.display()
        ),
    })
}

/// Writes a taxonomy for other programs.
pub(super) fn export(args: &TaxonomyExport) -> Result<Exit> {
    if let (Some(written), Some(read)) = (&args.output, &args.file) {
        output::check_apart(written, read)?;
    }
    let TaxonomyText { text, name } = taxonomy_text(args.file.as_deref())?;
    let written = match args.format {
        ExportKind::Turtle => Taxonomy::to_skos(&text, &name, RdfFormat::Turtle)?,
        ExportKind::Jsonld => Taxonomy::to_skos(&text, &name, RdfFormat::JsonLd)?,
        ExportKind::Toml => {
            Taxonomy::from_toml(&text, &name)?;
            text
        }
    };
    write(args.output.as_deref(), &written)?;
    Ok(Exit::Done)
}

fn write(path: Option<&Path>, text: &str) -> Result<()> {
    let mut sink = Sink::open(path)?;
    sink.write_all(text.as_bytes())?;
    sink.close()
}
