//! Whose words the lines of a message are: its sender's, or those of one who is quoted.

use crate::metadata::{is_person_name, is_person_sending};
use std::ops::Range;

/// Lines after a signature's mark, beyond which the mark is taken for a rule.
const MAX_SIGNATURE: usize = 20;

/// Lines that a lead-in may run over.
const MAX_LEAD_IN: usize = 3;

/// The longest lead-in, in bytes.
const MAX_LEAD_IN_BYTES: usize = 400;

/// Marks of quotation before a line, beyond which they are not told apart.
pub(super) const MAX_MARKS: usize = 20;

/// A line of a message.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// How many marks of quotation stood before it.
    pub(super) depth: usize,
    /// The block of a page that it is of.
    pub(super) block: usize,
}

impl Line {
    /// Reads a line of plain text.
    pub(super) fn plain(line: &str) -> Self {
        let (mut rest, mut depth) = (line, 0);
        while let Some(inner) = rest.strip_prefix('>') {
            rest = inner.strip_prefix(' ').filter(|r| r.starts_with('>')).unwrap_or(inner);
            depth += 1;
        }
        let text = if depth > 0 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
        Self { text: text.to_owned(), depth: depth.min(MAX_MARKS), block: 0 }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Whose words some lines are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Sender,
    /// One who is quoted, as the text names them.
    Named(String),
    Nobody,
}

/// Lines of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) whose: Whose,
    /// Whether they are no words of the message: a lead-in, a header, a signature.
    pub(super) is_note: bool,
    pub(super) lines: Range<usize>,
}

/// Parts lines by whose they are.
pub(super) fn stretches(lines: &[Line]) -> Vec<Stretch> {
    let mut found = Found { stretches: Vec::new(), voices: vec![Whose::Sender] };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.is_blank() {
            at += 1;
            continue;
        }
        let depth = line.depth;
        found.voices.resize(depth + 1, Whose::Nobody);
        at = if let Some((end, name)) = message_header(lines, at) {
            found.set(depth, name);
            found.add(depth, true, at..end)
        } else if let Some((end, name)) = lead_in(lines, at) {
            let marked = next_depth(lines, end).filter(|&inner| inner > depth);
            // Where no mark says how far it goes, the sender's own words may stand behind it.
            let (inner, name) = marked.map_or((depth, None), |inner| (inner, name));
            // Who is quoted by one who is quoted is in doubt beyond the next mark.
            found.voices.resize(depth + 1, Whose::Nobody);
            found.set(inner, name);
            found.add(inner, true, at..end)
        } else if let Some(end) = signature(lines, at) {
            found.add(depth, true, at..end)
        } else {
            found.add(depth, false, at..at + 1)
        };
    }
    found.stretches
}

struct Found {
    stretches: Vec<Stretch>,
    /// Whose the words behind so many marks are.
    voices: Vec<Whose>,
}

impl Found {
    fn set(&mut self, depth: usize, name: Option<String>) {
        self.voices.resize(depth + 1, Whose::Nobody);
        if let Some(voice) = self.voices.get_mut(depth) {
            *voice = name.map_or(Whose::Nobody, Whose::Named);
        }
    }

    fn add(&mut self, depth: usize, is_note: bool, lines: Range<usize>) -> usize {
        let end = lines.end;
        let whose = self.voices.get(depth).cloned().unwrap_or(Whose::Nobody);
        match self.stretches.last_mut() {
            Some(last) if !is_note && !last.is_note && last.whose == whose => last.lines.end = end,
            _ => self.stretches.push(Stretch { whose, is_note, lines }),
        }
        end
    }
}

fn next_depth(lines: &[Line], from: usize) -> Option<usize> {
    lines.get(from..)?.iter().find(|line| !line.is_blank()).map(|line| line.depth)
}

/// Words that begin and end what announces a quoted reply, in the languages of usual programs.
const LEAD_INS: [(&str, &str); 16] = [
    ("On ", " wrote:"),
    ("", " wrote:"),
    ("", " writes:"),
    ("Le ", " a écrit :"),
    ("Le ", " a écrit:"),
    ("El ", " escribió:"),
    ("Em ", " escreveu:"),
    ("Il ", " ha scritto:"),
    ("Am ", " schrieb:"),
    ("Op ", " schreef:"),
    ("Op ", " het volgende geschreven:"),
    ("Le ", " a écrit\u{a0}:"),
    ("Le ", " a écrit\u{202f}:"),
    ("Em ", " escreveu :"),
    ("No dia ", " escreveu:"),
    ("El ", " escribió :"),
];

/// Words that begin such a line where the one who wrote stands behind the word for writing.
const LEAD_INS_BEFORE_NAMES: [(&str, &str); 7] = [
    ("Am ", " schrieb "),
    ("Op ", " schreef "),
    ("Le ", " a écrit "),
    ("El ", " escribió "),
    ("Em ", " escreveu "),
    ("No dia ", " escreveu "),
    ("Il ", " ha scritto "),
];

/// Reads a line such as `Am 13.07.2011 um 09:00 schrieb Ben Moss:`, and whom it names.
///
/// A sentence may be so too, `Am 3. Mai schrieb ich:`. So the day stands before the word for
/// writing, and behind it an address, a whole name, or behind a full date one that is not whole.
fn lead_in_before_name(words: &str) -> Option<Option<String>> {
    let words = words.strip_suffix(':')?.trim_end();
    LEAD_INS_BEFORE_NAMES.iter().find_map(|(begin, verb)| {
        let (day, writer) = words.strip_prefix(begin)?.split_once(verb)?;
        let name = name_of_sender(writer);
        let is_name = name.as_deref().is_some_and(is_person_name) || writer.contains('@');
        let n_digits = day.bytes().filter(u8::is_ascii_digit).count();
        let is_dated = n_digits >= 6 && writer.starts_with(char::is_uppercase);
        (is_dated || n_digits > 0 && is_name).then_some(name)
    })
}

/// Reads what announces a quoted reply: where it ends, and whom it names.
fn lead_in(lines: &[Line], at: usize) -> Option<(usize, Option<String>)> {
    let first = lines.get(at)?;
    let mut joined = String::new();
    for end in at + 1..=at + MAX_LEAD_IN {
        let line = lines.get(end - 1).filter(|line| line.depth == first.depth)?;
        if line.is_blank() || joined.len() + line.text.len() > MAX_LEAD_IN_BYTES {
            return None;
        }
        joined.push(' ');
        joined.push_str(line.text.trim());
        let words = joined.trim();
        let is_marked = next_depth(lines, end).is_some_and(|depth| depth > first.depth);
        // Where nothing says how it begins, a lead-in is one line: others may be words.
        let is_one_line = end == at + 1;
        let known = LEAD_INS.iter().filter(|(begin, _)| is_one_line || !begin.is_empty());
        let found = known.into_iter().find_map(|(begin, close)| {
            words.strip_prefix(begin)?.strip_suffix(close).map(|inner| (*begin, inner))
        });
        if let Some((begin, inner)) = found {
            let is_dated = inner.contains(|c: char| c.is_ascii_digit());
            // A sentence may end in "wrote:" too; it seldom begins so and tells the day.
            if is_marked || (!begin.is_empty() && is_dated) {
                return Some((end, name_in_lead_in(begin, inner)));
            }
        }
        // Where no mark says how far the quotation goes, it is of nobody.
        if let Some(name) = lead_in_before_name(words) {
            return Some((end, name.filter(|_| is_marked)));
        }
        // In any other language: the day or an address, a colon, and then the quotation.
        if is_marked
            && is_one_line
            && words.ends_with(':')
            && (words.contains('@') || words.chars().filter(char::is_ascii_digit).count() >= 6)
        {
            return Some((end, None));
        }
    }
    None
}

/// Finds who wrote: what stands between the day and the end of a lead-in.
fn name_in_lead_in(begin: &str, inner: &str) -> Option<String> {
    let inner = inner.split(['<', '[']).next()?.trim();
    let is_of_day = |word: &str| {
        let word = word.trim_matches(['(', ')', ',', '.', ':']);
        word.contains(|c: char| c.is_ascii_digit())
            || ["am", "pm", "a.m", "p.m", "utc", "gmt"].iter().any(|w| word.eq_ignore_ascii_case(w))
            || (word.len() == 3
                && word.ends_with('T')
                && word.chars().all(|c| c.is_ascii_uppercase()))
    };
    let day_end = inner.split_inclusive(' ').scan(0, |end, word| {
        *end += word.len();
        Some((*end, is_of_day(word.trim_end())))
    });
    let day_end = day_end.filter(|(_, is_day)| *is_day).last().map(|(end, _)| end);
    if day_end.is_none() && !begin.is_empty() {
        return None;
    }
    let name = inner.get(day_end.unwrap_or(0)..)?.trim_matches([',', ' ', '"', '\'']);
    let plain = name.replace(',', " ");
    is_person_name(plain.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
        .then(|| name.to_owned())
}

/// Names of header lines in forwarded messages: of the sender, then of others.
const SENDER_NAMES: [&str; 5] = ["From", "Von", "De", "Da", "Van"];
#[rustfmt::skip]
const OTHER_NAMES: [&str; 25] = [
    "Sent", "Date", "To", "Cc", "Subject", "Reply-To", "Gesendet", "Datum", "An", "Betreff",
    "Envoyé", "À", "Objet", "Enviado", "Fecha", "Para", "Asunto", "Inviato", "Data", "A",
    "Oggetto", "Verzonden", "Aan", "Onderwerp", "Bcc",
];

/// Reads the header of a message that is quoted below: where it ends, and whom it names.
fn message_header(lines: &[Line], at: usize) -> Option<(usize, Option<String>)> {
    let depth = lines.get(at)?.depth;
    let mut from = at;
    if is_rule(&lines.get(at)?.text) {
        from += 1;
        while lines.get(from).is_some_and(|line| line.is_blank() && from < at + 3) {
            from += 1;
        }
    }
    let (mut sender, mut n_others, mut end) = (None, 0, from);
    for line in lines.get(from..)?.iter().take(12).take_while(|line| line.depth == depth) {
        let text = line.text.trim().trim_matches('*');
        let Some((name, value)) = text.split_once(':') else {
            // A long list of addresses goes on in the next line.
            if n_others == 0 || !text.contains(['@', ';']) {
                break;
            }
            end += 1;
            continue;
        };
        let name = name.trim().trim_matches('*');
        if SENDER_NAMES.contains(&name) && sender.is_none() {
            sender = Some(value.trim_matches(['*', ' ']).to_owned());
        } else if OTHER_NAMES.contains(&name) {
            n_others += 1;
        } else {
            break;
        }
        end += 1;
    }
    let is_header = n_others >= 2 || (from > at && n_others >= 1);
    let sender = sender.filter(|_| is_header)?;
    Some((end, name_of_sender(&sender).filter(|name| is_person_sending(name))))
}

/// Tells whether a line announces a message that is forwarded below.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_matches(['-', ' ', ':']).to_lowercase();
    let is_ruled = line.starts_with("--") || line.starts_with("Begin ");
    let announces = ["original message", "forwarded message", "ursprüngliche nachricht"]
        .iter()
        .any(|words| inner.ends_with(words));
    (is_ruled && announces) || (line.len() >= 10 && line.chars().all(|c| matches!(c, '_' | '-')))
}

/// Returns the name before an address, without the address.
pub(super) fn name_of_sender(sender: &str) -> Option<String> {
    let name = sender.split(['<', '[']).next()?.trim_matches(['"', '\'', ' ', ',']);
    let is_name = name.contains(char::is_alphabetic) && !name.contains('@') && name.len() <= 100;
    is_name.then(|| name.to_owned())
}

fn is_signature_mark(line: &str) -> bool {
    line.trim_end() == "--"
}

/// Finds where a signature ends that begins here; of several marks the last begins it.
fn signature(lines: &[Line], at: usize) -> Option<usize> {
    let line = lines.get(at).filter(|line| is_signature_mark(&line.text))?;
    let mut end = at + 1;
    while lines.get(end).is_some_and(|next| next.is_blank() || next.depth == line.depth)
        && message_header(lines, end).is_none()
        && lead_in(lines, end).is_none()
    {
        end += 1;
        let goes_on = lines.get(end).is_some_and(|next| is_signature_mark(&next.text));
        if goes_on || end > at + 1 + MAX_SIGNATURE {
            return None;
        }
    }
    (end > at + 1).then_some(end)
}
