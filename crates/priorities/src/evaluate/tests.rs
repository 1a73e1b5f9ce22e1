use super::*;

fn judged(gold: &str, found: &str) -> Judged {
    let set = |labels: &str| labels.split_whitespace().map(str::to_owned).collect();
    Judged { gold: set(gold), found: set(found), source: String::new() }
}

fn measured(texts: &[Judged], ids: &str) -> Evaluation {
    let ids: Vec<String> = ids.split_whitespace().map(str::to_owned).collect();
    evaluate(texts, &ids)
}

/// Six texts worked out by hand; scikit-learn (`precision_recall_fscore_support`,
/// `accuracy_score`, `zero_division=0`) gives the same.
#[test]
fn figures_of_a_worked_example() {
    let texts = [
        judged("a", "a"),
        judged("a b", "a"),
        judged("b", "b c"),
        judged("", "a"),
        judged("", ""),
        judged("c", "b"),
    ];
    let found = measured(&texts, "a b c d");
    let counts: Vec<Counts> = found.priorities.iter().map(|score| score.counts).collect();
    let expected = [(2, 1, 0), (1, 1, 1), (0, 1, 1), (0, 0, 0)]
        .map(|(right, wrong, missed)| Counts { right, wrong, missed });
    assert_eq!(counts, expected);
    assert_eq!((counts[0].precision(), counts[0].recall(), counts[0].f1()), (2.0 / 3.0, 1.0, 0.8));
    assert_eq!((counts[3].precision(), counts[3].recall(), counts[3].f1()), (0.0, 0.0, 0.0));
    assert!((found.macro_f1.value - (0.8 + 0.5) / 4.0).abs() < 1e-12);
    assert!((found.micro_f1.value - 6.0 / 11.0).abs() < 1e-12);
    assert_eq!((found.n_texts, found.n_exact, found.n_none, found.n_clean), (6, 2, 2, 1));
    let rows = [
        vec![2, 0, 0, 0, 0],
        vec![0, 1, 0, 0, 1],
        vec![0, 1, 0, 0, 0],
        vec![0; 5],
        vec![1, 0, 1, 0, 0],
    ];
    assert_eq!(found.confusion, rows);
}

#[test]
fn intervals_hold_the_figure_and_are_wider_for_texts_of_one_source() {
    let mut texts: Vec<Judged> =
        (0..60).map(|n| judged("a", if n % 3 == 0 { "" } else { "a" })).collect();
    let alone = measured(&texts, "a").micro_f1;
    assert!(alone.low < alone.value && alone.value < alone.high);
    assert_eq!(measured(&texts, "a").micro_f1, alone, "the same draws each time");
    for (n, text) in texts.iter_mut().enumerate() {
        text.source = (n % 3).to_string();
    }
    let together = measured(&texts, "a").micro_f1;
    assert!(together.high - together.low > alone.high - alone.low);
    assert_eq!(measured(&[], "a").micro_f1, Estimate::default());
}

/// The example of 50 proposals read by two: 20 both accept, 15 both refuse.
#[test]
fn kappa_of_a_worked_example() {
    let mut pairs = vec![(true, true); 20];
    pairs.extend([(true, false); 5]);
    pairs.extend([(false, true); 10]);
    pairs.extend([(false, false); 15]);
    assert!((cohen_kappa(&pairs).unwrap() - 0.4).abs() < 1e-12);
    assert_eq!(cohen_kappa(&[(true, true); 3]), None);
    assert_eq!(cohen_kappa(&[]), None);
    assert_eq!(cohen_kappa(&[(true, true), (false, false)]), Some(1.0));
}

/// Krippendorff's example of twelve units and four observers, with values missing: 0.743.
#[test]
fn alpha_of_a_worked_example() {
    let units = [
        "1 1 1", "2 2 3 2", "3 3 3 3", "3 3 3 3", "2 2 2 2", "1 2 3 4", "4 4 4 4", "1 1 2 1",
        "2 2 2 2", "5 5 5", "1 1", "3",
    ];
    let units: Vec<Vec<&str>> = units.map(|unit| unit.split(' ').collect()).to_vec();
    assert!((krippendorff_alpha(&units).unwrap() - 0.743).abs() < 5e-4);
    assert_eq!(krippendorff_alpha(&[vec![1, 1], vec![1, 1]]), None);
    assert_eq!(krippendorff_alpha::<u8>(&[]), None);
}
