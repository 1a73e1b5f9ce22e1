use std::collections::HashMap;
use std::str::FromStr;

/// How far from the node a word may stand that lines are sorted by.
pub(super) const MAX_DISTANCE: u8 = 3;

/// What lines are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// The folded word so many words left of the node, 1 to 3.
    Left(u8),
    /// The folded word so many words right of the node, 1 to 3.
    Right(u8),
    /// The folded words of the node.
    Node,
    /// The date of the document; a less precise one before those that it holds.
    Date,
    /// The name of whose words they are.
    Speaker,
    /// The id of the document, then the place in it.
    Document,
}

/// A key to sort lines by: words and names by their code points; lines that lack it come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// What is compared.
    pub by: SortBy,
    /// Whether larger values come first.
    pub descending: bool,
}

impl From<SortBy> for SortKey {
    fn from(by: SortBy) -> Self {
        Self { by, descending: false }
    }
}

impl FromStr for SortKey {
    type Err = String;

    /// Reads a key as `R1`, `date`, or `-date` for larger values first.
    fn from_str(written: &str) -> Result<Self, String> {
        let (name, descending) = match written.trim().strip_prefix('-') {
            Some(name) => (name, true),
            None => (written.trim(), false),
        };
        let name = name.to_ascii_lowercase();
        let by = match name.as_str() {
            "node" => SortBy::Node,
            "date" => SortBy::Date,
            "speaker" => SortBy::Speaker,
            "document" => SortBy::Document,
            place => word_at(place).ok_or_else(|| {
                format!(
                    "there is no key `{written}`: L1 to L3, R1 to R3, node, date, speaker, document; \
                     with - before it from the last to the first"
                )
            })?,
        };
        Ok(Self { by, descending })
    }
}

/// Reads `l2` as the second word left of the node.
fn word_at(written: &str) -> Option<SortBy> {
    let (side, distance) = written.split_at_checked(1)?;
    let distance = distance.parse().ok().filter(|at| (1..=MAX_DISTANCE).contains(at))?;
    match side {
        "l" => Some(SortBy::Left(distance)),
        "r" => Some(SortBy::Right(distance)),
        _ => None,
    }
}

/// Stands for a value that a line lacks: larger than that of any value.
const ABSENT: u32 = u32::MAX;

/// The values of the keys of lines, as numbers: texts are kept once each, so that a key takes four
/// bytes a line.
#[derive(Debug)]
pub(super) struct KeyTable {
    keys: Vec<SortKey>,
    /// For each line the values of all keys: places in `texts`, or of lines.
    values: Vec<u32>,
    texts: Vec<Box<str>>,
    places: HashMap<Box<str>, u32>,
}

impl KeyTable {
    /// Makes a table of some keys; what comes a second time cannot tell lines apart any more.
    pub(super) fn new(asked: &[SortKey]) -> Self {
        let mut keys: Vec<SortKey> = Vec::new();
        for key in asked {
            if !keys.iter().any(|known| known.by == key.by) {
                keys.push(*key);
            }
        }
        Self { keys, values: Vec::new(), texts: Vec::new(), places: HashMap::new() }
    }

    pub(super) fn keys(&self) -> &[SortKey] {
        &self.keys
    }

    /// Takes in the next value of a line, in the order of the keys: a text, or none.
    pub(super) fn push(&mut self, text: Option<&str>) {
        let value = text.map_or(ABSENT, |text| match self.places.get(text) {
            Some(place) => *place,
            None => {
                let place = self.texts.len() as u32;
                self.texts.push(text.into());
                self.places.insert(text.into(), place);
                place
            }
        });
        self.values.push(value);
    }

    /// Takes in the place of a line among all, where that is a key.
    pub(super) fn push_place(&mut self, place: u32) {
        self.values.push(place);
    }

    /// Sorts the places of lines, which come in the order that breaks ties.
    pub(super) fn sort(self, lines: &mut [u32]) {
        let Self { keys, mut values, texts, places } = self;
        if keys.is_empty() {
            return;
        }
        drop(places);
        let mut in_order: Vec<u32> = (0..texts.len() as u32).collect();
        in_order.sort_unstable_by_key(|text| &texts[*text as usize]);
        let mut ranks = vec![0; texts.len()];
        for (rank, text) in (0..).zip(in_order) {
            ranks[text as usize] = rank;
        }
        for row in values.chunks_exact_mut(keys.len()) {
            for (value, key) in row.iter_mut().zip(&keys) {
                if *value == ABSENT {
                    continue;
                }
                let rank = if key.by == SortBy::Document { *value } else { ranks[*value as usize] };
                *value = if key.descending { ABSENT - 1 - rank } else { rank };
            }
        }
        let row = |line: &u32| {
            let start = *line as usize * keys.len();
            values.get(start..start + keys.len())
        };
        lines.sort_by(|a, b| row(a).cmp(&row(b)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_by_name() {
        for (written, by, descending) in [
            ("R1", SortBy::Right(1), false),
            ("l3", SortBy::Left(3), false),
            ("-date", SortBy::Date, true),
            (" Node ", SortBy::Node, false),
            ("speaker", SortBy::Speaker, false),
            ("-document", SortBy::Document, true),
        ] {
            assert_eq!(written.parse(), Ok(SortKey { by, descending }), "{written}");
        }
        for written in ["", "-", "R", "R0", "R4", "R11", "M1", "é1", "title", "--date"] {
            assert!(written.parse::<SortKey>().is_err(), "{written}");
        }
    }

    #[test]
    fn lines_by_several_keys() {
        // R1 and a date of five lines.
        let lines = [
            (Some("b"), Some("2011")),
            (Some("a"), None),
            (None, Some("2010")),
            (Some("b"), Some("2010-07")),
            (Some("a"), Some("2012")),
        ];
        for (keys, expected) in [
            ("", [0, 1, 2, 3, 4]),
            ("R1", [1, 4, 0, 3, 2]),
            ("-R1", [0, 3, 1, 4, 2]),
            ("R1,date", [4, 1, 3, 0, 2]),
            ("-R1,-date", [0, 3, 4, 1, 2]),
            ("date", [2, 3, 0, 4, 1]),
            ("-document", [4, 3, 2, 1, 0]),
            ("R1,R1,-R1,document", [1, 4, 0, 3, 2]),
        ] {
            let asked: Vec<SortKey> =
                keys.split_terminator(',').map(|key| key.parse().unwrap()).collect();
            let mut table = KeyTable::new(&asked);
            for (place, (word, date)) in (0..).zip(lines) {
                for key in table.keys().to_vec() {
                    match key.by {
                        SortBy::Date => table.push(date),
                        SortBy::Document => table.push_place(place),
                        SortBy::Right(_) => table.push(word),
                        SortBy::Left(_) | SortBy::Node | SortBy::Speaker => unreachable!(),
                    }
                }
            }
            let mut order = [0, 1, 2, 3, 4];
            table.sort(&mut order);
            assert_eq!(order, expected, "{keys}");
        }
    }
}
