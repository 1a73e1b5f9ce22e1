use crate::Outcome;
use onrecord_model::{
    AnnotatedDocument, Block, BlockKind, Document, DocumentId, Metadata, Span, Speaker,
};
use onrecord_text::{canonicalize, segment};
use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The folder of real texts, if they are to be used.
const FOLDER_VARIABLE: &str = "ONRECORD_BENCH_DATA";

/// Its parts: folders of plain text, and a file of one JSON object a line.
const REAL_PARTS: [&str; 3] = ["whitehouse", "presidential", "ungdc-sessions-50-74.jsonl.gz"];

/// How often the sample corpus is repeated, for times that can be measured.
const SAMPLE_COPIES: usize = 60;

/// Documents cut into passages, as both sides index them.
pub struct Corpus {
    name: String,
    pub documents: Vec<AnnotatedDocument>,
}

impl Corpus {
    /// Reads the real texts where they are given, else the sample corpus some times over.
    pub fn load() -> Outcome<Self> {
        let (name, files, copies) = match std::env::var_os(FOLDER_VARIABLE) {
            Some(folder) => {
                let parts = REAL_PARTS.map(|part| Path::new(&folder).join(part));
                (format!("real, of {FOLDER_VARIABLE}"), parts.to_vec(), 1)
            }
            None => {
                let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
                let name = format!(
                    "the sample corpus {SAMPLE_COPIES} times ({FOLDER_VARIABLE} is not set)"
                );
                (name, vec![sample], SAMPLE_COPIES)
            }
        };
        let mut texts = Vec::new();
        for file in &files {
            read(file, &mut texts)?;
        }
        let documents = (0..copies)
            .flat_map(|copy| texts.iter().enumerate().map(move |(at, text)| (copy, at, text)))
            .map(|(copy, at, text)| {
                annotated(DocumentId::new("bench", &format!("{copy}/{at}"), None), text)
            })
            .collect();
        Ok(Self { name, documents })
    }

    /// Returns the bytes of all texts.
    pub fn n_bytes(&self) -> u64 {
        self.documents.iter().map(|annotated| annotated.document.text().len() as u64).sum()
    }

    /// Returns each passage's text and the name of its speaker.
    pub fn passages(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.documents.iter().flat_map(|AnnotatedDocument { document, passages, .. }| {
            passages.iter().map(|passage| {
                let speaker = passage.speaker.as_ref().map(|speaker| &*speaker.name);
                (document.slice(passage.span), speaker)
            })
        })
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.n_bytes() as f64 / 1e6;
        let (n_documents, n_passages) = (self.documents.len(), self.passages().count());
        write!(
            f,
            "{}: {n_documents} documents, {n_passages} passages, {megabytes:.1} MB",
            self.name
        )
    }
}

/// A text and who speaks in it.
struct Text {
    speaker: String,
    text: String,
}

/// Reads a file, or the files of a folder in the order of their names.
fn read(path: &Path, texts: &mut Vec<Text>) -> Outcome {
    if path.is_dir() {
        let files: Result<Vec<PathBuf>, _> =
            fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect();
        let mut files = files?;
        files.sort();
        return files.iter().try_for_each(|file| read(file, texts));
    }
    let open = || File::open(path).map_err(|error| format!("{}: {error}", path.display()));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.ends_with(".jsonl.gz") {
        read_lines(BufReader::new(flate2::read::GzDecoder::new(open()?)), texts)
    } else if name.ends_with(".jsonl") {
        read_lines(BufReader::new(open()?), texts)
    } else if name.ends_with(".txt") || name.ends_with(".md") {
        let mut bytes = Vec::new();
        open()?.read_to_end(&mut bytes)?;
        texts.push(plain_text(path, &String::from_utf8_lossy(&bytes)));
        Ok(())
    } else {
        Ok(())
    }
}

/// Takes the speaker from the first line where it names a president, else from the folder.
fn plain_text(path: &Path, text: &str) -> Text {
    let named = text.lines().next().and_then(|line| line.strip_prefix("President: "));
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let speaker =
        named.map_or_else(|| format!("speaker of {folder}"), |name| name.trim().to_owned());
    Text { speaker, text: text.to_owned() }
}

fn read_lines(lines: impl BufRead, texts: &mut Vec<Text>) -> Outcome {
    for line in lines.lines() {
        let object: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| object[name].as_str().unwrap_or_default().to_owned();
        texts.push(Text { speaker: field("speaker"), text: field("text") });
    }
    Ok(())
}

/// Makes a document of a text: each run of lines up to a blank one is a paragraph.
fn annotated(id: DocumentId, text: &Text) -> AnnotatedDocument {
    let canonical = canonicalize(&text.text).text;
    let mut blocks = Vec::new();
    let mut open: Option<Span> = None;
    let mut start = 0;
    for line in canonical.split_inclusive('\n') {
        let visible = line.trim();
        let indent = line.len() - line.trim_start().len();
        let span = Span::from_range(start + indent..start + indent + visible.len());
        start += line.len();
        open = match open {
            _ if !visible.is_empty() => {
                Some(Span::new(open.map_or(span.start, |block| block.start), span.end))
            }
            Some(block) => {
                blocks.push(Block::new(block, BlockKind::Paragraph));
                None
            }
            None => None,
        };
    }
    blocks.extend(open.map(|block| Block::new(block, BlockKind::Paragraph)));
    let speaker = (!text.speaker.is_empty()).then(|| Speaker::from_name(&text.speaker));
    let metadata = Metadata { speaker, ..Metadata::default() };
    let document = Document::new(id, metadata, canonical.into(), blocks);
    let passages = segment(&document);
    AnnotatedDocument { document, passages, quotes: Vec::new(), labels: Vec::new() }
}
