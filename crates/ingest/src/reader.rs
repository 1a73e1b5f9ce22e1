//! Files to records.

use crate::corrections::Ledger;
use crate::decode::{Transcoder, detect_encoding};
use crate::format::{
    Cut, Format, LineRead, MailboxCut, TEXT_KEYS, detect, format_note, is_gzip, message_id_of,
    read_line, row_reader,
};
use crate::metadata::companions::{Companions, Tables};
use crate::record::{Content, Origin, is_utf_16};
use crate::sandbox::Sandbox;
use crate::{FileReport, Problem, ReadDocument, Record, SourceFile, hash_file};
use encoding_rs::{Encoding, UTF_8};
use flate2::bufread::MultiGzDecoder;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::SystemTime;

/// The version of the reader: documents of the same bytes differ only with it.
pub const READER_VERSION: &str = "onrecord-ingest/7";

/// The most bytes, after decompression, of a file that is one document, a line or a row: 64 MiB.
pub const MAX_RECORD_BYTES: usize = 64 << 20;

/// Files up to this size are read into memory once: 4 MiB.
const SMALL_FILE: u64 = 4 << 20;

/// Bytes looked at to tell a format and an encoding.
const HEAD_BYTES: usize = 64 << 10;

/// How files are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderOptions {
    /// For JSON Lines and CSV: a key or column of the source, and the field that it stands for,
    /// such as `speech_body` and `text`. The names known without it are listed with
    /// [`Metadata`](onrecord_model::Metadata); any other becomes an extra field.
    pub columns: BTreeMap<String, String>,
}

/// Reads files; shared by threads.
#[derive(Debug, Default)]
pub struct Reader {
    options: Arc<ReaderOptions>,
    tables: Tables,
    sandbox: Option<Arc<Sandbox>>,
    ledger: Arc<Ledger>,
}

impl Reader {
    /// Makes a reader.
    pub fn new(options: ReaderOptions) -> Self {
        Self { options: Arc::new(options), ..Self::default() }
    }

    /// Has all formats but plain text, lines and rows read in processes of their own.
    #[must_use]
    pub fn in_sandbox(self, sandbox: Arc<Sandbox>) -> Self {
        Self { sandbox: Some(sandbox), ..self }
    }

    /// Has documents corrected as a ledger says.
    #[must_use]
    pub fn corrected_by(self, ledger: Arc<Ledger>) -> Self {
        Self { ledger, ..self }
    }

    /// Returns the options that the reader was made with.
    pub fn options(&self) -> &ReaderOptions {
        &self.options
    }

    pub(crate) fn companions(&self, file: &SourceFile) -> Companions {
        self.tables.companions(file)
    }

    /// Cuts a file into records, in the file's order, until `on_record` breaks off.
    ///
    /// The report holds what went wrong on the way; what becomes of the records is to be added
    /// with [`FileReport::count`].
    pub fn read(
        &self,
        file: &SourceFile,
        on_record: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> FileReport {
        let mut report = FileReport::default();
        let before = Stamp::of(file);
        let opened = open(file, &before, &mut report);
        let outcome =
            opened.and_then(|stream| self.cut_stream(file, stream, &mut report, on_record));
        note_failure(outcome, &mut report);
        report.changed_while_read = Stamp::of(file).ok() != before.ok();
        report
    }

    /// Cuts bytes in memory into records, as [`Reader::read`] does those of a file.
    ///
    /// `file` gives the name that the format and the documents' ids may follow from, and what is
    /// given beside it is taken; the file itself is not opened and need not be there.
    pub fn read_bytes(
        &self,
        file: &SourceFile,
        bytes: Vec<u8>,
        on_record: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> FileReport {
        let file_hash = *blake3::hash(&bytes).as_bytes();
        let mut report = FileReport { file_hash, ..FileReport::default() };
        let outcome = self.cut_stream(file, Box::new(Cursor::new(bytes)), &mut report, on_record);
        note_failure(outcome, &mut report);
        report
    }

    /// Reads a file's documents on this thread, in the file's order.
    ///
    /// The second of two documents of one id is refused, with the lines of both.
    pub fn read_documents(
        &self,
        file: &SourceFile,
        on_document: &mut dyn FnMut(ReadDocument),
    ) -> FileReport {
        let mut outcomes = FileReport::default();
        let mut identities = crate::Identities::new();
        let mut report = self.read(file, &mut |record| {
            let outcome = record.into_document().and_then(|read| {
                identities.check(&read.document)?;
                Ok(read)
            });
            outcomes.count(&outcome);
            if let Ok(read) = outcome {
                on_document(read);
            }
            ControlFlow::Continue(())
        });
        report.n_documents = outcomes.n_documents;
        let unkept = outcomes.n_problems - outcomes.problems.len() as u64;
        outcomes.problems.into_iter().for_each(|problem| report.add(problem));
        report.n_problems += unkept;
        report
    }

    fn cut_stream(
        &self,
        file: &SourceFile,
        stream: Box<dyn BufRead>,
        report: &mut FileReport,
        on_record: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> io::Result<()> {
        let (head, stream) = Head::of(unpacked(stream)?.0)?;
        let companions = self.companions(file);
        companions.problems.into_iter().for_each(|problem| report.add(problem));
        match detect(&file.path, &head.bytes, &head.text()) {
            Err(reason) => report.add(Problem::of_file(reason)),
            Ok(format) => {
                let mut given = companions.fields;
                let note = format_note(&file.path, format);
                given.extend(note.map(|note| ("format_note".to_owned(), note)));
                let origin = Arc::new(Origin {
                    file: file.clone(),
                    format,
                    encoding: if format.is_text() { head.encoding } else { UTF_8 },
                    blake3: report.file_hash,
                    given,
                    options: self.options.clone(),
                    sandbox: self.sandbox.clone(),
                    corrections: self.ledger.of_file(&file.key()).to_vec(),
                    ledger: self.ledger.clone(),
                });
                cut(&origin, stream, report, on_record)?;
            }
        }
        Ok(())
    }
}

/// Opens a file and takes its hash; a small one is read into memory once.
fn open(
    file: &SourceFile,
    stamp: &io::Result<Stamp>,
    report: &mut FileReport,
) -> io::Result<Box<dyn BufRead>> {
    let stamp = stamp.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
    if stamp.n_bytes <= SMALL_FILE {
        let bytes = fs::read(&file.path)?;
        report.file_hash = *blake3::hash(&bytes).as_bytes();
        return Ok(Box::new(Cursor::new(bytes)));
    }
    report.file_hash = hash_file(&file.path)?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(&file.path)?)))
}

/// Notes that the system stopped the reading.
fn note_failure(outcome: io::Result<()>, report: &mut FileReport) {
    if let Err(error) = outcome {
        report.failed = true;
        report.add(Problem::of_file(error.to_string().to_lowercase()));
    }
}

/// Unpacks a stream if it is gzip, and tells whether it was.
pub(crate) fn unpacked(mut stream: Box<dyn BufRead>) -> io::Result<(Box<dyn BufRead>, bool)> {
    if !is_gzip(stream.fill_buf()?) {
        return Ok((stream, false));
    }
    let unpacked = MultiGzDecoder::new(stream);
    Ok((Box::new(BufReader::with_capacity(1 << 16, unpacked)), true))
}

/// Reads UTF-16 as UTF-8, and leaves other encodings as they are.
pub(crate) fn transcoded(
    stream: Box<dyn BufRead>,
    encoding: &'static Encoding,
) -> Box<dyn BufRead> {
    if is_utf_16(encoding) {
        Box::new(BufReader::new(Transcoder::new(stream, encoding)))
    } else {
        stream
    }
}

/// What tells that a file was changed.
#[derive(PartialEq, Eq)]
struct Stamp {
    n_bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(file: &SourceFile) -> io::Result<Self> {
        let metadata = fs::metadata(&file.path)?;
        Ok(Self { n_bytes: metadata.len(), modified: metadata.modified().ok() })
    }
}

/// The first bytes of a file, unpacked.
pub(crate) struct Head {
    pub(crate) bytes: Vec<u8>,
    pub(crate) encoding: &'static Encoding,
}

impl Head {
    pub(crate) fn of(mut stream: Box<dyn BufRead>) -> io::Result<(Self, Box<dyn BufRead>)> {
        let mut bytes = Vec::new();
        let outcome = (&mut stream).take(HEAD_BYTES as u64).read_to_end(&mut bytes);
        let error = outcome.err().filter(|error| bytes.is_empty() || !is_truncation(error));
        if let Some(error) = error {
            return Err(error);
        }
        let encoding = detect_encoding(&bytes, bytes.len() < HEAD_BYTES);
        let stream = Box::new(Cursor::new(bytes.clone()).chain(stream));
        Ok((Self { bytes, encoding }, stream))
    }

    pub(crate) fn text(&self) -> String {
        let sample = self.bytes.get(..self.bytes.len().min(8192)).unwrap_or_default();
        self.encoding.decode_without_bom_handling(sample).0.into_owned()
    }
}

/// Tells whether an error says that a compressed file ends too early or is damaged further on.
pub(crate) fn is_truncation(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
    )
}

fn cut(
    origin: &Arc<Origin>,
    stream: Box<dyn BufRead>,
    report: &mut FileReport,
    on_record: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> io::Result<()> {
    let has_lines = origin.format.holds_many() || origin.format == Format::Mail;
    let stream = if has_lines { transcoded(stream, origin.encoding) } else { stream };
    if let Format::Rows(delimiter) = origin.format {
        cut_rows(origin, stream, delimiter, report, on_record)
    } else if origin.format == Format::JsonLines {
        cut_lines(origin, stream, report, on_record)
    } else if origin.format == Format::Mailbox {
        cut_mailbox(origin, stream, report, on_record)
    } else {
        read_whole(origin, stream, report, on_record)
    }
}

fn read_whole(
    origin: &Arc<Origin>,
    stream: Box<dyn BufRead>,
    report: &mut FileReport,
    on_record: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    match stream.take(MAX_RECORD_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Err(error) if is_truncation(&error) && !bytes.is_empty() => {
            report.add(Problem::of_file(format!(
                "damaged or cut off after {} bytes: {error}",
                bytes.len()
            )));
        }
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    if bytes.len() > MAX_RECORD_BYTES {
        report.add(Problem::of_file(format!(
            "longer than the {MAX_RECORD_BYTES} bytes that one document may have: split it, or use one line of a .jsonl file for each document"
        )));
    } else {
        // Breaking off has no effect after the only record.
        let _ = on_record(Record::new(origin, None, Content::Whole(bytes)));
    }
    Ok(())
}

fn cut_lines(
    origin: &Arc<Origin>,
    mut stream: Box<dyn BufRead>,
    report: &mut FileReport,
    on_record: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1_u64.. {
        let problem = |reason: String| Problem::of_record(Some(number), reason);
        match read_line(&mut *stream, &mut line, MAX_RECORD_BYTES) {
            Ok(LineRead::End) => break,
            Ok(LineRead::TooLong) => report.add(problem(format!(
                "longer than the {MAX_RECORD_BYTES} bytes that one line may have"
            ))),
            Ok(LineRead::Line) => {
                let content = line.trim_ascii();
                let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
                if content.is_empty() {
                    continue;
                }
                let record = Record::new(origin, Some(number), Content::Line(content.to_vec()));
                if on_record(record).is_break() {
                    break;
                }
            }
            Err(error) if is_truncation(&error) => {
                report.add(problem(format!("damaged or cut off here: {error}")));
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn cut_mailbox(
    origin: &Arc<Origin>,
    stream: Box<dyn BufRead>,
    report: &mut FileReport,
    on_record: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut mailbox = MailboxCut::new(stream, MAX_RECORD_BYTES);
    let mut message = Vec::new();
    let mut n_of_id: BTreeMap<[u8; 32], u32> = BTreeMap::new();
    loop {
        let cut = match mailbox.next_message(&mut message) {
            Ok(None) => break,
            Ok(Some(cut)) => cut,
            Err(error) if is_truncation(&error) => {
                let reason = format!("damaged or cut off here: {error}");
                report.add(Problem::of_record(Some(mailbox.line() + 1), reason));
                match mailbox.rest(&mut message) {
                    Some(cut) => cut,
                    None => break,
                }
            }
            Err(error) => return Err(error),
        };
        match cut {
            Cut::TooLong(line) => report.add(Problem::of_record(
                Some(line),
                format!("longer than the {MAX_RECORD_BYTES} bytes that one message may have"),
            )),
            Cut::Message(line, bytes) => {
                let nth_of_id = message_id_of(&bytes).map_or(1, |id| {
                    let n = n_of_id.entry(*blake3::hash(&id).as_bytes()).or_default();
                    *n = n.saturating_add(1);
                    *n
                });
                let content = Content::Message { bytes, nth_of_id };
                if on_record(Record::new(origin, Some(line), content)).is_break() {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// The most columns that a reason names.
const MAX_COLUMNS_NAMED: usize = 20;

/// Says that no column of a table holds the text, if so, and how to name one.
fn lacks_text(columns: &[String], options: &ReaderOptions) -> Option<String> {
    let stands_for = |column: &String| options.columns.get(column).unwrap_or(column).clone();
    let is_text = |name: String| TEXT_KEYS.iter().any(|text| name.eq_ignore_ascii_case(text));
    if columns.is_empty() || columns.iter().map(stands_for).any(is_text) {
        return None;
    }
    let mut named: Vec<String> =
        columns.iter().take(MAX_COLUMNS_NAMED).map(|column| format!("`{column}`")).collect();
    if columns.len() > MAX_COLUMNS_NAMED {
        named.push(format!("{} more", columns.len() - MAX_COLUMNS_NAMED));
    }
    Some(format!(
        "no column named {}: its columns are {}; say which one holds the text, as by \
         --column speech_body=text",
        TEXT_KEYS.join(", "),
        named.join(", ")
    ))
}

fn cut_rows(
    origin: &Arc<Origin>,
    stream: Box<dyn BufRead>,
    delimiter: u8,
    report: &mut FileReport,
    on_record: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut rows = row_reader(stream, delimiter, MAX_RECORD_BYTES as u64);
    let encoding = if is_utf_16(origin.encoding) { UTF_8 } else { origin.encoding };
    let columns: Arc<[String]> = match rows.reader.byte_headers() {
        Ok(headers) => headers
            .iter()
            .map(|name| encoding.decode_with_bom_removal(name).0.trim().to_owned())
            .collect(),
        Err(error) => {
            report.add(Problem::of_record(Some(1), damage(error)?));
            return Ok(());
        }
    };
    if let Some(reason) = lacks_text(&columns, &origin.options) {
        report.add(Problem::of_file(reason));
        return Ok(());
    }
    // The last row, if a field of it runs over several lines.
    let mut running_on = None;
    loop {
        let line = rows.reader.position().line();
        match rows.next_row() {
            Ok(None) => {
                if let Some(number) = running_on.filter(|_| rows.has_odd_quotes()) {
                    let reason = "a quotation mark opens a field and none closes it: the rows behind it were taken into it";
                    report.add(Problem::of_record(Some(number), reason));
                }
                break;
            }
            Ok(Some(fields)) => {
                let runs_on = fields.as_slice().contains(&b'\n');
                running_on = runs_on.then(|| fields.position().map_or(line, csv::Position::line));
                let number = fields.position().map_or(line, csv::Position::line);
                let content = Content::Row { columns: columns.clone(), fields };
                if on_record(Record::new(origin, Some(number), content)).is_break() {
                    break;
                }
            }
            Err(error) => {
                let reason = format!("damaged or cut off here: {}", damage(error)?);
                report.add(Problem::of_record(Some(line), reason));
                break;
            }
        }
    }
    Ok(())
}

/// Returns what is wrong with rows; fails where it was the reading that went wrong.
fn damage(error: csv::Error) -> io::Result<String> {
    if let csv::ErrorKind::Io(of_reading) = error.kind()
        && !is_truncation(of_reading)
    {
        return Err(error.into());
    }
    Ok(error.to_string())
}
