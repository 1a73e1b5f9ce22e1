//! Closed classes of words, folded.

/// Pronouns that can be the subject of a verb of speech.
pub(crate) const PRONOUNS: &[&str] = &[
    "i",
    "you",
    "he",
    "she",
    "they",
    "we",
    "it",
    "everyone",
    "everybody",
    "someone",
    "somebody",
    "people",
    "some",
    "others",
    "many",
    "one",
    "anybody",
    "anyone",
];

/// Words that begin a noun phrase.
pub(crate) const DETERMINERS: &[&str] = &[
    "the", "a", "an", "my", "our", "his", "her", "their", "your", "its", "this", "that", "these",
    "those", "one", "some", "another", "every", "each", "no", "any", "both", "two", "three",
    "many", "several", "all",
];

/// Words that join nouns to what they belong to.
pub(crate) const PREPOSITIONS: &[&str] = &[
    "of", "for", "from", "in", "at", "on", "to", "with", "by", "over", "about", "under", "into",
    "during", "after", "before", "since", "through", "against", "among", "between", "within",
    "without", "upon", "across", "behind", "beyond", "near", "than", "via", "per",
];

/// Words that join clauses, or open one.
pub(crate) const CONJUNCTIONS: &[&str] = &[
    "and",
    "or",
    "but",
    "nor",
    "yet",
    "so",
    "because",
    "as",
    "if",
    "when",
    "while",
    "where",
    "although",
    "though",
    "unless",
    "until",
    "whether",
    "that",
    "who",
    "which",
    "whom",
    "how",
    "why",
    "what",
    "then",
    "like",
    "since",
    "well",
    "now",
    "whereas",
    "once",
    "therefore",
    "however",
    "whose",
];

/// Verbs that help another, and what stands between a subject and its verb.
#[rustfmt::skip]
pub(crate) const BETWEEN: &[&str] = &[
    "has", "have", "had", "would", "will", "could", "should", "may", "might", "must", "can",
    "did", "does", "do", "shall", "also", "once", "often", "just", "always", "then", "now",
    "still", "later", "even", "only", "ever", "first", "again", "yesterday", "today", "himself",
    "herself", "themselves", "myself", "so", "sometimes", "long", "since", "further", "well",
    "rightly", "there", "already", "soon", "thus", "therefore", "indeed", "actually", "too",
    "here", "kind", "sort", "simply", "all", "both", "each", "repeatedly", "quote", "unquote",
    "basically", "perhaps", "tonight", "instead", "in", "turn", "anyway", "yet", "otherwise",
];

/// Forms of `to be`, which make a past form passive.
pub(crate) const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "'s", "am"];

/// Words that deny that something was said.
pub(crate) const DENYING: &[&str] = &[
    "not", "never", "didn't", "doesn't", "don't", "won't", "cannot", "can't", "hasn't", "haven't",
];

/// Verbs before `to` and a verb of speech that leave the subject to it: `used to say`.
#[rustfmt::skip]
pub(crate) const LEADING_TO: &[&str] = &[
    "used", "like", "likes", "liked", "went", "going", "want", "wanted", "wants", "continued",
    "continues", "began", "had", "have", "has", "need", "needs", "came", "chose", "dared", "ought",
    "love", "loves", "loved", "seemed", "tempted", "able", "forced", "moved",
];

/// Days, months and times of day: they stand before a subject and are none.
#[rustfmt::skip]
pub(crate) const TIMES: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "yesterday", "today", "tomorrow", "tonight", "day", "week", "month",
    "year", "years", "time", "morning", "night", "evening", "ago", "century", "moment", "days",
    "afternoon",
];

/// Nouns for persons that stand before or in place of a name.
#[rustfmt::skip]
pub(crate) const ROLES: &[&str] = &[
    "president", "minister", "secretary", "senator", "governor", "mayor", "ambassador",
    "chairman", "chairwoman", "chair", "chief", "director", "general", "leader", "spokesman",
    "spokeswoman", "spokesperson", "speaker", "representative", "congressman", "congresswoman",
    "chancellor", "premier", "king", "queen", "prince", "princess", "pope", "bishop",
    "archbishop", "rabbi", "imam", "pastor", "reverend", "poet", "author", "writer",
    "philosopher", "historian", "scientist", "economist", "journalist", "reporter", "columnist",
    "professor", "doctor", "teacher", "student", "nurse", "judge", "justice", "lawyer", "soldier",
    "sailor", "officer", "captain", "colonel", "sergeant", "veteran", "mother", "father", "mom",
    "mum", "dad", "son", "daughter", "brother", "sister", "wife", "husband", "friend",
    "grandmother", "grandfather", "grandma", "grandpa", "uncle", "aunt", "colleague", "man",
    "woman", "boy", "girl", "child", "kid", "guy", "lady", "gentleman", "farmer", "worker",
    "owner", "founder", "laureate", "prophet", "statesman", "politician", "diplomat", "activist",
    "coach", "player", "critic", "official", "delegate", "member", "singer", "actor", "artist",
    "musician", "playwright", "novelist", "essayist", "thinker", "scholar", "predecessor",
    "counterpart", "administrator", "commissioner", "analyst", "adviser", "advisor", "cleric",
    "saint", "boss",
];

/// Nouns for papers and bodies that speak by their words.
#[rustfmt::skip]
pub(crate) const PAPERS: &[&str] = &[
    "charter", "constitution", "declaration", "resolution", "article", "treaty", "convention",
    "report", "statement", "letter", "act", "law", "bill", "bible", "koran", "quran", "scripture",
    "scriptures", "torah", "amendment", "agreement", "protocol", "preamble", "covenant", "document",
    "communique", "communiqué", "proclamation", "order", "section", "paragraph", "chapter", "plan",
    "strategy", "gospel", "psalm", "book", "speech", "address", "memo", "message", "memorandum", "sign",
    "pact",
];

/// Nouns that stand for someone's words: `the words of Ada Vale`, `Ada Vale's warning`.
#[rustfmt::skip]
pub(crate) const WORDINGS: &[&str] = &[
    "words", "word", "warning", "call", "question", "promise", "statement", "challenge", "advice",
    "message", "claim", "dictum", "maxim", "vow", "plea", "declaration", "remark", "remarks",
    "observation", "assertion", "admonition", "appeal", "exhortation", "belief", "reply", "answer",
    "response", "phrase", "view", "line", "quote", "quotation", "conclusion", "description",
    "expression",
];

/// Nouns directly before marks that make of what stands in them a name, a term or a title.
#[rustfmt::skip]
pub(crate) const TITLED: &[&str] = &[
    "entitled", "titled", "named", "theme", "themes", "slogan", "slogans", "motto", "title",
    "headline", "book", "film", "movie", "song", "poem", "play", "article", "essay", "novel",
    "album", "series", "programme", "program", "initiative", "campaign", "project", "resolution",
    "document", "report", "agenda", "conference", "summit", "exhibition", "workshop", "forum",
    "panel", "subtitled", "heading", "subject", "topic", "show", "banner", "chapter", "hymn",
    "anthem", "magazine", "paper", "newspaper", "documentary", "event", "proviso", "policy",
    "strategy", "plan", "nickname", "nicknamed", "alias", "motion", "item", "under", "exercise",
    "vision", "category", "categories", "status", "column", "brochure", "publication", "website",
    "operation", "order", "act", "bill", "tale", "story", "opera", "musical", "episode", "sketch",
    "speech", "treatise", "pamphlet", "painting", "watchword", "mantra", "hashtag", "logo",
    "study", "concept", "doctrine", "principle", "principles", "label", "labels", "tag",
    "definition", "entitles", "rubric",
];

/// Nouns directly before marks that make of what stands in them words as words.
#[rustfmt::skip]
pub(crate) const WORDED: &[&str] = &[
    "word", "words", "term", "terms", "phrase", "phrases", "expression", "expressions", "acronym",
    "notion", "notions", "idea", "name", "names", "saying", "adage", "proverb",
    "adjective", "verb", "noun", "abbreviation", "cliché",
];

/// Words directly before marks that keep a distance from what stands in them.
pub(crate) const DISTANCED: &[&str] = &[
    "so-called",
    "self-styled",
    "so",
    "supposed",
    "self-proclaimed",
    "alleged",
    "self-described",
    "purported",
    "would-be",
];

/// Nouns directly behind marks that make of what stands in them the name of something.
#[rustfmt::skip]
pub(crate) const NAMED_THINGS: &[&str] = &[
    "initiative", "programme", "program", "campaign", "project", "pledge", "act", "strategy",
    "policy", "plan", "agenda", "challenge", "fund", "award", "prize", "conference", "summit",
    "series", "event", "events", "movement", "doctrine", "process", "proposal", "partnership",
    "alliance", "coalition", "network", "treaty", "convention", "report", "resolution", "speech",
    "song", "book", "show", "operation", "exercise", "meeting", "session", "approach", "concept",
    "model", "principle",
];
