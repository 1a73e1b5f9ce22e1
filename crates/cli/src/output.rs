//! The one place that prints.

use crate::args::Output;
use anyhow::{Context, Result};
use onrecord_report::{About, Cell, Column, Format, Options, Writer};
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Prints an error on standard error, with the hints on lines of their own.
pub(crate) fn print_error(error: &anyhow::Error) {
    let mut message = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !message.contains(&cause) {
            message = format!("{message}: {cause}");
        }
    }
    // What cannot be printed here has no other place to go.
    let _ = writeln!(anstream::stderr(), "error: {message}");
}

/// Prints that the program itself failed, and where.
pub(crate) fn print_failure(place: &str) {
    let place = place.replace('\n', " ").replacen("panicked", "failed", 1);
    let _ = writeln!(
        anstream::stderr(),
        "error: the program {place}\nif it was reading an index, check it with: onrecord verify"
    );
}

/// Prints a line on standard error.
pub(crate) fn print_message(message: &str) {
    let _ = writeln!(anstream::stderr(), "{message}");
}

/// Tells whether an error is that the reader of our output has gone, which is no failure.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>();
        let report = match cause.downcast_ref::<onrecord_report::Error>() {
            Some(onrecord_report::Error::Output(error)) => Some(error),
            Some(_) | None => None,
        };
        let json =
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(report).map(io::Error::kind).or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// Returns standard output, buffered; colours are left out where it is no terminal or `NO_COLOR`
/// is set.
pub(crate) fn stdout() -> BufWriter<Box<dyn Write>> {
    BufWriter::with_capacity(1 << 16, Box::new(anstream::stdout().lock()))
}

/// Tells whether answers go to a person.
pub(crate) fn is_terminal(output: &Output) -> bool {
    output.output.is_none() && io::stdout().is_terminal()
}

/// Where rows go: standard output or what is no file, such as a pipe; or a file that appears once it
/// is whole.
pub(crate) enum Sink {
    Stream(BufWriter<Box<dyn Write>>),
    File { file: BufWriter<NamedTempFile>, path: PathBuf },
}

impl Sink {
    /// Opens the place that was asked for; `-` is standard output.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Self::Stream(BufWriter::new(Box::new(io::stdout().lock()))));
        };
        // A link is followed; what is no file, such as a pipe, is written to as it is.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let path = target.as_path();
        if path.exists() && !path.is_file() && !path.is_dir() {
            let device = File::options().write(true).open(path);
            let device = device.with_context(|| format!("cannot write to `{}`", path.display()))?;
            return Ok(Self::Stream(BufWriter::new(Box::new(device))));
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            Some(_) | None => Path::new("."),
        };
        let file = readable(&mut tempfile::Builder::new())
            .tempfile_in(folder)
            .with_context(|| format!("cannot write in the folder `{}`", folder.display()))?;
        Ok(Self::File { file: BufWriter::new(file), path: path.to_owned() })
    }

    /// Tells whether it is a file that will take its place.
    pub(crate) fn is_file(&self) -> bool {
        match self {
            Self::File { .. } => true,
            Self::Stream(_) => false,
        }
    }

    /// Ends the writing; a file takes its place.
    pub(crate) fn close(self) -> Result<()> {
        match self {
            Self::Stream(mut stream) => Ok(stream.flush()?),
            Self::File { file, path } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(&path)
                    .with_context(|| format!("cannot replace `{}`", path.display()))?;
                Ok(())
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::File { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File { file, .. } => file.flush(),
        }
    }
}

/// Lets a file be read by whom other new files can; temporary ones are private by default.
#[cfg(unix)]
fn readable<'a, 'b, 'c>(
    builder: &'c mut tempfile::Builder<'a, 'b>,
) -> &'c mut tempfile::Builder<'a, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666))
}

/// Leaves it to the folder who can read a file.
#[cfg(not(unix))]
fn readable<'a, 'b, 'c>(
    builder: &'c mut tempfile::Builder<'a, 'b>,
) -> &'c mut tempfile::Builder<'a, 'b> {
    builder
}

/// Writes an answer that people read; colours are left out in a file.
pub(crate) fn write_text(
    output: &Output,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    match output.output.as_deref() {
        Some(path) if path != Path::new("-") => {
            let mut sink = Sink::open(Some(path))?;
            let file: &mut dyn Write = &mut sink;
            write(&mut anstream::StripStream::new(file))?;
            sink.close()
        }
        Some(_) | None => {
            let mut out = stdout();
            write(&mut out)?;
            Ok(out.flush()?)
        }
    }
}

/// The width of a terminal that does not tell its size, in columns: that of the VT100.
const USUAL_WIDTH: u16 = 80;

/// Returns the width of the terminal, in columns, where there is one that tells it.
fn terminal_width() -> Option<u16> {
    terminal_size::terminal_size().map(|(width, _)| width.0)
}

/// Returns the width that lines are made for: that of the terminal, or a usual one.
pub(crate) fn width() -> u16 {
    line_width(USUAL_WIDTH)
}

/// Returns the width of the terminal, in columns; `usual` where there is none or it does not tell.
pub(crate) fn line_width(usual: u16) -> u16 {
    terminal_width().unwrap_or(usual)
}

/// Returns how wide a table may be, in columns of the terminal; none where it does not matter.
pub(crate) fn table_width(output: &Output) -> Option<u16> {
    terminal_width().or_else(|| is_terminal(output).then_some(USUAL_WIDTH))
}

/// Opens a writer of rows; `piped` is the format where none was asked for and no person looks.
pub(crate) fn open_rows(
    output: &Output,
    piped: Format,
    columns: &[Column],
) -> Result<Writer<Sink>> {
    let format = row_format(output, piped);
    check_output(output, format)?;
    let sink = Sink::open(output.output.as_deref())?;
    let options = options(output, format, About::default());
    Ok(Writer::new(format, columns, &options, sink)?)
}

/// Returns how rows are to be written; `about` is what is said beside them.
pub(crate) fn options(output: &Output, format: Format, about: About) -> Options {
    // A workbook tells texts from formulas by itself.
    let for_spreadsheet = output.for_spreadsheet && format != Format::Xlsx;
    Options { for_spreadsheet, width: table_width(output), about }
}

/// Opens a writer of rows of which it writes some columns, those `shown` by name, or all where none is
/// named.
pub(crate) fn open_some_rows(
    output: &Output,
    piped: Format,
    columns: &[Column],
    shown: &[&str],
) -> Result<SomeRows> {
    let is_shown = |column: &Column| shown.is_empty() || shown.contains(&&*column.name);
    let kept: Vec<bool> = columns.iter().map(is_shown).collect();
    let columns: Vec<Column> = columns.iter().filter(|column| is_shown(column)).cloned().collect();
    Ok(SomeRows { writer: open_rows(output, piped, &columns)?, kept })
}

/// A writer of rows of which some columns are written.
pub(crate) struct SomeRows {
    writer: Writer<Sink>,
    kept: Vec<bool>,
}

impl SomeRows {
    /// Writes what is shown of a row.
    pub(crate) fn write_row(&mut self, cells: Vec<Cell<'_>>) -> Result<()> {
        let cells = cells.into_iter().zip(&self.kept).filter(|(_, kept)| **kept);
        let cells: Vec<Cell<'_>> = cells.map(|(cell, _)| cell).collect();
        Ok(self.writer.write_row(&cells)?)
    }

    /// Ends the writing; a file takes its place.
    pub(crate) fn close(self) -> Result<()> {
        self.writer.finish()?.close()
    }
}

/// Writes an answer as one JSON object.
pub(crate) fn write_json(output: &Output, answer: &impl Serialize) -> Result<()> {
    let mut sink = Sink::open(output.output.as_deref())?;
    serde_json::to_writer(&mut sink, answer)?;
    writeln!(sink)?;
    sink.close()
}

/// Writes answers as JSON, one a line.
pub(crate) fn write_json_lines<T: Serialize>(
    output: &Output,
    answers: impl IntoIterator<Item = Result<T>>,
) -> Result<()> {
    let mut sink = Sink::open(output.output.as_deref())?;
    for answer in answers {
        serde_json::to_writer(&mut sink, &answer?)?;
        writeln!(sink)?;
    }
    sink.close()
}

/// Writes one JSON object: the fields of a head, and last a list, each item of which is made only
/// when its turn comes.
pub(crate) fn write_json_list<T: Serialize>(
    output: &Output,
    head: &impl Serialize,
    name: &str,
    items: impl IntoIterator<Item = Result<T>>,
) -> Result<()> {
    let head = serde_json::to_string(head)?;
    let fields = head.strip_suffix('}').context("the head of a list is an object")?;
    let comma = if fields == "{" { "" } else { "," };
    let mut sink = Sink::open(output.output.as_deref())?;
    write!(sink, "{fields}{comma}\"{name}\":[")?;
    for (number, item) in items.into_iter().enumerate() {
        write!(sink, "{}", if number == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut sink, &item?)?;
    }
    writeln!(sink, "]}}")?;
    sink.close()
}

/// Tells whether two paths name one file, which need not be there.
pub(crate) fn is_same_file(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or(path.to_owned())
    };
    whole(one) == whole(other)
}

/// Returns the format that was asked for, or fits where the rows go.
pub(crate) fn row_format(output: &Output, piped: Format) -> Format {
    let fitting = if is_terminal(output) { Format::Table } else { piped };
    output.format.or_else(|| format_of_file(output.output.as_deref()?)).unwrap_or(fitting)
}

/// Returns the format that the name of a file stands for.
fn format_of_file(path: &Path) -> Option<Format> {
    Format::from_name(&path.extension()?.to_str()?.to_lowercase())
}

/// Refuses to write over what is read.
pub(crate) fn check_apart(written: &Path, read: &Path) -> Result<()> {
    let (Ok(one), Ok(other)) = (written.canonicalize(), read.canonicalize()) else { return Ok(()) };
    if one == other {
        anyhow::bail!(
            "`{}` is what is read, and would be written over\nname another file for the output",
            written.display()
        );
    }
    Ok(())
}

/// Refuses a guard that the format has no place for, rather than leave it out unnoticed; bytes on a
/// terminal; and a file whose name asks for a format that was left out of the program.
pub(crate) fn check_output(output: &Output, format: Format) -> Result<()> {
    let is_guarded = matches!(format, Format::Csv | Format::Tsv | Format::Xlsx);
    if output.for_spreadsheet && !is_guarded {
        anyhow::bail!("--for-spreadsheet is for csv, tsv and xlsx\nadd: --format csv");
    }
    if !format.is_text() && is_terminal(output) {
        anyhow::bail!(
            "{} is no text for a terminal\nname a file: --output FILE.{0}",
            format.name()
        );
    }
    let extension = output.output.as_deref().and_then(Path::extension);
    let asks_for_parquet =
        extension.is_some_and(|extension| extension.eq_ignore_ascii_case("parquet"));
    if asks_for_parquet && Format::from_name("parquet").is_none() {
        anyhow::bail!(
            "this program was built without parquet\nbuild it with: cargo install --path crates/cli --features parquet"
        );
    }
    Ok(())
}
