//! XHTML as HTML: what the parser of HTML would take otherwise.

/// Elements that are empty in HTML too.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Rewrites what XHTML may write and HTML may not: an empty element gets its closing tag, without
/// which `<title/>` would take in the page, and character data is escaped, which would be a
/// comment.
pub(super) fn to_html(source: &str) -> String {
    let mut html = String::with_capacity(source.len() + source.len() / 16);
    let mut rest = source;
    while let Some((before, from)) = rest.split_once('<') {
        html.push_str(before);
        rest = if let Some(data) = from.strip_prefix("![CDATA[") {
            let (data, after) = data.split_once("]]>").unwrap_or((data, ""));
            html.push_str(&data.replace('&', "&amp;").replace('<', "&lt;"));
            after
        } else if from.starts_with("!--") {
            html.push('<');
            let (comment, after) = cut(from, from.find("-->").unwrap_or(from.len()));
            html.push_str(comment);
            after
        } else {
            html.push('<');
            let (tag, after) = cut(from, tag_length(from));
            match tag.strip_suffix('/').and_then(|tag| Some((tag, name_of(tag)?))) {
                Some((tag, name)) if after.starts_with('>') && !is_void(name) => {
                    html.push_str(tag);
                    html.push_str("></");
                    html.push_str(name);
                }
                Some(_) | None => html.push_str(tag),
            }
            after
        };
    }
    html.push_str(rest);
    html
}

fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Returns the bytes of a tag up to its end, or to the next one where it has none.
fn tag_length(from: &str) -> usize {
    let mut quote = None;
    for (at, byte) in from.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>' | b'<') => return at,
            (None, _) => {}
        }
    }
    from.len()
}

fn name_of(tag: &str) -> Option<&str> {
    let name = tag.split(|c: char| c.is_ascii_whitespace()).next()?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-'));
    is_name.then_some(name)
}

fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| name.eq_ignore_ascii_case(void))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_elements_are_closed() {
        for (source, expected) in [
            ("<title/><p>a<br/>b</p>", "<title></title><p>a<br/>b</p>"),
            ("<a id='x>' /><p/>", "<a id='x>' ></a><p></p>"),
            ("<!-- <p/> --><p>1 < 2/></p>", "<!-- <p/> --><p>1 < 2/></p>"),
            ("<![CDATA[a < b & c]]> d", "a &lt; b &amp; c d"),
            ("<p", "<p"),
            ("", ""),
        ] {
            assert_eq!(to_html(source), expected);
        }
    }
}
