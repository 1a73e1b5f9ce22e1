//! Front matter: the flat part of YAML that people write above Markdown.

/// What stands between the two `---` lines of a text, and where the text goes on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FrontMatter<'a> {
    pub(crate) fields: Vec<(String, String)>,
    /// Lines that are not `key: value`, quoted, with what was expected.
    pub(crate) problems: Vec<String>,
    pub(crate) rest: &'a str,
}

/// Splits the front matter off a text; none where the text does not begin with a `---` line, or
/// no second one follows.
pub(crate) fn split_front_matter(text: &str) -> Option<FrontMatter<'_>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text).strip_prefix("---")?;
    let (first, mut rest) = body.split_once('\n')?;
    if !first.trim().is_empty() {
        return None;
    }
    let (mut fields, mut problems) = (Vec::<(String, String)>::new(), Vec::new());
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.trim_end();
        if line == "---" || line == "..." {
            return Some(FrontMatter { fields, problems, rest: after });
        }
        if rest.is_empty() {
            return None;
        }
        read_line(line, &mut fields, &mut problems);
        rest = after;
    }
}

fn read_line(line: &str, fields: &mut Vec<(String, String)>, problems: &mut Vec<String>) {
    let content = line.trim();
    if content.is_empty() || content.starts_with('#') {
        return;
    }
    if let Some(item) = content.strip_prefix("- ")
        && let Some((_, value)) = fields.last_mut()
    {
        append(value, &scalar(item), "; ");
    } else if line.starts_with([' ', '\t'])
        && let Some((_, value)) = fields.last_mut()
    {
        append(value, &scalar(content), " ");
    } else if let Some((key, value)) = content.split_once(':').filter(|(key, value)| {
        !key.trim().is_empty() && (value.is_empty() || value.starts_with([' ', '\t']))
    }) {
        let value = value.trim();
        let block = matches!(value, ">" | "|" | ">-" | "|-");
        let value = if block { String::new() } else { value_of(value) };
        fields.push((unquoted(key.trim()).to_owned(), value));
    } else {
        problems.push(format!("`{content}` in the front matter is no `key: value`"));
    }
}

fn append(value: &mut String, more: &str, separator: &str) {
    if !value.is_empty() {
        value.push_str(separator);
    }
    value.push_str(more);
}

fn value_of(written: &str) -> String {
    match written.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => items(list).iter().map(|item| scalar(item)).collect::<Vec<_>>().join("; "),
        None => scalar(written),
    }
}

/// Splits a flow list at its commas outside quotation marks.
fn items(list: &str) -> Vec<&str> {
    let (mut open, mut start, mut found) = (None, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match (c, open) {
            ('"' | '\'', None) => open = Some(c),
            (_, Some(mark)) if c == mark => open = None,
            (',', None) => {
                found.push(list.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(list.get(start..).unwrap_or_default());
    found.retain(|item| !item.trim().is_empty());
    found
}

fn scalar(written: &str) -> String {
    let written = written.trim();
    if let Some(inner) = quoted(written, '"') {
        return inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }
    if let Some(inner) = quoted(written, '\'') {
        return inner.replace("''", "'");
    }
    written.split_once(" #").map_or(written, |(value, _)| value.trim_end()).to_owned()
}

fn quoted(written: &str, mark: char) -> Option<&str> {
    written.strip_prefix(mark)?.strip_suffix(mark)
}

fn unquoted(written: &str) -> &str {
    quoted(written, '"').or_else(|| quoted(written, '\'')).unwrap_or(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_yaml() {
        let text = "---\ntitle: \"A: \\\"B\\\"\"\ndate: 2011-07-14 # day\n'place': 'St. John''s'\ntags: [a, \"b, c\"]\nlist:\n  - x\n  - y\nlong: >\n  one\n  two\n# no\nnonsense\n---\n\nBody: text.\n";
        let front = split_front_matter(text).unwrap();
        let fields: Vec<_> = front.fields.iter().map(|(k, v)| (&**k, &**v)).collect();
        let expected = [
            ("title", "A: \"B\""),
            ("date", "2011-07-14"),
            ("place", "St. John's"),
            ("tags", "a; b, c"),
            ("list", "x; y"),
            ("long", "one two"),
        ];
        assert_eq!(fields, expected);
        assert_eq!(front.problems, ["`nonsense` in the front matter is no `key: value`"]);
        assert_eq!(front.rest, "\nBody: text.\n");
        for none in ["", "---", "---\nno end\n", "--- x\n---\n", "text\n---\n"] {
            assert_eq!(split_front_matter(none), None, "{none:?}");
        }
        assert_eq!(split_front_matter("---\n---").unwrap().rest, "");
        assert_eq!(split_front_matter("---\r\na: b\r\n---\r\nx").unwrap().rest, "x");
    }
}
