//! Headers as offices of many countries set them, all made up: what is read of each.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use onrecord_ingest::{Reader, SourceFile};
use onrecord_model::{Document, DocumentKind, Turn, Version};
use std::fs::File;
use std::io::Write;

const BODY: &str = "\n\nThe harbour has served this country for three hundred years, and it will stay open to every ship that comes in peace.\n\nIt will be dredged, it will be lit, and those who work there will be paid.\n";

fn read(header: &str) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document.txt");
    write!(File::create(&path).unwrap(), "{header}{BODY}").unwrap();
    let file = SourceFile { path, root: "corpus".into(), relative: "document.txt".into() };
    let mut documents = Vec::new();
    let report = Reader::default().read_documents(&file, &mut |read| documents.push(read.document));
    assert_eq!(report.reason(), "", "{header}");
    documents.pop().unwrap()
}

/// What a header should be read as; what is left out is not looked at.
#[derive(Default)]
struct Expected {
    title: &'static str,
    subtitle: Option<&'static str>,
    date: &'static str,
    issuer: Option<&'static str>,
    place: Option<&'static str>,
    speaker: Option<&'static str>,
    office: Option<&'static str>,
}

#[track_caller]
fn check(header: &str, expected: &Expected) {
    let metadata = read(header).metadata;
    let date = metadata.date.map(|date| date.to_string()).unwrap_or_default();
    assert_eq!(metadata.title.as_deref().unwrap_or_default(), expected.title, "{header}");
    assert_eq!(date, expected.date, "{header}");
    let subtitle = metadata.extra.get("subtitle").map(String::as_str);
    assert_eq!(subtitle, expected.subtitle, "{header}");
    let speaker = metadata.speaker.as_ref().map(|speaker| &*speaker.name);
    assert_eq!((speaker, metadata.office.as_deref()), (expected.speaker, expected.office));
    for (found, expected) in [(metadata.issuer, expected.issuer), (metadata.place, expected.place)]
    {
        assert!(expected.is_none() || found.as_deref() == expected, "{found:?} in {header}");
    }
}

#[test]
fn ministries_and_departments() {
    check(
        "Ministry of Ports\nThe Rt Hon Ana Vale MP\n\nSpeech\n\nKeeping the harbour open: our plan for the coast\n\nThe Minister of Ports sets out the plan for the coast.\n\nPublished 14 July 2011\n\nDelivered on: 13 July 2011 (Transcript of the speech, exactly as it was delivered)",
        &Expected {
            title: "Keeping the harbour open: our plan for the coast",
            date: "2011-07-13",
            issuer: Some("Ministry of Ports"),
            ..Expected::default()
        },
    );
    check(
        "MINISTRY OF FOREIGN AFFAIRS\nREPUBLIC OF KELMARA\n\nSpeech by Ana Vale, Minister of Foreign Affairs, at the Harbour Institute, Port City, 3 May 2012\n\nCheck against delivery",
        &Expected {
            title: "Speech by Ana Vale, Minister of Foreign Affairs, at the Harbour Institute, Port City, 3 May 2012",
            date: "2012-05-03",
            issuer: Some("Ministry of Foreign Affairs"),
            speaker: Some("Ana Vale"),
            office: Some("Minister of Foreign Affairs"),
            ..Expected::default()
        },
    );
    check(
        "EMBARGOED UNTIL 10:00 A.M., THURSDAY, 14 JULY 2011\n\nDepartment of Ports\n\nREMARKS BY SECRETARY ANA VALE\nAT THE NATIONAL HARBOUR FORUM",
        &Expected {
            title: "REMARKS BY SECRETARY ANA VALE",
            subtitle: Some("AT THE NATIONAL HARBOUR FORUM"),
            date: "2011-07-14",
            issuer: Some("Department of Ports"),
            speaker: Some("Secretary Ana Vale"),
            ..Expected::default()
        },
    );
    check(
        "FEDERAL MINISTRY OF PORTS\nPRESS OFFICE\n\nPress release No. 44\n14.07.2011\n\nMinister Vale opens the third basin",
        &Expected {
            title: "Minister Vale opens the third basin",
            date: "2011-07-14",
            issuer: Some("Federal Ministry of Ports, Press Office"),
            ..Expected::default()
        },
    );
    check(
        "Ministère des Ports\n\nDiscours de Mme Ana Vale, ministre des Ports\n\nParis, le 14 juillet 2011\n\nSeul le prononcé fait foi",
        &Expected {
            title: "Discours de Mme Ana Vale, ministre des Ports",
            date: "2011-07-14",
            issuer: Some("Ministère des Ports"),
            place: Some("Paris"),
            ..Expected::default()
        },
    );
    check(
        "PRIME MINISTER\n\nTRANSCRIPT OF THE PRIME MINISTER, THE HON ANA VALE MP\n\nJOINT PRESS CONFERENCE, PORT CITY\n\n14 July 2011",
        &Expected {
            title: "TRANSCRIPT OF THE PRIME MINISTER, THE HON ANA VALE MP",
            date: "2011-07-14",
            speaker: Some("THE PRIME MINISTER"),
            ..Expected::default()
        },
    );
}

#[test]
fn missions_and_embassies() {
    check(
        "PERMANENT MISSION OF KELMARA TO THE UNITED NATIONS\n\nStatement by H.E. Ms. Ana Vale\nPermanent Representative of Kelmara to the United Nations\n\nat the General Debate of the First Committee\n\nNew York, 14 October 2011\n\nCheck against delivery\n\n\nMr. Chairman,",
        &Expected {
            title: "Statement by H.E. Ms. Ana Vale",
            date: "2011-10-14",
            issuer: Some("Permanent Mission of Kelmara to the United Nations"),
            place: Some("New York"),
            speaker: Some("H.E. Ms. Ana Vale"),
            office: Some("Permanent Representative of Kelmara to the United Nations"),
            ..Expected::default()
        },
    );
    check(
        "Embassy of Kelmara\nLondon\n\n14.07.2011\n\nAddress by the Ambassador on the Day of the Sea",
        &Expected {
            title: "Address by the Ambassador on the Day of the Sea",
            date: "2011-07-14",
            issuer: Some("Embassy of Kelmara"),
            speaker: Some("the Ambassador"),
            ..Expected::default()
        },
    );
    check(
        "SPEECH/11/512\n\nAna Vale\n\nVice-President of the Union Commission responsible for Ports\n\nOpen harbours, open markets\n\nHarbour Forum\n\nPort City, 14 July 2011",
        &Expected {
            title: "Open harbours, open markets",
            date: "2011-07-14",
            place: Some("Port City"),
            speaker: Some("Ana Vale"),
            office: Some("Vice-President of the Union Commission responsible for Ports"),
            ..Expected::default()
        },
    );
    check(
        "Permanent Representation of Kelmara\n\nIntervention by the Ambassador at the Security Council debate on ports\n\n14 July 2011",
        &Expected {
            title: "Intervention by the Ambassador at the Security Council debate on ports",
            date: "2011-07-14",
            issuer: Some("Permanent Representation of Kelmara"),
            ..Expected::default()
        },
    );
}

#[test]
fn parliaments_universities_and_others() {
    check(
        "PARLIAMENT OF KELMARA\nHouse of Deputies\n\nThursday, 14th July 2011\n\nStatement by the Prime Minister on the State of the Ports",
        &Expected {
            title: "Statement by the Prime Minister on the State of the Ports",
            speaker: Some("the Prime Minister"),
            date: "2011-07-14",
            issuer: Some("Parliament of Kelmara"),
            ..Expected::default()
        },
    );
    check(
        "Testimony of Ana Vale\nDirector, National Harbour Agency\n\nBefore the\nCommittee on Ports\nKelmara Senate\n\nJuly 14, 2011",
        &Expected {
            title: "Testimony of Ana Vale",
            date: "2011-07-14",
            speaker: Some("Ana Vale"),
            office: Some("Director, National Harbour Agency"),
            ..Expected::default()
        },
    );
    check(
        "University of Port City\nOffice of the Vice-Chancellor\n\nThe Harbour and the Law\n\nThe Annual Reed Lecture delivered by Professor Ana Vale\n14 July 2011",
        &Expected {
            title: "The Harbour and the Law",
            date: "2011-07-14",
            issuer: Some("Office of the Vice-Chancellor"),
            ..Expected::default()
        },
    );
    check(
        "Ana Vale: Harbours for the next century\n\nSpeech by Ms Ana Vale, Governor of the Central Bank of Kelmara, at the Harbour Conference, Port City, 14 July 2011.",
        &Expected {
            title: "Ana Vale: Harbours for the next century",
            date: "2011-07-14",
            speaker: Some("Ms Ana Vale"),
            office: Some("Governor of the Central Bank of Kelmara"),
            ..Expected::default()
        },
    );
    check(
        "Home > News > Speeches\n\nThe Harbour We Share\n\nDate: 14/07/2011\nLocation: Port City\nSpeaker: Ana Vale",
        &Expected {
            title: "The Harbour We Share",
            date: "2011-07-14",
            place: Some("Port City"),
            speaker: Some("Ana Vale"),
            ..Expected::default()
        },
    );
    check(
        "Press release 114/2011\n2011-07-14\nHarbour Authority opens third basin",
        &Expected {
            title: "Harbour Authority opens third basin",
            date: "2011-07-14",
            ..Expected::default()
        },
    );
}

#[test]
fn the_date_stands_above_or_below_in_many_forms() {
    for date in
        ["14 July 2011", "Thursday, 14th July 2011", "14.07.2011", "2011-07-14", "14 Jul. 2011"]
    {
        for header in [
            format!(
                "{date}\n\nA Harbour for All\n\nSpeech by Tom Reed, Minister of State for Ports, at the Harbour Forum"
            ),
            format!(
                "A Harbour for All\n\nSpeech by Tom Reed, Minister of State for Ports, at the Harbour Forum\n\n{date}"
            ),
            format!(
                "A Harbour for All\n{date}\n\nSpeech by Tom Reed, Minister of State for Ports, at the Harbour Forum"
            ),
        ] {
            check(
                &header,
                &Expected {
                    title: "A Harbour for All",
                    date: "2011-07-14",
                    speaker: Some("Tom Reed"),
                    office: Some("Minister of State for Ports"),
                    ..Expected::default()
                },
            );
        }
    }
}

#[test]
fn titles_of_several_lines() {
    for (header, title, subtitle, speaker) in [
        (
            "REMARKS BY THE MAYOR\nAT THE OLD PORT",
            "REMARKS BY THE MAYOR",
            Some("AT THE OLD PORT"),
            "THE MAYOR",
        ),
        (
            "Statement by the Minister of Ports, Ana Vale, on the\nOpening of the Third Basin",
            "Statement by the Minister of Ports, Ana Vale, on the Opening of the Third Basin",
            None,
            "the Minister",
        ),
        (
            "Remarks by the Minister\non the Third Basin",
            "Remarks by the Minister",
            Some("on the Third Basin"),
            "the Minister",
        ),
        (
            "Speech\nby the Secretary General, Ana Vale, at the Harbour Institute",
            "Speech by the Secretary General, Ana Vale, at the Harbour Institute",
            None,
            "the Secretary General",
        ),
    ] {
        check(
            &format!("{header}\n\n14 July 2011"),
            &Expected {
                title,
                subtitle,
                date: "2011-07-14",
                speaker: Some(speaker),
                ..Expected::default()
            },
        );
    }
    let two = read("REMARKS BY PRESIDENT ANA VALE\nAND PRESIDENT TOM REED\n\n14 July 2011");
    let main = two.metadata.speaker.as_ref().map(|speaker| &*speaker.name);
    assert_eq!(main, Some("PRESIDENT ANA VALE"), "the first of two is the main one");
    assert_eq!(two.turns(), [Turn::default()], "nothing tells whose words are whose");
    assert!(two.blocks().iter().all(|block| block.turn.is_some()));
    let press = read("STATEMENT\nAT PRESS CONFERENCE\n\n14 July 2011").metadata;
    assert_eq!(press.kind, DocumentKind::Transcript, "the second line tells the kind");
}

#[test]
fn phrases_are_no_speakers() {
    for (header, body, speaker) in [
        ("Transcript of Oral Evidence", "We shall take evidence today.", None),
        ("Statement of Mutual Concern", "The two Ministers met in May.", None),
        ("STATEMENT OF ADMINISTRATION POLICY", "The Board is for the bill.", None),
        ("Statement of Ana Vale", "The Board is for the bill.", Some("Ana Vale")),
        ("Statement of Ana Vale", "We met in the vale.", None),
        ("Statement by Ana Vale", "We met in the vale.", Some("Ana Vale")),
        ("Statement of Mayor Ana Vale", "We met in the vale.", Some("Mayor Ana Vale")),
    ] {
        let metadata = read(&format!("{header}\n\n14 July 2011\n\n{body}")).metadata;
        let found = metadata.speaker.as_ref().map(|speaker| &*speaker.name);
        assert_eq!(found, speaker, "{header} / {body}");
    }
}

#[test]
fn what_is_said_of_the_text_itself() {
    for (line, version) in [
        ("Check against delivery", Version::Prepared),
        ("*Check against delivery*", Version::Prepared),
        ("CHECK AGAINST DELIVERY!", Version::Prepared),
        ("Es gilt das gesprochene Wort!", Version::Prepared),
        ("(as delivered)", Version::Delivered),
        ("Port City", Version::Unknown),
    ] {
        let metadata = read(&format!("Remarks by the Minister\n\n14 July 2011\n\n{line}")).metadata;
        assert_eq!(metadata.version, version, "{line}");
    }
}

#[test]
fn texts_without_a_header_keep_their_words() {
    for start in [
        "Thank you all for coming here today.\n\nOn 14 July 2011\n\nwe opened the basin.",
        "Good morning, Chair.\n\nMinister of Ports\n14 July 2011",
        "The following remarks were delivered by Minister Ana Vale at the Harbour Institute on 14 July 2011.",
    ] {
        let document = read(start);
        assert_eq!((&document.metadata.title, document.metadata.date), (&None, None), "{start}");
        assert!(document.blocks()[0].kind.is_speech(), "{start}");
    }
}
