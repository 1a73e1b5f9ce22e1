use super::*;
use crate::structure::{assert_blocks_hold, complete};
use proptest::prelude::*;

type Shown = (BlockKind, String, Option<Option<String>>);

fn read(source: &str) -> (Vec<Shown>, Draft) {
    let mut draft = Draft::default();
    let page = read_subtitles(source, &mut draft);
    assert_blocks_hold(&page.text, &page.blocks);
    let layout = complete(page);
    let shown = layout.blocks.iter().map(|block| {
        let turn = block.turn.map(|turn| &layout.turns[turn.0 as usize]);
        let text = layout.text.get(block.span.range()).unwrap().to_owned();
        (block.kind, text, turn.map(|turn| turn.named_as.as_deref().map(str::to_owned)))
    });
    (shown.collect(), draft)
}

fn block(kind: BlockKind, text: &str, turn: Option<Option<&str>>) -> Shown {
    (kind, text.to_owned(), turn.map(|name| name.map(str::to_owned)))
}

/// Writes cues of SubRip, each one second after the one before and a second long.
fn srt(cues: &[&str]) -> String {
    let cue = |(at, text): (usize, &&str)| {
        let time = |second: usize| {
            format!("{:02}:{:02}:{:02},000", second / 3600, second / 60 % 60, second % 60)
        };
        format!("{}\n{} --> {}\n{text}\n\n", at + 1, time(at), time(at + 1))
    };
    cues.iter().enumerate().map(cue).collect()
}

#[test]
fn cues_become_paragraphs() {
    use BlockKind::{Note, Paragraph};
    let (blocks, draft) = read(
        "1\n00:00:01,000 --> 00:00:02,000\n<i>We will</i>\ndredge\n\n2\n00:00:02,000 --> 00:00:03,000\nthe harbour.\n\n3\n00:00:04,000 --> 00:00:05,000\nSoon, and\n\n4\n00:00:10,000 --> 00:00:11,000\nwell.\n\n5\n01:00:15,000 --> 01:00:16,500\nIt is time.\n\n6\n01:00:17,000 --> 01:00:18,000\n[music]\n\n7\n01:00:18,000 --> 01:00:19,000\n[indistinct\nchatter]\n\n8\n01:00:19,000 --> 01:00:20,001\n♪ la la ♪\n",
    );
    let expected = [
        block(Paragraph, "We will dredge the harbour. Soon, and well.", None),
        block(Paragraph, "It is time.", None),
        block(Note, "[music]", None),
        block(Note, "[indistinct chatter]", None),
        block(Note, "♪ la la ♪", None),
    ];
    assert_eq!(blocks, expected);
    assert_eq!(draft.extra("duration"), Some("01:00:21"));
    assert!(draft.problems.is_empty());
}

#[test]
fn marks_tell_turns() {
    use BlockKind::{Note, Paragraph};
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Vale>We will\n\n00:02.000 --> 00:03.000\n<v Ada Vale>dredge.\n\n00:03.000 --> 00:04.000\n<v Ben Moss>Will we?</v> [laughter]\n\n00:04.000 --> 00:05.000\nSo it is.\n";
    let ben = Some(Some("Ben Moss"));
    let expected = [
        block(Paragraph, "We will dredge.", Some(Some("Ada Vale"))),
        block(Paragraph, "Will we?", ben),
        block(Note, "[laughter]", Some(None)),
        block(Paragraph, "So it is.", Some(None)),
    ];
    assert_eq!(read(vtt).0, expected);
    let expected = [
        block(Paragraph, "We will dredge.", Some(None)),
        block(Paragraph, "Will we?", Some(None)),
        block(Paragraph, "THE MAYOR: Yes.", Some(Some("THE MAYOR"))),
        block(Paragraph, "No.", Some(None)),
    ];
    let marks = [">> We will", "dredge. >> Will we?", "THE MAYOR: Yes.", "- No."];
    assert_eq!(read(&srt(&marks)).0, expected);
    let expected = [
        block(Paragraph, "Good day.", None),
        block(Paragraph, "THE MAYOR: Yes, we will.", Some(Some("THE MAYOR"))),
        block(Paragraph, "MS. VALE: No.", Some(Some("MS. VALE"))),
    ];
    assert_eq!(
        read(&srt(&["Good day.", "THE MAYOR: Yes,", "we will.", "MS. VALE: No."])).0,
        expected
    );
    // The label is no word of the turn.
    let mut draft = Draft::default();
    let layout = complete(read_subtitles(&srt(&[">> THE MAYOR: Yes."]), &mut draft));
    assert_eq!(layout.turns[0].label.unwrap().range(), 0..9);
}

#[test]
fn lines_that_roll_up_are_read_once() {
    let rolling = srt(&["one", "one\ntwo", "two\nthree", "two\nthree\nfour", "four", "four\nfive"]);
    assert_eq!(read(&rolling).0[0].1, "one two three four five");
    // What is said twice is said twice.
    let twice = srt(&["Yes.", "Yes.", "We will", "dredge.", "And then", "we go.", "No."]);
    assert_eq!(read(&twice).0[0].1, "Yes. Yes. We will dredge. And then we go. No.");
    // The same cue shown twice is one.
    let copy = "1\n00:00:01,000 --> 00:00:02,000\nYes.\n\n";
    assert_eq!(read(&copy.repeat(2)).0[0].1, "Yes.");
}

#[test]
fn long_speech_is_parted_at_sentences() {
    let cues: Vec<&str> = ["We will dredge the harbour and", "build the pier for all of us."]
        .into_iter()
        .cycle()
        .take(80)
        .collect();
    let (blocks, _) = read(&srt(&cues));
    assert!(blocks.len() >= 4, "{}", blocks.len());
    for (_, text, _) in &blocks {
        assert!(text.starts_with("We will") && text.ends_with("us."), "{text}");
        assert!(text.split_whitespace().count() <= FULL_PARAGRAPH + 13);
    }
    // No sentence ends: only pauses part what is long.
    let (blocks, _) = read(&srt(&["so on and on"; 200]));
    assert_eq!(blocks.len(), 1);
}

#[test]
fn damage_is_told_and_keeps_the_words() {
    let (blocks, draft) =
        read("WEBVTT\n\n00:01.000 --> x\none\n\n00:03.000 --> 00:02.000\ntwo\n\nthree\n");
    assert_eq!(blocks[0].1, "one two three");
    let expected = [
        "line 3: times that cannot be read",
        "line 6: a cue that ends before it begins",
        "line 9: words outside any cue, taken to the one before",
    ];
    assert_eq!(draft.problems, expected);
    let (_, draft) = read(&"x --> y\nz\n\n".repeat(100));
    assert_eq!(draft.problems.len(), 21);
    assert_eq!(draft.problems[20], "80 more lines like these");
    let (blocks, _) = read("");
    assert!(blocks.is_empty());
}

const PIECES: [&str; 24] = [
    "WEBVTT\n",
    "\n",
    "\r\n",
    "1\n",
    "00:00:01,000 --> 00:00:02,000\n",
    "00:01.000 --> 00:02.000 a:b\n",
    "NOTE x\n",
    "STYLE\n",
    "<v Ada>",
    "</v>",
    "<i>",
    "<",
    ">",
    ">> ",
    "- ",
    "&amp;",
    "&#",
    "{\\an8}",
    "[music]\n",
    "THE MAYOR: ",
    "word ",
    "end.\n",
    "é\u{301}",
    "-->",
];

proptest! {
    #[test]
    fn any_file_holds(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let source = pieces.concat();
        let page = read_subtitles(&source, &mut Draft::default());
        assert_blocks_hold(&page.text, &page.blocks);
    }

    #[test]
    fn no_word_is_lost(
        cues in prop::collection::vec(prop::sample::select(&[
            "one two.", "three", "four\nfive.", "[music]", ">> six", "- seven\n- eight",
            "<v Ada>nine</v> ten.", "THE MAYOR: Eleven", "♪", "&amp; twelve",
        ][..]), 0..40)
    ) {
        // Numbered, so that no cue repeats another.
        let cues: Vec<String> =
            cues.iter().enumerate().map(|(at, text)| format!("n{at} {text}")).collect();
        let shown: Vec<&str> = cues.iter().map(String::as_str).collect();
        let page = read_subtitles(&srt(&shown), &mut Draft::default());
        assert_blocks_hold(&page.text, &page.blocks);
        let words = |text: &str| -> Vec<String> {
            let text = text.replace("<v Ada>", " ").replace("</v>", " ").replace("&amp;", " ");
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            words.map(str::to_owned).collect()
        };
        prop_assert_eq!(words(&page.text), words(&cues.join(" ")));
    }
}
