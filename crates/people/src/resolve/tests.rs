use super::*;

const WHITE_HOUSE: Option<&str> = Some("The White House, Office of the Press Secretary");

fn shown(resolution: &Resolution) -> String {
    match resolution {
        Resolution::Person(found) => found.speaker.id.to_string(),
        Resolution::Ambiguous(ids) => {
            let ids: Vec<&str> = ids.iter().map(SpeakerId::as_str).collect();
            format!("{} or more", ids.join("|"))
        }
        Resolution::Unknown => "?".to_owned(),
        Resolution::Nobody => "-".to_owned(),
    }
}

#[test]
fn public_figures() {
    let roster = Roster::default_roster();
    for (named_as, date, issuer, expected) in [
        ("Secretary Clinton", "2011", None, "hillary-rodham-clinton"),
        ("SECRETARY CLINTON", "2014", None, "?"),
        ("President Clinton", "1996", None, "bill-clinton"),
        ("PRESIDENT CLINTON", "2010-12-10", WHITE_HOUSE, "?"),
        ("Former President Clinton", "2010-12-10", None, "bill-clinton"),
        ("Hillary Clinton", "1985", None, "hillary-rodham-clinton"),
        ("Bill Clinton", "2012", None, "bill-clinton"),
        ("THE PRESIDENT", "2011-05-01", WHITE_HOUSE, "barack-obama"),
        ("EL PRESIDENTE", "2011-05-01", WHITE_HOUSE, "barack-obama"),
        ("El Presidente Obama", "2011-05-01", WHITE_HOUSE, "barack-obama"),
        ("THE PRESIDENT", "2005-05-01", WHITE_HOUSE, "george-w-bush"),
        ("THE PRESIDENT", "2011-05-01", None, "?"),
        ("THE PRESIDENT", "2011-05-01", Some("Ministry of Ports"), "?"),
        ("THE PRESIDENT", "2009", WHITE_HOUSE, "barack-obama|george-w-bush or more"),
        ("THE PRESIDENT", "2009-01-20", WHITE_HOUSE, "barack-obama|george-w-bush or more"),
        ("the President", "2010", WHITE_HOUSE, "barack-obama"),
        ("THE PRIME MINISTER", "2011-05-01", WHITE_HOUSE, "?"),
        ("THE PRIME MINISTER", "2011-05-01", Some("10 Downing Street"), "david-cameron"),
        ("President Obama", "2011-05-01", None, "barack-obama"),
        ("President Obama", "2007-05-01", None, "?"),
        ("Senator Obama", "2011", None, "?"),
        ("Senator Obama", "2007", None, "barack-obama"),
        ("Senator Barack Obama", "2011", None, "barack-obama"),
        ("Barack Obama", "2004-07-27", None, "barack-obama"),
        ("Obama, Barack", "2011", None, "barack-obama"),
        ("PRESIDENT BARACK OBAMA", "2011", None, "barack-obama"),
        ("Barack H. Obama", "2011", None, "barack-obama"),
        ("Mr. Obama", "2011-05-01", WHITE_HOUSE, "barack-obama"),
        ("MRS. OBAMA", "2011-05-01", WHITE_HOUSE, "michelle-obama"),
        ("MRS. OBAMA", "2011-05-01", None, "?"),
        ("MRS. OBAMA", "2018-05-01", WHITE_HOUSE, "?"),
        ("THE FIRST LADY", "2011-05-01", WHITE_HOUSE, "michelle-obama"),
        ("VICE PRESIDENT BIDEN", "2011-05-01", None, "joe-biden"),
        ("DR. BIDEN", "2011-05-01", WHITE_HOUSE, "jill-biden"),
        ("MR. CARNEY", "2011-05-01", WHITE_HOUSE, "jay-carney"),
        ("MR. CARNEY", "2010-05-01", WHITE_HOUSE, "?"),
        ("MR. RHODES", "2011-05-01", WHITE_HOUSE, "?"),
        ("Press Secretary Robert Gibbs", "2010", None, "robert-gibbs"),
        ("Treasury Secretary Geithner", "2010", None, "timothy-geithner"),
        ("Secretary of the Treasury Geithner", "2010", None, "timothy-geithner"),
        ("THE SECRETARY", "2011-05-01", Some("U.S. Department of State"), "hillary-rodham-clinton"),
        ("PRESIDENT CALDERÓN", "2010-05-19", WHITE_HOUSE, "felipe-calderon"),
        ("PRESIDENT CALDERON", "2010-05-19", WHITE_HOUSE, "felipe-calderon"),
        ("PRIME MINISTER AL-MALIKI", "2009-07-22", None, "nouri-al-maliki"),
        ("PRIME MINISTER MALIKI", "2009-07-22", None, "nouri-al-maliki"),
        ("PRESIDENT LEE", "2011-10-13", WHITE_HOUSE, "lee-myung-bak"),
        ("Secretary-General Ban Ki-moon", "2011", None, "ban-ki-moon"),
        ("SECRETARY-GENERAL BAN", "2011", None, "ban-ki-moon"),
        ("President Lula", "2009-03-14", None, "luiz-inacio-lula-da-silva"),
        ("George W. Bush", "2003", None, "george-w-bush"),
        ("George H. W. Bush", "2003", None, "george-h-w-bush"),
        ("George Bush", "1990", None, "george-h-w-bush|george-w-bush or more"),
        ("President George Bush", "1990", None, "george-h-w-bush"),
        ("President George Bush", "2004", None, "george-w-bush"),
        ("President Bush", "2004-02-03", None, "george-w-bush"),
        ("President Bush", "", None, "george-h-w-bush|george-w-bush or more"),
        ("Secretary Clinton", "", None, "hillary-rodham-clinton"),
        ("John Adams", "1798", None, "john-adams"),
        ("John Adams", "2011", None, "?"),
        ("Joseph R. Biden, Jr.", "2011", None, "joe-biden"),
        ("Ana Vale", "2011", None, "ana-vale"),
        ("H.E. Ms. Ana Vale", "2011", None, "ana-vale"),
        ("GOVERNOR ANA VALE OF MAINE", "2011", None, "ana-vale"),
        ("MR. VALE", "2011", WHITE_HOUSE, "?"),
        ("SENIOR ADMINISTRATION OFFICIAL", "2011", WHITE_HOUSE, "-"),
        ("POOL REPORT", "2011", WHITE_HOUSE, "?"),
        ("Q", "2011", WHITE_HOUSE, "-"),
        ("AUDIENCE MEMBERS", "2011", WHITE_HOUSE, "-"),
        ("", "2011", WHITE_HOUSE, "?"),
    ] {
        let context = Context { date: date.parse().ok(), issuer, ..Context::default() };
        assert_eq!(shown(&resolve(&roster, named_as, &context)), expected, "{named_as} {date}");
    }
}

#[test]
fn the_document_names_those_whom_it_labels() {
    let roster = Roster::default_roster();
    for (named_as, names, expected) in [
        ("MR. VALE", &["Press Secretary Tom Vale"][..], "tom-vale"),
        ("MS. VALE", &["Ms. Ana Vale"], "ana-vale"),
        ("MR. VALE", &["Ms. Ana Vale"], "?"),
        ("MR. VALE", &["Tom Vale"], "?"),
        ("MR. VALE", &["Director Tom Vale", "Senator Jim Vale"], "jim-vale|tom-vale or more"),
        ("SENATOR VALE", &["Director Tom Vale", "Senator Jim Vale"], "jim-vale"),
        ("MR. RHODES", &["Deputy National Security Advisor Ben Rhodes"], "ben-rhodes"),
        ("PRESIDENT JOHNSON VALE", &["PRESIDENT JOHNSON VALE"], "johnson-vale"),
        (
            "PRESIDENT JOHNSON VALE",
            &["PRESIDENT JOHNSON VALE", "President Ada Johnson Vale"],
            "ada-johnson-vale",
        ),
        ("MR. CARNEY", &["Coach Art Carney"], "art-carney|jay-carney or more"),
        ("PRESIDENT CLINTON", &["Former President Bill Clinton"], "bill-clinton"),
        ("THE PRIME MINISTER", &["Prime Minister Stephen Harper"], "stephen-harper"),
        (
            "THE PRIME MINISTER",
            &["Prime Minister Stephen Harper", "Prime Minister David Cameron"],
            "david-cameron|stephen-harper or more",
        ),
    ] {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let context = Context {
            date: "2011-05-03".parse().ok(),
            issuer: WHITE_HOUSE,
            names: &names,
            ..Context::default()
        };
        assert_eq!(shown(&resolve(&roster, named_as, &context)), expected, "{named_as} {names:?}");
    }
}

#[test]
fn what_stands_beside_a_text_tells_who_speaks() {
    let roster = Roster::default_roster();
    for (named_as, speakers, names, expected) in [
        ("Mr. VALE", &["Tom M. Vale", "Ana Reed"][..], &[][..], "tom-m-vale"),
        ("Mr. VALE of Maine", &["Tom M. Vale"], &[], "tom-m-vale"),
        ("Senator VALE", &["Tom M. Vale"], &[], "tom-m-vale"),
        ("Mr. VALE", &["Tom M. Vale", "Ana Vale"], &[], "ana-vale|tom-m-vale or more"),
        ("Mr. VALE", &[], &["Tom M. Vale"], "?"),
        ("Mr. Mas Ribó", &[], &["Mr. Mas Ribó"], "?"),
        ("Mr. Mas Ribó", &[], &["Mas Ribó"], "mas-ribó"),
        ("Mr. Mas Ribó", &[], &["Mr. Ribó"], "mas-ribó"),
        ("Mr. Tom M. Vale", &[], &[], "tom-m-vale"),
        ("H.E. Mr. Tom Vale", &[], &[], "tom-vale"),
        ("Mr. Ben Rhodes", &[], &[], "ben-rhodes"),
    ] {
        let own = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let (speakers, names) = (own(speakers), own(names));
        let context = Context {
            date: "2011-05-03".parse().ok(),
            names: &names,
            speakers: &speakers,
            ..Context::default()
        };
        assert_eq!(shown(&resolve(&roster, named_as, &context)), expected, "{named_as}");
    }
}

#[test]
fn the_office_of_the_main_speaker_tells_the_country() {
    let roster = Roster::default_roster();
    for (country, place, expected) in [
        (Some("the United States"), None, "joe-biden"),
        (Some("the United States"), Some("Port City"), "joe-biden"),
        (None, None, "?"),
    ] {
        let date = "2011-05-03".parse().ok();
        let context = Context { date, country, place, ..Context::default() };
        let found = shown(&resolve(&roster, "THE VICE PRESIDENT", &context));
        assert_eq!(found, expected, "{country:?}");
    }
}

#[test]
fn a_roster_may_say_whose_its_texts_are() {
    let roster = Roster::from_toml("of = \"the United States\"", "t").unwrap();
    let roster = Roster::default_roster().overridden_by(roster).unwrap();
    for (issuer, expected) in [
        (None, "barack-obama"),
        (Some("Ministry of Ports"), "barack-obama"),
        (Some("Office of the Prime Minister, Canada"), "?"),
    ] {
        let context = Context { date: "2011-05-03".parse().ok(), issuer, ..Context::default() };
        assert_eq!(shown(&resolve(&roster, "THE PRESIDENT", &context)), expected, "{issuer:?}");
    }
}

#[test]
fn two_terms_are_no_surer_than_one() {
    let term = |from: u32, to: u32| {
        format!(
            "[[person.office]]\ntitle = \"Mayor\"\nof = \"Kelmara\"\nfrom = {from}\nto = {to}\n"
        )
    };
    let person = "of = \"Kelmara\"\n[[person]]\nid = \"ada-orr\"\nname = \"Ada Orr\"\n";
    for (terms, date, expected) in [
        (term(2001, 2004), None, "?"),
        (term(2001, 2004) + &term(2009, 2012), None, "?"),
        (term(2001, 2004) + &term(2004, 2012), Some("2003"), "ada-orr"),
        (term(2001, 2004) + &term(2004, 2012), Some("2004"), "?"),
    ] {
        let roster = Roster::from_toml(&format!("{person}{terms}"), "t").unwrap();
        let date = date.map(|date| date.parse().unwrap());
        let context = Context { date, ..Context::default() };
        assert_eq!(shown(&resolve(&roster, "THE MAYOR", &context)), expected, "{terms} {date:?}");
    }
}

#[test]
fn offices_come_with_the_person() {
    let roster = Roster::default_roster();
    for (named_as, date, expected) in [
        ("Barack Obama", "2011-05-03", Some("President")),
        ("Barack Obama", "2018", None),
        ("Hillary Clinton", "2010", Some("Secretary of State")),
        ("Mayor Ana Vale", "2010", Some("Mayor")),
        ("Ana Vale", "2010", None),
    ] {
        let context = Context { date: date.parse().ok(), ..Context::default() };
        let Resolution::Person(found) = resolve(&roster, named_as, &context) else {
            panic!("{named_as}")
        };
        assert_eq!(found.office.as_deref(), expected, "{named_as}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn any_name_is_borne(name in "\\PC{0,80}") {
        let roster = Roster::from_toml("[[person]]\nid = \"a\"\nname = \"Ada Orr\"", "t").unwrap();
        let context = Context { issuer: WHITE_HOUSE, ..Context::default() };
        resolve(&roster, &name, &context);
    }
}

#[test]
fn a_title_tells_of_which_country_someone_is() {
    let roster = Roster::default_roster();
    for (label, title, date, expected) in [
        (
            "KING ABDULLAH",
            "Remarks by President Obama and King Abdullah of Saudi Arabia",
            "2010-06-29",
            "?",
        ),
        (
            "KING ABDULLAH",
            "Remarks by President Obama and King Abdullah of Jordan",
            "2011-05-17",
            "abdullah-ii",
        ),
        (
            "PRIME MINISTER CAMERON",
            "Remarks with Prime Minister Cameron of Bermuda",
            "2010-06-29",
            "?",
        ),
        (
            "PRIME MINISTER CAMERON",
            "Remarks with Prime Minister Cameron of the United Kingdom",
            "2010-07-20",
            "david-cameron",
        ),
        ("PRESIDENT LEE", "Remarks with President Lee of Taiwan", "2010-06-29", "?"),
        (
            "PRESIDENT LEE",
            "Remarks with President Lee of the Republic of Korea",
            "2010-06-26",
            "lee-myung-bak",
        ),
        (
            "SECRETARY CLINTON",
            "Remarks with Secretary of State Clinton",
            "2010-06-29",
            "hillary-rodham-clinton",
        ),
    ] {
        let context = Context {
            date: date.parse().ok(),
            issuer: WHITE_HOUSE,
            title: Some(title),
            ..Context::default()
        };
        assert_eq!(shown(&resolve(&roster, label, &context)), expected, "{label} in {title}");
    }
}
