//! Labels of turns that name no one person.

/// Words for people who are not named: one of them, or many.
#[rustfmt::skip]
const UNNAMED: &[&str] = &[
    "a:", "aide", "all", "announcer", "answer", "attendee", "attendees", "audience", "audiencia",
    "boy", "boys", "both", "cadets", "caller", "child", "children", "chorus", "clerk", "crowd",
    "dancers", "delegates", "employee", "employees", "estudiante", "everyone", "girl", "girls",
    "group", "guest", "host", "interpreter", "interviewer", "journalist", "journalists", "kids",
    "man", "marines", "member", "members", "miembro", "moderator", "narrator", "official",
    "officials", "operator", "parent", "parents", "participant", "participants", "person",
    "player", "players", "pregunta", "press", "público", "publico", "q", "question", "questioner",
    "questions", "reporter", "reporters", "respuesta", "senators", "singers", "spectator",
    "staff", "student", "students", "teacher", "translator", "troops", "voice", "voices", "woman",
];

/// Words that stand beside those of [`UNNAMED`] and name nobody either.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "a", "administration", "an", "cast", "committee", "council", "crew", "del", "el", "female",
    "from", "government", "hon", "honorable", "honourable", "hospital", "house", "in", "little", "male", "many",
    "military", "no", "number", "of", "officer", "other", "presente", "presiding", "pro", "senior",
    "several", "some", "speaker", "tempore", "the", "unidentified", "unknown", "voz", "young",
];

/// Words that begin the label of some or many of a group: `Several Councillors`.
#[rustfmt::skip]
const QUANTIFIERS: &[&str] = &[
    "all", "another", "both", "certain", "few", "five", "four", "many", "most", "numerous",
    "other", "several", "some", "three", "two", "unidentified", "unknown", "unnamed", "various",
];

/// Roles that many hold at a time, beside those of [`UNNAMED`].
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "alderman", "ambassador", "assemblyman", "citizen", "commissioner", "congressman",
    "congresswoman", "councillor", "councilman", "councilor", "councilwoman", "delegate",
    "deputy", "governor", "judge", "justice", "lawmaker", "legislator", "lord", "mayor",
    "minister", "mp", "officer", "peer", "representative", "resident", "senator", "soldier",
    "speaker", "veteran", "witness", "worker",
];

/// Tells whether a label names no one person, so that no name may be made of it: `Q`,
/// `AUDIENCE MEMBER`, `SEVERAL SENATORS`, `Speaker 2`, `The PRESIDING OFFICER.`, `MR. _____`
///
/// A label whose brackets name someone, `The PRESIDING OFFICER (Mr. Reed).`, does name them; an
/// office that one person holds at a time, `THE PRESIDENT`, does too.
pub fn names_nobody(label: &str) -> bool {
    let (label, bracketed) = label.split_once(['(', '[']).unwrap_or((label, ""));
    if bracketed.contains(|c: char| c.is_uppercase()) && !bracketed.contains(':') {
        return false;
    }
    if label.contains("___") {
        return true;
    }
    let lower = label.to_lowercase();
    let is_number =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'#');
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '#'))
        .filter(|word| !word.is_empty())
        .collect();
    let is_unnamed = |word: &&str| UNNAMED.contains(word) || is_single(word);
    let is_beside = |word: &&str| BESIDE.contains(word) || is_number(word);
    let n_unnamed = words.iter().filter(|word| is_unnamed(word)).count();
    let has = |word: &str| words.contains(&word);
    // `Speaker 2`, `Unidentified Speaker`; `THE SPEAKER` alone is an office.
    let marked = |word: &str| {
        is_number(word) || matches!(word, "unidentified" | "unknown" | "male" | "female" | "pro")
    };
    let is_some_speaker = has("speaker") && words.iter().any(|word| marked(word));
    let is_article = |word: &&str| matches!(*word, "a" | "an" | "the");
    let n_articles = words.iter().take_while(|word| is_article(word)).count();
    let is_some_of_group = match words.get(n_articles..) {
        Some([first, between @ .., last]) => {
            QUANTIFIERS.contains(first)
                && is_role(last)
                && between.iter().all(|word| is_beside(word) || is_unnamed(word) || is_role(word))
        }
        Some([] | [_]) | None => false,
    };
    is_some_of_group
        || (n_unnamed > 0 || is_some_speaker || has("presiding"))
            && words.iter().all(|word| is_unnamed(word) || is_beside(word))
}

/// Tells whether a word is one of [`ROLES`], in the singular or plural.
fn is_role(word: &str) -> bool {
    let singular = |ending: &str, instead: &str| {
        word.strip_suffix(ending).is_some_and(|stem| ROLES.contains(&&*format!("{stem}{instead}")))
    };
    ROLES.contains(&word)
        || singular("s", "")
        || singular("es", "")
        || singular("ies", "y")
        || singular("men", "man")
}

/// The letters that stand for question and answer, in English and in Spanish.
fn is_single(word: &str) -> bool {
    let (letter, number) = word.split_at_checked(1).unwrap_or((word, ""));
    matches!(letter, "q" | "p" | "r") && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_name_nobody() {
        for label in [
            "Q",
            "Q2",
            "P",
            "QUESTION",
            "AUDIENCE",
            "AUDIENCE MEMBER",
            "AUDIENCE MEMBER #2",
            "MEMBERS OF THE AUDIENCE",
            "PARTICIPANTS",
            "A PARTICIPANT",
            "REPORTER",
            "SEVERAL SENATORS",
            "Several hon. Members",
            "An Hon. Member",
            "SENIOR ADMINISTRATION OFFICIAL",
            "MODERATOR",
            "MILITARY AIDE",
            "Speaker 2",
            "Speaker 1 (00:03:12)",
            "UNIDENTIFIED SPEAKER",
            "The SPEAKER pro tempore.",
            "The PRESIDING OFFICER.",
            "MIEMBRO DEL PÚBLICO",
            "MR. _____",
            "Presiding Officer",
            "Some Councillors",
            "SEVERAL HON. DEPUTIES",
            "Two Aldermen",
            "An unidentified Witness",
            "Various Witnesses",
        ] {
            assert!(names_nobody(label), "{label}");
        }
    }

    #[test]
    fn labels_that_name_someone() {
        for label in [
            "THE PRESIDENT",
            "THE SPEAKER",
            "Mr. Speaker",
            "MR. REED",
            "The PRESIDING OFFICER (Mr. Reed).",
            "The SPEAKER pro tempore (Mr. Reed).",
            "SENATOR VALE",
            "AUDIENCE MEMBER VALE",
            "THE CHAIRMAN",
            "ALEX",
            "OFFICER VALE",
            "Councillor Vale",
            "Ana Councillor",
            "Many Waters",
            "Some Harbours of the Minister",
            "",
        ] {
            assert!(!names_nobody(label), "{label}");
        }
    }
}
