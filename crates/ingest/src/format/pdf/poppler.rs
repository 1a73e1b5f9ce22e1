//! The reader of poppler, where it is installed.

use super::columns::in_reading_order;
use super::geometry::Area;
use super::layout::line_of;
use super::page::{PdfPage, TextLine};
use super::words::{Word, rows_of};
use crate::format::references::dereferenced;
use crate::sandbox::Host;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The most bytes of markup that are taken, at some 90 bytes a word: beyond it, the reader of our
/// own takes over.
const MAX_OUTPUT: u64 = 160 << 20;

/// Makes the command; it reads from its input and writes to its output.
///
/// It is told neither to open nor to write a file.
fn command(arguments: &[&str], host: &Host<'_>) -> Command {
    let mut command = host.helper("pdftotext");
    command.args(arguments);
    command
}

/// Returns the version of the installed reader, such as `22.12.0`; none where there is none.
pub(super) fn version(host: &Host<'_>) -> Option<&'static str> {
    static VERSION: OnceLock<Option<String>> = OnceLock::new();
    let ask = || {
        let output = command(&["-v"], host).stdin(Stdio::null()).output().ok()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let version = said.split_whitespace().skip_while(|word| *word != "version").nth(1)?;
        Some(version.to_owned())
    };
    VERSION.get_or_init(ask).as_deref()
}

/// Reads the pages of a document; none where the reader fails or finds nothing.
pub(super) fn read_with_poppler(bytes: &[u8], host: &mut Host<'_>) -> Option<Vec<PdfPage>> {
    let markup = run(&["-bbox", "-enc", "UTF-8", "-", "-"], bytes, host)?;
    let pages = pages_of(&markup);
    pages.iter().any(PdfPage::has_text).then_some(pages)
}

/// Returns the text of each page as the reader gives it by itself.
pub(super) fn plain_pages(bytes: &[u8]) -> Option<Vec<String>> {
    let text = run(&["-enc", "UTF-8", "-", "-"], bytes, &mut Host::unconfined())?;
    let text = text.strip_suffix('\u{c}').unwrap_or(&text);
    Some(text.split('\u{c}').map(str::to_owned).collect())
}

fn run(arguments: &[&str], bytes: &[u8], host: &mut Host<'_>) -> Option<String> {
    let mut child = command(arguments, host)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let mut markup = Vec::new();
    let outcome = std::thread::scope(|scope| {
        // Written beside reading, since either pipe may be full. A reader that stops early fails
        // by its own status.
        scope.spawn(move || input.map(|mut input| input.write_all(bytes)));
        let outcome = output.map(|output| read_pages(output, &mut markup, host));
        if markup.len() as u64 > MAX_OUTPUT {
            // It may be gone already.
            let _ = child.kill();
        }
        outcome
    });
    let status = child.wait().ok()?;
    let is_whole = matches!(outcome, Some(Ok(_))) && markup.len() as u64 <= MAX_OUTPUT;
    (status.success() && is_whole).then(|| String::from_utf8_lossy(&markup).into_owned())
}

/// Reads to the end, or to the limit, and counts the pages on the way.
fn read_pages(output: impl Read, markup: &mut Vec<u8>, host: &mut Host<'_>) -> std::io::Result<()> {
    let mut output = BufReader::with_capacity(1 << 16, output.take(MAX_OUTPUT + 1));
    loop {
        let start = markup.len();
        if output.read_until(b'\n', markup)? == 0 {
            return Ok(());
        }
        if markup.get(start..).is_some_and(|line| line.trim_ascii_start().starts_with(b"</page>")) {
            host.page_done();
        }
    }
}

/// Reads the markup of `-bbox`: pages of words with their places.
///
/// Lines and their order are found as for the reader of our own, so that a document reads the
/// same either way, raised letters included.
fn pages_of(markup: &str) -> Vec<PdfPage> {
    let mut pages: Vec<PdfPage> = Vec::new();
    let (mut words, mut turned) = (Vec::new(), Vec::new());
    for line in markup.lines() {
        let line = line.trim_start();
        if line.starts_with("<page ") {
            let height = attribute(line, "height").unwrap_or_default();
            let number = pages.len() as u32 + 1;
            pages.push(PdfPage { number, height, lines: Vec::new() });
        } else if line.starts_with("<word ") {
            let word = word_of(line);
            let is_turned = word.as_ref().is_some_and(is_turned);
            if is_turned { &mut turned } else { &mut words }.extend(word);
        } else if line.starts_with("</page>")
            && let Some(page) = pages.last_mut()
        {
            let rows = in_reading_order(rows_of(std::mem::take(&mut words)));
            let turned = std::mem::take(&mut turned);
            page.lines.extend(rows.iter().filter_map(line_of));
            page.lines.extend(line_of(&turned));
        }
    }
    level_sizes(&mut pages);
    pages
}

/// Corrects the sizes of lines, which are the heights of fonts here and differ for letters of the
/// same size: a line is larger or smaller than most only if its letters are wider or narrower too.
fn level_sizes(pages: &mut [PdfPage]) {
    let width = |line: &TextLine| {
        (line.area.right - line.area.left) / line.text.chars().count().max(1) as f32
    };
    let lines = || pages.iter().flat_map(|page| &page.lines);
    let usual_size = median(lines().map(|line| (line.size, line.text.len())).collect());
    let usual_width = median(lines().map(|line| (width(line), line.text.len())).collect());
    if usual_size <= 0.0 || usual_width <= 0.0 {
        return;
    }
    for line in pages.iter_mut().flat_map(|page| &mut page.lines) {
        let ratios = (line.size / usual_size, width(line) / usual_width);
        let ratio = match ratios {
            (height, width) if height > 1.0 && width > 1.0 => height.min(width),
            (height, width) if height < 1.0 && width < 1.0 => height.max(width),
            _ => 1.0,
        };
        line.size = usual_size * ratio;
    }
}

/// Returns the middle of values that count as often as they say.
fn median(mut values: Vec<(f32, usize)>) -> f32 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|(_, n)| n).sum::<usize>() / 2;
    let mut n_below = 0;
    let middle = values.iter().find(|(_, n)| {
        n_below += n;
        n_below > half
    });
    middle.map_or(0.0, |(value, _)| *value)
}

/// Tells whether a word is written upwards or downwards: it is much higher than wide.
fn is_turned(word: &Word) -> bool {
    word.text.chars().count() > 2 && word.size > 2.0 * (word.right - word.left)
}

fn word_of(line: &str) -> Option<Word> {
    let text = dereferenced(line.split_once('>')?.1.strip_suffix("</word>")?).into_owned();
    let area = Area {
        left: attribute(line, "xMin")?,
        top: attribute(line, "yMin")?,
        right: attribute(line, "xMax")?,
        bottom: attribute(line, "yMax")?,
    };
    // The area runs from the font's highest letter to its lowest.
    let size = area.height();
    let baseline = area.bottom - 0.2 * size;
    let Area { left, right, .. } = area;
    Some(Word { text, left, right, baseline, size, is_bold: false, blank_after: false })
}

fn attribute(tag: &str, name: &str) -> Option<f32> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"')?.0.parse().ok().filter(|value: &f32| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_to_lines() {
        let markup = r#"<page width="612.000000" height="792.000000">
            <word xMin="72" yMin="100" xMax="90" yMax="110">R&amp;D&#8212;&x</word>
            <word xMin="93" yMin="100" xMax="99" yMax="110">is</word>
            <word xMin="99.5" yMin="99" xMax="110" yMax="105">th</word>
            <word xMin="72" yMin="120" xMax="75" yMax="130">•</word>
            <word xMin="90" yMin="120" xMax="99" yMax="130">item</word>
            <word xMin="20" yMin="100" xMax="30" yMax="160">margin</word>
            </page>
            <page width="612" height="10"></page>"#;
        let pages = pages_of(markup);
        let texts = |page: &PdfPage| page.lines.iter().map(|l| l.text.clone()).collect::<Vec<_>>();
        let found: Vec<_> = pages.iter().map(texts).collect();
        assert_eq!(found, [vec!["R&D—&x isth", "• item", "margin"], vec![]]);
        assert_eq!((pages[1].number, pages[1].height), (2, 10.0));
    }

    #[test]
    fn what_is_no_document_fails() {
        assert!(read_with_poppler(b"no document", &mut Host::unconfined()).is_none());
    }
}
