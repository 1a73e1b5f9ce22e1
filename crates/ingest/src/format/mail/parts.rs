//! The parts of a message (RFC 2045, 2046): the texts that it shows, and the names of the others.
//!
//! Only headers and transfer encodings are left to `mail-parser`: it nests messages as deep as
//! they say they are, and to let go of such a nest takes a stack as deep.

use crate::decode::{decode, detect_encoding};
use crate::format::Page;
use crate::format::html::read_whole_html;
use encoding_rs::{Encoding, WINDOWS_1252};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Message, MessageParser, MimeHeaders};
use std::borrow::Cow;

/// Parts inside parts, beyond which they are named and not read: each level costs a pass over
/// what lies in it, and mail that was forwarded many times seldom has ten.
const MAX_DEPTH: u32 = 40;

/// Parts of one file that are looked at.
const MAX_PARTS: usize = 10_000;

/// Names of attachments that are kept.
const MAX_NAMES: usize = 100;

/// A plain alternative shorter than this, in bytes, may only say that there is another.
const SHORT_ALTERNATIVE: usize = 250;

/// A text that a message shows.
#[derive(Debug)]
pub(super) enum Piece {
    Plain(String),
    Html(Page),
    Forwarded(Mail),
}

/// A message: its header and what it shows.
#[derive(Debug, Default)]
pub(super) struct Mail {
    pub(super) header: Message<'static>,
    pub(super) pieces: Vec<Piece>,
}

/// What is gathered on the way through a message's parts.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Names of parts that were not read.
    pub(super) attachments: Vec<String>,
    pub(super) n_unnamed: usize,
    pub(super) problems: Vec<String>,
    n_parts: usize,
}

/// What a part is where it does not say so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unnamed {
    Text,
    Message,
}

impl Reading {
    /// Reads a message.
    pub(super) fn message(&mut self, bytes: &[u8], depth: u32) -> Mail {
        let (header, _) = split_header(bytes);
        let header = parse_header(header);
        let pieces = self.entity(bytes, Unnamed::Text, depth);
        Mail { header, pieces }
    }

    fn entity(&mut self, bytes: &[u8], unnamed: Unnamed, depth: u32) -> Vec<Piece> {
        self.n_parts += 1;
        if self.n_parts > MAX_PARTS || depth > MAX_DEPTH {
            self.problem(if depth > MAX_DEPTH {
                format!("parts nested more than {MAX_DEPTH} deep were not read")
            } else {
                format!("parts beyond the first {MAX_PARTS} were not read")
            });
            return Vec::new();
        }
        let (header, body) = split_header(bytes);
        let header = parse_header(header);
        let content_type = header.content_type();
        let main = content_type.map(|kind| kind.c_type.to_ascii_lowercase());
        let sub = content_type.and_then(|kind| kind.c_subtype.as_deref());
        let sub = sub.unwrap_or_default().to_ascii_lowercase();
        let is_attached = header.content_disposition().is_some_and(|how| how.is_attachment());
        match (main.as_deref(), sub.as_str()) {
            (Some("multipart"), _) => self.multipart(&header, &sub, body, depth),
            (Some("message"), "rfc822" | "global") => self.forwarded(&header, body, depth),
            (None, _) if unnamed == Unnamed::Message => self.forwarded(&header, body, depth),
            (Some("text"), "plain" | "html" | "") | (None, _) if !is_attached => {
                self.text(&header, &sub, body)
            }
            _ => {
                self.name_attachment(&header);
                Vec::new()
            }
        }
    }

    fn multipart(
        &mut self,
        header: &Message<'_>,
        sub: &str,
        body: &[u8],
        depth: u32,
    ) -> Vec<Piece> {
        let boundary = header.content_type().and_then(|kind| kind.attribute("boundary"));
        let Some((parts, is_closed)) = boundary.and_then(|boundary| split_parts(body, boundary))
        else {
            self.problem("parts that no boundary parts: read as one text".to_owned());
            return self.text(header, "plain", body);
        };
        if !is_closed {
            self.problem("cut off: its last part has no end".to_owned());
        }
        let unnamed = if sub == "digest" { Unnamed::Message } else { Unnamed::Text };
        let read = parts.into_iter().map(|part| self.entity(part, unnamed, depth + 1));
        if sub == "alternative" { choose(read.collect()) } else { read.flatten().collect() }
    }

    fn forwarded(&mut self, header: &Message<'_>, body: &[u8], depth: u32) -> Vec<Piece> {
        let bytes = self.decoded(header, body);
        vec![Piece::Forwarded(self.message(&bytes, depth + 1))]
    }

    fn text(&mut self, header: &Message<'_>, sub: &str, body: &[u8]) -> Vec<Piece> {
        let bytes = self.decoded(header, body);
        let content_type = header.content_type();
        let attribute = |name| content_type.and_then(|kind| kind.attribute(name));
        let text = self.in_unicode(bytes.into_owned(), attribute("charset"));
        if sub == "html" {
            return match read_whole_html(text) {
                Ok(page) => vec![Piece::Html(page)],
                Err(reason) => {
                    self.problem(format!("its HTML was not read: {reason}"));
                    Vec::new()
                }
            };
        }
        let is_flowed = attribute("format").is_some_and(|way| way.eq_ignore_ascii_case("flowed"));
        let joins_words = attribute("delsp").is_some_and(|way| way.eq_ignore_ascii_case("yes"));
        vec![Piece::Plain(if is_flowed { unflow(&text, joins_words) } else { text })]
    }

    /// Undoes a transfer encoding; keeps the bytes as they stand where it is damaged.
    fn decoded<'a>(&mut self, header: &Message<'_>, body: &'a [u8]) -> Cow<'a, [u8]> {
        let way = header.content_transfer_encoding().unwrap_or_default().trim().to_lowercase();
        let decoded = match way.as_str() {
            "base64" => base64_decode(body),
            "quoted-printable" => quoted_printable_decode(body),
            _ => return Cow::Borrowed(body),
        };
        decoded.map_or_else(
            || {
                self.problem(format!("a part in damaged {way} is kept as it stands"));
                Cow::Borrowed(body)
            },
            Cow::Owned,
        )
    }

    fn in_unicode(&mut self, bytes: Vec<u8>, charset: Option<&str>) -> String {
        // Much mail says US-ASCII, or Latin 1 by another name, and is UTF-8.
        let named = charset.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
        let says_little = named.is_none_or(|encoding| encoding == WINDOWS_1252);
        if says_little && let Ok(text) = std::str::from_utf8(&bytes) {
            let is_other = named.is_none() && charset.is_some();
            let decoder = charset.filter(|_| is_other).and_then(|c| charset_decoder(c.as_bytes()));
            return decoder.map_or_else(|| text.to_owned(), |decoder| decoder(&bytes));
        }
        let encoding = named.unwrap_or_else(|| detect_encoding(&bytes, true));
        let decoded = decode(bytes, encoding);
        if let Some(note) = decoded.note {
            self.problem(note);
        }
        decoded.text
    }

    fn name_attachment(&mut self, part: &Message<'_>) {
        if self.attachments.len() == MAX_NAMES {
            self.n_unnamed += 1;
            return;
        }
        let kind = || {
            let kind = part.content_type()?;
            Some(format!("{}/{}", kind.c_type, kind.c_subtype.as_deref().unwrap_or("*")))
        };
        let name = part.attachment_name().map(str::to_owned).or_else(kind);
        self.attachments.push(name.unwrap_or_else(|| "unnamed".to_owned()));
    }

    /// Records a problem, each kind of them once.
    fn problem(&mut self, reason: String) {
        if !self.problems.contains(&reason) && self.problems.len() < MAX_NAMES {
            self.problems.push(reason);
        }
    }
}

/// Parts header and body at the first blank line.
fn split_header(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = bytes.get(at..end).unwrap_or_default();
        let after = bytes.get(end + 1..).unwrap_or_default();
        if line.trim_ascii().is_empty() {
            return (bytes.get(..at).unwrap_or_default(), after);
        }
        at = end + 1;
    }
    (bytes, &[])
}

fn parse_header(bytes: &[u8]) -> Message<'static> {
    let parsed = MessageParser::default().parse_headers(bytes);
    let part = parsed.and_then(|message| message.parts.into_iter().next());
    // Offsets into the bytes are not asked for, so these need not live on.
    let parts = vec![part.map(mail_parser::MessagePart::into_owned).unwrap_or_default()];
    Message { parts, ..Message::default() }
}

/// Cuts a body at the lines that are its boundary, and tells whether it ends as it should; none
/// where there is no such line.
fn split_parts<'a>(body: &'a [u8], boundary: &str) -> Option<(Vec<&'a [u8]>, bool)> {
    let mut parts = Vec::new();
    let (mut at, mut start) = (0, None);
    for end in memchr::memchr_iter(b'\n', body).chain([body.len()]) {
        let line = body.get(at..end).unwrap_or_default();
        let rest = line.strip_prefix(b"--").and_then(|r| r.strip_prefix(boundary.as_bytes()));
        let rest = rest.map(<[u8]>::trim_ascii_end);
        if let Some(rest) = rest.filter(|rest| matches!(rest, [] | [b'-', b'-'])) {
            if let Some(start) = start {
                parts.push(body.get(start..at.max(start)).unwrap_or_default());
            }
            if !rest.is_empty() {
                return Some((parts, true));
            }
            start = Some((end + 1).min(body.len()));
        }
        at = end + 1;
    }
    parts.push(body.get(start?..).unwrap_or_default());
    Some((parts, false))
}

/// Chooses among alternatives: the first plain text, unless it is empty or a stand-in for what is
/// much longer; else the last, which is the richest (RFC 2046, 5.1.4).
fn choose(mut alternatives: Vec<Vec<Piece>>) -> Vec<Piece> {
    let length = |pieces: &[Piece]| -> usize {
        pieces.iter().map(Piece::n_bytes).fold(0, usize::saturating_add)
    };
    let is_plain = |pieces: &Vec<Piece>| {
        length(pieces) > 0 && pieces.iter().all(|piece| matches!(piece, Piece::Plain(_)))
    };
    alternatives.retain(|pieces| length(pieces) > 0);
    let richest = alternatives.last().map_or(0, |pieces| length(pieces));
    let plain = alternatives.iter().position(is_plain).filter(|&at| {
        let n = alternatives.get(at).map_or(0, |pieces| length(pieces));
        n >= SHORT_ALTERNATIVE || n * 10 >= richest
    });
    let at = plain.unwrap_or(alternatives.len().saturating_sub(1));
    if at < alternatives.len() { alternatives.swap_remove(at) } else { Vec::new() }
}

impl Piece {
    fn n_bytes(&self) -> usize {
        match self {
            Self::Plain(text) => text.trim().len(),
            Self::Html(page) => page.text.len(),
            // More than any alternative of it: a message is never a stand-in.
            Self::Forwarded(_) => SHORT_ALTERNATIVE,
        }
    }
}

/// Joins the lines of a text in `format=flowed` (RFC 3676): a blank at the end of a line says
/// that its paragraph goes on in the next one of the same depth of quotation.
fn unflow(text: &str, joins_words: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let bare = line.trim_start_matches('>');
        let depth = line.len() - bare.len();
        let content = bare.strip_prefix(' ').unwrap_or(bare);
        let is_mark = content == "-- ";
        if open == Some(depth) && !is_mark {
            joined.push_str(content);
        } else {
            if !joined.is_empty() {
                joined.push('\n');
            }
            joined.extend(std::iter::repeat_n('>', depth));
            joined.push_str(if depth > 0 { " " } else { "" });
            joined.push_str(content);
        }
        let goes_on = content.ends_with(' ') && !is_mark;
        open = goes_on.then_some(depth);
        if goes_on && joins_words {
            joined.pop();
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_whole_lines() {
        let body = b"preamble\r\n--b\r\none\r\n--bb\r\n--b  \r\ntwo\r\n--b--\r\nepilogue";
        let (parts, is_closed) = split_parts(body, "b").unwrap();
        assert_eq!(parts, [&b"one\r\n--bb\r\n"[..], b"two\r\n"]);
        assert!(is_closed);
        assert_eq!(split_parts(b"--b\none", "b"), Some((vec![&b"one"[..]], false)));
        assert_eq!(split_parts(b"--c\none", "b"), None);
        assert_eq!(split_header(b"A: b\n c\r\n\r\nbody"), (&b"A: b\n c\r\n"[..], &b"body"[..]));
        assert_eq!(split_header(b"\nbody"), (&b""[..], &b"body"[..]));
    }

    #[test]
    fn flowed_lines_join() {
        for (text, joins_words, expected) in [
            ("one \ntwo\nthree", false, "one two\nthree"),
            ("one \ntwo", true, "onetwo"),
            ("> one \n> two\nthree", false, "> one two\nthree"),
            ("> one \nthree", false, "> one \nthree"),
            (">> a \n> b", false, ">> a \n> b"),
            (" From here", false, "From here"),
            ("one\n-- \nAna", false, "one\n-- \nAna"),
        ] {
            assert_eq!(unflow(text, joins_words), expected, "{text:?}");
        }
    }
}
