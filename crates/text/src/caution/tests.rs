use super::*;
use crate::sentence::sentences;
use proptest::prelude::*;

/// Finds the cautions of a quote, which stands between `{` and `}`; each as its kind and trigger,
/// a note with a `?` behind the kind.
fn found(marked: &str) -> Vec<String> {
    let start = marked.find('{').unwrap();
    let end = marked.find('}').unwrap() - 1;
    let text = marked.replace(['{', '}'], "");
    let sentences = sentences(&text, Span::from_range(0..text.len()));
    let cautions = cautions(&text, &sentences, Span::from_range(start..end));
    cautions
        .iter()
        .map(|caution| {
            let note = if caution.weight == CautionWeight::Note { "?" } else { "" };
            format!("{}{note}: {}", caution.kind.name(), &text[caution.trigger.range()])
        })
        .collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (marked, expected) in cases {
        assert_eq!(found(marked), *expected, "{marked}");
    }
}

#[test]
fn conditions() {
    check(&[
        ("If the council agrees, {we will close the harbour}.", &["conditional: If"]),
        ("{We will close the harbour} if the council agrees.", &["conditional: if"]),
        ("If {the harbour is closed}, we will leave.", &["conditional: If"]),
        ("{We will leave} unless they yield.", &["conditional: unless"]),
        ("{We will pay}, provided that they do.", &["conditional: provided that"]),
        ("{We will pay} only when they do.", &["conditional: only when"]),
        ("Except when it rains, {the harbour is open}.", &["conditional: Except when"]),
        ("Were we to fail, {the harbour would close}.", &["conditional: Were"]),
        ("And had he waited, {the town would have starved}.", &["conditional: had"]),
        ("Should the bridge fall, {we will build it again}.", &["conditional: Should"]),
        ("But if they refuse, {we will act alone}.", &["conditional: if"]),
    ]);
}

#[test]
fn no_conditions() {
    check(&[
        ("{If the council agrees, we will close the harbour.}", &[]),
        ("{We will close the harbour if the council agrees}.", &[]),
        ("If they come, so be it. {We will close the harbour.}", &[]),
        ("They wondered if it was late; {we were sure of it}.", &[]),
        ("{We will build it}, even if it takes years.", &[]),
        ("I ask if {the harbour is safe}.", &[]),
        ("{The harbour is}, if anything, safer.", &[]),
        ("{We will stay}, and if they leave, so much the worse.", &[]),
        ("If nothing else, they came; {we will stay here}.", &[]),
        // A phrase is no statement.
        ("If they close {the old harbour}, we will leave.", &[]),
        ("Were you there when {the harbour was closed}?", &["question: Were"]),
    ]);
}

#[test]
fn denials() {
    check(&[
        ("It is not true that {we have closed the harbour}.", &["negated: not true"]),
        ("Nobody believes that {the harbour is safe}.", &["negated: Nobody believes"]),
        ("I have never said that {we will leave}.", &["negated: never said"]),
        ("I do not believe {we should leave}.", &["negated: not believe"]),
        ("We don’t think that {the harbour is safe}.", &["negated: don’t think"]),
        ("There is no evidence that {the water was foul}.", &["negated: no evidence"]),
        ("I deny that {we closed it}.", &["negated: deny"]),
        ("I reject the idea that {we must leave}.", &["negated: reject"]),
        ("We will never {give up the harbour}.", &["negated: never"]),
        ("We do not {support this bill}.", &["negated: not"]),
        ("There is no {danger to the town}.", &["negated: no"]),
        ("That {the water was foul} is simply not true.", &["negated: is simply not true"]),
        ("{They closed the harbour.} That is not true.", &["negated: That is not true"]),
        ("{They closed the harbour.} That's a lie.", &["negated: That's a lie"]),
        (
            "{They closed it.} Nothing could be further from the truth.",
            &["negated: Nothing could be further"],
        ),
    ]);
}

#[test]
fn opinions_of_others() {
    check(&[
        ("The notion that {we fear the sea} is mistaken.", &["quoted: notion that"]),
        ("There are those who believe that {the harbour is lost}.", &["quoted: who believe"]),
        ("Don't let anybody tell you that {the harbour is lost}.", &["quoted: anybody tell"]),
        ("I hold to the notion of a harbour. {We will stay}.", &[]),
        ("We believe that {the harbour is safe}.", &[]),
    ]);
}

#[test]
fn no_denials() {
    check(&[
        ("{It is not true that we have closed the harbour.}", &[]),
        ("I never forget that {the harbour was closed}.", &[]),
        ("There is no doubt that {we will leave}.", &[]),
        ("I do not doubt that {we will leave}.", &[]),
        ("We act not only {for the town}, but for the coast.", &[]),
        ("No, {we will stay}.", &[]),
        ("Whether or not {we leave}, they will.", &[]),
        ("We did not go. {We will stay.}", &[]),
        ("{We left.} That is not so long ago.", &[]),
        ("{We left.} Not so the mayor.", &[]),
    ]);
}

#[test]
fn trials() {
    check(&[
        ("Suppose {the harbour is closed}.", &["hypothetical: Suppose"]),
        ("Now imagine that {we had no harbour}.", &["hypothetical: imagine"]),
        ("Let us assume {the bridge is sound}.", &["hypothetical: assume"]),
        ("They live as if {the war were over}.", &["hypothetical: as if"]),
        ("Some would say that {we came too late}.", &["hypothetical: Some would say"]),
        ("It may be said that {we came too late}.", &["hypothetical: It may be said"]),
        ("Imagine this. {The harbour is closed.}", &["hypothetical: Imagine"]),
        ("I suppose {we came too late}.", &[]),
        ("{Suppose the harbour is closed.}", &[]),
        ("It will be said of us, {the founders of the town}, that we dared.", &[]),
    ]);
}

#[test]
fn contrasts() {
    check(&[
        ("{We want peace}, but we will fight.", &["contrasted: but"]),
        ("{We want peace}; yet we will fight.", &["contrasted: yet"]),
        ("{We want peace}, although not at any price.", &["contrasted: although"]),
        ("{We want peace} on the coast, but we will fight.", &["contrasted: but"]),
        ("Although {they are honest}, they are wrong.", &["contrasted: Although"]),
        ("{We want peace.} But we will fight.", &["contrasted?: But"]),
        ("{We want peace.} (Applause.) However, we will fight.", &["contrasted?: However"]),
        ("{We want peace.} The price, however, is high.", &["contrasted?: however"]),
        ("{Of course we want peace.} But we will fight.", &["contrasted: But"]),
        ("It is true that {we want peace}. Yet we will fight.", &["contrasted: Yet"]),
    ]);
}

#[test]
fn no_contrasts() {
    check(&[
        ("{We want peace, but we will fight.}", &[]),
        ("But {we want peace}.", &[]),
        ("{We are here} not only to win, but to last.", &[]),
        ("{It is not a matter of money}, but of will.", &[]),
        ("{We want peace.} However hard it is, we will try.", &[]),
        ("{We want peace} and nothing but peace.", &[]),
        (
            "{We want peace}, and we will build it over years of work in many towns, but slowly.",
            &[],
        ),
    ]);
}

#[test]
fn words_of_others() {
    check(&[
        ("He told me: {we have lost the harbour}.", &["quoted: He told"]),
        ("They say that {we have lost the harbour}.", &["quoted: They say"]),
        ("As Vale once said, {the sea has no owner}.", &["quoted: Vale once said"]),
        ("Critics say {it cannot be done}.", &["quoted: Critics say"]),
        ("In the words of Ada Vale, {the sea has no owner}.", &["quoted: In the words of"]),
        ("{The sea has no owner}, they say.", &["quoted: they say"]),
        ("{The sea has no owner}, said the mayor.", &["quoted: said"]),
        ("Moss wrote, “{The sea has no owner.}”", &["quoted: “"]),
        ("Moss wrote, \"The land has one. {The sea has no owner.}\" So it is.", &["quoted: \""]),
        ("“We came late. {The sea has no owner.}", &["quoted: “"]),
    ]);
}

#[test]
fn words_of_ones_own() {
    check(&[
        ("I said that {we will leave}.", &[]),
        ("As I have said before, {we will leave}.", &[]),
        ("Let me say that {we will leave}.", &[]),
        ("“We came late.” {The sea has no owner.}", &[]),
        ("He called it “a {sea” without} end.", &[]),
        ("The \"new\" harbour is old. {We will leave.} The \"old\" one is new.", &[]),
        ("{He told me that we have lost the harbour.}", &[]),
        ("What he told us, we know. {We will leave.}", &[]),
        ("Numerous claims {have been among them} since.", &[]),
    ]);
}

#[test]
fn questions() {
    check(&[
        ("Do you think that {we will lose}?", &["question: Do"]),
        ("{We are safe}, aren’t we?", &["question: aren’t"]),
        ("{Do you think that we will lose}?", &[]),
        ("{Do you think that we will lose?}", &[]),
        ("And {are we safe}?", &[]),
        ("Are we safe? {We are safe.}", &[]),
    ]);
}

#[test]
fn sentences_around() {
    let text = "One is. Two is. Three is.";
    let all = sentences(text, Span::from_range(0..text.len()));
    let cut = |span: Span| &text[span.range()];
    for (span, before, touched, after) in [
        (Span::new(0, 3), None, 1, Some("Two is.")),
        (Span::new(8, 11), Some("One is."), 1, Some("Three is.")),
        (Span::new(4, 20), None, 3, None),
        (Span::new(7, 8), Some("One is."), 0, Some("Two is.")),
        (Span::new(16, 25), Some("Two is."), 1, None),
    ] {
        let found = neighbours(&all, span);
        assert_eq!(found.before.map(cut), before, "{span:?}");
        assert_eq!(found.touched.len(), touched, "{span:?}");
        assert_eq!(found.after.map(cut), after, "{span:?}");
    }
}

#[test]
fn endless_texts_take_no_longer() {
    // Were the whole sentence looked at for each quote, this would take hours.
    let text = "if “the ".repeat(500_000);
    let all = [Span::from_range(0..text.len())];
    for at in 0..10_000 {
        let start = at * 300 + 4;
        let _ = cautions(&text, &all, Span::from_range(start - start % 10..start - start % 10 + 2));
    }
}

#[test]
fn word_lists_have_matching_forms() {
    assert!(CautionKind::ALL.iter().all(|kind| kind.name().chars().all(|c| c.is_lowercase())));
}

proptest! {
    #[test]
    fn triggers_lie_on_boundaries_outside_the_quote(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "if", "If", "unless", "not", "never", "true", "that", "said", "He", "they", "say",
                "but", "But", "however,", "suppose", "“", "”", "\"", ",", ";", ".", "?", "é’n't",
                "we", "is", "(Applause.)", "as", "though", "It", "may", "be", "\n\n", "—", "only",
            ]),
            0..40,
        ),
        from in 0usize..200,
        length in 0usize..100,
    ) {
        let text = words.join(" ");
        let start = text.floor_char_boundary(from.min(text.len()));
        let end = text.floor_char_boundary((start + length).min(text.len())).max(start);
        let quote = Span::from_range(start..end);
        let all = sentences(&text, Span::from_range(0..text.len()));
        let found = cautions(&text, &all, quote);
        prop_assert!(found.windows(2).all(|pair| pair[0].kind < pair[1].kind));
        for caution in found {
            prop_assert!(text.get(caution.trigger.range()).is_some_and(|words| !words.is_empty()));
            prop_assert!(caution.trigger.end <= quote.start || quote.end <= caution.trigger.start);
        }
    }
}
