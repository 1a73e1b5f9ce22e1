//! Files of every kind, read from a folder as users have them.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use flate2::write::GzEncoder;
use onrecord_ingest::{FileReport, Reader, ReaderOptions, Record, SourceFile, Status, walk};
use onrecord_model::{BlockKind, CivilDate, Document, DocumentKind, Field};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use tempfile::TempDir;

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    File::create(path).unwrap().write_all(bytes).unwrap();
}

fn corpus(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        put(folder.path(), name, bytes);
    }
    folder
}

fn files_of(folder: &TempDir) -> Vec<SourceFile> {
    walk(&[folder.path().to_owned()]).map(|file| file.unwrap()).collect()
}

fn read_with(reader: &Reader, file: &SourceFile) -> (FileReport, Vec<Document>) {
    let mut documents = Vec::new();
    let report = reader.read_documents(file, &mut |read| documents.push(read.document));
    (report, documents)
}

fn read_one(name: &str, bytes: &[u8]) -> (FileReport, Vec<Document>) {
    let folder = corpus(&[(name, bytes)]);
    let files = files_of(&folder);
    assert_eq!(files.len(), 1);
    read_with(&Reader::default(), &files[0])
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn records_may_go_to_other_threads() {
    const fn is_send<T: Send + 'static>() {}
    is_send::<Record>();
}

#[test]
fn bytes_in_memory_read_as_a_file_does() {
    for (name, bytes) in [
        ("a.txt", &b"Remarks\nMay 3, 2012\n\nHello.\n"[..]),
        ("a.jsonl", b"{\"text\": \"x\"}\nbad\n{\"text\": \"y\"}\n"),
        ("a.csv.gz", &gzip(b"id,text\n7,x\n")),
        ("a.png", b"\x89PNG"),
        ("a", b""),
    ] {
        let folder = corpus(&[(name, bytes)]);
        let file = &files_of(&folder)[0];
        let (of_file, expected) = read_with(&Reader::default(), file);
        std::fs::remove_file(&file.path).unwrap();
        let mut found = Vec::new();
        let mut report = FileReport::default();
        let of_bytes = Reader::default().read_bytes(file, bytes.to_vec(), &mut |record| {
            let outcome = record.into_document();
            report.count(&outcome);
            found.extend(outcome.map(|read| read.document));
            ControlFlow::Continue(())
        });
        assert_eq!(found, expected, "{name}");
        let n_problems = of_bytes.n_problems + report.n_problems;
        assert_eq!((of_bytes.file_hash, n_problems), (of_file.file_hash, of_file.n_problems));
    }
}

#[test]
fn lines_go_on_after_bad_ones() {
    let source = concat!(
        r#"{"_id": "a1", "title": "Ports", "text": "We will dredge.", "speaker": "Ana Vale", "date": "2012-05-03", "kind": "speech", "source": "x"}"#,
        "\n\n{broken\n",
        r#"{"id": "a2", "text": "No such day.", "date": "2011-02-30", "kind": "harbour-debate"}"#,
        "\n",
        r#"{"id": "a1", "text": "Same id."}"#,
        "\n",
        r#"{"id": "a3", "text": " "}"#,
        "\n",
        r#"{"_id": "x-USA_75_2020", "body": "In the year two thousand twenty."}"#,
    );
    for (name, bytes) in
        [("a.jsonl", source.as_bytes().to_vec()), ("a.jsonl.gz", gzip(source.as_bytes()))]
    {
        let (report, documents) = read_one(name, &bytes);
        assert_eq!((report.status(), report.n_documents), (Status::Partial, 3), "{name}");
        let reasons: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert!(reasons[0].starts_with("line 3: no JSON object"), "{reasons:?}");
        assert_eq!(reasons[1], "line 4: the date 2011-02-30 does not exist in the calendar");
        assert!(
            reasons[2].starts_with("line 5: ") && reasons[2].contains("line 1 and "),
            "{reasons:?}"
        );
        assert_eq!(reasons[3], "line 6: no text");
        assert_eq!(reasons.len(), 4);
        let first = &documents[0].metadata;
        assert_eq!(first.speaker.as_ref().map(|speaker| &*speaker.name), Some("Ana Vale"));
        assert_eq!((first.kind, first.source.record), (DocumentKind::Speech, Some(1)));
        assert_eq!(first.extra["source"], "x");
        assert!(!first.inferred.contains(&Field::Date));
        let second = &documents[1].metadata;
        assert_eq!((second.date, second.kind), (None, DocumentKind::Other));
        assert_eq!(second.extra["kind"], "harbour-debate");
        let last = &documents[2].metadata;
        assert_eq!(last.date, CivilDate::from_year(2020).ok());
        assert_eq!(last.title.as_deref(), Some("UN General Debate, session 75 (2020), USA"));
        assert!(last.inferred.contains(&Field::Date));
    }
}

#[test]
fn a_cut_off_archive_keeps_what_was_read() {
    let line = |n: u32| {
        format!(
            "{{\"id\": {n}, \"text\": \"Speech number {n} of {}.\"}}\n",
            n.wrapping_mul(2_654_435_761)
        )
    };
    let source: String = (0..20_000).map(line).collect();
    let packed = gzip(source.as_bytes());
    let (report, documents) = read_one("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert_eq!(report.status(), Status::Partial);
    assert!((5_000..15_000).contains(&documents.len()), "{}", documents.len());
    assert_eq!(report.problems.last().unwrap().record, Some(documents.len() as u64 + 1));
    let (report, documents) = read_one("a.txt.gz", &gzip(b"Packed."));
    assert_eq!((report.status(), documents[0].text()), (Status::Read, "Packed."));
    assert_eq!(documents[0].metadata.source.blake3, report.file_hash);
}

#[test]
fn rows_with_and_without_a_column_map() {
    let source = "\u{feff}id;speech;Speaker;Datum\n1;\"We will\ndredge.\";Ana Vale;3 May 2012\n2;Ragged\n3;Third;Tom Reed;2013;extra\n";
    let folder = corpus(&[("a.csv", source.as_bytes())]);
    let file = &files_of(&folder)[0];
    let columns = BTreeMap::from([("Datum".to_owned(), "date".to_owned())]);
    let (report, documents) = read_with(&Reader::new(ReaderOptions { columns }), file);
    let texts: Vec<&str> = documents.iter().map(Document::text).collect();
    assert_eq!(texts, ["We will\ndredge.", "Ragged", "Third"]);
    let dates: Vec<String> =
        documents.iter().filter_map(|d| d.metadata.date).map(|d| d.to_string()).collect();
    assert_eq!(dates, ["2012-05-03", "2013"]);
    assert_eq!(documents[1].metadata.source.record, Some(4));
    let reasons: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(reasons, ["line 4: 2 fields under 4 columns", "line 5: 5 fields under 4 columns"]);
    let (_, plain) = read_with(&Reader::default(), file);
    assert_eq!(plain[0].metadata.extra["Datum"], "3 May 2012");
}

#[test]
fn the_nearest_giver_of_a_field_wins() {
    let folder = corpus(&[
        (
            "a.md",
            b"---\ntitle: From the text\nplace: Port City\nspeaker: Ana Vale\n---\nWe will dredge.",
        ),
        ("a.md.meta.toml", b"title = \"From the sidecar\"\ndate = 2012-05-03\n"),
        (
            "metadata.csv",
            b"file,title,speaker\na.md,From the table,Tom Reed\nsub/b.txt,Of b,Eva Moor\n",
        ),
        ("sub/b.txt", b"Remarks at Noon\nMay 4, 2012\n\nWe will dredge it."),
        ("sub/c.txt", b"Remarks at Noon\nMay 4, 2012\n\nWe will dredge it."),
        ("sub/metadata.csv", b"name\n"),
    ]);
    let reader = Reader::default();
    let found: Vec<(FileReport, Vec<Document>)> =
        files_of(&folder).iter().map(|file| read_with(&reader, file)).collect();
    let title = |at: usize| found[at].1[0].metadata.title.clone().unwrap();
    let speaker = |at: usize| found[at].1[0].metadata.speaker.as_ref().map(|s| s.name.to_string());
    assert_eq!((title(0).as_str(), speaker(0).as_deref()), ("From the sidecar", Some("Tom Reed")));
    assert_eq!(found[0].1[0].metadata.date.unwrap().to_string(), "2012-05-03");
    assert_eq!((title(1).as_str(), speaker(1).as_deref()), ("Of b", Some("Eva Moor")));
    assert!(found[1].0.reason().contains("no column named file"));
    assert_eq!((title(2).as_str(), speaker(2)), ("Remarks at Noon", None));
    assert!(found[2].1[0].metadata.inferred.contains(&Field::Title));
}

#[test]
fn the_state_covers_companions_and_options() {
    let folder = corpus(&[("a.txt", b"We will dredge."), ("b.txt", b"We will not.")]);
    let files = files_of(&folder);
    let state = |reader: &Reader, at: usize| reader.state_hash(&files[at]).unwrap();
    let before = state(&Reader::default(), 0);
    assert_eq!(before, state(&Reader::default(), 0));
    put(folder.path(), "metadata.csv", b"file,title\nb.txt,B\n");
    assert_eq!(before, state(&Reader::default(), 0), "another file's row");
    put(folder.path(), "metadata.csv", b"file,title\nb.txt,B\na.txt,A\n");
    let with_row = state(&Reader::default(), 0);
    assert_ne!(before, with_row);
    put(folder.path(), "a.meta.toml", b"title = \"A\"");
    let with_sidecar = state(&Reader::default(), 0);
    assert_ne!(with_row, with_sidecar);
    let columns = BTreeMap::from([("x".to_owned(), "title".to_owned())]);
    assert_ne!(with_sidecar, state(&Reader::new(ReaderOptions { columns }), 0));
    put(folder.path(), "a.txt", b"We will dredge!");
    assert_ne!(with_sidecar, state(&Reader::default(), 0));
}

#[test]
fn a_mods_file_describes_the_pages_beside_it() {
    let mods = |title: &str| {
        format!(
            "<mods><relatedItem type='constituent'><titleInfo><title>{title}</title></titleInfo>\
             <extension><accessId>CREC-1</accessId><granuleDate>2005-05-03</granuleDate>\
             <congMember role='SPEAKING'><name type='authority-fnf'>Ben Moss</name></congMember>\
             </extension></relatedItem></mods>"
        )
    };
    let page = "<html><head><title>T</title></head><body><pre>\n[Congressional Record Volume 9, \
                Number 8 (Tuesday, May 3, 2005)]\n[House]\n[Page H1]\nFrom the Congressional \
                Record Online\n\n  Mr. MOSS. Mr. Speaker, we will.\n</pre></body></html>";
    let folder = corpus(&[
        ("CREC-1.htm", page.as_bytes()),
        ("CREC-2.htm", page.as_bytes()),
        ("mods.xml", mods("PORTS").as_bytes()),
    ]);
    let files = files_of(&folder);
    assert_eq!(files.len(), 2, "the description is no text");
    let reader = Reader::default();
    let (report, documents) = read_with(&reader, &files[0]);
    assert_eq!(report.status(), Status::Read);
    let metadata = &documents[0].metadata;
    assert_eq!(metadata.title.as_deref(), Some("PORTS"));
    assert_eq!(metadata.issuer.as_deref(), Some("United States Congress"));
    assert_eq!(metadata.extra.get("speakers").map(|name| &**name), Some("Ben Moss"));
    assert_eq!(metadata.speaker, None, "not all words of a page are the member's");
    assert_eq!(documents[0].turns()[0].named_as.as_deref(), Some("Mr. MOSS."));
    let (_, documents) = read_with(&reader, &files[1]);
    assert_eq!(documents[0].metadata.date, CivilDate::from_day(2005, 5, 3).ok());
    assert_eq!(documents[0].metadata.issuer, None);

    let states = |reader: &Reader| [0, 1].map(|at: usize| reader.state_hash(&files[at]).unwrap());
    let before = states(&reader);
    put(folder.path(), "mods.xml", mods("PIERS").as_bytes());
    let after = states(&Reader::default());
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1], after[1]);
    put(folder.path(), "mods.xml", b"<mods><x");
    let (report, documents) = read_with(&Reader::default(), &files[0]);
    assert_eq!((report.status(), documents.len()), (Status::Partial, 1));

    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(page.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let folder = corpus(&[("CREC-1.htm.gz", &packed), ("mods.xml", mods("PORTS").as_bytes())]);
    let files = files_of(&folder);
    assert_eq!(files.len(), 1, "the description is no text");
    let (_, documents) = read_with(&Reader::default(), &files[0]);
    assert_eq!(documents[0].metadata.title.as_deref(), Some("PORTS"));

    let alone = corpus(&[("mods.xml", mods("PORTS").as_bytes())]);
    let (report, documents) = read_with(&Reader::default(), &files_of(&alone)[0]);
    assert_eq!((report.status(), documents.len()), (Status::Skipped, 0));
    assert!(report.problems[0].reason.contains("MODS"));
}

#[test]
fn xml_is_read_in_its_encoding() {
    for (bytes, text, status) in [
        (&b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>"[..], "café", Status::Read),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a>café</a>".as_bytes(), "café", Status::Read),
        (
            b"<?xml version='1.0' encoding='UTF-8'?><a>caf\xe9 na\xefve</a>",
            "café naïve",
            Status::Read,
        ),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a>x</a>", "x", Status::Read),
        (b"<?xml version='1.0'?><a>x<b>y", "xy", Status::Partial),
    ] {
        let (report, documents) = read_one("a.xml", bytes);
        assert_eq!((documents[0].text(), report.status()), (text, status));
    }
    let utf_16: Vec<u8> = "\u{feff}<?xml version='1.0' encoding='UTF-16'?><a>café</a>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read_one("a.xml", &utf_16).1[0].text(), "café");
    // What is declared holds for the beginning, and not for what is behind it.
    let late = format!(
        "<?xml version='1.0' encoding='ISO-8859-1'?><a>{}café</a>",
        "We act. ".repeat(200_000)
    );
    let (_, documents) = read_one("a.xml", late.as_bytes());
    let metadata = &documents[0].metadata;
    assert_eq!((&*metadata.source.encoding, metadata.extra.get("encoding")), ("UTF-8", None));
}

#[test]
fn no_turns_are_found_where_markup_would_name_them() {
    let body = "<p>HOUSING: a list</p><p>CLERK: Ada Vale</p><p>HOUSING: a list</p>";
    let hansard = format!("<housecommons><title>T</title>{body}</housecommons>");
    let other = format!("<other>{body}</other>");
    for (source, n_turns) in [(hansard, 0), (other, 3)] {
        let (_, documents) = read_one("a.xml", source.as_bytes());
        assert_eq!(documents[0].turns().len(), n_turns, "{source}");
    }
}

#[test]
fn a_time_behind_words_makes_them_no_place() {
    let source = "<akomaNtoso><debate><preface><p>THE ASSEMBLY</p><p>Tuesday, 7 December 2010</p>\
                  <p>The House met at 2.30 p.m.</p></preface><debateBody><speech by='#x'>\
                  <p>We will.</p></speech></debateBody></debate></akomaNtoso>";
    let (_, documents) = read_one("a.xml", source.as_bytes());
    assert_eq!(documents[0].metadata.place, None);
    assert_eq!(documents[0].metadata.kind, DocumentKind::Transcript);
}

#[test]
fn office_files_are_told_by_their_content() {
    let flat = "<?xml version='1.0'?><office:document xmlns:office='o' xmlns:text='t'><office:body>\
        <office:text><text:h text:outline-level='1'>Ports</text:h><text:p>We will dredge.</text:p>\
        </office:text></office:body></office:document>";
    for (name, bytes, format) in [
        ("a.doc", &br"{\rtf1\ansi\outlinelevel0 Ports\par\pard We will dredge.}"[..], "rtf"),
        ("a.xml", flat.as_bytes(), "odt"),
    ] {
        let (report, documents) = read_one(name, bytes);
        assert_eq!(report.status(), Status::Read, "{name}: {}", report.reason());
        let document = &documents[0];
        assert_eq!(document.text(), "Ports\n\nWe will dredge.");
        assert_eq!(document.blocks()[0].kind, BlockKind::Heading(1));
        assert_eq!(document.metadata.title.as_deref(), Some("Ports"));
        let source = &document.metadata.source;
        assert_eq!((&*source.format, &*source.encoding), (format, "UTF-8"));
    }
    let (report, documents) = read_one("a.rtf", br"{\rtf1 We will");
    assert_eq!((report.status(), documents.len()), (Status::Partial, 1));
}

#[test]
fn files_without_documents_say_why() {
    for (name, bytes, status, reason) in [
        ("a.txt", &b""[..], Status::Skipped, "no text"),
        ("a.txt", b"\xef\xbb\xbf \n\t\n", Status::Skipped, "no text"),
        (
            "a.csv",
            b"name,speech_body\nAna,Hello.\nBen,Hello.\n",
            Status::Skipped,
            "no column named text, body, content, speech, transcript: its columns are `name`, \
             `speech_body`; say which one holds the text, as by --column speech_body=text",
        ),
        ("a.csv", b"text\n\"\"\n", Status::Skipped, "line 2: no text"),
        ("a.json", b"[\n{\"text\": \"a\"}\n]", Status::Skipped, "one array"),
        ("a.pdf", b"%PDF-1.4", Status::Skipped, "damaged"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
            Status::Skipped,
            "a Word 97-2003 file: save it as .docx",
        ),
        (
            "a.docx",
            b"PK\x03\x04",
            Status::Skipped,
            "damaged or cut off: it has no sound zip directory",
        ),
        (
            "a.jsonl",
            b"{}\n",
            Status::Skipped,
            "line 1: no text: it has none of the keys text, body, content",
        ),
        ("a.txt.gz", b"\x1f\x8b\x08\x00", Status::Failed, ""),
    ] {
        let (report, documents) = read_one(name, bytes);
        assert_eq!((report.status(), documents.len()), (status, 0), "{name}");
        assert!(report.reason().contains(reason), "{}", report.reason());
    }
    let missing =
        SourceFile { path: "no/such.txt".into(), root: "no".into(), relative: "such.txt".into() };
    let (report, _) = read_with(&Reader::default(), &missing);
    assert_eq!(report.status(), Status::Failed);
}

#[test]
fn encodings_end_as_one_text() {
    let text = "Señor Vale: “We will dredge — déjà vu, for the harbour’s sake.”";
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    for (bytes, encoding) in
        [(text.as_bytes().to_vec(), "UTF-8"), (utf_16, "UTF-16LE"), (windows, "windows-1252")]
    {
        let (report, documents) = read_one("a.txt", &bytes);
        assert_eq!((report.status(), documents[0].text()), (Status::Read, text));
        assert_eq!(&*documents[0].metadata.source.encoding, encoding);
    }
    let (report, documents) = read_one("a.txt", b"D\xc3\xa9j\xc3\xa0 \xff vu");
    assert_eq!((report.status(), documents[0].text()), (Status::Partial, "Déjà \u{fffd} vu"));
    assert!(documents[0].metadata.extra["encoding_note"].contains("U+FFFD"));
    let json: Vec<u8> =
        "\u{feff}{\"text\": \"Ja — señor\"}\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read_one("a.jsonl", &json).1[0].text(), "Ja — señor");
}

#[test]
fn ids_survive_a_move_and_a_correction() {
    let id_in = |outer: &str, text: &[u8]| {
        let folder = corpus(&[(&format!("{outer}/speeches/2012/a.txt"), text)]);
        let root = folder.path().join(outer).join("speeches");
        let file = walk(&[root]).next().unwrap().unwrap();
        read_with(&Reader::default(), &file).1[0].id
    };
    assert_eq!(id_in("here", b"We will dredge."), id_in("there", b"We will dredge it."));
}

#[test]
fn a_file_that_changes_while_it_is_read_is_marked() {
    let folder = corpus(&[("a.jsonl", b"{\"text\": \"one\"}\n{\"text\": \"two\"}\n")]);
    let file = &files_of(&folder)[0];
    let mut n_records = 0;
    let report = Reader::default().read(file, &mut |_| {
        n_records += 1;
        put(folder.path(), "a.jsonl", b"{\"text\": \"something else\"}\n");
        ControlFlow::Break(())
    });
    assert!(report.changed_while_read);
    assert_eq!(n_records, 1, "breaking off stops the reading");
    assert!(!Reader::default().read(file, &mut |_| ControlFlow::Continue(())).changed_while_read);
}

#[test]
fn turns_leave_no_block_without_them() {
    let text = b"May 3, 2012\nFor Immediate Release\n\nRemarks by Mayor Ana Vale\n\nTHE MAYOR: Good morning.\n\n(Applause.)\n\nQ Why here?\n\nTHE MAYOR: Why not?";
    let (_, documents) = read_one("a.txt", text);
    let document = &documents[0];
    assert_eq!(document.metadata.kind, DocumentKind::Transcript);
    let main = document.metadata.speaker.as_ref().map(|speaker| &*speaker.name);
    assert_eq!(main, Some("Mayor Ana Vale"), "two voices, of which the title names the main one");
    let turns: Vec<Option<u32>> =
        document.blocks().iter().map(|block| block.turn.map(|turn| turn.0)).collect();
    assert_eq!(turns, [None, None, None, Some(0), Some(0), Some(1), Some(2)]);
    assert_eq!(document.blocks()[4].kind, BlockKind::Note);
}

#[test]
fn a_mailbox_is_a_document_a_message() {
    let start = |minute: u32| format!("From a@x.org Thu May  3 10:{minute:02}:00 2012\n");
    let source = [
        start(0) + "From: Ana Vale <a@x.org>\nMessage-ID: <1@x.org>\nSubject: Ports\nDate: Thu, 3 May 2012 10:00:00 +0000\n\nWe will dredge.\n>From here on.\n\n",
        start(1) + "Message-ID: <2@x.org>\n\n \n\n",
        start(2) + "From: b@x.org\n\nNo id.\n\n",
        start(3) + "Message-ID: <1@x.org>\n\nThe same id.\n\n",
        start(4) + "Message-ID:\n <1@x.org>\n\nThe same id.\n",
    ]
    .concat();
    for (name, bytes) in
        [("a.mbox", source.clone().into_bytes()), ("a.gz", gzip(source.as_bytes()))]
    {
        let (report, documents) = read_one(name, &bytes);
        assert_eq!((report.status(), documents.len()), (Status::Partial, 4), "{name}");
        let reasons: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert_eq!(reasons, ["line 10: no text"], "{name}");
        let ids: BTreeSet<_> = documents.iter().map(|document| document.id).collect();
        assert_eq!(ids.len(), 4, "{name}");
        let first = &documents[0];
        assert_eq!(first.text(), "We will dredge.\n\nFrom here on.");
        assert_eq!(first.metadata.title.as_deref(), Some("Ports"));
        assert_eq!(first.metadata.source.record, Some(1));
        assert_eq!(&*first.metadata.source.format, "mbox");
        assert_eq!(documents[1].metadata.source.record, Some(15));
    }
}

#[test]
fn titles_of_programs_are_none_and_pages_of_errors_are_told() {
    let page = |title: &str| {
        format!(
            "<!doctype html><title>{title}</title><p>Ports for All</p><p>May 3, 2012</p><p>We will dredge the harbour.</p>"
        )
    };
    let error = "looks like an error page of a web server, not a document";
    for (title, expected, reason) in [
        ("The Harbour", Some("The Harbour"), ""),
        ("Untitled Document", Some("Ports for All"), ""),
        ("Microsoft Word - x.doc", Some("Ports for All"), ""),
        ("404 Not Found", Some("404 Not Found"), error),
    ] {
        let (report, documents) = read_one("a.html", page(title).as_bytes());
        assert_eq!(documents[0].metadata.title.as_deref(), expected, "{title}");
        assert_eq!(report.reason(), reason, "{title}");
        let status = if reason.is_empty() { Status::Read } else { Status::Partial };
        assert_eq!(report.status(), status, "{title}");
    }
}

#[test]
fn rows_and_keys_that_reach_nothing_are_told() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "metadata.csv", b"file,titel\na.txt,A\nb.txt,B\n../c.txt,C\n");
    put(folder.path(), "a.txt", b"Some words.");
    let (files, problems): (Vec<_>, Vec<_>) =
        walk(&[folder.path().to_owned()]).partition(Result::is_ok);
    let problems: Vec<_> = problems.into_iter().filter_map(Result::err).collect();
    let reasons: Vec<_> = problems.iter().map(|problem| problem.reason.as_str()).collect();
    assert_eq!(reasons, ["rows name no file under the folder: `../c.txt`, `b.txt`"]);
    let (report, documents) = read_with(&Reader::default(), files[0].as_ref().unwrap());
    assert_eq!(documents[0].metadata.extra["titel"], "A");
    let expected = "`titel`, given in a sidecar or metadata.csv, is no field: `title`?";
    assert_eq!((report.status(), report.reason().as_str()), (Status::Partial, expected));
}
