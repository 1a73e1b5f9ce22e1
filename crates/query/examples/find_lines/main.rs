//! Measures `find` on real texts, against an OR of all words:
//!
//! `cargo run --release -p onrecord-query --example find_lines -- INDEX [HELD_OUT [SEED [TSV]]]`
//!
//! `INDEX` is an index of the texts, `HELD_OUT` one of documents that are not in it. By seed it
//! draws 1,000 sentences of 5 to 30 words (every fourth of 5 to 8), changes 20 to 40 % of their
//! words, and asks for each. And 500 lines that no one said: half of them sentences of held-out
//! documents (without `HELD_OUT`, the other kinds alone), a quarter the halves of two sentences, a
//! quarter words of many passages; every other one of the first kind is short.
//!
//! No one said a line if a scan of all speech finds no place that it becomes equal to by changing,
//! dropping or putting in 40 % of its words or fewer. An answer is right if the first wording
//! stands in a passage with the very sentence (or in the two that it runs over), and also, counted
//! apart, if the line becomes equal to it by as few edits as to the sentence: what is left of a
//! short line may well have been said by others. `-` for `HELD_OUT` leaves it out.

#![allow(clippy::string_slice, reason = "spans are of the texts that they cut")]
#![expect(clippy::print_stdout, reason = "figures are what it is run for")]
#![allow(unreachable_pub, reason = "the modules of an example have no callers outside it")]

mod draw;
mod said;

use draw::{Draw, perturb};
use onrecord_indexing::{Address, Condition, Part, Reader};
use onrecord_model::Span;
use onrecord_query::{FindRequest, Finder};
use onrecord_text::{Lexicon, Words, align, sentences, tokens};
use said::{Speech, distance_of};
use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::{Duration, Instant};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const SEED: u64 = 20_110_714;
const N_REAL: usize = 1_000;
const N_UNSAID: usize = 500;
const N_VOCABULARY: usize = 20_000;
const SHORT: RangeInclusive<usize> = 5..=8;
const ANY: RangeInclusive<usize> = 9..=30;

/// The most of its words that are changed in a line, and the passages that are aligned with one in
/// the plain way.
const MAX_CHANGED: f64 = 0.4;
const PLAIN_PASSAGES: usize = 20;

/// The passages of an index that sentences are drawn from.
struct Source {
    reader: Reader,
    speech: Vec<Address>,
}

impl Source {
    fn open(folder: &str) -> Outcome<Self> {
        let reader = Reader::open(Path::new(folder))?;
        let speech = reader.addresses(&Condition::Part(Part::Body))?;
        Ok(Self { reader, speech })
    }

    /// Draws a passage, and its words of speech.
    fn words(&self, draw: &mut Draw) -> Outcome<Vec<String>> {
        let passage = self.reader.passage(self.speech[draw.below(self.speech.len())])?;
        let spoken = passage.record.spoken(&passage.text);
        Ok(spoken.into_iter().map(|token| passage.text[token.range()].to_owned()).collect())
    }

    /// Reads all speech.
    fn speech(&self) -> Outcome<Speech> {
        let mut speech = Speech::default();
        for address in &self.speech {
            let passage = self.reader.passage(*address)?;
            let spoken = passage.record.spoken(&passage.text).into_iter();
            let words: Vec<&str> = spoken.map(|token| &passage.text[token.range()]).collect();
            speech.add(&folded(&words.join(" ")), passage.record.continues);
        }
        Ok(speech)
    }

    /// Draws a sentence of so many words, all of them said.
    fn sentence(&self, length: RangeInclusive<usize>, draw: &mut Draw) -> Outcome<Vec<String>> {
        loop {
            let passage = self.reader.passage(self.speech[draw.below(self.speech.len())])?;
            let text = &passage.text;
            let found = sentences(text, Span::from_range(0..text.len()));
            let Some(sentence) = found.get(draw.below(found.len())) else { continue };
            let all: Vec<Span> = tokens(text).filter(|token| sentence.contains(*token)).collect();
            let spoken = passage.record.spoken(text);
            let is_said = all.iter().all(|token| spoken.contains(token));
            let ends = text[sentence.range()].trim_end().ends_with(['.', '?', '!', '"', '”']);
            if is_said && ends && length.contains(&all.len()) {
                return Ok(all.iter().map(|token| text[token.range()].to_owned()).collect());
            }
        }
    }
}

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let index = Source::open(arguments.first().ok_or("name an index")?)?;
    let held_out = arguments.get(1).filter(|name| *name != "-").map(|f| Source::open(f));
    let held_out = held_out.transpose()?;
    let seed = arguments.get(2).map_or(Ok(SEED), |seed| seed.parse())?;
    let mut draw = Draw(seed);
    let mut vocabulary = Vec::new();
    while vocabulary.len() < N_VOCABULARY {
        let words = index.words(&mut draw)?;
        vocabulary.extend(words.get(draw.below(words.len())).map(|word| word.to_lowercase()));
    }
    let mut real = Vec::new();
    for number in 0..N_REAL {
        let length = if number % 4 == 0 { SHORT } else { ANY };
        let words = index.sentence(length, &mut draw)?;
        let line = perturb(&words, &vocabulary, &mut draw).join(" ");
        real.push((words.join(" "), line));
    }
    let speech = index.speech()?;
    let mut unsaid: Vec<String> = Vec::new();
    while unsaid.len() < N_UNSAID {
        let length = if unsaid.len().is_multiple_of(4) { SHORT } else { ANY };
        let line = match (unsaid.len() % 4, &held_out) {
            (0 | 1, Some(held_out)) => held_out.sentence(length, &mut draw)?,
            (0 | 2, _) => {
                let (one, other) =
                    (index.sentence(ANY, &mut draw)?, index.sentence(ANY, &mut draw)?);
                let (half, from) = (one.len() / 2, other.len() / 2);
                one.into_iter().take(half).chain(other.into_iter().skip(from)).collect()
            }
            (_, _) => {
                let n = 5 + draw.below(26);
                (0..n).map(|_| vocabulary[draw.below(vocabulary.len())].clone()).collect()
            }
        };
        let line = line.join(" ");
        let n_words = tokens(&line).count() as f64;
        let is_new = !unsaid.contains(&line);
        if is_new && speech.distance(&folded(&line)) as f64 > MAX_CHANGED * n_words {
            unsaid.push(line);
        }
    }
    let mut finder = Finder::new(&index.reader);
    let mut table = arguments.get(3).map(std::fs::File::create).transpose()?;
    if let Some(table) = &mut table {
        write_table(table, &mut finder, &real, &unsaid)?;
    }
    judge(&mut finder, &real, &unsaid)?;
    measure(&index.reader, &mut finder, &real)
}

fn request(line: &str) -> FindRequest {
    FindRequest { line: line.to_owned(), limit: 5, speaker: None }
}

/// Returns the words of a text in the form in which they are compared.
fn folded(text: &str) -> String {
    let folded = onrecord_text::fold(text).text;
    tokens(&folded).map(|token| &folded[token.range()]).collect::<Vec<_>>().join(" ")
}

/// Tells whether a text holds the sentence, word by word.
fn is_right(text: &str, sentence: &str) -> bool {
    format!(" {} ", folded(text)).contains(&format!(" {} ", folded(sentence)))
}

fn judge(finder: &mut Finder<'_>, real: &[(String, String)], unsaid: &[String]) -> Outcome {
    // Of all and of the short ones: the very sentence; that or what is as near.
    let mut right = [[0; 2]; 2];
    for (number, (sentence, line)) in real.iter().enumerate() {
        let found = finder.find(&request(line))?;
        let first = found.hits.first();
        let is_right = first.is_some_and(|hit| is_right(&hit.context, sentence));
        let edits = |text: &str| distance_of(&folded(line), &folded(text));
        let is_near =
            is_right || first.is_some_and(|hit| edits(&hit.cited.text) <= edits(sentence));
        let classes = if number % 4 == 0 { 2 } else { 1 };
        for class in right.iter_mut().take(classes) {
            class[0] += usize::from(is_right);
            class[1] += usize::from(is_near);
        }
        if !is_near {
            let shown = first.map(|hit| (hit.similarity, hit.cited.text.as_str()));
            println!("missed: {line}\n   was: {sentence}\n   got: {shown:?}");
        }
    }
    let mut nothing = [0; 4];
    for (number, line) in unsaid.iter().enumerate() {
        let found = finder.find(&request(line))?;
        match found.hits.first() {
            None => nothing[number % 4] += 1,
            Some(hit) => println!(
                "close ({}): {line}\n   to {:.2}: {}",
                number % 4,
                hit.similarity,
                hit.cited.text
            ),
        }
    }
    let [[all, all_near], [short, short_near]] = right;
    println!(
        "right source first: {all} of {}, of the short {short} of {}",
        real.len(),
        real.len() / 4
    );
    println!("or one as near: {all_near}, of the short {short_near}");
    let sum: usize = nothing.iter().sum();
    println!("nothing close: {sum} of {}, by kind {nothing:?}", unsaid.len());
    Ok(())
}

/// Asks both ways in turn on a warm index: as `find` does, and by an OR of all words as the engine
/// has it, with the best 20 passages aligned.
fn measure(reader: &Reader, finder: &mut Finder<'_>, real: &[(String, String)]) -> Outcome {
    let mut times = [Vec::new(), Vec::new()];
    let mut lexicon = Lexicon::new();
    for round in 0..3 {
        for (_, line) in real {
            let start = Instant::now();
            finder.find(&request(line))?;
            let found = Instant::now();
            plainly(reader, line, &mut lexicon)?;
            if round > 0 {
                times[0].push(found - start);
                times[1].push(found.elapsed());
            }
        }
    }
    for (name, times) in ["find", "OR"].iter().zip(&mut times) {
        times.sort_unstable();
        let at = |share: f64| -> Duration { times[((times.len() - 1) as f64 * share) as usize] };
        println!("{name}: p50 {:?}, p90 {:?}, p99 {:?}", at(0.5), at(0.9), at(0.99));
    }
    Ok(())
}

/// Returns how near the nearest of the passages is that an OR of all words finds.
fn plainly(reader: &Reader, line: &str, lexicon: &mut Lexicon) -> Outcome<f32> {
    let line = Words::of_text(line, lexicon);
    let ids = line.all().ids.iter();
    let stems: BTreeSet<String> = ids.map(|id| lexicon.forms(*id).stem.to_owned()).collect();
    let mut best = 0.0f32;
    for hit in reader.best_by_bm25(&stems, PLAIN_PASSAGES)? {
        let passage = reader.passage(hit.address)?;
        let spoken = passage.record.spoken(&passage.text);
        let words = Words::of_tokens(&passage.text, spoken, lexicon);
        let alignment = align(line.all(), words.all(), lexicon);
        best = best.max(alignment.map_or(0.0, |alignment| alignment.similarity));
    }
    Ok(best)
}

/// Writes how alike the words are of the wordings nearest to each line; the right ones are marked.
fn write_table(
    table: &mut impl Write,
    finder: &mut Finder<'_>,
    real: &[(String, String)],
    unsaid: &[String],
) -> Outcome {
    let real = real.iter().map(|(sentence, line)| (line, Some(sentence)));
    let unsaid = unsaid.iter().map(|line| (line, None));
    for (number, (line, sentence)) in real.chain(unsaid).enumerate() {
        let n_words = tokens(line).count();
        for (wording, words) in finder.weigh(&request(line))?.iter().take(12) {
            let right = u8::from(sentence.is_some_and(|sentence| is_right(wording, sentence)));
            writeln!(table, "{number}\t{right}\t{n_words}\t{words}\t{line}\t{wording}")?;
        }
    }
    Ok(())
}
