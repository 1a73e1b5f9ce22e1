//! A folder with a corpus and an index, and the binary to run on them.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Longer than any command takes, even beside all other tests.
const TIMEOUT: Duration = Duration::from_secs(120);

/// The binary under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_onrecord");

/// A temporary working folder; the index is in `index` below it.
pub(crate) struct World {
    folder: TempDir,
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Makes a world with files, named from its folder, and indexes those under `corpus`.
    pub(crate) fn indexed(files: &[(&str, &str)]) -> Self {
        let world = Self::new();
        files.iter().for_each(|(name, text)| world.put(name, text));
        world.run(&["index", "corpus"]).expect(0);
        world
    }

    /// Makes a world with the sample corpus of the project under `corpus`, not indexed.
    pub(crate) fn with_sample_corpus() -> Self {
        let world = Self::new();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        copy_folder(&sample, &world.path("corpus"));
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().write_all(bytes.as_ref()).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the binary in the world's folder; it must end by itself and must not fail inside.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let ran = self.run_damaged(arguments);
        assert!(!ran.stderr.contains("error: the program"), "{arguments:?}\n{}", ran.stderr);
        ran
    }

    /// Runs the binary on what is damaged: it may give up with a message, but shows no panic.
    pub(crate) fn run_damaged(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(BINARY);
        command.args(arguments).current_dir(self.folder.path()).timeout(TIMEOUT);
        command.env_remove("ONRECORD_INDEX").env_remove("RUST_BACKTRACE").env("COLUMNS", "100");
        let output = command.output().unwrap();
        let ran = Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert_ne!(ran.code, -1, "{arguments:?} did not end by itself\n{ran:?}");
        assert!(!ran.stderr.contains("panicked"), "{arguments:?}\n{}", ran.stderr);
        ran
    }

    /// Indexes paths, whatever becomes of them, and returns the summary.
    pub(crate) fn index(&self, paths: &[&str]) -> Value {
        let ran = self.run(&[&["index", "--format", "json"], paths].concat());
        assert!([0, 3].contains(&ran.code), "{ran:?}");
        serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap()
    }

    /// Asks for all hits of a query.
    pub(crate) fn search(&self, query: &str) -> Value {
        self.search_with(&["--limit", "0"], query)
    }

    /// Asks for the hits of a query as one object; finding nothing is no failure.
    pub(crate) fn search_with(&self, options: &[&str], query: &str) -> Value {
        let arguments = [&["search", "--format", "json"], options, &["--", query]].concat();
        let ran = self.run(&arguments);
        let found: Value = serde_json::from_str(&ran.stdout)
            .unwrap_or_else(|error| panic!("{query}: {error}\n{ran:?}"));
        assert_eq!(ran.code, i32::from(found["count"] == 0), "{query}: {ran:?}");
        found
    }

    /// Returns the texts that a query finds, sorted.
    pub(crate) fn texts(&self, query: &str) -> Vec<String> {
        let found = self.search(query);
        let mut texts: Vec<String> = hits(&found).iter().map(|hit| text(&hit["text"])).collect();
        texts.sort();
        texts
    }

    /// Returns the lines of `dump` by document id.
    pub(crate) fn dump(&self) -> BTreeMap<String, Value> {
        self.dump_of("index")
    }

    /// Returns the lines of `dump` of the index in a folder by document id.
    pub(crate) fn dump_of(&self, index: &str) -> BTreeMap<String, Value> {
        let lines = self.run(&["--index", index, "dump"]).expect(0).objects();
        let n_lines = lines.len();
        let by_id: BTreeMap<String, Value> =
            lines.into_iter().map(|line| (text(&line["id"]), line)).collect();
        assert_eq!(by_id.len(), n_lines, "a document is there twice");
        by_id
    }

    /// Shows a document as an object.
    pub(crate) fn show(&self, id: &str) -> Value {
        self.run(&["show", id, "--format", "json"]).expect(0).object()
    }
}

impl Ran {
    /// Fails unless the command ended with this code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Reads the output as one JSON object.
    pub(crate) fn object(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// Reads the output as one JSON object a line.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Reads the output as CSV with a header.
    pub(crate) fn rows(&self) -> Vec<BTreeMap<String, String>> {
        rows_of(&self.stdout)
    }
}

/// Reads CSV with a header.
pub(crate) fn rows_of(csv: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// Returns the hits of an answer.
pub(crate) fn hits(found: &Value) -> &[Value] {
    found["hits"].as_array().unwrap()
}

/// Returns the text of a value that is one.
#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Returns the number of a value that is one.
#[track_caller]
pub(crate) fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// Returns the ids of the documents that differ between two dumps, those of one alone included.
pub(crate) fn changed(
    before: &BTreeMap<String, Value>,
    after: &BTreeMap<String, Value>,
) -> Vec<String> {
    let ids: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    ids.into_iter().filter(|id| before.get(*id) != after.get(*id)).cloned().collect()
}

/// Returns the numbers of the lines that announce a commit.
pub(crate) fn announced(stderr: &str) -> Vec<usize> {
    let number = |line: &str| line.strip_prefix("committed ")?.split(' ').next()?.parse().ok();
    stderr.lines().filter_map(number).collect()
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy_folder(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Numbers that look random and are the same in every run: a linear congruential generator with
/// the constants of Knuth's MMIX.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// Returns a number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Reads how many rounds the environment asks for.
pub(crate) fn rounds(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |rounds| rounds.parse().unwrap())
}
