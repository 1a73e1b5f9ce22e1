use super::super::tests::overview;
use super::*;
use onrecord_query::{Figure, OverviewPassage, OverviewRow};
use std::collections::BTreeSet;

fn page(overview: &OverviewPage) -> String {
    let mut page = Vec::new();
    write_overview_page(&mut page, overview).unwrap();
    String::from_utf8(page).unwrap()
}

/// The values of an attribute, in order.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let before = format!(" {attribute}=\"");
    page.split(&before).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn links_have_their_targets_and_ids_are_unique() {
    let page = page(&overview());
    let ids = values(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    let mut n_links = 0;
    for link in values(&page, "href").into_iter().filter(|link| *link != "data:,") {
        let id = link.strip_prefix('#').unwrap();
        assert!(unique.contains(id), "{id}");
        n_links += 1;
    }
    assert!(n_links > 50);
    for id in values(&page, "aria-labelledby") {
        assert!(unique.contains(id), "{id}");
    }
}

#[test]
fn nothing_is_markup_and_nothing_is_fetched() {
    let page = page(&overview());
    for part in ["<script", "src=", "<b>", "<i>", "<of>", "<this>", "@import", "<img"] {
        assert!(!page.contains(part), "{part}");
    }
    // What a passage says is a text and no link.
    let without_passages = page.replace("http://example.org/", "");
    assert!(!without_passages.contains("http") && without_passages.len() < page.len());
    for part in [
        "<title>The &lt;b&gt;corpus&lt;/b&gt; &amp; more</title>",
        "<bdi>Economy &lt;of&gt; trade</bdi>",
        "<bdi>דובר &amp; Co</bdi>",
        "&amp; <mark>trade</mark> http://example.org/ in “free” networks.",
        "<code>speech-0.txt; onrecord show 00000000000000000000000000000000 --passage 0</code>",
        "<li dir=\"auto\">Mind &lt;this&gt;.</li>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn elements_that_are_begun_are_ended() {
    let page = page(&overview());
    assert_eq!(page, super::tests::page(&overview()), "the same each time");
    for element in [
        "section", "div", "a", "g", "svg", "table", "tr", "td", "ol", "ul", "li", "p", "span",
        "bdi", "dl",
    ] {
        let n_begun = page.matches(&format!("<{element}>")).count()
            + page.matches(&format!("<{element} ")).count();
        assert_eq!(n_begun, page.matches(&format!("</{element}>")).count(), "{element}");
    }
}

#[test]
fn gaps_are_no_zeros_and_zeros_no_links() {
    let page = page(&overview());
    let of = |id: &str| {
        let line = page.lines().find(|line| line.contains(&format!("id=\"{id}\"")));
        line.unwrap_or_else(|| panic!("{id}"))
    };
    let gap = of("y5-0");
    assert!(gap.contains("2005: no passages") && gap.contains("class=\"gap\""), "{gap}");
    assert!(gap.starts_with("<g ") && !gap.contains("circle"), "{gap}");
    let zero = of("y4-1");
    assert!(zero.contains("2004: 0 % (0 to 1.0); 0 of 100 passages; 0 mentions"), "{zero}");
    assert!(!zero.contains("whisker"), "{zero}");
    assert!(zero.starts_with("<g ") && zero.contains("class=\"zero\""), "{zero}");
    let bar = of("y4-0");
    assert!(bar.starts_with("<a ") && bar.contains("href=\"#py4-0\""), "{bar}");
    let few = page.lines().find(|line| line.contains(">Few<")).unwrap();
    assert!(few.contains("class=\"doubtful\"><a") && few.contains("<sup>+</sup>"), "{few}");
    let nobody = page.lines().find(|line| line.contains(">Nobody<")).unwrap();
    assert_eq!(nobody.matches("class=\"gap\"").count(), 2, "{nobody}");
    assert!(page.contains("2005</bdi></th><td>no passages</td>"), "a gap is not doubtful");
}

#[test]
fn numbers_are_those_given() {
    let overview = overview();
    let page = page(&overview);
    let rows = page.lines().filter(|line| line.starts_with("<tr><th scope=\"row\">"));
    let passages: u64 = rows
        .filter(|line| line.matches("<td>").count() == 5)
        .map(|line| line.split("<td>").nth(3).unwrap().split('<').next().unwrap())
        .map(|cell| cell.replace(',', "").parse::<u64>().unwrap())
        .sum();
    let dated = overview.years.iter().chain(&overview.undated).flat_map(|year| &year.figures);
    assert_eq!(passages, dated.map(|figure| figure.passages).sum::<u64>());
    assert!(
        page.contains("10.0 % (95 % interval 5.0 to 16.0); 124 of 1,240 passages; 248 mentions")
    );
    assert!(page.contains(
        "5 of 124 passages shown; all of them: <code>onrecord report labels --priority trade "
    ));
    let few = page.split("id=\"ps4-0\"").nth(1).unwrap().split("</ol>").next().unwrap();
    assert!(!few.contains("all of them"), "one of one is shown: {few}");
}

#[test]
fn names_of_years_have_room_and_what_scrolls_says_so() {
    // How many years there are; how many have their names on screen, on paper; what is said.
    for (n_years, on_screen, on_paper, words) in [
        (3, 3, 3, None),
        (12, 12, 12, Some("Where years are cut off")),
        (24, 24, 12, Some("Where years are cut off")),
        (40, 20, 4, Some("Where years are cut off")),
        (231, 47, 12, Some("The last years are in view")),
    ] {
        let mut overview = overview();
        let year = overview.years[0].clone();
        let named = |n: usize| OverviewRow { name: format!("{}", 1790 + n), ..year.clone() };
        overview.years = (0..n_years).map(named).collect();
        overview.priorities.truncate(1);
        let page = page(&overview);
        let names = |class: &str| {
            let tags = page.split("<text").filter_map(|part| part.split('>').next());
            tags.filter(|tag| tag.contains(class) && tag.contains("y=\"166\"")).count()
        };
        let of_screen = names("class=\"screen\"");
        assert_eq!((names(""), names("") - of_screen), (on_screen, on_paper), "{n_years}");
        let hints: Vec<&str> = page.split("<p class=\"hint").skip(1).collect();
        assert_eq!(
            hints.iter().any(|hint| words.is_some_and(|words| hint.contains(words))),
            words.is_some()
        );
        assert_eq!(hints.len(), 1 + usize::from(words.is_some()), "one of the speakers");
    }
}

#[test]
fn nothing_at_all_is_a_page_too() {
    let page = page(&OverviewPage { title: "Empty".into(), ..OverviewPage::default() });
    assert!(page.contains("No speaker is known.") && page.ends_with("</html>\n"));
}

#[test]
fn many_figures_of_long_passages_are_a_small_page() {
    let text = "Ruhe und Ordnung im Netz sind, was wir brauchen. ".repeat(40);
    let passage = |n: usize| OverviewPassage {
        citation: format!("Vale, Ada. “Remarks at the Opening of Session {n}.” May 1, 2001."),
        path: format!("speeches/2001/remarks-{n}.txt"),
        document_id: format!("{n:032x}"),
        passage: 12,
        text: text.clone(),
        terms: vec![(900..904, 0)],
    };
    let figure = |n: usize| Figure {
        mentions: 200,
        passages: 123,
        share: Some(0.1),
        interval: Some((0.08, 0.12)),
        is_doubtful: false,
        shown: (n * 5..n * 5 + 5).collect(),
        priority_id: "economy".into(),
        query: Some("date:2001".into()),
    };
    let row = |n: usize| OverviewRow {
        name: format!("{}", 1600 + n),
        documents: 9,
        passages: 1230,
        words: 99_999,
        figures: (0..7).map(|priority| figure(n * 7 + priority)).collect(),
    };
    let overview = OverviewPage {
        title: "Large".into(),
        priorities: (0..7).map(|n| format!("Priority {n}")).collect(),
        total: row(0),
        years: (0..400).map(row).collect(),
        speakers: (400..460).map(row).collect(),
        passages: (0..3300 * 5).map(passage).collect(),
        ..OverviewPage::default()
    };
    let page = page(&overview);
    assert!(page.len() < 5_000_000, "{}", page.len());
    assert!(page.contains("long passages are cut") && page.contains("<blockquote dir=\"auto\">… "));
    assert!(page.contains(" of 123 passages shown; all of them: "));
}
