use crate::{Error, Specification};
use onrecord_query::{Difference, Fingerprint};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

/// What the file of a report was made from and how, so that it can be made again. It stands beside
/// the file, never in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// The version of this form, [`Manifest::VERSION`].
    pub manifest: u64,
    /// The command that makes the report.
    pub command: String,
    /// The version of the program.
    pub tool: String,
    /// Its question and its form.
    pub specification: Specification,
    /// How many rows it has.
    pub rows: u64,
    /// Its file.
    pub file: ManifestFile,
    /// What went into it beside the index, by name, with its BLAKE3, hexadecimal.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: BTreeMap<String, String>,
    /// What the index was made from.
    pub index: Fingerprint,
}

/// The file of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// Its name; it stands in the folder of the manifest.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// The SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// The version of the form that is written and read.
    pub const VERSION: u64 = 1;

    /// Reads a manifest.
    ///
    /// # Errors
    /// When it is none, is of another version, or names a file in another folder.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|_| Error::NoManifest)?;
        match value.get("manifest").and_then(serde_json::Value::as_u64) {
            None => return Err(Error::NoManifest),
            Some(Self::VERSION) => {}
            Some(version) => {
                return Err(Error::ManifestVersion { found: version, known: Self::VERSION });
            }
        }
        let manifest: Self =
            serde_json::from_value(value).map_err(|error| Error::Manifest(error.to_string()))?;
        let mut parts = Path::new(&manifest.file.name).components();
        match (parts.next(), parts.next()) {
            (Some(Component::Normal(name)), None) if name.to_str() == Some(&manifest.file.name) => {
            }
            (_, _) => return Err(Error::ManifestFile(manifest.file.name)),
        }
        manifest.specification.check()?;
        Ok(manifest)
    }

    /// Lists what differs in what a report is made from now: the program, other inputs, then the
    /// index.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut note = |name: &str, how: String| {
            found.push(Difference { name: name.to_owned(), how });
        };
        if self.tool != now.tool {
            note("program", format!("it was onrecord {}, it is onrecord {}", self.tool, now.tool));
        }
        let names: BTreeSet<&String> = self.inputs.keys().chain(now.inputs.keys()).collect();
        for name in names {
            match (self.inputs.get(name), now.inputs.get(name)) {
                (Some(_), None) => note(name, "it is gone".to_owned()),
                (None, Some(_)) => note(name, "it is new".to_owned()),
                (before, after) if before != after => note(name, "its contents changed".to_owned()),
                (_, _) => {}
            }
        }
        found.extend(self.index.differences(&now.index));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, Report};

    fn manifest(name: &str) -> Manifest {
        let report: Report = serde_json::from_str("{\"kind\":\"mentions\"}").unwrap();
        Manifest {
            manifest: Manifest::VERSION,
            command: "onrecord report mentions".to_owned(),
            tool: "0.1.0".to_owned(),
            specification: Specification::new(report, Format::Csv, Vec::new(), false).unwrap(),
            rows: 3,
            file: ManifestFile { name: name.to_owned(), bytes: 9, sha256: "00".to_owned() },
            inputs: [("draft.md".to_owned(), "11".to_owned())].into(),
            index: Fingerprint::default(),
        }
    }

    #[test]
    fn manifests_read_back_and_stay_in_their_folder() {
        for (name, is_taken) in [
            ("a.csv", true),
            ("a b.csv", true),
            ("../a.csv", false),
            ("/tmp/a.csv", false),
            ("a/b.csv", false),
            ("./a.csv", false),
            ("..", false),
            ("", false),
        ] {
            let written = serde_json::to_string(&manifest(name)).unwrap();
            let read = Manifest::parse(&written);
            assert_eq!(read.is_ok(), is_taken, "{name}");
            assert!(read.is_err() || read.unwrap() == manifest(name));
        }
        for (text, expected) in [
            ("", "no manifest"),
            ("[1]", "no manifest"),
            ("{\"manifest\": 2}", "version 2"),
            ("{\"manifest\": 1}", "missing field"),
        ] {
            assert!(Manifest::parse(text).unwrap_err().to_string().contains(expected), "{text}");
        }
    }

    #[test]
    fn programs_and_inputs_are_compared() {
        let (before, mut now) = (manifest("a"), manifest("a"));
        assert!(before.differences(&now).is_empty());
        now.tool = "0.2.0".to_owned();
        now.inputs = [("other.md".to_owned(), "11".to_owned())].into();
        let names: Vec<String> =
            before.differences(&now).into_iter().map(|difference| difference.name).collect();
        assert_eq!(names, ["program", "draft.md", "other.md"]);
    }
}
