//! Texts that may be talk of several people, though their labels have none of the known forms.

use onrecord_model::{Block, BlockKind};
use std::collections::{BTreeMap, BTreeSet};

/// The longest name, in bytes.
const MAX_NAME: usize = 60;

/// The most words of a name.
const MAX_WORDS: usize = 6;

/// Words before a name, lower case.
#[rustfmt::skip]
const HONORIFICS: [&str; 33] = [
    "admiral", "ambassador", "audience", "chair", "chairman", "chairwoman", "chancellor",
    "congressman", "congresswoman", "director", "dr.", "general", "governor", "judge", "justice",
    "king", "madam", "mayor", "minister", "miss", "moderator", "mr.", "mrs.", "ms.", "president",
    "prime", "professor", "queen", "representative", "secretary", "senator", "speaker", "vice",
];

/// Words that stand in no name: those who are spoken to, and what parts a speech into points.
#[rustfmt::skip]
const NO_NAMES: [&str; 47] = [
    "a", "americans", "and", "applause", "as", "assembly", "but", "citizens", "colleagues",
    "congress", "conclusion", "delegates", "end", "example", "excellencies", "excellency",
    "fellow", "fifth", "finally", "first", "for", "fourth", "friends", "gentlemen", "guests",
    "here", "highness", "highnesses", "honor", "in", "it", "item", "ladies", "laughter",
    "majesties", "majesty", "members", "next", "note", "number", "question", "second", "so",
    "step", "that", "third", "we",
];

/// A speaker is turned to with these: `Mr. President: …`.
const ADDRESSES: [&str; 8] = [
    "mr. president",
    "madam president",
    "mr. speaker",
    "madam speaker",
    "mr. chairman",
    "mr. secretary",
    "mr. secretary-general",
    "mr. vice president",
];

/// What may be a label, by how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Label {
    /// `Governor Reed. No.`, `Ada Vale: No.`
    Likely(String),
    /// `Ports: …`, `[Vale] …`, a name alone on its line: a label if it comes again.
    Possible(String),
}

/// Returns how many people may speak in a text; none where nothing speaks for more than one.
///
/// A label that comes again is one, and so are two that are likely. Rather too many texts than
/// too few: a turn that is missed gives words to the wrong person.
pub(super) fn dialogue_in(text: &str, blocks: &[Block]) -> Option<usize> {
    let mut n_times: BTreeMap<String, usize> = BTreeMap::new();
    let mut likely = BTreeSet::new();
    for block in blocks {
        if matches!(block.kind, BlockKind::Header | BlockKind::Note) {
            continue;
        }
        let content = text.get(block.span.range()).unwrap_or_default();
        for label in content.lines().filter_map(label_of) {
            let name = match label {
                Label::Likely(name) => {
                    likely.insert(name.clone());
                    name
                }
                Label::Possible(name) => name,
            };
            *n_times.entry(name).or_default() += 1;
        }
    }
    let comes_again = n_times.values().any(|&n| n >= 2);
    let n_voices = n_times.iter().filter(|&(name, &n)| n >= 2 || likely.contains(name)).count();
    (comes_again || likely.len() >= 2).then_some(n_voices.max(2))
}

/// Returns the label that a line may begin with.
fn label_of(line: &str) -> Option<Label> {
    let line = undecorated(line);
    in_brackets(line)
        .or_else(|| before_colon(line))
        .or_else(|| before_stop(line))
        .or_else(|| before_dash(line))
        .or_else(|| alone(line))
}

/// Strips emphasis, quotation marks of e-mail and times from the beginning of a line.
fn undecorated(line: &str) -> &str {
    let mut rest = line;
    loop {
        let bare = rest.trim_start().trim_start_matches(['*', '_', '>', '#']);
        let bare = after_time(bare).unwrap_or(bare);
        if bare.len() == rest.len() {
            return rest;
        }
        rest = bare;
    }
}

/// Returns what follows a time such as `[00:01:02]`, `(1:02)` or `00:01:02`.
fn after_time(line: &str) -> Option<&str> {
    let inside = line.trim_start_matches(['[', '(']);
    let after = inside.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let time = inside.get(..inside.len() - after.len())?;
    let is_time = time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit());
    is_time.then(|| after.trim_start_matches([']', ')']))
}

/// `[Vale] …`
fn in_brackets(line: &str) -> Option<Label> {
    let (name, rest) = line.strip_prefix('[')?.split_once(']')?;
    let speaks = !rest.trim().is_empty() && onrecord_text::inline_notes(line).next().is_none();
    (speaks && is_name(name)).then(|| Label::Possible(key(name)))
}

/// `Ada Vale: …`, `Vale (by telephone): …`, `vale: …`
fn before_colon(line: &str) -> Option<Label> {
    let (label, rest) = line.split_once(':')?;
    let name = label.split(['(', '[']).next().unwrap_or(label).trim_end();
    let after = rest.trim_start_matches(['*', '_']);
    if after.starts_with(|c: char| !c.is_whitespace()) || rest.starts_with("//") {
        return None;
    }
    let n_words = name.split_whitespace().count();
    let is_low = n_words == 1 && name.len() <= 20 && name.chars().all(char::is_lowercase);
    if is_low && !NO_NAMES.contains(&name) {
        return Some(Label::Possible(key(name)));
    }
    if !is_name(name) {
        return None;
    }
    let speaks = after.trim_start().starts_with(|c: char| !c.is_lowercase());
    Some(if n_words >= 2 && speaks { Label::Likely(key(name)) } else { Label::Possible(key(name)) })
}

/// `Governor Reed. No.`, `THE PRESIDENT. Yes.`
fn before_stop(line: &str) -> Option<Label> {
    let mut at = 0;
    for (n_before, word) in line.split_inclusive(' ').enumerate() {
        at += word.len();
        let bare = word.trim_end();
        let ends = bare.ends_with('.') && !HONORIFICS.contains(&bare.to_lowercase().as_str());
        if !ends {
            if n_before == MAX_WORDS {
                return None;
            }
            continue;
        }
        let name = line.get(..at)?.trim_end().strip_suffix('.')?;
        let first = name.trim_start_matches("The ").trim_start_matches("THE ");
        let first = first.split_whitespace().next()?.to_lowercase();
        let speaks = line.get(at..)?.starts_with(|c: char| !c.is_lowercase());
        let is_label = HONORIFICS.contains(&first.as_str()) && is_name(name) && speaks;
        return is_label.then(|| Label::Likely(key(name)));
    }
    None
}

/// `Ada Vale — …`
fn before_dash(line: &str) -> Option<Label> {
    let at = [" — ", " – ", " -- "].iter().filter_map(|dash| line.find(dash)).min()?;
    let name = line.get(..at)?;
    (name.contains(' ') && is_name(name)).then(|| Label::Possible(key(name)))
}

/// A name alone on its line.
fn alone(line: &str) -> Option<Label> {
    let name = line.trim_end_matches(['*', '_']).trim_end();
    (name.contains(' ') && is_name(name)).then(|| Label::Possible(key(name)))
}

/// Tells whether words may be a name: each begins with a capital but for the small ones of names.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_of_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            || matches!(*word, "of" | "the" | "de" | "al" | "bin" | "van" | "von" | "der" | "la")
            || *word == "members"
    };
    let no_names = |word: &&str| {
        let bare = word.trim_end_matches(['.', ',']).to_lowercase();
        NO_NAMES.contains(&bare.as_str()) && bare != "members"
    };
    name.len() <= MAX_NAME
        && (1..=MAX_WORDS).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(is_of_name)
        && !words.iter().any(no_names)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-'))
        && !ADDRESSES.contains(&name.to_lowercase().as_str())
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n_voices(lines: &[&str]) -> Option<usize> {
        let text = lines.join("\n");
        let mut start = 0;
        let mut blocks = Vec::new();
        for line in lines {
            let span = onrecord_model::Span::from_range(start..start + line.len());
            blocks.push(Block::new(span, BlockKind::Paragraph));
            start += line.len() + 1;
        }
        dialogue_in(&text, &blocks)
    }

    #[test]
    fn talk_of_several() {
        for lines in [
            ["Ada Vale: We agree.", "Ben Moss: I do not.", "Well."],
            ["Émile Ötvös: Yes.", "Yes.", "Émile Ötvös: No."],
            ["Ada Vale (Foreign Minister): Yes.", "Ben Moss: No.", ""],
            ["Ms. Vale. We agree.", "Mr. Moss. I do not.", ""],
            ["Governor Reed. No, sir.", "And so on.", "The President. Yes."],
            ["MR. KRAFT. Good evening.", "Yes.", "MR. KRAFT. Thank you."],
            ["**VALE:** We agree.", "Yes.", "**VALE:** Again."],
            ["**Ada Vale:** We agree.", "**Ben Moss:** No.", ""],
            [">> Vale: We agree.", ">> Moss: No.", ">> Vale: Yes."],
            ["[00:01:02] Vale: We agree.", "[00:02] Moss: No.", "[00:03] Vale: Yes."],
            ["[Moss] We agree.", "[Vale] No.", "[Moss] Yes."],
            ["moderator: welcome.", "vale: thank you.", "moderator: next."],
            ["Ben Moss — We agree.", "Ada Vale — No.", "Ben Moss — Yes."],
            ["MR. MOSS", "We agree.", "MR. MOSS"],
        ] {
            assert_eq!(n_voices(&lines).map(|_| ()), Some(()), "{lines:?}");
        }
    }

    #[test]
    fn talk_of_one() {
        for lines in [
            ["First: we act.", "Second: we wait.", "First: we act again."],
            ["Mr. President: thank you.", "I will be short.", "Mr. President: I end."],
            ["Mr. Vale, I thank you.", "Mr. Vale, again.", "It is late."],
            ["Ladies and Gentlemen: welcome.", "Yes.", "Ladies and Gentlemen: good night."],
            ["[Applause] Thank you.", "[Laughter] Yes.", "[Applause] Thank you."],
            ["We have one goal: ports.", "We have one goal: peace.", "We have one goal: ports."],
            ["Economic Growth", "We grow.", "Energy Security"],
            ["He met Dr. Vale. They spoke.", "I thank Mr. Moss. He helped.", ""],
            ["See https://vale.example", "Yes.", "See https://vale.example"],
            ["At 10:30 we met.", "At 10:30 we ate.", "10:30 came."],
        ] {
            assert_eq!(n_voices(&lines), None, "{lines:?}");
        }
    }

    #[test]
    fn word_lists_are_sorted() {
        assert!(HONORIFICS.is_sorted());
    }
}
