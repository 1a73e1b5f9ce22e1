//! Who speaks: told by rosters, and lists of persons proposed from a corpus.

use crate::world::{World, hits, text};
use serde_json::Value;

/// Two bearers of one family name, told apart by office and date.
const CLINTONS: &str = "\
{\"id\": \"1\", \"speaker\": \"President Clinton\", \"date\": \"1996-05-03\", \"text\": \"We opened the lock.\"}
{\"id\": \"2\", \"speaker\": \"Secretary Clinton\", \"date\": \"2011-05-03\", \"text\": \"We opened the pier.\"}
{\"id\": \"3\", \"speaker\": \"President Bush\", \"date\": \"1989\", \"text\": \"We opened the dock.\"}
{\"id\": \"4\", \"speaker\": \"Senator Obama\", \"date\": \"2011\", \"text\": \"We opened the quay.\"}
";

const BRIEFING: &str = "\
The White House

Office of the Press Secretary
For Immediate Release
May 3, 2011

Press Briefing by Press Secretary Jay Carney

MR. CARNEY: Good afternoon. The harbour is open.

Q Why the harbour?

THE PRESIDENT: Because the pier was closed.

MR. REED: And the lock too.
";

fn speaker_of(world: &World, query: &str) -> Value {
    let found = world.search(query);
    hits(&found)[0]["speaker"].clone()
}

#[test]
fn two_clintons_are_two_people() {
    let world = World::indexed(&[("corpus/rows.jsonl", CLINTONS)]);
    for (query, speaker) in [
        ("lock", "Bill Clinton"),
        ("pier", "Hillary Rodham Clinton"),
        ("dock", "George H. W. Bush"),
        ("quay", "Senator Obama"),
    ] {
        assert_eq!(speaker_of(&world, query), speaker, "{query}");
    }
    let documents = world.dump();
    let by_name = |name: &str| documents.values().find(|line| line["speaker"] == name).unwrap();
    assert_eq!(by_name("Bill Clinton")["speaker_id"], "bill-clinton");
    let shown = world.show(&text(&by_name("Hillary Rodham Clinton")["id"]));
    assert_eq!(shown["extra"]["speaker_as_written"], "Secretary Clinton");
    assert_eq!(shown["office"], "Secretary of State");
}

#[test]
fn turns_have_the_speakers_whom_labels_stand_for() {
    let world = World::indexed(&[("corpus/a.txt", BRIEFING)]);
    for (query, speaker) in [
        ("afternoon", Value::from("Jay Carney")),
        ("because", "Barack Obama".into()),
        ("\"why the harbour\"", Value::Null),
        ("\"the lock too\"", Value::Null),
    ] {
        assert_eq!(speaker_of(&world, query), speaker, "{query}");
    }
}

#[test]
fn a_list_of_ones_own_goes_over_the_public_figures() {
    let world = World::indexed(&[("corpus/a.txt", BRIEFING)]);
    assert_eq!(world.index(&["corpus"])["unchanged"], 1);
    let list = "[[person]]\nid = \"tom-reed\"\nname = \"Tom Reed\"\nhonorifics = [\"Mr.\"]\n\
                [[person.office]]\ntitle = \"Adviser\"\nof = \"the White House\"\n";
    world.put("corpus/speakers.toml", list);
    assert_eq!(world.index(&["corpus"])["indexed"], 1, "another list reads the files anew");
    assert_eq!(speaker_of(&world, "\"the lock too\""), "Tom Reed");
    let other = list.replace("name = \"Tom Reed\"", "name = \"Thomas Reed\"");
    world.put("other.toml", other);
    world.run(&["index", "corpus", "--speakers", "other.toml"]).expect(0);
    assert_eq!(speaker_of(&world, "\"the lock too\""), "Thomas Reed");

    world.put("corpus/speakers.toml", "[[person]]\nid = \"Tom\"\nname = \"Tom Reed\"\n");
    let refused = world.run(&["index", "corpus"]).expect(2);
    assert!(refused.stderr.contains("speakers.toml:2: id `Tom` is no id"), "{}", refused.stderr);
    world.run(&["index", "corpus", "--speakers", "none.toml"]).expect(2);
}

#[test]
fn a_list_is_proposed_and_what_is_written_stays() {
    let world = World::new();
    world.put("corpus/a.txt", BRIEFING);
    world.put(
        "corpus/rows.jsonl",
        "{\"speaker\": \"Ada Orr\", \"office\": \"Mayor\", \"date\": \"2011\", \"text\": \"Yes.\"}\n\
         {\"speaker\": \"Ada B. Orr\", \"date\": \"2012\", \"text\": \"No.\"}\n",
    );
    let proposed = world.run(&["speakers", "corpus"]).expect(0).stdout;
    for line in [
        "id = \"ada-orr\"",
        "aliases = [\"Ada B. Orr\"]",
        "title = \"Mayor\"",
        "#   \"MR. REED\" (1)",
        "#   jay-carney: ",
    ] {
        assert!(proposed.contains(line), "{line}\n{proposed}");
    }
    let wrote = world.run(&["speakers", "corpus", "--output", "corpus/speakers.toml"]).expect(0);
    assert!(wrote.stderr.contains("the next `onrecord index`"), "{}", wrote.stderr);
    let edited = format!("# Mine.\n{}", world.read("corpus/speakers.toml"));
    world.put("corpus/speakers.toml", &edited);
    let again = world.run(&["speakers", "corpus", "--output", "corpus/speakers.toml"]).expect(0);
    assert!(again.stderr.contains("nothing to add"), "{}", again.stderr);
    assert_eq!(world.read("corpus/speakers.toml"), edited, "nothing is new");
    world.put("corpus/b.jsonl", "{\"speaker\": \"Ben Moss\", \"text\": \"Well.\"}\n");
    world.run(&["speakers", "corpus", "--output", "corpus/speakers.toml"]).expect(0);
    let added = world.read("corpus/speakers.toml");
    let rest = added.strip_prefix(&edited).expect("what is written stays");
    assert!(rest.contains("ben-moss") && !rest.contains("ada-orr\"\nname"), "{rest}");

    world.run(&["index", "corpus"]).expect(0);
    let from_index = world.run(&["speakers"]).expect(0).stdout;
    assert!(from_index.contains("id = \"ben-moss\""), "{from_index}");
}
