use super::number_words::in_words;

/// The names of magnitudes, the largest first.
const MAGNITUDES: [(f64, &str); 4] =
    [(1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")];

/// The largest number that is written out: beyond, digits say no more.
const MAX: f64 = 1e15;

/// Lists the ways in which a number is written, each as folded tokens: `2,000,000` is also
/// `2 million` and `two million`.
///
/// Numbers below 0 or beyond a thousand million million have none. Units are not part of them.
///
/// ```
/// let forms = onrecord_text::number_forms(2_500_000.0);
/// assert!(forms.contains(&vec!["2".into(), "500".into(), "000".into()]));
/// assert!(forms.contains(&vec!["2".into(), "5".into(), "million".into()]));
/// ```
pub fn number_forms(value: f64) -> Vec<Vec<String>> {
    if !(0.0..=MAX).contains(&value) {
        return Vec::new();
    }
    let mut forms = vec![digits(value)];
    let whole = value as u64;
    if value.fract() == 0.0 {
        forms.push(vec![whole.to_string()]);
        forms.extend(words(whole));
    }
    for (magnitude, name) in MAGNITUDES {
        let mantissa = value / magnitude;
        // Few write `0.5 million`, nobody `1500 million`.
        if (0.1..1000.0).contains(&mantissa) && is_short(mantissa) {
            let named = |mut form: Vec<String>| {
                form.push(name.to_owned());
                form
            };
            forms.push(named(digits(mantissa)));
            if mantissa.fract() == 0.0 {
                forms.extend(words(mantissa as u64).map(named));
            }
        }
    }
    if value == 12.0 || value == 24.0 {
        forms.push(vec!["dozen".to_owned()]);
    }
    forms.sort();
    forms.dedup();
    forms
}

/// Tells whether a number has two decimals at most.
fn is_short(number: f64) -> bool {
    let hundredths = number * 100.0;
    (hundredths - hundredths.round()).abs() < 1e-6
}

/// Writes a number in digits as the tokenizer cuts it, in groups of thousands and with decimals.
fn digits(value: f64) -> Vec<String> {
    let rounded = format!("{:.2}", value);
    let (whole, decimals) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let mut groups = Vec::new();
    let mut rest = whole;
    while let Some((before, group)) =
        rest.len().checked_sub(3).and_then(|at| rest.split_at_checked(at))
    {
        groups.insert(0, group.to_owned());
        rest = before;
    }
    if !rest.is_empty() {
        groups.insert(0, rest.to_owned());
    }
    let decimals = decimals.trim_end_matches('0');
    if !decimals.is_empty() {
        groups.push(decimals.to_owned());
    }
    groups
}

fn words(number: u64) -> Option<Vec<String>> {
    let words = |text: String| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    match number {
        0..100 => in_words(number).map(words),
        _ if number.is_multiple_of(100) && number < 1000 => {
            in_words(number / 100).map(|hundreds| words(format!("{hundreds} hundred")))
        }
        _ => None,
    }
}
