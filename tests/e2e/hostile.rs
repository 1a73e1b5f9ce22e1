//! Files made to break readers, each beside files that are not: all are accounted for, nothing
//! crashes, nothing takes more than its share, and no other file is lost.
//!
//! `ONRECORD_SIZES=full` makes the large ones as large as they come.

use crate::hostile_files::{deflated_zip, gzip, pdf, zip};
use crate::world::{BINARY, World, hits, number, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Resident memory that the program and its readers together stay under, in kilobytes.
const MEMORY_KB: u64 = 1_500_000;

/// What a run did and took.
struct Watched {
    /// How each file that was not read whole ended, and why.
    files: BTreeMap<String, (String, String)>,
    seen: usize,
    peak_kb: u64,
    seconds: f64,
}

/// Multiplies a size for a thorough run.
fn size(usual: usize, full: usize) -> usize {
    if std::env::var("ONRECORD_SIZES").is_ok_and(|sizes| sizes == "full") { full } else { usual }
}

/// Indexes a corpus that holds one good file beside the hostile ones.
fn index_watched(world: &World) -> Watched {
    world.put("corpus/good.txt", "President: Ada Orr\n\nThe harbour master keeps his word.\n");
    let begin = Instant::now();
    let mut command = Command::new(BINARY);
    command.args(["index", "corpus", "--format", "json"]).current_dir(world.path(""));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut peak_kb = 0;
    let status = loop {
        peak_kb = peak_kb.max(resident_kb(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(begin.elapsed() < Duration::from_secs(500), "the run does not end");
        std::thread::sleep(Duration::from_millis(20));
    };
    let (mut stdout, mut stderr) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert!([Some(0), Some(3)].contains(&status.code()), "{status} {stdout} {stderr}");
    assert!(!stderr.contains("panicked") && !stderr.contains("error: the program"), "{stderr}");
    let summary: Value = serde_json::from_str(stdout.lines().last().unwrap()).unwrap();
    let parts = ["indexed", "unchanged", "partial", "skipped", "failed"];
    let sum: usize = parts.iter().map(|part| number(&summary[*part])).sum();
    assert_eq!(number(&summary["seen"]), sum, "{summary}");
    let files = summary["files"].as_array().unwrap().iter().map(|file| {
        let name = text(&file["path"]).trim_start_matches("corpus/").to_owned();
        (name, (text(&file["status"]), text(&file["reason"])))
    });
    let found = world.search("\"harbour master keeps his word\"");
    assert_eq!(hits(&found).len(), 1, "the good file was lost: {summary}");
    world.run(&["verify"]).expect(0);
    Watched {
        files: files.collect(),
        seen: number(&summary["seen"]),
        peak_kb,
        seconds: begin.elapsed().as_secs_f64(),
    }
}

/// Adds up the resident memory of a process and its children.
fn resident_kb(process: u32) -> u64 {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
    let of_children = children.unwrap_or_default();
    let numbers = of_children.split_whitespace().filter_map(|number| number.parse().ok());
    numbers.chain([process]).map(own_resident_kb).sum()
}

fn own_resident_kb(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Indexes hostile files and compares how each ended: `i` read whole, `p` in part, `s` skipped,
/// and what the reason says.
fn check(files: &[(&str, Vec<u8>, &str, &str)]) -> (World, Watched) {
    let world = World::new();
    files.iter().for_each(|(name, bytes, _, _)| world.put(&format!("corpus/{name}"), bytes));
    let watched = index_watched(&world);
    assert_eq!(watched.seen, files.len() + 1);
    for (name, _, allowed, reason) in files {
        let (status, why) = match watched.files.get(*name) {
            Some((status, why)) => (&**status, &**why),
            None => ("indexed", ""),
        };
        assert!(allowed.contains(status.get(..1).unwrap()), "{name} ended {status}: {why}");
        assert!(status == "indexed" || why.contains(reason), "{name} ended {status}: {why}");
    }
    assert!(watched.peak_kb < MEMORY_KB, "{} kB at the most", watched.peak_kb);
    (world, watched)
}

fn repeated(part: &str, n: usize) -> Vec<u8> {
    part.repeat(n).into_bytes()
}

#[test]
fn texts() {
    let words = size(200_000, 1_000_000);
    let line = size(5 << 20, 50 << 20);
    let mixed = [&b"caf\xe9 "[..], "café ".as_bytes(), b"\xff\xfe\x41\x00 end of it\n"].concat();
    check(&[
        ("empty.txt", Vec::new(), "s", "no text"),
        ("mark.txt", b"\xef\xbb\xbf".to_vec(), "s", "no text"),
        ("zeros.txt", vec![0; 100_000], "s", "not a text"),
        ("one-zero.txt", b"A word\0 and more words.\n".to_vec(), "ip", ""),
        ("mixed.txt", mixed, "ip", ""),
        ("invalid.txt", b"It is \xc3\x28 and \xa0\xa1 so, we say.\n".repeat(20), "ip", ""),
        ("one-line.txt", repeated("word and word, ", line / 15), "i", ""),
        ("paragraph.txt", repeated("harbour of the north \n", words / 4), "i", ""),
        ("no-blank.txt", repeated("x", size(2 << 20, 50 << 20)), "i", ""),
        (
            "brackets.txt",
            [repeated("[(", size(200_000, 5_000_000)), b" x".to_vec()].concat(),
            "i",
            "",
        ),
        ("quotes.txt", repeated("“He said \" it ‘ was « so ", 25_000), "i", ""),
        ("zero-width.txt", "se\u{200b}cu\u{200d}ri\u{2060}ty\n".repeat(9000).into(), "i", ""),
        ("bidi.txt", "\u{202e}word\u{202c} \u{2066}more\u{2069} ".repeat(9000).into(), "i", ""),
        ("tags.txt", "a\u{e0041}\u{e0042}\u{e007f} b ".repeat(9000).into(), "i", ""),
        ("stacks.txt", format!("o{} word. ", "\u{301}".repeat(5000)).repeat(9).into(), "i", ""),
        ("cjk.txt", "網路安全是國家安全。".repeat(9000).into(), "i", ""),
        ("rtl.txt", "الأمن السيبراني أولوية. ".repeat(9000).into(), "i", ""),
    ]);
}

#[test]
fn markup() {
    let deep = size(100_000, 1_000_000);
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
    let page = |body: &str| format!("<!doctype html><html><body>{body}</body></html>").into_bytes();
    let hidden = page(
        "<main><p>Words for all to see here.</p><p style='display:none'>unseenword</p>\
         <p hidden>unseenword</p><script>unseenword()</script></main>",
    );
    let title =
        b"<!doctype html><title><script>alert(1)</script>Ports</title><p>Words here, all of them."
            .to_vec();
    let (world, _) = check(&[
        ("deep.html", page(&"<div>".repeat(deep)), "s", "nested"),
        ("attributes.html", page(&format!("<p{attributes}>words</p>")), "s", "attributes"),
        ("hidden.html", hidden, "i", ""),
        ("title.html", title, "i", ""),
        ("open.html", page(&"<table><tr><td>".repeat(size(3000, 100_000))), "isp", ""),
        ("quotes.md", repeated("> ", 50_000), "is", ""),
        ("brackets.md", repeated("[", 100_000), "is", ""),
        (
            "list.md",
            (0..400).map(|n| format!("{}- x\n", "  ".repeat(n))).collect::<String>().into(),
            "is",
            "",
        ),
    ]);
    assert_eq!(number(&world.search("unseenword")["count"]), 0);
}

#[test]
fn xml() {
    let laughs: String = (1..12)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let tei = |doctype: &str, body: &str| {
        let text = "<teiHeader><fileDesc><titleStmt><title>A sitting</title></titleStmt></fileDesc></teiHeader>";
        format!("<?xml version=\"1.0\"?>{doctype}<TEI>{text}<text><body>{body}</body></text></TEI>")
            .into_bytes()
    };
    let bomb = format!("<!DOCTYPE TEI [<!ENTITY l0 \"laugh\">{laughs}]>");
    let quadratic = format!("<!DOCTYPE TEI [<!ENTITY a \"{}\">]>", "laugh ".repeat(50_000));
    let outside = "<!DOCTYPE TEI [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let deep = size(100_000, 1_000_000);
    let (world, _) = check(&[
        ("laughs.xml", tei(&bomb, "<u who='#a'>&l11;</u>"), "s", ""),
        ("quadratic.xml", tei(&quadratic, &format!("<u>{}</u>", "&a;".repeat(10_000))), "sp", ""),
        ("outside.xml", tei(outside, "<u>Words before &x; and after.</u>"), "sp", ""),
        (
            "deep.xml",
            tei("", &format!("{}x{}", "<seg>".repeat(deep), "</seg>".repeat(deep))),
            "s",
            "nested",
        ),
        (
            "benign.xml",
            tei("<!DOCTYPE TEI [<!ENTITY org \"Harbour Board\">]>", "<u>The &org; met today.</u>"),
            "i",
            "",
        ),
        (
            "dangling.xml",
            tei("", "<u who='#nobody'>Somebody spoke of zebrafish here.</u>"),
            "i",
            "",
        ),
        ("cut.xml", b"<TEI><text><body><u who='#a'>The words before the cut".to_vec(), "sp", ""),
        ("empty.xml", b"<?xml version='1.0'?>".to_vec(), "s", ""),
    ]);
    assert_eq!(number(&world.search("\"root:x\"")["count"]), 0, "a file outside was read");
    assert_eq!(number(&world.search("\"Harbour Board met\"")["count"]), 1, "an entity vanished");
    let found = world.search("zebrafish");
    assert!(hits(&found)[0]["speaker"].is_null(), "{found}");
}

#[test]
fn packages() {
    let document = |words: &str| {
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>")
            .into_bytes()
    };
    let types = || {
        (
            "[Content_Types].xml",
            b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_vec(),
        )
    };
    let good = document("The sluice gate opens at noon.");
    let huge = vec![b' '; size(300 << 20, 1 << 30)];
    let slip = ("../../slipped.txt", b"out of here".to_vec());
    let bomb_document = [document("a").as_slice(), &huge].concat();
    let mut lying = deflated_zip(&[types(), ("word/document.xml", bomb_document)]);
    crate::hostile_files::lie_about_sizes(&mut lying, 1000);
    let nested = format!("{}x{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000));
    let mut encrypted = zip(&[types(), ("word/document.xml", good.clone())]);
    crate::hostile_files::mark_encrypted(&mut encrypted);
    let mut overlapping =
        zip(&[types(), ("word/document.xml", good.clone()), ("word/other.xml", good.clone())]);
    crate::hostile_files::overlap(&mut overlapping);
    let cut = zip(&[types(), ("word/document.xml", good.clone())]);
    let cut = cut.get(..cut.len() / 2).unwrap().to_vec();
    let (world, _) = check(&[
        ("good.docx", zip(&[types(), ("word/document.xml", good.clone())]), "i", ""),
        ("lying.docx", lying, "s", ""),
        ("slip.docx", zip(&[types(), slip, ("word/document.xml", good.clone())]), "isp", ""),
        (
            "twice.docx",
            zip(&[
                types(),
                ("word/document.xml", good.clone()),
                ("word/document.xml", document("Another one.")),
            ]),
            "isp",
            "",
        ),
        ("missing.docx", zip(&[types(), ("word/styles.xml", b"<x/>".to_vec())]), "s", ""),
        ("encrypted.docx", encrypted, "s", "encrypted"),
        ("overlapping.docx", overlapping, "isp", ""),
        ("cut.docx", cut, "s", ""),
        ("deep.docx", zip(&[types(), ("word/document.xml", document(&nested))]), "s", "nested"),
        ("no-package.zip", zip(&[("a.txt", b"words".to_vec())]), "s", ""),
        ("bomb.txt.gz", gzip(&vec![b'a'; size(100 << 20, 1 << 30)]), "s", "longer than"),
    ]);
    assert!(number(&world.search("\"sluice gate opens\"")["count"]) >= 1);
    assert!(!world.path("slipped.txt").exists());
}

/// The objects of a PDF of one page; a test breaks one of them.
struct Printed {
    pages: Vec<u8>,
    page: Vec<u8>,
    contents: Vec<u8>,
    font: Vec<u8>,
    /// Objects from number 6 on.
    more: Vec<Vec<u8>>,
}

fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary} /Length {}>>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

fn printed_page(resources: &str) -> Vec<u8> {
    object(&format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<{resources}>>/Contents 4 0 R>>"
    ))
}

impl Printed {
    /// A page that is as it should be.
    fn good() -> Self {
        let words = b"BT /F 12 Tf 72 700 Td (The dredger left the harbour at dawn.) Tj ET";
        Self {
            pages: object("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
            page: printed_page("/Font<</F 5 0 R>>"),
            contents: stream("", words),
            font: object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
            more: Vec::new(),
        }
    }

    fn file(self) -> Vec<u8> {
        let Self { pages, page, contents, font, more } = self;
        let objects = [object("<</Type/Catalog/Pages 2 0 R>>"), pages, page, contents, font];
        pdf(&objects.into_iter().chain(more).collect::<Vec<_>>())
    }
}

/// A form that draws itself twice.
fn form_loop() -> Vec<u8> {
    let of_form = "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 6 0 R>>>>";
    Printed {
        page: printed_page("/XObject<</X 6 0 R>>/Font<</F 5 0 R>>"),
        contents: stream("", b"/X Do"),
        more: vec![stream(of_form, b"/X Do /X Do")],
        ..Printed::good()
    }
    .file()
}

/// A font whose map of letters is broken and endless.
fn broken_map() -> Vec<u8> {
    let map =
        b"begincmap 1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange 9999999 beginbfchar <00 <";
    Printed {
        font: object("<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[7 0 R]>>"),
        more: vec![
            stream("", map),
            object("<</Type/Font/Subtype/CIDFontType2/BaseFont/F>>"),
        ],
        ..Printed::good()
    }
    .file()
}

#[test]
fn printed_pages() {
    let good = Printed::good().file();
    let tree = |pages: &str| Printed { pages: object(pages), ..Printed::good() }.file();
    let drawn = |contents: Vec<u8>| Printed { contents, ..Printed::good() }.file();
    let blanks = vec![b' '; size(200 << 20, 900 << 20)];
    let bomb = stream("/Filter/FlateDecode", &crate::hostile_files::deflated(&blanks));
    let xref = b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF";
    let page = b"<!doctype html><main><p>No printed page at all, this one.</p></main>";
    let (world, watched) = check(&[
        ("cut.pdf", good.get(..good.len() / 2).unwrap().to_vec(), "isp", ""),
        ("good.pdf", good, "i", ""),
        ("page-loop.pdf", tree("<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 9>>"), "isp", ""),
        ("many-pages.pdf", tree("<</Type/Pages/Kids[3 0 R]/Count 100000000>>"), "isp", ""),
        ("bomb.pdf", drawn(bomb), "sp", ""),
        ("length-loop.pdf", drawn(object("<</Length 4 0 R>>\nstream\nBT ET\nendstream")), "s", ""),
        ("form-loop.pdf", form_loop(), "sp", ""),
        ("broken-map.pdf", broken_map(), "isp", ""),
        ("no-text.pdf", drawn(stream("", b"")), "s", ""),
        ("xref-loop.pdf", xref.to_vec(), "s", ""),
        ("junk.pdf", b"%PDF-1.7\n\x00\x01\x02\xff\xfe junk".to_vec(), "s", ""),
        ("page.pdf", page.to_vec(), "i", ""),
    ]);
    assert!(number(&world.search("\"dredger left the harbour\"")["count"]) >= 1);
    assert!(watched.seconds < 120.0, "{} s", watched.seconds);
}

#[test]
fn letters_and_letterings() {
    let groups = size(200_000, 1_000_000);
    let nested_mail = |n: usize| {
        let head = "MIME-Version: 1.0\nFrom: Ada Orr <a@example.org>\nSubject: Ports\nContent-Type: message/rfc822\n\n";
        format!("{}From: b@example.org\nSubject: end\n\nThe last words.\n", head.repeat(n))
            .into_bytes()
    };
    let parts: String = (0..size(10_000, 100_000))
        .map(|n| format!("--b\nContent-Type: text/plain\n\npart {n}\n"))
        .collect();
    let flood = format!(
        "From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"
    );
    let rows = b"{\"_id\":\"a\",\"text\":\"First words.\"}\n{broken\n{\"_id\":\"a\",\"text\":\"Second words.\"}\n{\"_id\":\"b\",\"text\":\"Third words.\"}\n".to_vec();
    let (world, watched) = check(&[
        ("groups.rtf", [&b"{\\rtf1 "[..], &repeated("{", groups), b"words"].concat(), "sp", ""),
        ("closed.rtf", [&b"{\\rtf1 words "[..], &repeated("{a}", groups), b"}"].concat(), "i", ""),
        ("nested.eml", nested_mail(10_000), "isp", ""),
        ("parts.eml", flood.into_bytes(), "isp", ""),
        (
            "header.eml",
            [&b"From: a@example.org\nSubject: "[..], &repeated("x", 2_000_000), b"\n\nThe body.\n"]
                .concat(),
            "isp",
            "",
        ),
        ("bad-lines.jsonl", rows, "p", "line 2"),
        (
            "deep.jsonl",
            [&b"{\"text\":\"Deep words.\",\"x\":"[..], &repeated("[", 100_000), b"\n"].concat(),
            "s",
            "line 1",
        ),
        (
            "ragged.csv",
            b"id,text,date\n1,One row,2011\n2\n3,Three,2011,more,and more\n".to_vec(),
            "p",
            "line",
        ),
        (
            "formula.csv",
            b"id,title,text\n1,=1+1,\"=HYPERLINK(\"\"http://x\"\")\"\n2,@x,-5\n".to_vec(),
            "ip",
            "",
        ),
        (
            "cues.vtt",
            [
                &b"WEBVTT\n\n"[..],
                &repeated("00:01.000 --> 00:02.000\nAnd so it goes.\n\n", size(20_000, 300_000)),
            ]
            .concat(),
            "isp",
            "",
        ),
        ("broken.srt", b"1\n00:00:01,000 --> \nWords\n\nx\n".repeat(50), "isp", ""),
    ]);
    assert_eq!(number(&world.search("\"Third words\"")["count"]), 1, "a line behind a bad one");
    assert!(watched.files["bad-lines.jsonl"].1.contains("line 3"), "{:?}", watched.files);
}

#[cfg(unix)]
#[test]
fn names() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let world = World::new();
    fs::create_dir_all(world.path("corpus")).unwrap();
    let long = [b"n".repeat(251).as_slice(), b".txt"].concat();
    let names: [&[u8]; 8] = [
        b"new\nline.txt",
        b"not\xff\xfeutf8.txt",
        b"-rf.txt",
        &long,
        b"bell\x07.txt",
        "right\u{202e}txt.exe.txt".as_bytes(),
        b"quote\"'`$(x).txt",
        b" .txt",
    ];
    for (n, name) in names.iter().enumerate() {
        let path = world.path("corpus").join(OsStr::from_bytes(name));
        fs::copy(&*write_word(&world, n), path).unwrap();
    }
    let watched = index_watched(&world);
    assert_eq!((watched.seen, watched.files.len()), (names.len() + 1, 0), "{:?}", watched.files);
    for n in 0..names.len() {
        assert_eq!(number(&world.search(&format!("named{n}"))["count"]), 1, "{n}");
    }
    let table = world.run(&["search", "--format", "table", "harbour"]).expect(0);
    assert!(!table.stdout.contains(['\u{7}', '\u{202e}']), "{:?}", table.stdout);
}

#[cfg(unix)]
fn write_word(world: &World, n: usize) -> std::path::PathBuf {
    world.put(&format!("word{n}"), format!("The harbour has a word named{n} in it.\n"));
    world.path(&format!("word{n}"))
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_plain_file() {
    use std::os::unix::fs::symlink;
    let world = World::new();
    world.put("outside/secret.txt", "The outsideword must not be found.\n");
    world.put("corpus/inside/own.txt", "The insideword is found.\n");
    let at = |name: &str| world.path(&format!("corpus/{name}"));
    symlink(world.path("corpus"), at("loop")).unwrap();
    symlink("self", at("self")).unwrap();
    symlink(world.path("outside"), at("out")).unwrap();
    symlink(world.path("outside/secret.txt"), at("out.txt")).unwrap();
    symlink("/nowhere/at/all", at("dangling.txt")).unwrap();
    symlink("/dev/zero", at("device.txt")).unwrap();
    let made = Command::new("mkfifo").arg(at("pipe.txt")).status().unwrap();
    assert!(made.success());
    let sparse = fs::File::create(at("sparse.txt")).unwrap();
    sparse.set_len(6 << 30).unwrap();
    let sparse = fs::File::create(at("sparse.html")).unwrap();
    sparse.set_len(6 << 30).unwrap();
    let watched = index_watched(&world);
    assert!(watched.peak_kb < MEMORY_KB, "{} kB", watched.peak_kb);
    assert_eq!(number(&world.search("insideword")["count"]), 1);
    assert_eq!(number(&world.search("outsideword")["count"]), 0, "read outside the corpus");
    for name in ["sparse.txt", "sparse.html", "pipe.txt"] {
        assert_eq!(watched.files[name].0, "skipped", "{name}: {:?}", watched.files);
    }
}

#[test]
fn files_that_change_while_they_are_read() {
    let world = World::new();
    let line = "{\"text\": \"The tide comes and the tide goes, and the harbour stays.\"}\n";
    let names = ["grows.jsonl", "shrinks.jsonl", "vanishes.jsonl", "replaced.jsonl"];
    names.iter().for_each(|name| world.put(&format!("corpus/{name}"), line.repeat(4000)));
    let paths: Vec<_> = names.iter().map(|name| world.path(&format!("corpus/{name}"))).collect();
    let changes = std::thread::spawn(move || {
        for _ in 0..60 {
            let mut grown = fs::File::options().append(true).open(&paths[0]).unwrap();
            std::io::Write::write_all(&mut grown, line.as_bytes()).unwrap();
            let shrunk = fs::File::options().write(true).open(&paths[1]).unwrap();
            shrunk.set_len(shrunk.metadata().unwrap().len() - 100).unwrap();
            // Gone after the first time.
            let _ = fs::remove_file(&paths[2]);
            let other = paths[3].with_extension("new");
            fs::copy(&paths[0], &other).unwrap();
            fs::rename(&other, &paths[3]).unwrap();
            std::thread::sleep(Duration::from_millis(10));
        }
    });
    index_watched(&world);
    changes.join().unwrap();
    let settled = index_watched(&world);
    let kept = world.dump().len();
    let lines: usize = names
        .iter()
        .filter_map(|name| fs::read_to_string(world.path(&format!("corpus/{name}"))).ok())
        .map(|text| text.lines().filter(|line| line.ends_with('}')).count())
        .sum();
    assert_eq!(kept, lines + 1, "{:?}", settled.files);
}
