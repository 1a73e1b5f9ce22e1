//! What is said of taxonomy files that cannot be meant.

use onrecord_priorities::{Taxonomy, TaxonomyError};

const HEAD: &str = "name = 'n'\nversion = '1'\n";
const PRIORITY: &str = "[[priority]]\nid = 'a'\nlabel = 'A'\ndefinition = 'd'\n";
const TERMS: &str = "[[priority.terms]]\nphrases = ['trade']\n";

fn refused(text: &str) -> TaxonomyError {
    match Taxonomy::from_toml(text, "mine.toml") {
        Ok(_) => panic!("accepted: {text}"),
        Err(error) => error,
    }
}

/// The text after the head and a priority of lines 3 to 6, its line, and a part of the message.
#[test]
fn broken_in_a_priority() {
    for (rest, line, message) in [
        ("", 4, "id `a` has no terms"),
        ("colour = 'red'\n", 7, "unknown field `colour`"),
        ("parent = 'sea'\n", 7, "parent `sea` is no id of a priority"),
        ("parent = 'a'\n", 7, "parent `a` is a part of its own parts"),
        ("iri = 'a b'\nterms = []\n", 7, "iri `a b` is no IRI"),
        ("terms = []\nstatements = 'skos:x 1 .'\n", 8, "in its line 1 is no Turtle"),
        ("terms = 3\n", 7, "invalid type: integer `3`"),
        ("threshold = 0\n", 7, "threshold `0` is out of bounds"),
        (
            "threshold = 11\n",
            7,
            "threshold `11` is out of bounds: write a number above 0, at most 10",
        ),
        ("threshold = nan\n", 7, "threshold `NaN` is out of bounds"),
        ("threshold = 'high'\n", 7, "invalid type: string \"high\""),
        ("exclude = ['@cars']\n", 7, "list `@cars` is no list"),
        ("[[priority.terms]]\n", 7, "missing field `phrases`"),
        ("[[priority.terms]]\nphrases = []\n", 8, "phrases `[]` is empty"),
        ("[[priority.terms]]\nphrases = 'trade'\n", 8, "invalid type: string \"trade\""),
        ("[[priority.terms]]\nphrases = [\n'trade',\n'—']\n", 10, "phrase `—` has no word"),
        ("[[priority.terms]]\nphrases = ['a*']\n", 8, "phrase `a*` has a `*`"),
        ("[[priority.terms]]\nphrases = ['free, open']\n", 8, "holds `,`"),
        ("[[priority.terms]]\nphrases = ['@cars']\n", 8, "list `@cars` is no list"),
        ("[[priority.terms]]\nphrases = [3]\n", 8, "expected a phrase in quotes"),
        ("[[priority.terms]]\nphrases = [{ weight = 1 }]\n", 8, "missing field `term`"),
        (
            "[[priority.terms]]\nphrases = [{ term = 'x', wieght = 1 }]\n",
            8,
            "unknown field `wieght`",
        ),
        (
            "[[priority.terms]]\nphrases = [\n{ term = 'x', weight = -1 }]\n",
            9,
            "weight `-1` is out",
        ),
        ("[[priority.terms]]\nphrases = ['x']\nweight = inf\n", 9, "weight `inf` is out of bounds"),
        ("[[priority.terms]]\nphrases = ['x']\nwithin = 3\n", 9, "within `3` has no `near`"),
        ("[[priority.terms]]\nphrases = ['x']\nnear = []\n", 9, "near `[]` is empty"),
        ("[[priority.terms]]\nphrases = ['x']\nnear = ['y']\nwithin = 0\n", 10, "within `0` is no"),
        (
            "[[priority.terms]]\nphrases = ['trade', 'TRADE']\n",
            8,
            "`TRADE` stands on line 8 already",
        ),
        ("exclude = ['trade']\n[[priority.terms]]\nphrases = ['trade']\n", 9, "excluded on line 7"),
        ("[[priority.terms]]\nphrases = ['x']\nweight = 0.5\n", 4, "can never be reached"),
        ("[[priority.terms]]\nphrases = ['x'\n", 8, "unclosed array"),
    ] {
        let error = refused(&format!("{HEAD}{PRIORITY}{rest}"));
        let shown = error.to_string();
        assert!(shown.contains(message), "{rest:?}: {shown}");
        assert!(shown.starts_with(&format!("mine.toml:{line}: ")), "{rest:?}: {shown}");
        assert_eq!(error.line(), line);
    }
}

/// The whole text, its line, and a part of the message.
#[test]
fn broken_elsewhere() {
    let whole = |head: &str, between: &str| format!("{head}{between}{PRIORITY}{TERMS}");
    for (text, line, message) in [
        (String::new(), 1, "missing field `name`"),
        (HEAD.to_owned(), 1, "name `n` has no priority"),
        (whole("name = ''\nversion = '1'\n", ""), 1, "name `` is empty"),
        (whole("name = 'n'\nversion = ' '\n", ""), 2, "version ` ` is empty"),
        (whole("name = 'n'\nversion = 1\n", ""), 2, "invalid type: integer `1`"),
        (whole(HEAD, "gates = 1\n"), 3, "unknown field `gates`"),
        (whole(HEAD, "name = 'twice'\n"), 3, "duplicate key"),
        (whole(HEAD, "[lists]\ncars = []\n"), 4, "list `cars` is empty"),
        (whole(HEAD, "[lists]\ncars = ['@trucks']\n"), 4, "is a list inside a list"),
        (whole(HEAD, "[counting]\nlist_factor = 2\n"), 4, "list_factor `2` is no share"),
        (whole(HEAD, "[counting]\nname_factor = -0.5\n"), 4, "name_factor `-0.5` is no share"),
        (whole(HEAD, "[counting]\nname_words = ['of the']\n"), 4, "is more than one word"),
        (whole(HEAD, "[counting]\nlong_factor = 0.5\n"), 4, "makes long passages easier"),
        (whole(HEAD, "[counting]\nlong_passage = -1\n"), 4, "long_passage `-1` is no number"),
        (
            whole(HEAD, "[gate]\nshort_passage = -3\n[[gate.terms]]\nphrases = ['web']\n"),
            4,
            "short_passage `-3` is no number",
        ),
        (whole(HEAD, "[gate]\nthreshold = 2\n[[gate.terms]]\nphrases = ['web']\n"), 3, "reached"),
        (whole(HEAD, "[gate]\n"), 3, "has no terms"),
        (whole(HEAD, "[[gate.terms]]\nphrases = ['web']\nnear = ['x']\n"), 5, "in the gate"),
        (format!("{}{PRIORITY}{TERMS}", whole(HEAD, "")), 10, "id `a` is already the id"),
        (whole(HEAD, "").replace("'a'", "'Trade Policy'"), 4, "id `Trade Policy` is not an id"),
        (whole(HEAD, "").replace("'a'", "'a--b'"), 4, "single hyphens"),
        (whole(HEAD, "").replace("'A'", "''"), 5, "label `` is empty"),
        (whole(HEAD, "").replace("'d'", "7"), 6, "invalid type: integer `7`"),
        (whole(HEAD, "").replace("label = 'A'\n", ""), 3, "missing field `label`"),
        (whole(HEAD, "[skos]\nscheme = 'no iri'\n"), 4, "scheme `no iri` is no IRI"),
        (whole(HEAD, "[skos]\nlanguage = 'engl ish'\n"), 4, "language `engl ish` is no language"),
        (whole(HEAD, "[skos]\nstatements = '<urn:a> <urn:b>'\n"), 4, "in its line 1 is no Turtle"),
        (whole(HEAD, "[skos]\nunstated = 'x:y x:z 1 .'\n"), 4, "in its line 1 is no Turtle"),
        (whole(HEAD, "[skos]\ncolour = 'x'\n"), 4, "unknown field `colour`"),
    ] {
        let error = refused(&text);
        let shown = error.to_string();
        assert!(shown.contains(message), "{text:?}: {shown}");
        assert!(shown.starts_with(&format!("mine.toml:{line}: ")), "{text:?}: {shown}");
        assert_eq!(error.line(), line);
    }
}
