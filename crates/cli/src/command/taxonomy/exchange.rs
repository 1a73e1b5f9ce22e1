use crate::args::{ExportKind, TaxonomyExport, TaxonomyImport};
use crate::command::taxonomies::{TaxonomyText, taxonomy_text};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result, anyhow, bail};
use onrecord_priorities::{Import, ImportFormat, ImportOptions, RdfFormat, Taxonomy};
use std::io::Write;
use std::path::Path;

/// Makes a taxonomy of a file of another program.
pub(super) fn import(args: &TaxonomyImport) -> Result<Exit> {
    let format = match args.from {
        Some(format) => format,
        None => format_of(&args.file)?,
    };
    if let Some(written) = &args.output {
        output::check_apart(written, &args.file)?;
    }
    let shown = args.file.display();
    let text = read(&args.file)?;
    let options = ImportOptions { language: args.language.clone(), leave_out: args.leave_out };
    let import = Taxonomy::import(&text, format, &args.file.to_string_lossy(), &options);
    let import = import.context(match format {
        ImportFormat::Dictionary(_) => {
            "the file cannot be taken over whole; --leave-out takes the rest over where terms are at fault"
        }
        ImportFormat::Skos(_) => "the file cannot be taken over whole",
    })?;
    let Import { toml, taxonomy, notes, left_out } = import;
    write(args.output.as_deref(), &toml)?;
    for unfit in &left_out {
        let line = unfit.line.map(|line| format!(":{line}")).unwrap_or_default();
        output::print_message(&format!("left out: {shown}{line}: {}", unfit.problem));
    }
    notes.iter().for_each(|note| output::print_message(&format!("note: {note}")));
    let n_terms: usize = taxonomy.priorities().iter().map(|priority| priority.terms.len()).sum();
    let n_priorities = taxonomy.priorities().len();
    output::print_message(&format!("priorities: {n_priorities}, terms: {n_terms}, of `{shown}`"));
    Ok(if left_out.is_empty() { Exit::Done } else { Exit::Incomplete })
}

/// Tells by its name how a file is written.
fn format_of(path: &Path) -> Result<ImportFormat> {
    let extension =
        path.extension().map(|of| of.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some(format) = ImportFormat::of_extension(&extension) {
        return Ok(format);
    }
    if ["rdf", "xml", "owl"].contains(&extension.to_lowercase().as_str()) {
        bail!(
            "`{}` is RDF as XML, which is not read\nsave it as Turtle (.ttl) or JSON-LD first",
            path.display()
        );
    }
    let names = ImportFormat::NAMED.map(|(name, _)| name);
    bail!(
        "the name of `{}` does not say how it is written\nadd --from with one of: {}",
        path.display(),
        names.join(", ")
    )
}

/// Reads a text, or says why it is none.
fn read(path: &Path) -> Result<String> {
    let shown = path.display();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read `{shown}`"))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
        anyhow!("{shown}:{line}: it is not UTF-8\nsave it as UTF-8 first")
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
