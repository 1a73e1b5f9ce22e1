use super::*;
use crate::{Reader, ReaderOptions, SourceFile};
use std::io::Write;
use std::sync::Arc;

/// Files of a folder `speeches`, with the corrections of it.
struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new(files: &[(&str, &str)], corrections: &str) -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(world.root()).unwrap();
        for (name, text) in files.iter().chain([&("corrections.toml", corrections)]) {
            let mut file = fs::File::create(world.root().join(name)).unwrap();
            file.write_all(text.as_bytes()).unwrap();
        }
        world
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("speeches")
    }

    fn ledger(&self) -> Ledger {
        Ledger::load(&[self.root()], None).unwrap()
    }

    /// Reads a file: its documents, why corrections are stale, and what else was wrong.
    fn read(&self, name: &str) -> (Vec<onrecord_model::Document>, Vec<String>, Vec<String>) {
        let reader = Reader::new(ReaderOptions::default()).corrected_by(Arc::new(self.ledger()));
        let file = SourceFile {
            path: self.root().join(name),
            root: "speeches".into(),
            relative: name.into(),
        };
        let (mut documents, mut stale) = (Vec::new(), Vec::new());
        let report = reader.read_documents(&file, &mut |read| {
            documents.push(read.document);
            stale.extend(read.corrections.into_iter().filter_map(|outcome| outcome.stale));
        });
        let problems = report.problems.into_iter().map(|problem| problem.reason).collect();
        (documents, stale, problems)
    }
}

const SPEECH: &str = "Remarks at the Harbour\nMay 3, 2012\n\nWe will dredge it. We will pay.\n";

fn entry(rest: &str) -> String {
    format!("[[correction]]\ndocument = \"one.txt\"\nwhy = \"checked on paper\"\n{rest}\n")
}

/// Corrects the speech, and returns the text, the note, and why the correction is stale.
fn corrected(rest: &str) -> (String, Option<String>, Option<String>) {
    let (documents, stale, problems) =
        World::new(&[("one.txt", SPEECH)], &entry(rest)).read("one.txt");
    assert!(problems.is_empty(), "{problems:?}");
    let metadata = &documents[0].metadata;
    (
        documents[0].text().to_owned(),
        metadata.extra.get("corrected").cloned(),
        stale.first().cloned(),
    )
}

#[test]
fn fields_are_corrected_or_stale() {
    for (rest, note, stale) in [
        (
            "field = 'date'\nvalue = 2011-07-14",
            "date: 2012-05-03 → 2011-07-14 (checked on paper)",
            "",
        ),
        (
            "field = 'date'\nvalue = 'July 2011'",
            "date: 2012-05-03 → 2011-07 (checked on paper)",
            "",
        ),
        ("field = 'date'\nvalue = 2011", "date: 2012-05-03 → 2011 (checked on paper)", ""),
        ("field = 'date'\nvalue = ''", "date: 2012-05-03 → nothing (checked on paper)", ""),
        (
            "field = 'speaker'\nvalue = 'Ada Orr'",
            "speaker: nothing → Ada Orr (checked on paper)",
            "",
        ),
        ("field = 'date'\nvalue = 'May 3, 2012'", "", "its date is 2012-05-03 without it"),
        ("field = 'place'\nvalue = ''", "", "its place is empty without it"),
        (
            "field = 'date'\nvalue = '2011-02-30'",
            "",
            "the date 2011-02-30 does not exist in the calendar",
        ),
        (
            "field = 'kind'\nvalue = 'song'",
            "",
            "there is no kind `song`: the kinds are speech, fact-sheet, press-release, transcript, testimony, other",
        ),
        ("field = 'date'", "", "write either `field` and `value`, or `find` and `replace`"),
        (
            "field = 'date'\nvalue = 2011\nfind = 'x'",
            "",
            "write either `field` and `value`, or `find` and `replace`",
        ),
        ("find = ''\nreplace = 'x'", "", "there is nothing in `find`"),
        ("find = 'x'\nreplace = 'x'", "", "`find` and `replace` are the same"),
    ] {
        let (text, found, why) = corrected(rest);
        assert_eq!(found.as_deref().unwrap_or_default(), note, "{rest}");
        assert_eq!(why.as_deref().unwrap_or_default(), stale, "{rest}");
        assert_eq!(text, SPEECH.trim_end());
    }
    let (.., why) = corrected("field = 'day'\nvalue = 2011");
    assert!(
        why.unwrap().starts_with("there is no field `day`: the fields are title, kind, speaker,")
    );
}

#[test]
fn a_corrected_field_counts_as_given_and_is_no_problem_any_more() {
    let given = "---\ndate: 2011-02-30\nspeaker: Ben Moss\n---\n# Quays\n\nThe quays are old.\n";
    let fix = entry("field = 'date'\nvalue = 2011-02-28").replace("one.txt", "one.md");
    let (documents, stale, problems) = World::new(&[("one.md", given)], &fix).read("one.md");
    assert!((stale.is_empty() && problems.is_empty()), "{stale:?} {problems:?}");
    let metadata = &documents[0].metadata;
    assert_eq!(metadata.date.map(|date| date.to_string()).as_deref(), Some("2011-02-28"));
    assert!(!metadata.inferred.contains(&Field::Date));
    assert_eq!(metadata.extra["corrected"], "date: nothing → 2011-02-28 (checked on paper)");
}

#[test]
fn an_office_is_not_left_with_another_speaker() {
    let text =
        "Ana Vale, Minister of Ports\nRemarks at the Harbour\nMay 3, 2012\n\nWe will dredge it.\n";
    let read =
        |fix: &str| World::new(&[("one.txt", text)], fix).read("one.txt").0.remove(0).metadata;
    assert!(read("").office.is_some());
    let metadata = read(&entry("field = 'speaker'\nvalue = 'Ben Moss'"));
    assert_eq!(
        (metadata.speaker.map(|speaker| speaker.name.into()), metadata.office),
        (Some("Ben Moss".to_owned()), None)
    );
}

#[test]
fn words_are_replaced_once_or_not_at_all() {
    let body = "We will dredge it. We will pay.";
    for (rest, expected, stale) in [
        (
            "find = 'dredge it'\nreplace = 'dredge the harbour'",
            "We will dredge the harbour. We will pay.",
            "",
        ),
        ("find = ' We will pay.'\nreplace = ''", "We will dredge it.", ""),
        (
            "find = 'pay'\nreplace = '''pay\n\nin full'''",
            "We will dredge it. We will pay\n\nin full.",
            "",
        ),
        (
            "find = 'We will'\nreplace = 'We may'",
            body,
            "its words are in the text more than once: add some that stand around them",
        ),
        ("find = 'we will dredge'\nreplace = 'x'", body, "its words are not in the text"),
        (
            "find = 'dig'\nreplace = 'dredge'",
            body,
            "its words are not in the text, and those that it puts there are",
        ),
    ] {
        let (text, note, why) = corrected(rest);
        assert_eq!(text.split_once("\n\n").unwrap().1, expected, "{rest}");
        assert_eq!(why.as_deref().unwrap_or_default(), stale, "{rest}");
        assert_eq!(note.is_some(), stale.is_empty(), "{rest}");
    }
}

#[test]
fn words_that_overlap_are_replaced_by_the_first_written() {
    let edit =
        |find: &str, replace: &str| entry(&format!("find = '{find}'\nreplace = '{replace}'"));
    let fixes =
        [edit("it. We", "it, and we"), edit("dredge it", "x"), edit("pay", "pay for it")].concat();
    let (documents, stale, _) = World::new(&[("one.txt", SPEECH)], &fixes).read("one.txt");
    assert!(documents[0].text().ends_with("We will dredge it, and we will pay for it."));
    assert_eq!(stale, ["another correction changes some of the same words"]);
    let metadata = &documents[0].metadata;
    assert_eq!(&*metadata.source.extractor, "onrecord-text/1 with 2 corrections");
    assert_eq!(metadata.extra["corrected"].lines().count(), 2);
    assert_eq!(metadata.source.blake3, *blake3::hash(SPEECH.as_bytes()).as_bytes());
}

#[test]
fn blocks_of_markup_stay_what_they_are() {
    let text = "# Quays\n\nThe quays are old.\n\n- one\n- two\n\nThey will be mended.\n";
    let edit = |find: &str, replace: &str| {
        entry(&format!("find = '''{find}'''\nreplace = '''{replace}'''"))
            .replace("one.txt", "one.md")
    };
    let fixes = [
        edit("Quays", "Old Quays"),
        edit("two", "two, o\u{308}ften"),
        edit("old.\n\n", "new"),
        edit("They will be mended.", " "),
    ];
    let (documents, stale, _) = World::new(&[("one.md", text)], &fixes.concat()).read("one.md");
    let document = &documents[0];
    let blocks: Vec<_> = document.blocks().iter().map(|block| document.slice(block.span)).collect();
    assert_eq!(
        blocks,
        ["Old Quays", "The quays are old.", "one", "two, öften", "They will be mended."]
    );
    crate::structure::assert_blocks_hold(document.text(), document.blocks());
    assert_eq!(document.metadata.title.as_deref(), Some("Old Quays"));
    assert_eq!(
        stale,
        [
            "its words run over the end of a paragraph or the name of a speaker",
            "it would leave nothing of a paragraph"
        ]
    );
}

#[test]
fn documents_are_named_by_path_line_or_id() {
    let rows = "{\"id\": \"a\", \"text\": \"Alpha speaks.\"}\n{\"text\": \"Beta speaks.\"}\n";
    let id = DocumentId::new("speeches", "rows.jsonl", Some("a"));
    for (document, speakers) in [
        ("./rows.jsonl#2".to_owned(), [None, Some("Ada Orr")]),
        (id.to_string(), [Some("Ada Orr"), None]),
        ("rows.jsonl".to_owned(), [None, None]),
        ("rows.jsonl#3".to_owned(), [None, None]),
    ] {
        let fix = entry("field = 'speaker'\nvalue = 'Ada Orr'").replace("one.txt", &document);
        let world = World::new(&[("rows.jsonl", rows)], &fix);
        let documents = world.read("rows.jsonl").0;
        let found: Vec<_> = documents
            .iter()
            .map(|document| document.metadata.speaker.as_ref().map(|speaker| &*speaker.name))
            .collect();
        assert_eq!(found, speakers, "{document}");
    }
}

#[test]
fn the_hash_is_that_of_what_is_said_and_not_of_its_place() {
    let fix = entry("field = 'date'\nvalue = 2011");
    let hash = |corrections: &str| {
        let ledger = World::new(&[], corrections).ledger();
        ledger.hash_of(ledger.of_file("speeches/one.txt").iter().copied())
    };
    let other = entry("field = 'date'\nvalue = 2012").replace("one.txt", "two.txt");
    assert_eq!(hash(&fix), hash(&format!("# a note\n\n{other}{fix}")));
    assert_ne!(hash(&fix), hash(&fix.replace("2011", "2012")));
    assert_ne!(hash(&fix), hash(&fix.replace("paper", "tape")));
}

#[test]
fn what_cannot_be_read_is_refused_and_what_contradicts_is_not_in_force() {
    let refused = |text: &str| {
        let world = World::new(&[], text);
        Ledger::load(&[world.root()], None).unwrap_err().to_string()
    };
    assert!(refused("[[correction]]\nfield = \"date\n").contains("line 2: "));
    assert!(refused("[[correction]]\nwho = \"x\"\n").contains("unknown field `who`"));
    let twice = [entry("field = 'date'\nvalue = 2011"), entry("field = 'date'\nvalue = 2012")];
    let world = World::new(
        &[],
        &(twice.concat() + "[[correction]]\nwhy = 'x'\n[[correction]]\ndocument = 'x'\n"),
    );
    let ledger = world.ledger();
    let found: Vec<_> = ledger
        .corrections()
        .iter()
        .map(|fix| (fix.line, fix.fault().unwrap_or_default()))
        .collect();
    assert_eq!(
        found,
        [
            (1, ""),
            (6, "line 1 corrects its date already"),
            (11, "it names no document: write document = \"…\""),
            (13, "it gives no reason: write why = \"…\""),
        ]
    );
    let missing = Ledger::load(&[], Some(&world.root().join("none.toml"))).unwrap_err();
    assert!(missing.to_string().contains("none.toml"), "{missing}");
}

#[test]
fn a_file_that_is_asked_for_is_corrected_by_what_lies_beside_it() {
    let fix = entry("field = 'date'\nvalue = 2011");
    let world =
        World::new(&[("one.txt", SPEECH)], &(fix.clone() + &fix.replace("one.txt", "two.txt")));
    let ledger = Ledger::load(&[world.root().join("one.txt")], None).unwrap();
    assert_eq!((ledger.corrections().len(), ledger.of_file("one.txt")), (1, &[0][..]));
    let named = entry("field = 'date'\nvalue = 2011").replace("one.txt", "speeches/one.txt");
    let world = World::new(&[], &named);
    let ledger = Ledger::load(&[], Some(&world.root().join("corrections.toml"))).unwrap();
    assert_eq!(ledger.of_file("speeches/one.txt"), [0]);
}

#[test]
fn only_corrections_of_one_document_contradict() {
    let worlds = [2011, 2012].map(|year| {
        World::new(&[("one.txt", SPEECH)], &entry(&format!("field = 'date'\nvalue = {year}")))
    });
    let others = worlds[1].folder.path().join("others");
    fs::rename(worlds[1].root(), &others).unwrap();
    let ledger = Ledger::load(&[worlds[0].root(), others], None).unwrap();
    let faults: Vec<_> = ledger.corrections().iter().filter_map(Correction::fault).collect();
    assert_eq!((faults, ledger.corrections().len()), (Vec::<&str>::new(), 2));
    assert_eq!(
        (ledger.of_file("speeches/one.txt"), ledger.of_file("others/one.txt")),
        (&[0][..], &[1][..])
    );
    // Named by path and by id, it is one document.
    let id = DocumentId::new("speeches", "one.txt", None).to_string();
    let fix = entry("field = 'date'\nvalue = 2011");
    let twice = fix.clone() + &fix.replace("2011", "2012").replace("one.txt", &id);
    let (documents, stale, _) = World::new(&[("one.txt", SPEECH)], &twice).read("one.txt");
    assert_eq!(stale, ["line 1 corrects its date already"]);
    assert_eq!(documents[0].metadata.date.unwrap().to_string(), "2011");
}

#[test]
fn a_file_of_corrections_is_read_once() {
    let id = DocumentId::new("speeches", "one.txt", None).to_string();
    let fix = entry("field = 'date'\nvalue = 2011");
    let world = World::new(
        &[("one.txt", SPEECH), ("two.txt", SPEECH)],
        &(fix.clone() + &fix.replace("one.txt", "two.txt") + &fix.replace("one.txt", &id)),
    );
    let root = world.root();
    let own = root.join("corrections.toml");
    for (paths, file, of_first) in [
        (vec![root.join("one.txt"), root.join("two.txt")], None, "one.txt"),
        (vec![root.clone()], Some(own.as_path()), "speeches/one.txt"),
        (vec![root.join(".."), root.clone(), root.clone()], None, "speeches/one.txt"),
    ] {
        let ledger = Ledger::load(&paths, file).unwrap();
        let faults: Vec<_> = ledger.corrections().iter().filter_map(Correction::fault).collect();
        assert_eq!((faults, ledger.corrections().len()), (Vec::<&str>::new(), 3), "{paths:?}");
        assert_eq!(ledger.of_file(of_first), [0], "{paths:?}");
    }
}
