//! Copies and other transcripts of one speech: grouped, both kept, folded when asked.

use crate::world::{World, hits, text};
use serde_json::Value;

/// A speech of a few hundred words, with marks of applause or without.
fn speech(applause: &str) -> String {
    const WORDS: [&str; 8] =
        ["harbour", "network", "treaty", "partner", "exchange", "standard", "border", "market"];
    let sentence = |n: usize| {
        let word = |step: usize| WORDS[(n * step + n / 3) % WORDS.len()];
        format!(
            "In the year {} we took the {} to the {} and asked {} of those who keep the {}.",
            1900 + n,
            word(1),
            word(3),
            n * 7,
            word(5)
        )
    };
    let paragraphs = (0..12).map(|p| {
        let sentences: Vec<String> = (p * 3..p * 3 + 3).map(sentence).collect();
        sentences.join(&format!(" {applause}")).replace("  ", " ")
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn world() -> World {
    let whole = speech("");
    let marked = speech("(Applause.) ");
    let excerpt: String = whole.split("\n\n").skip(3).take(5).collect::<Vec<_>>().join("\n\n");
    let files = [
        ("corpus/a.txt", format!("Remarks at the Port\nMay 3, 2012\n\n{whole}\n")),
        (
            "corpus/b.txt",
            format!(
                "The Mayor at the Port\nMay 4, 2012\n\n{marked}\n\nThank you all for coming to the port today.\n"
            ),
        ),
        ("corpus/c.txt", format!("Excerpts\nMay 2, 2012\n\n{excerpt}\n")),
        (
            "corpus/d.txt",
            format!(
                "Another Day\nMay 3, 2013\n\n{}\n",
                whole.replace("we took", "they left").replace("asked", "told 20")
            ),
        ),
        ("corpus/e.txt", "Notice\nMay 3, 2012\n\nIn the year 1900 we met.\n".to_owned()),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    World::indexed(&files)
}

/// Returns the files and ids of the documents, by file.
fn ids(world: &World) -> Vec<(String, String)> {
    let lines = world.dump().into_iter();
    let mut ids: Vec<_> = lines.map(|(id, line)| (text(&line["path"]), id)).collect();
    ids.sort();
    ids
}

#[test]
fn copies_and_excerpts_are_a_group_and_all_are_kept() {
    let world = world();
    let ids = ids(&world);
    assert_eq!(ids.len(), 5);
    let name = ids[..3].iter().map(|(_, id)| id).min().unwrap();
    // Each of the files is asked for alone, so that nothing folds.
    for (at, file) in ["a", "b", "c", "d", "e"].iter().enumerate() {
        let id = &ids[at].1;
        let query = format!("the doc:{id}");
        let found = world.search_with(&["--fold-duplicates"], &query);
        let groups: Vec<Option<&str>> =
            hits(&found).iter().map(|hit| hit["duplicate_group"].as_str()).collect();
        let expected = (at < 3).then_some(name.as_str());
        assert!(!groups.is_empty() && groups.iter().all(|group| *group == expected), "{file}");
    }
}

#[test]
fn hits_fold_where_the_words_are_the_same() {
    let world = world();
    let query = "\"in the year 1912\"";
    let plain = world.search(query);
    // In d too, whose speech is another one.
    assert_eq!(plain["count"], 4);
    assert!(plain["folded_count"].is_null());
    assert!(hits(&plain).iter().all(|hit| hit["duplicates"].is_null()));
    let folded = world.search_with(&["--limit", "0", "--fold-duplicates"], query);
    assert_eq!((&folded["count"], &folded["folded_count"]), (&Value::from(4), &Value::from(2)));
    let ids = ids(&world);
    let group: Vec<&str> = ids[..3].iter().map(|(_, id)| id.as_str()).collect();
    for hit in hits(&folded) {
        let id = text(&hit["document_id"]);
        let others: Vec<&str> =
            hit["duplicates"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let mut expected: Vec<&str> =
            if group.contains(&id.as_str()) { group.clone() } else { vec![] };
        expected.retain(|other| *other != id);
        expected.sort_unstable();
        assert_eq!(others, expected);
        assert_eq!(hit["duplicate_group"].is_null(), expected.is_empty());
    }
    // Pages are cut after folding, and do not overlap.
    let page = |offset: &str| {
        let options = ["--fold-duplicates", "--limit", "1", "--offset", offset];
        text(&hits(&world.search_with(&options, query))[0]["document_id"])
    };
    assert_ne!(page("0"), page("1"));
    let rows = world
        .run(&["search", "--fold-duplicates", "--format", "csv", "--limit", "0", query])
        .expect(0)
        .rows();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().any(|row| row["duplicates"].split(';').count() == 2));
    // What only one of them has is found as ever.
    let folded = world.search_with(&["--fold-duplicates"], "\"thank you all\"");
    assert_eq!((&folded["count"], &folded["folded_count"]), (&Value::from(1), &Value::from(1)));
}

#[test]
fn reports_count_a_group_once() {
    let world = world();
    let report = |options: &[&str]| {
        let arguments = [&["report", "priorities", "--by", "year", "--format", "csv"], options];
        world.run(&arguments.concat()).expect(0).rows()
    };
    let plain = report(&[]);
    assert!(!plain[0].contains_key("folded_documents"));
    assert_eq!((&*plain[0]["year"], &*plain[0]["group_documents"]), ("2012", "4"));
    let folded = report(&["--fold-duplicates"]);
    let row = &folded[0];
    // The longest, b, stands for a and c; e is beside it.
    assert_eq!((&*row["group_documents"], &*row["folded_documents"]), ("2", "2"));
    let words = |rows: &[std::collections::BTreeMap<String, String>]| {
        rows[0]["group_words"].parse::<u64>().unwrap()
    };
    let of_b = report(&["--fold-duplicates", "--query", "title:mayor"]);
    assert_eq!(&*of_b[0]["folded_documents"], "0");
    assert_eq!(words(&folded), words(&of_b) + 6);
    // Where the query finds only others of the group, the longest of those stands for them.
    let others = report(&["--fold-duplicates", "--query", "title:remarks OR title:excerpts"]);
    assert_eq!((&*others[0]["group_documents"], &*others[0]["folded_documents"]), ("1", "1"));
    assert_eq!(words(&others), words(&report(&["--query", "title:remarks"])));
}

#[test]
fn threads_and_runs_do_not_show() {
    let world = world();
    for threads in ["1", "2"] {
        world.run(&["--index", threads, "index", "corpus", "--threads", threads]).expect(0);
    }
    let printed = |index: &str| {
        let arguments = ["--index", index, "search", "--fold-duplicates", "--limit", "0", "year"];
        world.run(&arguments).expect(0).stdout
    };
    assert_eq!(printed("1"), printed("2"));
    // A duplicate that is gone is in no group any more.
    std::fs::remove_file(world.path("corpus/a.txt")).unwrap();
    std::fs::remove_file(world.path("corpus/c.txt")).unwrap();
    world.run(&["index", "corpus"]).expect(0);
    let left = world.search_with(&["--fold-duplicates"], "year");
    assert!(hits(&left).iter().all(|hit| hit["duplicate_group"].is_null()), "{left}");
}
