use super::*;
use crate::structure::{assert_blocks_hold, complete};
use onrecord_model::Field;
use proptest::prelude::*;
use std::io;

type Shown = (BlockKind, String, Option<Option<String>>);

/// Reads a message; shows each block with its turn: none, nobody's or somebody's.
fn read(source: &str) -> (Vec<Shown>, Draft) {
    let mut draft = Draft::default();
    let page = read_mail(source.as_bytes(), &mut draft).unwrap();
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

const HEADER: &str = "From: Ana Vale <ana@example.org>\r\nTo: press@example.org\r\nDate: Thu, 3 May 2012 23:30:00 -0500\r\nSubject: =?utf-8?Q?Ports_for_=E2=80=9CAll=E2=80=9D?=\r\nMessage-ID: <1@example.org>\r\n";

fn mail(body: &str) -> String {
    format!("{HEADER}\r\n{}", body.replace('\n', "\r\n"))
}

#[test]
fn the_header_becomes_metadata() {
    let (blocks, draft) = read(&mail("We will dredge the harbour."));
    let expected = [block(BlockKind::Paragraph, "We will dredge the harbour.", None)];
    assert_eq!(blocks, expected);
    let (metadata, problems) = draft.finish();
    assert_eq!(metadata.title.as_deref(), Some("Ports for “All”"));
    // The day in the sender's own offset, which is the next day by Greenwich.
    assert_eq!(metadata.date.unwrap().to_string(), "2012-05-03");
    assert_eq!(&*metadata.speaker.unwrap().name, "Ana Vale");
    assert_eq!(metadata.extra["mail_from"], "Ana Vale <ana@example.org>");
    assert_eq!(metadata.extra[MESSAGE_ID], "1@example.org");
    assert!(!metadata.inferred.contains(&Field::Speaker));
    assert!(problems.is_empty(), "{problems:?}");
    for (from, speaker) in [
        ("ana@example.org", None),
        ("Ana Vale <a@x.org>, Ben Moss <b@x.org>", None),
        ("\"Vale, Ana\" <a@x.org>", Some("Vale, Ana")),
        ("\"ana@example.org\" <ana@example.org>", None),
    ] {
        let (_, draft) = read(&format!("From: {from}\nSubject: x\n\nWords."));
        let speaker_found = draft.finish().0.speaker.map(|speaker| speaker.name.to_string());
        assert_eq!(speaker_found.as_deref(), speaker, "{from}");
    }
    for (name, speaker, issuer) in [
        ("Office of the Press Secretary", None, Some("Office of the Press Secretary")),
        ("The Port Authority", None, Some("The Port Authority")),
        ("Mayor Ana Vale", Some("Mayor Ana Vale"), None),
    ] {
        let (_, draft) = read(&format!("From: {name} <a@x.org>\nSubject: x\n\nWords."));
        let metadata = draft.finish().0;
        let found = metadata.speaker.map(|speaker| speaker.name.to_string());
        assert_eq!((found.as_deref(), metadata.issuer.as_deref()), (speaker, issuer), "{name}");
    }
    let (_, draft) = read("From: a@x.org\nDate: Mon, 30 Feb 2012 10:00:00 +0000\n\nWords.");
    let (metadata, problems) = draft.finish();
    assert_eq!((metadata.date, problems.len()), (None, 1), "{problems:?}");
}

#[test]
fn quoted_words_are_not_the_senders() {
    use BlockKind::{Note, Paragraph, Quotation};
    let ana = Some(Some("Ana Vale"));
    let ben = Some(Some("Ben Moss"));
    let on = "On Wed, May 2, 2012 at 9:12 AM, Ben Moss <ben@example.org> wrote:";
    for (body, expected) in [
        (
            format!("I agree.\n{on}\n\n> We must dredge.\n>\n> Soon.\n> > Who says so?\n"),
            vec![
                block(Paragraph, "I agree.", ana),
                block(Note, on, ben),
                block(Quotation, "We must dredge.", ben),
                block(Quotation, "Soon.", ben),
                block(Quotation, "Who says so?", Some(None)),
            ],
        ),
        (
            "On Wed, May 2, 2012 at 9:12 AM, Ben Moss\n<ben@example.org> wrote:\n> We must dredge.\n\nI agree.\n\n> Soon.\n\n-- \nAna Vale\nPort Office".into(),
            vec![
                block(
                    Note,
                    "On Wed, May 2, 2012 at 9:12 AM, Ben Moss\n<ben@example.org> wrote:",
                    ben,
                ),
                block(Quotation, "We must dredge.", ben),
                block(Paragraph, "I agree.", ana),
                block(Quotation, "Soon.", Some(None)),
                block(Note, "--\nAna Vale\nPort Office", ana),
            ],
        ),
        (
            "I agree.\n\n-----Original Message-----\nFrom: Ben Moss <ben@example.org>\nSent: Wednesday, May 2, 2012\nTo: Ana Vale\nSubject: Ports\n\nWe must dredge.".into(),
            vec![
                block(Paragraph, "I agree.", ana),
                block(
                    Note,
                    "-----Original Message-----\nFrom: Ben Moss <ben@example.org>\nSent: Wednesday, May 2, 2012\nTo: Ana Vale\nSubject: Ports",
                    ben,
                ),
                block(Quotation, "We must dredge.", ben),
            ],
        ),
        (
            "See below.\n\nBegin forwarded message:\n\n> From: Ben Moss <b@x.org>\n> Date: May 2, 2012\n> To: Ana\n>\n> We must dredge.".into(),
            vec![
                block(Paragraph, "See below.", ana),
                block(Paragraph, "Begin forwarded message:", ana),
                block(Note, "From: Ben Moss <b@x.org>\nDate: May 2, 2012\nTo: Ana", ben),
                block(Quotation, "We must dredge.", ben),
            ],
        ),
    ] {
        assert_eq!(read(&mail(&body)).0, expected, "{body}");
    }
}

#[test]
fn quoted_words_without_marks_and_other_languages() {
    use BlockKind::{Note, Paragraph, Quotation};
    let (ana, ben) = (Some(Some("Ana Vale")), Some(Some("Ben Moss")));
    let on = "On Wed, May 2, 2012 at 9:12 AM, Ben Moss <ben@example.org> wrote:";
    for (body, expected) in [
        (
            format!("I agree.\n\n{on}\n\nWe must dredge.\n\nNo, I still disagree.\n"),
            vec![
                block(Paragraph, "I agree.", ana),
                block(Note, on, Some(None)),
                block(Quotation, "We must dredge.", Some(None)),
                block(Quotation, "No, I still disagree.", Some(None)),
            ],
        ),
        (
            "Am 2.5.2012 um 9:12 schrieb Ben Moss:\n> Wir baggern.\n\nJa.".into(),
            vec![
                block(Note, "Am 2.5.2012 um 9:12 schrieb Ben Moss:", ben),
                block(Quotation, "Wir baggern.", ben),
                block(Paragraph, "Ja.", ana),
            ],
        ),
        (
            "As Paine wrote:\nThese are the times.\n\nFrom: here to there.".into(),
            vec![
                block(Paragraph, "As Paine wrote:", None),
                block(Paragraph, "These are the times.", None),
                block(Paragraph, "From: here to there.", None),
            ],
        ),
        (
            "> We must dredge.\n\nTHE MAYOR: We do.\n\nSo it is.".into(),
            vec![
                block(Quotation, "We must dredge.", Some(None)),
                block(Paragraph, "THE MAYOR: We do.", Some(Some("THE MAYOR"))),
                block(Paragraph, "So it is.", Some(Some("THE MAYOR"))),
            ],
        ),
    ] {
        assert_eq!(read(&mail(&body)).0, expected, "{body}");
    }
}

#[test]
fn lead_ins_of_other_languages_without_marks() {
    for lead_in in [
        "Am 02.05.2012 um 09:12 schrieb Ben Moss:",
        "Am 2. Mai 2012 schrieb Ben Moss <ben@example.org>:",
        "Am Mittwoch, 2. Mai 2012, 09:12:00 schrieb Ben:",
        "Op 2 mei 2012 om 09:12 schreef Ben Moss:",
        "Op 2 mei 2012 heeft Ben Moss het volgende geschreven:",
        "Le 2 mai 2012 à 09:12, Ben Moss a écrit\u{a0}:",
        "El 2 de mayo de 2012, 9:12, Ben Moss escribió:",
        "No dia 2 de maio de 2012 às 09:12, Ben Moss escreveu:",
        "Em 02/05/2012 09:12, Ben Moss escreveu :",
        "Il giorno 2 mag 2012, alle ore 09:12, Ben Moss ha scritto:",
        "Il 02/05/2012 09:12, Ben Moss ha scritto:",
    ] {
        let (blocks, _) = read(&mail(&format!("Ja.\n\n{lead_in}\n\nBen's words.\n")));
        let of_ana: Vec<&str> = blocks
            .iter()
            .filter(|block| block.2.as_ref().is_none_or(|turn| turn.as_deref() == Some("Ana Vale")))
            .map(|block| &*block.1)
            .collect();
        assert_eq!(of_ana, ["Ja."], "{lead_in}");
    }
    for sentence in ["Am 3. Mai schrieb ich:", "Am Abend schrieb Ben Moss:"] {
        let (blocks, _) = read(&mail(&format!("{sentence}\n\nEs ist gut.\n")));
        assert!(blocks.iter().all(|block| block.2.is_none()), "{sentence}");
    }
}

#[test]
fn ids_of_messages() {
    for (source, expected) in [
        ("From: a\nMessage-ID: <1@x>\n\nMessage-ID: <2@x>", Some("1@x")),
        ("message-id :\r\n <1@x> \r\nTo: b\r\n\r\n", Some("1@x")),
        ("Message-ID: <1@x>\nMESSAGE-ID: <2@x>\n\n", Some("2@x")),
        ("Message-ID: <>\n\n", None),
        ("Message-IDs: <1@x>\n\n", None),
        ("\nMessage-ID: <1@x>", None),
    ] {
        let found = message_id_of(source.as_bytes());
        assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{source}");
        let mut draft = Draft::default();
        let _ = read_mail(source.as_bytes(), &mut draft);
        assert_eq!(draft.extra(MESSAGE_ID), expected, "{source}");
    }
}

#[test]
fn only_the_senders_turns_are_the_senders() {
    let mut draft = Draft::default();
    let source = mail("Yes.\n\n> No.\n\nYes again.");
    let page = read_mail(source.as_bytes(), &mut draft).unwrap();
    let speakers: Vec<Option<&str>> =
        page.turns.iter().map(|turn| turn.speaker.as_ref().map(|s| &*s.name)).collect();
    assert_eq!(speakers, [Some("Ana Vale"), None, Some("Ana Vale")]);
}

#[test]
fn parts_are_chosen_and_the_others_named() {
    let long = "We will dredge the harbour, and then we will build the pier. ".repeat(6);
    let html = |words: &str| {
        format!(
            "--a\nContent-Type: text/html; charset=utf-8\n\n<p>{words}</p><blockquote>Quoted.</blockquote>\n"
        )
    };
    let plain = |words: &str| format!("--a\nContent-Type: text/plain\n\n{words}\n");
    let alternative = |parts: String| {
        format!("From: a@x.org\nContent-Type: multipart/alternative; boundary=a\n\n{parts}--a--\n")
    };
    for (source, expected) in [
        (alternative(plain(&long) + &html("Rich.")), long.trim()),
        (alternative(plain("Short.") + &html("Rich.")), "Short."),
        (alternative(plain("No HTML?") + &html(&long)), long.trim()),
        (alternative(plain(" ") + &html("Rich.")), "Rich."),
    ] {
        let (blocks, draft) = read(&source);
        assert_eq!(blocks[0].1, expected, "{source}");
        assert!(draft.problems.is_empty());
    }
    let mixed = "From: a@x.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b b\"\n\n--b b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nCaf=E9 =\nopen.\n--b b\nContent-Type: application/pdf; name=\"a.pdf\"\nContent-Transfer-Encoding: base64\n\nAAAA\n--b b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nsecret\n--b b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nV2UgZ28gb24u\n--b b\nContent-Type: image/png\n\nx\n--b b--\n";
    let (blocks, draft) = read(mixed);
    let words: Vec<&str> = blocks.iter().map(|(_, text, _)| text.as_str()).collect();
    assert_eq!(words, ["Café open.", "We go on."]);
    assert_eq!(draft.extra("attachments"), Some("a.pdf; notes.txt; image/png"));
    assert!(draft.problems.is_empty(), "{:?}", draft.problems);
}

#[test]
fn pages_and_messages_inside() {
    use BlockKind::{Note, Paragraph, Quotation};
    let ana = Some(Some("Ana Vale"));
    let source = format!(
        "{HEADER}Content-Type: text/html\r\n\r\n<div>I agree.</div><div>On May 2, 2012, Ben Moss wrote:<br></div><blockquote><p>We must.</p><h2>Ports</h2><ul><li>Dredge.</li></ul><blockquote>Who?</blockquote></blockquote><div>So there.</div>"
    );
    let expected = [
        block(Paragraph, "I agree.", ana),
        block(Note, "On May 2, 2012, Ben Moss wrote:", Some(Some("Ben Moss"))),
        block(Quotation, "We must.", Some(Some("Ben Moss"))),
        block(BlockKind::Heading(2), "Ports", Some(Some("Ben Moss"))),
        block(Quotation, "Dredge.", Some(Some("Ben Moss"))),
        block(Quotation, "Who?", Some(None)),
        block(Paragraph, "So there.", ana),
    ];
    assert_eq!(read(&source).0, expected);
    let source = format!(
        "{HEADER}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\nFrom: Ben Moss <b@x.org>\nSubject: Ports\n\nWe must.\n> Must we?\n--b--\n"
    );
    let expected = [
        block(Paragraph, "See below.", ana),
        block(Note, "From: Ben Moss <b@x.org>\nSubject: Ports", Some(None)),
        block(Quotation, "We must.", Some(Some("Ben Moss"))),
        block(Quotation, "Must we?", Some(None)),
    ];
    assert_eq!(read(&source).0, expected);
    let digest = "From: List <l@x.org>\nContent-Type: multipart/digest; boundary=b\n\n--b\n\nFrom: Ben Moss <b@x.org>\n\nWe must.\n--b--\n";
    let expected = [
        block(Note, "From: Ben Moss <b@x.org>", Some(None)),
        block(Quotation, "We must.", Some(Some("Ben Moss"))),
    ];
    assert_eq!(read(digest).0, expected);
}

#[test]
fn charsets() {
    let part = |charset: &str, body: &[u8]| {
        let head = format!("From: a@x.org\nContent-Type: text/plain{charset}\n\n");
        [head.as_bytes(), body].concat()
    };
    for (charset, body, expected) in [
        ("; charset=iso-8859-15", &b"10 \xa4"[..], "10 €"),
        ("; charset=us-ascii", "Café".as_bytes(), "Café"),
        ("; charset=utf-8", "Café".as_bytes(), "Café"),
        ("; charset=gb2312", b"\xba\xc3", "好"),
        ("; charset=utf-7", b"Caf+AOk-", "Café"),
        ("; charset=iso-2022-jp", b"\x1b$B$3\x1b(B", "こ"),
        ("; charset=none-such", "Café".as_bytes(), "Café"),
        ("", b"Se\xf1or, the caf\xe9 is over there", "Señor, the café is over there"),
    ] {
        let mut draft = Draft::default();
        let page = read_mail(&part(charset, body), &mut draft).unwrap();
        assert_eq!(page.text, expected, "{charset}");
        assert!(draft.problems.is_empty(), "{charset}: {:?}", draft.problems);
    }
}

#[test]
fn damage_is_told() {
    let multipart = "From: a@x.org\nContent-Type: multipart/mixed; boundary=b\n\n";
    for (source, words, problem) in [
        (format!("{multipart}--b\n\nWe will\n"), "We will", "cut off: its last part has no end"),
        (format!("{multipart}We will\n"), "We will", "parts that no boundary parts"),
        (
            "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nWe will!\n".into(),
            "We will!",
            "a part in damaged base64 is kept",
        ),
        (
            "Content-Type: text/plain; charset=utf-8\n\nWe \u{fffd}will".replace('\u{fffd}', "?"),
            "We ?will",
            "",
        ),
    ] {
        let (blocks, draft) = read(&source);
        assert_eq!(blocks[0].1, words);
        assert_eq!(draft.problems.len(), usize::from(!problem.is_empty()), "{:?}", draft.problems);
        assert!(draft.problems.iter().all(|told| told.starts_with(problem)));
    }
}

#[test]
fn mailboxes_are_cut() {
    let source = b"From a@x.org Thu May  3 10:00:00 2012\nSubject: 1\n\none\n>From here\n>>From there\nFrom the pier\n\nFrom b@x.org Thu May  3 10:00:01 2012 +0200\r\nSubject: 2\r\n\r\n\r\n\nFrom c@x.org Thu May  3 10:00 2012\n123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890\n\nFrom d@x.org Thu May  3 10:00:00 2012\nlast\n";
    let mut mailbox = MailboxCut::new(io::BufReader::with_capacity(5, &source[..]), 80);
    let mut message = Vec::new();
    let mut found = Vec::new();
    while let Some(cut) = mailbox.next_message(&mut message).unwrap() {
        found.push(cut);
    }
    let text = |bytes: &[u8]| bytes.to_vec();
    let expected = [
        Cut::Message(1, text(b"Subject: 1\n\none\nFrom here\n>From there\nFrom the pier\n\n")),
        Cut::Message(9, text(b"Subject: 2\r\n\r\n\r\n\n")),
        Cut::TooLong(14),
        Cut::Message(17, text(b"last\n")),
    ];
    assert_eq!(found, expected);
}

/// Pieces of mail that readers stumble over.
const PIECES: [&str; 30] = [
    "From: Ana Vale <a@x.org>\n",
    "From: Ben",
    "Subject: x\n",
    "Date: Thu, 3 May 2012 10:00:00 +0000\n",
    "Content-Type: multipart/mixed; boundary=b\n",
    "Content-Type: multipart/alternative; boundary=c\n",
    "Content-Type: message/rfc822\n",
    "Content-Type: text/html\n",
    "Content-Type: text/plain; format=flowed\n",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "\n",
    "\r\n",
    "--b\n",
    "--b--\n",
    "--c\n",
    "--c--",
    "> ",
    ">> x\n",
    "On May 2, 2012, Ben Moss wrote:\n",
    "-- \n",
    "-----Original Message-----\n",
    "<p>x<blockquote>",
    "=C3=A9=\n",
    "V2UgZ28=\n",
    "THE MAYOR: Yes.\n",
    "word ",
    "é\u{301}",
    "=?utf-8?Q?=E9?=",
    "charset=utf-16",
];

proptest! {
    #[test]
    fn any_mail_holds(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = pieces.concat().into_bytes();
        if !bytes.is_empty() {
            for (at, flip) in flips {
                let at = at.index(bytes.len());
                bytes[at] ^= flip;
            }
            bytes.truncate(keep.index(bytes.len()) + 1);
        }
        if let Ok(page) = read_mail(&bytes, &mut Draft::default()) {
            assert_blocks_hold(&page.text, &page.blocks);
        }
    }

    /// Each word of a plain body is in the text, quoted or not.
    #[test]
    fn no_word_is_lost(lines in prop::collection::vec(prop::sample::select(&[
        "one two", "> three", ">> four", "", "On May 2, 2012, Ben Moss wrote:", "-- ", "--",
        "From: five", "Sent: six", "To: seven", "-----Original Message-----", "__________",
        "THE MAYOR: eight", "- nine", "(Applause.)", "Ben wrote:",
    ][..]), 0..30)) {
        let body = lines.join("\n");
        prop_assume!(body.contains(char::is_alphabetic));
        let page = read_mail(format!("X: y\n\n{body}").as_bytes(), &mut Draft::default()).unwrap();
        assert_blocks_hold(&page.text, &page.blocks);
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            words.map(str::to_owned).collect()
        };
        prop_assert_eq!(words(&page.text), words(&body));
    }
}
