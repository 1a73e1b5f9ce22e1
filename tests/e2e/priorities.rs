//! Labelling, learning from and measuring texts that are in no index.

use crate::world::World;
use std::fmt::Write;

/// Two priorities, one of them known to the rules by half of its words only.
const HARBOUR: &str = "name = 'Harbour'\nversion = '1'\n\
    [[priority]]\nid = 'quays'\nlabel = 'Quays'\ndefinition = 'Building quays.'\n\
    [[priority.terms]]\nphrases = ['quay', 'crane']\n\
    [[priority]]\nid = 'fish'\nlabel = 'Fish'\ndefinition = 'Fishing.'\n\
    [[priority.terms]]\nphrases = ['fishing']\n";

/// Texts of three kinds, four to a source; fish are spoken of with a word and without.
fn labelled() -> String {
    let mut csv = "id,source,text,labels\n".to_owned();
    for number in 0..120 {
        let (text, labels) = match number % 4 {
            0 => ("We will build a quay of stone", "quays"),
            1 => ("We will let the fishing boats go out", "fish"),
            2 => ("The herring nets are torn and the trawlers lie still", "fish"),
            _ => ("The town hall has a new roof", ""),
        };
        writeln!(csv, "{number},s{},\"{text}, said speaker {number}.\",{labels}", number / 4)
            .unwrap();
    }
    csv
}

#[test]
fn a_mark_that_is_not_closed_is_said() {
    let world = World::new();
    for (table, row) in [
        (
            "id,text\na,Rain.\nb,\"The sea.\nc,Snow.\nd,Hail.\n",
            Some("row 2: a quotation mark is not closed, and 4 lines"),
        ),
        (
            "id,text\na,\"Rain.\nb,x\nc,\"Snow\"\nd,Hail.\n",
            Some("row 1: a quotation mark is not closed, and 3 lines"),
        ),
        ("id,text\na,\"Rain,\nand snow.\"\nb,Hail.\n", None),
        ("id,text\na,A 5\" pipe.\nb,Hail.\n", None),
        ("id,text\na,\"Rain \"\"and\"\" snow.\"\n", None),
    ] {
        world.put("t.csv", table);
        let ran = world.run(&["classify", "t.csv", "--format", "csv"]);
        let ran = ran.expect(if row.is_some() { 3 } else { 0 });
        let is_said = row.is_none_or(|row| ran.stderr.contains(row));
        assert!(is_said && (row.is_some() || ran.stderr.is_empty()), "{table}\n{}", ran.stderr);
    }
}

#[test]
fn each_row_of_a_table_is_labelled() {
    let world = World::new();
    world.put(
        "texts.csv",
        "\u{feff}nr;words;note\r\n1;We must close the digital divide.;\"a;b\"\r\n2;Trees grow.;\r\n\
         3;\"Hackers attack our networks,\nand cyber security fails.\";c\r\n4\r\n",
    );
    let names = ["--text-column", "words", "--id-column", "nr"];
    let classify = |more: &[&str]| {
        let arguments = [&["classify", "texts.csv"], names.as_slice(), more].concat();
        world.run(&arguments).expect(3)
    };
    let plain = classify(&["--format", "csv"]);
    assert_eq!(plain.stdout, "id,labels\r\n1,development\r\n2,\r\n3,network-security\r\n4,\r\n");
    assert!(plain.stderr.contains("texts.csv: row 4: there is no text"), "{}", plain.stderr);
    let appended = classify(&["--append"]).rows();
    assert_eq!(
        (appended[0]["note"].as_str(), appended[0]["labels"].as_str()),
        ("a;b", "development")
    );
    assert_eq!(appended.len(), 4);
    let long = classify(&["--long", "--rules-only"]).rows();
    assert_eq!(long[0]["evidence"], "digital divide [18-32] digital divide +1.40");
    assert_eq!((long[0]["method"].as_str(), long[0]["mentions"].as_str()), ("rules", "1"));
    let ran = world.run(&["classify", "texts.csv"]).expect(2);
    assert!(ran.stderr.contains("no column `text`; there are: nr, words, note"), "{}", ran.stderr);
}

#[test]
fn json_lines_are_labelled_and_nothing_is_lost() {
    let world = World::new();
    world.put(
        "texts.jsonl",
        "{\"id\":\"a\",\"text\":\"Close the digital divide!\"}\nnot JSON\n\n{\"id\":7,\"text\":null}\n",
    );
    let ran = world.run(&["classify", "texts.jsonl", "--format", "csv"]).expect(3);
    assert_eq!(ran.stdout, "id,labels\r\na,development\r\n2,\r\n7,\r\n");
    assert!(ran.stderr.contains("texts.jsonl:2: the line is not JSON"), "{}", ran.stderr);
    assert!(ran.stderr.contains("texts.jsonl:4: the field `text` is no text"), "{}", ran.stderr);
    world.run(&["classify", "texts.jsonl", "--append"]).expect(2);
    world.put("none.csv", "id,text\n1,Trees grow.\n");
    let ran = world.run(&["classify", "none.csv", "--format", "csv"]).expect(0);
    assert_eq!(ran.stdout, "id,labels\r\n1,\r\n");
}

#[test]
fn weights_find_what_the_rules_have_no_word_for() {
    let world = World::new();
    world.put("harbour.toml", HARBOUR);
    world.put("labels.csv", labelled());
    let train = ["train", "labels.csv", "--taxonomy", "harbour.toml", "--output", "w.weights"];
    let ran = world.run(&[&train[..], &["--held-out", "held.csv"]].concat()).expect(0);
    assert!(ran.stdout.contains("the weights beat the rules"), "{}", ran.stdout);
    let first = world.read("w.weights");
    world.run(&train).expect(0);
    assert_eq!(world.read("w.weights"), first, "the same labels give the same weights");
    assert_eq!(world.read("held.csv").lines().count(), 121);

    world.put(
        "new.csv",
        "id,text\n1,Herring is scarce and the nets lie idle.\n2,A crane stands there.\n",
    );
    let classify = |more: &[&str]| {
        let all = ["classify", "new.csv", "--format", "csv", "--taxonomy", "harbour.toml"];
        world.run(&[&all[..], more].concat()).expect(0).stdout
    };
    assert_eq!(classify(&[]), "id,labels\r\n1,\r\n2,quays\r\n");
    assert_eq!(classify(&["--weights", "w.weights"]).lines().nth(1), Some("1,fish"));

    let other = HARBOUR.replace("'crane'", "'derrick'");
    world.put("harbour.toml", other);
    let all = ["classify", "new.csv", "--taxonomy", "harbour.toml", "--weights", "w.weights"];
    let ran = world.run(&all).expect(2);
    assert!(ran.stderr.contains("learned for another taxonomy"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_learned_from_is_refused() {
    let world = World::new();
    world.put("harbour.toml", HARBOUR);
    let train = |csv: &str, expected: &str| {
        world.put("labels.csv", csv);
        let train = ["train", "labels.csv", "--taxonomy", "harbour.toml", "--output", "w.weights"];
        let ran = world.run(&train).expect(2);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
        assert!(!world.path("w.weights").exists());
    };
    train(
        &labelled().replace(",fish\n", ",fisch\n"),
        "labels.csv: row 2: the taxonomy has no priority `fisch`",
    );
    train("id,text,labels\n1,A quay.,quays\n", "of 1 sources, and 10 are needed");
    train(&"id,text,labels\n,,\n".repeat(3), "row 1: the text is empty");
    train("id,text\n1,A quay.\n", "there is no column `labels`");
    world.put("w.weights", "onrecord-weights/2\ntaxonomy\tx\nrule\tnan\n");
    world.put("new.csv", "id,text\n1,A crane.\n");
    let ran = world.run(&["classify", "new.csv", "--weights", "w.weights"]).expect(2);
    assert!(ran.stderr.contains("w.weights:3: a cell is no number"), "{}", ran.stderr);
}

#[test]
fn labels_are_measured_against_those_of_people() {
    let world = World::new();
    world.put("harbour.toml", HARBOUR);
    world.put("labels.csv", labelled());
    let evaluate = ["evaluate", "labels.csv", "--taxonomy", "harbour.toml", "--format", "csv"];
    let rows = world.run(&evaluate).expect(0).rows();
    let of = |id: &str| rows.iter().find(|row| row["priority_id"] == id).unwrap().clone();
    let fish = of("fish");
    assert_eq!(
        ["right", "wrong", "missed", "precision", "recall", "f1"].map(|name| fish[name].clone()),
        ["30", "0", "30", "1.0000", "0.5000", "0.6667"]
    );
    assert_eq!(of("(mean, macro)")["f1"], "0.8333");
    assert_eq!(of("(all, micro)")["f1"], "0.8000");

    // With weights, texts that these were learned from are judged by others.
    world
        .run(&["train", "labels.csv", "--taxonomy", "harbour.toml", "--output", "w.weights"])
        .expect(0);
    let ran = world.run(&[&evaluate[..], &["--weights", "w.weights"]].concat()).expect(0);
    assert!(ran.stderr.contains("120 of 120 texts are among those"), "{}", ran.stderr);

    let text =
        world.run(&["evaluate", "labels.csv", "--taxonomy", "harbour.toml", "--format", "table"]);
    let text = text.expect(0).stdout;
    for expected in [
        "90 of 120",
        "30 of 30",
        "fish                   fish 30, (none) 30",
        "should be fish, found none",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn rows_that_are_not_whole_are_said() {
    let world = World::new();
    world.put("texts.csv", "id,text\r1,Close the digital divide, now.\r2,Trees grow.\r");
    let ran = world.run(&["classify", "texts.csv", "--format", "csv"]).expect(3);
    assert_eq!(ran.stdout, "id,labels\r\n1,development\r\n2,\r\n");
    assert!(
        ran.stderr.contains("texts.csv: row 1: there are 3 cells, and 2 columns"),
        "{}",
        ran.stderr
    );
    world.put("one.csv", "text\n\"\"\nClose the digital divide.\n");
    let ran = world.run(&["classify", "one.csv", "--format", "csv"]).expect(0);
    assert_eq!(ran.stdout, "id,labels\r\n1,\r\n2,development\r\n");
}

#[test]
fn nothing_that_is_read_is_written_over() {
    let world = World::new();
    world.put("harbour.toml", HARBOUR);
    world.put("labels.csv", labelled());
    let own = ["--taxonomy", "harbour.toml", "--output"];
    for arguments in [
        &["evaluate", "labels.csv", "--output", "labels.csv"][..],
        &["evaluate", "labels.csv", "--against", "labels.csv", "--output", "labels.csv"],
        &[&["classify", "labels.csv"], &own[..], &["harbour.toml"]].concat(),
        &[&["train", "labels.csv"], &own[..], &["harbour.toml"]].concat(),
        &[&["train", "labels.csv"], &own[..], &["w", "--held-out", "w"]].concat(),
    ] {
        world.run(arguments).expect(2);
        assert_eq!(world.read("labels.csv"), labelled());
        assert_eq!(world.read("harbour.toml"), HARBOUR);
    }
}

#[test]
fn two_people_are_compared() {
    let world = World::new();
    world.put("one.csv", "id,text,labels\n1,a,x\n2,b,x\n3,c,\n4,d,\n5,e,\n");
    world.put("other.csv", "id,labels\n1,x\n2,\n3,\n4,\n6,x\n");
    let ran =
        world.run(&["evaluate", "one.csv", "--against", "other.csv", "--format", "csv"]).expect(0);
    assert!(ran.stderr.contains("4 texts are in both files"), "{}", ran.stderr);
    let rows = ran.rows();
    assert_eq!(rows[0]["priority_id"], "x");
    assert_eq!((rows[0]["kappa"].as_str(), rows[0]["alpha"].as_str()), ("0.5000", "0.5333"));
    world.put("other.csv", "id,labels\n1,x\n1,\n");
    let ran = world.run(&["evaluate", "one.csv", "--against", "other.csv"]).expect(2);
    assert!(
        ran.stderr.contains("other.csv: row 2: the id `1` stands in a row above"),
        "{}",
        ran.stderr
    );
    world.put("other.csv", "id,labels\n9,x\n");
    world.run(&["evaluate", "one.csv", "--against", "other.csv"]).expect(2);
}
