//! The files of a corpus, in a fixed order.

use crate::metadata::companions::rows_without_file;
use ignore::WalkBuilder;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// A file of the corpus, with the name that its documents' ids are derived from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where the file is, as reached from the working folder.
    pub path: PathBuf,
    /// The last part of the path that was asked for: the folder's or the file's own name.
    pub root: String,
    /// The path below the root, its parts joined by `/`; empty where a file itself was asked for.
    ///
    /// No two names are written alike: a byte that is not Unicode becomes NUL, which no name
    /// holds, and two hexadecimal digits.
    pub relative: String,
}

impl SourceFile {
    /// Returns the name under which the file is remembered: its root, followed by `/` and its path
    /// below the root where there is one.
    pub fn key(&self) -> String {
        let Self { root, relative, .. } = self;
        if relative.is_empty() { root.clone() } else { format!("{root}/{relative}") }
    }
}

/// A path that is no file to read, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkProblem {
    /// The path.
    pub path: PathBuf,
    /// The root that it lies under, as for a [`SourceFile`].
    pub root: String,
    /// The path below the root, as for a [`SourceFile`].
    pub relative: String,
    /// Why it is left out, or which rows of a `metadata.csv` are: a lower-case fragment.
    pub reason: String,
}

/// The files under some paths, sorted by name within each folder, paths in the order given.
pub struct Walk {
    roots: std::vec::IntoIter<Result<Root, WalkProblem>>,
    current: Option<(Root, ignore::Walk)>,
    /// A folder that is passed over.
    except: Option<PathBuf>,
    /// Whether companions are listed too.
    with_companions: bool,
}

impl Walk {
    /// Lists the companions of documents too.
    #[must_use]
    pub fn with_companions(self) -> Self {
        Self { with_companions: true, ..self }
    }

    /// Passes over a folder and all that is in it, such as that of an index among the texts.
    #[must_use]
    pub fn except(mut self, folder: &Path) -> Self {
        self.except = folder.canonicalize().ok();
        self
    }
}

struct Root {
    path: PathBuf,
    name: String,
}

impl Root {
    fn problem(&self, path: &Path, reason: String) -> WalkProblem {
        WalkProblem {
            path: path.to_owned(),
            root: self.name.clone(),
            relative: relative_name(path, &self.path),
            reason,
        }
    }
}

/// Lists the files under `paths`, which are folders or files.
///
/// Hidden files, and what `.gitignore` and `.ignore` files inside the corpus name, are passed
/// over; so are the companions of documents (`NAME.meta.toml`, `metadata.csv`, a `mods.xml` beside
/// pages, the project's own `.toml` files), which describe documents and are none. Symbolic links are not followed, save
/// where one is asked for by name. A path that lies inside another one asked for is left out.
pub fn walk(paths: &[PathBuf]) -> Walk {
    let places: Vec<Option<PathBuf>> = paths.iter().map(|path| path.canonicalize().ok()).collect();
    let covered = |at: usize| {
        let Some(place) = &places[at] else { return false };
        places.iter().enumerate().any(|(other, outer)| {
            outer.as_ref().is_some_and(|outer| {
                place.starts_with(outer) && (place != outer || other < at) && other != at
            })
        })
    };
    let roots: Vec<_> = (0..paths.len())
        .filter(|&at| !covered(at))
        .map(|at| match &places[at] {
            Some(place) => Ok(Root { path: paths[at].clone(), name: root_name(&paths[at], place) }),
            None => Err(WalkProblem {
                path: paths[at].clone(),
                root: root_of(&paths[at]),
                relative: String::new(),
                reason: unreachable(&paths[at]),
            }),
        })
        .collect();
    Walk { roots: roots.into_iter(), current: None, except: None, with_companions: false }
}

fn unreachable(path: &Path) -> String {
    match path.metadata() {
        Ok(_) => "its real place cannot be found".to_owned(),
        Err(error) => error.to_string().to_lowercase(),
    }
}

/// Returns the root that [`walk`] gives the files under a path that was asked for.
pub fn root_of(path: &Path) -> String {
    root_name(path, &path.canonicalize().unwrap_or_default())
}

fn root_name(path: &Path, place: &Path) -> String {
    let name = path.file_name().or_else(|| place.file_name()).unwrap_or(OsStr::new("/"));
    written_name(name)
}

/// Writes a name so that no two names are written alike, as [`SourceFile::relative`] says.
pub(crate) fn written_name(name: &OsStr) -> String {
    let bytes = name.as_encoded_bytes();
    let mut written = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        written.push_str(chunk.valid());
        for byte in chunk.invalid() {
            written.push('\0');
            written.extend(
                [byte >> 4, byte & 15].map(|digit| char::from(HEXADECIMAL[usize::from(digit)])),
            );
        }
    }
    written
}

const HEXADECIMAL: [u8; 16] = *b"0123456789abcdef";

impl Iterator for Walk {
    type Item = Result<SourceFile, WalkProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some((root, entries)) = &mut self.current else {
                match self.roots.next()? {
                    Ok(root) => {
                        let entries = entries_under(&root.path, self.except.clone());
                        self.current = Some((root, entries));
                    }
                    Err(problem) => return Some(Err(problem)),
                }
                continue;
            };
            match entries.next() {
                None => self.current = None,
                Some(Err(error)) => return Some(Err(problem_of(root, &error))),
                Some(Ok(entry)) => {
                    if let Some(found) = file_of(root, &entry, self.with_companions) {
                        return Some(found);
                    }
                }
            }
        }
    }
}

fn entries_under(path: &Path, except: Option<PathBuf>) -> ignore::Walk {
    WalkBuilder::new(path)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .follow_links(false)
        .sort_by_file_name(OsStr::cmp)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !is_folder || except.is_none() || entry.path().canonicalize().ok() != except
        })
        .build()
}

fn file_of(
    root: &Root,
    entry: &ignore::DirEntry,
    with_companions: bool,
) -> Option<Result<SourceFile, WalkProblem>> {
    let problem = |reason: &str| Err(root.problem(entry.path(), reason.to_owned()));
    let asked_for = entry.depth() == 0;
    let kind = if asked_for {
        entry.path().metadata().ok().map(|metadata| metadata.file_type())
    } else {
        entry.file_type()
    };
    let Some(kind) = kind else { return Some(problem("its type cannot be read")) };
    if kind.is_dir() {
        return None;
    }
    if kind.is_symlink() {
        return Some(problem("a symbolic link, not followed"));
    }
    if !kind.is_file() {
        return Some(problem("neither a file nor a folder"));
    }
    if !asked_for && !with_companions && is_companion(entry.path()) {
        let is_table = entry.file_name() == OsStr::new("metadata.csv");
        let reason = is_table.then(|| rows_without_file(entry.path())).flatten();
        return reason.map(|reason| problem(&reason));
    }
    let relative = relative_name(entry.path(), &root.path);
    Some(Ok(SourceFile { path: entry.path().to_owned(), root: root.name.clone(), relative }))
}

/// Tells whether a file describes documents and is none itself.
pub fn is_companion(path: &Path) -> bool {
    let Some(name) = path.file_name().map(OsStr::to_string_lossy) else { return false };
    name.ends_with(".meta.toml")
        || matches!(&*name, "metadata.csv" | "onrecord.toml" | "speakers.toml" | "corrections.toml")
        || describes_pages(path)
}

/// Tells whether a file is the MODS of a package and has the package's pages beside it.
fn describes_pages(path: &Path) -> bool {
    if path.file_name() != Some(OsStr::new("mods.xml")) {
        return false;
    }
    let beside = path.parent().and_then(|folder| folder.read_dir().ok());
    let is_page = |name: &OsStr| {
        let extension = crate::format::extension(Path::new(name));
        matches!(extension.as_deref(), Some("htm" | "html"))
    };
    beside.is_some_and(|mut beside| beside.any(|e| e.is_ok_and(|e| is_page(&e.file_name()))))
}

fn relative_name(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(Path::new(""));
    let parts: Vec<_> = below
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| written_name(part.as_os_str()))
        .collect();
    parts.join("/")
}

fn problem_of(root: &Root, error: &ignore::Error) -> WalkProblem {
    let mut path = None;
    let mut inner = error;
    loop {
        inner = match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at.clone());
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            ignore::Error::Partial(_)
            | ignore::Error::Loop { .. }
            | ignore::Error::Io(_)
            | ignore::Error::Glob { .. }
            | ignore::Error::UnrecognizedFileType(_)
            | ignore::Error::InvalidDefinition => break,
        };
    }
    let reason = inner.to_string().to_lowercase();
    root.problem(path.as_deref().unwrap_or(&root.path), reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn touch(folder: &Path, name: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::File::create(path).unwrap();
    }

    fn names(walk: Walk) -> Vec<String> {
        walk.map(|found| match found {
            Ok(file) => format!("{}:{}", file.root, file.relative),
            Err(problem) => {
                format!("!{} {}", problem.path.file_name().unwrap().display(), problem.reason)
            }
        })
        .collect()
    }

    #[test]
    fn sorted_without_hidden_ignored_and_companions() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        for name in ["b/2.txt", "b/1.txt", "a.pdf", ".hidden.txt", "c.txt", "c.txt.meta.toml"] {
            touch(&corpus, name);
        }
        touch(&corpus, "b/metadata.csv");
        touch(&corpus, "p/mods.xml");
        touch(&corpus, "p/x.htm");
        touch(&corpus, "q/mods.xml");
        touch(&corpus, "drafts/x.txt");
        touch(folder.path(), "outside.txt");
        let mut ignore_file = fs::File::create(corpus.join(".gitignore")).unwrap();
        std::io::Write::write_all(&mut ignore_file, b"drafts/\n").unwrap();
        let mut expected = vec![
            "corpus:a.pdf",
            "corpus:b/1.txt",
            "corpus:b/2.txt",
            "corpus:c.txt",
            "corpus:p/x.htm",
            "corpus:q/mods.xml",
        ];
        assert_eq!(names(walk(std::slice::from_ref(&corpus))), expected);
        let dotted = corpus.join("b").join("..");
        assert_eq!(names(walk(&[dotted])), expected);
        let single = [corpus.join("c.txt"), folder.path().join("outside.txt"), corpus.clone()];
        expected.insert(0, "outside.txt:");
        assert_eq!(names(walk(&single)), expected, "c.txt lies inside the corpus");
        assert_eq!(names(walk(&[corpus.join("c.txt"), corpus.join("c.txt")])), ["c.txt:"]);
    }

    #[test]
    fn what_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        assert!(names(walk(&[missing]))[0].starts_with("!missing no such file"));
        #[cfg(unix)]
        {
            touch(folder.path(), "a.txt");
            std::os::unix::fs::symlink("a.txt", folder.path().join("b.txt")).unwrap();
            std::os::unix::fs::symlink(".", folder.path().join("loop")).unwrap();
            let _socket =
                std::os::unix::net::UnixListener::bind(folder.path().join("z.sock")).unwrap();
            let found = names(walk(&[folder.path().to_owned()]));
            assert!(found[0].ends_with(":a.txt"));
            assert_eq!(
                found[1..],
                [
                    "!b.txt a symbolic link, not followed",
                    "!loop a symbolic link, not followed",
                    "!z.sock neither a file nor a folder",
                ]
            );
        }
    }
}
