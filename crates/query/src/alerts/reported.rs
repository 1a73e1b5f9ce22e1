use super::AlertRequest;
use serde::{Deserialize, Serialize};

/// How many bytes of a hash stand for a document, its state, or a passage.
///
/// Hashes of passages are compared within documents of one key only. So a new passage is missed
/// with a chance of 1 in 10^12 for each passage reported in its document, and a changed document
/// with the same chance; documents that share a key are compared as one.
const KEY_BYTES: usize = 5;

/// The beginning of a hash.
pub(super) type Key = [u8; KEY_BYTES];

/// The state of a document in which nothing is found any more.
pub(super) const ABSENT: Key = [0; KEY_BYTES];

/// What a file of this form begins with.
const FORMAT: &str = "onrecord-reported-1";

/// The length of the hash at the end.
const SEAL_BYTES: usize = 32;

/// The passages of a query that were reported: 16 bytes each at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reported {
    head: Head,
    /// Entries, ascending by document.
    entries: Vec<u8>,
}

/// What stands in the first line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    form: String,
    /// The fingerprint of the query, in hexadecimal digits.
    query: String,
    /// What labelled the index when the query was asked last.
    labelled_by: String,
    /// How many passages were reported.
    passages: u64,
    /// How many documents they were in.
    documents: u64,
}

/// What was reported of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The beginning of its id.
    pub(super) document: Key,
    /// What it was like, and which of its passages were found.
    pub(super) state: Key,
    /// The passages that were found last, in order.
    pub(super) current: Vec<Key>,
    /// Those that were reported earlier and were not among them, ascending.
    pub(super) former: Vec<Key>,
}

impl Reported {
    /// Begins to note what a query reported of an index that was labelled by this.
    pub(super) fn new(query: &AlertRequest, labelled_by: &str) -> Self {
        let head = Head {
            form: FORMAT.to_owned(),
            query: query.fingerprint(),
            labelled_by: labelled_by.to_owned(),
            ..Head::default()
        };
        Self { head, entries: Vec::new() }
    }

    /// Tells whether it is what this query reported, and not another that had its name.
    pub fn is_of(&self, query: &AlertRequest) -> bool {
        self.head.query == query.fingerprint()
    }

    /// Takes it as reported by another query, which is put in the place of the one that did.
    #[must_use]
    pub fn handed_to(mut self, query: &AlertRequest) -> Self {
        self.head.query = query.fingerprint();
        self
    }

    /// Returns the hash of what labelled the index when the query was asked last.
    pub(super) fn labelled_by(&self) -> &str {
        &self.head.labelled_by
    }

    /// Counts the passages that were reported, those that are found no more among them.
    pub fn n_passages(&self) -> u64 {
        self.head.passages
    }

    /// Counts the documents that they were in.
    pub fn n_documents(&self) -> u64 {
        self.head.documents
    }

    /// Appends what was reported of a document; ids ascend.
    pub(super) fn push(&mut self, entry: &Entry) {
        let Entry { document, state, current, former } = entry;
        self.head.documents += 1;
        self.head.passages += (current.len() + former.len()) as u64;
        self.entries.extend_from_slice(document);
        self.entries.extend_from_slice(state);
        push_number(&mut self.entries, current.len() * 2 + usize::from(!former.is_empty()));
        if !former.is_empty() {
            push_number(&mut self.entries, former.len());
        }
        self.entries.extend(current.iter().chain(former).flatten());
    }

    /// Reads what was reported, document by document.
    pub(super) fn entries(&self) -> Entries<'_> {
        Entries { left: &self.entries }
    }

    /// Writes it down, with a hash of it at the end.
    pub fn to_bytes(&self) -> Vec<u8> {
        let head = serde_json::to_string(&self.head).unwrap_or_default();
        let mut bytes = head.into_bytes();
        bytes.push(b'\n');
        bytes.extend_from_slice(&self.entries);
        bytes.extend_from_slice(blake3::hash(&bytes).as_bytes());
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; none where it is not whole, or of another
    /// form.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (body, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL_BYTES)?)?;
        if seal != blake3::hash(body).as_bytes() {
            return None;
        }
        let end = body.iter().position(|byte| *byte == b'\n')?;
        let (head, entries) = body.split_at_checked(end)?;
        let head: Head = serde_json::from_slice(head).ok()?;
        let entries = entries.get(1..)?.to_vec();
        (head.form == FORMAT).then_some(Self { head, entries })
    }
}

/// What was reported, document by document.
pub(super) struct Entries<'a> {
    left: &'a [u8],
}

impl Entries<'_> {
    fn read(&mut self) -> Option<Entry> {
        let (document, state) = (self.key()?, self.key()?);
        let number = self.number()?;
        let n_former = if number % 2 == 1 { self.number()? } else { 0 };
        let current = (0..number / 2).map(|_| self.key()).collect::<Option<_>>()?;
        let former = (0..n_former).map(|_| self.key()).collect::<Option<_>>()?;
        Some(Entry { document, state, current, former })
    }

    fn key(&mut self) -> Option<Key> {
        let (key, left) = self.left.split_first_chunk()?;
        self.left = left;
        Some(*key)
    }

    /// Reads a number of seven bits a byte, the lowest first.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (byte, left) = self.left.split_first()?;
            self.left = left;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        self.read()
    }
}

fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys() -> impl Strategy<Value = Vec<Key>> {
        prop_oneof![
            4 => proptest::collection::vec(any::<Key>(), 0..4),
            1 => proptest::collection::vec(any::<Key>(), 60..300),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            entries in proptest::collection::vec((any::<Key>(), any::<Key>(), keys(), keys()), 0..8),
            flipped in any::<proptest::sample::Index>(),
        ) {
            let mut reported = Reported::new(&AlertRequest::default(), "abc");
            let entries: Vec<Entry> = entries
                .into_iter()
                .map(|(document, state, current, former)| Entry { document, state, current, former })
                .collect();
            entries.iter().for_each(|entry| reported.push(entry));
            let mut bytes = reported.to_bytes();
            let read = Reported::from_bytes(&bytes).unwrap();
            prop_assert_eq!(&read, &reported);
            prop_assert_eq!(read.entries().collect::<Vec<_>>(), entries);
            let at = flipped.index(bytes.len());
            bytes[at] ^= 1;
            prop_assert_eq!(Reported::from_bytes(&bytes), None);
        }
    }

    #[test]
    fn a_passage_takes_16_bytes_at_most() {
        let mut reported = Reported::new(&AlertRequest::default(), "");
        let empty = reported.to_bytes().len();
        for n in 0..1_000_u32 {
            let [a, b, c, d] = n.to_be_bytes();
            reported.push(&Entry {
                document: [a, b, c, d, 0],
                current: vec![ABSENT],
                ..Entry::default()
            });
        }
        // The digits of two counts are longer now.
        assert!(reported.to_bytes().len() <= empty + 16 * 1_000 + 6);
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        for bytes in [&b""[..], b"{}", &[7; 100]] {
            assert_eq!(Reported::from_bytes(bytes), None);
        }
    }
}
