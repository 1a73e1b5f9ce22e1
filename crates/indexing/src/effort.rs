use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tantivy::TantivyError;

/// How many texts, and how many places of words, one question may have read on any index; and how
/// many more for each entry of it.
///
/// Some 18,000 texts, or four million places, take a second at most. A single phrase, however
/// frequent its words are, stays below; questions that ask for many such at once do not.
const TEXTS: (u64, f64) = (12_000, 1.0 / 50.0);
const PLACES: (u64, f64) = (1_000_000, 20.0);

/// What is left of what a question may have read, to see how its words stand together.
///
/// Without it, a short question could take minutes.
#[derive(Debug)]
pub(crate) struct Effort {
    texts: Budget,
    places: Budget,
}

impl Effort {
    /// Makes what a question to an index of so many entries may have read.
    pub(crate) fn for_entries(n_entries: u64) -> Arc<Self> {
        Arc::new(Self {
            texts: Budget::new("texts", TEXTS, n_entries),
            places: Budget::new("places of words", PLACES, n_entries),
        })
    }

    /// Takes so many texts that are to be read.
    ///
    /// # Errors
    /// When that is more than is left.
    pub(crate) fn take_texts(&self, n_texts: u64) -> tantivy::Result<()> {
        self.texts.take(n_texts)
    }

    /// Takes so many places of words that are to be compared.
    ///
    /// # Errors
    /// When that is more than is left.
    pub(crate) fn take_places(&self, n_places: u64) -> tantivy::Result<()> {
        self.places.take(n_places)
    }
}

#[derive(Debug)]
struct Budget {
    of: &'static str,
    limit: u64,
    taken: AtomicU64,
}

impl Budget {
    fn new(of: &'static str, (least, for_each): (u64, f64), n_entries: u64) -> Self {
        let limit = least + (n_entries as f64 * for_each) as u64;
        Self { of, limit, taken: AtomicU64::new(0) }
    }

    fn take(&self, n: u64) -> tantivy::Result<()> {
        let taken = self.taken.fetch_add(n, Ordering::Relaxed).saturating_add(n);
        if taken <= self.limit {
            return Ok(());
        }
        Err(TantivyError::from(std::io::Error::other(TooMuch { limit: self.limit, of: self.of })))
    }
}

/// A question asks for more to be read than it may: what errors of the engine carry to
/// [`IndexError::TooMuch`](crate::IndexError::TooMuch).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {limit} {of}")]
pub(crate) struct TooMuch {
    pub(crate) limit: u64,
    pub(crate) of: &'static str,
}

impl TooMuch {
    /// Finds it in an error of the engine, which carried it.
    pub(crate) fn carried_by(error: &TantivyError) -> Option<Self> {
        let TantivyError::IoError(error) = error else { return None };
        error.get_ref()?.downcast_ref().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_may_read_so_much() {
        let effort = Effort::for_entries(5_000);
        assert!(effort.take_texts(12_000).is_ok());
        assert!(effort.take_texts(100).is_ok());
        let error = effort.take_texts(1).unwrap_err();
        let expected = TooMuch { limit: 12_100, of: "texts" };
        assert_eq!(TooMuch::carried_by(&error), Some(expected));
        assert!(effort.take_places(1_000_000).is_ok(), "each of its own");
        assert_eq!(TooMuch::carried_by(&TantivyError::SystemError("x".into())), None);
    }
}
