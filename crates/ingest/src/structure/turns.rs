//! Speaker turns: where a line begins with the one who speaks.

use super::label::{Certainty, Label, MAX_LABEL, Mark, label_of};
use super::wrap::ends_sentence;
use onrecord_model::{Block, BlockKind, Span, Turn, TurnId};
use onrecord_text::names_nobody;
use std::collections::{BTreeMap, BTreeSet};

/// The turns of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Voices {
    n_speakers: usize,
}

impl Voices {
    /// Tells whether two or more people speak, an audience apart.
    pub(crate) const fn are_several(self) -> bool {
        self.n_speakers >= 2
    }

    /// Counts those whom turns name, an audience apart.
    pub(crate) fn of(turns: &[Turn]) -> Self {
        let names = turns.iter().filter_map(|turn| turn.named_as.as_deref());
        let names: BTreeSet<String> = names.map(str::to_lowercase).collect();
        let speakers = names.iter().filter(|name| !is_crowd(name));
        Self { n_speakers: speakers.count() }
    }
}

/// Finds the labels of turns that markup tells: the words at the start of a turn that name it.
pub(crate) fn with_labels(text: &str, blocks: &[Block], mut turns: Vec<Turn>) -> Vec<Turn> {
    let mut last = None;
    for block in blocks.iter().filter(|block| block.turn.is_some()) {
        if std::mem::replace(&mut last, block.turn) == block.turn {
            continue;
        }
        let content = text.get(block.span.range()).unwrap_or_default();
        let turn = block.turn.and_then(|id| turns.get_mut(id.0 as usize));
        let Some((turn, label)) = turn.zip(turn_label(content)) else { continue };
        if turn.label.is_none() && turn.named_as.as_deref() == Some(label) {
            // A mark may stand before the name.
            let before = content.find(label).unwrap_or_default();
            let start = block.span.start + before as u32;
            turn.label = Some(Span::new(start, start + label.len() as u32));
        }
    }
    turns
}

/// Returns the label that a line begins with where it looks like a speaker's turn by itself.
///
/// Known forms: `THE PRESIDENT: …`, `Q …`, `Secretary Vale: …`, `Speaker 1 (00:03:12): …`,
/// `Mr. KING of New York. …`. A label must be followed by words, or stand alone on its line.
pub(crate) fn turn_label(line: &str) -> Option<&str> {
    let label = looks_like_turn(line)?;
    matches!(label.certainty, Certainty::Known | Certainty::Capitals).then_some(label.name)
}

/// Returns the label of a line, without trying lines that can have none.
pub(super) fn looks_like_turn(line: &str) -> Option<Label<'_>> {
    let window = line.as_bytes().get(..line.len().min(MAX_LABEL)).unwrap_or_default();
    let is_short = line.len() < MAX_LABEL;
    let has_mark = is_short
        || memchr::memchr3(b':', b'.', b']', window).is_some()
        || matches!(window.first(), Some(b'Q' | b'P'))
        || memchr::memmem::find(window, b"--").is_some()
        || !window.is_ascii();
    has_mark.then(|| label_of(line)).flatten()
}

/// How a line begins, for one who looks for paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// A label of a known form.
    Label,
    /// What may be a label, or tells what someone did.
    MayBeLabel,
    /// Words like any others.
    Words,
}

/// Tells how a line begins; the text may go on behind it.
pub(super) fn beginning_of(line: &str) -> Beginning {
    match looks_like_turn(line) {
        Some(label) => match label.certainty {
            Certainty::Known | Certainty::Capitals => Beginning::Label,
            Certainty::Likely | Certainty::Told => Beginning::MayBeLabel,
            Certainty::Possible => Beginning::Words,
        },
        None => Beginning::Words,
    }
}

/// Tells whether a speaker may break off here, so that a line behind may begin with a label.
pub(super) fn may_end_turn(line: &str) -> bool {
    ends_sentence(line) || line.ends_with("--") || line.ends_with(['—', '–', '-'])
}

/// Cuts blocks of several lines where a line begins with a label of a known form.
pub(super) fn split_at_labels(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut split = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        let content = text.get(block.span.range()).unwrap_or_default();
        let mut previous: Option<&str> = None;
        let mut after_blank = false;
        let mut at = block.span.start;
        for line in content.split_inclusive('\n') {
            let bare = line.trim();
            let start = at + (line.len() - line.trim_start().len()) as u32;
            let rest = text.get(start as usize..block.span.end as usize).unwrap_or_default();
            if let Some(before) = previous
                && may_hold_labels(block.kind)
                && !bare.is_empty()
                && (after_blank || may_end_turn(before))
                && beginning_of(rest) == Beginning::Label
            {
                let head = text.get(block.span.start as usize..at as usize).unwrap_or_default();
                let end = block.span.start + head.trim_end().len() as u32;
                split.push(Block { span: Span::new(block.span.start, end), ..block });
                block.span.start = start;
            }
            after_blank = bare.is_empty();
            if !after_blank {
                previous = Some(bare);
            }
            at += line.len() as u32;
        }
        split.push(block);
    }
    split
}

pub(super) fn may_hold_labels(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation)
}

/// Gives each block the turn that it belongs to: that of the last label before its end.
///
/// What may be a label of another form ends the turn before it: the words behind it are in a turn
/// of nobody, as a turn that is missed would give them to the wrong person. Where there is no
/// label of a known form at all, such doubt needs two labels, or one that comes again; all words
/// up to the first label are then in a turn of nobody too.
pub(crate) fn mark_turns(text: &str, blocks: &mut [Block]) -> (Vec<Turn>, Voices) {
    let candidates = candidates_of(text, blocks);
    let evidence = Evidence::of(&candidates);
    let mut candidates = candidates.iter().peekable();
    let mut turns: Vec<Turn> = Vec::new();
    if evidence.is_doubtful_talk() {
        turns.push(Turn::default());
    }
    for (at, block) in blocks.iter_mut().enumerate() {
        while let Some(candidate) = candidates.next_if(|candidate| candidate.block == at) {
            let start = block.span.start;
            match evidence.judge(candidate) {
                Verdict::Turn => turns.push(Turn {
                    label: Some(Span::new(start, start + candidate.label.end as u32)),
                    named_as: Some(candidate.label.name.into()),
                    speaker: None,
                }),
                Verdict::Doubt => turns.push(Turn::default()),
                Verdict::Words => {}
            }
        }
        block.turn = turns.len().checked_sub(1).map(|last| TurnId(last as u32));
    }
    let mut voices = Voices::of(&turns);
    if evidence.is_doubtful_talk() {
        voices.n_speakers = voices.n_speakers.max(evidence.n_voices).max(2);
    }
    (turns, voices)
}

/// A block that may begin with a label.
struct Candidate<'a> {
    block: usize,
    label: Label<'a>,
    key: String,
    /// Whether the block ends as sentences do, or breaks off.
    is_sentence: bool,
    /// Whether the label is how one turns to another, with words behind it: `Mr. President: …`
    is_address: bool,
}

fn candidates_of<'a>(text: &'a str, blocks: &[Block]) -> Vec<Candidate<'a>> {
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let content = text.get(block.span.range()).unwrap_or_default();
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        if !(is_heading || may_hold_labels(block.kind)) {
            continue;
        }
        let Some(label) = looks_like_turn(content) else { continue };
        // A heading is at most the name of the one who speaks below it.
        if !is_heading || label.certainty == Certainty::Possible {
            let is_sentence = may_end_turn(content);
            let behind = content.get(label.end..).and_then(|rest| rest.lines().next());
            let is_address = label.is_address()
                && behind.is_some_and(|rest| rest.contains(char::is_alphanumeric));
            found.push(Candidate { block: at, label, key: label.key(), is_sentence, is_address });
        }
    }
    found
}

/// What a candidate is.
enum Verdict {
    /// A turn of the one named.
    Turn,
    /// Perhaps a turn of another: of nobody.
    Doubt,
    /// No label.
    Words,
}

/// What the candidates of a text say about each other.
#[derive(Default)]
struct Evidence {
    n_times: BTreeMap<String, usize>,
    /// Labels of known forms.
    n_known: usize,
    /// Whether `THE PRESIDENT:` is the form of this text.
    in_capitals: bool,
    /// Whether there are labels `Q`, or `P ¿…`.
    asks: bool,
    /// Whether labels in mixed case are the form of this text, titles first: `Mr. Reed:`.
    titled: bool,
    /// Whether they are names without titles: two of them come again.
    named: bool,
    /// Whether full stops end the labels of this text.
    by_stop: bool,
    /// Whether two labels in capitals without a title come again.
    capitals_again: bool,
    /// Forms of address that are the labels of one who presides.
    presiding: BTreeSet<String>,
    /// Names of which each comes again or is likely a label.
    n_voices: usize,
    is_talk: bool,
}

impl Evidence {
    fn of(candidates: &[Candidate<'_>]) -> Self {
        let mut evidence = Self::default();
        let mut likely = BTreeSet::new();
        let mut titled: BTreeMap<&str, usize> = BTreeMap::new();
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        let mut stopped: BTreeMap<&str, usize> = BTreeMap::new();
        let mut capitals: BTreeMap<&str, usize> = BTreeMap::new();
        for Candidate { label, key, is_sentence, .. } in candidates {
            let (by_colon, is_likely) =
                (label.mark == Mark::Colon, label.certainty == Certainty::Likely);
            let is_known = label.certainty == Certainty::Known;
            evidence.n_known += usize::from(is_known);
            evidence.in_capitals |= is_known && by_colon && label.in_capitals();
            evidence.by_stop |= is_known && label.mark == Mark::Stop;
            if label.certainty == Certainty::Told || label.is_address() {
                continue;
            }
            *evidence.n_times.entry(key.clone()).or_default() += 1;
            if is_likely || label.certainty == Certainty::Capitals {
                likely.insert(key.as_str());
            }
            if by_colon && label.has_title() && !label.in_capitals() {
                *titled.entry(key).or_default() += 1;
            } else if by_colon && is_likely && *is_sentence {
                *named.entry(key).or_default() += 1;
            } else if label.certainty == Certainty::Capitals && by_colon && *is_sentence {
                *capitals.entry(key).or_default() += 1;
            } else if label.mark == Mark::Stop && is_likely {
                *stopped.entry(key).or_default() += 1;
            }
        }
        let n_again = |names: &BTreeMap<&str, usize>| names.values().filter(|n| **n >= 2).count();
        let asks = candidates.iter().any(|Candidate { label, .. }| {
            label.certainty == Certainty::Known && matches!(label.name, "Q" | "P")
        });
        evidence.asks = asks;
        evidence.presiding = presiding(candidates);
        evidence.titled = titled.len() >= 2 || n_again(&titled) >= 1;
        evidence.named = n_again(&named) >= 2;
        evidence.by_stop |= n_again(&stopped) >= 2 || asks && n_again(&stopped) >= 1;
        evidence.capitals_again = n_again(&capitals) >= 2;
        let comes_again = evidence.n_times.values().any(|&n| n >= 2);
        evidence.n_voices =
            evidence.n_times.iter().filter(|&(key, &n)| n >= 2 || likely.contains(&**key)).count();
        evidence.is_talk = evidence.n_known > 0 || comes_again || likely.len() >= 2;
        evidence
    }

    fn comes_again(&self, key: &str) -> bool {
        self.n_times.get(key).is_some_and(|&n| n >= 2)
    }

    /// Tells whether several people may speak, though no label has a known form.
    fn is_doubtful_talk(&self) -> bool {
        self.is_talk && self.n_known == 0
    }

    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        let label = &candidate.label;
        let doubt = if self.is_talk { Verdict::Doubt } else { Verdict::Words };
        let turn_if = |holds: bool| if holds { Verdict::Turn } else { Verdict::Doubt };
        if !self.is_talk {
            return Verdict::Words;
        }
        match (label.certainty, label.mark) {
            // Where labels are in capitals, `Dr. Vale: …` is rather the head of a paragraph.
            (Certainty::Known, Mark::Colon) => turn_if(
                !self.in_capitals
                    || !label.has_title()
                    || label.in_capitals()
                    || names_nobody(label.name)
                    || self.comes_again(&candidate.key),
            ),
            (Certainty::Known, Mark::Stop | Mark::Other) => Verdict::Turn,
            (Certainty::Capitals, _) => {
                let alone = self.n_known == 0 && self.capitals_again;
                turn_if(self.in_capitals || self.asks || alone)
            }
            (Certainty::Likely, Mark::Colon) => {
                let holds = if label.has_title() { self.titled } else { self.named };
                let is_label = !candidate.is_address || self.presiding.contains(&candidate.key);
                turn_if(holds && !self.in_capitals && is_label)
            }
            (Certainty::Likely, Mark::Stop | Mark::Other) if self.in_capitals => Verdict::Words,
            (Certainty::Likely, Mark::Stop | Mark::Other) => turn_if(self.by_stop),
            (Certainty::Possible, Mark::Stop | Mark::Other) if self.in_capitals => Verdict::Words,
            (Certainty::Possible, _) if self.comes_again(&candidate.key) => doubt,
            (Certainty::Possible, _) => Verdict::Words,
            (Certainty::Told, _) if self.in_capitals || self.n_known == 0 => Verdict::Words,
            (Certainty::Told, _) => Verdict::Doubt,
        }
    }
}

/// How often a form of address must begin paragraphs to be a label: a speaker may turn to the
/// chair at the beginning and at the end.
const MIN_PRESIDING: usize = 3;

/// Finds the forms of address that are labels: they come again and again, in turn with others.
fn presiding(candidates: &[Candidate<'_>]) -> BTreeSet<String> {
    let mut n_turns: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in candidates.windows(2) {
        let [before, candidate] = pair else { continue };
        let by_another = before.label.mark == Mark::Colon
            && before.label.has_title()
            && !before.label.is_address();
        if candidate.is_address && candidate.label.mark == Mark::Colon && by_another {
            *n_turns.entry(&candidate.key).or_default() += 1;
        }
    }
    n_turns.retain(|_, n| *n >= MIN_PRESIDING);
    n_turns.into_keys().map(str::to_owned).collect()
}

/// Tells whether a label is of a crowd, which is no voice of its own: `AUDIENCE`, `CHILDREN`.
fn is_crowd(label: &str) -> bool {
    let lower = label.to_lowercase();
    lower.starts_with("audience") || (names_nobody(label) && lower.ends_with("audience"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns for each line whose turn it is in: `-` of nobody, empty where there is none.
    fn voices(lines: &[&str]) -> Vec<String> {
        let text = lines.join("\n");
        let mut start = 0;
        let mut blocks = Vec::new();
        for line in lines {
            let span = Span::from_range(start..start + line.len());
            if !line.is_empty() {
                blocks.push(Block::new(span, BlockKind::Paragraph));
            }
            start += line.len() + 1;
        }
        let (turns, _) = mark_turns(&text, &mut blocks);
        let name = |block: &Block| {
            let turn = block.turn.map(|id| &turns[id.0 as usize]);
            turn.map_or("", |turn| turn.named_as.as_deref().unwrap_or("-")).to_owned()
        };
        blocks.iter().map(name).collect()
    }

    #[test]
    fn labels_that_markup_tells_stand_behind_their_marks() {
        for (text, name) in [("THE MAYOR: Yes.", "THE MAYOR"), (">N A韹: Yes.", "N A韹")] {
            let mut block = Block::new(Span::from_range(0..text.len()), BlockKind::Paragraph);
            block.turn = Some(TurnId(0));
            let turn = Turn { named_as: Some(name.into()), ..Turn::default() };
            let turns = with_labels(text, &[block], vec![turn]);
            let label = turns[0].label.and_then(|label| text.get(label.range()));
            assert_eq!(label, Some(name), "{text}");
        }
    }

    #[test]
    fn turns_of_known_forms() {
        let lines =
            ["Good day.", "THE MAYOR: Hello.", "We act.", "Q Why?", "ALEX: I know.", "Q 5?"];
        assert_eq!(voices(&lines), ["", "THE MAYOR", "THE MAYOR", "Q", "ALEX", "Q"]);
        let lines = ["Mr. Moss:", "I rise.", "Mr. Speaker:", "Order!", "Ms. Vale:", "No."];
        let expected =
            ["Mr. Moss", "Mr. Moss", "Mr. Speaker", "Mr. Speaker", "Ms. Vale", "Ms. Vale"];
        assert_eq!(voices(&lines), expected);
        let lines = ["Ada Vale: We agree.", "Ben Moss: No.", "Ada Vale: Yes.", "Ben Moss: No."];
        assert_eq!(voices(&lines)[1..], ["Ben Moss", "Ada Vale", "Ben Moss"]);
    }

    #[test]
    fn doubt_ends_a_turn() {
        let lines = ["THE MAYOR: I thank them.", "Ada Vale: She built ports.", "THE MAYOR: So."];
        assert_eq!(voices(&lines), ["THE MAYOR", "-", "THE MAYOR"]);
        let lines = ["THE MAYOR: I thank them.", "Dr. Ben Moss: He built ports."];
        assert_eq!(voices(&lines), ["THE MAYOR", "-"]);
        let lines = ["Mr. REED. I yield.", "Mr. MOSS addressed the Chair.", "The CHAIR. Yes."];
        assert_eq!(voices(&lines), ["Mr. REED.", "-", "The CHAIR."]);
        let lines = ["Mr. Reed: We meet.", "Mr. Prime Minister: thank you.", "Mr. Reed: We part."];
        assert_eq!(voices(&lines), ["Mr. Reed", "-", "Mr. Reed"]);
        let lines = ["THE MAYOR: Hello.", "Mr. President: I thank you."];
        assert_eq!(voices(&lines), ["THE MAYOR", "-"]);
    }

    #[test]
    fn one_who_presides_has_a_turn() {
        let mut lines = Vec::new();
        for _ in 0..3 {
            lines.extend(["Mr. Reed: I move it.", "Mr. Speaker: All in favour?"]);
        }
        let found = voices(&lines);
        assert_eq!(found[1..3], ["Mr. Speaker", "Mr. Reed"]);
        // Turned to twice, the chair is spoken to.
        assert_eq!(voices(&lines[..4])[1], "-");
    }

    #[test]
    fn a_speech_is_not_torn() {
        let lines = [
            "THE MAYOR: I thank them.",
            "Governor Reed. He is here.",
            "Ports -- we build them.",
            "Ports -- we need them.",
            "President Vale said this: we will.",
            "Here is the thing: we act.",
            "Mr. Vale asked the people.",
            "Mr. President, I thank you.",
        ];
        assert_eq!(voices(&lines), ["THE MAYOR"; 8]);
    }

    #[test]
    fn talk_of_several_without_a_known_form() {
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
            ["[Moss] We agree.", "[Vale] No.", "[Moss] Yes."],
            ["moderator: welcome.", "vale: thank you.", "moderator: next."],
            ["Ben Moss — We agree.", "Ada Vale — No.", "Ben Moss — Yes."],
            ["MR. MOSS", "We agree.", "MR. MOSS"],
        ] {
            let found = voices(&lines);
            assert!(found.iter().all(|name| !name.is_empty()), "{lines:?}: {found:?}");
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
            let found = voices(&lines);
            assert!(found.iter().all(String::is_empty), "{lines:?}: {found:?}");
        }
    }

    #[test]
    fn blocks_are_split_at_labels() {
        let text = "THE MAYOR: We have --\nQ Why?\nAnd so\nMR. REED: No.\n\nMR. REED: Yes.";
        let block = Block::new(Span::from_range(0..text.len()), BlockKind::Paragraph);
        let split = split_at_labels(text, vec![block]);
        let found: Vec<&str> =
            split.iter().map(|block| text.get(block.span.range()).unwrap()).collect();
        let expected = ["THE MAYOR: We have --", "Q Why?\nAnd so\nMR. REED: No.", "MR. REED: Yes."];
        assert_eq!(found, expected);
    }

    #[test]
    fn crowds() {
        assert!(is_crowd("AUDIENCE MEMBER") && is_crowd("Members of the audience"));
        assert!(!is_crowd("Q") && !is_crowd("MR. REED"));
    }
}
