//! Mailboxes (RFC 4155): messages one after the other, each behind a line `From SENDER DATE`.

use crate::format::lines::{LineRead, read_line};
use std::io::{self, BufRead};

/// The longest line that may begin a message, in bytes.
const MAX_START: usize = 400;

/// Tells whether a line begins a message: `From`, an address or a name, and a date with its time
/// and year.
pub(crate) fn is_message_start(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ").filter(|rest| rest.len() <= MAX_START) else {
        return false;
    };
    let words = || rest.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty());
    let is_time = |word: &[u8]| {
        word.len() >= 4
            && word.contains(&b':')
            && word.iter().all(|b| b.is_ascii_digit() || *b == b':')
    };
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words().any(is_time) && words().any(is_year)
}

/// Returns the id that the header of a message gives it, without the brackets around it.
pub(crate) fn message_id_of(message: &[u8]) -> Option<Vec<u8>> {
    const NAME: &[u8] = b"message-id";
    let is_folded = |line: &[u8]| line.starts_with(b" ") || line.starts_with(b"\t");
    let mut lines = message
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii_end)
        .take_while(|line| !line.is_empty())
        .peekable();
    let mut found = None;
    while let Some(line) = lines.next() {
        let Some((name, value)) = line.split_at_checked(NAME.len()) else { continue };
        let Some(value) = value.trim_ascii_start().strip_prefix(b":") else { continue };
        if !name.eq_ignore_ascii_case(NAME) {
            continue;
        }
        let mut id = value.trim_ascii().to_vec();
        while let Some(more) = lines.next_if(|line| is_folded(line)) {
            id.extend_from_slice(more.trim_ascii());
        }
        // Of two, the one that the reader of the message takes.
        found = Some(id);
    }
    let id = found?;
    let from = id.iter().position(|byte| *byte == b'<').map_or(0, |at| at + 1);
    let inside = id.get(from..)?.split(|byte| *byte == b'>').next()?.trim_ascii();
    (!inside.is_empty()).then(|| inside.to_vec())
}

/// One step of cutting a mailbox.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// A message and the 1-based line that it begins on.
    Message(u64, Vec<u8>),
    /// A message over the limit, passed over, and the line that it begins on.
    TooLong(u64),
}

/// Cuts a mailbox into messages, holding one at a time.
pub(crate) struct MailboxCut<R> {
    stream: R,
    limit: usize,
    line: Vec<u8>,
    /// Lines read.
    n_lines: u64,
    /// The line that the message being read begins on; none before the first.
    start: Option<u64>,
    finished: bool,
}

impl<R: BufRead> MailboxCut<R> {
    /// Begins to cut; no message over `limit` bytes is given.
    pub(crate) fn new(stream: R, limit: usize) -> Self {
        Self { stream, limit, line: Vec::new(), n_lines: 0, start: None, finished: false }
    }

    /// Returns the line that was read last, counted from 1.
    pub(crate) const fn line(&self) -> u64 {
        self.n_lines
    }

    /// Returns the next message; what comes before the first one is one too.
    ///
    /// # Errors
    /// What reading says; [`Self::rest`] gives what was read of the message before it.
    pub(crate) fn next_message(&mut self, message: &mut Vec<u8>) -> io::Result<Option<Cut>> {
        message.clear();
        let (mut too_long, mut after_blank) = (false, true);
        while !self.finished {
            let read = read_line(&mut self.stream, &mut self.line, self.limit)?;
            if read == LineRead::End {
                self.finished = true;
                break;
            }
            self.n_lines += 1;
            let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
            if after_blank && read == LineRead::Line && is_message_start(line) {
                let before = self.start.replace(self.n_lines);
                if let Some(before) = before.filter(|_| too_long || !is_blank(message)) {
                    return Ok(Some(cut(before, too_long, message)));
                }
                continue;
            }
            self.start.get_or_insert(self.n_lines);
            after_blank = line.is_empty();
            let quoted = line.iter().take_while(|&&byte| byte == b'>').count();
            let is_escaped =
                quoted > 0 && line.get(quoted..).is_some_and(|r| r.starts_with(b"From "));
            let line = self.line.get(usize::from(is_escaped)..).unwrap_or_default();
            too_long |= read == LineRead::TooLong || message.len() + line.len() >= self.limit;
            if too_long {
                message.clear();
            } else {
                message.extend_from_slice(line);
                message.push(b'\n');
            }
        }
        let last = self.start.take().filter(|_| too_long || !is_blank(message));
        Ok(last.map(|start| cut(start, too_long, message)))
    }

    /// Returns what was read of a message before reading failed, and ends.
    pub(crate) fn rest(&mut self, message: &mut Vec<u8>) -> Option<Cut> {
        self.finished = true;
        let start = self.start.take().filter(|_| !is_blank(message))?;
        Some(cut(start, false, message))
    }
}

fn cut(start: u64, too_long: bool, message: &mut Vec<u8>) -> Cut {
    if too_long { Cut::TooLong(start) } else { Cut::Message(start, std::mem::take(message)) }
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.trim_ascii().is_empty()
}
