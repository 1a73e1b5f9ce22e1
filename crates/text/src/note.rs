use onrecord_model::Span;

/// The longest stage direction, in bytes.
const MAX_NOTE_BYTES: usize = 120;

/// Words that begin a stage direction or an editor's remark, folded.
const OPENERS: &[&str] = &[
    "a",
    "applause",
    "audience",
    "audio",
    "booing",
    "boos",
    "break",
    "chanting",
    "chants",
    "cheering",
    "cheers",
    "cross",
    "crosstalk",
    "crowd",
    "end",
    "gap",
    "gavel",
    "gestures",
    "groans",
    "inaudible",
    "indicates",
    "indicating",
    "indiscernible",
    "interruption",
    "laughing",
    "laughs",
    "laughter",
    "loud",
    "mic",
    "microphone",
    "moment",
    "music",
    "no",
    "off",
    "pause",
    "pauses",
    "pounding",
    "prolonged",
    "shouting",
    "sic",
    "simultaneous",
    "singing",
    "sings",
    "sound",
    "standing",
    "sustained",
    "technical",
    "unintelligible",
    "video",
    "voice",
    "voices",
    "whistles",
];

/// Words of which a stage direction holds at least one, folded.
const MARKERS: &[&str] = &[
    "applause",
    "booing",
    "boos",
    "chanting",
    "chants",
    "cheering",
    "cheers",
    "crosstalk",
    "gavel",
    "groans",
    "inaudible",
    "indicating",
    "indiscernible",
    "interruption",
    "laughing",
    "laughs",
    "laughter",
    "mic",
    "microphone",
    "music",
    "ovation",
    "pause",
    "pauses",
    "sic",
    "singing",
    "sings",
    "sound",
    "talk",
    "unintelligible",
    "video",
    "voice",
    "voices",
    "whistles",
];

/// Markers that are spoken of as well: behind `a` or `no` they are words like any other.
const AMBIGUOUS: &[&str] = &["music", "sound", "talk", "video", "voice", "voices"];

/// Beginnings of words that by themselves, or joined by [`JOINING`] ones, are a stage direction,
/// folded; slips of transcribers such as `laugher` begin like them.
const NOISES: &[&str] = &[
    "applau",
    "aplau",
    "boo",
    "chant",
    "cheer",
    "cough",
    "crosstalk",
    "gasp",
    "groan",
    "hooah",
    "inaud",
    "indiscern",
    "interrup",
    "laug",
    "phonetic",
    "risas",
    "scream",
    "shout",
    "silen",
    "sings",
    "singing",
    "translated",
    "unintel",
    "whistl",
    "abuche",
    "beep",
    "giggl",
    "sneez",
    "appau",
    "traducido",
];

/// Words that join noises, folded.
const JOINING: &[&str] =
    &["and", "again", "audience", "continued", "continues", "extended", "in", "loud", "more", "y"];

/// Marks of transcribers that stand in brackets alone, folded.
const MARKS: &[&str] = &["ph", "sic", "sp"];

/// What is said of the language of words, or of how they came into the text, folded.
const RENDERINGS: &[&str] = &[
    "delivered",
    "delivery",
    "interpretation",
    "interpreted",
    "interpreter",
    "progress",
    "reading",
    "translated",
    "translation",
    "translator",
    "arabic",
    "bahasa",
    "chinese",
    "czech",
    "danish",
    "dari",
    "dutch",
    "english",
    "estonian",
    "farsi",
    "finnish",
    "french",
    "gaelic",
    "german",
    "greek",
    "hebrew",
    "hindi",
    "hungarian",
    "indonesian",
    "irish",
    "italian",
    "japanese",
    "khmer",
    "korean",
    "mandarin",
    "norwegian",
    "pashto",
    "polish",
    "portuguese",
    "romanian",
    "russian",
    "spanish",
    "swahili",
    "swedish",
    "thai",
    "turkish",
    "ukrainian",
    "urdu",
    "vietnamese",
    "inglés",
    "español",
];

/// What remarks on renderings begin with, folded.
const RENDERING_OPENERS: &[&str] = &[
    "answers",
    "as",
    "asks",
    "begins",
    "continued",
    "continues",
    "in",
    "interpreted",
    "opening",
    "partially",
    "pause",
    "question",
    "reads",
    "reading",
    "remarks",
    "responds",
    "resumes",
    "says",
    "simultaneous",
    "speaking",
    "speaks",
    "spoke",
    "through",
    "translated",
    "via",
    "english",
    "spanish",
    "after",
    "asked",
    "continúa",
    "en",
    "hablando",
    "previous",
];

/// What happens on a stage and is seldom told there, folded.
#[rustfmt::skip]
const STAGE_EVENTS: &[&str] = &[
    "bark", "barks", "clap", "claps", "escorted", "gavels", "sing", "sings", "sung", "ushered",
    "yelling",
];

/// What is heard, or not, and ends a short remark: `(Audience commotion.)`, folded.
#[rustfmt::skip]
const DISTURBANCES: &[&str] = &[
    "commotion", "difficulties", "disruption", "feedback", "interruption", "recording", "silence",
];

/// What is done on a stage and spoken of elsewhere, in the third person or behind `is` and `are`,
/// folded: a remark needs one of [`ON_STAGE`] before it.
#[rustfmt::skip]
const ACTS: &[&str] = &[
    "administered", "arrive", "arrives", "awarded", "beeps", "begin", "begins", "blows", "bows",
    "chatters", "comes", "coughs", "cries", "cry", "crying", "depart", "departs", "embrace",
    "enter", "enters", "exchanged", "exit", "exits", "falls", "flicker", "given", "hug", "hugs",
    "introduce", "introduces", "kiss", "kisses", "lighted", "lit", "observed", "offered",
    "performed", "performs", "play", "played", "plays", "presented", "presents", "reacts", "read",
    "reads", "ring", "rings", "screams", "share", "shares", "show", "shown", "shows", "signed",
    "signs", "sounds", "speaks", "starts", "takes", "unveiled", "wave", "waves",
];

/// Those and what are seen and heard on a stage, folded: `(The medal is presented.)`
#[rustfmt::skip]
const ON_STAGE: &[&str] = &[
    "act", "agreement", "alarm", "anthem", "applicant", "audience", "audio", "award", "awards",
    "baby", "band", "bell", "bill", "blessing", "blessings", "bowl", "boy", "candle", "candles",
    "carol", "carols", "cast", "cell", "chaplain", "child", "children", "choir", "chorus",
    "citation", "citations", "class", "clip", "clock", "crowd", "delegation", "diya",
    "documentary", "dog", "film", "flag", "flags", "gift", "girl", "governor", "group", "guest",
    "guests", "horn", "hymn", "interpretation", "interpreter", "ladies", "lights", "man", "mayor",
    "medal", "medals", "meeting", "member", "members", "memorandum", "menorah", "microphone",
    "minister", "moment", "mr", "mrs", "ms", "oath", "oaths", "orchestra", "order", "orders",
    "pager", "panelists", "participant", "participants", "pause", "phone", "phones", "plaque",
    "pledge", "pool", "portrait", "portraits", "prayer", "premier", "president", "press", "prize",
    "proclamation", "protester", "protesters", "protestor", "protestors", "screen", "screens",
    "secretary", "senator", "sign", "siren", "slide", "slides", "song", "songs", "speaker",
    "student", "students", "teleprompter", "toast", "toasts", "trailer", "translation",
    "translator", "tree", "trumpet", "video", "videos", "woman", "wreath",
];

/// Words of those who state something: no remark on what happens holds one, folded.
#[rustfmt::skip]
const STATING: &[&str] = &[
    "because", "been", "can", "can't", "cannot", "could", "doesn't", "don't", "had", "has", "have",
    "isn't", "may", "might", "must", "never", "not", "should", "than", "that", "whether", "which",
    "will", "won't", "would",
];

/// Words of one who speaks: a bracket that holds one was said, or begins a clause that was.
const SPEAKING: &[&str] = &[
    "i", "we", "you", "my", "our", "your", "me", "us", "mine", "ours", "yours", "i'm", "i've",
    "i'll", "we're", "we've", "you're",
];

/// Words that begin clauses of speech, not stage directions, folded.
const CLAUSES: &[&str] = &[
    "and", "but", "he", "if", "it", "or", "she", "so", "that", "they", "this", "what", "when",
    "where", "which", "who", "or", "because",
];

/// The most words of a remark on what is heard.
const MAX_DISTURBANCE_WORDS: usize = 4;

/// The most words of a stage direction that tells an event.
const MAX_EVENT_WORDS: usize = 14;

/// Finds the stage directions inside a text, such as `(Applause.)` and `[inaudible]`, brackets
/// included.
///
/// In order and disjoint. Found are remarks of the customary words, on the language (`(In
/// Spanish.)`, `(As interpreted.)`), on what happens (`(The bill is signed.)`, `-- (phone rings)
/// --`), cries (`(Hooah!)`), and page marks (`[Page S750]`): other brackets may hold words that
/// were said.
pub fn inline_notes(text: &str) -> impl Iterator<Item = Span> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + memchr::memchr2(b'(', b'[', text.as_bytes().get(from..)?)?;
            from = start + 1;
            if let Some(end) = note_end(text, start) {
                from = end;
                return Some(Span::from_range(start..end));
            }
        }
    })
}

/// Returns where the note that opens at `start` ends, if it is one.
fn note_end(text: &str, start: usize) -> Option<usize> {
    let inside = text.get(start + 1..)?;
    let length = inside.bytes().take(MAX_NOTE_BYTES).position(|byte| b"()[]".contains(&byte))?;
    let closes = matches!(inside.as_bytes().get(length), Some(b')' | b']'));
    let end = start + 1 + length + 1;
    let bracket = Bracket {
        inside: inside.get(..length)?,
        is_square: text.as_bytes().get(start) == Some(&b'['),
        before: text.get(..start)?,
        after: text.get(end..).unwrap_or_default(),
    };
    (closes && bracket.is_note()).then_some(end)
}

/// A bracket and what it stands between.
struct Bracket<'a> {
    inside: &'a str,
    is_square: bool,
    before: &'a str,
    after: &'a str,
}

impl Bracket<'_> {
    fn is_note(&self) -> bool {
        let words: Vec<String> = self
            .inside
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
            .filter(|word| !word.is_empty())
            .map(|word| word.to_lowercase().replace('’', "'"))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let Some((first, rest)) = words.split_first() else { return false };
        is_customary(&words)
            || is_noise(&words)
            || (rest.is_empty() && MARKS.contains(first))
            || self.is_page(first, rest)
            || !words.iter().any(|word| SPEAKING.contains(word))
                && (self.is_rendering(first, &words) || self.is_event(first, &words))
            || self.is_cry(words.len())
    }

    /// `[Page S750]`
    fn is_page(&self, first: &str, rest: &[&str]) -> bool {
        self.is_square
            && matches!(first, "page" | "pages")
            && (1..=2).contains(&rest.len())
            && rest.iter().all(|word| word.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// `(In Spanish.)`, `(As interpreted.)`
    fn is_rendering(&self, first: &str, words: &[&str]) -> bool {
        // In the middle of a sentence "(in English)" may be said.
        let is_apart = self.is_sentence() || self.is_set_off() || !matches!(first, "in" | "as");
        words.len() <= MAX_EVENT_WORDS
            && RENDERING_OPENERS.contains(&first)
            && words.iter().any(|word| RENDERINGS.contains(word))
            && is_apart
    }

    /// `(The bill is signed.)`, `-- (phone rings) --`
    fn is_event(&self, first: &str, words: &[&str]) -> bool {
        let states =
            |word: &&str| STATING.contains(word) || word.bytes().any(|byte| byte.is_ascii_digit());
        words.len() <= MAX_EVENT_WORDS
            && !CLAUSES.contains(&first)
            && !words.iter().any(states)
            && (is_disturbance(words) || is_act(words))
            && (self.is_sentence() || self.is_set_off())
    }

    /// `(Hooah!)`
    fn is_cry(&self, n_words: usize) -> bool {
        !self.is_square
            && n_words <= 2
            && self.inside.ends_with('!')
            && self.inside.starts_with(char::is_uppercase)
    }

    /// Tells whether the bracket holds a sentence of its own.
    fn is_sentence(&self) -> bool {
        let inside = self.inside.trim_end_matches(['”', '"']);
        self.inside.starts_with(char::is_uppercase)
            && (inside.ends_with(['.', '!']) || self.stands_first())
    }

    /// Tells whether nothing but a label, or another sentence's end, stands before it.
    fn stands_first(&self) -> bool {
        let before = self.before.trim_end();
        before.is_empty() || before.ends_with([':', '\n'])
    }

    /// Tells whether dashes set it off.
    fn is_set_off(&self) -> bool {
        let dash = |c: char| matches!(c, '-' | '–' | '—');
        self.before.trim_end().ends_with(dash) || self.after.trim_start().starts_with(dash)
    }
}

/// Tells whether words begin and go on as stage directions customarily do.
fn is_customary(words: &[&str]) -> bool {
    let among = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
    words.len() <= 8
        && words.first().is_some_and(|word| among(OPENERS, word))
        && words.iter().any(|word| {
            let is_spoken_of = matches!(words[0], "a" | "no") && among(AMBIGUOUS, word);
            among(MARKERS, word) && !is_spoken_of
        })
}

/// Tells whether words name what is heard.
fn is_disturbance(words: &[&str]) -> bool {
    words.iter().any(|word| STAGE_EVENTS.contains(word))
        || words.len() <= MAX_DISTURBANCE_WORDS
            && words.last().is_some_and(|last| DISTURBANCES.contains(last))
}

/// Tells whether words tell what someone or something on the stage does, or what is done with it,
/// and not what they did: `(The bill was signed in spring.)` is said.
fn is_act(words: &[&str]) -> bool {
    let is_past = |word: &&str| matches!(*word, "was" | "were");
    let acts = words.iter().enumerate().filter(|(_, word)| ACTS.contains(*word));
    acts.map(|(at, _)| words.split_at(at)).any(|(before, rest)| {
        let is_told = before.iter().any(is_past) && rest.len() > 1;
        before.iter().any(|word| ON_STAGE.contains(word)) && !is_told
    }) || words.first() == Some(&"reacts")
}

/// Tells whether all words are noises, or join them.
fn is_noise(words: &[&str]) -> bool {
    let is_noise = |word: &str| NOISES.iter().any(|noise| word.starts_with(noise));
    words.len() <= 6
        && words.iter().any(|word| is_noise(word))
        && words.iter().all(|word| is_noise(word) || JOINING.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes() {
        for (text, expected) in [
            ("Thank you. (Applause.) We act [laughter] now.", vec!["(Applause.)", "[laughter]"]),
            ("(Laughter and applause.) Yes", vec!["(Laughter and applause.)"]),
            ("He said (inaudible) -- (off mic) -- go", vec!["(inaudible)", "(off mic)"]),
            ("the law (No. 5) and (a treaty) and [the agency]", vec![]),
            ("open ( (applause) ((laughter", vec!["(applause)"]),
            ("(A standing ovation.)", vec!["(A standing ovation.)"]),
            (
                "with (a sound fiscal policy) and (no talk of war) (end of video)",
                vec!["(end of video)"],
            ),
            ("he (laugher) said (Risas y aplausos.) it", vec!["(laugher)", "(Risas y aplausos.)"]),
            ("THE MAYOR: (In Spanish.) Yes", vec!["(In Spanish.)"]),
            ("MR. REED: (As interpreted.) Yes", vec!["(As interpreted.)"]),
            ("Thanks. (Speaks in Spanish.) Yes", vec!["(Speaks in Spanish.)"]),
            (
                "Ada Vale (ph) has [sic] seen -- [Laughter] -- it",
                vec!["(ph)", "[sic]", "[Laughter]"],
            ),
            ("(The bill is signed.) (Applause.)", vec!["(The bill is signed.)", "(Applause.)"]),
            ("It was -- (phone rings) -- so", vec!["(phone rings)"]),
            ("Welcome. (Hooah!) Welcome", vec!["(Hooah!)"]),
            ("the act [[Page S750]] of", vec!["[Page S750]"]),
            ("we will (and I mean this) act", vec![]),
            ("they (as you read it) act (in English law)", vec![]),
            ("the page [page of a book] (it takes time) (which plays a part)", vec![]),
            ("(We sign it as it is read.) (That is signed.)", vec![]),
            ("(The report shows that crime fell.) (Congress takes the lead.)", vec![]),
            ("(The bill was signed last spring.) (The bill has been read twice.)", vec![]),
            ("(Much was given up.) (A plan is presented here.) (Silence is no answer.)", vec![]),
            (
                "(A toast was offered.) (Baby starts to cry.) (Audience commotion.)",
                vec!["(A toast was offered.)", "(Baby starts to cry.)", "(Audience commotion.)"],
            ),
            (
                "(The press pool is ushered out.) (The Mayor takes her jacket.)",
                vec!["(The press pool is ushered out.)", "(The Mayor takes her jacket.)"],
            ),
            ("401(k) for [the] people (D-CA) (Mr. Reed) (a) (b)", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = inline_notes(text).map(|span| &text[span.range()]).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn word_lists_are_sorted() {
        let mut openers = OPENERS.to_vec();
        openers.sort_unstable();
        assert_eq!(openers, OPENERS);
        assert!(MARKERS.is_sorted());
        assert!(
            [ACTS, ON_STAGE, STATING, STAGE_EVENTS, DISTURBANCES].iter().all(|l| l.is_sorted())
        );
    }
}
