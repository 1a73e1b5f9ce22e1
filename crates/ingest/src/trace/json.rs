//! The strings of a JSON object, with the way back.

use super::Traced;
use crate::format::TEXT_KEYS;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Lists the values of an object that are strings, those under the keys of texts first.
pub(super) fn string_values(line: &str) -> Vec<Traced> {
    let object = line.trim_ascii_start().trim_start_matches('\u{feff}');
    let Ok(values) = serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(object) else {
        return Vec::new();
    };
    let rank = |key: &str| TEXT_KEYS.iter().position(|text| key.eq_ignore_ascii_case(text));
    let mut strings: Vec<_> = values
        .into_iter()
        .map(|(key, value)| (rank(&key).unwrap_or(TEXT_KEYS.len()), value.get()))
        .filter(|(_, written)| written.starts_with('"'))
        .collect();
    strings.sort_by_key(|(rank, _)| *rank);
    let start_in_line = |written: &str| written.as_ptr() as usize - line.as_ptr() as usize;
    strings.iter().map(|(_, written)| unescaped(written, start_in_line(written))).collect()
}

/// Reads a string as it is written, with its marks; it begins at `start` of the source.
fn unescaped(written: &str, start: usize) -> Traced {
    let text: String = serde_json::from_str(written).unwrap_or_default();
    let mut traced = Traced::default();
    traced.offsets.push(0, start + 1);
    let mut rest = written.get(1..).unwrap_or_default();
    // The escapes are those that the parser has read: here only their lengths matter.
    for c in text.chars() {
        let n_bytes = if !rest.starts_with('\\') {
            c.len_utf8()
        } else if !rest.starts_with("\\u") {
            2
        } else if c.len_utf16() == 2 {
            12
        } else {
            6
        };
        if n_bytes == c.len_utf8() {
            traced.offsets.push_copied(n_bytes);
        } else {
            traced.offsets.push(c.len_utf8(), n_bytes);
        }
        rest = rest.get(n_bytes..).unwrap_or_default();
    }
    debug_assert_eq!(rest, "\"", "all of the string is read");
    traced.text = text;
    traced
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::Span;
    use proptest::prelude::*;

    #[test]
    fn characters_lead_to_their_escapes() {
        let line = r#" {"id": "x", "n": 1, "text": "a\n\u00e9\"é\ud83d\ude00\/b"}"#;
        let found = &string_values(line)[0];
        assert_eq!(found.text, "a\né\"é\u{1f600}/b");
        let written: Vec<&str> = found
            .text
            .char_indices()
            .map(|(at, c)| {
                let span = Span::from_range(at..at + c.len_utf8());
                line.get(found.offsets.source_span(span).range()).unwrap()
            })
            .collect();
        let expected = ["a", "\\n", "\\u00e9", "\\\"", "é", "\\ud83d\\ude00", "\\/", "b"];
        assert_eq!(written, expected);
        assert_eq!(string_values(line)[1].text, "x");
    }

    proptest! {
        #[test]
        fn any_string_leads_back(text in "\\PC{0,20}|[\"\\\\/\n\t\u{1}é😀a]{0,20}", escape in any::<bool>()) {
            let mut written = serde_json::to_string(&text).unwrap();
            if escape {
                let units = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
                written = written.chars().map(|c| if c.is_ascii() { c.to_string() } else { units(c) }).collect();
            }
            let line = format!("{{\"é\": \"\", \"text\": {written}}}");
            let found = &string_values(&line)[0];
            prop_assert_eq!(&found.text, &text);
            for (at, c) in text.char_indices() {
                let span = found.offsets.source_span(Span::from_range(at..at + c.len_utf8()));
                let again: String = serde_json::from_str(&format!("\"{}\"", line.get(span.range()).unwrap())).unwrap();
                prop_assert_eq!(again, c.to_string());
            }
        }
    }
}
