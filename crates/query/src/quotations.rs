use crate::QueryError;
use onrecord_indexing::{
    Address, Condition, DocumentCondition, PassageRecord, QuoteRecord, Reader, innermost,
};
use onrecord_model::{QuoteKind, Span};
use std::collections::HashMap;

/// Whom the words of documents quote.
///
/// The record of a passage has the quotations that start in it. One that started further above may
/// go on in it; those are looked up once for each document.
#[derive(Debug)]
pub(crate) struct Quotations<'a> {
    reader: &'a Reader,
    /// By the head of a document, those that reach beyond the passage that they start in: few
    /// documents have any.
    reaching: HashMap<Address, Vec<QuoteRecord>>,
}

impl<'a> Quotations<'a> {
    pub(crate) fn of(reader: &'a Reader) -> Self {
        Self { reader, reaching: HashMap::new() }
    }

    /// Returns whom a stretch of a document quotes, as the text names them; `someone` where that
    /// cannot be told, none where it lies in no quotation of another.
    ///
    /// `record` is of the passage that the stretch begins in.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(crate) fn quoted_at(
        &mut self,
        head: Address,
        record: &PassageRecord,
        stretch: Span,
    ) -> Result<Option<String>, QueryError> {
        let from_above = self.reaching(head, record)?.iter().filter(|quote| {
            let hull = quote.hull();
            hull.start < record.start && hull.contains(stretch)
        });
        let around: Vec<QuoteRecord> = from_above.chain(&record.quotes).cloned().collect();
        let quote = innermost(&around, stretch, record.speaker.as_ref());
        Ok(quote.map(|quote| {
            let attribution = quote.attribution.as_ref();
            attribution.map_or("someone", |found| found.named_as.as_str()).to_owned()
        }))
    }

    fn reaching(
        &mut self,
        head: Address,
        record: &PassageRecord,
    ) -> Result<&[QuoteRecord], QueryError> {
        if !self.reaching.contains_key(&head) {
            let mut reaching = Vec::new();
            if self.reader.manifest().description.quotes {
                let kinds = QuoteKind::ALL.map(Condition::QuoteKind).to_vec();
                let document = Condition::Document(DocumentCondition::Id(record.document()));
                let quoting = Condition::And(vec![document, Condition::Or(kinds)]);
                for address in self.reader.addresses(&quoting)? {
                    let passage = self.reader.passage(address)?;
                    let end = passage.span.end;
                    let quotes = passage.record.quotes.into_iter();
                    reaching.extend(quotes.filter(|quote| quote.hull().end > end));
                }
            }
            self.reaching.insert(head, reaching);
        }
        Ok(self.reaching.get(&head).map_or(&[], Vec::as_slice))
    }
}
