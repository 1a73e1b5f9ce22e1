use crate::QueryError;
use crate::question::condition_of;
use crate::statistics::{
    expected_in_parts, is_rare, log_likelihood_of_rates, log_ratio, per_million,
};
use crate::tally::{Counting, PartTotal, Speech, Tally, count, of_speech};
use onrecord_indexing::{Condition, Reader};
use serde::Serialize;
use std::cmp::Ordering;

/// A question for the words that set a part of the corpus off from another.
#[derive(Clone, Debug, Default)]
pub struct KeynessRequest {
    /// The query that finds the passages of part A.
    pub a: String,
    /// The query that finds those of part B; all other speech where there is none.
    pub b: Option<String>,
    /// What is counted.
    pub counting: Counting,
    /// What comes first.
    pub sort: KeynessSort,
    /// How many rows to return of each [`Key`]; 0 for all.
    pub limit: usize,
    /// Return the rows of this kind alone.
    pub only: Option<Key>,
}

/// What keywords are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeynessSort {
    /// The evidence that there is a difference.
    #[default]
    G2,
    /// How large the difference is.
    LogRatio,
}

impl KeynessSort {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::G2, Self::LogRatio];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::G2 => "g2",
            Self::LogRatio => "log-ratio",
        }
    }

    /// Returns the order of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// In which part something is more frequent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// In part A: a positive keyword.
    Positive,
    /// In part B: a negative keyword.
    Negative,
    /// In neither.
    Same,
}

impl Key {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Positive, Self::Negative, Self::Same];

    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Same => "same",
        }
    }

    /// Returns the key of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// Compares two rates, without rounding.
    fn of(a: u64, of_a: u64, b: u64, of_b: u64) -> Self {
        match (u128::from(a) * u128::from(of_b)).cmp(&(u128::from(b) * u128::from(of_a))) {
            Ordering::Greater => Self::Positive,
            Ordering::Less => Self::Negative,
            Ordering::Equal => Self::Same,
        }
    }
}

/// Words that set a part of the corpus off from another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeynessResponse {
    /// The part that is looked at.
    pub a: ComparedPart,
    /// What it is compared with.
    pub b: ComparedPart,
    /// What both queries find; it counts in A alone.
    pub shared: SharedPassages,
    /// Different words or n-grams that occur often enough to be listed, in both parts together.
    pub listed: u64,
    /// Positive ones first, then negative ones, then those that are as frequent; each by what was
    /// asked for, ties in the order of their letters.
    pub rows: Vec<KeynessRow>,
}

/// A part of a corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedPart {
    /// The query that finds it; none for all other speech.
    pub query: Option<String>,
    /// Passages of speech.
    pub passages: u64,
    /// Documents that they are of.
    pub documents: u64,
    /// All words in them, or n-grams: what rates are of.
    pub total: u64,
}

/// Passages of speech that two queries find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SharedPassages {
    /// How many.
    pub passages: u64,
    /// Their words.
    pub words: u64,
}

/// A word or n-gram in two parts of a corpus.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeynessRow {
    /// The word, folded, or its stem; of an n-gram all of them, with blanks between.
    pub word: String,
    /// Where it is more frequent.
    pub key: Key,
    /// How often it occurs in A.
    pub count_a: u64,
    /// How often it occurs in B.
    pub count_b: u64,
    /// Occurrences in a million words, or n-grams, of A.
    pub per_million_a: f64,
    /// Occurrences in a million of B.
    pub per_million_b: f64,
    /// The evidence for a difference, 0 or more.
    pub g2: f64,
    /// How large it is: 1 is twice as frequent in A, −1 in B; none where the part in which it does
    /// not occur is too small to tell.
    pub log_ratio: Option<f64>,
    /// How unevenly it is spread over the documents of A, DP, 0 to 1; none where it does not occur
    /// there, or A is a single document.
    pub dispersion_a: Option<f64>,
    /// Documents of A that it occurs in.
    pub documents_a: u64,
    /// Documents of B that it occurs in.
    pub documents_b: u64,
    /// The smaller of the counts that are expected, were the parts alike.
    pub expected: f64,
    /// Whether a part has so few, and so few are expected there, that G² is not to be relied upon.
    pub is_rare: bool,
}

/// Compares how often words occur in the passages of speech that one query finds and in those that
/// another finds, or in all others. What both find counts in the first part alone, so that the
/// parts are apart.
///
/// There are no rows where a part is empty.
///
/// # Errors
/// When a query cannot be understood, there are too many n-grams, or what the index holds is not
/// what was written.
pub fn find_keywords(
    reader: &Reader,
    request: &KeynessRequest,
) -> Result<KeynessResponse, QueryError> {
    let in_a = condition_of(reader, &request.a)?;
    let (speech, shared) = match &request.b {
        None => (Speech::new(reader, Condition::All, in_a)?, SharedPassages::default()),
        Some(b) => {
            let in_b = condition_of(reader, b)?;
            let either = Condition::Or(vec![in_a.clone(), in_b.clone()]);
            let both = Condition::And(vec![in_a.clone(), in_b]);
            (Speech::new(reader, either, in_a)?, measure(reader, both)?)
        }
    };
    let mut tally = count(&speech, &request.counting)?;
    let (listed, shown) = rank(&tally, request);
    let dispersion = tally.dispersion(&speech, &shown)?;
    let rows = shown.into_iter().zip(dispersion);
    let rows = rows.filter_map(|(at, dispersion)| row_of(&tally, at, dispersion)).collect();
    let [of_a, of_b] = tally.totals;
    let part = |query: Option<&String>, total: PartTotal| ComparedPart {
        query: query.cloned(),
        passages: total.passages,
        documents: total.documents,
        total: total.places,
    };
    Ok(KeynessResponse {
        a: part(Some(&request.a), of_a),
        b: part(request.b.as_ref(), of_b),
        shared,
        listed,
        rows,
    })
}

/// Counts the passages of speech that meet a condition, and their words.
pub(crate) fn measure(reader: &Reader, condition: Condition) -> Result<SharedPassages, QueryError> {
    let mut found = SharedPassages::default();
    reader.for_each_passage(&of_speech(condition), |passage| {
        found.passages += 1;
        found.words += passage.words;
    })?;
    Ok(found)
}

/// Returns how many things are listed, and those that rows were asked for, in order.
fn rank(tally: &Tally, request: &KeynessRequest) -> (u64, Vec<usize>) {
    let [of_a, of_b] = tally.totals.map(|total| total.places);
    let ranked = |at: usize| {
        let [a, b] = tally.counts(at);
        let g2 = log_likelihood_of_rates(a, of_a, b, of_b)?;
        let rank = match request.sort {
            KeynessSort::G2 => g2,
            KeynessSort::LogRatio => log_ratio(a, of_a, b, of_b).map_or(0.0, f64::abs),
        };
        Some((Key::of(a, of_a, b, of_b), rank, at))
    };
    let mut ranked: Vec<(Key, f64, usize)> = tally.items().filter_map(ranked).collect();
    ranked.sort_unstable_by(|one, other| {
        let by_rank = one.0.cmp(&other.0).then(other.1.total_cmp(&one.1));
        by_rank.then_with(|| tally.compare(one.2, other.2))
    });
    let listed = ranked.len() as u64;
    let mut n_taken = [0; Key::ALL.len()];
    ranked.retain(|(key, ..)| {
        let taken = &mut n_taken[*key as usize];
        *taken += 1;
        let is_asked = request.only.is_none_or(|only| only == *key);
        is_asked && (request.limit == 0 || *taken <= request.limit)
    });
    (listed, ranked.into_iter().map(|(_, _, at)| at).collect())
}

/// Compares one thing; none where a part is empty.
fn row_of(tally: &Tally, at: usize, dispersion_a: Option<f64>) -> Option<KeynessRow> {
    let [a, b] = tally.counts(at);
    let [of_a, of_b] = tally.totals.map(|total| total.places);
    let (expected_a, expected_b) = expected_in_parts(a, of_a, b, of_b)?;
    let [documents_a, documents_b] = tally.documents(at);
    Some(KeynessRow {
        word: tally.text(at),
        key: Key::of(a, of_a, b, of_b),
        count_a: a,
        count_b: b,
        per_million_a: per_million(a, of_a)?,
        per_million_b: per_million(b, of_b)?,
        g2: log_likelihood_of_rates(a, of_a, b, of_b)?,
        log_ratio: log_ratio(a, of_a, b, of_b),
        dispersion_a,
        documents_a,
        documents_b,
        expected: expected_a.min(expected_b),
        is_rare: is_rare(a, expected_a) || is_rare(b, expected_b),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_compared_without_rounding() {
        for (a, of_a, b, of_b, expected) in [
            (2, 10, 1, 10, Key::Positive),
            (1, 10, 2, 10, Key::Negative),
            (1, 3, 2, 6, Key::Same),
            (u64::MAX - 1, u64::MAX, u64::MAX, u64::MAX, Key::Negative),
        ] {
            assert_eq!(Key::of(a, of_a, b, of_b), expected, "{a}/{of_a} {b}/{of_b}");
        }
    }
}
