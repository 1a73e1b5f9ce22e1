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
    let ask = |query: &str| {
        Ok::<_, QueryError>(Question::in_syntax(reader, query, request.syntax, request.matching)?)
    };
    let count = |condition: &Condition, filters: &Filters| -> Result<u64, QueryError> {
        Ok(reader.count(&filters.narrow(condition.clone())?)?)
    };
    let Question { query, condition, .. } = ask(&request.query)?;
    let filters = &request.filters;
    let alone = count(&condition, &Filters::default())?;
    let mut nothing = if alone == 0 {
        explain_nothing(reader, &query)?
    } else {
        let part = PartCount { part: query.to_string(), count: alone, similar: Vec::new() };
        NothingFound {
            parts: vec![part],
            relaxations: without_filters(
                request,
                |filters| count(&condition, filters),
                &query.to_string(),
            )?,
        }
    };
    if alone == 0 {
        let mut narrowed = Vec::new();
        for relaxation in nothing.relaxations {
            let count = count(&ask(&relaxation.query)?.condition, filters)?;
            if count > 0 {
                narrowed.push(Relaxation {
                    count,
                    options: options(request, filters),
                    ..relaxation
                });
            }
        }
        nothing.relaxations = narrowed;
    }
    for filter in filters.each() {
        let count = count(&Condition::All, &filter)?;
        let part = filter.options().join(" ");
        nothing.parts.push(PartCount { part, count, similar: Vec::new() });
    }
    Ok(nothing)
}

/// Proposes to leave out what must be met beside the query, one by one; all, where no single one is
/// why nothing is found.
fn without_filters(
    request: &SearchRequest,
    count: impl Fn(&Filters) -> Result<u64, QueryError>,
    query: &str,
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
