//! Pages written as lines, with what they should become.

use super::super::geometry::Area;
use super::*;

/// The height and width of a page of the tests, in points.
const PAGE: (f32, f32) = (400.0, 300.0);

/// Makes pages of texts: lines every 12 points, letters 5 points wide and 10 high; `\n\n` leaves a
/// gap. A line that begins with `#` is twice as high, with `*` bold, with `~` small; blanks
/// indent it.
pub(super) fn pages(texts: &[&str]) -> Vec<PdfPage> {
    let page = |(number, text): (u32, &&str)| {
        let mut lines = Vec::new();
        let n_rows = text.lines().count();
        for (row, source) in text.lines().enumerate() {
            // A page ends at its foot: the last of several parts stands there.
            let is_foot = text.contains("\n\n\n") && text.lines().skip(row).all(|l| !l.is_empty());
            let top =
                if is_foot { PAGE.0 - 12.0 * (n_rows - row) as f32 } else { 12.0 * row as f32 };
            lines.extend(line(source, top));
        }
        PdfPage { number, height: PAGE.0, lines }
    };
    (1..).zip(texts).map(page).collect()
}

fn line(source: &str, top: f32) -> Option<TextLine> {
    let text = source.trim_start();
    let left = 5.0 * (source.len() - text.len()) as f32;
    let mut size = 10.0;
    let mut is_bold = false;
    let text = match text.chars().next()? {
        '#' => {
            size = 20.0;
            text.get(1..)?
        }
        '*' => {
            is_bold = true;
            text.get(1..)?
        }
        '~' => {
            size = 7.0;
            text.get(1..)?
        }
        _ => text,
    };
    let right = left + size / 2.0 * text.chars().count() as f32;
    let area = Area { left, top, right, bottom: top + 10.0 };
    Some(TextLine { text: text.to_owned(), respaced: None, area, size, is_bold })
}

/// Shows the blocks: page, a letter for the kind, text.
fn cleaned(texts: &[&str]) -> Vec<String> {
    let show = |block: &CleanBlock| {
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::ListItem => "item".to_owned(),
            BlockKind::Note => "note".to_owned(),
            BlockKind::Header | BlockKind::Paragraph | BlockKind::Quotation | BlockKind::Table => {
                "p".to_owned()
            }
        };
        format!("{} {kind}: {}", block.page, block.text)
    };
    clean(pages(texts)).blocks.iter().map(show).collect()
}

/// Pages, and the blocks that they should become.
type Labelled = (&'static [&'static str], &'static [&'static str]);

const PARAGRAPHS: [Labelled; 7] = [
    // A date and a line below it stand apart.
    (
        &[
            "                              May 3, 2012\n                              (Old Harbour)\nWe open the harbour to all of the ships of\nthe coast.",
        ],
        &[
            "1 p: May 3, 2012",
            "1 p: (Old Harbour)",
            "1 p: We open the harbour to all of the ships of the coast.",
        ],
    ),
    // A gap parts paragraphs, a line end does not.
    (
        &[
            "We open the harbour to all of the ships\nthat come here in need of a port.\n\nIt is a good day for all of us who live\nhere by the sea.",
        ],
        &[
            "1 p: We open the harbour to all of the ships that come here in need of a port.",
            "1 p: It is a good day for all of us who live here by the sea.",
        ],
    ),
    // A short last line does, without a gap.
    (
        &[
            "We open the harbour to all of the ships\nof the coast.\nIt is a good day for all of us who live\nhere by the sea and who look out to the\nwest.",
        ],
        &[
            "1 p: We open the harbour to all of the ships of the coast.",
            "1 p: It is a good day for all of us who live here by the sea and who look out to the west.",
        ],
    ),
    // An indent does, where the line before is full.
    (
        &[
            "    We open the harbour to all the ships\nthat come here in the need of any port.\n    It is a good day for all of us here\nby the sea, and for those far from home.",
        ],
        &[
            "1 p: We open the harbour to all the ships that come here in the need of any port.",
            "1 p: It is a good day for all of us here by the sea, and for those far from home.",
        ],
    ),
    // Paragraphs run over pages, running heads and numbers left out.
    (
        &[
            "HARBOUR NEWS\n\nWe open the harbour to all of the ships\nthat come here in the need of a port to\n\n\n1",
            "HARBOUR NEWS\n\nland in. It is a good day for all of us\nwho live here.\n\n\n2",
        ],
        &[
            "1 h4: HARBOUR NEWS",
            "1 p: We open the harbour to all of the ships that come here in the need of a port to land in. It is a good day for all of us who live here.",
        ],
    ),
    // A word runs over the page.
    (
        &["We open the harbour to all of the cyber-", "space that there is."],
        &["1 p: We open the harbour to all of the cyberspace that there is."],
    ),
    // A sentence that ends with its page ends its paragraph.
    (
        &[
            "We open the harbour to all of the ships\nthat come here in the need of any port.",
            "It is a good day for all of us who live\nhere.",
        ],
        &[
            "1 p: We open the harbour to all of the ships that come here in the need of any port.",
            "2 p: It is a good day for all of us who live here.",
        ],
    ),
];

const KINDS: [Labelled; 10] = [
    // Headings: larger letters, capitals, bold.
    (
        &[
            "#Ports for All\n\nWe open the harbour to all of the ships\nthat come.\n\nTHE PLAN\n\nWe dredge the harbour for all the ships\nof the coast.\n\n*The cost\nIt will cost us all the money that there\nis.",
        ],
        &[
            "1 h2: Ports for All",
            "1 p: We open the harbour to all of the ships that come.",
            "1 h4: THE PLAN",
            "1 p: We dredge the harbour for all the ships of the coast.",
            "1 h4: The cost",
            "1 p: It will cost us all the money that there is.",
        ],
    ),
    // Lists.
    (
        &[
            "We will do three things for our harbour:\n• dredge it, so that the largest ships of\n  the world can land\n• light it\n1. by lamps\n2. by stars",
        ],
        &[
            "1 p: We will do three things for our harbour:",
            "1 item: • dredge it, so that the largest ships of the world can land",
            "1 item: • light it",
            "1 item: 1. by lamps",
            "1 item: 2. by stars",
        ],
    ),
    // A number at a line's beginning is not always an item.
    (
        &[
            "We open the harbour, as it says in section\n5. The plan is to be done by the year of\n2015.",
        ],
        &[
            "1 p: We open the harbour, as it says in section 5. The plan is to be done by the year of 2015.",
        ],
    ),
    // Turns.
    (
        &[
            "Mr. Vale: We open the harbour to all of the\nships. It is time.\nThe Mayor: I agree with you on that, as all\nof us do.",
        ],
        &[
            "1 p: Mr. Vale: We open the harbour to all of the ships. It is time.",
            "1 p: The Mayor: I agree with you on that, as all of us do.",
        ],
    ),
    // Footnotes stand behind the paragraph that runs on.
    (
        &[
            "We open the harbour to all of the ships1\nthat come here in the need of a port to\n\n\n~1 Ships of all flags, and boats,\n~and rafts.\n~2 See above.",
            "land in.\n\n\n~* A last one.",
        ],
        &[
            "1 p: We open the harbour to all of the ships1 that come here in the need of a port to land in.",
            "1 note: 1 Ships of all flags, and boats, and rafts.",
            "1 note: 2 See above.",
            "2 note: * A last one.",
        ],
    ),
    // Hyphens of words and of lines.
    (
        &[
            "The state-owned harbour of the long, state-\nowned coast is open to all the ships that\nare in need of it, and to their well-\nbeing, in this demo-\ncracy.",
        ],
        &[
            "1 p: The state-owned harbour of the long, state-owned coast is open to all the ships that are in need of it, and to their well-being, in this democracy.",
        ],
    ),
    // Ligatures and soft hyphens.
    (
        &["The \u{fb01}rst o\u{fb03}ce of the har\u{ad}bour."],
        &["1 p: The first office of the harbour."],
    ),
    // A lone number in the text is a note, and stays.
    (
        &["We open the harbour to all of the ships.\n\n_____\n\nIt is a good day."],
        &[
            "1 p: We open the harbour to all of the ships.",
            "1 note: _____",
            "1 p: It is a good day.",
        ],
    ),
    // A verse keeps its lines apart where these begin anew.
    (
        &[
            "The sea is wide and deep and cold\nThe ship is old\nThe shore is far away from us this very day",
        ],
        &[
            "1 p: The sea is wide and deep and cold",
            "1 p: The ship is old",
            "1 p: The shore is far away from us this very day",
        ],
    ),
    // Nothing.
    (&["", " \n "], &[]),
];

#[test]
fn labelled_pages() {
    for (source, expected) in PARAGRAPHS.into_iter().chain(KINDS) {
        assert_eq!(cleaned(source), expected, "{source:?}");
    }
}

#[test]
fn running_lines_are_kept_once() {
    let page = |text: &str, number: u32| format!("{text}\n\n\nPrinted by the city {number}");
    let source = ["We open it.", "We close it.", "We sail."];
    let source: Vec<String> = (1..).zip(source).map(|(n, text)| page(text, n)).collect();
    let source: Vec<&str> = source.iter().map(String::as_str).collect();
    let cleaned = clean(pages(&source));
    assert_eq!(cleaned.blocks.len(), 3);
    assert_eq!(cleaned.running_lines, ["Printed by the city 1"]);
}
