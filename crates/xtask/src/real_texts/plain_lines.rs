//! The lines of a file as a plain transcript would have them: marks of its markup taken off.

use anyhow::{Context, Result};
use std::path::Path;

/// Elements of XML that stand inside a line; all others end it.
const INLINE: [&str; 25] = [
    "i",
    "b",
    "lb",
    "member",
    "memberconstituency",
    "membercontribution",
    "person",
    "ref",
    "noteref",
    "hi",
    "em",
    "u_",
    "sup",
    "sub",
    "a",
    "span",
    "docdate",
    "recordedtime",
    "rs",
    "name",
    "persname",
    "col",
    "image",
    "memberrole",
    "",
];

/// Reads the lines of a file: of a plain text as they stand; of HTML without tags; of XML one for
/// each stretch between tags that are not inside lines, blanks joined and empty ones left out.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn plain_lines(path: &Path) -> Result<Vec<String>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
    let extension = path.extension().and_then(|extension| extension.to_str());
    Ok(match extension {
        Some("htm") => untagged(&text, |_| "").split('\n').map(unescaped).collect(),
        Some("xml") => {
            let joined = text.replace('\n', " ");
            let separated = untagged(&joined, |tag| if is_inline(tag) { "" } else { "\n" });
            let lines = separated.split('\n').map(|line| {
                let line = unescaped(line);
                line.split_whitespace().collect::<Vec<_>>().join(" ")
            });
            lines.filter(|line| !line.is_empty()).collect()
        }
        Some(_) | None => text.split('\n').map(str::to_owned).collect(),
    })
}

/// Puts for each tag what `replace` makes of it.
fn untagged(text: &str, replace: impl Fn(&str) -> &'static str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag, after)) = rest.split_once('<').and_then(|(before, inside)| {
        inside.split_once('>').map(|(tag, after)| (before, tag, after))
    }) {
        bare.push_str(before);
        bare.push_str(replace(tag));
        rest = after;
    }
    bare.push_str(rest);
    bare
}

fn is_inline(tag: &str) -> bool {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let length = tag.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tag.len());
    let name = tag.get(..length).unwrap_or_default().to_lowercase();
    !name.is_empty() && INLINE.contains(&name.as_str())
}

/// Resolves the five entities of XML, and characters by number.
fn unescaped(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        let entity = behind.split_once(';').and_then(|(name, after)| {
            let character = match name {
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "amp" => '&',
                _ => numbered(name.strip_prefix('#')?)?,
            };
            Some((character, after))
        });
        rest = match entity {
            Some((character, after)) => {
                plain.push(character);
                after
            }
            None => {
                plain.push('&');
                behind
            }
        };
    }
    plain.push_str(rest);
    plain
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities() {
        let source = "<p>Mr. <b>Reed</b>: we &amp; you</p><p/>a &#x2014; b &unknown; &#65;";
        let separated = untagged(source, |tag| if is_inline(tag) { "" } else { "\n" });
        assert_eq!(separated, "\nMr. Reed: we &amp; you\n\na &#x2014; b &unknown; &#65;");
        assert_eq!(unescaped("we &amp; you &#x2014; &unknown; &#65;"), "we & you — &unknown; A");
        assert_eq!(untagged("a < b", |_| ""), "a < b");
    }
}
