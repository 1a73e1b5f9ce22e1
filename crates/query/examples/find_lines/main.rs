//! Measures `find` on real texts, against the same with an OR of all words:
//!
//! `cargo run --release -p onrecord-query --example find_lines -- INDEX [HELD_OUT [SEED [TSV]]]`
//!
//! `INDEX` is an index of the texts, `HELD_OUT` one of documents that are not in it. By seed it
//! draws 1,000 sentences of 5 to 30 words (every fourth of 5 to 8), changes 20 to 40 % of their
//! words, and asks for each; the right source is one with the very words of the sentence. And 500
//! lines that no one said: half of them sentences of held-out documents (without `HELD_OUT`, the
//! other kinds alone), a quarter the halves of two sentences, a quarter words of many passages.
//! A held-out sentence that stands in the index word by word is passed over.

#![allow(clippy::string_slice, reason = "spans are of the texts that they cut")]
#![expect(clippy::print_stdout, reason = "figures are what it is run for")]
#![allow(unreachable_pub, reason = "the modules of an example have no callers outside it")]

mod draw;

use draw::{Draw, perturb};
use onrecord_indexing::{Address, Condition, Part, Reader};
use onrecord_model::Span;
use onrecord_query::{FindRequest, Finder, LookUp};
use onrecord_text::{sentences, tokens};
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
    let mut finder = Finder::new(&index.reader);
    let mut unsaid = Vec::new();
    while unsaid.len() < N_UNSAID {
        let length = if unsaid.len() % 4 == 0 { SHORT } else { ANY };
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
        let found = finder.find(&request(&line))?;
        if found.hits.iter().all(|hit| folded(&hit.text) != folded(&line)) {
            unsaid.push(line);
        }
    }
    let mut table = arguments.get(3).map(std::fs::File::create).transpose()?;
    if let Some(table) = &mut table {
        write_table(table, &mut finder, &real, &unsaid)?;
    }
    judge(&mut finder, &real, &unsaid)?;
    measure(&mut finder, &real)
}

fn request(line: &str) -> FindRequest {
    FindRequest { line: line.to_owned(), limit: 5, speaker: None }
}

/// Returns the words of a text in the form in which they are compared.
fn folded(text: &str) -> String {
    let folded = onrecord_text::fold(text).text;
    tokens(&folded).map(|token| &folded[token.range()]).collect::<Vec<_>>().join(" ")
}

/// Tells whether a wording is the sentence, or as good as: with a word less or more at an end.
fn is_right(found: &str, sentence: &str) -> bool {
    let (found, sentence) = (folded(found), folded(sentence));
    sentence.contains(&found) && 2 * found.len() >= sentence.len() || found.contains(&sentence)
}

fn judge(finder: &mut Finder<'_>, real: &[(String, String)], unsaid: &[String]) -> Outcome {
    let (mut right, mut short, mut n_short) = (0, 0, 0);
    for (number, (sentence, line)) in real.iter().enumerate() {
        let found = finder.find(&request(line))?;
        let is_right = found.hits.first().is_some_and(|hit| is_right(&hit.context, sentence));
        right += usize::from(is_right);
        n_short += usize::from(number % 4 == 0);
        short += usize::from(number % 4 == 0 && is_right);
        if !is_right {
            let shown = found.hits.first().map(|hit| (hit.similarity, hit.text.as_str()));
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
                hit.text
            ),
        }
    }
    println!("right source first: {right} of {}, of short lines {short} of {n_short}", real.len());
    let sum: usize = nothing.iter().sum();
    println!("nothing close: {sum} of {}, by kind {nothing:?}", unsaid.len());
    Ok(())
}

/// Asks both ways in turn on a warm index.
fn measure(finder: &mut Finder<'_>, real: &[(String, String)]) -> Outcome {
    let mut times = [Vec::new(), Vec::new()];
    let mut n_right = [0; 2];
    for round in 0..3 {
        for (sentence, line) in real {
            let ways = [LookUp::Pairs, LookUp::Words];
            for (way, look_up) in ways.into_iter().enumerate() {
                let request = request(line);
                let start = Instant::now();
                let found = finder.find_by(look_up, &request)?;
                let time = start.elapsed();
                if round > 0 {
                    times[way].push(time);
                } else if found.hits.first().is_some_and(|hit| is_right(&hit.context, sentence)) {
                    n_right[way] += 1;
                }
            }
        }
    }
    for (name, (times, n_right)) in ["pairs", "words"].iter().zip(times.iter_mut().zip(n_right)) {
        times.sort_unstable();
        let at = |share: f64| -> Duration { times[((times.len() - 1) as f64 * share) as usize] };
        println!(
            "{name}: p50 {:?}, p90 {:?}, p99 {:?}; {n_right} right",
            at(0.5),
            at(0.9),
            at(0.99)
        );
    }
    Ok(())
}

/// Writes the figures that similarities are made of: of the right wording and of the nearest other
/// of each real line, and of the nearest to each unsaid one.
fn write_table(
    table: &mut impl Write,
    finder: &mut Finder<'_>,
    real: &[(String, String)],
    unsaid: &[String],
) -> Outcome {
    for (number, (sentence, line)) in real.iter().enumerate() {
        let n_words = tokens(line).count();
        for (rank, (text, figures, _)) in finder.weigh(&request(line))?.iter().take(12).enumerate()
        {
            let right = u8::from(is_right(text, sentence));
            writeln!(
                table,
                "r{number}\t{rank}\t{right}\t{n_words}\t{}\t{}\t{}",
                figures[0], figures[1], figures[2]
            )?;
        }
    }
    for (number, line) in unsaid.iter().enumerate() {
        let n_words = tokens(line).count();
        for (rank, (_, figures, _)) in finder.weigh(&request(line))?.iter().take(3).enumerate() {
            writeln!(
                table,
                "u{number}\t{rank}\t0\t{n_words}\t{}\t{}\t{}",
                figures[0], figures[1], figures[2]
            )?;
        }
    }
    Ok(())
}
