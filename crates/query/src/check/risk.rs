//! Why words that are right may mislead.

use super::matching::{Edit, Match};
use super::pattern::ellipses;
use super::source::SourceText;
use super::verdict::{Risk, RiskKind};
use super::word::words;
use onrecord_model::Span;
use onrecord_text::{CautionWeight, cautions, is_function_word, sentences};

/// The most sentences that an ellipsis leaves out without being asked about.
const MAX_OMITTED_SENTENCES: usize = 3;

/// The most words that it does.
const MAX_OMITTED_WORDS: usize = 120;

/// By how many letters forms of one word are known: `prepar[ed]`.
const ROOT_BYTES: usize = 4;

/// The most words that a bracket stands for without being asked about.
const MAX_REPLACED_WORDS: usize = 6;

/// Words that turn what is said into its opposite, folded; so do those that end in `n't`.
#[rustfmt::skip]
const NEGATIONS: [&str; 16] = [
    "not", "no", "never", "neither", "nor", "none", "nothing", "nobody", "nowhere", "cannot",
    "without", "hardly", "scarcely", "barely", "refuse", "deny",
];

/// Words that make what is said depend on something, folded.
const CONDITIONS: [&str; 7] = ["if", "unless", "until", "provided", "except", "lest", "otherwise"];

/// Words for numbers, folded.
#[rustfmt::skip]
const NUMBERS: [&str; 31] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "dozen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions",
    "trillion", "half", "double",
];

/// Tells whether a folded word turns what is said into its opposite.
pub(crate) fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word) || word.ends_with("n't")
}

fn is_condition(word: &str) -> bool {
    CONDITIONS.contains(&word)
}

fn is_number(word: &str) -> bool {
    NUMBERS.contains(&word) || word.contains(|c: char| c.is_ascii_digit())
}

/// Lists the words of a text that are of a sort, as written.
fn triggers(text: &str, is_of: impl Fn(&str) -> bool) -> Vec<&str> {
    let found = words(text).into_iter().filter(|word| is_of(&word.form));
    found.filter_map(|word| text.get(word.span.range())).collect()
}

/// Lists the risks of what ellipses leave out.
pub(crate) fn risks_of_elisions(found: &Match, source: &SourceText) -> Vec<Risk> {
    let mut risks = Vec::new();
    for pair in found.parts.windows(2) {
        let [before, behind] = pair else { continue };
        if before.end >= behind.first {
            continue;
        }
        let gap = source.span_of(before.end, behind.first);
        if is_elided_by_source(source, before.end, behind.first) {
            continue;
        }
        let cut = cut_from_sentences(source, gap);
        for stretch in cut {
            let text = source.slice(stretch);
            for (kind, words) in [
                (RiskKind::OmitsNegation, triggers(text, is_negation)),
                (RiskKind::OmitsCondition, triggers(text, is_condition)),
            ] {
                if !words.is_empty() {
                    risks.push(Risk { risk: kind, words: words.join(", ") });
                }
            }
        }
        let n_sentences = n_sentences_in(source, gap);
        if n_sentences > MAX_OMITTED_SENTENCES || behind.first - before.end > MAX_OMITTED_WORDS {
            let words = format!("{n_sentences} sentences left out");
            risks.push(Risk { risk: RiskKind::DistantParts, words });
        }
        if let Some(words) = other_voices(source, before.end, behind.first) {
            risks.push(Risk { risk: RiskKind::CrossesSpeakers, words });
        }
    }
    risks
}

/// Tells whether the source has an ellipsis of its own between two words that stand together.
pub(crate) fn is_elided_by_source(source: &SourceText, end: usize, first: usize) -> bool {
    if end != first {
        return false;
    }
    let start = end.checked_sub(1).and_then(|last| source.spans.get(last)).map(|span| span.end);
    let (Some(start), Some(end)) = (start, source.spans.get(first).map(|span| span.start)) else {
        return false;
    };
    !ellipses(source.slice(Span::new(start, end.max(start)))).is_empty()
}

/// Finds what is left out of the sentences that are quoted: of the one that goes on behind the
/// gap's start, and of the one that began before its end. Sentences left out whole take nothing
/// from those that are quoted.
fn cut_from_sentences(source: &SourceText, gap: Span) -> Vec<Span> {
    let first = source.sentence_at(gap.start);
    let last = source.sentence_at(gap.end.saturating_sub(1));
    let head = first.map(|sentence| Span::new(gap.start, sentence.end.min(gap.end)));
    let tail = last.map(|sentence| Span::new(sentence.start.max(gap.start), gap.end));
    let head = head.filter(|_| first.is_some_and(|sentence| sentence.start < gap.start));
    // A sentence that ends where the gap does is left out whole, unless the gap begins inside it.
    let tail = tail.filter(|tail| {
        let is_same = first == last;
        !is_same
            && last.is_some_and(|sentence| {
                let rest = source.slice(Span::new(tail.end, sentence.end.max(tail.end)));
                rest.contains(char::is_alphanumeric)
            })
    });
    let mut cut: Vec<Span> = head.into_iter().collect();
    if first == last && cut.is_empty() {
        // The gap begins a sentence that the next part goes on with.
        let goes_on = last.is_some_and(|sentence| {
            source
                .slice(Span::new(gap.end, sentence.end.max(gap.end)))
                .contains(char::is_alphanumeric)
        });
        cut.extend(goes_on.then_some(gap));
    }
    cut.extend(tail);
    cut
}

fn n_sentences_in(source: &SourceText, gap: Span) -> usize {
    let of_passage = |part: &super::source::SourcePassage| {
        sentences(&source.text, part.span)
            .into_iter()
            .filter(|sentence| sentence.start >= gap.start && sentence.end <= gap.end + 1)
            .count()
    };
    let parts = source.parts.iter().filter(|part| part.is_speech);
    parts
        .filter(|part| part.span.start < gap.end && gap.start < part.span.end)
        .map(of_passage)
        .sum()
}

/// Names who speaks in a gap beside the one before it.
fn other_voices(source: &SourceText, end: usize, first: usize) -> Option<String> {
    let before = end.checked_sub(1).and_then(|last| source.part_of(last))?;
    let others = (end..first).filter_map(|word| source.part_of(word)).find(|part| {
        part.is_speech && part.turn != before.turn && part.speaker != before.speaker
    })?;
    let name = others.speaker.as_ref().map_or("another", |speaker| &*speaker.name);
    Some(format!("{name} speaks in between"))
}

/// Tells whether the parts are by different speakers, or none can be said to be the same.
pub(crate) fn joins_speakers(found: &Match, source: &SourceText) -> bool {
    let mut voices = found.parts.iter().filter_map(|part| source.part_of(part.first));
    let Some(first) = voices.next() else { return false };
    voices.any(|part| {
        part.speaker != first.speaker || (part.speaker.is_none() && part.turn != first.turn)
    })
}

/// Lists the risks of what brackets change.
pub(crate) fn risks_of_brackets(quote: &str, found: &Match, source: &SourceText) -> Vec<Risk> {
    let mut risks = Vec::new();
    for edit in found.parts.iter().flat_map(|part| &part.edits) {
        let ours = quote.get(edit.quote.range()).unwrap_or_default();
        let theirs = replaced(edit, source);
        for (kind, is_of) in [
            (RiskKind::BracketNegation, is_negation as fn(&str) -> bool),
            (RiskKind::BracketNumber, is_number),
        ] {
            let words: Vec<&str> = [triggers(ours, is_of), triggers(theirs, is_of)].concat();
            let changes = triggers(ours, is_of) != triggers(theirs, is_of);
            if changes && !words.is_empty() {
                risks.push(Risk { risk: kind, words: words.join(", ") });
            }
        }
        if edit.is_part && has_negating_prefix(ours) {
            risks.push(Risk { risk: RiskKind::BracketNegation, words: ours.to_owned() });
        }
        let changes_sense = !edit.is_part && changes_sense(ours, theirs);
        if changes_sense || edit.replaced.1 - edit.replaced.0 > MAX_REPLACED_WORDS {
            let words = if theirs.is_empty() { ours } else { theirs };
            risks.push(Risk { risk: RiskKind::BracketClause, words: words.to_owned() });
        }
    }
    risks
}

/// Tells whether a bracket puts other words of content, names apart, in the place of the source's;
/// or puts a verb before another: `[fail to]`.
fn changes_sense(ours: &str, theirs: &str) -> bool {
    let content = |text: &str| -> Vec<String> {
        let found = words(text).into_iter().filter(|word| {
            let written = text.get(word.span.range()).unwrap_or_default();
            !is_function_word(&word.form) && written.starts_with(char::is_lowercase)
        });
        found.map(|word| word.form).collect()
    };
    let (ours_content, theirs_content) = (content(ours), content(theirs));
    let is_new = |word: &String| {
        let root = word.get(..word.floor_char_boundary(word.len().min(ROOT_BYTES)));
        !theirs_content.iter().any(|other| root.is_some_and(|root| other.starts_with(root)))
    };
    let last = words(ours).pop().map(|word| word.form);
    let governs = theirs.is_empty() && !ours_content.is_empty() && last.as_deref() == Some("to");
    governs || (!theirs_content.is_empty() && ours_content.iter().any(is_new))
}

/// Tells whether a bracket adds a prefix that turns a word into its opposite: `[un]able`.
fn has_negating_prefix(word: &str) -> bool {
    let prefixes = ["[un]", "[in]", "[im]", "[ir]", "[il]", "[dis]", "[non]", "[anti]"];
    let folded = word.to_lowercase();
    prefixes.iter().any(|prefix| folded.starts_with(prefix)) || folded.ends_with("[n't]")
}

/// Returns the words of the source that a bracket stands for.
pub(crate) fn replaced<'s>(edit: &Edit, source: &'s SourceText) -> &'s str {
    let (first, end) = edit.replaced;
    if first < end { source.slice(source.span_of(first, end)) } else { "" }
}

/// Lists the risks of the sentence that a quote is cut from, and what else around it is worth
/// reading.
pub(crate) fn risks_of_context(found: &Match, source: &SourceText) -> (Vec<Risk>, Vec<Risk>) {
    let (first, end) = found.bounds();
    let span = source.span_of(first, end);
    let Some(paragraph) = source.paragraph_of(span) else { return Default::default() };
    let text = source.slice(paragraph);
    let sentences = sentences(text, Span::new(0, text.len() as u32));
    let quote = Span::new(span.start - paragraph.start, span.end - paragraph.start);
    let mut risks = Vec::new();
    let mut notes = Vec::new();
    for caution in cautions(text, &sentences, quote) {
        let words = text.get(caution.trigger.range()).unwrap_or_default().to_owned();
        let risk = Risk { risk: RiskKind::of_caution(caution.kind), words };
        match caution.weight {
            CautionWeight::Risk => risks.push(risk),
            CautionWeight::Note => notes.push(risk),
        }
    }
    (risks, notes)
}
