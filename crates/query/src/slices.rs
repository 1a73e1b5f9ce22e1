use crate::QueryError;
use crate::question::condition_of;
use onrecord_indexing::{Condition, Reader};
use serde::{Deserialize, Serialize};

/// A part of a corpus that has a name, and the query that finds its passages; written `NAME=QUERY`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct NamedPart {
    /// The name.
    pub name: String,
    /// The query.
    pub query: String,
}

impl std::str::FromStr for NamedPart {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        match written.split_once('=').map(|(name, query)| (name.trim(), query.trim())) {
            Some((name, query)) if !name.is_empty() && !query.is_empty() => {
                Ok(Self { name: name.to_owned(), query: query.to_owned() })
            }
            Some(_) | None => Err(format!(
                "`{written}` is no part: write it as NAME=QUERY, such as North=speaker:vale"
            )),
        }
    }
}

impl TryFrom<String> for NamedPart {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
}

impl From<NamedPart> for String {
    fn from(part: NamedPart) -> Self {
        format!("{}={}", part.name, part.query)
    }
}

/// The passages of a report, or of one of its parts.
#[derive(Clone, Debug)]
pub(crate) struct Slice {
    /// The name of the part; none of the whole.
    pub(crate) name: Option<String>,
    /// What passages of the whole meet.
    whole: Condition,
    /// What its passages meet, without the query of the whole.
    pub(crate) own: Condition,
    /// What its passages meet.
    pub(crate) condition: Condition,
}

impl Slice {
    /// Returns what passages meet that the query of the whole finds and the part does not.
    pub(crate) fn without_own(&self) -> Condition {
        Condition::And(vec![self.whole.clone(), Condition::Not(Box::new(self.own.clone()))])
    }
}

/// Returns the parts that are asked for, or the whole where there are none, in the order given.
///
/// # Errors
/// When a query cannot be understood, or a name is given twice.
pub(crate) fn slices(
    reader: &Reader,
    query: Option<&str>,
    parts: &[NamedPart],
) -> Result<Vec<Slice>, QueryError> {
    let whole = match query {
        None => Condition::All,
        Some(query) => condition_of(reader, query)?,
    };
    if parts.is_empty() {
        let condition = whole.clone();
        return Ok(vec![Slice { name: None, whole, own: Condition::All, condition }]);
    }
    let mut slices: Vec<Slice> = Vec::with_capacity(parts.len());
    for NamedPart { name, query } in parts {
        if slices.iter().any(|other| other.name.as_ref() == Some(name)) {
            return Err(QueryError::PartTwice(name.clone()));
        }
        let own = condition_of(reader, query)?;
        let condition = Condition::And(vec![whole.clone(), own.clone()]);
        slices.push(Slice { name: Some(name.clone()), whole: whole.clone(), own, condition });
    }
    Ok(slices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_with_their_names() {
        for (written, expected) in [
            ("China=title:china", Some(("China", "title:china"))),
            (" A = =word date:2011", Some(("A", "=word date:2011"))),
            ("title:china", None),
            ("=title:china", None),
            ("A= ", None),
        ] {
            let part: Option<NamedPart> = written.parse().ok();
            let found = part.as_ref().map(|part| (part.name.as_str(), part.query.as_str()));
            assert_eq!(found, expected, "{written}");
        }
        let part: NamedPart = "A=b=c".parse().unwrap();
        assert_eq!(String::from(part), "A=b=c");
    }
}
