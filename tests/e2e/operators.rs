//! 300 queries over all operators, against a scan of 10,000 passages that knows none of the
//! program's own matching but its tokens, folding and stems.

use crate::world::{Random, World, hits, number, text};
use onrecord_text::{Lexicon, fold, inline_notes, tokens};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many queries are asked.
const N_QUERIES: usize = 300;

/// How many documents, of some forty passages each.
const N_DOCUMENTS: usize = 255;

/// Of a longer list of hits only the number is compared.
const MOST_COMPARED: usize = 400;

const WORDS: [&str; 32] = [
    "cyber",
    "cyberspace",
    "Network",
    "networks",
    "networking",
    "defence",
    "defense",
    "defends",
    "treaty",
    "treaties",
    "norm",
    "norms",
    "normal",
    "open",
    "openly",
    "secure",
    "security",
    "secured",
    "insecure",
    "the",
    "of",
    "a",
    "in",
    "and",
    "free",
    "freedom",
    "border",
    "borders",
    "we",
    "they’re",
    "keep",
    "UN",
];

const SPEAKERS: [&str; 4] = ["Ada Vale", "Ben Moss", "Cora Valentine", "Dan Orr"];

const KINDS: [&str; 3] = ["speech", "fact-sheet", "transcript"];

/// A word in the forms that are matched.
#[derive(Clone)]
struct Word {
    folded: String,
    letters: Vec<char>,
    stem: String,
}

impl Word {
    fn new(written: &str, lexicon: &mut Lexicon) -> Self {
        let word = lexicon.word(written);
        let (folded, stem) = (word.folded.to_owned(), word.stem.to_owned());
        Self { letters: folded.chars().collect(), folded, stem }
    }
}

/// Letters of a word, some of which may be others.
#[derive(Clone, Debug)]
struct Pattern {
    written: String,
    letters: Vec<char>,
}

impl Pattern {
    fn new(written: &str) -> Self {
        Self { written: written.to_owned(), letters: fold(written).text.chars().collect() }
    }

    fn is_like(&self, word: &Word) -> bool {
        is_like(&self.letters, &word.letters)
    }
}

struct Passage {
    place: (String, usize),
    written: Vec<Word>,
    /// What was said, of this passage and then of those that its paragraph goes on in.
    said: Vec<Word>,
    /// How many of these are its own.
    n_own: usize,
    speaker: Vec<Word>,
    date: String,
    kind: String,
    title: Vec<Word>,
    is_body: bool,
    quotations: Vec<Quotation>,
}

/// The words of a quotation.
struct Quotation {
    written: Vec<Word>,
    said: Vec<Word>,
}

/// What a query asks, in a form of its own.
#[derive(Clone, Debug)]
enum Ask {
    /// A word, and its stem.
    Stem(String, String),
    Exact(Pattern),
    Wild(Pattern),
    Fuzzy(String, usize),
    /// A regular expression, and what it finds: an end or one of two words.
    Ending(String),
    OneOf(String, String),
    /// Words and patterns one behind the other.
    Phrase(Vec<Pattern>),
    Near(Vec<Pattern>, usize),
    /// Words and patterns, in any order.
    Speaker(Vec<Pattern>),
    Title(Pattern),
    Years(u32, u32),
    Kind(String),
    Body,
    InQuote(Vec<Ask>),
    All(Vec<Ask>),
    Any(Vec<Ask>),
    Not(Box<Ask>),
    Weighted(Box<Ask>),
}

impl Ask {
    fn written(&self) -> String {
        let joined = |parts: &[Self], operator: &str| {
            let parts: Vec<String> = parts.iter().map(Self::written).collect();
            format!("({})", parts.join(operator))
        };
        match self {
            Self::Stem(word, _) => word.clone(),
            Self::Wild(pattern) => pattern.written.clone(),
            Self::Exact(word) => format!("={}", word.written),
            Self::Fuzzy(word, edits) => format!("{word}~{edits}"),
            Self::Ending(end) => format!("/.*{end}/"),
            Self::OneOf(one, other) => format!("/{one}|{other}/"),
            Self::Phrase(words) => marked(words),
            Self::Near(words, others) => format!("{}~{others}", marked(words)),
            Self::Speaker(words) => format!("speaker:{}", marked(words)),
            Self::Title(word) => format!("title:{}", word.written),
            Self::Years(from, to) => format!("date:[{from} TO {to}]"),
            Self::Kind(kind) => format!("kind:{kind}"),
            Self::Body => "in:body".to_owned(),
            Self::InQuote(parts) => format!("(in:quote {})", joined(parts, " ")),
            Self::All(parts) => joined(parts, " AND "),
            Self::Any(parts) => joined(parts, " OR "),
            Self::Not(part) => format!("NOT {}", part.written()),
            Self::Weighted(part) => format!("({})^2.5", part.written()),
        }
    }

    fn is_met(&self, passage: &Passage) -> bool {
        match self {
            Self::Phrase(words) => {
                stands(words, &passage.written, usize::MAX)
                    || stands(words, &passage.said, passage.n_own)
            }
            Self::Near(words, others) => {
                near(words, &passage.written, *others, usize::MAX)
                    || near(words, &passage.said, *others, passage.n_own)
            }
            Self::Speaker(words) => {
                words.iter().all(|word| passage.speaker.iter().any(|of| word.is_like(of)))
            }
            Self::Title(word) => passage.title.iter().any(|of| word.is_like(of)),
            Self::Years(from, to) => {
                (*from..=*to).contains(&passage.date[..4].parse::<u32>().unwrap())
            }
            Self::Kind(kind) => passage.kind == *kind,
            Self::Body => passage.is_body,
            Self::InQuote(parts) => passage
                .quotations
                .iter()
                .any(|quotation| parts.iter().all(|part| part.is_met_in(quotation))),
            Self::All(parts) => parts.iter().all(|part| part.is_met(passage)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met(passage)),
            Self::Not(part) => !part.is_met(passage),
            Self::Weighted(part) => part.is_met(passage),
            Self::Stem(..)
            | Self::Exact(_)
            | Self::Wild(_)
            | Self::Fuzzy(..)
            | Self::Ending(_)
            | Self::OneOf(..) => self.is_met_by(&passage.written),
        }
    }

    /// Tells whether a quotation meets what asks for words, read with its notes or without.
    fn is_met_in(&self, quotation: &Quotation) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.is_met_in(quotation)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met_in(quotation)),
            Self::Not(part) => !part.is_met_in(quotation),
            Self::Stem(..)
            | Self::Exact(_)
            | Self::Wild(_)
            | Self::Fuzzy(..)
            | Self::Ending(_)
            | Self::OneOf(..)
            | Self::Phrase(_)
            | Self::Near(..)
            | Self::Speaker(_)
            | Self::Title(_)
            | Self::Years(..)
            | Self::Kind(_)
            | Self::Body
            | Self::InQuote(_)
            | Self::Weighted(_) => {
                self.is_met_by(&quotation.written) || self.is_met_by(&quotation.said)
            }
        }
    }

    /// Tells whether words in a row meet what asks for words.
    fn is_met_by(&self, words: &[Word]) -> bool {
        let any = |test: &dyn Fn(&Word) -> bool| words.iter().any(test);
        match self {
            Self::Stem(_, stem) => words.iter().any(|word| word.stem == *stem),
            Self::Exact(sought) | Self::Wild(sought) => any(&|word| sought.is_like(word)),
            Self::Fuzzy(sought, edits) => any(&|word| is_near(sought, &word.folded, *edits)),
            Self::Ending(end) => any(&|word| word.folded.ends_with(end.as_str())),
            Self::OneOf(one, other) => any(&|word| word.folded == *one || word.folded == *other),
            Self::Phrase(phrase) => stands(phrase, words, usize::MAX),
            Self::Near(sought, others) => near(sought, words, *others, usize::MAX),
            Self::All(parts) => parts.iter().all(|part| part.is_met_by(words)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met_by(words)),
            Self::Not(part) => !part.is_met_by(words),
            Self::Weighted(part) => part.is_met_by(words),
            Self::Speaker(_)
            | Self::Title(_)
            | Self::Years(..)
            | Self::Kind(_)
            | Self::Body
            | Self::InQuote(_) => panic!("{self:?} asks for no words"),
        }
    }
}

/// Writes words as a phrase.
fn marked(words: &[Pattern]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.written.as_str()).collect();
    format!("\"{}\"", words.join(" "))
}

/// Compares a word with a pattern letter by letter.
fn is_like(pattern: &[char], word: &[char]) -> bool {
    match pattern.split_first() {
        None => word.is_empty(),
        Some(('*', rest)) => (0..=word.len()).any(|taken| is_like(rest, &word[taken..])),
        Some(('?', rest)) => !word.is_empty() && is_like(rest, &word[1..]),
        Some((letter, rest)) => word.first() == Some(letter) && is_like(rest, &word[1..]),
    }
}

/// Tells whether two words are so many edits apart at most.
fn is_near(one: &str, other: &str, edits: usize) -> bool {
    let n_letters = |word: &str| word.chars().count();
    n_letters(one).abs_diff(n_letters(other)) <= edits && distance(one, other) <= edits
}

/// Counts edits, swaps among them, in a whole matrix.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut costs = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            costs[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let swap =
                    i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                let exchanged = costs[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                let swapped = if swap { costs[i - 2][j - 2] + 1 } else { usize::MAX };
                exchanged.min(costs[i - 1][j] + 1).min(costs[i][j - 1] + 1).min(swapped)
            };
        }
    }
    costs[one.len()][other.len()]
}

/// Tells whether words stand one behind the other, the first of them among the first so many.
fn stands(phrase: &[Pattern], words: &[Word], n_own: usize) -> bool {
    let same =
        |window: &[Word]| window.iter().zip(phrase).all(|(word, pattern)| pattern.is_like(word));
    words.windows(phrase.len()).take(n_own).any(same)
}

/// Tells whether each pattern has a word of its own within a short stretch.
fn near(patterns: &[Pattern], words: &[Word], others: usize, n_own: usize) -> bool {
    fn placed(places: &[Vec<usize>], used: &mut Vec<usize>, most: usize, n_own: usize) -> bool {
        if let (Some(low), Some(high)) = (used.iter().min(), used.iter().max())
            && high - low + 1 > most
        {
            return false;
        }
        let Some(of_next) = places.get(used.len()) else {
            return used.iter().min().is_some_and(|low| *low < n_own);
        };
        of_next.iter().any(|place| {
            if used.contains(place) {
                return false;
            }
            used.push(*place);
            let found = placed(places, used, most, n_own);
            used.pop();
            found
        })
    }
    let places: Vec<Vec<usize>> = patterns
        .iter()
        .map(|pattern| (0..words.len()).filter(|at| pattern.is_like(&words[*at])).collect())
        .collect();
    placed(&places, &mut Vec::new(), patterns.len() + others, n_own)
}

fn pick<'a>(from: &[&'a str], random: &mut Random) -> &'a str {
    from[random.below(from.len())]
}

fn sentence(random: &mut Random) -> String {
    let n_words = 3 + random.below(8);
    let words: Vec<&str> = (0..n_words).map(|_| pick(&WORDS, random)).collect();
    match random.below(12) {
        0 => format!("So {}. (Applause.)", words.join(" ")),
        1 => format!("And {} (laughter) {}.", words[0], words[1..].join(" ")),
        2 => format!("Minister Orr said, “{}.”", words.join(" ")),
        3 => format!("Minister Orr said, “{} (applause) {}.”", words[0], words[1..].join(" ")),
        4 => format!("{}, {}.", words[0], words[1..].join("-")),
        _ => format!("So {}.", words.join(" ")),
    }
}

fn corpus(random: &mut Random) -> String {
    let mut lines = String::new();
    for n in 0..N_DOCUMENTS {
        let mut paragraphs = Vec::new();
        for _ in 0..38 {
            let n_sentences = if random.below(30) == 0 { 60 } else { 1 + random.below(2) };
            let sentences: Vec<String> = (0..n_sentences).map(|_| sentence(random)).collect();
            paragraphs.push(sentences.join(" "));
        }
        let date =
            format!("{}-0{}-1{}", 2008 + random.below(6), 1 + random.below(9), random.below(9));
        let title = format!("Remarks on {} {}", pick(&WORDS, random), pick(&WORDS, random));
        let line = json!({
            "id": format!("d{n}"),
            "title": title,
            "speaker": pick(&SPEAKERS, random),
            "date": date,
            "kind": pick(&KINDS, random),
            "text": paragraphs.join("\n\n"),
        });
        lines.push_str(&format!("{line}\n"));
    }
    lines
}

/// Blanks out the stage directions of a text.
fn without_notes(written: &str) -> String {
    let mut said = written.to_owned();
    for note in inline_notes(written) {
        said.replace_range(note.range(), &" ".repeat(note.range().len()));
    }
    said
}

fn words_of(written: &str, lexicon: &mut Lexicon) -> Vec<Word> {
    let cut = tokens(written).map(|span| &written[span.range()]);
    cut.map(|word| Word::new(word, lexicon)).collect()
}

/// Reads the passages of a world by its own listings.
fn passages(world: &World) -> Vec<Passage> {
    let mut lexicon = Lexicon::new();
    let all = ["search", "--limit", "0", "--format", "jsonl", "--", "-zzzz"];
    let mut by_place: BTreeMap<(String, usize), Value> = BTreeMap::new();
    for hit in world.run(&all).expect(0).objects() {
        by_place.insert((text(&hit["document_id"]), number(&hit["passage"])), hit);
    }
    let mut quotations: BTreeMap<(String, usize), Vec<Quotation>> = BTreeMap::new();
    for quote in world.run(&["quotes", "--format", "jsonl"]).expect(0).objects() {
        let place = (text(&quote["document_id"]), number(&quote["passage"]));
        let written = text(&quote["text"]);
        let said = words_of(&without_notes(&written), &mut lexicon);
        let written = words_of(&written, &mut lexicon);
        quotations.entry(place).or_default().push(Quotation { written, said });
    }
    let ids: BTreeSet<String> = by_place.keys().map(|(id, _)| id.clone()).collect();
    let mut found: Vec<Passage> = Vec::new();
    for id in ids {
        let shown = world.show(&id);
        for passage in shown["passages"].as_array().unwrap() {
            let place = (id.clone(), number(&passage["passage"]));
            let hit = &by_place[&place];
            let written = text(&hit["text"]);
            let said = words_of(&without_notes(&written), &mut lexicon);
            if place.1 > 0 && !text(&passage["lead"]).contains('\n') {
                // The paragraph goes on: so it does for all before that go on into this one.
                let mut at = found.len();
                while at > 0 {
                    at -= 1;
                    found[at].said.extend(said.iter().cloned());
                    let starts_paragraph = found[at].place.1 == 0
                        || text(&shown["passages"][found[at].place.1]["lead"]).contains('\n');
                    if starts_paragraph {
                        break;
                    }
                }
            }
            found.push(Passage {
                n_own: said.len(),
                said,
                written: words_of(&written, &mut lexicon),
                speaker: words_of(hit["speaker"].as_str().unwrap_or_default(), &mut lexicon),
                date: text(&hit["date"]),
                kind: text(&hit["kind"]),
                title: words_of(&text(&hit["title"]), &mut lexicon),
                is_body: !["heading", "header", "note"].contains(&text(&hit["block"]).as_str()),
                quotations: quotations.remove(&place).unwrap_or_default(),
                place,
            });
        }
    }
    assert!(quotations.is_empty());
    found
}

fn draw_word(random: &mut Random) -> String {
    fold(pick(&WORDS, random)).text
}

fn stem_of(word: &str) -> String {
    Lexicon::new().word(word).stem.to_owned()
}

/// Draws a word of which some letters may be others.
fn draw_pattern(random: &mut Random) -> String {
    let word: Vec<char> = draw_word(random).chars().collect();
    let at = random.below(word.len());
    let (before, behind): (String, String) =
        (word[..at].iter().collect(), word[at + 1..].iter().collect());
    match random.below(4) {
        0 if at > 0 => format!("{before}*"),
        1 if !behind.is_empty() => format!("*{behind}"),
        2 if !behind.is_empty() && at > 0 => format!("{before}?{behind}"),
        _ if at > 0 => format!("{before}*{behind}"),
        _ => word.into_iter().collect(),
    }
}

fn draw_words(random: &mut Random, n_words: usize) -> Vec<Pattern> {
    let draw = |_| if random.below(4) == 0 { draw_pattern(random) } else { draw_word(random) };
    (0..n_words).map(draw).map(|word| Pattern::new(&word)).collect()
}

fn draw_text(random: &mut Random) -> Ask {
    match random.below(10) {
        0 | 1 => {
            let word = draw_word(random);
            let stem = stem_of(&word);
            Ask::Stem(word, stem)
        }
        2 => Ask::Exact(Pattern::new(&draw_word(random))),
        3 => {
            // Without a wildcard it would be a word, which is found by its stem.
            let drawn: Vec<String> = (0..9).map(|_| draw_pattern(random)).collect();
            let pattern = drawn.into_iter().find(|drawn| drawn.contains(['*', '?']));
            let exact = || Ask::Exact(Pattern::new(&draw_word(random)));
            pattern.map_or_else(exact, |pattern| Ask::Wild(Pattern::new(&pattern)))
        }
        4 => {
            let long = ["defence", "treaty", "norms", "border", "secured", "networks", "opened"];
            Ask::Fuzzy(fold(pick(&long, random)).text, 1 + random.below(2))
        }
        5 => Ask::Ending(pick(&["s", "ity", "e", "ed"], random).to_owned()),
        6 => Ask::OneOf(draw_word(random), draw_word(random)),
        7 => {
            let n_words = 2 + random.below(2);
            Ask::Phrase(draw_words(random, n_words))
        }
        _ => {
            let n_words = 2 + random.below(2);
            Ask::Near(draw_words(random, n_words), random.below(6))
        }
    }
}

fn draw_filter(random: &mut Random) -> Ask {
    match random.below(5) {
        0 => {
            let name = pick(&["vale", "vale*", "?rr", "vale a*"], random);
            Ask::Speaker(name.split(' ').map(Pattern::new).collect())
        }
        1 => Ask::Title(Pattern::new(pick(&["norm", "norm*", "networ*", "the"], random))),
        2 => {
            let from = 2008 + random.below(4) as u32;
            Ask::Years(from, from + random.below(3) as u32)
        }
        3 => Ask::Kind(pick(&KINDS, random).to_owned()),
        _ => Ask::Body,
    }
}

fn draw(random: &mut Random, depth: usize) -> Ask {
    let parts = |random: &mut Random| -> Vec<Ask> {
        (0..2 + random.below(2)).map(|_| draw(random, depth - 1)).collect()
    };
    if depth == 0 {
        return if random.below(5) == 0 { draw_filter(random) } else { draw_text(random) };
    }
    match random.below(8) {
        0 | 1 => Ask::All(parts(random)),
        2 => Ask::Any(parts(random)),
        3 => {
            let first = draw(random, depth - 1);
            Ask::All(vec![first, Ask::Not(Box::new(draw(random, depth - 1)))])
        }
        4 => Ask::Weighted(Box::new(draw_text(random))),
        5 => {
            let mut inside: Vec<Ask> =
                (0..1 + random.below(2)).map(|_| draw_text(random)).collect();
            if random.below(4) == 0 {
                inside.push(Ask::Not(Box::new(draw_text(random))));
            }
            Ask::InQuote(inside)
        }
        _ => draw(random, 0),
    }
}

#[test]
fn all_operators_find_what_a_scan_finds() {
    let mut random = Random(14);
    let world = World::new();
    world.put("corpus/speeches.jsonl", corpus(&mut random));
    world.run(&["index", "corpus"]).expect(0);
    let passages = passages(&world);
    assert!(passages.len() >= 10_000, "{}", passages.len());
    assert!(passages.iter().filter(|passage| passage.n_own < passage.said.len()).count() > 100);
    assert!(passages.iter().filter(|passage| !passage.quotations.is_empty()).count() > 300);
    let mut n_found = 0;
    for n in 0..N_QUERIES {
        let ask = draw(&mut random, n % 3);
        let query = ask.written();
        let expected: BTreeSet<&(String, usize)> =
            passages.iter().filter(|of| ask.is_met(of)).map(|of| &of.place).collect();
        let limit = if expected.len() <= MOST_COMPARED { "0" } else { "1" };
        let answer = world.search_with(&["--limit", limit], &query);
        assert_eq!(number(&answer["count"]), expected.len(), "{query}");
        if limit == "0" {
            let found: BTreeSet<(String, usize)> = hits(&answer)
                .iter()
                .map(|hit| (text(&hit["document_id"]), number(&hit["passage"])))
                .collect();
            assert_eq!(found.iter().collect::<BTreeSet<_>>(), expected, "{query}");
        }
        n_found += usize::from(!expected.is_empty());
    }
    assert!(n_found > N_QUERIES * 2 / 3, "{n_found} of {N_QUERIES} queries found something");
    let notes_in_quotes = passages.iter().flat_map(|passage| &passage.quotations);
    assert!(notes_in_quotes.filter(|of| of.said.len() < of.written.len()).count() > 100);
    sequences_find_what_a_scan_finds(&world, &passages, &mut random);
}

/// A word of a sequence: how it is written, what it is, and how often it may stand there.
struct Step {
    word: String,
    stem: Option<String>,
    times: std::ops::RangeInclusive<usize>,
}

impl Step {
    fn draw(random: &mut Random, is_end: bool) -> Self {
        let least = random.below(2);
        if !is_end && random.below(2) == 0 {
            let times = least..=least + 1 + random.below(3);
            return Self { word: String::new(), stem: None, times };
        }
        let (is_stem, is_repeated) = (random.below(3) == 0, random.below(5) == 0);
        let times = if is_repeated && !is_end { least..=2 } else { 1..=1 };
        let word = draw_word(random);
        Self { stem: is_stem.then(|| stem_of(&word)), word, times }
    }

    fn written(&self) -> String {
        let word = match (self.word.as_str(), &self.stem) {
            ("", _) => "[]".to_owned(),
            (word, Some(_)) => format!("[stem=\"{word}\"]"),
            (word, None) => format!("[word=\"{word}\"]"),
        };
        format!("{word}{{{},{}}}", self.times.start(), self.times.end())
    }

    fn is_met(&self, word: &Word) -> bool {
        match &self.stem {
            Some(stem) => word.stem == *stem,
            None => self.word.is_empty() || self.word == word.folded,
        }
    }
}

/// Tells whether words begin with a sequence, by trying how often each step stands there.
fn begins(steps: &[Step], words: &[Word]) -> bool {
    let Some((step, rest)) = steps.split_first() else { return true };
    let n_most = words.iter().take(*step.times.end()).take_while(|word| step.is_met(word)).count();
    (*step.times.start()..=n_most).any(|n| begins(rest, &words[n..]))
}

/// How many sequences are asked for.
const N_SEQUENCES: usize = 60;

fn sequences_find_what_a_scan_finds(world: &World, passages: &[Passage], random: &mut Random) {
    let mut n_found = 0;
    for _ in 0..N_SEQUENCES {
        let n_steps = 2 + random.below(3);
        let steps: Vec<Step> =
            (0..n_steps).map(|at| Step::draw(random, at == 0 || at + 1 == n_steps)).collect();
        let query: Vec<String> = steps.iter().map(Step::written).collect();
        let is_met = |passage: &&Passage| {
            let begins_among = |words: &[Word], n_own: usize| {
                (0..words.len()).take(n_own).any(|at| begins(&steps, &words[at..]))
            };
            begins_among(&passage.written, usize::MAX) || begins_among(&passage.said, passage.n_own)
        };
        let expected = passages.iter().filter(is_met).count();
        let answer = world.search_with(&["--syntax", "cql", "--limit", "1"], &query.join(" "));
        assert_eq!(number(&answer["count"]), expected, "{query:?}");
        n_found += usize::from(expected > 0);
    }
    assert!(n_found > N_SEQUENCES / 2, "{n_found} of {N_SEQUENCES} sequences found something");
}
