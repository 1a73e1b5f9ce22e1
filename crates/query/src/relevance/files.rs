use crate::QueryError;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

/// The columns of a file of judgements, as its first line names them.
const COLUMNS: [&str; 3] = ["query-id", "corpus-id", "score"];

/// A question in words, without operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeTextQuery {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// Which documents are relevant to which queries, and how much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgements {
    /// By query, then by document; 0 or less is not relevant.
    by_query: BTreeMap<String, BTreeMap<String, i64>>,
}

/// Reads queries: JSON Lines, one object a line, with `_id` and `text`; `name` is the file's, for
/// errors.
///
/// # Errors
/// When a line is no such object, or an id comes twice; both with the line.
pub fn read_queries(reader: impl BufRead, name: &str) -> Result<Vec<FreeTextQuery>, QueryError> {
    let mut queries = Vec::new();
    let mut ids = BTreeSet::new();
    for_each_line(reader, name, |number, line| {
        if line.trim().is_empty() {
            return Ok(());
        }
        let object: Map<String, Value> = serde_json::from_str(line)
            .map_err(|error| format!("no JSON object: {}", without_place(&error)))?;
        let id = match object.get("_id") {
            Some(Value::String(id)) => id.trim().to_owned(),
            Some(Value::Number(id)) => id.to_string(),
            Some(_) => return Err("its `_id` is neither text nor a number".to_owned()),
            None => return Err("it has no `_id`".to_owned()),
        };
        let Some(text) = object.get("text").and_then(Value::as_str) else {
            return Err("it has no `text`, or one that is no text".to_owned());
        };
        if !ids.insert(id.clone()) {
            return Err(format!("the query `{id}` is there twice (line {number})"));
        }
        queries.push(FreeTextQuery { id, text: text.to_owned() });
        Ok(())
    })?;
    Ok(queries)
}

/// Says what a JSON parser complains of, without its own count of lines: each is read alone.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let at = message.rfind(" at line ").unwrap_or(message.len());
    format!("{} at column {}", message.get(..at).unwrap_or(&message), error.column())
}

impl Judgements {
    /// Reads judgements: fields parted by tabs, with a first line `query-id corpus-id score`; the
    /// score is a whole number, and 0 or less means not relevant. `name` is the file's, for
    /// errors.
    ///
    /// # Errors
    /// When a line is no judgement, or judges as another did otherwise; both with the line.
    pub fn read(reader: impl BufRead, name: &str) -> Result<Self, QueryError> {
        let mut judgements = Self::default();
        let mut has_header = false;
        for_each_line(reader, name, |number, line| {
            if number == 1 {
                has_header = true;
                let names: Vec<&str> = line.split('\t').map(str::trim).collect();
                return if names == COLUMNS { Ok(()) } else { Err(no_header(line)) };
            }
            if line.trim().is_empty() { Ok(()) } else { judgements.take(line) }
        })?;
        if has_header {
            return Ok(judgements);
        }
        Err(QueryError::Line { file: name.to_owned(), line: 1, reason: no_header("") })
    }

    fn take(&mut self, line: &str) -> Result<(), String> {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let &[query, document, score] = fields.as_slice() else {
            return Err(format!("{} fields, parted by tabs; 3 are needed", fields.len()));
        };
        if query.is_empty() || document.is_empty() {
            return Err("an id is empty".to_owned());
        }
        let grade = score
            .parse()
            .map_err(|_| format!("the score `{score}` is no whole number, such as 0, 1 or 2"))?;
        let judged = self.by_query.entry(query.to_owned()).or_default();
        match judged.insert(document.to_owned(), grade) {
            Some(before) if before != grade => Err(format!(
                "the document `{document}` has the score {grade} for the query `{query}`, and {before} on a line above"
            )),
            Some(_) | None => Ok(()),
        }
    }

    /// Returns what is judged for a query; none where nothing is.
    pub fn of_query(&self, query: &str) -> Option<&BTreeMap<String, i64>> {
        self.by_query.get(query)
    }

    /// Lists the ids of the queries that something is judged for, in order.
    pub fn query_ids(&self) -> impl Iterator<Item = &str> {
        self.by_query.keys().map(String::as_str)
    }
}

fn no_header(line: &str) -> String {
    format!(
        "the first line must be `query-id corpus-id score`, parted by tabs; it is `{}`",
        line.trim()
    )
}

/// Visits the lines of a file, counted from 1, without their ends and without a byte order mark.
fn for_each_line(
    reader: impl BufRead,
    file: &str,
    mut visit: impl FnMut(u64, &str) -> Result<(), String>,
) -> Result<(), QueryError> {
    for (line, read) in (1..).zip(reader.lines()) {
        let at = |reason| QueryError::Line { file: file.to_owned(), line, reason };
        let text = read.map_err(|error| at(format!("cannot be read: {error}")))?;
        let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { &text };
        visit(line, text).map_err(at)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason_of<T: std::fmt::Debug>(result: Result<T, QueryError>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn queries_are_read_and_faults_named() {
        let written =
            "\u{feff}{\"_id\": \"a\", \"text\": \"x y\"}\r\n\n{\"_id\": 2, \"text\": \"\"}\n";
        let queries = read_queries(written.as_bytes(), "q").unwrap();
        let found: Vec<(&str, &str)> =
            queries.iter().map(|query| (query.id.as_str(), query.text.as_str())).collect();
        assert_eq!(found, [("a", "x y"), ("2", "")]);
        for (written, expected) in [
            ("{\"_id\": \"a\", \"text\": \"\"}\n{\"text\": 1", "`q` line 2: no JSON object: EOF"),
            ("[]", "`q` line 1: no JSON object: "),
            ("{\"text\": \"x\"}", "`q` line 1: it has no `_id`"),
            ("{\"_id\": [], \"text\": \"x\"}", "`q` line 1: its `_id` is neither"),
            ("{\"_id\": \"a\"}", "`q` line 1: it has no `text`"),
            (
                "{\"_id\": 1, \"text\": \"\"}\n{\"_id\": \"1\", \"text\": \"\"}",
                "`q` line 2: the query `1` is there twice",
            ),
        ] {
            let found = reason_of(read_queries(written.as_bytes(), "q"));
            assert!(found.starts_with(expected), "{found}");
        }
    }

    #[test]
    fn judgements_are_read_and_faults_named() {
        let header = "query-id\tcorpus-id\tscore\n";
        let written = format!("{header}1\tx\t2\r\n1\ty\t0\n\n2\tx\t-1\n1\tx\t2\n");
        let judgements = Judgements::read(written.as_bytes(), "j").unwrap();
        assert_eq!(judgements.of_query("1").unwrap().len(), 2);
        assert_eq!(judgements.of_query("2").unwrap()["x"], -1);
        assert_eq!(judgements.query_ids().collect::<Vec<_>>(), ["1", "2"]);
        for (rows, expected) in [
            ("1\tx\n", "`j` line 2: 2 fields"),
            ("1\tx\t1\n1 0 x 1\n", "`j` line 3: 1 fields"),
            ("1\tx\t0.5\n", "`j` line 2: the score `0.5`"),
            ("1\t\t1\n", "`j` line 2: an id is empty"),
            ("1\tx\t1\n1\tx\t2\n", "`j` line 3: the document `x` has the score 2"),
        ] {
            let found = reason_of(Judgements::read(format!("{header}{rows}").as_bytes(), "j"));
            assert!(found.starts_with(expected), "{found}");
        }
        for written in ["", "1\tx\t1\n", "query-id corpus-id score\n"] {
            let found = reason_of(Judgements::read(written.as_bytes(), "j"));
            assert!(found.starts_with("`j` line 1: the first line must be"), "{found}");
        }
    }
}
