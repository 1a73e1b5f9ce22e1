/// Counts the letters to insert, delete, replace or swap with their neighbour to make one word of
/// another, if they are `limit` at most.
///
/// Optimal string alignment: no letter is changed twice (Boytsov 2011, "Indexing methods for
/// approximate dictionary searching", section 2).
pub fn edit_distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    distance_of(&one, &other, limit)
}

/// Counts as [`edit_distance`] between words that were cut into letters.
pub(crate) fn distance_of(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, &x) in one.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, &y) in other.iter().enumerate() {
            let mut cost = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && x == other[j - 1] && one[i - 1] == y {
                cost = cost.min(before[j - 1] + 1);
            }
            next.push(cost);
        }
        // A swap reaches over one row, so both must be beyond the limit.
        if next.iter().chain(&row).all(|cost| *cost > limit) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn edits_are_counted() {
        for (one, other, distance) in [
            ("", "", 0),
            ("", "in", 2),
            ("dtae", "date", 1),
            ("speeker", "speaker", 1),
            ("ab", "ba", 1),
            ("défense", "defense", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(edit_distance(one, other, 9), Some(distance), "{one} {other}");
            assert_eq!(edit_distance(one, other, distance), Some(distance), "{one} {other}");
            if let Some(less) = distance.checked_sub(1) {
                assert_eq!(edit_distance(one, other, less), None, "{one} {other}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_limit_changes_no_distance(one in "[abc]{0,7}", other in "[abc]{0,7}", limit in 0..8_usize) {
            let whole = edit_distance(&one, &other, 100);
            prop_assert_eq!(edit_distance(&one, &other, limit), whole.filter(|d| *d <= limit));
            prop_assert_eq!(edit_distance(&other, &one, 100), whole);
        }
    }
}
