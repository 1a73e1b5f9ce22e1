//! What an answer was made from, so that one that comes out differently can be told why.

use crate::QueryError;
use onrecord_indexing::{LabelSource, Reader, SourceRecord};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many files are told apart by name; of more, the folders are.
const MOST_NAMED: usize = 10_000;

/// How many characters of a hash name what changed; all hashes together stand whole in
/// [`Fingerprint::blake3`].
const SHORT: usize = 16;

/// The version of the query language: raised whenever a query may mean something else than before.
pub const QUERY_LANGUAGE: u32 = 1;

/// What an index was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The names of the taxonomies.
    pub taxonomy: String,
    /// The hash of all that labels depend on, hexadecimal.
    pub labels_blake3: String,
    /// The same apart: the taxonomies, each with the weights that labelled by it; none of an index that
    /// was written before they were told apart.
    pub labelled_by: Vec<LabelSource>,
    /// The version of the query language.
    pub query_language: u32,
    /// The version of the analysis of words.
    pub analysis: u32,
    /// Whether quotations are in the index.
    pub quotes: bool,
    /// The commit of the index: another one may hold the same.
    pub commit_blake3: String,
    /// How many files there are, those that could not be read among them.
    pub n_files: u64,
    /// The hash of all files and what goes with them, hexadecimal.
    pub corpus_blake3: String,
    /// By path, below the last part of the folder that was indexed, two short hashes: that of its
    /// bytes, and that of all that its documents were made from, such as metadata beside it,
    /// corrections and the list of persons. Where there are very many files, by folder.
    pub files: BTreeMap<String, String>,
    /// How many steps above the files the folders are that stand for them; 0 for files.
    pub folders_above: u32,
}

/// Takes the fingerprint of an index.
///
/// # Errors
/// When what the index holds is not what was written.
pub fn take_fingerprint(reader: &Reader) -> Result<Fingerprint, QueryError> {
    let mut files: BTreeMap<String, [blake3::Hash; 2]> = BTreeMap::new();
    reader.for_each_source(|source| {
        files.insert(source.key.clone(), hashes_of(&source));
    })?;
    let n_files = files.len() as u64;
    let corpus_blake3 = together(files.values().flatten()).to_hex().to_string();
    let (files, folders_above) = shortened(files, MOST_NAMED);
    let description = &reader.manifest().description;
    Ok(Fingerprint {
        taxonomy: description.taxonomy.clone(),
        labels_blake3: description.taxonomy_blake3.clone(),
        labelled_by: description.labelled_by.clone(),
        query_language: QUERY_LANGUAGE,
        analysis: description.analysis,
        quotes: description.quotes,
        commit_blake3: reader.commit_hash(),
        n_files,
        corpus_blake3,
        files,
        folders_above,
    })
}

fn hashes_of(source: &SourceRecord) -> [blake3::Hash; 2] {
    let mut made_from = blake3::Hasher::new();
    // The path is shown in reports, so it is part of what they were made from.
    for part in [source.key.as_bytes(), source.path.as_bytes(), source.reason.as_bytes()] {
        made_from.update(&(part.len() as u64).to_le_bytes());
        made_from.update(part);
    }
    made_from.update(&source.state);
    [blake3::Hash::from_bytes(source.blake3), made_from.finalize()]
}

fn together<'a>(hashes: impl Iterator<Item = &'a blake3::Hash>) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for hash in hashes {
        hasher.update(hash.as_bytes());
    }
    hasher.finalize()
}

/// Writes the hashes short; of more than so many files those of their folders, or of the folders
/// that these are in, until they are few enough.
fn shortened(
    mut files: BTreeMap<String, [blake3::Hash; 2]>,
    most: usize,
) -> (BTreeMap<String, String>, u32) {
    let mut folders_above = 0;
    while files.len() > most {
        let mut folders: BTreeMap<String, Vec<[blake3::Hash; 2]>> = BTreeMap::new();
        for (path, hashes) in &files {
            let folder =
                path.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.entry(format!("{folder}/")).or_default().push(*hashes);
        }
        if folders.len() == files.len() {
            break;
        }
        let of_side = |hashes: &[[blake3::Hash; 2]], side: usize| {
            together(hashes.iter().filter_map(|both| both.get(side)))
        };
        files = folders
            .into_iter()
            .map(|(folder, hashes)| (folder, [of_side(&hashes, 0), of_side(&hashes, 1)]))
            .collect();
        folders_above += 1;
    }
    let short = |hash: &blake3::Hash| hash.to_hex().chars().take(SHORT).collect::<String>();
    let named = files.into_iter().map(|(path, both)| (path, both.each_ref().map(short).join("-")));
    (named.collect(), folders_above)
}

/// What differs between what two answers were made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is, such as `taxonomy`, or a file.
    pub name: String,
    /// How it differs.
    pub how: String,
}

impl Fingerprint {
    /// Lists what differs in `now`; files come last, by path.
    ///
    /// Commits are not compared: an index that is built again holds the same in another one.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut note = |name: &str, how: String| {
            found.push(Difference { name: name.to_owned(), how });
        };
        self.compare_labels(now, &mut note);
        for (name, before, after) in [
            ("query language", self.query_language, now.query_language),
            ("word analysis", self.analysis, now.analysis),
        ] {
            if before != after {
                note(name, format!("it was version {before}, it is {after}"));
            }
        }
        if self.quotes != now.quotes {
            note("quotations", "the index is built with or without them now".to_owned());
        }
        if self.corpus_blake3 != now.corpus_blake3 {
            self.compare_files(now, &mut found);
        }
        found
    }

    /// Tells taxonomies apart from weights, each by its place, as far as both sides do.
    fn compare_labels(&self, now: &Self, note: &mut impl FnMut(&str, String)) {
        if self.labels_blake3 == now.labels_blake3 {
            return;
        }
        if self.labelled_by.len() != now.labelled_by.len() {
            let how = if self.labelled_by.is_empty() || now.labelled_by.is_empty() {
                "it or its weights changed".to_owned()
            } else {
                format!("it was `{}`, it is `{}`", self.taxonomy, now.taxonomy)
            };
            return note("taxonomy", how);
        }
        for (before, after) in self.labelled_by.iter().zip(&now.labelled_by) {
            let name = &before.taxonomy;
            if before.taxonomy_blake3 != after.taxonomy_blake3 {
                let how = if *name == after.taxonomy {
                    format!("`{name}` changed")
                } else {
                    format!("it was `{name}`, it is `{}`", after.taxonomy)
                };
                note("taxonomy", how);
            }
            if before.weights_blake3 != after.weights_blake3 {
                note("weights", format!("those of `{name}` changed"));
            }
        }
    }

    fn compare_files(&self, now: &Self, found: &mut Vec<Difference>) {
        let mut note = |name: &str, how: &str| {
            found.push(Difference { name: name.to_owned(), how: how.to_owned() });
        };
        if self.folders_above != now.folders_above {
            let (before, after) = (self.n_files, now.n_files);
            let how = format!("it had {before} files, it has {after}; they are too many to name");
            return note("corpus", &how);
        }
        let mut n_named = 0;
        let paths: std::collections::BTreeSet<&String> =
            self.files.keys().chain(now.files.keys()).collect();
        for path in paths {
            let bytes = |files: &BTreeMap<String, String>| {
                files
                    .get(path)
                    .and_then(|both| both.split_once('-').map(|(bytes, _)| bytes.to_owned()))
            };
            let how = match (self.files.get(path), now.files.get(path)) {
                (Some(_), None) => "it is gone",
                (None, Some(_)) => "it is new",
                (one, other) if one == other => continue,
                (_, _) if bytes(&self.files) != bytes(&now.files) => "its contents changed",
                (_, _) => {
                    "the same contents are read otherwise: where it lies, metadata beside it, corrections, the list of persons, or the version of the reader changed"
                }
            };
            note(path, how);
            n_named += 1;
        }
        if n_named == 0 {
            note("corpus", "files changed that the manifest does not name");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(files: &[(&str, &str, &str)], most: usize) -> Fingerprint {
        let hash = |of: &str| blake3::hash(of.as_bytes());
        let files: BTreeMap<String, [blake3::Hash; 2]> = files
            .iter()
            .map(|(path, bytes, state)| ((*path).to_owned(), [hash(bytes), hash(state)]))
            .collect();
        let corpus_blake3 = together(files.values().flatten()).to_hex().to_string();
        let n_files = files.len() as u64;
        let (files, folders_above) = shortened(files, most);
        Fingerprint { corpus_blake3, n_files, files, folders_above, ..Fingerprint::default() }
    }

    #[test]
    fn what_differs_is_named() {
        let files = [("a/1", "x", "y"), ("a/2", "x", "y"), ("a/3", "x", "y")];
        let mut before = fingerprint(&files, 3);
        before.labelled_by = vec![LabelSource::default()];
        assert!(before.differences(&before.clone()).is_empty());
        let changed = [("a/1", "other", "z"), ("a/2", "x", "other"), ("a/4", "x", "y")];
        let mut now = fingerprint(&changed, 3);
        now.labels_blake3 = "other".to_owned();
        now.labelled_by =
            vec![LabelSource { taxonomy_blake3: "other".to_owned(), ..LabelSource::default() }];
        let found = before.differences(&now);
        let names: Vec<&str> = found.iter().map(|difference| difference.name.as_str()).collect();
        assert_eq!(names, ["taxonomy", "a/1", "a/2", "a/3", "a/4"]);
        let hows = ["contents changed", "read otherwise", "gone", "new"];
        for (difference, how) in found.iter().skip(1).zip(hows) {
            assert!(difference.how.contains(how), "{difference:?}");
        }
    }

    #[test]
    fn more_files_than_can_be_named_are_one_change() {
        let files = [("a/1", "x", "y"), ("a/2", "x", "y"), ("b/3", "x", "y"), ("b/4", "x", "y")];
        let (few, many) = (fingerprint(&files[..3], 3), fingerprint(&files, 3));
        let found = few.differences(&many);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].name == "corpus" && found[0].how.contains("3 files, it has 4"));
        let other = [("a/1", "x", "y"), ("a/2", "x", "y"), ("b/3", "z", "y"), ("b/4", "x", "y")];
        let found = many.differences(&fingerprint(&other, 3));
        assert_eq!((found.len(), found[0].name.as_str()), (1, "b/"), "{found:?}");
    }

    #[test]
    fn of_many_files_folders_are_named() {
        let hash = blake3::hash(b"x");
        let files = |n: usize| {
            let path = |n: usize| format!("root/{}/{n}.txt", n / 10);
            (0..n).map(|n| (path(n), [hash, hash])).collect::<BTreeMap<_, _>>()
        };
        for (n, most, expected) in [(30, 30, 30), (31, 30, 4), (31, 3, 1)] {
            assert_eq!(shortened(files(n), most).0.len(), expected, "{n} {most}");
        }
        assert!(shortened(files(31), 30).0.keys().all(|folder| folder.ends_with('/')));
    }
}
