use crate::Outcome;
use crate::corpus::Corpus;
use crate::ours;
use crate::plain::Passes;
use crate::queries::{Kind, Query};
use crate::querying::Pair;
use onrecord_text::{Lexicon, tokens};
use std::fs::File;
use std::io::Write;
use std::ops::RangeInclusive;
use std::path::Path;

const SEED: u64 = 20_110_714;

/// How many queries of each kind are drawn.
const N_OF_KIND: usize = 12;

/// How often a query is drawn anew before giving up.
const ATTEMPTS: usize = 200_000;

/// How common a word is, by the share of passages that hold its stem, in millionths.
#[derive(Clone, Copy)]
enum Band {
    Rare,
    Middling,
    Frequent,
}

impl Band {
    const fn millionths(self) -> RangeInclusive<u64> {
        match self {
            Self::Rare => 30..=300,
            Self::Middling => 300..=5_000,
            Self::Frequent => 5_000..=100_000,
        }
    }
}

/// The most passages that a drawn phrase may have, in millionths of all.
const MOST_OF_PHRASE: u64 = 20_000;

/// Draws the queries and writes the list anew, with how it was drawn in front.
pub fn write(corpus: &Corpus, pair: &Pair) -> Outcome {
    let mut drawer = Drawer {
        passages: corpus.passages().collect(),
        pair,
        lexicon: Lexicon::new(),
        state: SEED,
        n_unequal: 0,
    };
    let mut queries = Vec::new();
    for kind in Kind::ALL {
        for number in 0..N_OF_KIND {
            queries.push(drawer.draw(kind, number)?);
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/queries.txt");
    let mut file = File::create(&path)?;
    writeln!(
        file,
        "# Drawn by `cargo bench -p onrecord-indexing -- --draw` with seed {SEED} from"
    )?;
    writeln!(file, "# {corpus}.")?;
    writeln!(
        file,
        "# Passed over, because the sides do not find equally many: {}.",
        drawer.n_unequal
    )?;
    for query in queries {
        writeln!(file, "{query}")?;
    }
    println!("written: {}", path.display());
    Ok(())
}

struct Drawer<'a> {
    passages: Vec<(&'a str, Option<&'a str>)>,
    pair: &'a Pair,
    lexicon: Lexicon,
    state: u64,
    /// Queries that were passed over because the sides analyse their words differently.
    n_unequal: usize,
}

impl<'a> Drawer<'a> {
    fn draw(&mut self, kind: Kind, number: usize) -> Outcome<Query> {
        let third = number % 3;
        let band = [Band::Rare, Band::Middling, Band::Frequent][third];
        for _ in 0..ATTEMPTS {
            let query = match kind {
                Kind::Term => self.words_of(&[band], true),
                Kind::And => self.words_of(&[band, Band::Frequent], true),
                Kind::Or => self.words_of(&[band, Band::Frequent], false),
                Kind::Phrase | Kind::PhraseOfSpeaker => self.phrase(2 + third),
            };
            let Some((words, speaker)) = query? else { continue };
            let speaker = speaker.filter(|_| kind == Kind::PhraseOfSpeaker).map(str::to_owned);
            if (kind == Kind::PhraseOfSpeaker) != speaker.is_some() {
                continue;
            }
            let query = Query { kind, words, speaker };
            if self.total(&query)?.is_some() {
                return Ok(query);
            }
        }
        Err(format!("no {} in {ATTEMPTS} draws", kind.name()).into())
    }

    /// Draws a number below `end`, by SplitMix64.
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }

    /// Draws a passage; returns its folded words and its speaker.
    fn passage(&mut self) -> (Vec<String>, Option<&'a str>) {
        let at = self.below(self.passages.len());
        let (text, speaker) = self.passages[at];
        let words = tokens(text)
            .filter_map(|token| text.get(token.range()))
            .map(|word| self.lexicon.word(word).folded.to_string())
            .collect();
        (words, speaker)
    }

    /// Draws a word of each band, all from one passage or each from a passage of its own.
    fn words_of(&mut self, bands: &[Band], of_one_passage: bool) -> Outcome<Option<Drawn<'a>>> {
        let mut words: Vec<String> = Vec::new();
        let (mut passage, _) = self.passage();
        for &band in bands {
            if !of_one_passage {
                passage = self.passage().0;
            }
            let at = self.below(passage.len());
            let Some(word) = passage.get(at).filter(|word| is_plain(word)) else { return Ok(None) };
            let word = word.clone();
            if words.contains(&word) || !self.is_of_band(&word, band)? {
                return Ok(None);
            }
            words.push(word);
        }
        Ok(Some((words, None)))
    }

    fn phrase(&mut self, n_words: usize) -> Outcome<Option<Drawn<'a>>> {
        let (passage, speaker) = self.passage();
        let at = self.below(passage.len());
        let Some(words) = passage.get(at..at + n_words) else { return Ok(None) };
        if !words.iter().all(|word| is_plain(word)) {
            return Ok(None);
        }
        let words = words.to_vec();
        let phrase = Query { kind: Kind::Phrase, words: words.clone(), speaker: None };
        let most = MOST_OF_PHRASE * self.passages.len() as u64 / 1_000_000;
        let fits = self.total(&phrase)?.is_some_and(|total| (2..=most).contains(&total));
        Ok(fits.then_some((words, speaker)))
    }

    fn is_of_band(&mut self, word: &str, band: Band) -> Outcome<bool> {
        let query = Query { kind: Kind::Term, words: vec![word.to_owned()], speaker: None };
        let n_passages = self.passages.len() as u64;
        let total = self.total(&query)?;
        Ok(total.is_some_and(|total| band.millionths().contains(&(total * 1_000_000 / n_passages))))
    }

    /// Counts the passages of a query; none where the sides do not agree.
    fn total(&mut self, query: &Query) -> Outcome<Option<u64>> {
        let ours = self.pair.reader.count(&ours::condition(query))?;
        let plain = self.pair.plain.answer(&*self.pair.plain.query(query), Passes::Two)?.count;
        if ours != plain {
            self.n_unequal += 1;
        }
        Ok((ours == plain).then_some(ours))
    }
}

/// Words, and the speaker of the passage that they are of.
type Drawn<'a> = (Vec<String>, Option<&'a str>);

/// Tells whether both sides see the same word: letters alone, no digits or apostrophes.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}
