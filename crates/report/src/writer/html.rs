use super::room::Paper;
use crate::page::push_escaped;
use crate::visible::lines;
use crate::{About, Cell, Column};
use std::io::{self, BufWriter, Write};

/// Text has a contrast of 7 to 1 or more with what is behind it, in both schemes.
const STYLE: &str = "
:root{color-scheme:light dark;--ink:#1a1a1a;--faint:#4d4d4d;--paper:#fff;--band:#f3f3f3;--line:#8c8c8c;--focus:#0b57d0}
@media (prefers-color-scheme:dark){:root{--ink:#ededed;--faint:#bdbdbd;--paper:#141414;--band:#222;--line:#7a7a7a;--focus:#8ab4f8}}
body{font:1rem/1.5 system-ui,sans-serif;margin:0;padding:1rem;color:var(--ink);background:var(--paper)}
h1{font-size:1.3rem;margin:0 0 .75rem;position:sticky;left:0;max-width:calc(100vw - 2rem)}
h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.5rem 0 .5rem}
.rows{overflow:auto;max-height:90vh}.rows:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
table{border-collapse:collapse}caption{text-align:start}
th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
th{position:sticky;top:0;z-index:1;background:var(--band)}tbody tr:nth-child(even),tr:nth-child(even) td{background:var(--band)}
td{white-space:pre-wrap;overflow-wrap:break-word;unicode-bidi:plaintext;min-width:16rem;max-width:40rem;background:var(--paper)}
.w{min-width:32rem}.n{text-align:end}td.n,td.d,td.s{white-space:nowrap;min-width:0}td.n,td.d{font-variant-numeric:tabular-nums}
@media (min-width:64rem){th:first-child,td:first-child{position:sticky;left:0}th:first-child{z-index:2}}
th{white-space:nowrap}small{font-size:.85em;font-weight:400;color:var(--faint)}th small{display:block}
dl{max-width:46rem;margin:0}dt{font-weight:600}dd{margin:0 0 .5rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
@page{size:landscape;margin:12mm}
@media print{body{padding:0;color:#000;background:#fff}.rows{overflow:visible;max-height:none}h1{position:static}\
table{table-layout:fixed;width:100%;font-size:var(--print)}col{width:var(--w)}thead{display:table-header-group}tr{break-inside:avoid}\
th,td,td.n,td.d,td.s{position:static;white-space:pre-wrap;overflow-wrap:break-word;min-width:0;max-width:none;padding:.6mm .7mm}td.n,td.d{white-space:nowrap}th{white-space:normal;font-size:.85em}}
";

/// The length up to which a text stays on one line, and from which on it needs a broad column, in
/// bytes.
const SHORT: usize = 24;
const LONG: usize = 80;

/// Writes a page of one table and how it was made: no script, and nothing from elsewhere.
#[derive(Debug)]
pub(super) struct Html<W: Write> {
    out: BufWriter<W>,
    about: About,
    /// What of the page waits to be written.
    part: String,
}

impl<W: Write> Html<W> {
    pub(super) fn new(columns: &[Column], about: &About, out: W) -> io::Result<Self> {
        let mut html = Self { out: BufWriter::new(out), about: about.clone(), part: String::new() };
        html.start_page(columns);
        html.part.push_str("<thead>\n<tr>");
        for column in columns {
            let class = if column.kind.is_number() { " class=\"n\"" } else { "" };
            html.part.push_str(&format!("<th scope=\"col\"{class}>"));
            html.push_name(column);
            html.part.push_str("</th>");
        }
        html.part.push_str("</tr>\n</thead>\n<tbody>\n");
        html.write_part()?;
        Ok(html)
    }

    fn start_page(&mut self, columns: &[Column]) {
        let title = if self.about.title.is_empty() { "Rows" } else { &self.about.title };
        let part = &mut self.part;
        part.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        part.push_str("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        part.push_str("<title>");
        push_escaped(title, part);
        part.push_str("</title>\n<style>");
        part.push_str(STYLE);
        part.push_str("</style>\n</head>\n<body>\n<main>\n");
        // A region that scrolls is in reach of the keyboard only with a place in the tab order.
        part.push_str("<div class=\"rows\" role=\"region\" tabindex=\"0\" aria-label=\"");
        push_escaped(title, part);
        let Paper { shares, letters } = Paper::of(columns);
        part.push_str(&format!("\">\n<table style=\"--print:{letters:.1}pt\">\n<caption><h1>"));
        push_escaped(title, part);
        part.push_str("</h1></caption>\n<colgroup>");
        for share in shares {
            part.push_str(&format!("<col style=\"--w:{share:.1}%\"/>"));
        }
        part.push_str("</colgroup>\n");
    }

    fn push_name(&mut self, column: &Column) {
        // Where there is little room, names go on in the next line behind a low line.
        for (at, word) in column.name.split_inclusive('_').enumerate() {
            self.part.push_str(if at > 0 { "<wbr/>" } else { "" });
            push_escaped(word, &mut self.part);
        }
        if !column.unit.is_empty() {
            self.part.push_str(" <small>");
            push_escaped(column.unit, &mut self.part);
            self.part.push_str("</small>");
        }
    }

    pub(super) fn write_row(&mut self, columns: &[Column], cells: &[Cell<'_>]) -> io::Result<()> {
        self.part.push_str("<tr>");
        for (column, cell) in columns.iter().zip(cells) {
            match cell {
                Cell::Empty => self.part.push_str("<td>"),
                Cell::Text(text) => {
                    self.part.push_str(match text.len() {
                        0..=SHORT if !text.contains(['\n', '\r']) => "<td class=\"s\">",
                        0..LONG => "<td>",
                        LONG.. => "<td class=\"w\">",
                    });
                    push_lines(text, &mut self.part);
                }
                Cell::Integer(_) | Cell::Decimal(_) => self.push_plain("n", column, cell)?,
                Cell::Date(_) => self.push_plain("d", column, cell)?,
            }
            self.part.push_str("</td>");
        }
        self.part.push_str("</tr>\n");
        self.write_part()
    }

    fn push_plain(&mut self, class: &str, column: &Column, cell: &Cell<'_>) -> io::Result<()> {
        self.part.push_str(&format!("<td class=\"{class}\">"));
        column.write_cell(cell, &mut self.part).map_err(io::Error::other)
    }

    fn write_part(&mut self) -> io::Result<()> {
        self.out.write_all(self.part.as_bytes())?;
        self.part.clear();
        Ok(())
    }

    /// Adds the section on how the rows were made.
    fn push_method(&mut self, columns: &[Column]) {
        self.part.push_str("<section aria-labelledby=\"method\">\n");
        self.part.push_str("<h2 id=\"method\">How it was made</h2>\n<dl>\n");
        for (name, value) in &self.about.facts {
            self.part.push_str("<dt>");
            push_escaped(name, &mut self.part);
            self.part.push_str("</dt><dd>");
            push_lines(value, &mut self.part);
            self.part.push_str("</dd>\n");
        }
        self.part.push_str("</dl>\n<h3>Columns</h3>\n<dl>\n");
        for column in columns {
            self.part.push_str("<dt>");
            self.push_name(column);
            self.part.push_str("</dt><dd>");
            push_escaped(&column.meaning(), &mut self.part);
            self.part.push_str("</dd>\n");
        }
        self.part.push_str("</dl>\n</section>\n");
    }

    pub(super) fn finish(mut self, columns: &[Column]) -> io::Result<W> {
        self.part.push_str("</tbody>\n</table>\n</div>\n");
        self.push_method(columns);
        self.part.push_str("</main>\n</body>\n</html>\n");
        self.write_part()?;
        self.out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

/// Appends a text, escaped, its lines apart by line feeds.
fn push_lines(text: &str, page: &mut String) {
    for (i, line) in lines(text).enumerate() {
        if i > 0 {
            page.push('\n');
        }
        push_escaped(line, page);
    }
}
