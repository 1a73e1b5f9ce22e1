use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A document's name for life: the same after its folder moved or its text was corrected.
///
/// Written as 32 lower-case hexadecimal digits. Orders by its bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId([u8; 16]);

/// A string that is no document id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a document id: 32 hexadecimal digits are needed")]
pub struct IdError(String);

impl DocumentId {
    /// Derives the id from where the document lies: the last part of the folder or file that was
    /// asked for, the path below it written with `/`, and the id that the source itself gives
    /// (or the row's number) where a file holds many documents.
    ///
    /// The first 16 bytes of the BLAKE3 hash of the parts, each preceded by its length.
    pub fn new(root: &str, relative_path: &str, native_id: Option<&str>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in [Some(root), Some(relative_path), native_id].into_iter().flatten() {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        Self(bytes)
    }

    /// Makes an id from its bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes of the id.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentId({self})")
    }
}

impl FromStr for DocumentId {
    type Err = IdError;

    fn from_str(written: &str) -> Result<Self, IdError> {
        let error = || IdError(written.to_owned());
        if written.len() != 32 || !written.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(error());
        }
        let number = u128::from_str_radix(written, 16).map_err(|_| error())?;
        Ok(Self(number.to_be_bytes()))
    }
}

/// A speaker's id: lower-case words joined by hyphens, such as `hillary-rodham-clinton`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpeakerId(Box<str>);

impl SpeakerId {
    /// Derives the id from a name: its letters and digits in lower case, all else one hyphen.
    pub fn from_name(name: &str) -> Self {
        let words: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        Self(words.join("-").into())
    }

    /// Returns the id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SpeakerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A priority's id in its taxonomy, such as `network-security`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PriorityId(Box<str>);

impl PriorityId {
    /// Makes an id from its written form.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// Returns the id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PriorityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_ids_differ_by_every_part_and_read_back() {
        let ids = [
            DocumentId::new("a", "b", None),
            DocumentId::new("ab", "", None),
            DocumentId::new("a", "b", Some("")),
            DocumentId::new("a", "b", Some("1")),
            DocumentId::new("a", "b1", None),
        ];
        for (i, id) in ids.iter().enumerate() {
            assert_eq!(id.to_string().parse(), Ok(*id));
            assert!(!ids[..i].contains(id), "{i} clashes");
        }
        assert!("+1234567890123456789012345678901".parse::<DocumentId>().is_err());
    }

    #[test]
    fn speaker_ids_are_words_and_hyphens() {
        for (name, id) in [
            ("Hillary Rodham Clinton", "hillary-rodham-clinton"),
            ("H.E. Mr. José Ramos-Horta", "h-e-mr-josé-ramos-horta"),
            ("  ", ""),
        ] {
            assert_eq!(SpeakerId::from_name(name).as_str(), id);
        }
    }
}
