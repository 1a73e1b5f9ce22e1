use super::super::tests::chart;
use super::*;
use crate::chart::Point;

/// The boxes that the words of a class-free reading take: from left to right, and the base line.
fn boxes(svg: &str) -> Vec<(f64, f64, f64, String)> {
    let attribute = |tag: &str, name: &str| {
        let (_, from) = tag.split_once(&format!(" {name}=\"")).unwrap();
        from.split('"').next().unwrap().to_owned()
    };
    svg.lines()
        .filter(|line| line.starts_with("<text"))
        .map(|line| {
            let (tag, rest) = line.split_once('>').unwrap();
            let words = rest.strip_suffix("</text>").unwrap();
            let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let words = words.replace("&quot;", "\"");
            let (x, y): (f64, f64) =
                (attribute(tag, "x").parse().unwrap(), attribute(tag, "y").parse().unwrap());
            let size = match attribute(tag, "class").as_str() {
                "head" => 4.0 / 3.0,
                "name" => 1.1,
                _ => 1.0,
            };
            let room = width(&words) as f64 * LETTER * size;
            let left = match attribute(tag, "text-anchor").as_str() {
                "start" => x,
                "middle" => x - room / 2.0,
                _ => x - room,
            };
            (left, left + room, y, words)
        })
        .collect()
}

#[test]
fn words_keep_apart_and_within() {
    for (axis, n_groups) in [
        (Axis::Time { a_year: 1 }, 1),
        (Axis::Time { a_year: 1 }, 10),
        (Axis::Time { a_year: 1 }, 60),
        (Axis::Time { a_year: 1 }, 230),
        (Axis::Time { a_year: 4 }, 3),
        (Axis::Time { a_year: 4 }, 60),
        (Axis::Time { a_year: 12 }, 10),
        (Axis::Time { a_year: 12 }, 60),
        (Axis::Time { a_year: 12 }, 230),
        (Axis::Time { a_year: 12 }, 2600),
        (Axis::Names, 1),
        (Axis::Names, 10),
        (Axis::Names, 230),
    ] {
        for n_series in [1, 2, 5] {
            let chart = chart(axis, n_groups, n_series);
            let svg = draw(&chart);
            let right = match axis {
                Axis::Time { .. } => time::width_of(&chart),
                Axis::Names => names::width_of(&chart),
            };
            let boxes = boxes(&svg);
            assert!(boxes.len() > n_series + 2);
            for (at, (left, end, y, words)) in boxes.iter().enumerate() {
                assert!(*left >= 0.0 && *end <= right, "{words} leaves the paper: {axis:?}");
                for (other_left, other_end, other_y, other) in boxes.iter().skip(at + 1) {
                    let apart = end <= other_left || other_end <= left;
                    assert!(
                        apart || (y - other_y).abs() >= 12.0,
                        "`{words}` and `{other}` meet: {axis:?}, {n_groups} groups"
                    );
                }
            }
        }
    }
}

#[test]
fn it_stands_alone_and_nothing_in_it_is_markup() {
    for axis in [Axis::Time { a_year: 12 }, Axis::Names] {
        let mut chart = chart(axis, 40, 2);
        chart.title = "<script>alert(1)</script> \u{1b}\u{ffff}]]>".into();
        let svg = draw(&chart);
        assert!(svg.contains("<title>&lt;script&gt;"), "{svg}");
        assert!(!svg.contains("<script") && !svg.contains(['\u{1b}', '\u{ffff}']));
        assert!(svg.contains("query 0 &lt;&amp;&gt;") && !svg.contains("<of>"));
        assert_eq!(svg.matches("http").count(), 1, "the namespace alone");
        assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count());
        assert!(svg.contains("<desc>Bars of share of passages, %."));
    }
}

#[test]
fn gaps_and_zeros_look_different() {
    let mut chart = chart(Axis::Time { a_year: 1 }, 3, 1);
    chart.series[0].points = vec![
        Point { value: Some(0.0), ..Point::default() },
        Point::default(),
        Point { value: Some(2.0), ..Point::default() },
    ];
    let svg = draw(&chart);
    let drawn = |class: &str| svg.matches(&format!("class=\"{class}\"")).count();
    // One each, and one each in the legend; the bar needs none.
    assert_eq!([drawn("zero"), drawn("gap"), drawn("bar")], [2, 2, 1]);
    assert!(svg.contains("<title>1791: no documents</title>"), "{svg}");
    assert!(svg.contains("<title>1790: 0 %</title>"), "{svg}");
}
