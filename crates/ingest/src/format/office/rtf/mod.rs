//! RTF: the text as it is printed when all tracked changes are accepted.

mod body;
mod fonts;
mod state;
mod tokens;

#[cfg(test)]
mod tests;

use super::properties::{Properties, tell_running_heads};
use crate::format::Page;
use crate::metadata::Draft;
use body::{Body, Paragraph};
use fonts::{Fonts, code_page};
use onrecord_model::BlockKind;
use state::{Destination, ParagraphState, State, Style};
use std::collections::{BTreeMap, BTreeSet};
use tokens::{Token, Tokens};

/// Groups open at once, beyond which what they hold is left out; Word itself stops at some hundred.
const MAX_DEPTH: usize = 1000;

/// Styles that one is based on, one behind the other, before the rest is left out.
const MAX_BASES: usize = 50;

/// Styles that are kept.
const MAX_STYLES: usize = 10_000;

/// The most fallback characters after a `\u`.
const MAX_FALLBACK: i32 = 32;

/// Reads an RTF; what it says of itself, and what was lost, goes to the draft.
pub(crate) fn read_rtf(bytes: &[u8], draft: &mut Draft) -> Result<Page, String> {
    let mut reader = Reader::default();
    let mut tokens = Tokens::new(bytes);
    while let Some(token) = tokens.next() {
        reader.take(token, &mut tokens);
        if reader.is_over {
            break;
        }
    }
    if !reader.is_over {
        reader.problems.insert("it ends inside a group: cut off or damaged".to_owned());
    }
    Ok(reader.finish(draft))
}

#[derive(Default)]
struct Reader {
    state: State,
    stack: Vec<State>,
    /// Groups open beyond the limit of depth.
    n_too_deep: usize,
    is_too_deep: bool,
    is_over: bool,
    /// After `\*`: the next word's destination may be unknown, and its group is then left out.
    is_optional: bool,
    n_to_skip: i32,
    high_surrogate: Option<u16>,
    /// Bytes of text that are not decoded yet: a character may be two of them.
    bytes: Vec<u8>,
    fonts: Fonts,
    styles: BTreeMap<i32, Style>,
    style: (i32, Style),
    /// The words of the paragraph that is being read.
    words: String,
    /// The paragraphs of the note or box that is being read, and its words: one in another is part
    /// of it.
    aside: Vec<Paragraph>,
    aside_words: String,
    heads: String,
    head_words: String,
    title: Option<String>,
    properties: Properties,
    created: [i32; 3],
    body: Body,
    problems: BTreeSet<String>,
}

impl Reader {
    fn take(&mut self, token: Token<'_>, tokens: &mut Tokens<'_>) {
        match token {
            Token::Byte(_) | Token::Text(_) | Token::Symbol(_) if self.n_too_deep > 0 => {}
            Token::Word(word, _) if self.n_too_deep > 0 && word != "bin" => {}
            Token::Byte(byte) if self.is_shown_byte() => self.bytes.push(byte),
            Token::Byte(_) => {}
            Token::Text(text) => self.take_text(text),
            Token::Open | Token::Close | Token::Word(..) | Token::Symbol(_) => {
                self.decode_bytes();
                match token {
                    Token::Open => self.open(),
                    Token::Close => self.close(),
                    Token::Word("bin", n) => tokens.skip(n.unwrap_or(0).max(0) as usize),
                    Token::Word(word, number) => self.take_word(word, number),
                    Token::Symbol(symbol) => self.take_symbol(symbol),
                    Token::Byte(_) | Token::Text(_) => {}
                }
            }
        }
    }

    fn is_shown_byte(&mut self) -> bool {
        let is_fallback = self.n_to_skip > 0;
        self.n_to_skip -= i32::from(is_fallback);
        !is_fallback
    }

    fn take_text(&mut self, text: &[u8]) {
        let n_skipped = (self.n_to_skip.max(0) as usize).min(text.len());
        self.n_to_skip -= n_skipped as i32;
        self.bytes.extend(text.get(n_skipped..).unwrap_or_default());
    }

    fn decode_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if self.state.destination == Destination::Fonts {
            self.fonts.take_text(&bytes);
            return;
        }
        let (text, is_whole) = self.fonts.decode(&bytes, self.state.font);
        if !is_whole && self.state.destination.is_shown() {
            let problem = "bytes that its code page has not were replaced by U+FFFD";
            self.problems.insert(problem.to_owned());
        }
        self.push(&text);
    }

    fn open(&mut self) {
        self.n_to_skip = 0;
        if self.stack.len() >= MAX_DEPTH {
            self.n_too_deep += 1;
            self.is_too_deep = true;
        } else {
            self.stack.push(self.state);
        }
    }

    fn close(&mut self) {
        self.n_to_skip = 0;
        if self.n_too_deep > 0 {
            self.n_too_deep -= 1;
            return;
        }
        let inner = self.state.destination;
        self.state = self.stack.pop().unwrap_or_default();
        self.is_over = self.stack.is_empty();
        let outer = self.state.destination;
        match inner {
            Destination::Note | Destination::Box if !is_aside(outer) => {
                self.end_aside_paragraph(inner);
                let paragraphs = std::mem::take(&mut self.aside);
                self.body.anchor(paragraphs);
            }
            Destination::RunningHead if outer != inner => self.end_head(),
            Destination::Styles => self.end_style(),
            Destination::Body
            | Destination::Note
            | Destination::Box
            | Destination::RunningHead
            | Destination::Fonts
            | Destination::Info
            | Destination::Title
            | Destination::Author
            | Destination::Created
            | Destination::ListMark
            | Destination::Nowhere
            | Destination::Sealed => {}
        }
    }

    fn take_symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.is_optional = true,
            b'\n' | b'\r' => self.end_paragraph(),
            b'\t' => self.push("\t"),
            b'~' => self.push_character('\u{a0}'),
            b'_' => self.push_character('\u{2011}'),
            b'-' => self.push_character('\u{ad}'),
            b'\\' | b'{' | b'}' => self.push_character(char::from(symbol)),
            _ => {}
        }
    }

    /// Adds a character that is no byte of text; it may be the fallback of another.
    fn push_character(&mut self, c: char) {
        if self.is_shown_byte() {
            self.push(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn take_word(&mut self, word: &str, number: Option<i32>) {
        let is_optional = std::mem::take(&mut self.is_optional);
        let State { destination, outer, .. } = self.state;
        if let Some(named) = Destination::named(word, destination, outer) {
            self.begin_destination(named);
            return;
        }
        if is_optional && !matches!(word, "cs" | "ts" | "s" | "ds") {
            self.begin_destination(Destination::Sealed);
            return;
        }
        match destination {
            Destination::Fonts => self.fonts.take_word(word, number.unwrap_or(0)),
            Destination::Styles => self.take_style_word(word, number),
            Destination::Created => self.take_date_word(word, number),
            Destination::Body
            | Destination::Note
            | Destination::Box
            | Destination::RunningHead
            | Destination::Info
            | Destination::Title
            | Destination::Author
            | Destination::ListMark
            | Destination::Nowhere
            | Destination::Sealed => {}
        }
        if !self.take_character_word(word) && !self.take_ending_word(word) {
            self.take_format_word(word, number);
        }
    }

    fn begin_destination(&mut self, destination: Destination) {
        if self.state.destination != Destination::Nowhere {
            self.state.outer = self.state.destination;
        }
        if destination == Destination::ListMark {
            self.state.paragraph.is_listed = true;
            // The mark's group ends before the words of its paragraph.
            if let Some(around) = self.stack.last_mut() {
                around.paragraph.is_listed = true;
            }
        }
        self.state.destination = destination;
    }

    fn take_character_word(&mut self, word: &str) -> bool {
        let c = match word {
            "emdash" => '—',
            "endash" => '–',
            "lquote" => '‘',
            "rquote" => '’',
            "ldblquote" => '“',
            "rdblquote" => '”',
            "bullet" => '•',
            "emspace" => '\u{2003}',
            "enspace" => '\u{2002}',
            "qmspace" => '\u{2005}',
            "zwj" => '\u{200d}',
            "zwnj" => '\u{200c}',
            "ltrmark" => '\u{200e}',
            "rtlmark" => '\u{200f}',
            _ => return false,
        };
        self.push_character(c);
        true
    }

    fn take_ending_word(&mut self, word: &str) -> bool {
        let in_body = self.state.destination == Destination::Body;
        match word {
            "par" | "sect" => self.end_paragraph(),
            "line" | "lbr" | "page" | "column" => self.push("\n"),
            "tab" => self.push("\t"),
            "nestcell" | "nestrow" => self.end_paragraph(),
            "cell" if in_body => {
                let paragraph = self.paragraph();
                self.body.add(paragraph, true);
                self.body.end_cell();
            }
            "row" if in_body => self.body.end_row(),
            _ => return false,
        }
        true
    }

    fn take_format_word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        let n = number.unwrap_or(0);
        let paragraph = &mut self.state.paragraph;
        match word {
            "pard" => *paragraph = ParagraphState::default(),
            "s" => paragraph.style = n,
            "outlinelevel" => paragraph.outline = u8::try_from(n).ok().filter(|level| *level < 9),
            "ls" => paragraph.is_listed = n > 0,
            "intbl" => paragraph.in_table = is_on,
            "itap" => paragraph.in_table = n > 0,
            "plain" => {
                self.state.is_hidden = false;
                self.state.is_deleted = false;
                self.state.font = None;
            }
            "f" => self.state.font = Some(n),
            "v" => self.state.is_hidden = is_on,
            "deleted" | "mvf" => self.state.is_deleted = is_on,
            "uc" => self.state.n_fallback_less_one = n.clamp(0, MAX_FALLBACK) - 1,
            "u" => self.take_unicode(n),
            "deff" => self.fonts.default = n,
            "mac" => self.fonts.code_page = encoding_rs::MACINTOSH,
            "ansicpg" => match code_page(n) {
                Some(page) => self.fonts.code_page = page,
                None => {
                    self.problems.insert(format!("its code page {n} is not known: read as 1252"));
                }
            },
            _ => {}
        }
    }

    /// Takes a character by its number, in UTF-16 and signed.
    fn take_unicode(&mut self, number: i32) {
        self.n_to_skip = self.state.n_fallback_less_one + 1;
        let high = self.high_surrogate.take();
        let Ok(unit) = u16::try_from(if number < 0 { number + 0x1_0000 } else { number }) else {
            return;
        };
        if (0xd800..0xdc00).contains(&unit) {
            self.high_surrogate = Some(unit);
            return;
        }
        let units = high.into_iter().chain([unit]);
        let text: String = char::decode_utf16(units)
            .map(|c| c.map_or('\u{fffd}', |c| self.fonts.symbol(c, self.state.font)))
            .collect();
        self.push(&text);
    }

    fn take_style_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "s" => self.style.0 = number.unwrap_or(0),
            // Character, table and section styles are other families; their numbers are their own.
            "cs" | "ts" | "ds" => self.style.0 = -1,
            "sbasedon" => self.style.1.based_on = number,
            "outlinelevel" => {
                self.style.1.outline = number.and_then(|level| u8::try_from(level).ok());
            }
            _ => {}
        }
    }

    fn end_style(&mut self) {
        let (number, mut style) = std::mem::take(&mut self.style);
        style.name = style.name.trim().trim_end_matches(';').trim().to_lowercase();
        if number >= 0 && !style.name.is_empty() && self.styles.len() < MAX_STYLES {
            self.styles.insert(number, style);
        }
    }

    fn take_date_word(&mut self, word: &str, number: Option<i32>) {
        for (place, name) in self.created.iter_mut().zip(["yr", "mo", "dy"]) {
            if word == name {
                *place = number.unwrap_or(0);
            }
        }
    }

    fn push(&mut self, text: &str) {
        let State { destination, is_hidden, is_deleted, .. } = self.state;
        if is_hidden || is_deleted {
            return;
        }
        // Half a character that something else follows.
        if self.high_surrogate.take().is_some() {
            self.push("\u{fffd}");
        }
        match destination {
            Destination::Body => self.words.push_str(text),
            Destination::Note | Destination::Box => self.aside_words.push_str(text),
            Destination::RunningHead => self.head_words.push_str(text),
            Destination::Styles => self.style.1.name.push_str(text),
            Destination::Title => self.properties.title.push_str(text),
            Destination::Author => self.properties.creator.push_str(text),
            Destination::Fonts
            | Destination::Info
            | Destination::Created
            | Destination::ListMark
            | Destination::Nowhere
            | Destination::Sealed => {}
        }
    }

    /// Ends a paragraph; where its end was deleted, the next one is more of it.
    fn end_paragraph(&mut self) {
        if self.state.is_deleted {
            return;
        }
        match self.state.destination {
            Destination::Body => {
                let in_table = self.state.paragraph.in_table;
                let paragraph = self.paragraph();
                self.body.add(paragraph, in_table);
            }
            Destination::Note | Destination::Box => {
                self.end_aside_paragraph(self.state.destination);
            }
            Destination::RunningHead => self.end_head(),
            Destination::Fonts
            | Destination::Styles
            | Destination::Info
            | Destination::Title
            | Destination::Author
            | Destination::Created
            | Destination::ListMark
            | Destination::Nowhere
            | Destination::Sealed => {}
        }
    }

    fn paragraph(&mut self) -> Paragraph {
        let ParagraphState { style, outline, is_listed, .. } = self.state.paragraph;
        let words = std::mem::take(&mut self.words);
        let is_title = self.styles.get(&style).is_some_and(Style::is_title);
        if is_title && !words.trim().is_empty() {
            self.title.get_or_insert_with(|| words.clone());
        }
        let by_title = is_title.then_some(BlockKind::Heading(1));
        let by_style = by_title.or_else(|| self.style_chain(style).find_map(Style::kind));
        let kind = match (by_style, outline) {
            (Some(kind @ BlockKind::Note), _) => kind,
            (_, Some(level)) => BlockKind::Heading(level.min(5) + 1),
            (Some(kind @ BlockKind::Heading(_)), None) => kind,
            (_, None) if is_listed => BlockKind::ListItem,
            (Some(kind), None) => kind,
            (None, None) => BlockKind::Paragraph,
        };
        (kind, words)
    }

    /// Returns a style and those that it is based on.
    fn style_chain(&self, number: i32) -> impl Iterator<Item = &Style> {
        let base = |style: &&Style| self.styles.get(&style.based_on?);
        std::iter::successors(self.styles.get(&number), base).take(MAX_BASES)
    }

    fn end_aside_paragraph(&mut self, destination: Destination) {
        let kind =
            if destination == Destination::Note { BlockKind::Note } else { BlockKind::Paragraph };
        self.aside.push((kind, std::mem::take(&mut self.aside_words)));
    }

    fn end_head(&mut self) {
        let words = std::mem::take(&mut self.head_words);
        self.heads.extend(words.split_whitespace().flat_map(|word| [word, " "]));
        self.heads.push('\n');
    }

    fn finish(mut self, draft: &mut Draft) -> Page {
        self.decode_bytes();
        if !self.aside.is_empty() || !self.aside_words.is_empty() {
            self.end_aside_paragraph(self.state.destination);
            self.body.anchor(std::mem::take(&mut self.aside));
        }
        let in_table = self.state.paragraph.in_table;
        let paragraph = self.paragraph();
        self.body.add(paragraph, in_table);
        let page = self.body.finish();
        draft.problems.extend(self.problems);
        if self.is_too_deep {
            let problem = format!("what its groups hold more than {MAX_DEPTH} deep was not read");
            draft.problems.push(problem);
        }
        if let Some(title) = &self.title {
            draft.infer_title(title);
        }
        let [year, month, day] = self.created;
        if (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) {
            self.properties.created = format!("{year:04}-{month:02}-{day:02}");
        }
        self.properties.tell(&page, draft);
        tell_running_heads(self.heads.lines(), draft);
        page
    }
}

fn is_aside(destination: Destination) -> bool {
    matches!(destination, Destination::Note | Destination::Box)
}
