//! Subtitles: what was said, without the times.

mod cues;
mod markup;

use super::block_text::{BlockText, Page};
use crate::metadata::Draft;
use crate::structure::{ends_sentence, is_note, turn_label};
use cues::{Cue, Cues};
use markup::{Spoken, Voice};
use onrecord_model::BlockKind;

/// A silence that ends a paragraph where a sentence ends too, in milliseconds. Pauses inside what
/// one person says are mostly shorter.
const PAUSE: u64 = 3_000;

/// Words after which a paragraph ends with the next sentence: about a minute of speech.
const FULL_PARAGRAPH: usize = 120;

/// Tells subtitles by their first lines.
pub(crate) fn is_subtitles(start: &str) -> bool {
    let mut lines = start.lines();
    let first = lines.next().unwrap_or_default();
    let is_number = (1..=6).contains(&first.trim().len())
        && first.trim().bytes().all(|byte| byte.is_ascii_digit());
    let mut is_cue = || lines.next().is_some_and(cues::is_time_line);
    let rest = first.strip_prefix("WEBVTT");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        || (is_number && is_cue())
}

/// Reads WebVTT or SubRip; the time of the last cue goes to the draft.
pub(crate) fn read_subtitles(source: &str, draft: &mut Draft) -> Page {
    let Cues { mut cues, language, problems, .. } = Cues::read(source);
    draft.problems.extend(problems);
    draft.give("language", language.as_deref().unwrap_or_default());
    if let Some(end) = cues.iter().map(|cue| cue.end).max().filter(|&end| end > 0) {
        let seconds = end.div_ceil(1000);
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        draft.give("duration", &format!("{hours:02}:{minutes:02}:{:02}", seconds % 60));
    }
    drop_repeated(&mut cues);
    let mut writing = Writing::new(&cues);
    for cue in &cues {
        writing.cue(cue);
    }
    writing.page.finish()
}

/// Drops the lines that roll up: those that each cue shows again, above the new ones.
///
/// A line that is said twice looks the same, so this is done only in files where at least half of
/// the cues begin with lines of the one before. A cue that is there twice, times and all, is
/// always one.
fn drop_repeated(cues: &mut Vec<Cue>) {
    cues.dedup();
    let repeated: Vec<usize> = cues
        .iter()
        .zip(cues.iter().skip(1))
        .map(|(last, next)| n_repeated(&last.lines, &next.lines))
        .collect();
    let n = repeated.iter().filter(|&&n| n > 0).count();
    if n < 2 || n * 2 < repeated.len() {
        return;
    }
    for (cue, n) in cues.iter_mut().skip(1).zip(repeated) {
        cue.lines.drain(..n);
    }
}

/// Lines that are compared of a cue: more are never on the screen.
const MAX_LINES: usize = 8;

/// Counts the first lines of a cue that are the last ones of the cue before.
fn n_repeated(last: &[Vec<Spoken>], next: &[Vec<Spoken>]) -> usize {
    let longest = last.len().min(next.len()).min(MAX_LINES);
    (1..=longest).rev().find(|&n| last.get(last.len() - n..) == next.get(..n)).unwrap_or(0)
}

/// A page being put together of cues.
struct Writing {
    page: BlockText,
    /// Whether marks tell who speaks; where none do, the words may.
    has_marks: bool,
    has_names: bool,
    name: Option<String>,
    n_words: usize,
    /// Whether what was written last ends a sentence.
    at_sentence_end: bool,
    /// Whether any sentence of the paragraph ended: automatic captions have no stops.
    has_stops: bool,
    end: u64,
}

impl Writing {
    fn new(cues: &[Cue]) -> Self {
        let spoken = || cues.iter().flat_map(|cue| cue.lines.iter().flatten());
        Self {
            page: BlockText::default(),
            has_marks: spoken().any(|spoken| spoken.voice != Voice::Same),
            has_names: spoken().any(|spoken| matches!(spoken.voice, Voice::Named(_))),
            name: None,
            n_words: 0,
            at_sentence_end: true,
            has_stops: false,
            end: 0,
        }
    }

    fn cue(&mut self, cue: &Cue) {
        let is_full = self.n_words >= FULL_PARAGRAPH;
        let pauses = cue.start.saturating_sub(self.end) >= PAUSE;
        let may_end = self.at_sentence_end || (is_full && !self.has_stops);
        if (pauses && may_end) || (is_full && self.at_sentence_end) {
            self.end_paragraph();
        }
        self.end = cue.end;
        // A note may be too long for its line.
        let whole: Vec<&str> = cue.lines.iter().flatten().map(|s| s.text.as_str()).collect();
        if cue.lines.len() > 1 && is_aside(&whole.join(" ")) {
            self.note(&whole.join(" "));
            return;
        }
        for line in &cue.lines {
            for spoken in line {
                self.voice(&spoken.voice, &spoken.text);
                self.words(&spoken.text);
            }
        }
    }

    /// Begins a turn where another begins to speak.
    fn voice(&mut self, voice: &Voice, words: &str) {
        let name = match voice {
            Voice::Named(name) if self.name.as_ref() == Some(name) => return,
            Voice::Named(name) => Some(name.clone()),
            Voice::Other => None,
            Voice::Same => {
                if turn_label(words).is_none() {
                    // Where voices are named, words without one are nobody's.
                    if self.has_names && self.name.take().is_some() {
                        self.begin_turn(None);
                    }
                    return;
                }
                None
            }
        };
        let label = turn_label(words).filter(|_| name.is_none());
        self.begin_turn(name.as_deref().or(label));
        self.name = name;
    }

    fn begin_turn(&mut self, name: Option<&str>) {
        self.end_paragraph();
        if self.has_marks {
            self.page.begin_turn(name);
        }
    }

    fn words(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if is_aside(text) {
            self.note(text);
            return;
        }
        if !self.page.ends_blank() {
            self.page.push(" ");
        }
        self.page.push(text);
        self.n_words += text.split_whitespace().count();
        self.at_sentence_end = ends_sentence(text) && !text.ends_with([',', ':', ';']);
        self.has_stops |= self.at_sentence_end;
    }

    fn note(&mut self, text: &str) {
        self.end_paragraph();
        self.page.open(BlockKind::Note);
        self.page.push(text);
        self.end_paragraph();
    }

    fn end_paragraph(&mut self) {
        self.page.close();
        self.n_words = 0;
        self.at_sentence_end = true;
        self.has_stops = false;
    }
}

/// Tells whether words tell of a sound: `[music]`, `(Applause.)`, `♪ … ♪`.
fn is_aside(text: &str) -> bool {
    let is_music = |c: char| matches!(c, '♪' | '♫' | '♬');
    is_note(text) || (text.starts_with(is_music) && text.ends_with(is_music))
}

#[cfg(test)]
mod tests;
