//! Why a query finds nothing where more must be met than it says.

use crate::QueryError;
use crate::nothing::{NothingFound, PartCount, Relaxation, explain_nothing};
use crate::parse::{Match, Syntax};
use crate::question::Question;
use crate::search::{Filters, SearchRequest};
use onrecord_indexing::{Condition, Reader};

/// Tells why a request finds nothing: by its query, or by what must be met beside it. Proposals
/// say by which options they are asked.
///
/// # Errors
/// When the index cannot be read.
pub(crate) fn explain_nothing_of(
    reader: &Reader,
    request: &SearchRequest,
) -> Result<NothingFound, QueryError> {
    let SearchRequest { filters, syntax, matching, .. } = request;
    let Question { query, condition, .. } =
        Question::in_syntax(reader, &request.query, *syntax, *matching)?;
    let count = |condition: &Condition, filters: &Filters| -> Result<u64, QueryError> {
        Ok(reader.count(&filters.narrow(condition.clone())?)?)
    };
    let is_narrowed = *filters != Filters::default();
    let n_alone = if is_narrowed { count(&condition, &Filters::default())? } else { 0 };
    if n_alone > 0 {
        let query = query.to_string();
        let relaxations = without_filters(request, &query, |filters| count(&condition, filters))?;
        let part = PartCount { part: query, count: n_alone, similar: Vec::new() };
        return Ok(NothingFound { parts: parts_with(vec![part], filters, count)?, relaxations });
    }
    let NothingFound { parts, mut relaxations } =
        explain_nothing(reader, &query, |condition| filters.narrow(condition))?;
    for relaxation in &mut relaxations {
        relaxation.options = options(request, filters);
    }
    Ok(NothingFound { parts: parts_with(parts, filters, count)?, relaxations })
}

/// Adds what each filter finds on its own.
fn parts_with(
    mut parts: Vec<PartCount>,
    filters: &Filters,
    count: impl Fn(&Condition, &Filters) -> Result<u64, QueryError>,
) -> Result<Vec<PartCount>, QueryError> {
    for filter in filters.each() {
        let count = count(&Condition::All, &filter)?;
        parts.push(PartCount { part: filter.options().join(" "), count, similar: Vec::new() });
    }
    Ok(parts)
}

/// Proposes to leave out what must be met beside the query, one by one; all, where no single one is
/// why nothing is found.
fn without_filters(
    request: &SearchRequest,
    query: &str,
    count: impl Fn(&Filters) -> Result<u64, QueryError>,
) -> Result<Vec<Relaxation>, QueryError> {
    let all = &request.filters;
    let mut found = Vec::new();
    let each = all.each();
    let tried = each.iter().chain((each.len() > 1).then_some(all));
    for (number, left_out) in tried.enumerate() {
        if number == each.len() && !found.is_empty() {
            break;
        }
        let left = all.clone().without(left_out);
        let count = count(&left)?;
        if count > 0 {
            let change = format!("without {}", left_out.options().join(" "));
            let options = options(request, &left);
            found.push(Relaxation { change, query: query.to_owned(), options, count });
        }
    }
    Ok(found)
}

/// Lists the options by which a query of a request is asked, narrowed by some filters.
fn options(request: &SearchRequest, filters: &Filters) -> Vec<String> {
    let matching: &[&str] = match request.matching {
        Match::All => &[],
        Match::Any => &["--match", "any"],
    };
    let syntax: &[&str] = match request.syntax {
        Syntax::Onrecord => &[],
        Syntax::Cql => &["--syntax", "cql"],
    };
    let reading = matching.iter().chain(syntax).map(|option| (*option).to_owned());
    reading.chain(filters.options()).collect()
}
