use crate::schema::Fields;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Matches every passage of the documents whose heads an inner query matches.
///
/// The passages of a document stand one behind the other, the head first, so each head that
/// matches gives one run of entries. Scores are 1.
#[derive(Debug)]
pub(crate) struct DocumentJoin {
    heads: Box<dyn Query>,
    n_passages: String,
}

impl DocumentJoin {
    pub(crate) fn new(
        heads: Box<dyn Query>,
        fields: &Fields,
        schema: &tantivy::schema::Schema,
    ) -> Self {
        let n_passages = schema.get_field_name(fields.n_passages).to_owned();
        Self { heads, n_passages }
    }
}

impl Clone for DocumentJoin {
    fn clone(&self) -> Self {
        Self { heads: self.heads.box_clone(), n_passages: self.n_passages.clone() }
    }
}

impl Query for DocumentJoin {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        let heads = self.heads.weight(unscored)?;
        Ok(Box::new(JoinWeight { heads, n_passages: self.n_passages.clone() }))
    }
}

struct JoinWeight {
    heads: Box<dyn Weight>,
    n_passages: String,
}

impl Weight for JoinWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let lengths = reader.fast_fields().u64(&self.n_passages)?;
        let mut heads = self.heads.scorer(reader, 1.0)?;
        let mut runs = Vec::new();
        let mut head = heads.doc();
        while head != TERMINATED {
            let length = lengths.first(head).unwrap_or(0) as DocId;
            if length > 0 {
                runs.push((head, head.saturating_add(length).min(reader.max_doc())));
            }
            head = heads.advance();
        }
        match runs.first() {
            Some(&(first, _)) => {
                Ok(Box::new(ConstScorer::new(Runs { runs, at: 0, entry: first }, 1.0)))
            }
            None => Ok(Box::new(EmptyScorer)),
        }
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("passages of matching documents", 1.0))
    }
}

/// Entries in disjoint ascending runs, none of them empty.
struct Runs {
    runs: Vec<(DocId, DocId)>,
    at: usize,
    entry: DocId,
}

impl DocSet for Runs {
    fn advance(&mut self) -> DocId {
        if self.entry == TERMINATED {
            return TERMINATED;
        }
        self.seek(self.entry + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let left = &self.runs[self.at..];
        self.at += if left.first().is_none_or(|&(_, end)| target < end) {
            0
        } else {
            left.partition_point(|&(_, end)| end <= target)
        };
        self.entry = self.runs.get(self.at).map_or(TERMINATED, |&(start, _)| target.max(start));
        self.entry
    }

    fn doc(&self) -> DocId {
        self.entry
    }

    fn size_hint(&self) -> u32 {
        self.runs[self.at..].iter().map(|&(start, end)| end - start).sum()
    }
}
