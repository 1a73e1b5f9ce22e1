//! The entities that a file declares itself: unpacked within limits. None is ever fetched.

use crate::format::references::with_numbered;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes that a file's entities may unpack to: files that use them for names and marks stay
/// below a few thousand.
const MAX_UNPACKED: usize = 4 << 20;

/// References that are followed: also those that unpack to nothing take time.
const MAX_REFERENCES: usize = 1_000_000;

/// Entities inside entities, beyond which a file is refused; one that holds itself never ends.
const MAX_DEPTH: usize = 16;

/// Entities that a file may declare.
const MAX_DECLARED: usize = 10_000;

/// What a name stands for.
enum Entity<'a> {
    Internal(String),
    /// Kept elsewhere, at the given place.
    External(&'a str),
}

/// Puts what the file's own entities stand for in their place.
///
/// Those that are kept elsewhere are left out, and each is named among the problems.
///
/// # Errors
/// Why they are refused: they unpack to too much, or hold themselves.
pub(super) fn unpack(source: String, problems: &mut Vec<String>) -> Result<String, String> {
    let Some((subset, behind)) = internal_subset(&source) else { return Ok(source) };
    let entities = declared(subset, problems)?;
    if entities.is_empty() {
        return Ok(source);
    }
    let mut unpacking = Unpacking {
        entities: &entities,
        unpacked: String::with_capacity(source.len()),
        n_unpacked: 0,
        n_references: 0,
        left_out: BTreeSet::new(),
    };
    let (head, body) = source.split_at_checked(behind).unwrap_or((&source, ""));
    // Line numbers stay those of the file.
    unpacking.unpacked.extend(head.chars().filter(|&c| c == '\n'));
    unpacking.document(body)?;
    for name in unpacking.left_out {
        let Some(Entity::External(place)) = entities.get(name) else { continue };
        problems.push(format!("the entity &{name}; is kept in {place} and left out"));
    }
    Ok(unpacking.unpacked)
}

/// Finds the declarations between the brackets of a document type, and the byte behind it.
fn internal_subset(source: &str) -> Option<(&str, usize)> {
    let start = source.find("<!DOCTYPE")?;
    let before = source.get(..start)?;
    let is_prolog = pieces(before).all(|piece| !matches!(piece, Piece::Tag(_)));
    let open = start + source.get(start..)?.find(['[', '>'])?;
    if !is_prolog || !source.get(open..)?.starts_with('[') {
        return None;
    }
    let subset = source.get(open + 1..)?;
    let mut at = 0;
    while let Some(next) = subset.get(at..)?.find(['"', '\'', ']', '<']) {
        at += next;
        let rest = subset.get(at..)?;
        if rest.starts_with(']') {
            let end = rest.find('>')?;
            return Some((subset.get(..at)?, open + 1 + at + end + 1));
        }
        let (skipped, close) = match rest.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => (4, "-->"),
            [b'<', b'?', ..] => (2, "?>"),
            [b'"', ..] => (1, "\""),
            [b'\'', ..] => (1, "'"),
            _ => (1, ""),
        };
        at += skipped;
        at += subset.get(at..)?.find(close)? + close.len();
    }
    None
}

fn declared<'a>(
    subset: &'a str,
    problems: &mut Vec<String>,
) -> Result<BTreeMap<&'a str, Entity<'a>>, String> {
    let mut entities = BTreeMap::new();
    let mut has_parameters = false;
    for piece in pieces(subset) {
        let declaration = match piece {
            Piece::Tag(tag) => tag,
            Piece::Text(text) => {
                has_parameters |= text.contains('%');
                continue;
            }
            Piece::Other(_) => continue,
        };
        let Some(rest) = declaration.strip_prefix("<!ENTITY") else { continue };
        let rest = rest.trim_start();
        if rest.starts_with('%') {
            continue;
        }
        let Some((name, rest)) = rest.split_once(|c: char| c.is_whitespace()) else { continue };
        let rest = rest.trim_start();
        let entity = if rest.starts_with("SYSTEM") || rest.starts_with("PUBLIC") {
            Entity::External(rest.rsplit(['"', '\'']).nth(1).unwrap_or_default())
        } else {
            Entity::Internal(with_numbered(quoted(rest).unwrap_or_default()).into_owned())
        };
        // Of two declarations the first holds (XML 1.0, section 4.2).
        entities.entry(name).or_insert(entity);
        if entities.len() > MAX_DECLARED {
            return Err(format!("it declares more than {MAX_DECLARED} entities"));
        }
    }
    if has_parameters {
        problems.push("its parameter entities (%…;) are not read".to_owned());
    }
    Ok(entities)
}

fn quoted(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text.get(1..)?.split(mark).next()
}

/// A piece of a source.
enum Piece<'a> {
    Text(&'a str),
    /// A tag or declaration with its brackets.
    Tag(&'a str),
    /// A comment, a processing instruction or verbatim text: references in it are none.
    Other(&'a str),
}

/// Cuts a source into pieces, in one pass.
fn pieces(source: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = source;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let close = match rest.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => "-->",
            [b'<', b'!', b'[', ..] => "]]>",
            [b'<', b'?', ..] => "?>",
            [b'<', ..] => {
                let (tag, behind) = rest.split_at_checked(tag_length(rest)).unwrap_or((rest, ""));
                rest = behind;
                return Some(Piece::Tag(tag));
            }
            _ => {
                let length = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                let (text, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
                rest = behind;
                return Some(Piece::Text(text));
            }
        };
        let length = rest.find(close).map_or(rest.len(), |at| at + close.len());
        let (other, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = behind;
        Some(Piece::Other(other))
    })
}

/// Returns the length of the tag that a text begins with: `>` inside quotation marks ends none.
fn tag_length(text: &str) -> usize {
    let mut mark = None;
    for (at, byte) in text.bytes().enumerate() {
        match (mark, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => mark = Some(byte),
            (Some(open), _) if open == byte => mark = None,
            _ => {}
        }
    }
    text.len()
}

struct Unpacking<'a> {
    entities: &'a BTreeMap<&'a str, Entity<'a>>,
    unpacked: String,
    n_unpacked: usize,
    n_references: usize,
    left_out: BTreeSet<&'a str>,
}

impl Unpacking<'_> {
    fn document(&mut self, body: &str) -> Result<(), String> {
        for piece in pieces(body) {
            match piece {
                Piece::Text(text) => self.text(text, false, 0)?,
                Piece::Tag(tag) => self.text(tag, true, 0)?,
                Piece::Other(other) => self.unpacked.push_str(other),
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str, in_tag: bool, depth: usize) -> Result<(), String> {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            self.push(before, in_tag, depth)?;
            let length = after.find(|c: char| !is_of_name(c)).unwrap_or(after.len());
            let (name, behind) = after.split_at_checked(length).unwrap_or((after, ""));
            let entity = self.entities.get_key_value(name).filter(|_| behind.starts_with(';'));
            let Some((name, entity)) = entity else {
                self.unpacked.push('&');
                rest = after;
                continue;
            };
            self.n_references += 1;
            if depth == MAX_DEPTH {
                return Err(format!("its entities hold one another more than {MAX_DEPTH} deep"));
            }
            if self.n_references > MAX_REFERENCES {
                return Err(format!("its entities stand in more than {MAX_REFERENCES} places"));
            }
            match entity {
                Entity::External(_) => {
                    self.left_out.insert(name);
                }
                Entity::Internal(value) => self.text(value, in_tag, depth + 1)?,
            }
            rest = behind.get(1..).unwrap_or_default();
        }
        self.push(rest, in_tag, depth)
    }

    fn push(&mut self, text: &str, in_tag: bool, depth: usize) -> Result<(), String> {
        if depth > 0 {
            self.n_unpacked += text.len();
            if self.n_unpacked > MAX_UNPACKED {
                return Err(format!("its entities unpack to more than {MAX_UNPACKED} bytes"));
            }
        }
        if depth == 0 || !in_tag {
            self.unpacked.push_str(text);
            return Ok(());
        }
        for c in text.chars() {
            match c {
                '<' => self.unpacked.push_str("&lt;"),
                '"' => self.unpacked.push_str("&quot;"),
                '\'' => self.unpacked.push_str("&apos;"),
                _ => self.unpacked.push(c),
            }
        }
        Ok(())
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(declarations: &str, body: &str) -> (Result<String, String>, Vec<String>) {
        let mut problems = Vec::new();
        let source = format!("<?xml version='1.0'?><!DOCTYPE a [{declarations}]>{body}");
        (unpack(source, &mut problems), problems)
    }

    #[test]
    fn benign_ones_are_kept() {
        for (declarations, body, expected) in [
            ("<!ENTITY hon 'Honourable'>", "<a>the &hon; X</a>", "<a>the Honourable X</a>"),
            ("<!ENTITY n \"<b>N</b>\">", "<a>&n;</a>", "<a><b>N</b></a>"),
            ("<!ENTITY x \"1\"><!ENTITY y '&x;&x;'>", "<a>&y;</a>", "<a>11</a>"),
            ("<!ENTITY x '1'><!ENTITY x '2'>", "<a>&x;&amp;</a>", "<a>1&amp;</a>"),
            ("<!ENTITY d '&#8212;&#x41;'>", "<a b='&d;'>&d;</a>", "<a b='—A'>—A</a>"),
            ("<!ENTITY q 'a\"b'>", "<a b=\"&q;\"/>", "<a b=\"a&quot;b\"/>"),
            ("<!-- ' ] --><!ENTITY x ']'>", "<a>&x;</a>", "<a>]</a>"),
            (
                "<!ENTITY x '1'>",
                "<a><!-- &x; --><![CDATA[&x;]]>&x</a>",
                "<a><!-- &x; --><![CDATA[&x;]]>&x</a>",
            ),
        ] {
            let (found, problems) = unpacked(declarations, body);
            assert_eq!(found.as_deref(), Ok(expected), "{declarations}");
            assert!(problems.is_empty(), "{problems:?}");
        }
    }

    #[test]
    fn none_is_fetched() {
        let (found, problems) =
            unpacked("<!ENTITY p SYSTEM 'file:///etc/passwd'>", "<a>x&p;y&p;</a>");
        assert_eq!(found.as_deref(), Ok("<a>xy</a>"));
        assert_eq!(problems, ["the entity &p; is kept in file:///etc/passwd and left out"]);
        let (_, problems) = unpacked("<!ENTITY % p SYSTEM 'x.dtd'> %p; <!ENTITY x ''>", "<a/>");
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn bombs_are_refused() {
        let laughs: String = (1..10)
            .map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10)))
            .collect();
        let quadratic = format!("<!ENTITY q '{}'>", "q".repeat(50_000));
        let nothing: String = (1..10)
            .map(|n| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(10)))
            .collect();
        for (declarations, body, reason) in [
            (format!("<!ENTITY l0 'ha'>{laughs}"), "<a>&l9;</a>".to_owned(), "more than 1000000"),
            (quadratic, format!("<a>{}</a>", "&q;".repeat(50_000)), "unpack to more"),
            (format!("<!ENTITY e0 ''>{nothing}"), "<a>&e9;</a>".to_owned(), "more than 1000000"),
            ("<!ENTITY x '&x;'>".to_owned(), "<a>&x;</a>".to_owned(), "more than 16 deep"),
        ] {
            let (found, _) = unpacked(&declarations, &body);
            assert!(found.clone().unwrap_err().contains(reason), "{found:?}");
        }
    }
}
