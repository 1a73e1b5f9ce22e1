use super::command::command_of;
use super::digest::Digest;
use super::drafts::check_spared;
use super::path_beside;
use super::source::{Index, Inputs, TOOL};
use crate::output::Sink;
use anyhow::{Context, Result, bail};
use onrecord_query::{OverviewRequest, look_over};
use onrecord_report::{
    CheckedDraft, Format, Manifest, ManifestFile, Options, OverviewChart, OverviewPage, Report,
    Rows, Selection, Specification, Writer, check_rows, overview_page, write_overview_page,
    write_overview_svg, write_terminal_overview,
};
use std::io::Write;
use std::path::Path;

/// The width of a drawing where no terminal tells its own, in columns.
const USUAL_WIDTH: u16 = 80;

/// A report that was made.
pub(super) struct Made {
    /// How it was made, and what came out.
    pub(super) manifest: Manifest,
    /// Whether the rows tell of something amiss.
    pub(super) has_findings: bool,
    /// What is to be known that no row says.
    pub(super) notes: Vec<String>,
    /// The page, of an overview.
    page: Option<OverviewPage>,
}

/// Makes a report into a file with its manifest beside it, or into standard output.
pub(super) fn make(
    index: &Index,
    specification: &Specification,
    target: Option<&Path>,
    width: Option<u16>,
) -> Result<Made> {
    if let (Report::Check(check), Some(file)) = (&specification.report, target) {
        check_spared(check, file)?;
    }
    let name = target.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let out = Sink::open(target)?;
    let (sink, made) = write(index, specification, target, &name, width, out)?;
    let Some(file) = target.filter(|_| sink.is_file()) else {
        sink.close()?;
        return Ok(made);
    };
    // Both are whole before either takes its place.
    let mut beside = Sink::open(Some(&path_beside(file)))?;
    serde_json::to_writer_pretty(&mut beside, &made.manifest)?;
    writeln!(beside)?;
    beside.flush()?;
    sink.close()?;
    beside.close()?;
    Ok(made)
}

/// Writes a report; `own` is the file that it is made for, `name` what the manifest calls it.
pub(super) fn write<W: Write>(
    index: &Index,
    specification: &Specification,
    own: Option<&Path>,
    name: &str,
    width: Option<u16>,
    out: W,
) -> Result<(W, Made)> {
    let Inputs { last_run, drafts, hashes } = Inputs::read(index, &specification.report, own)?;
    let has_findings = !drafts.iter().all(CheckedDraft::is_safe);
    let mut page = None;
    let mut notes = Vec::new();
    let digest = Digest::new(out);
    let (digest, rows) = if let Report::Overview(request) = &specification.report {
        let drawn = page_of(index, request, &specification.report)?;
        let written = draw(&drawn, specification.format, width, digest)?;
        page = Some(drawn);
        written
    } else {
        let asked = specification.report.ask(&index.reader, &last_run)?;
        let mut rows = asked.unwrap_or_else(|| check_rows(drafts));
        notes.append(&mut rows.notes);
        write_rows(index, specification, rows, &notes, width, digest)?
    };
    let (out, bytes, sha256) = digest.finish();
    let manifest = Manifest {
        manifest: Manifest::VERSION,
        command: command_of(specification, name),
        tool: TOOL.to_owned(),
        specification: specification.clone(),
        rows,
        file: ManifestFile { name: name.to_owned(), bytes, sha256 },
        inputs: hashes,
        index: index.fingerprint.clone(),
    };
    Ok((out, Made { manifest, has_findings, notes, page }))
}

/// Writes rows, and counts them.
fn write_rows<W: Write>(
    index: &Index,
    specification: &Specification,
    rows: Rows<'_>,
    notes: &[String],
    width: Option<u16>,
    out: W,
) -> Result<(W, u64)> {
    let selection = Selection::of(&rows.columns, &specification.columns)?;
    let mut about = index.about(&specification.report);
    about.facts.extend(notes.iter().map(|note| ("Note".to_owned(), note.clone())));
    let options = Options { for_spreadsheet: specification.for_spreadsheet, width, about };
    let mut writer = Writer::new(specification.format, selection.columns(), &options, out)?;
    let mut n_rows = 0;
    for row in rows.rows {
        writer.write_row(&selection.pick(row?))?;
        n_rows += 1;
    }
    Ok((writer.finish()?, n_rows))
}

/// Draws an overview, and counts the groups in it.
fn draw<W: Write>(
    page: &OverviewPage,
    format: Format,
    width: Option<u16>,
    mut out: W,
) -> Result<(W, u64)> {
    if format == Format::Table {
        write_terminal_overview(&mut out, page, width.unwrap_or(USUAL_WIDTH))?;
    } else {
        write_overview_page(&mut out, page)?;
    }
    let n_groups = 1 + page.years.len() + page.speakers.len();
    Ok((out, if page.total.passages == 0 { 0 } else { n_groups as u64 }))
}

impl Made {
    /// Draws the charts of an overview into a folder, each in a file of its own.
    pub(super) fn write_charts(&self, folder: &Path) -> Result<()> {
        let Some(page) = &self.page else {
            bail!("only an overview has charts\nask for: onrecord report overview --svg FOLDER")
        };
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        for chart in OverviewChart::ALL {
            let mut sink = Sink::open(Some(&folder.join(format!("{}.svg", chart.name()))))?;
            write_overview_svg(&mut sink, page, chart)?;
            sink.close()?;
        }
        Ok(())
    }
}

fn page_of(index: &Index, request: &OverviewRequest, report: &Report) -> Result<OverviewPage> {
    let found = look_over(&index.reader, request)?;
    Ok(overview_page(request, found, index.about(report)))
}
