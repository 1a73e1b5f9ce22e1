//! JSON Lines: one object a line.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// One step of reading lines.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LineRead {
    /// A line, without its end.
    Line,
    /// A line over the limit, passed over.
    TooLong,
    /// No more lines.
    End,
}

/// Reads the next line into `line`, never more than `limit` bytes of it.
pub(crate) fn read_line(
    reader: &mut dyn BufRead,
    line: &mut Vec<u8>,
    limit: usize,
) -> io::Result<LineRead> {
    line.clear();
    let (mut started, mut too_long) = (false, false);
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let end = memchr::memchr(b'\n', buffer);
        let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        started |= !buffer.is_empty();
        too_long |= line.len() + part.len() > limit;
        if !too_long {
            line.extend_from_slice(part);
        }
        let (n, finished) = (end.map_or(buffer.len(), |end| end + 1), buffer.is_empty());
        reader.consume(n);
        if end.is_some() || finished {
            return Ok(match (started, too_long) {
                (false, _) => LineRead::End,
                (true, true) => LineRead::TooLong,
                (true, false) => LineRead::Line,
            });
        }
    }
}

/// What one JSON object says.
#[derive(Debug, Default)]
pub(crate) struct JsonFields {
    /// Keys and values in the object's order of keys, but the text.
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) text: Option<String>,
}

/// Keys that hold the text, the best first.
pub(crate) const TEXT_KEYS: [&str; 5] = ["text", "body", "content", "speech", "transcript"];

/// Parses one line; `columns` maps a key to the field that it stands for.
pub(crate) fn json_fields(
    line: &[u8],
    columns: &BTreeMap<String, String>,
) -> Result<JsonFields, String> {
    let object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| format!("no JSON object: {error}"))?;
    let named: Vec<(String, Value)> = object
        .into_iter()
        .map(|(key, value)| (columns.get(&key).cloned().unwrap_or(key), value))
        .collect();
    let text_at = TEXT_KEYS.into_iter().find_map(|key| {
        named.iter().position(|(name, value)| name.eq_ignore_ascii_case(key) && value.is_string())
    });
    let mut found = JsonFields::default();
    for (at, (name, value)) in named.into_iter().enumerate() {
        match value {
            Value::String(text) if Some(at) == text_at => found.text = Some(text),
            Value::Null => {}
            Value::String(value) => found.fields.push((name, value)),
            Value::Array(values) => found.fields.push((name, joined(&values))),
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
                found.fields.push((name, value.to_string()));
            }
        }
    }
    Ok(found)
}

fn joined(values: &[Value]) -> String {
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    values.iter().map(shown).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_limited_and_the_next_one_is_found() {
        let mut reader = io::BufReader::with_capacity(3, &b"ab\n\n123456789\nxyz"[..]);
        let mut line = Vec::new();
        let mut found = Vec::new();
        loop {
            let read = read_line(&mut reader, &mut line, 5).unwrap();
            if read == LineRead::End {
                break;
            }
            found.push((read, String::from_utf8(line.clone()).unwrap()));
        }
        let (last, others) = found.split_last().unwrap();
        assert_eq!(others[0], (LineRead::Line, "ab".into()));
        assert_eq!(others[1], (LineRead::Line, String::new()));
        assert_eq!(others[2].0, LineRead::TooLong);
        assert_eq!(*last, (LineRead::Line, "xyz".into()));
    }

    #[test]
    fn objects_become_fields() {
        let line = br#"{"b": [1, "x"], "body": "B", "content": "T", "n": 2011, "nil": null, "o": {"k": true}}"#;
        let mut columns = BTreeMap::new();
        let found = json_fields(line, &columns).unwrap();
        assert_eq!(found.text.as_deref(), Some("B"));
        let fields: Vec<_> = found.fields.iter().map(|(k, v)| (&**k, &**v)).collect();
        assert_eq!(fields, [("b", "1; x"), ("content", "T"), ("n", "2011"), ("o", "{\"k\":true}")]);
        columns.insert("content".into(), "text".into());
        let found = json_fields(line, &columns).unwrap();
        assert_eq!(found.text.as_deref(), Some("T"));
        for bad in [&b"[1]"[..], b"{", b"\xff", b"nonsense"] {
            assert!(json_fields(bad, &columns).is_err());
        }
    }
}
