mod counting;
mod hits;
mod kwic;
mod labelling;
mod late;
mod prior;
mod relevance;
mod reports;
mod reuse;
mod saved;
mod similar;
mod trend;

pub(crate) use counting::{Collocates, Keyness, Words};
pub(crate) use hits::{Narrowing, Presentation};
pub(crate) use kwic::Kwic;
pub(crate) use labelling::{
    Classify, Drawing, Evaluate, Explain, ExportKind, Label, LabelAdd, LabelAsk, LabelDraw,
    Labelling, Relabel, Taxonomy, TaxonomyDiff, TaxonomyExport, TaxonomyImport, TaxonomyLint,
    TaxonomyShow, Train,
};
pub(crate) use late::Late;
pub(crate) use prior::Prior;
pub(crate) use relevance::EvalSearch;
use reports::grouping;
pub(crate) use reports::{Making, Report, ReportAll, ReportColumnsOf, ReportRerun};
pub(crate) use reuse::{Reuse, ReuseLine, ReusePassages};
pub(crate) use saved::{Alerts, Save, Saved, SavedCommand, SavedList, SavedShow};
pub(crate) use similar::Similar;
pub(crate) use trend::{Trend, TrendMeasure, TrendSort};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use onrecord_ingest::{HELPER_COMMAND, READ_COMMAND};
use onrecord_model::{CivilDate, QuoteKind};
use onrecord_query::parse::{Match, Syntax};
use onrecord_report::Format;
use std::ffi::OsString;
use std::ops::Range;
use std::path::PathBuf;

/// Find, count and cite what was said: an index of speeches and fact sheets, offline.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100, disable_help_subcommand = false)]
#[command(
    after_help = "Exit codes: 0 done, 1 nothing found, or damage or findings, 2 error, 3 done but some \
                        input was partial or skipped."
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct Global {
    /// The folder of the index [default: ONRECORD_INDEX, `index` in onrecord.toml, then ./index]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) index: Option<PathBuf>,
    /// Print answers and errors only
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read speeches into the index; what is there already is only brought up to date
    Index(Late<Index>),
    /// Label the documents of the index anew, by another taxonomy or other weights; no file is read
    Relabel(Late<Relabel>),
    /// Find passages
    Search(Late<Search>),
    /// List every match of a query with the words left and right of it, one below the other
    Kwic(Late<Kwic>),
    /// Find the passages that are most like one, or like a text of your own
    Similar(Late<Similar>),
    /// Save a query under a name, to be told of what is new
    Save(Late<Save>),
    /// List, show and remove saved queries
    Saved(Late<Saved>),
    /// List the passages that saved queries find and have not reported before
    Alerts(Late<Alerts>),
    /// List quotations and who said them
    Quotes(Late<Quotes>),
    /// Find who said a half-remembered line, and how it was really worded
    Find(Late<Find>),
    /// Trace words through the corpus: who used them first, and who again
    #[command(subcommand)]
    Reuse(Late<Reuse>),
    /// Show a document, or one passage of it, with its labels and their evidence
    Show(Late<Show>),
    /// Explain the labels of a passage: terms, weights, what would change without each
    Explain(Late<Explain>),
    /// Cite a document, a passage of it or words in it: Chicago, APA, Bluebook, CSL-JSON, BibTeX,
    /// RIS
    Cite(Late<Cite>),
    /// Check every quotation of a draft against the index
    Check(Late<Check>),
    /// Count a query's matches by year, quarter, month, speaker or kind, and compare queries
    Trend(Late<Trend>),
    /// List what was said before on what a draft says, and where a number, a modal or a negation differs
    Prior(Late<Prior>),
    /// Make reports: tables, pages and charts that can be made again
    #[command(subcommand)]
    Report(Late<Report>),
    /// List the most frequent words, or runs of words
    Words(Late<Words>),
    /// Compare the words of one part of the corpus with those of another: what is more frequent where
    Keyness(Late<Keyness>),
    /// List the words that stand near what a query matches, and how far that is chance
    Collocates(Late<Collocates>),
    /// Show, check and exchange taxonomies: what counts as a priority
    #[command(subcommand)]
    Taxonomy(Late<Taxonomy>),
    /// Draw passages that are worth a label by a person, ask for it, keep it
    #[command(subcommand)]
    Label(Late<Label>),
    /// Label the texts of a table, without an index
    Classify(Late<Classify>),
    /// Learn to label from texts that you labelled, and say how good that is
    Train(Late<Train>),
    /// Measure labels against those that people gave, or compare two people's
    Evaluate(Late<Evaluate>),
    /// Measure how well searches rank, by queries and judgements of what is relevant to them
    EvalSearch(Late<EvalSearch>),
    /// Propose a list of persons, speakers.toml, from the names in a corpus
    Speakers(Late<Speakers>),
    /// Compare every file of the index with what was written
    Verify(Late<Verify>),
    /// List what is amiss with the documents of the index: gaps, doubts and repetitions
    Doctor(Late<Doctor>),
    /// List the documents of the index, one JSON object a line
    Dump,
    /// Index the sample corpus, ask it three questions and count its priorities
    Demo(Late<Demo>),
    /// Print a script that completes commands in a shell
    Completions(Late<Completions>),
    /// Read documents for the process that started this one
    #[command(hide = true, name = READ_COMMAND)]
    Read(Parent),
    /// Become a program that such a process needs
    #[command(hide = true, name = HELPER_COMMAND)]
    Helper(Helper),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Parent {
    /// The number of the process that started this one
    pub(crate) parent: u32,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Helper {
    #[command(flatten)]
    pub(crate) parent: Parent,
    /// The program to become
    pub(crate) program: OsString,
    /// Its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) arguments: Vec<OsString>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Index {
    /// Folders and files to read
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) labelling: Labelling,
    /// A list of persons that goes over the speakers.toml of the folders and over the public
    /// figures that are known; docs/speakers.md says how to write it
    #[arg(long, value_name = "FILE")]
    pub(crate) speakers: Option<PathBuf>,
    /// For JSON Lines and CSV: the field that holds what, such as speech_body=text; may be repeated
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = parse_column)]
    pub(crate) column: Vec<(String, String)>,
    /// Corrections beside those in the `corrections.toml` of each PATH; docs/corrections.md says how
    /// to write them
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    /// How many threads read and write [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    /// Build the index without quotations and what `find` looks lines up in: smaller and faster;
    /// `quotes` then has nothing to list, and `find` is slower
    #[arg(long)]
    pub(crate) no_quotes: bool,
    /// Stay, and take up what is new, changed or gone within seconds; end it with Ctrl-C
    #[arg(long)]
    pub(crate) watch: bool,
    /// `json` prints the summary as one object, the last line of the output
    #[arg(long, value_enum)]
    pub(crate) format: Option<SummaryFormat>,
}

fn parse_column(written: &str) -> Result<(String, String), String> {
    match written.split_once('=') {
        Some((column, field)) if !column.is_empty() && !field.is_empty() => {
            Ok((column.to_owned(), field.to_owned()))
        }
        _ => Err("write it as COLUMN=FIELD, such as speech_body=text".to_owned()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SummaryFormat {
    Text,
    Json,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Search {
    /// The query, such as: cyber norms "open internet" speaker:vale date:2011
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// What words side by side mean: all of them, or any
    #[arg(long = "match", value_enum, default_value = "all", value_name = "ALL|ANY")]
    pub(crate) matching: Matching,
    /// The language of the query: that of docs/query-syntax.md, or the part of the corpus query
    /// language described there: [word="cyber.*"] []{0,3} [stem="norms"] within s
    #[arg(long, value_enum, default_value = "onrecord")]
    pub(crate) syntax: QuerySyntax,
    /// Say what the query means and what each part of it finds, instead of searching
    #[arg(long)]
    pub(crate) explain_query: bool,
    /// How many hits to print; 0 prints all
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) limit: usize,
    /// How many of the first hits to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) offset: usize,
    #[command(flatten)]
    pub(crate) narrowing: Narrowing,
    #[command(flatten)]
    pub(crate) presentation: Presentation,
    /// Take hits with the same words in copies and other transcripts of one speech as one
    #[arg(long, conflicts_with = "group_by")]
    pub(crate) fold_duplicates: bool,
    /// Tell of each hit what its score is made of
    #[arg(long)]
    pub(crate) explain_score: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What says which quotations of an index are listed.
const OF_AN_INDEX: [&str; 7] = ["query", "speaker", "quoted", "priority", "since", "until", "kind"];

#[derive(Debug, ClapArgs)]
pub(crate) struct Quotes {
    /// List only the quotations in passages that this query finds
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Only those in the words of a speaker of this name
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,
    /// Only those of the words of a person or body of this name
    #[arg(long, value_name = "NAME")]
    pub(crate) quoted: Option<String>,
    /// Only those in passages with this priority, by its id or label
    #[arg(long, value_name = "PRIORITY")]
    pub(crate) priority: Option<String>,
    /// Only those in documents from this day, month or year on: 2011-07-14, 2011-07, 2011
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<CivilDate>,
    /// Only those in documents up to this day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<CivilDate>,
    /// Only those of this kind
    #[arg(long, value_name = "KIND", value_parser = named(QuoteKind::ALL, QuoteKind::name))]
    pub(crate) kind: Option<QuoteKind>,
    /// List the quotations of this text instead, without an index; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = OF_AN_INDEX)]
    pub(crate) text: Vec<PathBuf>,
    /// List the quotations of the text in each line of this file of JSON objects instead
    #[arg(long, value_name = "FILE", conflicts_with_all = OF_AN_INDEX)]
    pub(crate) jsonl: Option<PathBuf>,
    /// The field of the objects that holds the text
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    pub(crate) text_field: String,
    /// A list of persons that goes over the public figures, for --text and --jsonl
    #[arg(long, value_name = "FILE", conflicts_with_all = OF_AN_INDEX)]
    pub(crate) speakers: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Reads one of some values by its name; help and completions list the names.
fn named<T: Copy + Send + Sync + 'static, const N: usize>(
    values: [T; N],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(values.map(name)).try_map(move |written| {
        let value = values.into_iter().find(|value| name(*value).eq_ignore_ascii_case(&written));
        value.ok_or_else(|| format!("there is no `{written}`"))
    })
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Find {
    /// The line as it is remembered, such as: we will not rest until the harbour is deep
    #[arg(required = true, value_name = "LINE")]
    pub(crate) line: Vec<String>,
    /// How many wordings to print
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(crate) limit: u16,
    /// Look only at what a speaker said whose name holds these words
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Matching {
    All,
    Any,
}

impl From<Matching> for Match {
    fn from(matching: Matching) -> Self {
        match matching {
            Matching::All => Self::All,
            Matching::Any => Self::Any,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum QuerySyntax {
    Onrecord,
    Cql,
}

impl From<QuerySyntax> for Syntax {
    fn from(syntax: QuerySyntax) -> Self {
        match syntax {
            QuerySyntax::Onrecord => Self::Onrecord,
            QuerySyntax::Cql => Self::Cql,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Show {
    /// The id of the document, as `search` prints it
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: String,
    /// Only the passage of this number
    #[arg(long, value_name = "N")]
    pub(crate) passage: Option<u32>,
    /// Where the passages stand in their file, in bytes; the file is read again for it
    #[arg(long)]
    pub(crate) source_span: bool,
    /// `json` prints one object
    #[arg(long, value_enum)]
    pub(crate) format: Option<SummaryFormat>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Check {
    /// The draft: .docx, .odt, .md, .html, .txt, or any other format that is read; - for standard
    /// input
    #[arg(value_name = "DRAFT", required_unless_present = "jsonl")]
    pub(crate) draft: Option<PathBuf>,
    /// Check many drafts: JSON Lines, one draft a line, - for standard input; prints JSON Lines
    #[arg(long, value_name = "FILE", conflicts_with_all = ["draft", "html", "format"])]
    pub(crate) jsonl: Option<PathBuf>,
    /// For --jsonl: the field that holds the draft
    #[arg(long, value_name = "FIELD", default_value = "draft", requires = "jsonl")]
    pub(crate) text_field: String,
    /// Write the draft as a page with each quotation marked, and the record one click away
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// A list of persons that goes over the public figures that are known; as for `index`
    #[arg(long, value_name = "FILE")]
    pub(crate) speakers: Option<PathBuf>,
    /// Stay, and check the draft again each time it is saved; end it with Ctrl-C
    #[arg(long, conflicts_with = "jsonl")]
    pub(crate) watch: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Cite {
    /// The id of the document, as `search` shows it
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: String,
    /// Cite this passage, counted from 0
    #[arg(long, value_name = "N")]
    pub(crate) passage: Option<u32>,
    /// Cite these characters of the document, counted from 0, as `search` shows them: 120-185
    #[arg(long, value_name = "START-END", value_parser = parse_characters, conflicts_with = "passage")]
    pub(crate) characters: Option<Range<u32>>,
    /// The form; docs/citations.md says which rules each follows
    #[arg(long, value_enum, default_value = "all")]
    pub(crate) style: CiteStyle,
    /// `json` prints one object with all forms
    #[arg(long, value_enum)]
    pub(crate) format: Option<SummaryFormat>,
}

fn parse_characters(written: &str) -> Result<Range<u32>, String> {
    let ends = written
        .split_once('-')
        .and_then(|(start, end)| Some((start.trim().parse().ok()?, end.trim().parse().ok()?)));
    match ends {
        Some((start, end)) if start < end => Ok(start..end),
        Some(_) | None => Err("write them as START-END, such as 120-185".to_owned()),
    }
}

/// The forms of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CiteStyle {
    ChicagoNote,
    ChicagoBibliography,
    Apa,
    Bluebook,
    CslJson,
    Bibtex,
    Ris,
    Plain,
    All,
}

impl CiteStyle {
    /// All forms but [`All`](Self::All), in the order in which they are shown.
    pub(crate) const EACH: [Self; 8] = [
        Self::ChicagoNote,
        Self::ChicagoBibliography,
        Self::Apa,
        Self::Bluebook,
        Self::Plain,
        Self::CslJson,
        Self::Bibtex,
        Self::Ris,
    ];

    /// Returns the name to show.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::ChicagoNote => "Chicago, note",
            Self::ChicagoBibliography => "Chicago, bibliography",
            Self::Apa => "APA",
            Self::Bluebook => "Bluebook",
            Self::CslJson => "CSL-JSON",
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
            Self::Plain => "Plain",
            Self::All => "All",
        }
    }
}

/// Reads a format by its name.
fn format() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|format| format.name());
    PossibleValuesParser::new(names).try_map(|written| {
        Format::from_name(&written).ok_or_else(|| format!("there is no format `{written}`"))
    })
}

/// Where rows go, and how.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct Output {
    /// How to print [default: table on a terminal, else jsonl for hits and csv for reports]
    #[arg(long, value_parser = format())]
    pub(crate) format: Option<Format>,
    /// Write to this file, which is replaced only once all is written
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Guard text cells of csv and tsv against being read as formulas, and mark the file as UTF-8;
    /// xlsx needs no guard
    #[arg(long)]
    pub(crate) for_spreadsheet: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Speakers {
    /// Folders and files to read [default: what the index holds of its documents]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write to this file; one that is there is kept as it is, and what it lacks is added below
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Verify {
    /// `json` prints one object
    #[arg(long, value_enum)]
    pub(crate) format: Option<SummaryFormat>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Doctor {
    /// The day after which a date lies in the future, as 2026-07-14 [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<CivilDate>,
    /// List documents with fewer words of speech than this
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) min_words: u32,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Demo {
    /// The folder of the sample corpus
    #[arg(long, default_value = "corpus", value_name = "FOLDER")]
    pub(crate) corpus: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
