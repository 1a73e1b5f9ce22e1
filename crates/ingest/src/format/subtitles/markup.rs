//! The marks inside a cue: voices, styles, references, changes of speaker.

use crate::format::references::dereferenced;

/// Who says some words, as far as marks tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// The one who spoke before.
    Same,
    /// Another, whom no mark names.
    Other,
    /// The one whom a voice tag names.
    Named(String),
}

/// Words of one voice in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) voice: Voice,
    pub(super) text: String,
}

/// Takes the markup out of the lines of a cue; lines without words are left out.
pub(super) fn spoken_lines(payload: &[&str]) -> Vec<Vec<Spoken>> {
    let mut voice = None;
    let mut lines = Vec::with_capacity(payload.len());
    for line in payload {
        let mut spoken = Vec::new();
        for (voice, text) in plain_runs(line, &mut voice) {
            add_run(&mut spoken, voice, &text);
        }
        if !spoken.is_empty() {
            lines.push(spoken);
        }
    }
    lines
}

/// Cuts a line at its voice tags and drops the other tags; `voice` goes on from line to line.
fn plain_runs(line: &str, voice: &mut Option<String>) -> Vec<(Option<String>, String)> {
    let mut runs = Vec::new();
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tagged) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(before);
        let Some((tag, after)) = tag_at(tagged) else {
            let mut chars = tagged.chars();
            text.extend(chars.next());
            rest = chars.as_str();
            continue;
        };
        if let Some(other) = voice_of(tag) {
            runs.push((voice.clone(), std::mem::take(&mut text)));
            *voice = other;
        }
        rest = after;
    }
    text.push_str(rest);
    runs.push((voice.clone(), text));
    runs
}

/// The longest tag, in bytes.
const MAX_TAG: usize = 300;

/// Reads a tag, or an override of SubStation Alpha as in `{\an8}`, and returns what follows.
fn tag_at(text: &str) -> Option<(&str, &str)> {
    let window = text.get(..text.floor_char_boundary(MAX_TAG)).unwrap_or(text);
    let (inner, close) = match (window.strip_prefix('<'), window.strip_prefix("{\\")) {
        (Some(inner), _) => (inner, '>'),
        (None, Some(inner)) => (inner, '}'),
        (None, None) => return None,
    };
    let begins = |c: char| c.is_ascii_alphanumeric() || c == '/';
    let end = inner.find(close).filter(|_| inner.starts_with(begins))?;
    let length = window.len() - inner.len() + end + 1;
    Some((inner.get(..end)?, text.get(length..)?))
}

/// Tells what a tag does to the voice: none where it is no voice tag.
fn voice_of(tag: &str) -> Option<Option<String>> {
    if tag == "/v" {
        return Some(None);
    }
    let rest = tag.strip_prefix('v').filter(|rest| rest.starts_with(['.', ' ', '\t']))?;
    let name = rest.split_once([' ', '\t']).map_or("", |(_, name)| name);
    let name = dereferenced(name).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Some(name).filter(|name| !name.is_empty()))
}

/// Adds a run of text, cut where marks say that another speaks.
fn add_run(spoken: &mut Vec<Spoken>, voice: Option<String>, text: &str) {
    let text = dereferenced(text);
    let voice = voice.map_or(Voice::Same, Voice::Named);
    let starts_line = spoken.is_empty();
    for (at, part) in text.split(">>").enumerate() {
        let part = part.trim_start_matches('>');
        let dashed =
            ["- ", "– ", "— "].iter().find_map(|dash| part.trim_start().strip_prefix(dash));
        let dashed = dashed.filter(|_| at == 0 && starts_line);
        let words = dashed.unwrap_or(part).split_whitespace().collect::<Vec<_>>().join(" ");
        let changes = (at > 0 || dashed.is_some()) && voice == Voice::Same;
        let voice = if changes { Voice::Other } else { voice.clone() };
        if !words.is_empty() || changes {
            spoken.push(Spoken { voice, text: words });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_voices() {
        let same = |text: &str| (Voice::Same, text.to_owned());
        let other = |text: &str| (Voice::Other, text.to_owned());
        let named = |name: &str, text: &str| (Voice::Named(name.to_owned()), text.to_owned());
        for (payload, expected) in [
            (&["We <i>will</i> <c.red>dredge</c>."][..], vec![same("We will dredge.")]),
            (&["We<00:00:01.500><c> will</c>"], vec![same("We will")]),
            (&["{\\an8}Ports &amp; piers &#8212; 3 < 4"], vec![same("Ports & piers — 3 < 4")]),
            (
                &["<v Ada>Yes.</v> <v.loud Ben Moss>No."],
                vec![named("Ada", "Yes."), named("Ben Moss", "No.")],
            ),
            (
                &["<v Ada>Yes,", "it is.</v> So."],
                vec![named("Ada", "Yes,"), named("Ada", "it is."), same("So.")],
            ),
            (&[">> Yes. &gt;&gt; No."], vec![other("Yes."), other("No.")]),
            (&["- Yes.", "- No."], vec![other("Yes."), other("No.")]),
            (&[">>> THE MAYOR: Yes."], vec![other("THE MAYOR: Yes.")]),
            (&["so on - and on -"], vec![same("so on - and on -")]),
            (
                &["<v>x", "a <b", "&#xD800; &bogus;"],
                vec![same("x"), same("a <b"), same("&#xD800; &bogus;")],
            ),
            (&["<font color=\"#fff\">x</font>", "   "], vec![same("x")]),
        ] {
            let found: Vec<_> = spoken_lines(payload)
                .into_iter()
                .flatten()
                .map(|spoken| (spoken.voice, spoken.text))
                .collect();
            assert_eq!(found, expected, "{payload:?}");
        }
    }
}
