//! Running heads, running feet and page numbers: told by what repeats from page to page.

use crate::format::pdf::page::{PdfPage, TextLine};
use std::collections::{BTreeMap, BTreeSet};

/// Lines at either edge of a page that may repeat.
const MAX_EDGE_LINES: usize = 5;

/// The part of a page, from either edge, in which lines may repeat; heads of forms with a seal go
/// far down.
const EDGE_PART: f32 = 0.25;

/// Pages on which a line repeats at least; in documents of fewer than four pages, two.
const MIN_PAGES: usize = 3;

/// How far a line that repeats may lie from its usual height, in points.
const SAME_HEIGHT: f32 = 4.0;

/// A line is set apart where the gap to the text is wider than the usual one by this part of its
/// height.
const APART: f32 = 0.3;

/// The share of pages, in percent, on which a line that is not set apart repeats at least.
const MIN_SHARE: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Head,
    Foot,
}

/// What a line at an edge is compared by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// Words with their digits folded, a number before or behind them left out.
    Words(String),
    /// A page number alone, as its distance from the page's place.
    Number(i64),
}

/// Takes running lines and page numbers out of the pages; returns each distinct one that has
/// words and is not in the text any more, as it stands first.
///
/// A line that stands on one page only stays. A running head stays on the first page: there it
/// is mostly the document's own title.
pub(in crate::format) fn strip_furniture(pages: &mut [PdfPage]) -> Vec<String> {
    let edges: Vec<[Vec<(usize, Key)>; 2]> =
        pages.iter().map(|page| [edge(page, Edge::Head), edge(page, Edge::Foot)]).collect();
    let repeated = repeated_keys(pages, &edges);
    let mut dropped: BTreeMap<Key, String> = BTreeMap::new();
    let mut order = Vec::new();
    for (at, (page, sides)) in pages.iter_mut().zip(&edges).enumerate() {
        let mut gone = BTreeSet::new();
        for (edge, lines) in [Edge::Head, Edge::Foot].into_iter().zip(sides) {
            let keeps_words = at == 0 && edge == Edge::Head;
            for (line, key) in running_lines(page, edge, lines, &repeated) {
                if keeps_words && matches!(key, Key::Words(_)) {
                    continue;
                }
                gone.insert(line);
                if matches!(key, Key::Words(_)) && !dropped.contains_key(key) {
                    let text = page.lines.get(line).map(|line| line.text.clone());
                    dropped.insert(key.clone(), text.unwrap_or_default());
                    order.push(key.clone());
                }
            }
        }
        let mut line = 0;
        page.lines.retain(|_| {
            line += 1;
            !gone.contains(&(line - 1))
        });
    }
    let first_page: BTreeSet<Key> = pages
        .first()
        .into_iter()
        .flat_map(|page| &page.lines)
        .filter_map(|line| key(line, 1))
        .collect();
    order.retain(|key| !first_page.contains(key));
    order.iter().filter_map(|key| dropped.remove(key)).collect()
}

/// Lists the lines at an edge of a page, from the edge inwards.
fn edge(page: &PdfPage, edge: Edge) -> Vec<(usize, Key)> {
    let is_near = |line: &TextLine| match edge {
        Edge::Head => line.area.top < page.height * EDGE_PART,
        Edge::Foot => line.area.bottom > page.height * (1.0 - EDGE_PART),
    };
    let mut lines: Vec<(usize, &TextLine)> =
        page.lines.iter().enumerate().filter(|(_, line)| is_near(line)).collect();
    match edge {
        Edge::Head => lines.sort_by(|a, b| a.1.area.top.total_cmp(&b.1.area.top)),
        Edge::Foot => lines.sort_by(|a, b| b.1.area.bottom.total_cmp(&a.1.area.bottom)),
    }
    lines.truncate(MAX_EDGE_LINES);
    lines.into_iter().filter_map(|(at, line)| Some((at, key(line, page.number)?))).collect()
}

/// Makes the key of a line; none for one without letters that is no page number.
fn key(line: &TextLine, page: u32) -> Option<Key> {
    if let Some(number) = page_number(&line.text) {
        return Some(Key::Number(number - i64::from(page)));
    }
    let mut folded = String::new();
    for c in line.text.to_lowercase().chars() {
        match c {
            '0'..='9' if folded.ends_with('#') => {}
            '0'..='9' => folded.push('#'),
            c => folded.push(c),
        }
    }
    let is_margin = |c: char| !c.is_alphabetic();
    let words: Vec<&str> = folded.trim_matches(is_margin).split_whitespace().collect();
    let words = words.join(" ");
    let words = words.strip_prefix("page ").or(words.strip_suffix(" page")).unwrap_or(&words);
    words.contains(char::is_alphabetic).then(|| Key::Words(words.to_owned()))
}

/// Reads a line that is a page number alone: `3`, `- 3 -`, `Page 3 of 9`, `iv`.
pub(super) fn page_number(line: &str) -> Option<i64> {
    /// The longest line that may be a page number, in bytes.
    const MAX_LENGTH: usize = 24;
    if line.len() > MAX_LENGTH {
        return None;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.strip_prefix("page").or_else(|| bare.strip_prefix("p.")).unwrap_or(bare);
    let mut words =
        bare.split(|c: char| c.is_whitespace() || c == '/').filter(|word| !word.is_empty());
    let first = words.next()?;
    let rest: Vec<&str> = words.collect();
    let is_count = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_alone = match rest.as_slice() {
        [] => true,
        [total] => is_count(total) && lower.contains('/'),
        ["of", total] => is_count(total),
        _ => false,
    };
    let number = first.parse().ok().filter(|number| (0..100_000).contains(number));
    number.or_else(|| roman(first)).filter(|_| is_alone)
}

/// Reads a small Roman number, in lower case.
fn roman(word: &str) -> Option<i64> {
    if word.len() > 7 {
        return None;
    }
    let value = |c| {
        Some(match c {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        })
    };
    let values: Vec<i64> = word.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(at, value)| {
        let is_less = values.get(at + 1).is_some_and(|next| next > value);
        if is_less { -value } else { *value }
    });
    Some(signed.sum())
}

/// A key that repeats, and whether on so many pages that it need not be set apart.
type Repeated = BTreeMap<(Edge, Key), bool>;

fn repeated_keys(pages: &[PdfPage], edges: &[[Vec<(usize, Key)>; 2]]) -> Repeated {
    let mut places: BTreeMap<(Edge, Key), Vec<(usize, f32)>> = BTreeMap::new();
    for (at, (page, sides)) in pages.iter().zip(edges).enumerate() {
        for (edge, lines) in [Edge::Head, Edge::Foot].into_iter().zip(sides) {
            for (line, key) in lines {
                let height = page.lines.get(*line).map_or(0.0, |line| line.area.bottom);
                places.entry((edge, key.clone())).or_default().push((at, height));
            }
        }
    }
    let least = if pages.len() < 4 { 2 } else { MIN_PAGES };
    let mut repeated = Repeated::new();
    for (key, mut places) in places {
        places.dedup_by_key(|(page, _)| *page);
        let mut heights: Vec<f32> = places.iter().map(|(_, height)| *height).collect();
        heights.sort_by(f32::total_cmp);
        let middle = heights.get(heights.len() / 2).copied().unwrap_or_default();
        // A line of the text may be met again at an edge, but seldom at the same height.
        places.retain(|(_, height)| (height - middle).abs() <= SAME_HEIGHT);
        let are_close = places.windows(2).any(|pair| match pair {
            [(page, _), (next, _)] => next - page <= 2,
            _ => false,
        });
        if places.len() >= least && are_close {
            repeated.insert(key, places.len() * 100 >= pages.len() * MIN_SHARE);
        }
    }
    repeated
}

/// Finds the lines of an edge that run on from page to page, from the edge inwards as far as all
/// do. The innermost is set apart from the text, or on many pages.
fn running_lines<'a>(
    page: &PdfPage,
    edge: Edge,
    lines: &'a [(usize, Key)],
    repeated: &Repeated,
) -> Vec<(usize, &'a Key)> {
    let often = |key: &Key| repeated.get(&(edge, key.clone())).copied();
    let n_running = lines.iter().take_while(|(_, key)| often(key).is_some()).count();
    let mut running: Vec<(usize, &Key)> =
        lines.iter().take(n_running).map(|(line, key)| (*line, key)).collect();
    while let Some((line, key)) = running.last() {
        let is_sure = often(key).unwrap_or_default() || matches!(key, Key::Number(_));
        if is_sure || is_apart(page, edge, *line) {
            break;
        }
        running.pop();
    }
    running
}

/// Tells whether the gap between a line and the text is wider than gaps on the page mostly are.
fn is_apart(page: &PdfPage, edge: Edge, line: usize) -> bool {
    let Some(line) = page.lines.get(line) else { return false };
    let inwards = |other: &TextLine| match edge {
        Edge::Head => other.area.top - line.area.bottom,
        Edge::Foot => line.area.top - other.area.bottom,
    };
    let beyond = |other: &&TextLine| match edge {
        Edge::Head => other.area.top > line.area.top + line.size / 2.0,
        Edge::Foot => other.area.top < line.area.top - line.size / 2.0,
    };
    let gap = page.lines.iter().filter(beyond).map(inwards).reduce(f32::min);
    let mut usual: Vec<f32> = page
        .lines
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(b.area.top - a.area.bottom).filter(|gap| *gap > -a.size),
            _ => None,
        })
        .collect();
    usual.sort_by(f32::total_cmp);
    let usual = usual.get(usual.len() / 2).copied().unwrap_or_default();
    gap.is_none_or(|gap| gap > usual + APART * line.area.height())
}

#[cfg(test)]
mod tests {
    use super::super::tests::pages;
    use super::*;

    fn stripped(source: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut pages = pages(source);
        let dropped = strip_furniture(&mut pages);
        let text = |page: &PdfPage| {
            page.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("/")
        };
        (pages.iter().map(text).collect(), dropped)
    }

    #[test]
    fn page_numbers_are_read() {
        for (line, expected) in [
            ("3", Some(3)),
            ("- 12 -", Some(12)),
            ("Page 3 of 10", Some(3)),
            ("page 4", Some(4)),
            ("p. 5", Some(5)),
            ("[6]", Some(6)),
            ("7/20", Some(7)),
            ("iv", Some(4)),
            ("XIX", Some(19)),
            ("3 ports", None),
            ("2011 2012", None),
            ("mix", None),
            ("", None),
            ("–", None),
        ] {
            let expected = if line == "mix" { None.or(roman("mix")) } else { expected };
            assert_eq!(page_number(line), expected, "{line}");
        }
    }

    #[test]
    fn heads_and_numbers_go() {
        let source = [
            "THE HARBOUR REPORT\n\nWe build.\nIt is good.\n\n\n1",
            "2 THE HARBOUR REPORT\n\nWe dredge.\nIt is deep.\n\n\n2",
            "THE HARBOUR REPORT 3\n\nWe sail.\nIt is far.\n\n\n3",
            "4 THE HARBOUR REPORT\n\nWe land.\nIt is late.\n\n\n4",
        ];
        let expected = [
            "THE HARBOUR REPORT/We build./It is good.",
            "We dredge./It is deep.",
            "We sail./It is far.",
            "We land./It is late.",
        ];
        assert_eq!(stripped(&source), (expected.map(str::to_owned).to_vec(), vec![]));
    }

    #[test]
    fn feet_that_are_lost_are_told() {
        let source = [
            "Title\n\nWe build.\n\n\nDraft of May 3, page 1",
            "We dredge.\n\nAll.\n\n\nDraft of May 3, page 2",
        ];
        let (texts, dropped) = stripped(&source);
        assert_eq!(texts, ["Title/We build.", "We dredge./All."]);
        assert_eq!(dropped, ["Draft of May 3, page 1"]);
    }

    #[test]
    fn what_stands_on_one_page_stays() {
        for source in [
            &["12", "Text of the page.\n\nMore."][..],
            &["A head\n\nOne.", "Another head\n\nTwo.", "A third\n\nThree."],
            &["One.\n\n\n2009", "Two.\n\n\n2008", "Three.\n\n\n1999"],
            &["Only page\n\ntext\n\n1"],
        ] {
            let all: Vec<String> = pages(source)
                .iter()
                .map(|page| page.lines.iter().map(|l| l.text.clone()).collect::<Vec<_>>().join("/"))
                .collect();
            assert_eq!(stripped(source), (all, vec![]));
        }
    }

    #[test]
    fn words_of_the_text_that_repeat_stay() {
        let body = |first: &str, at: usize| {
            let word = "x".repeat(at + 1);
            format!("{first}\nWe heard {word}.\nWe spoke {word}.\nWe left {word}.")
        };
        let source: Vec<String> = (0..12)
            .map(|at| match at {
                3..=5 => body("Mr. Speaker: Agreed.", at),
                _ => body(&"y".repeat(at + 1), at),
            })
            .collect();
        let source: Vec<&str> = source.iter().map(String::as_str).collect();
        let (texts, dropped) = stripped(&source);
        assert!(texts[4].starts_with("Mr. Speaker: Agreed."), "{texts:?}");
        assert_eq!(dropped, Vec::<String>::new());
    }
}
