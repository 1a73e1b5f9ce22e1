use super::{Output, SummaryFormat};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use onrecord_priorities::ImportFormat;
use onrecord_query::GroupBy;
use std::path::PathBuf;

/// What labels texts.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct Labelling {
    /// A taxonomy of your own instead of the default one; docs/taxonomy.md says how to write it. An
    /// index may have several, the built-in one among them as `default`
    #[arg(long, value_name = "FILE")]
    pub(crate) taxonomy: Vec<PathBuf>,
    /// Weights that `train` learned for the taxonomy; the default one has its own
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Vec<PathBuf>,
    /// Label by the taxonomy's rules alone
    #[arg(long, conflicts_with = "weights")]
    pub(crate) rules_only: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Relabel {
    #[command(flatten)]
    pub(crate) labelling: Labelling,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    /// The id of the document, as `search` prints it
    #[arg(value_name = "DOCUMENT", required_unless_present = "text", requires = "passage")]
    pub(crate) document: Option<String>,
    /// The passage, counted from 0
    #[arg(long, value_name = "N")]
    pub(crate) passage: Option<u32>,
    /// Explain the labels of this text instead, without an index; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["document", "passage"])]
    pub(crate) text: Option<PathBuf>,
    /// Explain only this priority, by its id
    #[arg(long, value_name = "ID")]
    pub(crate) priority: Option<String>,
    #[command(flatten)]
    pub(crate) labelling: Labelling,
    /// `json` prints one object
    #[arg(long, value_enum)]
    pub(crate) format: Option<SummaryFormat>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Classify {
    /// The texts: CSV with a header line, or JSON Lines; - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The column or field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) text_column: String,
    /// The column or field that holds the id; without it rows are numbered from 1
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(crate) id_column: String,
    /// Print a row for each label, with score and evidence, instead of one for each text
    #[arg(long, conflicts_with = "append")]
    pub(crate) long: bool,
    /// Print the table's own columns, and the labels behind them
    #[arg(long)]
    pub(crate) append: bool,
    #[command(flatten)]
    pub(crate) labelling: Labelling,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What the columns of a table of labelled texts are called.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct LabelColumns {
    /// The column or field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) text_column: String,
    /// The column or field that holds the id
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(crate) id_column: String,
    /// The column or field that holds the labels, ids between semicolons
    #[arg(long, value_name = "NAME", default_value = "labels")]
    pub(crate) labels_column: String,
    /// The column or field that says what document a text is of: its texts are learned from, and
    /// drawn for intervals, together
    #[arg(long, value_name = "NAME", default_value = "source")]
    pub(crate) source_column: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Train {
    /// Labelled texts: CSV with a header line, or JSON Lines; labels are ids between semicolons
    #[arg(required = true, value_name = "LABELS")]
    pub(crate) labels: Vec<PathBuf>,
    /// The taxonomy that the labels are of [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) taxonomy: Option<PathBuf>,
    /// The file of weights to write
    #[arg(long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Write the labels of each text, by weights learned without its source, to this CSV: what the
    /// figures are of
    #[arg(long, value_name = "FILE")]
    pub(crate) held_out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) columns: LabelColumns,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Evaluate {
    /// Texts with the labels that count as right: CSV with a header line, or JSON Lines
    #[arg(value_name = "GOLD")]
    pub(crate) gold: PathBuf,
    /// Labels of the same ids by someone else: measure these, and how far the two agree
    #[arg(long, value_name = "FILE", conflicts_with_all = ["taxonomy", "weights", "rules_only"])]
    pub(crate) against: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) columns: LabelColumns,
    /// Measure only the texts whose column `drawn` says this: `random`, of a table of `label`
    #[arg(long, value_name = "HOW", conflicts_with = "against", value_parser = ["random", "uncertain"])]
    pub(crate) drawn: Option<String>,
    /// How many of the worst errors to show
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) errors: usize,
    #[command(flatten)]
    pub(crate) labelling: Labelling,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Taxonomy {
    /// List the priorities of a taxonomy, or the terms of one
    Show(TaxonomyShow),
    /// Find what a taxonomy can hardly mean: terms that never count, repetitions, clashes
    Lint(TaxonomyLint),
    /// Make a taxonomy of a file of another program: SKOS, CSV, LIWC, Lexicoder
    Import(TaxonomyImport),
    /// List which passages of the index change their labels by another taxonomy, before it is taken
    Diff(TaxonomyDiff),
    /// Write a taxonomy as SKOS for other programs, or the built-in one as a start for your own
    Export(TaxonomyExport),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TaxonomyShow {
    /// The taxonomy [default: the built-in one]
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// List the terms of this priority, by its id
    #[arg(long, value_name = "ID")]
    pub(crate) priority: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TaxonomyLint {
    /// The taxonomy [default: the built-in one]
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TaxonomyImport {
    /// The file: .ttl, .jsonld, .csv, .dic or .lcd
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How it is written [default: as its name says]
    #[arg(long, value_name = "FORMAT", value_parser = import_format())]
    pub(crate) from: Option<ImportFormat>,
    /// Of SKOS, the language of the labels to take, such as en or fr [default: en, else those of
    /// none]
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// Leave terms out that cannot be taken over, and name them
    #[arg(long)]
    pub(crate) leave_out: bool,
    /// Write to this file, which is replaced only once all is written [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

fn import_format() -> impl TypedValueParser<Value = ImportFormat> {
    PossibleValuesParser::new(ImportFormat::NAMED.map(|(name, _)| name)).try_map(|name| {
        ImportFormat::from_name(&name).ok_or_else(|| format!("there is no format `{name}`"))
    })
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TaxonomyExport {
    /// The taxonomy [default: the built-in one]
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value = "turtle")]
    pub(crate) format: ExportKind,
    /// Write to this file, which is replaced only once all is written [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportKind {
    /// SKOS in Turtle
    Turtle,
    /// SKOS in JSON-LD
    Jsonld,
    /// The taxonomy's own form
    Toml,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TaxonomyDiff {
    /// The taxonomy that is left; `default` is the built-in one
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The taxonomy that is taken
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// Weights of either taxonomy; the built-in one has its own
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Vec<PathBuf>,
    /// Label by the rules of both alone
    #[arg(long, conflicts_with = "weights")]
    pub(crate) rules_only: bool,
    /// Count changes by this instead of listing them
    #[arg(long, value_name = "GROUPING", value_delimiter = ',', value_parser = super::grouping())]
    pub(crate) by: Vec<GroupBy>,
    /// Look only at the passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Label {
    /// Ask for the labels of passages, one after the other, and keep the answers
    Ask(LabelAsk),
    /// Write passages to a table, to be labelled in a spreadsheet
    Draw(LabelDraw),
    /// Keep the labels that a table was given
    Add(LabelAdd),
}

/// Which passages are worth a label.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct Drawing {
    /// How many passages
    #[arg(short, long = "number", default_value_t = 20, value_name = "N")]
    pub(crate) n: usize,
    /// The share of them that chance draws, 0 to 1; figures are honest of these alone
    #[arg(long, default_value_t = 0.3, value_name = "SHARE", value_parser = share)]
    pub(crate) random: f64,
    /// What chance goes by: the same seed draws the same
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub(crate) seed: u64,
    /// Draw only among the passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) labelling: Labelling,
}

fn share(written: &str) -> Result<f64, String> {
    match written.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        Ok(_) | Err(_) => Err("write a share, 0 to 1".to_owned()),
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct LabelAsk {
    /// The table of labels: made if there is none, else added to
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    #[command(flatten)]
    pub(crate) drawing: Drawing,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct LabelDraw {
    /// The table of labels that there are: what is in it is not drawn again, but by chance what doubt
    /// drew
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) drawing: Drawing,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct LabelAdd {
    /// The table as `draw` wrote it, its column `labels` filled in: ids between semicolons, `none` for
    /// no label; rows left empty are passed over
    #[arg(value_name = "SHEET")]
    pub(crate) sheet: PathBuf,
    /// The table of labels: made if there is none, else added to
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// The taxonomy that the labels are of [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) taxonomy: Option<PathBuf>,
}
