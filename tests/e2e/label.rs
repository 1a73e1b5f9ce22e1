//! Labels by a person: drawn, asked for, kept apart, learned from.

use crate::world::World;
use assert_cmd::Command;
use std::collections::BTreeSet;
use std::fs;

/// The ids and how they were drawn, of a table with the columns id, source, drawn.
fn drawn(table: &str) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let column = reader.headers().unwrap().iter().position(|name| name == "drawn").unwrap();
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| (row[0].to_owned(), row[column].to_owned())).collect()
}

#[test]
fn passages_are_drawn_by_chance_and_by_doubt() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    let draw = ["label", "draw", "-n", "20", "--random", "0.4", "--format", "csv"];
    let sheet = world.run(&draw).expect(0);
    let rows = drawn(&sheet.stdout);
    let by_chance = rows.iter().filter(|(_, how)| how == "random").count();
    assert_eq!((rows.len(), by_chance), (20, 8), "{rows:?}");
    assert!(
        sheet.stderr.contains("8 by chance, 12 whose labels are least sure"),
        "{}",
        sheet.stderr
    );

    // The order in which documents were indexed does not show.
    let other = World::with_sample_corpus();
    other.run(&["index", "corpus/press", "--index", "x"]).expect(0);
    other.run(&["index", "corpus", "--threads", "1"]).expect(0);
    assert_eq!(other.run(&draw).expect(0).stdout, sheet.stdout);
    let seeded = world.run(&[&draw[..], &["--seed", "2"]].concat()).expect(0);
    assert_ne!(drawn(&seeded.stdout), rows);

    // What has labels is not drawn again; what doubt drew may be drawn by chance.
    world.put(
        "sheet.csv",
        sheet.stdout.replace(",\"\"\r\n", ",none\r\n").replace(",\r\n", ",none\r\n"),
    );
    world.run(&["label", "add", "sheet.csv", "--to", "labels.csv"]).expect(0);
    let known = world.run(&[&draw[..], &["--known", "labels.csv"]].concat()).expect(0);
    let again: BTreeSet<_> = drawn(&known.stdout).into_iter().collect();
    assert!(rows.iter().all(|row| !again.contains(row)), "{again:?}");
}

#[test]
fn labels_outlive_the_index_and_are_learned_from() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    let all = ["label", "draw", "-n", "500", "--random", "1", "--format", "csv"];
    let sheet = world.run(&all).expect(0).stdout;
    let labels = world.run(&["report", "labels", "--format", "csv"]).expect(0).stdout;
    // The person of this test agrees with the machine.
    let mut given = std::collections::BTreeMap::<String, Vec<String>>::new();
    for row in csv::Reader::from_reader(labels.as_bytes()).records().map(Result::unwrap) {
        given.entry(format!("{}:{}", &row[0], &row[5])).or_default().push(row[6].to_owned());
    }
    let mut filled = csv::Writer::from_writer(Vec::new());
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    filled.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records().map(Result::unwrap) {
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        let labels = given.get(&row[0]).map_or("None".to_owned(), |ids| ids.join("; "));
        *cells.last_mut().unwrap() = labels;
        filled.write_record(&cells).unwrap();
    }
    world.put("sheet.csv", filled.into_inner().unwrap());
    let added = world.run(&["label", "add", "sheet.csv", "--to", "labels.csv"]).expect(0);
    assert!(added.stderr.contains("texts in `labels.csv`: "), "{}", added.stderr);

    fs::remove_dir_all(world.path("index")).unwrap();
    let evaluate = ["evaluate", "labels.csv", "--drawn", "random", "--format", "csv"];
    let figures = world.run(&evaluate).expect(0).stdout;
    assert!(figures.lines().any(|line| line.starts_with("\"(all, micro)\",")), "{figures}");
    world.run(&["train", "labels.csv", "--output", "mine.weights"]).expect(0);
    world.run(&["index", "corpus", "--weights", "mine.weights"]).expect(0);
}

#[test]
fn a_sheet_is_taken_over_with_care() {
    let world = World::new();
    world.put(
        "sheet.csv",
        "id;source;drawn;text;labels\na:1;a;random;Free speech online.;Freedom\n\
         a:2;a;random;Rain.;none\na:3;a;uncertain;Snow.;\n",
    );
    let ran = world.run(&["label", "add", "sheet.csv", "--to", "labels.csv"]).expect(0);
    assert!(ran.stderr.contains("without `none`: 1"), "{}", ran.stderr);
    let kept = "id,source,text,labels,drawn\r\na:1,a,Free speech online.,freedom,random\r\na:2,a,Rain.,,random\r\n";
    assert_eq!(world.read("labels.csv"), kept);
    world.put("more.csv", "id,text,labels\na:2,Rain.,economy; military\n");
    world.run(&["label", "add", "more.csv", "--to", "labels.csv"]).expect(0);
    assert!(world.read("labels.csv").contains("a:2,,Rain.,economy;military,\r\n"));
    for (sheet, message) in [
        ("id,text,labels\nx,Rain.,weather\n", "more.csv: row 1"),
        ("id,text\nx,Rain.\n", "no column `labels`"),
        ("id,labels\nx,none\n", "no column `text`"),
        ("text,labels\nRain.,none\n", "no column `id`"),
        ("id,text,labels\nx,Rain.,none\nx,Snow.,none\n", "row 2: the id `x` stands in row 1 too"),
        ("id,text,labels\na:1,Rain.,none\n", "row 1: the id `a:1` is that of another text"),
        ("id,text,labels,drawn\nx,Rain.,none,lots\n", "drawn `lots` is neither"),
    ] {
        world.put("more.csv", sheet);
        let before = world.read("labels.csv");
        let refused = world.run(&["label", "add", "more.csv", "--to", "labels.csv"]).expect(2);
        assert!(refused.stderr.contains(message), "{}", refused.stderr);
        assert_eq!(world.read("labels.csv"), before);
    }
    // A table of someone else is not written over.
    for (table, message) in [
        ("id,text,labels,coder\nx,Rain.,,Ada\n", "has a column `coder`, which would be lost"),
        ("{\"id\": \"x\", \"text\": \"Rain.\", \"labels\": \"\"}\n", "is JSON Lines"),
    ] {
        world.put("theirs", table);
        let refused = world.run(&["label", "add", "sheet.csv", "--to", "theirs"]).expect(2);
        assert!(refused.stderr.contains(message), "{}", refused.stderr);
        assert_eq!(world.read("theirs"), table);
    }
    let same = world.run(&["label", "add", "labels.csv", "--to", "labels.csv"]).expect(2);
    assert!(same.stderr.contains("would be written over"), "{}", same.stderr);
}

#[test]
fn answers_are_kept_one_by_one() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    let ask = |input: &str| {
        let mut command = Command::new(crate::world::BINARY);
        command.args(["label", "ask", "-n", "4", "--random", "0.5", "--to", "labels.csv"]);
        command.current_dir(world.path("")).write_stdin(input).output().unwrap()
    };
    let first = ask("what\n?\n7 1\n0\n");
    let shown = String::from_utf8_lossy(&first.stdout);
    assert!(
        shown.contains("1/4") && shown.contains("`what` is no answer: write numbers such as"),
        "{shown}"
    );
    assert_eq!(first.status.code(), Some(0));
    let labels: Vec<String> = csv::Reader::from_reader(world.read("labels.csv").as_bytes())
        .records()
        .map(|row| row.unwrap()[3].to_owned())
        .collect();
    assert_eq!(labels, ["economy;freedom", ""]);
    ask("s\nq\n");
    let numbers = "name = 'n'\nversion = '1'\n[[priority]]\nid = '2'\nlabel = 'Two'\nterms = []\n\
                   [[priority]]\nid = '1'\nlabel = 'One'\nterms = []\n";
    world.put("numbers.toml", numbers);
    let mut command = Command::new(crate::world::BINARY);
    command.args(["label", "ask", "-n", "1", "--to", "n.csv", "--taxonomy", "numbers.toml"]);
    command.current_dir(world.path("")).write_stdin("0\n1\n").output().unwrap();
    let kept = world.read("n.csv");
    assert_eq!(
        csv::Reader::from_reader(kept.as_bytes()).records().next().unwrap().unwrap()[3],
        *"1"
    );
    assert_eq!(world.read("labels.csv").matches("\r\n").count(), 3, "nothing was answered");
}
