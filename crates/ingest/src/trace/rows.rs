//! The fields of a row, with the way back.

use super::Traced;
use super::decoding::decode_traced;
use encoding_rs::Encoding;
use onrecord_model::Span;
use onrecord_text::OffsetMap;

/// Lists the fields of a row as texts, the longest first.
pub(super) fn texts(row: &[u8], delimiter: u8, encoding: &'static Encoding) -> Vec<Traced> {
    let mut fields = fields(row, delimiter);
    fields.sort_by_key(|field| std::cmp::Reverse(field.bytes.len()));
    let text = |field: Field| decode_traced(&field.bytes, encoding).through(&field.offsets);
    fields.into_iter().map(text).collect()
}

/// A field without its quotation marks.
#[derive(Debug, Default)]
struct Field {
    bytes: Vec<u8>,
    offsets: OffsetMap,
}

impl Field {
    /// Takes bytes of the row, the last of which is the content.
    fn take(&mut self, row: &[u8], at: usize, length: usize) {
        if let Some(&content) = row.get(at + length - 1) {
            self.bytes.push(content);
            let source = Span::from_range(at..at + length);
            if length == 1 {
                self.offsets.push_copy_of(source);
            } else {
                self.offsets.push_made_of(1, source);
            }
        }
    }
}

/// Parts the fields of a row as the reader of rows does: RFC 4180, and where that says nothing, a
/// mark inside a field is a mark, and what follows a closed quotation belongs to it.
///
/// Blank lines before the row are passed over.
fn fields(row: &[u8], delimiter: u8) -> Vec<Field> {
    let is_end = |byte: Option<&u8>| matches!(byte, None | Some(b'\r' | b'\n'));
    let mut at = row.iter().take_while(|byte| is_end(Some(byte))).count();
    let mut fields = Vec::new();
    loop {
        let mut field = Field::default();
        if row.get(at) == Some(&b'"') {
            at += 1;
            loop {
                match (row.get(at), row.get(at + 1)) {
                    (None, _) => break,
                    (Some(b'"'), Some(b'"')) => {
                        field.take(row, at, 2);
                        at += 2;
                    }
                    (Some(b'"'), _) => {
                        at += 1;
                        break;
                    }
                    (Some(_), _) => {
                        field.take(row, at, 1);
                        at += 1;
                    }
                }
            }
        }
        while !is_end(row.get(at)) && row.get(at) != Some(&delimiter) {
            field.take(row, at, 1);
            at += 1;
        }
        fields.push(field);
        if is_end(row.get(at)) {
            return fields;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::row_reader;
    use proptest::prelude::*;

    #[test]
    fn bytes_lead_to_the_row() {
        let row = b"\n7,\"a \"\"b\"\"\r\nc\",d";
        let found = fields(row, b',');
        let contents: Vec<_> = found.iter().map(|field| &field.bytes[..]).collect();
        assert_eq!(contents, [&b"7"[..], b"a \"b\"\r\nc", b"d"]);
        let source = |start, end| &row[found[1].offsets.source_span(Span::new(start, end)).range()];
        assert_eq!(source(0, 1), b"a");
        assert_eq!(source(2, 3), b"\"\"");
        assert_eq!(source(3, 6), b"b\"\"\r");
    }

    proptest! {
        #[test]
        fn any_row_is_parted_as_by_the_reader(
            row in "[\",;ab\r\n\u{e9} ]{0,30}",
            delimiter in prop::sample::select(vec![b',', b';', b'\t']),
        ) {
            let file = format!("h\n{row}");
            let mut rows = row_reader(file.as_bytes(), delimiter, 1 << 20);
            if let Some(expected) = rows.next_row().unwrap() {
                let start = expected.position().unwrap().byte() as usize;
                let end = rows.reader.position().byte() as usize;
                let found = fields(&file.as_bytes()[start..end], delimiter);
                let found: Vec<_> = found.iter().map(|field| &field.bytes[..]).collect();
                prop_assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{:?}", row);
            }
        }
    }
}
