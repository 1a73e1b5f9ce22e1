//! Words by which labels are told.

/// Titles and offices that stand in labels in capitals, lower case, without stops.
#[rustfmt::skip]
pub(super) const OFFICES: &[&str] = &[
    "administrator", "admiral", "ambassador", "archbishop", "attorney", "baroness", "bishop",
    "brigadier", "cadet", "captain", "chair", "chairman", "chairperson", "chairwoman",
    "chancellor", "chaplain", "chief", "coach", "colonel", "commander", "commissioner",
    "comptroller", "congressman", "congresswoman", "corporal", "counsel", "dame", "dean",
    "delegate", "deputy", "diputado", "director", "doctor", "doña", "dr", "dra", "duke", "earl",
    "emir", "emperor", "father", "general", "gobernador", "gov", "governor", "herr", "highness",
    "hon", "inspector", "judge", "justice", "king", "lady", "lieutenant", "lord", "madam",
    "madame", "majesty", "major", "marshal", "master", "mayor", "minister", "ministro", "miss",
    "mme", "mr", "mrs", "ms", "officer", "parliamentarian", "pastor", "pope", "premier",
    "president", "presidenta", "presidente", "prime", "prince", "princess", "principal",
    "private", "prof", "professor", "provost", "queen", "rabbi", "rep", "representative", "rev",
    "reverend", "secretario", "secretary", "sen", "senador", "senator", "señor", "señora",
    "sergeant", "sheikh", "sheriff", "sir", "sister", "speaker", "specialist", "sr", "sra",
    "sultan", "superintendent", "surgeon", "taoiseach", "treasurer", "under", "vice",
    "viscount", "voice", "whip", "witness",
];

/// What labels in mixed case begin with, lower case.
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "admiral", "almirante", "ambassador", "answer", "audience", "baroness", "captain", "chair",
    "chairman", "chairwoman", "chancellor", "commissioner", "congressman", "congresswoman",
    "dame", "der präsident", "die präsidentin", "director", "doña", "dr", "dr.", "el general",
    "el president", "el presidente", "el señor", "el sr.", "father", "frau", "general", "gov.",
    "governor", "herr", "hon.", "host", "interviewer", "judge", "justice", "king", "la presidenta",
    "la señora", "la sra.", "lady", "le président", "lord", "m.", "madam", "madame", "mayor",
    "minister", "miss", "mme", "moderator", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "operator",
    "participant", "premier", "president", "presidenta", "presidente", "präsident", "primer ministro",
    "prime minister", "prince", "princess", "prof.", "professor", "queen", "question", "rabbi",
    "rep.", "reporter", "representative", "rev.", "reverend", "secretary", "sen.", "senator",
    "señor", "señora", "sheikh", "sir", "speaker", "sr.", "sra.", "the archbishop",
    "the attorney", "the assistant", "the chair", "the chairman", "the chairperson",
    "the chairwoman", "the chancellor", "the countess", "the deputy", "the duke", "the earl",
    "the first lady", "the general secretary", "the lord", "the lord bishop", "the marquess", "the mayor", "the minister",
    "the moderator", "the parliamentary", "the president", "the prime minister", "the secretary",
    "the solicitor", "the speaker", "the temporary", "the under", "the vice president",
    "vice president", "viscount", "witness",
];

/// Words before a name that a full stop ends, lower case.
#[rustfmt::skip]
pub(super) const HONORIFICS: &[&str] = &[
    "admiral", "ambassador", "audience", "chair", "chairman", "chairwoman", "chancellor",
    "congressman", "congresswoman", "director", "dr.", "general", "governor", "judge", "justice",
    "king", "madam", "mayor", "minister", "miss", "moderator", "mr.", "mrs.", "ms.", "president",
    "prime", "professor", "queen", "representative", "secretary", "senator", "speaker", "vice",
];

/// One who is spoken to: a speaker turns to another with these, `Mr. President: …`; and bodies
/// that begin like an office.
#[rustfmt::skip]
pub(super) const ADDRESSES: &[&str] = &[
    "general", "general assembly", "madam chair", "madam chairman", "madam president",
    "madam secretary", "madam secretary-general", "madam speaker", "mr president", "mr speaker",
    "mr. chair", "mr. chairman", "mr. president", "mr. prime minister", "mr. secretary",
    "mr. secretary general", "mr. secretary-general", "mr. speaker", "mr. vice president",
    "señor presidente", "sir", "sr. presidente",
];

/// Words that say what follows a colon, lower case: a label that holds one names no speaker.
#[rustfmt::skip]
pub(super) const NO_SPEAKERS: &[&str] = &[
    "action", "address", "agenda", "annex", "appendix", "article", "attachment", "attendees",
    "background", "budget", "bureau", "cc", "chapter", "citizens", "colleagues", "conclusion", "contact",
    "contacts", "correction", "date", "deadline", "department", "details", "duration",
    "editors", "email", "embargo", "enclosure", "end", "event", "example", "fact", "facts",
    "fax", "fellow", "figure", "follow", "friends", "gentlemen", "goal", "headline", "important", "information", "introduction",
    "issue", "issues", "item", "key", "ladies", "learn", "link", "links", "location", "media",
    "mensaje", "message", "more", "myth", "news", "notas", "note", "notes", "order", "overview",
    "phone", "photo", "place", "plan", "policy", "program", "ps", "purpose", "re", "read",
    "release", "remarks", "report", "result", "results", "rsvp", "schedule", "section", "sheet",
    "source", "statement", "status", "step", "subject", "summary", "table", "tel", "time",
    "title", "topic", "transcript",
];

/// First words of what is no label before a colon, lower case.
#[rustfmt::skip]
pub(super) const NOT_FIRST: &[&str] = &[
    "about", "after", "also", "and", "as", "at", "because", "before", "but", "by", "dear", "for",
    "from", "here", "how", "if", "in", "location", "now", "on", "or", "over",
    "so", "then", "to", "today", "update", "updated", "warning", "what", "when",
    "where", "who", "why", "with",
];

/// Words that stand in no name without a title: those who are spoken to, and what parts a speech
/// into points.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "a", "address", "americans", "an", "and", "applause", "as", "assembly", "but", "citizens",
    "colleagues", "conclusion", "congress", "dear", "delegates", "end", "example", "excellencies",
    "excellency", "fact", "fellow", "fifth", "finally", "first", "for", "fourth", "friends",
    "gentlemen", "guests", "here", "highness", "highnesses", "honor", "in", "it", "item",
    "ladies", "laughter", "majesties", "majesty", "next", "note", "number", "office", "question",
    "room", "second", "sheet", "so", "step", "that", "third", "to", "we", "white", "you",
];

/// Words of labels that are not in capitals where the others are.
#[rustfmt::skip]
pub(super) const SMALL_WORDS: &[&str] = &[
    "al", "and", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "for", "ibn",
    "la", "le", "members", "of", "on", "pro", "tempore", "the", "van", "von", "y",
];
