use super::*;
use proptest::prelude::*;

/// Shows what was read of a text: value, unit, and what is counted.
fn shown(text: &str) -> Vec<String> {
    let show = |number: &Number| {
        let bounds = if number.low == number.high {
            number.value.to_string()
        } else {
            format!("{}..{}", number.low, number.high)
        };
        let counted: Vec<&str> = number.counted.iter().map(|span| &text[span.range()]).collect();
        format!("{bounds} {} {}", number.unit.name(), counted.join(" ")).trim_end().to_owned()
    };
    numbers(text).iter().map(show).collect()
}

#[test]
fn numbers_are_read_however_they_are_written() {
    for (text, expected) in [
        ("two million jobs", &["2000000 count jobs"][..]),
        ("2 million new jobs", &["2000000 count new jobs"]),
        ("2,000,000 jobs", &["2000000 count jobs"]),
        ("2.5 million jobs", &["2500000 count jobs"]),
        ("two and a half million jobs", &["2500000 count jobs"]),
        ("half a million homes", &["500000 count homes"]),
        ("a hundred ships", &["100 count ships"]),
        ("two hundred and fifty thousand homes", &["250000 count homes"]),
        ("twenty-five schools", &["25 count schools"]),
        ("three dozen boats", &["36 count boats"]),
        ("half a dozen boats", &["6 count boats"]),
        ("1,250 miles of track", &["1250 count miles"]),
        ("a 20-year plan", &["20 count year plan"]),
        ("20 percent of our oil", &["20 percent oil"]),
        ("twenty per cent", &["20 percent"]),
        ("20% of oil", &["20 percent oil"]),
        ("3.5 percentage points", &["3.5 percent"]),
        ("a third of our schools", &["33.33333333333333 percent schools"]),
        ("two-thirds of homes", &["66.66666666666666 percent homes"]),
        ("half of all homes", &["50 percent homes"]),
        ("one in five children", &["20 percent children"]),
        ("nine out of ten families", &["90 percent families"]),
        ("$3 billion in aid", &["3000000000 dollars aid"]),
        ("3 billion dollars", &["3000000000 dollars"]),
        ("$3bn for schools", &["3000000000 dollars schools"]),
        ("$1,200 a year for schools", &["1200 dollars"]),
        ("€40 million", &["40000000 euros"]),
        ("fifty cents", &["0.5 dollars"]),
        ("in 2015", &["2015 year"]),
        ("by July 2011", &["2011 year"]),
        ("the 2008 election", &["2008 year"]),
        ("2000 jobs", &["2000 count jobs"]),
        ("the 1960s", &["1960..1969 year"]),
        ("the 21st century", &["21 ordinal century"]),
        ("a second term", &["2 ordinal term"]),
        ("the third quarter", &["3 ordinal quarter"]),
        ("20 to 30 percent", &["20..30 percent"]),
        ("20–30 ships", &["20..30 count ships"]),
        ("between five and ten ships", &["5..10 count ships"]),
        ("two to three million jobs", &["2000000..3000000 count jobs"]),
        ("from 20 to 30 percent", &["20 percent", "30 percent"]),
        ("dozens of ships", &["24..100 count ships"]),
        ("tens of thousands of jobs", &["10000..100000 count jobs"]),
        ("several hundred boats", &["200..900 count boats"]),
        ("more than 2 million jobs", &["2000000..3000000 count jobs"]),
        ("at least 40 ships", &["40..60 count ships"]),
        ("fewer than 30 ships", &["20..30 count ships"]),
        ("no more than 30 ships", &["20..30 count ships"]),
        ("one million and one percent", &["1000000 count", "1 percent"]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn what_counts_nothing_is_no_number() {
    for text in [
        "one of us, and no one else, on this one day",
        "on July 14 and 14 July",
        "at 10:30, at 9 a.m. and on 9/11",
        "2011-07-14",
        "an F-16 and the G20",
        "Section 5 of Title 9",
        "Second, we must act",
        "a second",
        "the Fourth of July",
        "",
    ] {
        assert!(numbers(text).is_empty(), "{text}: {:?}", shown(text));
    }
    assert_eq!(shown("July 14, 2011"), ["2011 year"]);
}

#[test]
fn times_that_are_reckoned_from_today_are_told() {
    for (text, expected) in [
        ("in the last 15 months", true),
        ("over the past two years", true),
        ("ten years ago", true),
        ("for the first time in nine years", true),
        ("a ten-year plan", false),
        ("the war lasted nine years", false),
        ("the last 15 ships", false),
    ] {
        let is_relative = numbers(text).iter().any(|number| number.is_relative);
        assert_eq!(is_relative, expected, "{text}");
    }
}

#[test]
fn spans_hold_the_words_that_bound_a_number() {
    for (text, expected) in [
        ("We lost more than $1.5 billion last year", "more than $1.5 billion"),
        ("It rose by 20% this year", "20%"),
        ("Nearly two-thirds of homes", "Nearly two-thirds"),
        ("some 40 ships came", "some 40"),
    ] {
        assert_eq!(&text[numbers(text)[0].span.range()], expected);
    }
}

#[test]
fn numbers_are_compared_by_what_they_may_mean() {
    for (one, other, expected) in [
        ("two million jobs", "2,000,000 jobs", true),
        ("two million jobs", "3 million jobs", false),
        ("more than 2 million jobs", "2.4 million jobs", true),
        ("more than 2 million jobs", "4 million jobs", false),
        ("about 20 percent", "21 percent", true),
        ("about 20 percent", "30 percent", false),
        ("a fifth of homes", "20 percent of homes", true),
        ("dozens of ships", "40 ships", true),
        ("dozens of ships", "five ships", false),
        ("20 to 30 ships", "25 ships", true),
        ("20 percent", "20 ships", false),
    ] {
        let (a, b) = (&numbers(one)[0], &numbers(other)[0]);
        assert_eq!(a.may_equal(b), expected, "{one}, {other}");
        assert_eq!(b.may_equal(a), expected, "{other}, {one}");
    }
}

#[test]
fn the_same_is_written_of_numbers_of_one_extent() {
    for (one, other, expected) in [
        ("20 percent", "20 percent", true),
        ("20 percent", "twenty percent", true),
        ("20 percent", "20 to 30 percent", false),
        ("20 percent", "20 to 25 percent", false),
        ("20 to 30 percent", "20 to 30 percent", true),
        ("20 to 30 percent", "20 to 40 percent", false),
        ("about 20 percent", "20 percent", true),
        ("more than 20 percent", "20 percent", false),
        ("more than 20 percent", "over 20 percent", true),
        ("more than 20 percent", "20 to 30 percent", false),
        ("fewer than 30 ships", "30 ships", false),
        ("fewer than 30 ships", "at most 30 ships", true),
        ("fewer than 30 ships", "at least 30 ships", false),
        ("dozens of ships", "24 ships", false),
        ("dozens of ships", "dozens of ships", true),
        ("the 1960s", "the 1960s", true),
        ("in the 1960s", "in 1960", false),
        ("20 percent", "20 ships", false),
    ] {
        let (a, b) = (&numbers(one)[0], &numbers(other)[0]);
        assert_eq!(a.is_same_value(b), expected, "{one}, {other}");
        assert_eq!(b.is_same_value(a), expected, "{other}, {one}");
    }
}

/// Shows what governs the words that something governs, and the other words that are stated.
fn governed(text: &str) -> Vec<String> {
    let show = |predicate: &Predicate| {
        let word = &text[predicate.word.range()];
        let modals: Vec<&str> = predicate.modals.iter().map(|modal| modal.name()).collect();
        let denied = if predicate.is_denied() { "not " } else { "" };
        let supposed = if predicate.is_supposed { "?" } else { "" };
        format!("{} {denied}{word}{supposed}", modals.join("+")).trim_start().to_owned()
    };
    let is_governed = |found: &&Predicate| !found.modals.is_empty() || found.n_negations > 0;
    predicates(text).iter().filter(is_governed).map(show).collect()
}

#[test]
fn modals_and_negations_find_what_they_govern() {
    for (text, expected) in [
        ("We will close the mill.", &["will close"][..]),
        ("We'll never again close it", &["will not close"]),
        ("It won't be closed", &["will not closed"]),
        ("We may, and the mill closes", &[]),
        ("We cannot simply close the mill", &["can not close"]),
        ("We can and must act", &["must+can act"]),
        ("We are going to build it", &["will build"]),
        ("We have to act", &["must act"]),
        ("We do not have to act", &["must not act"]),
        ("They ought to act", &["should act"]),
        ("Should we close the mill?", &["should close"]),
        ("We didn't close it", &["not close"]),
        ("There is no plan to close it", &["not plan", "not close"]),
        ("There is no military solution", &["not solution"]),
        ("This is not a real crisis", &["not crisis"]),
        ("We are not ready", &["not ready"]),
        ("We no longer close mills", &["not close"]),
        ("No child will go hungry", &["will not go"]),
        ("Nobody should sell it", &["should not sell"]),
        ("Nothing will change", &["will not change"]),
        ("We refuse to close it", &["not close"]),
        ("It makes no sense", &["not makes"]),
        ("They can't afford or understand it", &["can not afford", "can not understand"]),
        ("These aren't Republican values", &["not values"]),
        ("There are no Americans fighting there", &["not Americans"]),
        ("We act at home, not in other towns", &[]),
        ("We act without raising taxes", &["not raising"]),
        ("We do not plan to close it", &["not plan", "not close"]),
        ("I don't think we should close it", &["not think", "should not close"]),
        ("I do not believe that the mill will close", &["not believe", "will not close"]),
        ("We will not fail to act", &["will not fail"]),
        ("Not only will we act", &["will act"]),
        ("There is no doubt we will act", &["will act"]),
        ("No, we will act", &["will act"]),
        ("If we will close it, we may act", &["will close?", "may act"]),
        ("Not at this time", &[]),
        ("It wasn't going to work", &["will+would not work"]),
        ("ideas that don't work and offer change", &["not work"]),
        ("They should be able to act", &["should act"]),
        ("We do all we can to act", &[]),
        ("No one who fought for us should pay", &["should not pay"]),
        ("It's not a plan to pay down the debt", &["not plan"]),
        ("mayors not doing their part", &[]),
        ("With or without this council we act", &[]),
        ("We have never sold it", &["not sold"]),
        ("the No Child Left Behind law", &[]),
        ("There is no line between towns and villages", &["not line"]),
        ("In May we acted", &[]),
        ("the political will to act", &[]),
        ("", &[]),
    ] {
        assert_eq!(governed(text), expected, "{text}");
    }
}

#[test]
fn what_is_only_named_is_not_stated() {
    for (text, word, expected) in [
        ("We close the mill", "close", true),
        ("We are closing the mill", "closing", true),
        ("We plan to close the mill", "close", true),
        ("the way to close the mill", "close", false),
        ("Closing mills is wrong", "Closing", false),
        ("the close of the year", "close", false),
        ("if we close the mill", "close", false),
    ] {
        let found = predicates(text);
        let found = found.iter().find(|found| &text[found.word.range()] == word).unwrap();
        assert_eq!(!found.is_named && !found.is_supposed, expected, "{text}");
    }
}

#[test]
fn complements_are_what_something_is_said_to_be_or_to_have() {
    for (text, word, expected) in [
        ("We are ready", "ready", true),
        ("We aren't ready", "ready", true),
        ("There is a plan", "plan", true),
        ("We have no plan", "plan", true),
        ("They work with a licence", "licence", true),
        ("They work without a licence", "licence", true),
        ("It is a large harbour", "harbour", true),
        ("It is a large harbour", "large", false),
        ("It is not closed", "closed", false),
        ("Harbours are deep", "Harbours", false),
    ] {
        let found = predicates(text);
        let found = found.iter().find(|found| &text[found.word.range()] == word).unwrap();
        assert_eq!(found.is_complement, expected, "{text}");
    }
}

#[test]
fn the_past_is_told() {
    for (text, word, expected) in [
        ("We did not close it", "close", true),
        ("We have sold it", "sold", true),
        ("We closed it", "closed", true),
        ("It was never sold", "sold", true),
        ("We will close it", "close", false),
        ("It will be closed", "closed", false),
        ("It is not closed", "closed", false),
        ("We close it", "close", false),
    ] {
        let found = predicates(text);
        let found = found.iter().find(|found| &text[found.word.range()] == word).unwrap();
        assert_eq!(found.is_past, expected, "{text}");
    }
}

#[test]
fn passives_are_told() {
    for (text, word, expected) in [
        ("It will be closed", "closed", true),
        ("It was never sold", "sold", true),
        ("We closed it", "closed", false),
        ("We are closing it", "closing", false),
    ] {
        let found = predicates(text);
        let found = found.iter().find(|found| &text[found.word.range()] == word).unwrap();
        assert_eq!(found.is_passive, expected, "{text}");
    }
}

#[test]
fn who_does_it_is_told_by_pronouns_of_the_clause() {
    for (text, expected) in [
        ("We will act", Some(Person::First)),
        ("I'll act", Some(Person::First)),
        ("They must act", Some(Person::Third)),
        ("We know that the mayor will act", None),
        ("We paid, but they will act", Some(Person::Third)),
        ("The mayor will act", None),
    ] {
        let found = predicates(text);
        let found = found.iter().find(|found| text[found.word.range()] == *"act").unwrap();
        assert_eq!(found.person, expected, "{text}");
    }
}

#[test]
fn absolutes_are_found_with_what_they_are_said_of() {
    for (text, expected) in [
        ("the largest harbour in the world", &["superlative: largest harbour"][..]),
        ("It is the most important bridge", &["superlative: most important bridge"]),
        ("We have always kept our word", &["always: always kept"]),
        ("We will never leave", &["never: never leave"]),
        ("for the first time in years", &["first: first time"]),
        ("the only harbour", &["only: only harbour"]),
        ("every child", &["every: every child"]),
        ("First, we act. At first we acted.", &[]),
        ("the First Lady and at most ten", &[]),
        ("not only ships, and the rest of the west", &[]),
        ("We test the interest of every other guest", &[]),
        ("the world's most open harbour", &["superlative: most open harbour"]),
        ("Most teachers work, and most of the ships sail", &[]),
        ("the most of it, at the most", &[]),
        ("No one should pay", &["never: No one should pay"]),
        ("One should pay, and one of us will", &[]),
        ("They deforest the rainforest and infest the harvest", &[]),
        (
            "the wealthiest few and the deepest harbour",
            &["superlative: wealthiest few", "superlative: deepest harbour"],
        ),
    ] {
        let found = absolutes(text);
        let shown = found
            .iter()
            .map(|found| format!("{}: {}", found.kind.name(), &text[found.span.range()]));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn qualifiers_say_nothing_of_the_subject() {
    assert!(QUALIFIERS.is_sorted());
    for (word, expected) in [
        ("never", true),
        ("we'll", true),
        ("20th", true),
        ("million", true),
        ("twenty", true),
        ("dozens", true),
        ("harbour", false),
        ("years", false),
    ] {
        assert_eq!(is_qualifier(word), expected, "{word}");
    }
}

proptest! {
    #[test]
    fn forms_of_a_number_mean_it(mantissa in 1u32..100_000, zeros in 0u32..8) {
        let value = f64::from(mantissa) * 10f64.powi(zeros as i32);
        let forms = number_forms(value);
        prop_assert!(!forms.is_empty());
        for form in forms {
            // As a text would write it: groups with commas, and decimals behind a stop.
            let written = written(&form);
            if (1500.0..=2100.0).contains(&value) || written == "one" || written == "dozen" {
                continue;
            }
            let text = format!("{written} ships");
            let found = numbers(&text);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert!((found[0].value - value).abs() <= value * 1e-9, "{}", text);
        }
    }

    #[test]
    fn nothing_panics_and_spans_are_in_order(text in "([a-zA-Z0-9$%.,'’ –-]|no|not|will|million|one in|to|half){0,60}|\\PC{0,60}") {
        let mut end = 0;
        for number in numbers(&text) {
            prop_assert!(number.span.start >= end && text.get(number.span.range()).is_some());
            prop_assert!(number.low <= number.value && number.value <= number.high);
            prop_assert!(number.may_equal(&number) && number.is_same_value(&number));
            end = number.span.end;
        }
        let mut last = 0;
        for found in predicates(&text) {
            prop_assert!(found.word.start >= last && found.span.contains(found.word));
            prop_assert!(text.get(found.span.range()).is_some());
            last = found.word.start;
        }
        for found in absolutes(&text) {
            prop_assert!(found.span.contains(found.word) && !found.about.is_empty());
        }
    }
}

/// Joins tokens of a number as a text writes them.
fn written(form: &[String]) -> String {
    let mut text = String::new();
    let is_digits = |token: &str| token.bytes().all(|byte| byte.is_ascii_digit());
    for token in form {
        let is_behind_digits = text.ends_with(|c: char| c.is_ascii_digit());
        match (is_behind_digits, is_digits(token)) {
            (true, true) if token.len() == 3 => text.push(','),
            (true, true) => text.push('.'),
            (_, _) if text.is_empty() => {}
            (_, _) => text.push(' '),
        }
        text.push_str(token);
    }
    text
}
