//! The passages that a question about labels is asked of.

use crate::QueryError;
use crate::question::condition_of;
use onrecord_indexing::{Address, Reader};
use std::collections::BTreeSet;

/// The heads of documents, by id, each with the passages of it that are asked for; none for all.
pub(crate) type Asked = Vec<(Address, Option<BTreeSet<u32>>)>;

/// Finds the documents that hold passages which a query finds, or all.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub(crate) fn asked(reader: &Reader, query: Option<&str>) -> Result<Asked, QueryError> {
    reader.check_contents()?;
    let Some(query) = query else {
        let mut heads = reader
            .heads()?
            .into_iter()
            .map(|head| Ok((reader.document_id(head)?, head)))
            .collect::<Result<Vec<_>, QueryError>>()?;
        heads.sort_unstable();
        return Ok(heads.into_iter().map(|(_, head)| (head, None)).collect());
    };
    let condition = condition_of(reader, query)?;
    let mut asked: Asked = Vec::new();
    for address in reader.addresses(&condition)? {
        let head = reader.head_of(address)?;
        let ordinal = reader.passage(address)?.record.ordinal;
        match asked.last_mut() {
            Some((last, Some(passages))) if *last == head => {
                passages.insert(ordinal);
            }
            Some(_) | None => asked.push((head, Some(BTreeSet::from([ordinal])))),
        }
    }
    Ok(asked)
}
