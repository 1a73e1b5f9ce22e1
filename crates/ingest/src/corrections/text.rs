//! Corrections of words.

use super::{Change, Correcting};
use crate::extract::Body;
use crate::format::Page;
use onrecord_model::Span;
use onrecord_text::canonicalize;
use std::ops::Range;

/// A place in a text, and the words to put there.
struct Edit<'a> {
    place: usize,
    range: Range<usize>,
    replace: &'a str,
    note: String,
}

/// Replaces words of a document before its layout is found, so that all offsets are those of the
/// corrected text.
///
/// Each correction is looked for in the text as it was read, whatever the others do, and must be
/// there once.
pub(crate) fn correct_text(body: Body, correcting: &mut Correcting<'_>) -> Body {
    let is_of_text = |change: &Result<Change, String>| matches!(change, Ok(Change::Text { .. }));
    if !correcting.corrections.iter().any(|(_, correction)| is_of_text(&correction.change)) {
        return body;
    }
    match body {
        Body::Plain(text) => {
            let text = canonicalize(&text).text;
            let edits = edits_of(&text, correcting);
            let corrected = edited(&text, 0..text.len(), &edits);
            edits.iter().for_each(|edit| apply(edit, correcting));
            Body::Plain(canonicalize(&corrected).text)
        }
        Body::Laid(page) => Body::Laid(correct_page(page, correcting)),
    }
}

fn apply(edit: &Edit<'_>, correcting: &mut Correcting<'_>) {
    correcting.note_applied(edit.place, &edit.note);
    correcting.n_of_text += 1;
}

/// Finds where the corrections apply, in the order of the text; the others are stale.
fn edits_of<'a>(text: &str, correcting: &mut Correcting<'a>) -> Vec<Edit<'a>> {
    let mut edits: Vec<Edit<'a>> = Vec::new();
    for (place, correction) in correcting.corrections.clone() {
        let Ok(Change::Text { find, replace }) = &correction.change else { continue };
        match only_place(text, find, replace) {
            Ok(range) => {
                let note = format!("text: “{find}” → “{replace}” ({})", correction.why);
                edits.push(Edit { place, range, replace, note });
            }
            Err(reason) => correcting.note_stale(place, reason),
        }
    }
    // The first written of two that overlap stays.
    edits.sort_by_key(|edit| (edit.range.start, edit.place));
    let mut kept: Vec<Edit<'a>> = Vec::with_capacity(edits.len());
    for edit in edits {
        match kept.last_mut() {
            Some(last) if last.range.end > edit.range.start => {
                let later =
                    if last.place < edit.place { edit } else { std::mem::replace(last, edit) };
                correcting
                    .note_stale(later.place, "another correction changes some of the same words");
            }
            Some(_) | None => kept.push(edit),
        }
    }
    kept
}

/// Finds words that must be in a text once.
fn only_place(text: &str, find: &str, replace: &str) -> Result<Range<usize>, String> {
    let Some(start) = text.find(find) else {
        let is_done = !replace.trim().is_empty() && text.contains(replace);
        return Err(if is_done {
            "its words are not in the text, and those that it puts there are".to_owned()
        } else {
            "its words are not in the text".to_owned()
        });
    };
    let next = start + find.chars().next().map_or(1, char::len_utf8);
    if text.get(next..).is_some_and(|rest| rest.contains(find)) {
        return Err(
            "its words are in the text more than once: add some that stand around them".to_owned()
        );
    }
    Ok(start..start + find.len())
}

/// Copies a part of a text with the edits that lie in it.
fn edited(text: &str, part: Range<usize>, edits: &[Edit<'_>]) -> String {
    let piece = |range: Range<usize>| text.get(range).unwrap_or_default();
    let mut written = String::with_capacity(part.len());
    let mut copied = part.start;
    for edit in edits {
        written.push_str(piece(copied..edit.range.start));
        written.push_str(edit.replace);
        copied = edit.range.end;
    }
    written.push_str(piece(copied..part.end));
    written
}

/// Replaces words inside the blocks of a page; a block stays one.
fn correct_page(page: Page, correcting: &mut Correcting<'_>) -> Page {
    let Page { text, mut blocks, mut turns, are_turns_told } = page;
    let mut edits = edits_of(&text, correcting).into_iter().peekable();
    let mut written = String::with_capacity(text.len());
    let mut copied = 0;
    for block in &mut blocks {
        let old = block.span.range();
        let mut inside = Vec::new();
        while let Some(edit) = edits.next_if(|edit| edit.range.start < old.end) {
            inside.push(edit);
        }
        let label = block.turn.and_then(|turn| turns.get_mut(turn.0 as usize)?.label.as_mut());
        let label = label.filter(|label| old.contains(&(label.start as usize)));
        let label_end = label.as_ref().map_or(old.start, |label| label.end as usize);
        inside.retain(|edit| {
            let fits = edit.range.start >= label_end.max(old.start) && edit.range.end <= old.end;
            if !fits {
                let reason = "its words run over the end of a paragraph or the name of a speaker";
                correcting.note_stale(edit.place, reason);
            }
            fits
        });
        let mut content = canonicalize(&edited(&text, old.clone(), &inside)).text;
        if content.trim().is_empty() {
            let reason = "it would leave nothing of a paragraph";
            inside.drain(..).for_each(|edit| correcting.note_stale(edit.place, reason));
            content = text.get(old.clone()).unwrap_or_default().to_owned();
        }
        inside.iter().for_each(|edit| apply(edit, correcting));
        written.push_str(text.get(copied..old.start).unwrap_or_default());
        let start = written.len();
        written.push_str(if inside.is_empty() { &content } else { content.trim() });
        copied = old.end;
        block.span = Span::from_range(start..written.len());
        if let Some(label) = label {
            let shift = |at: u32| (at as usize - old.start + start) as u32;
            *label = Span::new(shift(label.start), shift(label.end));
        }
    }
    edits.for_each(|edit| correcting.note_stale(edit.place, "its words are in no paragraph"));
    written.push_str(text.get(copied..).unwrap_or_default());
    Page { text: written, blocks, turns, are_turns_told }
}
