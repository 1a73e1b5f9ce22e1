//! Measures the draft check on real sentences with one thing wrong in each:
//!
//! `ONRECORD_BENCH_DATA=INDEX cargo run --release -p onrecord-query --example check_mutations`
//!
//! `ONRECORD_BENCH_DATA` is the folder of an index. By seed it draws 2,000 sentences of 7 to 40
//! words by known speakers, and changes each in one of ten ways. It ends with failure if a changed
//! quote passes as exact, or fewer than 97 of 100 are graded right.

#![expect(clippy::print_stdout, reason = "figures are what it is run for")]
#![allow(clippy::string_slice, reason = "tokens lie on character boundaries")]

use onrecord_indexing::{Address, Condition, Part, Reader};
use onrecord_model::Span;
use onrecord_people::Roster;
use onrecord_query::check::{Checker, Claim, Verdict};
use onrecord_text::{sentences, tokens};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const SEED: u64 = 20_110_714;
const N_SENTENCES: usize = 2_000;
const MIN_WORDS: usize = 7;
const MAX_WORDS: usize = 40;
const MIN_RIGHT: f64 = 0.97;

/// What is wrong with a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mutation {
    Nothing,
    WordSwapped,
    WordDropped,
    WordAdded,
    NegationAdded,
    NegationDropped,
    NumberChanged,
    WordsTransposed,
    SpeakerSwapped,
    SpeechesJoined,
    Fabricated,
}

const MUTATIONS: [Mutation; 11] = [
    Mutation::Nothing,
    Mutation::WordSwapped,
    Mutation::WordDropped,
    Mutation::WordAdded,
    Mutation::NegationAdded,
    Mutation::NegationDropped,
    Mutation::NumberChanged,
    Mutation::WordsTransposed,
    Mutation::SpeakerSwapped,
    Mutation::SpeechesJoined,
    Mutation::Fabricated,
];

impl Mutation {
    const fn is_right(self, verdict: Verdict) -> bool {
        match self {
            Self::Nothing => verdict.is_exact(),
            Self::SpeakerSwapped => matches!(verdict, Verdict::Misattributed),
            Self::Fabricated => matches!(verdict, Verdict::NotFound),
            Self::WordSwapped
            | Self::WordDropped
            | Self::WordAdded
            | Self::NegationAdded
            | Self::NegationDropped
            | Self::NumberChanged
            | Self::WordsTransposed
            | Self::SpeechesJoined => matches!(verdict, Verdict::Altered),
        }
    }
}

/// A generator of numbers: SplitMix64.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}

/// A sentence that was said.
struct Said {
    text: String,
    speaker: String,
    document: String,
}

struct Bench {
    reader: Reader,
    speech: Vec<Address>,
    draw: Draw,
}

impl Bench {
    fn sentence(&mut self) -> Outcome<Said> {
        loop {
            let at = self.draw.below(self.speech.len());
            let passage = self.reader.passage(self.speech[at])?;
            let Some(speaker) = passage.record.speaker.clone() else { continue };
            let text = &passage.text;
            let found = sentences(text, Span::from_range(0..text.len()));
            let at = self.draw.below(found.len());
            let Some(sentence) = found.get(at) else { continue };
            let spoken = passage.record.spoken(text);
            let all: Vec<Span> = tokens(text).filter(|token| sentence.contains(*token)).collect();
            let is_said = all.iter().all(|token| spoken.contains(token));
            let written = &text[sentence.range()];
            let is_plain = !written.contains(['[', '"', '“', '…']) && !written.contains("...");
            if is_said && is_plain && (MIN_WORDS..=MAX_WORDS).contains(&all.len()) {
                return Ok(Said {
                    text: written.to_owned(),
                    speaker: speaker.name.to_string(),
                    document: passage.record.document().to_string(),
                });
            }
        }
    }

    fn word(&mut self) -> Outcome<String> {
        let said = self.sentence()?;
        let words: Vec<Span> = tokens(&said.text).collect();
        let at = self.draw.below(words.len());
        Ok(said.text[words[at].range()].to_lowercase())
    }

    /// Draws a sentence and changes it; returns the quote and the name that it is given to.
    fn mutated(&mut self, mutation: Mutation) -> Outcome<(String, String)> {
        loop {
            let said = self.sentence()?;
            let words: Vec<Span> = tokens(&said.text).collect();
            let inner = 1 + self.draw.below(words.len() - 3);
            let (span, next) = (words[inner], words[inner + 1]);
            let (word, behind) = (&said.text[span.range()], &said.text[next.range()]);
            let put = |span: Span, new: &str| {
                let (before, after) =
                    (&said.text[..span.start as usize], &said.text[span.end as usize..]);
                format!("{before}{new}{after}")
            };
            let is = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
            let quote = match mutation {
                Mutation::Nothing | Mutation::SpeakerSwapped => Some(said.text.clone()),
                Mutation::WordSwapped => {
                    let new = self.word()?;
                    (!is(&new, word)).then(|| put(span, &new))
                }
                Mutation::WordDropped => (!is(word, behind)).then(|| put(span, "")),
                Mutation::WordAdded => {
                    let new = self.word()?;
                    (!is(&new, word) && !is(&new, behind))
                        .then(|| put(span, &format!("{word} {new}")))
                }
                Mutation::NegationAdded => (!is(word, "not") && !is(behind, "not"))
                    .then(|| put(span, &format!("{word} not"))),
                Mutation::NegationDropped => {
                    let not = words[1..words.len() - 1]
                        .iter()
                        .find(|span| is(&said.text[span.range()], "not"));
                    not.map(|span| put(*span, ""))
                }
                Mutation::NumberChanged => {
                    let number = words
                        .iter()
                        .find(|span| said.text[span.range()].bytes().all(|b| b.is_ascii_digit()));
                    number.map(|span| {
                        let digits = &said.text[span.range()];
                        let last = digits.bytes().last().map_or(0, |digit| digit - b'0');
                        let new = format!("{}{}", &digits[..digits.len() - 1], (last + 1) % 10);
                        put(*span, &new)
                    })
                }
                Mutation::WordsTransposed => (!is(word, behind))
                    .then(|| put(Span::new(span.start, next.end), &format!("{behind} {word}"))),
                Mutation::SpeechesJoined => {
                    let other = self.sentence()?;
                    (other.document != said.document)
                        .then(|| format!("{} ... {}", said.text.trim_end_matches('.'), other.text))
                }
                Mutation::Fabricated => {
                    let n = words.len();
                    let new = (0..n).map(|_| self.word()).collect::<Outcome<Vec<_>>>()?;
                    Some(new.join(" "))
                }
            };
            let Some(quote) = quote else { continue };
            let speaker = if mutation == Mutation::SpeakerSwapped {
                let other = self.sentence()?.speaker;
                if other == said.speaker {
                    continue;
                }
                other
            } else {
                said.speaker.clone()
            };
            return Ok((quote, speaker));
        }
    }
}

fn main() -> Outcome {
    let folder =
        std::env::var("ONRECORD_BENCH_DATA").map_err(|_| "ONRECORD_BENCH_DATA names no index")?;
    let n_sentences = std::env::args().nth(1).map_or(Ok(N_SENTENCES), |n| n.parse())?;
    let reader = Reader::open(Path::new(&folder))?;
    let speech = reader.addresses(&Condition::Part(Part::Body))?;
    let roster = Roster::default_roster();
    let mut checker = Checker::new(&reader, &roster)?;
    let mut bench = Bench { reader: Reader::open(Path::new(&folder))?, speech, draw: Draw(SEED) };
    let mut counts: BTreeMap<(Mutation, &str), usize> = BTreeMap::new();
    let (mut n_right, mut n_false_exact) = (0, 0);
    let mut spent = std::time::Duration::ZERO;
    for number in 0..n_sentences {
        let mutation = MUTATIONS[number % MUTATIONS.len()];
        let (quote, speaker) = bench.mutated(mutation)?;
        let start = Instant::now();
        let finding =
            checker.check_quote(&quote, &Claim { speaker: Some(&speaker), date: None })?;
        spent += start.elapsed();
        *counts.entry((mutation, finding.verdict.name())).or_default() += 1;
        let is_right = mutation.is_right(finding.verdict);
        n_right += usize::from(is_right);
        n_false_exact += usize::from(finding.verdict.is_exact() && mutation != Mutation::Nothing);
        if !is_right {
            println!("{mutation:?} {}: {quote} — {speaker}", finding.verdict.name());
        }
    }
    for ((mutation, verdict), n) in counts {
        println!("{mutation:?} {verdict} {n}");
    }
    let right = n_right as f64 / n_sentences as f64;
    println!("{n_sentences} quotes, right {right:.4}, false exact {n_false_exact}");
    println!("{:.2} ms a quote", spent.as_secs_f64() * 1e3 / n_sentences as f64);
    if n_false_exact > 0 || right < MIN_RIGHT {
        return Err("the check falls short".into());
    }
    Ok(())
}
