use super::ast::{Filter, Node, NodeKind};
use super::{Form, MAX_BYTES, Match, Part, parse, parse_cql};
use onrecord_model::Span;
use proptest::prelude::*;

fn printed(query: &str, matching: Match) -> String {
    parse(query, matching).unwrap_or_else(|error| panic!("{}", error.render(query))).to_string()
}

/// Sets all spans to zero, so that trees of different writings compare.
fn without_spans(mut node: Node) -> Node {
    node.span = Span::default();
    node.kind = match node.kind {
        NodeKind::And(operands) => NodeKind::And(operands.into_iter().map(without_spans).collect()),
        NodeKind::Or(operands) => NodeKind::Or(operands.into_iter().map(without_spans).collect()),
        NodeKind::Not(operand) => NodeKind::Not(Box::new(without_spans(*operand))),
        NodeKind::Prefer { required, preferred } => NodeKind::Prefer {
            required: Box::new(without_spans(*required)),
            preferred: preferred.into_iter().map(without_spans).collect(),
        },
        NodeKind::Weighted(operand, factor) => {
            NodeKind::Weighted(Box::new(without_spans(*operand)), factor)
        }
        kind @ (NodeKind::Text(_) | NodeKind::Sequence(_) | NodeKind::Filter(_)) => kind,
    };
    node
}

#[test]
fn operators_bind_in_their_order() {
    for (query, expected) in [
        ("cyber", "cyber"),
        ("cyber norms", "cyber AND norms"),
        ("a b OR c d", "a AND b OR c AND d"),
        ("a (b OR c) d", "a AND (b OR c) AND d"),
        ("a AND (b c)", "a AND b AND c"),
        ("NOT a b", "NOT a AND b"),
        ("a OR NOT b", "a OR NOT b"),
        ("a NOT b", "a AND NOT b"),
        ("NOT (a OR b)", "NOT (a OR b)"),
        ("-(a b)", "NOT (a AND b)"),
        ("NOT NOT a", "NOT NOT a"),
        ("NOT -a", "NOT NOT a"),
        ("-draft", "NOT draft"),
        ("+a -b c", "a AND NOT b AND c"),
        ("a OR b -c", "a OR b AND NOT c"),
        ("(((a)))", "a"),
        ("a and b or not c", "a AND and AND b AND or AND not AND c"),
        ("a AND(b) OR(NOT(c))", "a AND b OR NOT c"),
        ("\u{feff}a\u{a0}\u{200b}AND\u{200b}\t-b\r\n", "a AND NOT b"),
        ("+\u{200b}a b", "a AND b"),
    ] {
        assert_eq!(printed(query, Match::All), expected, "{query}");
    }
}

#[test]
fn any_makes_words_optional_and_keeps_fields_and_signs() {
    for (query, expected) in [
        ("a b c", "a OR b OR c"),
        ("a b AND c", "a OR b AND c"),
        ("a b OR c", "a OR b OR c"),
        ("a b -c", "(a OR b) AND NOT c"),
        ("a NOT c b", "(a OR b) AND NOT c"),
        ("-a -b", "NOT a AND NOT b"),
        ("+a b c", "+a b c"),
        ("+a +b c -d", "(+(a AND b) c) AND NOT d"),
        ("+a +b", "a AND b"),
        ("speaker:vale a b", "speaker:vale AND (a OR b)"),
        ("+speaker:vale a b", "speaker:vale AND (a OR b)"),
        (
            "a (speaker:x OR speaker:y) kind:speech",
            "(speaker:x OR speaker:y) AND kind:speech AND a",
        ),
        ("(speaker:x a) b", "speaker:x AND a OR b"),
        ("title:(a b -c)", "(title:a OR title:b) AND NOT title:c"),
        ("(+a b) OR c", "(+a b) OR c"),
        ("a b (-c -d)", "(a OR b) AND NOT c AND NOT d"),
        ("a b (kind:speech -c)", "kind:speech AND NOT c AND (a OR b)"),
        ("title:(a (-b -c))", "title:a AND NOT title:b AND NOT title:c"),
    ] {
        assert_eq!(printed(query, Match::Any), expected, "{query}");
    }
}

#[test]
fn leaves_print_as_they_read() {
    for (query, expected) in [
        (
            "cyber-security, AT&T and/or 9:30 2011:",
            "cyber-security, AND AT&T AND and/or AND 9:30 AND 2011:",
        ),
        ("“open Internet”", "\"open Internet\""),
        ("«open Internet» „offenes Netz“", "\"open Internet\" AND \"offenes Netz\""),
        ("“the \"open\" Internet”", "“the \"open\" Internet”"),
        ("=expenses", "=expenses"),
        ("=AND", "=AND"),
        ("title:=expenses", "title:=expenses"),
        ("Speaker:Vale", "speaker:Vale"),
        ("quoted:(vale OR \"Ada Moss\")", "quoted:vale OR quoted:\"Ada Moss\""),
        ("speaker:\"Ada Vale\"", "speaker:\"Ada Vale\""),
        ("speaker:(vale OR \"Ada Moss\")", "speaker:vale OR speaker:\"Ada Moss\""),
        ("title:(open -draft)", "title:open AND NOT title:draft"),
        ("kind:Fact_Sheet", "kind:fact-sheet"),
        ("kind:\"press release\"", "kind:press-release"),
        ("lang:EN", "lang:en"),
        ("in:body in:Heading", "in:body AND in:heading"),
        (r"source:C:\a\b.txt", r"source:C:\a\b.txt"),
        ("source:~/speeches/[2011]/a.txt", "source:~/speeches/[2011]/a.txt"),
        ("source:\"a (1).txt\"", "source:\"a (1).txt\""),
        ("doc:0123456789abcdef0123456789ABCDEF", "doc:0123456789abcdef0123456789abcdef"),
        ("date:2011", "date:2011"),
        ("date:\"2011-07\"", "date:2011-07"),
        ("date:[2011 TO 2011]", "date:2011"),
        ("date:[ 2010 TO 2012-06 ]", "date:[2010 TO 2012-06]"),
        ("date:[2011-07 TO 2011]", "date:[2011-07 TO 2011]"),
        ("date:[* TO 2012]", "date:[* TO 2012]"),
        ("date:([2010 TO *] -2012)", "date:[2010 TO *] AND NOT date:2012"),
        ("secur* wo?d *ity cyber-sec*", "secur* AND wo?d AND *ity AND cyber-sec*"),
        ("\"cyber* norms?\"", "\"cyber* norms?\""),
        ("defence~1 defence~2", "defence~1 AND defence~2"),
        ("“cyber norms”~5", "\"cyber norms\"~5"),
        ("/cyb.*r/ /a\\/b/", "/cyb.*r/ AND /a\\/b/"),
        ("a^2 \"b c\"^0.5 (d OR e)^3", "a^2 AND \"b c\"^0.5 AND (d OR e)^3"),
        ("defence~1^2", "defence~1^2"),
        ("title:strat* speaker:va?e", "title:strat* AND speaker:va?e"),
        ("speaker:/va.e/ title:\"a b\"~2", "speaker:/va.e/ AND title:\"a b\"~2"),
        ("in:quote a b", "in:quote AND a AND b"),
        ("(in:quote a) b", "(in:quote AND a) AND b"),
    ] {
        assert_eq!(printed(query, Match::All), expected, "{query}");
    }
}

#[test]
fn texts_keep_their_tokens_and_places() {
    let query = parse("naïve cyber-security’s title:\"Open, open\"", Match::All).unwrap();
    let NodeKind::And(operands) = query.root.kind else { panic!("{query}") };
    let spans: Vec<_> = operands.iter().map(|node| node.span).collect();
    assert_eq!(spans, [Span::new(0, 6), Span::new(7, 25), Span::new(26, 44)]);
    let NodeKind::Text(text) = &operands[1].kind else { panic!("{}", operands[1]) };
    assert_eq!(text.form, Form::Word);
    assert_eq!(text.words().collect::<Vec<_>>(), ["cyber", "security’s"]);
    let NodeKind::Filter(Filter::Title(title)) = &operands[2].kind else { panic!() };
    assert_eq!(title.form, Form::Phrase);
    assert_eq!(*title.tokens, [Span::new(0, 4), Span::new(6, 10)]);
}

#[test]
fn spans_hold_parentheses_and_signs() {
    let query = parse("(a b) OR -(c) OR title:(d e)", Match::All).unwrap();
    let spans: Vec<_> = query.root.operands().iter().map(|node| node.span.range()).collect();
    assert_eq!(spans, [0..5, 9..13, 17..28]);
}

/// Each query, the part at fault, and the start of the message.
const REFUSED: &[(&str, &str, &str)] = &[
    ("", "", "the query is empty"),
    (" \t\u{feff}", "", "the query is empty"),
    ("()", "()", "the parentheses are empty"),
    ("a ( ) b", "( )", "the parentheses are empty"),
    ("(a OR b", "(", "`(` is never closed"),
    ("(", "(", "`(` is never closed"),
    ("a)", ")", "`)` closes nothing"),
    (")", ")", "`)` closes nothing"),
    ("\"open", "\"", "the mark \" is never closed"),
    ("“open\"", "“", "the mark “ is never closed"),
    ("open” b", "”", "the mark ” closes nothing"),
    ("»open«", "»", "the mark » closes nothing"),
    ("‘open Internet’", "‘", "a single mark (‘) does not open a phrase"),
    ("'open Internet'", "'", "a single mark (') does not open a phrase"),
    ("\"...\"", "\"...\"", "there is no letter or digit between the marks"),
    ("\"\"", "\"\"", "there is no letter or digit between the marks"),
    ("a --- b", "---", "`---` holds no letter or digit"),
    ("a & b", "&", "`&` holds no letter or digit"),
    ("a || b", "||", "`||` holds no letter or digit"),
    ("\"a\", b", ",", "`,` touches what stands before it"),
    ("a – b", "–", "`–` holds no letter or digit"),
    ("a – –draft", "–", "`–` holds no letter or digit"),
    ("a –draft", "–", "`–` is a dash, not a minus sign"),
    ("AND a", "AND", "nothing stands before `AND`"),
    ("a OR", "", "nothing stands after `OR`"),
    ("(a AND) b", "", "nothing stands after `AND`"),
    ("NOT", "", "nothing stands after `NOT`"),
    ("a AND OR b", "OR", "`OR` follows `AND` with nothing between"),
    ("a OR AND b", "AND", "`AND` follows `OR` with nothing between"),
    ("-AND", "AND", "`AND` is an operator"),
    ("date:2010 TO 2012", "TO", "`TO` is an operator"),
    ("title:OR", "OR", "`OR` is an operator"),
    ("cyber - security", "-", "`-` stands alone"),
    ("+", "+", "`+` stands alone"),
    ("--draft", "--", "there is more than one sign"),
    ("+-draft", "+-", "there is more than one sign"),
    ("+a OR b", "+", "`+` cannot stand beside AND, OR or NOT"),
    ("a AND +b", "+", "`+` cannot stand beside AND, OR or NOT"),
    ("NOT +b", "+", "`+` cannot stand beside AND, OR or NOT"),
    ("title:(+a b)", "+", "`+` cannot stand in the parentheses of a field"),
    ("title:-a", "-", "`-` has no meaning here"),
    ("Title(s)", "(", "`(` touches what stands before it"),
    ("(a)b", "b", "`b` touches what stands before it"),
    ("5\"", "\"", "`\"` touches what stands before it"),
    ("\"he said \"\"x\"\"\"", "\"", "`\"` touches what stands before it"),
    ("a&&b", "&&", "`&&` has no meaning here"),
    ("a|b", "|", "`|` has no meaning here"),
    ("speaker：vale", "：", "`：` is a full-width character"),
    ("a （b OR c）", "（", "`（` is a full-width character"),
    ("－draft", "－", "`－` is a full-width character"),
    ("!a", "!", "`!` has no meaning here"),
    (r"a\b", "\\", "`\\` has no meaning here"),
    ("[applause]", "[", "`[` has no meaning here"),
    ("date:{2010 TO 2012}", "{", "`{` has no meaning here"),
    ("title:[a TO b]", "[", "`[` has no meaning here"),
    ("speeker:vale", "speeker:", "unknown field `speeker:`"),
    ("http://example.org/a?b", "http:", "unknown field `http:`"),
    ("Remarks: cyber", "Remarks:", "unknown field `Remarks:`"),
    ("title:(a speaker:b)", "speaker:", "`speaker:` stands inside another field"),
    ("title:speaker:b", "speaker:", "`speaker:` stands inside another field"),
    (":a", ":", "nothing stands before `:`"),
    ("title: a", "title:", "no value touches `title:`"),
    ("(title:)", "title:", "no value touches `title:`"),
    ("= a", "=", "`=` must stand before a word"),
    ("=\"a b\"", "=", "`=` must stand before a word"),
    ("=title:a", "=title:a", "`=` must stand before a word"),
    ("kind:=speech", "=speech", "`=` must stand before a word"),
    ("kind:speach", "speach", "`speach` is not a value of `kind:`"),
    ("lang:english", "english", "`english` is not a value of `lang:`"),
    ("doc:12", "12", "`12` is not a value of `doc:`"),
    ("in:footer", "footer", "`footer` is not a value of `in:`"),
    ("date:July", "July", "`July` is not a date"),
    ("date:2011-02-30", "2011-02-30", "2011-02-30 does not exist in the calendar"),
    ("date:2010-2012", "2010-2012", "`2010-2012` is not a date"),
    ("date:>2010", ">2010", "`>2010` is not a date"),
    ("date:[2010 TO 2011-13]", "2011-13", "2011-13 does not exist in the calendar"),
    ("date:[2012 TO 2010]", "[2012 TO 2010]", "the range ends on 2010, before it starts on 2012"),
    ("date:[* TO *]", "[* TO *]", "the range has neither a start nor an end"),
    ("date:[2010]", "[2010", "a range holds two dates"),
    ("date:[2010 to 2011]", "[2010 to", "a range holds two dates"),
    ("date:[2010 TO 2011", "[2010 TO 2011", "a range holds two dates"),
    ("date:[2010 TO 2011}", "[2010 TO 2011", "a range holds two dates"),
    ("why?", "?", "`?` stands at the end of a word"),
    ("*", "*", "`*` touches no letter"),
    ("a ** b", "*", "`*` touches no letter"),
    ("\"open * net\"", "*", "`*` touches no letter"),
    ("speaker:*", "*", "`*` touches no letter"),
    ("source:*.txt", "*.txt", "`source:` takes no patterns"),
    ("kind:spee*", "spee*", "`kind:` takes no patterns"),
    ("date:201*", "201*", "`date:` takes no patterns"),
    ("lang:/e./", "/e./", "`lang:` takes no patterns"),
    ("in:body~1", "body~1", "`in:` takes no patterns"),
    ("=secur*", "=secur*", "`=` stands before a pattern"),
    ("=secure~1", "=secure", "`=` stands before a pattern"),
    ("word~", "~", "`~` behind a word needs a 1 or a 2"),
    ("word~3", "~3", "`~` behind a word needs a 1 or a 2"),
    ("word~0.8", "~0.8", "`~` behind a word needs a 1 or a 2"),
    ("wo*d~1", "~1", "`~` stands behind a pattern"),
    ("cyber-security~1", "~1", "`~` stands behind more than one word"),
    ("UN~1", "~1", "the word is too short for `~`"),
    ("word~2", "~2", "the word is too short for `~`"),
    ("~1", "~", "`~` touches no word"),
    ("a ^2", "^", "`^` touches no word"),
    ("(a b)~3", "~3", "`~` has no meaning here"),
    ("\"a b\"~", "~", "`~` behind a phrase needs a number"),
    ("\"a b\"~101", "~101", "`~` behind a phrase needs a number"),
    ("\"a\"~3", "\"a\"~3", "there are not two words"),
    ("a NEAR/3 b", "NEAR/3", "`NEAR` has no meaning here"),
    ("/cyb", "/", "`/` opens a regular expression that is never closed"),
    ("//", "//", "there is nothing between the slashes"),
    ("/a b/", "/a b/", "there is a blank in a regular expression"),
    ("/a(b/", "/a(b/", "the regular expression cannot be understood: unclosed group"),
    ("/a/b", "b", "`b` touches"),
    ("word^", "^", "`^` needs a number"),
    ("word^0", "^0", "`^` needs a number"),
    ("word^101", "^101", "`^` needs a number"),
    ("word^1.2.3", "^1.2.3", "`^` needs a number"),
    ("kind:speech^2", "^2", "the value of a field has no rank"),
    ("(kind:speech title:a)^2", "^2", "the value of a field has no rank"),
    ("(-a -b)^2 c", "(-a -b)^2", "what is excluded has no rank"),
    ("a^2^3", "^", "a weight stands behind a weight"),
    ("((a^50) b)^3", "(a^50)", "`^` needs a number"),
    ("((a^0.00001)^0.000000000000000000000000000001)^0.00001", "(a^0.00001)", "`^` needs a number"),
    ("cyber source:./", "./", "`./` holds no letter or digit"),
    ("/a)|(b/", "/a)|(b/", "the regular expression cannot be understood"),
    ("a -b^2", "b^2", "what is excluded has no rank"),
    ("a NOT (b c^2)", "c^2", "what is excluded has no rank"),
    ("a in:(quote OR title)", "in:(quote OR title)", "`in:quote` stands beside OR"),
    ("in:quote (b OR kind:speech)", "(b OR kind:speech)", "words and field values are mixed"),
];

#[test]
fn sequences_print_as_they_read() {
    for (query, expected) in [
        ("[word=\"cyber\"] []{0,3} [stem=\"norms\"] within s", None),
        ("\"cyb.*\"  [ ] [ word = \"a|b\" %c ]{2}", Some("[word=\"cyb.*\"] [] [word=\"a|b\"]{2}")),
        ("\"a\"%c [stem=\"b\" %c]", Some("[word=\"a\"] [stem=\"b\"]")),
        ("[word=\"a\"]? \"b\" { 1 , 3 }", Some("[word=\"a\"]{0,1} [word=\"b\"]{1,3}")),
    ] {
        let parsed = parse_cql(query).unwrap_or_else(|error| panic!("{}", error.render(query)));
        let printed = parsed.to_string();
        assert_eq!(printed, expected.unwrap_or(query));
        assert_eq!(parse_cql(&printed).unwrap().to_string(), printed);
    }
    for (query, fault, message) in [
        ("", "", "the query is empty"),
        ("cyber", "c", "a word is written"),
        ("[word=\"a\"", "[word=\"a\"", "`[` is never closed"),
        ("[lemma=\"a\"]", "lemma", "a word has `word` and `stem`"),
        ("[word=a]", "[word=", "a value stands in marks"),
        ("[word!=\"a\"]", "", "a value stands in marks"),
        ("[word=\"\"]", "[word=", "a value stands in marks"),
        ("[word=\"a.b\" %l]", "%l", "only `%c` may stand"),
        ("\"a\" %", "%", "only `%c` may stand"),
        ("[word=\"a(\"]", "[word=\"a(\"", "the regular expression cannot be understood"),
        ("[word=\"a b\"]", "[word=\"a b\"", "there is a blank"),
        ("[stem=\"a.*\"]", "[stem=\"a.*\"", "`a.*` holds no letter or digit"),
        ("\"a\"{3,1}", "{3,1}", "how often is written"),
        ("\"a\"{0}", "{0}", "how often is written"),
        ("\"a\"{1,65}", "{1,65}", "how often is written"),
        ("\"a\" within p", "within p", "only `within s`"),
        ("within s \"a\"", "within s ", "only `within s`"),
        ("[]{2} \"a\"?", "[]{2} \"a\"?", "no certain word must be there"),
        ("\"a\"{40} []{30}", "\"a\"{40} []{30}", "the sequence may have more than 64"),
    ] {
        let error = parse_cql(query).unwrap_err();
        assert_eq!(query.get(error.span.range()), Some(fault), "{}", error.render(query));
        assert!(error.to_string().starts_with(message), "{}", error.render(query));
    }
}

#[test]
fn faults_are_pointed_at() {
    for matching in [Match::All, Match::Any] {
        for (query, fault, message) in REFUSED {
            let error = match parse(query, matching) {
                Ok(parsed) => panic!("`{query}` was read as {parsed}"),
                Err(error) => error,
            };
            assert_eq!(query.get(error.span.range()), Some(*fault), "{}", error.render(query));
            assert!(error.to_string().starts_with(message), "{}", error.render(query));
        }
    }
}

#[test]
fn single_dates_and_values_point_at_the_whole_leaf() {
    let error = parse("a kind:(speech OR speach)", Match::All).unwrap_err();
    assert_eq!(error.span, Span::new(18, 24));
    assert_eq!(
        error.kind.hint(),
        "did you mean `speech`? The values are speech, fact-sheet, press-release, transcript, \
         testimony, other"
    );
    assert_eq!(printed("in:note", Match::All), format!("in:{}", Part::Note.name()));
}

#[test]
fn large_queries_are_refused() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    let clauses = |n: usize| vec!["a"; n].join(" OR ");
    for (fits, too_large, message) in [
        (deep(50), deep(51), "groups and negations are nested more than 50 deep"),
        (format!("{}a", "NOT ".repeat(50)), format!("{}a", "NOT ".repeat(51)), "groups and"),
        (clauses(200), clauses(201), "the query has more than 200 words"),
        ("a".repeat(MAX_BYTES), "é".repeat(MAX_BYTES), "the query has 8192 bytes, more than"),
        (deep(50), "(".repeat(4000), "groups and"),
        (vec!["a*"; 20].join(" "), vec!["a*"; 21].join(" "), "the query has more than 20 patterns"),
    ] {
        assert!(parse(&fits, Match::All).is_ok());
        let error = parse(&too_large, Match::All).unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
        assert!(error.render(&too_large).lines().count() == 4);
    }
}

/// Reads the blocks of `docs/query-syntax.md` that are tagged so, one example a line.
fn documented(tag: &str) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/query-syntax.md");
    let page = std::fs::read_to_string(path).unwrap();
    let mut block = None;
    let mut examples = Vec::new();
    for line in page.lines() {
        match (line.strip_prefix("```"), block) {
            (Some(_), Some(_)) => block = None,
            (Some(tag), None) => block = Some(tag.trim()),
            (None, Some(inside)) if inside == tag && !line.trim().is_empty() => {
                examples.push(line.to_owned());
            }
            (None, _) => {}
        }
    }
    assert!(examples.len() >= 5, "{} examples tagged {tag}", examples.len());
    examples
}

#[test]
fn documented_examples_parse() {
    for query in documented("query") {
        printed(&query, Match::All);
        printed(&query, Match::Any);
    }
}

#[test]
fn documented_sequences_parse() {
    for query in documented("query-cql") {
        parse_cql(&query).unwrap_or_else(|error| panic!("{}", error.render(&query)));
    }
}

#[test]
fn documented_errors_fail() {
    for query in documented("query-error") {
        for matching in [Match::All, Match::Any] {
            if let Ok(parsed) = parse(&query, matching) {
                panic!("`{query}` was read as {parsed}");
            }
        }
    }
}

#[test]
fn documented_meanings_hold() {
    for (tag, matching) in [("query-means", Match::All), ("query-means-any", Match::Any)] {
        for example in documented(tag) {
            let (query, meaning) = example.split_once(" ⇒ ").expect(&example);
            let [query, meaning] = [query, meaning]
                .map(|query| without_spans(parse(query.trim(), matching).expect(query).root));
            assert_eq!(query, meaning, "{example}");
        }
    }
}

/// Generates queries, most of them well formed.
fn queries() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => prop::sample::select(vec![
            "a", "b", "cyber-security", "9:30", "and", "l’été", "R&D,", "=exact", "\"x y\"",
            "“say \"x\"”", "«z»", "„z\"”", "2011", "secur*", "wo?d", "defence~1", "\"x y\"~3",
            "“x* y”", "/cyb.*r/", "a^2", "\"x y\"~0^0.5",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "speaker:vale", "title:(a -b OR c)", "title:=a", "date:2011", "date:[2010 TO *]",
            "date:([* TO 2012-02] OR 2014)", "kind:speech", "in:body", "lang:en", "source:a/b.txt",
            "source:\"a b\"", "place:“new york”", "priority:(x y)", "in:quote", "title:x*",
            "speaker:/va.e/", "quoted:vale~1",
        ]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let side_by_side = prop::collection::vec(
            (prop::sample::select(vec!["", "", "", "+", "-", "NOT "]), inner.clone()),
            1..4,
        );
        prop_oneof![
            inner.clone().prop_map(|a| format!("({a})")),
            side_by_side.prop_map(|items| {
                items
                    .into_iter()
                    .map(|(sign, item)| format!("{sign}{item}"))
                    .collect::<Vec<_>>()
                    .join(" ")
            }),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} AND {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} OR {b}")),
            inner.clone().prop_map(|a| format!("({a})^3")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("-({a}) ({b})")),
        ]
    })
}

/// Generates strings of the language's own pieces, most of them malformed.
fn soups() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a", "é", "AND", "OR", "NOT", "TO", "+", "-", "–", "(", ")", "\"", "“", "”", "„", "«", "»",
        "=", ":", "title:", "date:", "source:", "in:", "kind:", "[", "]", "2011", "*", "?", "~1",
        "~", "~3", "^2", "^", "in:quote", "：", "/", "\\", "'", " ", " ", " ", "\u{200b}", "\0",
        "|", "&", "speech",
    ]);
    prop::collection::vec(pieces, 0..16).prop_map(|pieces| pieces.concat())
}

fn check_spans(query: &str, node: &Node) {
    assert!(query.get(node.span.range()).is_some_and(|part| !part.is_empty()), "{node:?}");
    for child in node.operands() {
        assert!(node.span.contains(child.span), "{query}: {child:?} in {node:?}");
        check_spans(query, child);
    }
}

fn check(query: &str, matching: Match) {
    match parse(query, matching) {
        Ok(parsed) => {
            check_spans(query, &parsed.root);
            let printed = parsed.to_string();
            let again = parse(&printed, matching).map_err(|error| error.render(&printed)).unwrap();
            assert_eq!(
                without_spans(again.root),
                without_spans(parsed.root),
                "{query} as {printed}"
            );
        }
        Err(error) => {
            assert!(query.get(error.span.range()).is_some(), "{query:?}: {error:?}");
            assert_eq!(error.render(query).lines().count(), 4, "{}", error.render(query));
        }
    }
}

fn holds_preference(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Prefer { .. })
        || node.operands().into_iter().any(holds_preference)
}

proptest! {
    #[test]
    fn printing_and_reading_is_identity(query in queries()) {
        check(&query, Match::All);
        check(&query, Match::Any);
    }

    #[test]
    fn the_printed_form_means_the_same_under_both(query in queries()) {
        for (matching, other) in [(Match::All, Match::Any), (Match::Any, Match::All)] {
            if let Ok(parsed) = parse(&query, matching) && !holds_preference(&parsed.root) {
                let printed = parsed.to_string();
                prop_assert_eq!(&parse(&printed, other).unwrap().to_string(), &printed);
            }
        }
    }

    #[test]
    fn nothing_panics(query in prop_oneof![soups(), any::<String>(), "\\PC{0,40}"]) {
        check(&query, Match::All);
        check(&query, Match::Any);
        if let Err(error) = parse_cql(&query) {
            prop_assert!(query.get(error.span.range()).is_some(), "{:?}: {:?}", query, error);
        }
    }
}
