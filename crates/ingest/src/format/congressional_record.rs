//! Pages of the Congressional Record as govinfo gives them: one preformatted text, typeset by
//! indents.

use super::block_text::{BlockText, Page};
use super::html::read_html;
use super::references::dereferenced;
use crate::metadata::{Draft, is_all_capitals};
use crate::structure::ends_sentence;
use onrecord_model::BlockKind;

/// What the first line of each page begins with.
const FIRST_LINE: &str = "[Congressional Record Volume ";

/// The last line of a page's head begins with it.
const LAST_HEAD_LINE: &str = "From the Congressional Record Online";

/// Characters of a full line; headings are centred on it.
const WIDTH: usize = 71;

/// How far a centred line may be off, in characters.
const MAX_OFF_CENTRE: usize = 2;

/// A heading that is not in capitals is indented by at least this.
const MIN_CENTRED_INDENT: usize = 9;

/// Indent of what is set in small type: letters, bills, articles that are put in the Record.
const SMALL_TYPE_INDENT: usize = 5;

/// Lines of a heading.
const MAX_HEADING_LINES: usize = 5;

/// The longest tag inside a page, in bytes.
const MAX_TAG: usize = 512;

/// Lines that may set off the beginning of a page inside a paragraph.
const MAX_APART: usize = 12;

/// The mark of what was not said on the floor, as the pages have it.
const BULLET: &str = "<bullet>";

/// Tells whether the beginning of a page is one of the Congressional Record.
pub(super) fn is_congressional_record(start: &str) -> bool {
    start.split("<pre>").nth(1).is_some_and(|text| text.trim_start().starts_with(FIRST_LINE))
}

/// Reads a page; what its head says goes to the draft.
pub(crate) fn read_congressional_record(source: String, draft: &mut Draft) -> Result<Page, String> {
    let Some((before, after)) = source.split_once("<pre>") else {
        return read_html(source, draft);
    };
    let (text, behind) = after.rsplit_once("</pre>").unwrap_or((after, ""));
    if has_words_of_its_own(behind) || text.contains("<pre>") {
        return read_html(source, draft);
    }
    let title = before.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    let lines: Vec<Line> = text.lines().map(Line::of).collect();
    let mut typeset = Typeset::default();
    typeset.write(&lines, draft);
    draft.give("language", "en");
    let heading = typeset.heading.take();
    draft.infer_title(heading.as_deref().or(title).unwrap_or_default());
    Ok(typeset.page.finish())
}

fn has_words_of_its_own(markup: &str) -> bool {
    without_tags(markup).contains(char::is_alphabetic)
}

/// A line without its tags and the blanks around it.
struct Line {
    indent: usize,
    content: String,
}

impl Line {
    fn of(raw: &str) -> Self {
        let text = without_tags(raw);
        let content = text.trim();
        let indent = text.chars().take_while(|c| c.is_whitespace()).count();
        Self { indent, content: content.to_owned() }
    }

    fn is_blank(&self) -> bool {
        self.content.is_empty()
    }

    fn is_page_mark(&self) -> bool {
        self.content.starts_with("[[Page") && self.content.ends_with("]]")
    }

    fn is_rule(&self) -> bool {
        self.content.chars().all(|c| matches!(c, '_' | '-' | '='))
    }

    fn is_centred(&self) -> bool {
        let room = WIDTH.saturating_sub(self.content.chars().count());
        self.indent.abs_diff(room / 2) <= MAX_OFF_CENTRE
    }

    /// Tells whether a line has cells: wide gaps, or dots that lead to a number.
    fn is_of_table(&self) -> bool {
        self.content.contains("   ") || self.content.contains("....")
    }
}

/// Takes tags out, and puts in what references stand for; a `<` that begins none stays.
fn without_tags(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let name = after.strip_prefix('/').unwrap_or(after);
        let tag = after.get(..after.floor_char_boundary(MAX_TAG)).unwrap_or_default();
        match tag.find('>').and_then(|end| Some((after.get(..end)?, after.get(end + 1..)?))) {
            Some((tag, behind)) if name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                if tag == "bullet" {
                    text.push_str(BULLET);
                }
                rest = behind;
            }
            Some(_) | None => {
                text.push('<');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    dereferenced(&text).into_owned()
}

/// The blocks of a page as its typesetting tells them.
#[derive(Default)]
struct Typeset {
    page: BlockText,
    /// The kind of the block that the next line may go on.
    open: Option<BlockKind>,
    /// The paragraph or quotation that is open.
    paragraph: String,
    /// Marks of pages that begin inside it.
    marks: Vec<String>,
    heading: Option<String>,
}

impl Typeset {
    fn write(&mut self, lines: &[Line], draft: &mut Draft) {
        let n_head = self.head(lines, draft);
        let mut rest = lines.get(n_head..).unwrap_or_default();
        let mut blank_before = true;
        while let Some((line, behind)) = rest.split_first() {
            if line.is_blank() {
                blank_before = true;
                rest = behind;
            } else if line.is_page_mark() {
                self.page_mark(line, behind);
                rest = behind;
            } else {
                let n_lines =
                    rest.iter().take_while(|l| !l.is_blank() && !l.is_page_mark()).count();
                let (group, behind) = rest.split_at(n_lines);
                // A page that begins is set off by blank lines, which end no paragraph.
                self.group(group, blank_before && self.marks.is_empty());
                blank_before = false;
                rest = behind;
            }
        }
        self.close();
    }

    /// Writes the lines that name volume, day, chamber and pages; returns their number.
    fn head(&mut self, lines: &[Line], draft: &mut Draft) -> usize {
        let last = lines.iter().take(12).position(|l| l.content.starts_with(LAST_HEAD_LINE));
        let n_head = last.map_or(0, |last| last + 1);
        for line in lines.iter().take(n_head).filter(|line| !line.is_blank()) {
            self.single(&line.content, BlockKind::Header);
            let inner = line.content.trim_matches(['[', ']']);
            if let Some(volume) = line.content.strip_prefix(FIRST_LINE) {
                read_volume(volume, draft);
            } else if let Some(pages) =
                inner.strip_prefix("Pages ").or_else(|| inner.strip_prefix("Page "))
            {
                draft.give("pages", pages);
            } else if line.content.starts_with('[') {
                draft.give("section", inner);
            }
        }
        n_head
    }

    /// A mark inside a paragraph is put behind it, so that its sentence stays whole.
    fn page_mark(&mut self, mark: &Line, behind: &[Line]) {
        let mut near = behind.iter().take(MAX_APART);
        let next = near.find(|line| !line.is_blank() && !line.is_page_mark());
        if next.is_some_and(|next| self.goes_on(next)) {
            self.marks.push(mark.content.clone());
        } else {
            self.close();
            self.mark(&mark.content);
        }
    }

    fn mark(&mut self, mark: &str) {
        let digits =
            mark.trim_matches(['[', ']']).trim_start_matches(|c: char| !c.is_ascii_digit());
        if let Ok(page) = digits.parse() {
            self.page.begin_page(page);
        }
        self.single(mark, BlockKind::Note);
    }

    /// Tells whether a line goes on with the open paragraph, were no blank line before it.
    fn goes_on(&self, line: &Line) -> bool {
        let is_new = line.content.starts_with(BULLET);
        match self.open {
            Some(BlockKind::Paragraph) => line.indent == 0 && !is_new,
            Some(BlockKind::Quotation) => line.indent == SMALL_TYPE_INDENT && !is_new,
            _ => false,
        }
    }

    fn group(&mut self, lines: &[Line], is_apart: bool) {
        if is_apart {
            self.close();
        }
        if let [line] = lines
            && line.is_rule()
        {
            self.close();
            return self.single(&line.content, BlockKind::Note);
        }
        if is_apart && let Some(level) = heading_level(lines) {
            return self.heading(lines, level);
        }
        if is_table(lines) {
            return self.table(lines);
        }
        for (at, line) in lines.iter().enumerate() {
            let previous = at.checked_sub(1).and_then(|at| lines.get(at));
            if previous.is_none_or(may_end) && is_side_heading(line, lines.get(at + 1)) {
                self.close();
                self.heading(std::slice::from_ref(line), 2);
                continue;
            }
            if !self.goes_on(line) {
                self.close();
                let is_small = line.indent >= SMALL_TYPE_INDENT;
                let kind = if is_small { BlockKind::Quotation } else { BlockKind::Paragraph };
                self.open = Some(kind);
            }
            self.extend(&line.content);
        }
    }

    fn heading(&mut self, lines: &[Line], level: u8) {
        let words: Vec<&str> = lines.iter().map(|line| line.content.as_str()).collect();
        let heading = words.join(" ");
        let is_of_head = heading.starts_with(char::is_lowercase) || ends_in_year(&heading);
        if is_of_head {
            return self.single(&heading, BlockKind::Header);
        }
        self.single(&heading, BlockKind::Heading(level));
        match &mut self.heading {
            Some(first) if first.ends_with(',') => {
                first.push(' ');
                first.push_str(&heading);
            }
            Some(_) => {}
            None => self.heading = Some(heading),
        }
    }

    fn table(&mut self, lines: &[Line]) {
        self.close();
        self.page.open(BlockKind::Table);
        for line in lines {
            let cells = line.content.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
            self.page.push(&cells.collect::<Vec<_>>().join("\t"));
            self.page.line_end();
        }
        self.page.close();
    }

    /// Joins a line; words with a hyphen are broken at it, and at nothing else.
    fn extend(&mut self, content: &str) {
        if !self.paragraph.is_empty() && !self.paragraph.ends_with('-') {
            self.paragraph.push(' ');
        }
        self.paragraph.push_str(content);
    }

    fn close(&mut self) {
        let kind = self.open.take().unwrap_or(BlockKind::Paragraph);
        let paragraph = std::mem::take(&mut self.paragraph);
        let mut words = paragraph.as_str();
        if let Some(rest) = words.strip_prefix(BULLET) {
            self.single(BULLET, BlockKind::Note);
            words = rest.trim_start();
        }
        let ends = words.strip_suffix(BULLET);
        words = ends.map_or(words, str::trim_end);
        let is_note = words.starts_with('(') && words.ends_with(')') && is_one_bracket(words);
        self.single(words, if is_note { BlockKind::Note } else { kind });
        if ends.is_some() {
            self.single(BULLET, BlockKind::Note);
        }
        for mark in std::mem::take(&mut self.marks) {
            self.mark(&mark);
        }
    }

    fn single(&mut self, content: &str, kind: BlockKind) {
        self.page.open(kind);
        self.page.push(content);
        self.page.close();
    }
}

/// Tells whether the bracket that a text begins with is closed at its end, not before.
fn is_one_bracket(text: &str) -> bool {
    let mut depth = 0_u32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1 == text.len();
        }
    }
    false
}

/// Returns the level of a heading, where lines set off by blank ones are one: centred, and in
/// capitals or far from the margin.
fn heading_level(lines: &[Line]) -> Option<u8> {
    let words: Vec<&str> = lines.iter().map(|line| line.content.as_str()).collect();
    let words = words.join(" ");
    let is_wide = lines.iter().any(|line| line.indent >= MIN_CENTRED_INDENT);
    let is_capital = is_all_capitals(&words);
    let ends_open = words.ends_with(['.', ',', ';', ':']) && !is_capital;
    let is_heading = lines.len() <= MAX_HEADING_LINES
        && lines.iter().all(Line::is_centred)
        && words.contains(char::is_alphabetic)
        && (is_capital || is_wide)
        && !ends_open;
    is_heading.then_some(if is_capital { 1 } else { 2 })
}

/// Tells whether a line may be the last of its paragraph.
fn may_end(line: &Line) -> bool {
    ends_sentence(&line.content) || line.content.len() * 3 < WIDTH * 2
}

/// Tells whether a line is a heading in capitals at the margin, with words below it.
fn is_side_heading(line: &Line, next: Option<&Line>) -> bool {
    line.indent == 0
        && line.content.contains(' ')
        && is_all_capitals(&line.content)
        && next.is_some_and(|next| next.indent == 0 && !is_all_capitals(&next.content))
}

fn is_table(lines: &[Line]) -> bool {
    let n_of_table = lines.iter().filter(|line| line.is_of_table()).count();
    n_of_table >= 2 && n_of_table * 2 >= lines.len()
}

fn ends_in_year(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit()) && text.contains("day, ")
}

/// Reads `151, Number 99 (Wednesday, July 20, 2005)]`.
fn read_volume(text: &str, draft: &mut Draft) {
    let (volume, rest) = text.split_once(", Number ").unwrap_or((text, ""));
    draft.give("volume", volume);
    let Some((number, day)) = rest.split_once(" (") else { return };
    draft.give("issue", number);
    let day = day.trim_end_matches([']', ')']);
    if let Some((_, date)) = day.split_once(", ") {
        draft.give("date", date);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::assert_blocks_hold;
    use proptest::prelude::*;

    const PAGE: &str = r#"<html>
<head>
<title>Congressional Record, Volume 9 Issue 8</title>
</head>
<body><pre>
[Congressional Record Volume 9, Number 8 (Tuesday, May 3, 2005)]
[Senate]
[Pages S10-S11]
From the Congressional Record Online through the Office [<a href="x">www.example.gov</a>]



                    IN MEMORY OF A. B. VALE, PH.D.

                                 ______

                             HON. BEN MOSS

                              of new york

                         Tuesday, May 3, 2005

  (Mr. MOSS asked and was given permission to address the House 
for 1 minute.)
<bullet> Mr. MOSS. Mr. President, we dredge a first-
hand harbour in the modern

[[Page S11]]

park &amp; pier of A&T.
  We thank all. They wrote:

       I pledge that the harbour will stay open to all the ships 
     that come, as we said.
       So be it.

  Thus (we) end (it).<bullet>

    Ports....................   12   3
    Piers....................    4   5

                          ____________________


</pre></body>
</html>"#;

    fn read(source: &str) -> (Page, Draft) {
        let mut draft = Draft::default();
        let page = read_congressional_record(source.to_owned(), &mut draft).unwrap();
        (page, draft)
    }

    #[test]
    fn typesetting_becomes_blocks() {
        assert!(is_congressional_record(PAGE));
        let (page, draft) = read(PAGE);
        let found: Vec<_> = page
            .blocks
            .iter()
            .map(|block| (block.kind, page.text.get(block.span.range()).unwrap()))
            .collect();
        let expected = [
            (BlockKind::Header, "[Congressional Record Volume 9, Number 8 (Tuesday, May 3, 2005)]"),
            (BlockKind::Header, "[Senate]"),
            (BlockKind::Header, "[Pages S10-S11]"),
            (
                BlockKind::Header,
                "From the Congressional Record Online through the Office [www.example.gov]",
            ),
            (BlockKind::Heading(1), "IN MEMORY OF A. B. VALE, PH.D."),
            (BlockKind::Note, "______"),
            (BlockKind::Heading(1), "HON. BEN MOSS"),
            (BlockKind::Header, "of new york"),
            (BlockKind::Header, "Tuesday, May 3, 2005"),
            (
                BlockKind::Note,
                "(Mr. MOSS asked and was given permission to address the House for 1 minute.)",
            ),
            (BlockKind::Note, "<bullet>"),
            (
                BlockKind::Paragraph,
                "Mr. MOSS. Mr. President, we dredge a first-hand harbour in the modern park & pier of A&T.",
            ),
            (BlockKind::Note, "[[Page S11]]"),
            (BlockKind::Paragraph, "We thank all. They wrote:"),
            (
                BlockKind::Quotation,
                "I pledge that the harbour will stay open to all the ships that come, as we said.",
            ),
            (BlockKind::Quotation, "So be it."),
            (BlockKind::Paragraph, "Thus (we) end (it)."),
            (BlockKind::Note, "<bullet>"),
            (BlockKind::Table, "Ports....................\t12\t3\nPiers....................\t4\t5"),
            (BlockKind::Note, "____________________"),
        ];
        assert_eq!(found, expected);
        let (metadata, problems) = draft.finish();
        assert_eq!(metadata.title.as_deref(), Some("IN MEMORY OF A. B. VALE, PH.D."));
        assert_eq!(metadata.date.unwrap().to_string(), "2005-05-03");
        let extra: Vec<_> = metadata.extra.iter().map(|(k, v)| (&**k, &**v)).collect();
        let expected =
            [("issue", "8"), ("pages", "S10-S11"), ("section", "Senate"), ("volume", "9")];
        assert_eq!(extra, expected);
        assert!(problems.is_empty());
    }

    #[test]
    fn other_pages_are_read_as_pages() {
        let (page, _) = read("<html><body><p>Just this.</p></body></html>");
        assert_eq!(page.text, "Just this.");
        let (page, _) = read(&format!("{PAGE}<p>And this.</p>"));
        assert!(page.text.contains("And this."));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_page_keeps_its_words(lines in prop::collection::vec(
            "[ ]{0,40}(\\[\\[Page S[0-9]{1,3}\\]\\]|[A-Za-z.,()&<>-]{1,9}|<bullet>|_____| ){0,9}", 0..30,
        )) {
            let text = lines.join("\n").replace("<pre>", "");
            let (page, _) = read(&format!("<html><pre>\n{text}\n</pre></html>"));
            assert_blocks_hold(&page.text, &page.blocks);
            let letters = |text: &str| -> Vec<char> {
                let mut letters: Vec<_> = text.chars().filter(|c| c.is_alphabetic()).collect();
                letters.sort_unstable();
                letters
            };
            prop_assert_eq!(letters(&page.text), letters(&lines.iter().map(|l| without_tags(l)).collect::<String>()));
        }
    }
}
