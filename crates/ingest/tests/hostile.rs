//! Files that break readers: each ends with a status and a reason, soon and without a panic.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use onrecord_ingest::{FileReport, Reader, SourceFile, Status, walk};
use onrecord_model::Document;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

fn read_file(file: &SourceFile) -> (FileReport, Vec<Document>) {
    let mut documents = Vec::new();
    let report = Reader::default().read_documents(file, &mut |read| documents.push(read.document));
    (report, documents)
}

fn read(name: &str, bytes: &[u8]) -> (FileReport, Vec<Document>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    File::create(&path).unwrap().write_all(bytes).unwrap();
    read_file(&SourceFile { path, root: "corpus".into(), relative: name.into() })
}

#[test]
fn little_or_nothing() {
    for (name, bytes, status, reason) in [
        ("empty.txt", b"".to_vec(), Status::Skipped, "no text"),
        ("mark.txt", b"\xef\xbb\xbf".to_vec(), Status::Skipped, "no text"),
        ("mark.txt", b"\xff\xfe".to_vec(), Status::Skipped, "no text"),
        ("zeros.txt", vec![0; 5000], Status::Skipped, "not a text"),
        ("every-byte.txt", (0..=255).cycle().take(25_600).collect(), Status::Skipped, "not a text"),
        ("empty.html", b"<!doctype html>".to_vec(), Status::Skipped, "no text"),
        ("empty.csv", b"id,text\n".to_vec(), Status::Skipped, "no text"),
        ("empty.md", b"---\ntitle: A\n---\n".to_vec(), Status::Skipped, "no text"),
    ] {
        let (report, documents) = read(name, &bytes);
        assert_eq!((report.status(), documents.len()), (status, 0), "{name}");
        assert!(report.reason().contains(reason), "{name}: {}", report.reason());
    }
    let (report, documents) = read("a.txt", b"We will\0 dredge.");
    assert_eq!((report.status(), documents[0].text()), (Status::Read, "We will dredge."));
}

#[test]
fn one_sort_of_thing_without_end() {
    let many = |part: &str, n: usize| part.repeat(n).into_bytes();
    for (name, bytes) in [
        ("letters.txt", many("a", 3_000_000)),
        ("words.txt", many("harbour ", 300_000)),
        ("sentences.txt", many("It is so. ", 200_000)),
        ("open-marks.txt", many("“", 100_000)),
        ("brackets.txt", many("( ", 100_000)),
        ("dates.txt", many("12 May ", 100_000)),
        ("labels.txt", many("THE MAYOR: ", 100_000)),
        ("inline.txt", many("Yes. THE MAYOR: No. Q Why? ", 30_000)),
        ("capitals.txt", many("Mr. A. Q A: ", 100_000)),
        ("turns.txt", many("THE MAYOR: Yes.\n", 50_000)),
        ("lines.txt", many("a\n", 300_000)),
        ("marks.txt", many("\u{301}", 200_000)),
        ("carriage-returns.txt", many("a\r", 200_000)),
        ("open.md", many("[", 100_000)),
        ("quoted.md", [many("> ", 20_000), b"x".to_vec()].concat()),
        ("emphasis.md", many("*a_ ", 50_000)),
    ] {
        let (report, documents) = read(name, &bytes);
        assert_eq!((report.status(), documents.len()), (Status::Read, 1), "{name}");
        let document = &documents[0];
        let covered: u32 = document.blocks().iter().map(|block| block.span.len()).sum();
        assert!(covered as usize * 2 >= document.text().len(), "{name}");
    }
}

#[test]
fn what_was_left_out_is_named_where_nothing_is_left() {
    let deep = format!("{{\\rtf1 {}a{}}}", "{".repeat(1_000_000), "}".repeat(1_000_000));
    let (report, documents) = read("deep.rtf", deep.as_bytes());
    assert_eq!((report.status(), documents.len()), (Status::Skipped, 0));
    let reason = "no text is left: what its groups hold more than 1000 deep was not read";
    assert!(report.reason().contains(reason), "{}", report.reason());
}

#[test]
fn pages_that_would_stall_the_parser_are_refused() {
    for (name, page, reason) in [
        ("deep", "<div>".repeat(100_000), "nested more than"),
        ("deep behind closing tags", "<div></span>".repeat(100_000), "nested more than"),
        ("attributes", format!("<p {}>x", "a ".repeat(100_000)), "attributes"),
        ("references", "&amp; ".repeat(400_000), "character references"),
    ] {
        let (report, _) = read("page.html", format!("<html><body>{page}").as_bytes());
        assert_eq!(report.status(), Status::Skipped, "{name}");
        assert!(report.reason().contains(reason), "{name}: {}", report.reason());
    }
}

#[test]
fn bad_lines_leave_the_others() {
    let deep =
        format!("{{\"text\": \"deep\", \"x\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let lines = [
        "{\"text\": \"one\"}",
        "{bad",
        &deep,
        "null",
        "{\"text\": 5}",
        "{\"text\": \"\\ud800\"}",
        "{\"text\": \"eight\\u0000\"}",
    ];
    let (report, documents) = read("a.jsonl", lines.join("\n").as_bytes());
    let texts: Vec<&str> = documents.iter().map(Document::text).collect();
    assert_eq!((report.status(), texts), (Status::Partial, vec!["one", "eight"]));
    let records: Vec<Option<u64>> = report.problems.iter().map(|problem| problem.record).collect();
    assert_eq!(records, [Some(2), Some(3), Some(4), Some(5), Some(6)]);
    assert!(report.problems[1].reason.contains("recursion limit"));

    let rows = b"id,text\n1,\"one, two\"\n2\n3,x,y,z\n\n4,\"never closed\nto the end";
    let (report, documents) = read("a.csv", rows);
    let texts: Vec<&str> = documents.iter().map(Document::text).collect();
    assert_eq!(report.status(), Status::Partial);
    assert_eq!(texts, ["one, two", "x", "never closed\nto the end"]);
}

#[test]
fn bytes_that_are_no_text_in_the_middle() {
    let mut bytes = "Señor Vale — café. ".repeat(5000).into_bytes();
    bytes.extend(b"\xc3\x28 \xff ");
    bytes.extend("Señor. ".repeat(20_000).into_bytes());
    let (report, documents) = read("a.txt", &bytes);
    assert_eq!(report.status(), Status::Partial);
    assert!(report.reason().starts_with("2 byte sequences are not UTF-8"), "{}", report.reason());
    assert_eq!(documents[0].text().matches('\u{fffd}').count(), 2);
    assert!(documents[0].text().ends_with("Señor."));
}

#[test]
fn front_matter_of_any_length() {
    for (lines, n_problems) in [("key: value\n", 0), ("- item\n", 100_000), ("no\n", 100_000)] {
        let text = format!("---\n{}---\nWe will dredge.", lines.repeat(100_000));
        let (report, documents) = read("a.md", text.as_bytes());
        assert_eq!(documents[0].text(), "We will dredge.", "{lines}");
        assert_eq!(report.n_problems, n_problems, "{lines}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_differ_only_in_bytes_that_are_no_text_are_two() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let names: [&[u8]; 5] =
        [b"a\xff.txt", b"a\xfe.txt", "a\u{fffd}.txt".as_bytes(), b"a\nb.txt", b"sub\xff/a.txt"];
    for name in names {
        let path: PathBuf = folder.path().join(Path::new(OsStr::from_bytes(name)));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().write_all(b"We will dredge.").unwrap();
    }
    let files: Vec<SourceFile> =
        walk(&[folder.path().to_owned()]).map(|file| file.unwrap()).collect();
    let mut relatives: Vec<&str> = files.iter().map(|file| &*file.relative).collect();
    relatives.sort_unstable();
    let expected = ["a\0fe.txt", "a\0ff.txt", "a\nb.txt", "a\u{fffd}.txt", "sub\0ff/a.txt"];
    assert_eq!(relatives, expected);
    let mut ids: Vec<_> = files.iter().map(|file| read_file(file).1[0].id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), names.len());
}

#[test]
fn mail_without_end() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(10_000) + "Subject: x\n\nwords";
    let deep_parts: String = (0..10_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    let mut encoded = b"Subject: x\n\nwords".to_vec();
    for _ in 0..60 {
        let mut outer =
            b"Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n"
                .to_vec();
        outer.extend(encoded.iter().flat_map(|&byte| match byte {
            b'=' => b"=3D".to_vec(),
            byte => vec![byte],
        }));
        encoded = outer;
        if encoded.len() > 4_000_000 {
            break;
        }
    }
    let open_parts = "Content-Type: multipart/mixed; boundary=c\n\n--b\n".repeat(50_000);
    let head =
        "From: a@x.org\nContent-Type: multipart/mixed; boundary=b\n\nWords.\n--b\n\nWords.\n";
    let mixed = |part: &str, n: usize| format!("{head}{}", part.repeat(n)).into_bytes();
    for (name, bytes) in [
        ("nested.eml", format!("From: a@x.org\n{nested}").into_bytes()),
        ("deep.eml", format!("From: a@x.org\n{deep_parts}words").into_bytes()),
        ("encoded.eml", encoded),
        ("no-boundary.eml", mixed(&open_parts, 1)),
        ("parts.eml", mixed("--b\n\nx\n", 100_000)),
        ("attachments.eml", mixed("--b\nContent-Type: image/png\n\nx\n", 100_000)),
        ("header.eml", format!("Subject: {}\n\nx", "a ".repeat(1 << 20)).into_bytes()),
        ("words.eml", format!("Subject: {}\n\nx", "=?utf-8?Q?a?= ".repeat(1 << 17)).into_bytes()),
        ("addresses.eml", format!("From: {}\n\nx", "a <a@x.org>, ".repeat(1 << 17)).into_bytes()),
        ("comments.eml", format!("From: {}a@x.org\n\nx", "(".repeat(1 << 20)).into_bytes()),
        ("groups.eml", format!("From: {}\n\nx", "a:".repeat(1 << 19)).into_bytes()),
        ("type.eml", format!("Content-Type: {}\n\nx", "a;".repeat(1 << 19)).into_bytes()),
        ("folded.eml", format!("Subject: x\n{}\nx", " a\n".repeat(1 << 19)).into_bytes()),
        ("lines.eml", format!("{}\n\nx", "A: b\n".repeat(200_000)).into_bytes()),
        ("marks.eml", format!("Subject: x\n\n{}", ">".repeat(2 << 20)).into_bytes()),
        ("quoted.eml", format!("Subject: x\n\n{}", "> x\n\ny\n\n".repeat(100_000)).into_bytes()),
        (
            "replies.eml",
            format!("Subject: x\n\n{}", "On May 2, 2012, Ben Moss wrote:\n\n\n".repeat(50_000))
                .into_bytes(),
        ),
        (
            "headers.eml",
            format!("Subject: x\n\n{}", "From: x\nTo: y\nDate: z\n\n".repeat(50_000)).into_bytes(),
        ),
        ("rules.eml", format!("Subject: x\n\n{}", "-- \n".repeat(200_000)).into_bytes()),
        ("blank.eml", format!("Subject: x\n\nx{}x", "\n".repeat(2 << 20)).into_bytes()),
        (
            "flowed.eml",
            format!(
                "Content-Type: text/plain; format=flowed\nSubject: x\n\n{}",
                "a \n".repeat(300_000)
            )
            .into_bytes(),
        ),
        (
            "many.mbox",
            "From a@x.org Thu May  3 10:00:00 2012\nSubject: x\n\nWords.\n\n"
                .repeat(5_000)
                .into_bytes(),
        ),
        (
            "one.mbox",
            format!("From a@x.org Thu May  3 10:00:00 2012\n{}", ">From x\n\n".repeat(100_000))
                .into_bytes(),
        ),
    ] {
        let start = std::time::Instant::now();
        let (report, documents) = read(name, &bytes);
        let what = (report.status(), report.reason());
        assert!(!documents.is_empty() || !report.reason().is_empty(), "{name}: {what:?}");
        assert!(start.elapsed().as_secs() < 20, "{name} took {:?}: {what:?}", start.elapsed());
    }
}

#[test]
fn subtitles_without_end() {
    let cues: String = (0..200_000)
        .map(|n| {
            format!(
                "{:02}:{:02}:{:02}.000 --> {:02}:{:02}:{:02}.900\nw{n}\n\n",
                n / 3600,
                n / 60 % 60,
                n % 60,
                n / 3600,
                n / 60 % 60,
                n % 60
            )
        })
        .collect();
    for (name, bytes) in [
        ("cues.vtt", format!("WEBVTT\n\n{cues}").into_bytes()),
        (
            "same.vtt",
            format!("WEBVTT\n\n{}", "00:01.000 --> 00:02.000\nx\n\n".repeat(200_000)).into_bytes(),
        ),
        (
            "line.srt",
            format!("1\n00:00:01,000 --> 00:00:02,000\n{}", "<i>".repeat(1 << 20)).into_bytes(),
        ),
        (
            "open.srt",
            format!("1\n00:00:01,000 --> 00:00:02,000\nx{}", "<".repeat(1 << 20)).into_bytes(),
        ),
        (
            "references.srt",
            format!("1\n00:00:01,000 --> 00:00:02,000\nx{}", "&".repeat(1 << 20)).into_bytes(),
        ),
        (
            "changes.srt",
            format!("1\n00:00:01,000 --> 00:00:02,000\n{}", ">> x ".repeat(200_000)).into_bytes(),
        ),
        (
            "lines.srt",
            format!("1\n00:00:01,000 --> 00:00:02,000\n{}", "x\n".repeat(500_000)).into_bytes(),
        ),
        ("arrows.vtt", format!("WEBVTT\n\n{}", "-->\nx\n".repeat(300_000)).into_bytes()),
    ] {
        let start = std::time::Instant::now();
        let (report, documents) = read(name, &bytes);
        assert_eq!(documents.len(), usize::from(name != "line.srt"), "{name}: {}", report.reason());
        assert!(start.elapsed().as_secs() < 20, "{name} took {:?}", start.elapsed());
    }
}
