//! `report`: files in every format, the manifests beside them, reports made again, and sets.

use crate::world::World;
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// Texts that have broken spreadsheets and readers of tables, each a paragraph with a mention.
const HARD: [&str; 14] = [
    "=HYPERLINK(\"http://example.org\",\"cybercrime\")",
    "+1 cybercrime",
    "-5 cybercrime",
    "@SUM(A1) cybercrime",
    "\tcybercrime after a tab",
    "＝1+1 cybercrime",
    "－1 cybercrime",
    "She said \"cybercrime\", and 'that', too",
    "one, two; cybercrime | three",
    "cybercrime 👩‍👩‍👧‍👦 and 👋🏽",
    "שלום cybercrime עולם",
    "_x0041_ cybercrime _x000D_",
    "</table><script>alert('cybercrime')</script>",
    "cybercrime\u{a0}and\u{2028}separators",
];

fn hard() -> World {
    let world = World::new();
    let long = format!("cybercrime {}", "lang ".repeat(8_000));
    let texts = HARD.iter().copied().chain([long.as_str(), "cyber\0crime and cybercrime\u{7}"]);
    let speakers = ["=Ada Orr", "דָּנָה לֵוִי", "Vale, \"Ben\"", "-5"];
    let mut lines = String::new();
    for (number, text) in texts.enumerate() {
        let speech = serde_json::json!({
            "id": format!("h{number}"), "text": text, "date": if number % 2 == 0 { "2011-07-14" } else { "2011-07" },
            "speaker": speakers[number % 4], "title": format!("{}\n{number}", ["=1+1", "@x", "a,\"b\""][number % 3]),
        });
        lines.push_str(&format!("{speech}\n"));
    }
    world.put("corpus/hard.jsonl", lines);
    world.run(&["index", "corpus"]).expect(0);
    world
}

/// Reads a sheet as rows of texts; numbers and days as JSON has them.
fn sheet(world: &World, file: &str) -> Vec<BTreeMap<String, String>> {
    let mut book: Xlsx<_> = open_workbook(world.path(file)).unwrap();
    assert_eq!(book.sheet_names().last().map(String::as_str), Some("method"));
    let range = book.worksheet_range("rows").unwrap();
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => format!("{number}"),
        Data::DateTime(day) => civil(day.as_f64()),
        Data::Int(_)
        | Data::Bool(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_)
        | Data::Error(_) => panic!("{cell:?}"),
    };
    let mut rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<_>>());
    let header = rows.next().unwrap();
    rows.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// Writes the date of a day as a spreadsheet counts it, from 1899-12-30.
fn civil(day: f64) -> String {
    let mut left = day as u32 - 2;
    let is_leap = |year: u32| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    for year in 1900.. {
        let february = if is_leap(year) { 29 } else { 28 };
        let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (month, length) in (1..).zip(months) {
            if left < length {
                return format!("{year}-{month:02}-{:02}", left + 1);
            }
            left -= length;
        }
    }
    unreachable!("there is no last year")
}

/// What a cell of a spreadsheet holds of a text: no NULs, and so many units at most.
fn cut(text: &str) -> String {
    let text = text.replace('\0', "");
    if text.encode_utf16().count() <= 32_767 {
        return text;
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= 32_767 - 6
    });
    kept.chain("…[cut]".chars()).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => format!("{}", number.as_f64().unwrap()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => panic!("{value}"),
    }
}

#[test]
fn every_format_has_the_same_rows() {
    let world = hard();
    for (kind, options) in [
        ("mentions", &[][..]),
        ("labels", &[]),
        ("priorities", &["--by", "speaker"]),
        ("corpus", &["--explode"]),
    ] {
        for format in ["jsonl", "csv", "tsv", "xlsx", "json", "html", "md"] {
            let file = format!("{kind}.{format}");
            world.run(&[&["report", kind, "--output", &file], options].concat()).expect(0);
        }
        let lines: Vec<Value> = world
            .read(&format!("{kind}.jsonl"))
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let array: Vec<Value> = serde_json::from_str(&world.read(&format!("{kind}.json"))).unwrap();
        assert_eq!(lines, array);
        assert!(!lines.is_empty());
        let csv = |file: &str, delimiter: u8| {
            let mut reader =
                csv::ReaderBuilder::new().delimiter(delimiter).from_path(world.path(file)).unwrap();
            reader.deserialize().map(Result::unwrap).collect::<Vec<BTreeMap<String, String>>>()
        };
        let rows = csv(&format!("{kind}.csv"), b',');
        assert_eq!(rows, csv(&format!("{kind}.tsv"), b'\t'));
        let cells = sheet(&world, &format!("{kind}.xlsx"));
        assert_eq!((rows.len(), cells.len()), (lines.len(), lines.len()), "{kind}");
        for ((line, row), cell) in lines.iter().zip(&rows).zip(&cells) {
            let fields = line.as_object().unwrap();
            assert_eq!(fields.len(), row.len());
            for (name, value) in fields {
                let is_number = value.is_number();
                let found = if is_number {
                    format!("{}", row[name].parse::<f64>().unwrap())
                } else {
                    row[name].clone()
                };
                assert_eq!(found, plain(value), "{kind} {name}");
                assert_eq!(cell[name], cut(&plain(value)), "{kind} {name}");
            }
        }
        let page = world.read(&format!("{kind}.html"));
        assert!(!page.contains("<script") && !page.contains("<a "), "{kind}");
        assert_eq!(page.matches("<tr>").count(), lines.len() + 1, "{kind}");
    }
}

#[test]
fn guarded_files_hold_no_formula_and_numbers_stay_numbers() {
    let world = hard();
    world.run(&["report", "mentions", "--for-spreadsheet", "--output", "g.csv"]).expect(0);
    let text = world.read("g.csv");
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    for row in reader.records().map(Result::unwrap) {
        for cell in &row {
            let start = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            assert!(!start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{cell:?}");
            assert!(cell.encode_utf16().count() <= 32_767);
        }
    }
    world
        .run(&["report", "compare", "speaker:orr", "--for-spreadsheet", "--output", "c.csv"])
        .expect(0);
    let rows = crate::world::rows_of(world.read("c.csv").trim_start_matches('\u{feff}'));
    let negative = rows.iter().filter(|row| row["difference"].starts_with('-')).count();
    assert!(negative + rows.iter().filter(|row| row["log_ratio"].starts_with('-')).count() > 0);
}

#[test]
fn manifests_tell_of_their_files_and_reports_come_out_the_same() {
    let world = World::with_sample_corpus();
    for threads in ["1", "2"] {
        world.run(&["--index", threads, "index", "corpus", "--threads", threads]).expect(0);
    }
    let reports: [&[&str]; 9] = [
        &["priorities", "--by", "speaker,year", "--fold-duplicates", "--output", "p.csv"],
        &["priorities", "--by", "year", "--cross", "mentions", "--output", "x.xlsx"],
        &["priorities", "--explode", "--columns", "speaker,term", "--output", "e.tsv"],
        &["mentions", "--query", "date:2011", "--for-spreadsheet", "--output", "m.csv"],
        &["labels", "--output", "l.jsonl"],
        &["quotes", "--output", "q.html"],
        &["coverage", "--by", "year", "--output", "c.md"],
        &["compare", "speaker:valtari", "--output", "v.xlsx"],
        &["overview", "--output", "o.html"],
    ];
    for report in reports {
        let file = report[report.len() - 1];
        let made = |index: &str| {
            world.run(&[&["--index", index, "report"], report].concat()).expect(0);
            fs::read(world.path(file)).unwrap()
        };
        let bytes = [made("1"), made("2"), made("1")];
        assert!(bytes[0] == bytes[1] && bytes[0] == bytes[2], "{report:?}");
        let manifest = format!("{file}.manifest.json");
        let told: Value = serde_json::from_str(&world.read(&manifest)).unwrap();
        assert_eq!(told["file"]["bytes"], bytes[0].len());
        assert_eq!(told["tool"], env!("CARGO_PKG_VERSION"));
        assert!(
            told["command"]
                .as_str()
                .unwrap()
                .starts_with(&format!("onrecord report {}", report[0]))
        );
        let ran = world.run(&["--index", "2", "report", "rerun", &manifest]).expect(0);
        assert!(ran.stdout.starts_with(&format!("same: {file}")), "{}", ran.stdout);
        fs::remove_file(world.path(file)).unwrap();
        world.run(&["--index", "1", "report", "rerun", &manifest]).expect(0);
        assert!(fs::read(world.path(file)).unwrap() == bytes[0], "{report:?}");
        world.run(&["--index", "1", "report", "rerun", &manifest, "--output", "again"]).expect(0);
        assert!(fs::read(world.path("again")).unwrap() == bytes[0], "{report:?}");
    }
}

#[test]
fn what_changed_is_named() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    world.run(&["report", "priorities", "--by", "year", "--output", "p.csv"]).expect(0);
    let rerun =
        |code: i32| world.run(&["report", "rerun", "p.csv.manifest.json"]).expect(code).stdout;
    // Nothing that matters: another index of the same files.
    world.run(&["--index", "other", "index", "corpus"]).expect(0);
    let same = world.run(&["--index", "other", "report", "rerun", "p.csv.manifest.json"]).expect(0);
    assert!(!same.stdout.contains("changed"), "{}", same.stdout);
    // A file that is new, one that says more, and one that is gone.
    world.put("corpus/new.txt", "President: Ada Orr\nJuly 14, 2011\n\nCybercrime is crime.\n");
    let speech = "corpus/speeches/2011-11-01-fourteen-chairs.md";
    world.put(speech, world.read(speech) + "\nCybercrime, and more cybercrime.\n");
    fs::remove_file(world.path("corpus/press/2010-08-17-delta-flood-relief.txt")).unwrap();
    world.run(&["index", "corpus"]).expect(0);
    let told = rerun(1);
    for expected in [
        "different: p.csv",
        "changed: corpus/new.txt: it is new",
        "changed: corpus/speeches/2011-11-01-fourteen-chairs.md: its contents changed",
        "changed: corpus/press/2010-08-17-delta-flood-relief.txt: it is gone",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    assert_eq!(told.matches("changed: ").count(), 3, "{told}");
    // Another taxonomy, other weights.
    world.run(&["report", "priorities", "--by", "year", "--output", "p.csv"]).expect(0);
    world.run(&["relabel", "--rules-only"]).expect(0);
    let told = rerun(1);
    assert!(told.contains("changed: weights: ") && !told.contains("changed: taxonomy"), "{told}");
    let taxonomy = world.run(&["taxonomy", "export", "--format", "toml"]).expect(0).stdout;
    world.put("own.toml", taxonomy.replacen("Promote innovative, open markets", "Open markets", 1));
    world.run(&["relabel", "--taxonomy", "own.toml"]).expect(0);
    assert!(rerun(1).contains("changed: taxonomy: "));
    // Another version of the program.
    world.run(&["report", "priorities", "--by", "year", "--output", "p.csv"]).expect(0);
    let manifest = world.read("p.csv.manifest.json");
    let version = format!("\"tool\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(manifest.contains(&version));
    world.put("p.csv.manifest.json", manifest.replace(&version, "\"tool\": \"0.0.9\""));
    let told = rerun(0);
    assert!(told.contains("changed: program: it was onrecord 0.0.9"), "{told}");
    // The file itself.
    world.put("p.csv", "year\n");
    let told = rerun(1);
    assert!(told.contains("is not what was written"), "{told}");
    assert_eq!(world.read("p.csv"), "year\n");
}

#[test]
fn rerun_reads_only_what_it_needs_to_compare() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    world.run(&["report", "mentions", "--output", "made/m.csv"]).expect(2);
    fs::create_dir(world.path("made")).unwrap();
    world.run(&["report", "mentions", "--output", "made/m.csv"]).expect(0);
    let manifest = "made/m.csv.manifest.json";
    let told = world.read(manifest);
    // A manifest keeps what it says, also where its file is put there again.
    fs::remove_file(world.path("made/m.csv")).unwrap();
    world.put(manifest, told.replace("\"tool\": \"", "\"tool\": \"0.0.1-"));
    let before = world.read(manifest);
    let ran = world.run(&["report", "rerun", manifest]).expect(0);
    assert!(ran.stdout.contains("is there again"), "{}", ran.stdout);
    assert_eq!(world.read(manifest), before);
    // It cannot lead elsewhere.
    for name in ["../m.csv", "/tmp/m.csv", "x/m.csv"] {
        world.put(manifest, told.replace("\"name\": \"m.csv\"", &format!("\"name\": \"{name}\"")));
        let ran = world.run(&["report", "rerun", manifest]).expect(2);
        assert!(ran.stderr.contains("no name of a file beside it"), "{}", ran.stderr);
    }
    world.put(manifest, &told);
    let ran = world.run(&["report", "rerun", manifest, "--output", manifest]).expect(2);
    assert!(ran.stderr.contains("written over"), "{}", ran.stderr);
    assert_eq!(world.read(manifest), told);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let allow =
            |mode| fs::set_permissions(world.path("made"), fs::Permissions::from_mode(mode));
        allow(0o555).unwrap();
        world.run(&["report", "rerun", manifest]).expect(0);
        allow(0o755).unwrap();
    }
}

#[test]
fn damage_is_never_counted() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    world.put("drafts/a.txt", "Valtari said: \"an open Internet\"\n");
    let store = fs::read_dir(world.path("index")).unwrap().map(|entry| entry.unwrap().path());
    let store = store.filter(|path| path.extension().is_some_and(|e| e == "pos"));
    let store = store.min().unwrap();
    let mut bytes = fs::read(&store).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let name = store.strip_prefix(world.path("")).unwrap().to_str().unwrap().to_owned();
    world.put(&name, bytes);
    for kind in [
        &["priorities"][..],
        &["mentions"],
        &["labels"],
        &["quotes"],
        &["coverage"],
        &["compare", "a"],
        &["corpus"],
        &["check", "drafts"],
        &["overview"],
    ] {
        let ran = world.run(&[&["report"], kind, &["--output", "out.html"]].concat()).expect(2);
        assert!(ran.stderr.contains("damaged"), "{kind:?}: {}", ran.stderr);
        assert!(!world.path("out.html").exists(), "{kind:?}");
    }
}

#[test]
fn drafts_are_inputs_too() {
    let world = World::indexed(&[(
        "corpus/one.txt",
        "President: Ada Orr\n\nWe will dredge the harbour soon.\n",
    )]);
    world.put("drafts/a.txt", "Orr said: \"We will dredge the harbour soon.\"\n");
    world.run(&["report", "check", "drafts", "--output", "d.csv"]).expect(0);
    world.run(&["report", "rerun", "d.csv.manifest.json"]).expect(0);
    world.put("drafts/a.txt", "Orr said: \"We will not dredge the harbour soon.\"\n");
    let told = world.run(&["report", "rerun", "d.csv.manifest.json"]).expect(1).stdout;
    assert!(told.contains("a.txt: its contents changed"), "{told}");
}

#[test]
fn a_file_that_is_no_manifest_is_told() {
    let world = World::indexed(&[("corpus/one.txt", "Some words.\n")]);
    world.put("no.json", "{}");
    world.put("old.json", "{\"manifest\": 9}");
    for (file, expected) in [
        ("no.json", "no manifest of a report"),
        ("old.json", "version 9"),
        ("gone.json", "cannot read `gone.json`"),
    ] {
        let ran = world.run(&["report", "rerun", file]).expect(2);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    }
}

#[test]
fn a_set_of_reports_is_made_whatever_one_of_them_does() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    world.put(
        "onrecord.toml",
        "index = \"index\"\n\
         [[report]]\nname = \"years\"\nkind = \"priorities\"\nby = [\"none\"]\nparts = [\"A=date:2010\", \"B=date:[2011 TO 2012]\"]\nfilter = \"date:[2010 TO 2012]\"\npath = \"made/years.xlsx\"\n\
         [[report]]\nname = \"wrong\"\nkind = \"mentions\"\nfilter = \"speeker:x\"\n\
         [[report]]\nname = \"silence\"\nkind = \"coverage\"\nby = \"speaker\"\ncolumns = [\"speaker\", \"priority_id\"]\nformat = \"md\"\n\
         [[report]]\nname = \"page\"\nkind = \"overview\"\n",
    );
    let ran = world.run(&["report", "all"]).expect(2);
    assert!(
        ran.stderr.contains("report `wrong`") && ran.stderr.contains("speeker"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.stdout.lines().count(), 3, "{}", ran.stdout);
    assert_eq!(sheet(&world, "made/years.xlsx").len(), 14);
    assert!(world.read("silence.md").starts_with("| speaker | priority\\_id |\n"));
    assert!(world.read("page.html").contains("</html>"));
    for file in ["made/years.xlsx", "silence.md", "page.html"] {
        world.run(&["report", "rerun", &format!("{file}.manifest.json")]).expect(0);
    }
    world.run(&["report", "all", "years", "page"]).expect(0);
    let ran = world.run(&["report", "all", "yeers"]).expect(2);
    assert!(ran.stderr.contains("it has: years, wrong, silence, page"), "{}", ran.stderr);
}

#[test]
fn what_a_set_says_wrongly_is_told_before_anything_is_made() {
    let world = World::indexed(&[("corpus/one.txt", "Some words.\n")]);
    for (entry, expected) in [
        ("kind = \"priorities\"", "name"),
        ("name = \"a\"\nkind = \"prioritys\"", "prioritys"),
        ("name = \"a\"\nkind = \"mentions\"\nby = [\"year\"]", "by"),
        ("name = \"a\"\nkind = \"mentions\"\nformat = \"doc\"", "doc"),
        ("name = \"a\"\nkind = \"coverage\"\nby = 2011", "`by` is a list of groupings"),
        ("name = \"a\"\nkind = \"overview\"\nformat = \"csv\"", "an overview is a page"),
        (
            "name = \"a\"\nkind = \"labels\"\n[[report]]\nname = \"b\"\nkind = \"mentions\"\npath = \"x/.././a.csv\"",
            "written over",
        ),
        ("name = \"a\"\nkind = \"labels\"\npath = \"onrecord.toml\"", "written over"),
        ("name = \"a/b\"\nkind = \"labels\"", "no name of a report"),
        (
            "name = \"a\"\nkind = \"priorities\"\ncross = \"mentions\"\nexplode = true",
            "cannot be exploded",
        ),
        (
            "name = \"a\"\nkind = \"labels\"\n[[report]]\nname = \"a\"\nkind = \"mentions\"",
            "one name",
        ),
    ] {
        world.put("onrecord.toml", format!("[[report]]\n{entry}\n"));
        let ran = world.run(&["report", "all"]).expect(2);
        assert!(ran.stderr.contains(expected), "{entry}: {}", ran.stderr);
    }
    world.put("onrecord.toml", "index = \"index\"\n");
    assert!(world.run(&["report", "all"]).expect(2).stderr.contains("[[report]]"));
}

/// The part of the manual that says what columns mean comes from the program;
/// `ONRECORD_BLESS=1` writes it anew.
#[test]
fn the_manual_has_the_columns_of_the_program() {
    let manual = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reports.md");
    let columns = World::new().run(&["report", "columns", "--format", "csv"]).expect(0).rows();
    let text = fs::read_to_string(&manual).unwrap();
    let mut expected = String::new();
    let mut rest = text.as_str();
    let mut n_blocks = 0;
    while let Some((before, block)) = rest.split_once("<!-- columns: ") {
        let (name, block) = block.split_once(" -->").unwrap();
        let (_, behind) = block.split_once("<!-- end -->").unwrap();
        let own: Vec<_> = columns.iter().filter(|row| row["report"] == name).collect();
        let rows = own.first().map(|row| row["rows"].as_str()).unwrap_or_default();
        expected.push_str(&format!("{before}<!-- columns: {name} -->\n{rows}.\n\n| column | unit | what it is |\n| --- | --- | --- |\n"));
        assert!(!own.is_empty(), "{name}");
        for row in own {
            let meaning = row["meaning"].replace('|', "\\|");
            expected.push_str(&format!("| `{}` | {} | {meaning} |\n", row["column"], row["unit"]));
        }
        expected.push_str("<!-- end -->");
        rest = behind;
        n_blocks += 1;
    }
    expected.push_str(rest);
    let named: std::collections::BTreeSet<&String> =
        columns.iter().map(|row| &row["report"]).collect();
    assert_eq!(n_blocks, named.len());
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        std::io::Write::write_all(&mut fs::File::create(manual).unwrap(), expected.as_bytes())
            .unwrap();
    } else {
        assert!(text == expected, "docs/reports.md is not what `onrecord report columns` says");
    }
}
