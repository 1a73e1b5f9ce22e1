use super::*;
use crate::structure::assert_blocks_hold;
use proptest::prelude::*;

fn read(source: &str) -> (Page, Draft) {
    let mut draft = Draft::default();
    let page = read_xml(source.to_owned(), &mut draft).unwrap();
    assert_blocks_hold(&page.text, &page.blocks);
    (page, draft)
}

/// Shows each block as `kind|speaker|[label] words`, `-` for no turn and `?` for nobody's name.
fn show(page: &Page) -> Vec<String> {
    let of = |block: &onrecord_model::Block| {
        let turn = block.turn.and_then(|turn| page.turns.get(turn.0 as usize));
        let name = turn.map_or("-", |turn| turn.named_as.as_deref().unwrap_or("?"));
        let words = page.text.get(block.span.range()).unwrap();
        let label = turn
            .and_then(|turn| turn.label)
            .filter(|label| block.span.range().contains(&(label.start as usize)));
        let label = label.map(|label| format!("[{}] ", page.text.get(label.range()).unwrap()));
        format!("{}|{name}|{}{words}", block.kind.name(), label.unwrap_or_default())
    };
    page.blocks.iter().map(of).collect()
}

fn fields(draft: Draft) -> Vec<String> {
    let (metadata, _) = draft.finish();
    let date = metadata.date.map(|date| date.to_string());
    let own = [
        ("title", metadata.title.as_deref()),
        ("date", date.as_deref()),
        ("language", metadata.language.as_deref()),
        ("place", metadata.place.as_deref()),
        ("issuer", metadata.issuer.as_deref()),
    ];
    let own = own.iter().filter_map(|(name, value)| Some(format!("{name}={}", (*value)?)));
    own.chain(metadata.extra.iter().map(|(name, value)| format!("{name}={value}"))).collect()
}

const TEI: &str = "<?xml version='1.0' encoding='UTF-8'?>
<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:lang='en' xml:id='T1'><teiHeader><fileDesc><titleStmt>
 <title type='main' xml:lang='de'>Sitzung</title><title type='main' xml:lang='en'>Sitting of May 3</title>
 <meeting n='2'>Second term</meeting></titleStmt>
 <sourceDesc><bibl><date when='2012-05-03'/><idno type='URI'>https://example.org/1</idno></bibl></sourceDesc></fileDesc>
 <profileDesc><settingDesc><setting><name type='city'>Port Vale</name></setting></settingDesc>
 <particDesc><listPerson><person xml:id='ValeAda'><persName><surname>Vale</surname><forename>Ada</forename></persName></person>
 <person xml:id='moss'><persName>Ben Moss</persName></person></listPerson></particDesc></profileDesc></teiHeader>
<text><body><div><head>Ports</head>
 <note type='time'>Begun at <time from='x'>10.03</time>.</note>
 <note type='speaker'>THE CHAIR:</note>
 <u who='#ValeAda'><seg>We <hi>will</hi> dredge.</seg> <kinesic><desc>applause</desc></kinesic><seg>All of
   it.<note>Applause.</note> Yes.</seg></u>
 <u who='#moss'><s><w>No</w> <w join='right'>one</w>
 <pc>,</pc> <w join='right'>Ada</w>
 <pc>.</pc></s></u>
 <note type='speaker'>COLE:</note>
 <u who='list.xml#cole'><seg>Never.</seg></u>
 <u who='#Nobody1960'><seg>Who?</seg></u>
 <u who='#moss #ValeAda'><seg>Together.</seg></u>
 <u who='Eve Dell'><seg>Here.</seg></u>
 <p>The House rose<pb n='7'/> at <choice><sic>nin</sic><corr>nine</corr></choice>.</p>
 <list><item>one</item><item><p>two</p></item></list>
 <table><row><cell>a</cell><cell>b</cell></row><row><cell>1</cell><cell><p>2</p><p>3</p></cell></row></table>
</div></body></text></TEI>";

#[test]
fn tei() {
    let (page, draft) = read(TEI);
    let expected = [
        "heading|-|Ports",
        "note|-|Begun at 10.03.",
        "note|-|THE CHAIR:",
        "paragraph|Ada Vale|We will dredge.",
        "note|Ada Vale|applause",
        "paragraph|Ada Vale|All of it.",
        "note|Ada Vale|Applause.",
        "paragraph|Ada Vale|Yes.",
        "paragraph|Ben Moss|No one, Ada.",
        "note|-|COLE:",
        "paragraph|COLE|Never.",
        "paragraph|?|Who?",
        "paragraph|?|Together.",
        "paragraph|Eve Dell|Here.",
        "paragraph|-|The House rose at nin.",
        "list-item|-|one",
        "list-item|-|two",
        "table|-|a\tb\n1\t2 3",
    ];
    assert_eq!(show(&page), expected);
    assert_eq!(page.blocks.last().unwrap().page, Some(7));
    assert!(draft.problems.is_empty());
    let expected = [
        "title=Sitting of May 3",
        "date=2012-05-03",
        "language=en",
        "place=Port Vale",
        "meeting=Second term",
        "schema=TEI",
        "source=https://example.org/1",
        "xml_id=T1",
    ];
    assert_eq!(fields(draft), expected);
}

const AKOMA_NTOSO: &str = "<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'><debate name='hansard'><meta>
 <identification><FRBRWork><FRBRuri value='/ak/1'/><FRBRdate date='2011-06-10' name='x'/><FRBRauthor href='#house'/><FRBRcountry value='ak'/></FRBRWork>
 <FRBRExpression><FRBRdate date='2012-01-01' name='y'/><FRBRlanguage language='eng'/></FRBRExpression></identification>
 <publication number='33' date='2011-06-11'/>
 <references><TLCOrganization eId='house' showAs='Parliament'/><TLCPerson eId='vale' showAs='Ada Vale'/>
 <TLCPerson eId='moss' showAs='Mr. Moss'/><TLCRole eId='chair' showAs='The Chair'/></references>
 <notes><note eId='n1'><p>A note on ports.</p></note></notes></meta>
 <preface><p>THE HOUSE</p><p><docTitle>SECOND MEETING</docTitle></p><p>Friday, <docDate date='2011-06-10'>10 June</docDate></p></preface>
 <debateBody><debateSection><heading>Ports</heading><narrative>[The Chair was taken]</narrative>
 <speech by='#vale'><from> Mrs. Vale: </from><p>We <i>dredge</i><noteRef href='#n1'/>.</p><scene>(Applause)</scene><p>Again.</p>
  <speech by='#nobody'><from>A MEMBER.-</from><p>No!</p></speech><p>Still.</p></speech>
 <speech by='#moss' as='#chair'><from>The Chair</from><p>Order.</p></speech>
 <speech by='#moss'><from>Mr. Cole:</from><p>Mine.</p></speech>
 <question by='#moss' to='#chair'><from>Mr. Moss</from><p>asked why.</p></question>
 <speech by='#gone'><p>Who?</p></speech>
 <summary>(Question put)</summary><p>AYES: <person refersTo='#vale'>Vale</person></p>
 </debateSection></debateBody></debate></akomaNtoso>";

#[test]
fn akoma_ntoso() {
    let (page, draft) = read(AKOMA_NTOSO);
    let expected = [
        "header|-|THE HOUSE",
        "header|-|SECOND MEETING",
        "header|-|Friday, 10 June",
        "heading|-|Ports",
        "note|-|[The Chair was taken]",
        "paragraph|Ada Vale|[Mrs. Vale:] Mrs. Vale: We dredge.",
        "note|Ada Vale|(Applause)",
        "paragraph|Ada Vale|Again.",
        "paragraph|A MEMBER|[A MEMBER.-] A MEMBER.- No!",
        "paragraph|Ada Vale|Still.",
        "paragraph|Mr. Moss|[The Chair] The Chair Order.",
        "paragraph|Mr. Cole|[Mr. Cole:] Mr. Cole: Mine.",
        "paragraph|Mr. Moss|[Mr. Moss] Mr. Moss asked why.",
        "paragraph|?|Who?",
        "note|-|(Question put)",
        "paragraph|-|AYES: Vale",
        "note|-|A note on ports.",
    ];
    assert_eq!(show(&page), expected);
    let expected = [
        "title=SECOND MEETING",
        "date=2011-06-10",
        "language=en",
        "issuer=Parliament",
        "country=ak",
        "publication_number=33",
        "schema=Akoma Ntoso",
        "uri=/ak/1",
    ];
    assert_eq!(fields(draft), expected);
}

const HANSARD: &str = "<hansard><housecommons><image src='S5CV0976P1I0146'/><col>274</col><title>HOUSE OF COMMONS</title>
<date format='1979-12-18'>Tuesday 18 December</date><p><i>The House met at</i> Three.</p><debates>
<section><title>THE<lb/> PORTS</title>
<p>1. <member>Mr. Vale <memberconstituency>(Port, East)</memberconstituency></member><membercontribution> asked whether the port<col>275</col> is open.</membercontribution></p>
<p><sup>*</sup><member>Mr. Moss</member><membercontribution>: It is.<lb/> We said so.</membercontribution><quote>\"It is.\"</quote></p>
<p><membercontribution>And it will be.</membercontribution></p>
<p><i>Question put.</i></p>
<p>The House divided: Ayes 2, Noes 1.</p>
<p><membercontribution>Whose?</membercontribution></p>
<division><table><tr><td><b>AYES</b></td><td/></tr><tr><td>Vale</td><td>Moss</td></tr></table></division>
<p><member>Mr. Vale</member><membercontribution>: One. </membercontribution><member>Mr. Moss</member><membercontribution>: Two.</membercontribution></p>
<p>On the motion of <member>Mr. Cole</member> it was agreed.</p>
</section></debates>
<writtenanswers><title>Written Answers</title><section><title>Piers</title><body>
<p>Mr. Vale asked the Minister of Ports how many.</p><p><member>Mr. Moss</member>: Two.</p><p>They are new.</p>
<p>Mr. Cole asked the Minister why.</p><p>Mr. Dell: For ships.</p></body></section></writtenanswers>
</housecommons></hansard>";

#[test]
fn hansard() {
    let (page, draft) = read(HANSARD);
    let expected = [
        "heading|-|HOUSE OF COMMONS",
        "header|-|Tuesday 18 December",
        "paragraph|-|The House met at Three.",
        "heading|-|THE PORTS",
        "paragraph|Mr. Vale|[Mr. Vale (Port, East)] 1. Mr. Vale (Port, East) asked whether the port is open.",
        "paragraph|Mr. Moss|[Mr. Moss] *Mr. Moss: It is.",
        "paragraph|Mr. Moss|We said so.",
        "quotation|Mr. Moss|\"It is.\"",
        "paragraph|Mr. Moss|And it will be.",
        "note|Mr. Moss|Question put.",
        "paragraph|-|The House divided: Ayes 2, Noes 1.",
        "paragraph|-|Whose?",
        "table|-|AYES\nVale\tMoss",
        "paragraph|Mr. Vale|[Mr. Vale] Mr. Vale: One.",
        "paragraph|Mr. Moss|[Mr. Moss] Mr. Moss: Two.",
        "paragraph|-|On the motion of Mr. Cole it was agreed.",
        "heading|-|Written Answers",
        "heading|-|Piers",
        "paragraph|-|Mr. Vale asked the Minister of Ports how many.",
        "paragraph|Mr. Moss|[Mr. Moss] Mr. Moss: Two.",
        "paragraph|Mr. Moss|They are new.",
        "paragraph|-|Mr. Cole asked the Minister why.",
        "paragraph|-|Mr. Dell: For ships.",
    ];
    assert_eq!(show(&page), expected);
    let expected = [
        "title=HOUSE OF COMMONS",
        "date=1979-12-18",
        "issuer=House of Commons",
        "columns=274-275",
        "house=HOUSE OF COMMONS",
        "schema=Hansard",
        "volume=976",
    ];
    assert_eq!(fields(draft), expected);
}

const PARLPARSE: &str = "<?xml version='1.0' encoding='ISO-8859-1'?><!DOCTYPE publicwhip [<!ENTITY pound '&#163;'>]><publicwhip>
<major-heading id='uk.org.publicwhip/debate/2003-06-26a.1.0' nospeaker='true'>Ports</major-heading>
<minor-heading id='uk.org.publicwhip/debate/2003-06-26a.1.1'>Piers</minor-heading>
<speech id='uk.org.publicwhip/debate/2003-06-26a.1.2' speakername='Ada Vale' person_id='p/1'><p pid='a'>It costs &pound;5, <phrase class='x'>my friend</phrase>.</p><p class='indent'>So it says.</p></speech>
<speech id='x/2003-06-26a.1.3' nospeaker='true'><p>Question put.</p></speech>
<division><divisioncount ayes='1'/><mplist vote='aye'><mpname vote='aye'>Vale, Ada</mpname></mplist></division>
<ques speakername='Ben Moss'><p>Why?</p></ques><reply speakername='unknown'><p>So.</p></reply></publicwhip>";

#[test]
fn parlparse() {
    let (page, draft) = read(PARLPARSE);
    let expected = [
        "heading|-|Ports",
        "heading|-|Piers",
        "paragraph|Ada Vale|It costs \u{a3}5, my friend.",
        "quotation|Ada Vale|So it says.",
        "paragraph|-|Question put.",
        "list-item|-|Vale, Ada",
        "paragraph|Ben Moss|Why?",
        "paragraph|-|So.",
    ];
    assert_eq!(show(&page), expected);
    assert_eq!(fields(draft), ["title=Ports", "date=2003-06-26", "schema=ParlParse"]);
}

const OTHER: &str =
    "<article xml:lang='fr'><title>Ports</title>loose <b>words</b><sec><head>Plan</head><body>
<x><y>We <z>dredge</z> it.</y><y>All.</y></x><list><item>one</item></list><fn>A note.</fn>
<quote>Said.</quote><table><tr><td>a</td><td>b</td></tr></table></body></sec></article>";

#[test]
fn any_other() {
    let (page, draft) = read(OTHER);
    let expected = [
        "heading|-|Ports",
        "paragraph|-|loose words",
        "heading|-|Plan",
        "paragraph|-|We dredge it.",
        "paragraph|-|All.",
        "list-item|-|one",
        "note|-|A note.",
        "quotation|-|Said.",
        "table|-|a\tb",
    ];
    assert_eq!(show(&page), expected);
    assert_eq!(fields(draft), ["language=fr", "xml_root=article"]);
}

#[test]
fn plays_and_parts_of_names() {
    let (page, _) = read(
        "<TEI><text><sp><speaker><hi>ADA</hi> VALE.</speaker><p>Yes.</p><stage>Exit.</stage></sp></text></TEI>",
    );
    let expected = ["paragraph|ADA VALE.|[ADA VALE.] ADA VALE. Yes.", "note|ADA VALE.|Exit."];
    assert_eq!(show(&page), expected);
}

#[test]
fn labels() {
    for (label, name, is_only_name) in [
        ("Mr. Alfa:", "Mr. Alfa", true),
        ("Mr. Alfa", "Mr. Alfa", true),
        ("El señor VALE (Presidente).-", "El señor VALE (Presidente)", true),
        ("Sra. VALE.- Sí, señor.", "Sra. VALE", false),
        ("Mr. Alfa: Yes.", "Mr. Alfa", false),
        ("J. R.", "J. R.", true),
        (":", "", true),
    ] {
        assert_eq!((&*name_in_label(label), super::is_only_name(label)), (name, is_only_name));
    }
    assert_eq!(name_in_label(&"word ".repeat(50)), "");
    for (pointer, is_name) in
        [("Ada Vale", true), ("#Ada Vale", false), ("ValeAda1960", false), ("Vale", false)]
    {
        assert_eq!(is_readable_name(pointer), is_name, "{pointer}");
    }
}

#[test]
fn no_letter_is_lost() {
    let letters = |text: &str| -> Vec<char> {
        let mut letters: Vec<_> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        letters
    };
    // What is left out on purpose, and where what is left out ends.
    let omitted = [
        ("<teiHeader", "</teiHeader>"),
        ("<corr", "</corr>"),
        ("<identification", "</references>"),
        ("<col", "</col>"),
        ("<!DOCTYPE", "]>"),
    ];
    for source in [TEI, AKOMA_NTOSO, HANSARD, PARLPARSE, OTHER] {
        let mut plain = source.replace("&pound;", "");
        for (from, to) in omitted {
            while let Some((before, after)) = plain.split_once(from) {
                plain = format!("{before}{}", after.split_once(to).unwrap().1);
            }
        }
        let words: String = plain
            .split('<')
            .map(|piece| piece.split_once('>').map_or("", |(_, words)| words))
            .collect();
        assert_eq!(letters(&read(source).0.text), letters(&words), "{source:.60}");
    }
}

#[test]
fn hostile() {
    let deep = |n: usize| format!("{}x{}", "<a>".repeat(n), "</a>".repeat(n));
    for (source, reason) in [
        (deep(1_000_000), "nested more than 256 deep"),
        (format!("<TEI><text>{}", "<div>".repeat(100_000)), "nested more than 256 deep"),
        ("<mods><title>x</title></mods>".to_owned(), "not a text: metadata"),
        ("<svg:svg><text>x</text></svg:svg>".to_owned(), "not a text: a picture"),
        (" \u{feff}".to_owned(), "it has no element"),
        ("\u{feff} \n".to_owned(), "no text"),
        ("<!DOCTYPE a [<!ENTITY x '&x;'>]><a>&x;</a>".to_owned(), "more than 16 deep"),
    ] {
        let found = read_xml(source, &mut Draft::default()).err().unwrap_or_default();
        assert!(found.contains(reason), "{found}");
    }
    let (page, draft) = read(
        "<!DOCTYPE a SYSTEM 'a.dtd' [<!ENTITY p SYSTEM 'file:///etc/passwd'>]><a><p>one &p; two</p></a>",
    );
    assert_eq!(page.text, "one two");
    assert_eq!(draft.problems.len(), 1, "{:?}", draft.problems);
    assert!(draft.problems[0].contains("file:///etc/passwd"));
    let flood = format!("<TEI><text><u {}>x</u></text></TEI>", "a='b' ".repeat(200_000));
    assert_eq!(read(&flood).0.text, "x");
    assert_eq!(read(&format!("<a>{}</a>", deep(250))).0.text, "x");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn damaged_files_hold(
        which in 0_usize..5,
        cut in 0_usize..4000,
        flips in prop::collection::vec((0_usize..4000, any::<u8>()), 0..12),
    ) {
        let source = [TEI, AKOMA_NTOSO, HANSARD, PARLPARSE, OTHER][which];
        let mut bytes = source.as_bytes().to_vec();
        for (at, byte) in flips {
            let n = bytes.len();
            bytes[at % n] = byte;
        }
        bytes.truncate(bytes.len().saturating_sub(cut % bytes.len()));
        let damaged = String::from_utf8_lossy(&bytes).into_owned();
        let mut draft = Draft::default();
        if let Ok(page) = read_xml(damaged, &mut draft) {
            assert_blocks_hold(&page.text, &page.blocks);
        }
    }

    #[test]
    fn any_tags_hold(source in "(<[/]?(TEI|u|p|seg|note|speech|from|member|table|tr|td|title|lb/)>|[a-c &;<>]|&#[0-9]{2};){0,80}") {
        for root in ["TEI", "akomaNtoso", "hansard", "publicwhip", "other"] {
            let mut draft = Draft::default();
            if let Ok(page) = read_xml(format!("<{root}>{source}</{root}>"), &mut draft) {
                assert_blocks_hold(&page.text, &page.blocks);
            }
        }
    }
}
