use crate::building::OURS;
use crate::corpus::Corpus;
use crate::plain::{self, Passes, Plain};
use crate::queries::{Answer, Kind, Query, TOP};
use crate::{Outcome, ours, scratch};
use onrecord_indexing::Reader;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often the whole list is asked before it is measured, and then measured.
const WARM_UPS: usize = 2;
const ROUNDS: usize = 31;

/// The index of plain tantivy that answers queries.
const PLAIN: &str = "plain-queries";

/// The indexes of both sides, with segments of the same numbers of passages.
pub struct Pair {
    pub reader: Reader,
    pub plain: Plain,
}

impl Pair {
    /// Opens the index that our side built, and builds and opens that of the other.
    pub fn open(corpus: &Corpus) -> Outcome<Self> {
        let segments = segments(&scratch().join(OURS))?;
        let folder = scratch().join(PLAIN);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        plain::build_for_queries(corpus, &segments, &folder)?;
        let plain = Plain::open(&folder)?;
        let sizes =
            plain.searcher.segment_readers().iter().map(|segment| segment.num_docs() as usize);
        let (mut sizes, mut segments): (Vec<usize>, _) = (sizes.collect(), segments);
        sizes.sort_unstable();
        segments.sort_unstable();
        assert_eq!(sizes, segments, "the sides have other segments");
        println!("\nboth sides have {} segments", segments.len());
        Ok(Self { reader: Reader::open(&scratch().join(OURS))?, plain })
    }
}

/// Returns the numbers of passages in the segments of the last commit.
fn segments(folder: &Path) -> Outcome<Vec<usize>> {
    let meta: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("meta.json"))?)?;
    let segments = meta["segments"].as_array().ok_or("meta.json names no segments")?;
    Ok(segments
        .iter()
        .filter_map(|segment| segment["max_doc"].as_u64())
        .map(|n| n as usize)
        .collect())
}

/// The ways of answering.
#[derive(Clone, Copy)]
enum Side {
    Ours,
    Plain(Passes),
}

const SIDES: [Side; 3] = [Side::Ours, Side::Plain(Passes::One), Side::Plain(Passes::Two)];

fn answer(pair: &Pair, query: &Query, side: Side) -> Outcome<(Answer, Duration)> {
    Ok(match side {
        Side::Ours => {
            let condition = ours::condition(query);
            let start = Instant::now();
            (ours::answer(&pair.reader, &condition)?, start.elapsed())
        }
        Side::Plain(passes) => {
            let query = pair.plain.query(query);
            let start = Instant::now();
            (pair.plain.answer(&*query, passes)?, start.elapsed())
        }
    })
}

/// Asks both sides the committed queries in turn and prints how long they take.
pub fn compare(pair: &Pair) -> Outcome {
    let queries = Query::list()?;
    let n_empty = assert_equal_totals(pair, &queries)?;
    println!("{} queries, equal totals, {n_empty} of them 0", queries.len());
    for (name, together) in
        [("the whole list over and over", false), ("each query over and over", true)]
    {
        print_times(name, &queries, &measure(pair, &queries, together)?);
    }
    Ok(())
}

fn assert_equal_totals(pair: &Pair, queries: &[Query]) -> Outcome<usize> {
    let mut n_empty = 0;
    for query in queries {
        let ours = answer(pair, query, Side::Ours)?.0;
        for side in &SIDES[1..] {
            let plain = answer(pair, query, *side)?.0;
            assert_eq!(ours.count, plain.count, "{query}");
            assert_eq!(ours.texts.len(), plain.texts.len(), "{query}");
        }
        assert_eq!(ours.texts.len() as u64, ours.count.min(TOP as u64), "{query}");
        n_empty += usize::from(ours.count == 0);
    }
    Ok(n_empty)
}

/// The times of one query, by side.
type Times = [Vec<Duration>; SIDES.len()];

/// Measures every query on every side; `together` asks the same query again at once, so that
/// all stored text that it needs is unpacked already.
fn measure(pair: &Pair, queries: &[Query], together: bool) -> Outcome<Vec<Times>> {
    let mut times: Vec<Times> = queries.iter().map(|_| Times::default()).collect();
    let rounds = WARM_UPS + ROUNDS;
    let all = rounds * queries.len();
    for turn in 0..all {
        let (round, at) = if together {
            (turn % rounds, turn / rounds)
        } else {
            (turn / queries.len(), turn % queries.len())
        };
        for step in 0..SIDES.len() {
            let side = (step + round) % SIDES.len();
            let (_, time) = answer(pair, &queries[at], SIDES[side])?;
            if round >= WARM_UPS {
                times[at][side].push(time);
            }
        }
    }
    Ok(times)
}

fn print_times(name: &str, queries: &[Query], times: &[Times]) {
    println!("\n{name}: sum of medians, µs; ratio to one pass and to two");
    println!(
        "  {:16}{:>10}{:>10}{:>10}{:>9}{:>9}",
        "", "ours", "one pass", "two", "ratio", "ratio"
    );
    let row = |name: &str, chosen: &dyn Fn(&Query) -> bool| {
        let of_side = |side: usize| -> f64 {
            let chosen = queries.iter().zip(times).filter(|(query, _)| chosen(query));
            chosen.map(|(_, times)| quantile(times[side].clone(), 0.5)).sum()
        };
        let [ours, one, two] = [0, 1, 2].map(of_side);
        let (to_one, to_two) = (ours / one, ours / two);
        println!("  {name:16}{ours:10.0}{one:10.0}{two:10.0}{to_one:9.2}{to_two:9.2}");
    };
    for kind in Kind::ALL {
        row(kind.name(), &|query| query.kind == kind);
    }
    row("all", &|_| true);
    for (name, q) in [("p50 of runs", 0.5), ("p99 of runs", 0.99)] {
        let [ours, one, two] = [0, 1, 2].map(|side| {
            quantile(times.iter().flat_map(|times| times[side].iter().copied()).collect(), q)
        });
        println!("  {name:16}{ours:10.0}{one:10.0}{two:10.0}");
    }
    print_slowest(queries, times);
}

/// How many of the queries that take longest are listed.
const N_SLOWEST: usize = 3;

fn print_slowest(queries: &[Query], times: &[Times]) {
    let medians = |times: &Times| [0, 1, 2].map(|side| quantile(times[side].clone(), 0.5));
    let mut slowest: Vec<_> =
        queries.iter().zip(times).map(|(query, times)| (medians(times), query)).collect();
    slowest.sort_by(|a, b| b.0[0].total_cmp(&a.0[0]));
    for ([ours, one, two], query) in slowest.into_iter().take(N_SLOWEST) {
        println!("  {:16}{ours:10.0}{one:10.0}{two:10.0}  {query}", "a slow one");
    }
}

/// Returns a quantile in microseconds.
fn quantile(mut times: Vec<Duration>, q: f64) -> f64 {
    times.sort_unstable();
    let at = (q * (times.len().saturating_sub(1)) as f64).round() as usize;
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e6)
}
