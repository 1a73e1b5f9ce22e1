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

/// A paragraph of XML, without its tags and with its blanks joined.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// The line on which it opens, counted from 1.
    pub(super) line: usize,
    pub(super) text: String,
}

/// Reads the elements `p` and `seg` of an XML file that have words, outside of comments; of those
/// that lie in one another, the outermost up to where the first of them closes.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn paragraphs(path: &Path) -> Result<Vec<Paragraph>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
    Ok(paragraphs_in(&without_comments(&text)))
}

fn paragraphs_in(text: &str) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some((before, inside)) = rest.split_once('<') {
        line += before.matches('\n').count();
        rest = inside;
        let Some((tag, behind)) = inside.split_once('>') else { break };
        let name = tag.split(char::is_whitespace).next().unwrap_or_default();
        if !["p", "seg"].contains(&name) || tag.ends_with('/') {
            continue;
        }
        let Some((content, after)) = behind.split_once(&format!("</{name}>")) else { continue };
        let bare = unescaped(&untagged(&content.replace('\n', " "), |_| ""));
        let text = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            found.push(Paragraph { line, text });
        }
        line += tag.matches('\n').count() + content.matches('\n').count();
        rest = after;
    }
    found
}

/// Leaves comments out, but for their line ends.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment, after)) =
        rest.split_once("<!--").and_then(|(before, inside)| {
            inside.split_once("-->").map(|(comment, after)| (before, comment, after))
        })
    {
        kept.push_str(before);
        kept.extend(comment.chars().filter(|&c| c == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    kept
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
    fn paragraphs_and_their_lines() {
        let source = "<TEI>\n<!-- <p>no\n</p> -->\n<p\n a='1'>We <i>all</i>\n know.</p><p/>\n\
                      <pb/><seg>Yes&#33;</seg> <p> </p>\n<u><p>No.</p></u>";
        let found = paragraphs_in(&without_comments(source));
        let found: Vec<_> = found.iter().map(|found| (found.line, found.text.as_str())).collect();
        assert_eq!(found, [(4, "We all know."), (7, "Yes!"), (8, "No.")]);
    }

    #[test]
    fn tags_and_entities() {
        let source = "<p>Mr. <b>Reed</b>: we &amp; you</p><p/>a &#x2014; b &unknown; &#65;";
        let separated = untagged(source, |tag| if is_inline(tag) { "" } else { "\n" });
        assert_eq!(separated, "\nMr. Reed: we &amp; you\n\na &#x2014; b &unknown; &#65;");
        assert_eq!(unescaped("we &amp; you &#x2014; &unknown; &#65;"), "we & you — &unknown; A");
        assert_eq!(untagged("a < b", |_| ""), "a < b");
    }
}
