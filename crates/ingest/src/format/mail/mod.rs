//! Mail: one message, its sender's words apart from those that it quotes.

mod mailbox;
mod parts;
mod quoted;

pub(crate) use mailbox::{Cut, MailboxCut, message_id_of};

use super::Format;
use super::block_text::{BlockText, Page};
use crate::metadata::{Draft, is_person_sending};
use crate::structure::{blocks_in, turn_label};
use mail_parser::{Address, HeaderName, Message};
use onrecord_model::{BlockKind, Speaker};
use parts::{Mail, Piece, Reading};
use quoted::{Line, MAX_MARKS, Stretch, Whose, name_of_sender, stretches};

/// Extra field that holds the id which a message's header gives it.
pub(crate) const MESSAGE_ID: &str = "message_id";

/// Tells mail by its first lines: a mailbox by the line that begins a message, a message by the
/// names of its header lines, one that only programs write among them, or its file's name.
pub(crate) fn detect(start: &str, is_named_mail: bool) -> Option<Format> {
    #[rustfmt::skip]
    const BY_PROGRAMS: [&str; 7] = [
        "Received", "MIME-Version", "Message-ID", "Return-Path", "Delivered-To", "DKIM-Signature",
        "Content-Transfer-Encoding",
    ];
    const BY_PEOPLE: [&str; 5] = ["From", "To", "Date", "Subject", "Content-Type"];
    if start.lines().next().is_some_and(|line| mailbox::is_message_start(line.as_bytes())) {
        return Some(Format::Mailbox);
    }
    let (mut n_by_programs, mut n_by_people) = (0, 0);
    for line in start.lines().take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':').filter(|(name, _)| !name.contains(' ')) else {
            break;
        };
        let is_one_of = |names: &[&str]| names.iter().any(|n| name.eq_ignore_ascii_case(n));
        n_by_programs += usize::from(is_one_of(&BY_PROGRAMS));
        n_by_people += usize::from(is_one_of(&BY_PEOPLE));
    }
    let is_mail = n_by_programs > 0 && n_by_programs + n_by_people >= 2;
    (is_mail || (is_named_mail && n_by_people > 0)).then_some(Format::Mail)
}

/// Reads a message; what its header says goes to the draft.
///
/// # Errors
/// What was lost, where nothing is left.
pub(crate) fn read_mail(bytes: &[u8], draft: &mut Draft) -> Result<Page, String> {
    let mut reading = Reading::default();
    let mail = reading.message(bytes, 0);
    read_header(&mail.header, draft);
    let mut attachments = reading.attachments.join("; ");
    if reading.n_unnamed > 0 {
        attachments.push_str(&format!("; and {} others", reading.n_unnamed));
    }
    draft.give("attachments", &attachments);
    let page = written(&mail);
    if page.text.is_empty() && !reading.problems.is_empty() {
        return Err(reading.problems.join("; "));
    }
    draft.problems.append(&mut reading.problems);
    Ok(page)
}

fn read_header(header: &Message<'_>, draft: &mut Draft) {
    draft.give("subject", header.subject().unwrap_or_default());
    let raw_date = header.header(HeaderName::Date).and_then(|value| value.as_text());
    match header.date() {
        // The day by the sender's own clock: what the header says before its offset.
        Some(date) if date.is_valid() => {
            draft.give("date", &format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
        }
        Some(_) | None => draft.give("date", raw_date.unwrap_or_default()),
    }
    draft.give(MESSAGE_ID, header.message_id().unwrap_or_default());
    draft.give("mail_from", &header.from().map(addresses).unwrap_or_default());
    if let Some(name) = name_shown(header) {
        let key = if is_person_sending(&name) { "speaker" } else { "issuer" };
        draft.give(key, &name);
    }
}

fn addresses(from: &Address<'_>) -> String {
    let shown = from.iter().map(|one| match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Returns the name of the person who sent a message; none where it was a body, or several.
fn sender(header: &Message<'_>) -> Option<String> {
    name_shown(header).filter(|name| is_person_sending(name))
}

/// Returns the name that a message shows of its sender; none where it has several senders.
fn name_shown(header: &Message<'_>) -> Option<String> {
    let mut senders = header.from()?.iter();
    let only = senders.next().filter(|_| senders.next().is_none())?;
    name_of_sender(only.name()?)
}

/// A page being put together of messages.
#[derive(Default)]
struct Writing {
    page: BlockText,
    n_turns: usize,
    /// The turns that the sender's name begins.
    of_sender: Vec<usize>,
    /// Whether turns have to be told apart.
    has_voices: bool,
    /// Whether labels in the sender's words tell who speaks.
    has_labels: bool,
}

/// A piece in lines, with the blocks that they come from.
struct Lines<'a> {
    lines: Vec<Line>,
    /// The kinds of a page's blocks; none for plain text.
    page: Option<&'a Page>,
    stretches: Vec<Stretch>,
}

fn written(mail: &Mail) -> Page {
    let pieces: Vec<Option<Lines<'_>>> = mail.pieces.iter().map(lines_of_piece).collect();
    let is_of_others = |piece: &Option<Lines<'_>>| {
        piece.as_ref().is_none_or(|lines| lines.stretches.iter().any(|s| s.whose != Whose::Sender))
    };
    let mut writing = Writing { has_voices: pieces.iter().any(is_of_others), ..Writing::default() };
    writing.has_labels = pieces.iter().flatten().any(has_labels);
    let name = sender(&mail.header);
    for (piece, lines) in mail.pieces.iter().zip(&pieces) {
        match (piece, lines) {
            (Piece::Forwarded(inner), _) => writing.forwarded(inner),
            (_, Some(lines)) => writing.piece(lines, name.as_deref(), true),
            (Piece::Plain(_) | Piece::Html(_), None) => {}
        }
    }
    let Writing { page, of_sender, .. } = writing;
    let mut page = page.finish();
    // Whom the header names as its sender has said what is not quoted.
    for (at, turn) in page.turns.iter_mut().enumerate() {
        if of_sender.binary_search(&at).is_ok() {
            turn.speaker = name.as_deref().map(Speaker::from_name);
        }
    }
    page
}

fn lines_of_piece(piece: &Piece) -> Option<Lines<'_>> {
    let (lines, page) = match piece {
        Piece::Forwarded(_) => return None,
        Piece::Plain(text) => (text.lines().map(Line::plain).collect::<Vec<_>>(), None),
        Piece::Html(page) => (lines_of_page(page), Some(page)),
    };
    let stretches = stretches(&lines);
    Some(Lines { lines, page, stretches })
}

fn lines_of_page(page: &Page) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        let text = page.text.get(block.span.range()).unwrap_or_default();
        let turn = block.turn.and_then(|turn| page.turns.get(turn.0 as usize));
        let depth = turn.and_then(|turn| turn.named_as.as_deref()?.parse().ok()).unwrap_or(0);
        let of_block =
            |line: &str| Line { text: line.to_owned(), depth: depth.min(MAX_MARKS), block: at };
        lines.extend(text.split('\n').map(of_block));
        lines.push(of_block(""));
    }
    lines
}

/// Tells whether the sender's words are a transcript with the names of those who speak.
fn has_labels(piece: &Lines<'_>) -> bool {
    piece.stretches.iter().any(|stretch| {
        let own = stretch.whose == Whose::Sender && !stretch.is_note;
        let mut lines = piece.lines.get(stretch.lines.clone()).unwrap_or_default().iter();
        own && lines.any(|line| turn_label(line.text.trim()).is_some())
    })
}

impl Writing {
    /// Writes a message that another one holds: nobody's words but its own sender's.
    fn forwarded(&mut self, mail: &Mail) {
        self.begin_turn(&Whose::Nobody, None);
        self.page.open(BlockKind::Note);
        let header = &mail.header;
        let date =
            header.date().map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
        let from = header.from().map(addresses);
        let subject = header.subject().map(str::to_owned);
        for (name, value) in [("From", from), ("Date", date), ("Subject", subject)] {
            if let Some(value) = value {
                self.page.push(&format!("{name}: {value}"));
                self.page.line_end();
            }
        }
        let name = sender(header);
        for piece in &mail.pieces {
            match (piece, lines_of_piece(piece)) {
                (Piece::Forwarded(inner), _) => self.forwarded(inner),
                (_, Some(lines)) => self.piece(&lines, name.as_deref(), false),
                (Piece::Plain(_) | Piece::Html(_), None) => {}
            }
        }
    }

    /// Writes a piece of a message whose sender is named, `is_outer` where it is the one read.
    fn piece(&mut self, piece: &Lines<'_>, name: Option<&str>, is_outer: bool) {
        let mut last = None;
        for stretch in &piece.stretches {
            if last != Some(&stretch.whose) {
                self.begin_turn(&stretch.whose, name.map(|name| (name, is_outer)));
                last = Some(&stretch.whose);
            }
            let lines = piece.lines.get(stretch.lines.clone()).unwrap_or_default();
            let is_own = is_outer && stretch.whose == Whose::Sender;
            if stretch.is_note {
                self.page.open(BlockKind::Note);
                lines.iter().for_each(|line| self.line(&line.text));
                self.page.close();
            } else if let Some(page) = piece.page {
                for run in lines.chunk_by(|a, b| a.block == b.block) {
                    let at = run.first().map_or(0, |line| line.block);
                    let kind = page.blocks.get(at).map_or(BlockKind::Paragraph, |b| b.kind);
                    let text: Vec<&str> = run.iter().map(|line| line.text.as_str()).collect();
                    self.block(kind, &text.join("\n"), is_own);
                }
            } else {
                let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                let text = text.join("\n");
                for block in blocks_in(&text) {
                    let content = text.get(block.span.range()).unwrap_or_default();
                    self.block(block.kind, content, is_own);
                }
            }
        }
    }

    fn line(&mut self, text: &str) {
        self.page.push(text);
        self.page.line_end();
    }

    fn block(&mut self, kind: BlockKind, text: &str, is_own: bool) {
        let is_running = matches!(kind, BlockKind::Paragraph | BlockKind::ListItem);
        let kind = if is_running && !is_own { BlockKind::Quotation } else { kind };
        if is_own
            && self.has_voices
            && let Some(label) = turn_label(text)
        {
            self.page.begin_turn(Some(label));
            self.n_turns += 1;
        }
        self.page.open(kind);
        self.page.push(text);
        self.page.close();
    }

    /// Begins a turn, where turns have to be told apart; `sender` says who sends, and whether the
    /// message is the outer one.
    fn begin_turn(&mut self, whose: &Whose, sender: Option<(&str, bool)>) {
        if !self.has_voices {
            return;
        }
        let name = match (whose, sender) {
            (Whose::Named(name), _) => Some(name.as_str()),
            (Whose::Sender, Some((_, true))) if self.has_labels => None,
            (Whose::Sender, Some((name, is_outer))) => {
                if is_outer {
                    self.of_sender.push(self.n_turns);
                }
                Some(name)
            }
            (Whose::Sender, None) | (Whose::Nobody, _) => None,
        };
        self.page.begin_turn(name);
        self.n_turns += 1;
    }
}

#[cfg(test)]
mod tests;
