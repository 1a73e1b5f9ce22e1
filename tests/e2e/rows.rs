//! Rows as files: RFC 4180, spreadsheets, `--output`.

use crate::world::{World, rows_of};
use std::fs;

fn dangerous() -> World {
    let row = "{\"id\": \"a\", \"title\": \"=HYPERLINK(\\\"x\\\")\", \"speaker\": \"@Ada Orr\", \"date\": \"2011-07-14\", \
        \"text\": \"-1, said “she”:\\ncyber attacks, \\\"cybersecurity\\\" and botnets on the Internet.\"}\n";
    World::indexed(&[("corpus/rows.jsonl", row)])
}

#[test]
fn rows_are_rfc_4180() {
    let world = dangerous();
    let ran = world.run(&["search", "--format", "csv", "cybersecurity"]).expect(0);
    assert!(ran.stdout.ends_with("\r\n"));
    assert!(!ran.stdout.starts_with('\u{feff}'));
    let rows = ran.rows();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["title"], "=HYPERLINK(\"x\")");
    assert!(rows[0]["text"].contains("\"cybersecurity\""), "{rows:?}");
}

#[test]
fn a_spreadsheet_gets_no_formulas_and_plain_numbers() {
    let world = dangerous();
    for arguments in [
        &["search", "--for-spreadsheet", "--format", "csv", "cybersecurity"][..],
        &["report", "mentions", "--for-spreadsheet"],
        &["report", "priorities", "--by", "document", "--for-spreadsheet"],
    ] {
        let ran = world.run(arguments).expect(0);
        let csv =
            ran.stdout.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("no BOM: {}", ran.stdout));
        for row in rows_of(csv) {
            for (column, cell) in &row {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{column}: {cell}");
            }
            assert!(row["title"].contains("=HYPERLINK"), "{row:?}");
            for column in ["score", "char_start", "mentions", "per_1000_words", "group_words"] {
                let is_number = row.get(column).is_none_or(|cell| cell.parse::<f64>().is_ok());
                assert!(is_number, "{column}: {row:?}");
            }
        }
    }
}

#[test]
fn a_file_gets_what_the_output_would() {
    let world = dangerous();
    for arguments in [
        &["report", "priorities", "--by", "year"][..],
        &["report", "mentions", "--format", "jsonl"],
        &["search", "--format", "json", "cybersecurity"],
        &["search", "--format", "csv", "cybersecurity"],
    ] {
        let printed = world.run(arguments).expect(0).stdout;
        world.put("out", "older and longer than what comes now ".repeat(1000));
        let ran = world.run(&[arguments, &["--output", "out"]].concat()).expect(0);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        assert_eq!(world.read("out"), printed, "{arguments:?}");
    }
}

#[test]
fn a_failure_leaves_the_file_and_nothing_beside_it() {
    let world = dangerous();
    world.put("results/out.csv", "kept\n");
    for arguments in [
        &["report", "mentions", "--query", "date:2011-02-30"][..],
        &["report", "priorities", "--query", "("],
        &["search", "--format", "csv", "--limit", "0", "secure?"],
        &["--index", "absent", "report", "priorities"],
    ] {
        world.run(&[arguments, &["--output", "results/out.csv"]].concat()).expect(2);
        assert_eq!(world.read("results/out.csv"), "kept\n", "{arguments:?}");
        assert_eq!(fs::read_dir(world.path("results")).unwrap().count(), 1, "{arguments:?}");
    }
    world.run(&["report", "mentions", "--output", "absent/out.csv"]).expect(2);
}

#[cfg(unix)]
#[test]
fn a_file_can_be_read_by_whom_other_files_can() {
    use std::os::unix::fs::PermissionsExt;
    let world = dangerous();
    world.put("plain", "");
    world.run(&["report", "mentions", "--output", "out.csv"]).expect(0);
    let mode = |name: &str| fs::metadata(world.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(format!("{:o}", mode("out.csv")), format!("{:o}", mode("plain")));
}

#[test]
fn a_dash_is_the_output() {
    let world = dangerous();
    let printed = world.run(&["report", "mentions"]).expect(0).stdout;
    assert_eq!(world.run(&["report", "mentions", "--output", "-"]).expect(0).stdout, printed);
    assert!(!world.path("-").exists());
}
