use crate::lexicon::Word;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most words that an arrangement may ask for, each as often as it may come: one bit of a
/// [`Mask`] each.
pub const MAX_ARRANGED: usize = 64;

/// Which steps of an arrangement a word may stand for, one bit each, the first the lowest.
pub type Mask = u64;

/// What one word must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordTest {
    /// Any word.
    Any,
    /// One of these, folded.
    OneOf(Arc<BTreeSet<Box<str>>>),
    /// One of this stem.
    Stem(Box<str>),
}

impl WordTest {
    /// Makes the test for one folded word.
    pub fn folded(word: &str) -> Self {
        Self::OneOf(Arc::new(BTreeSet::from([word.into()])))
    }

    /// Returns the stem that it asks for, if it does.
    pub fn stem(&self) -> Option<&str> {
        match self {
            Self::Stem(stem) => Some(stem),
            Self::Any | Self::OneOf(_) => None,
        }
    }

    /// Tells whether a word is so.
    pub fn matches(&self, word: Word<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(words) => words.contains(word.folded),
            Self::Stem(stem) => **stem == *word.stem,
        }
    }
}

/// One of the words that stand in an arrangement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it must be.
    pub test: WordTest,
    /// How often it stands there at least.
    pub least: u32,
    /// How often at most, not less than that.
    pub most: u32,
}

impl Step {
    /// Makes a word that stands there once.
    pub const fn once(test: WordTest) -> Self {
        Self { test, least: 1, most: 1 }
    }
}

/// How the words of an arrangement stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// One behind the other, nothing between.
    Behind,
    /// As [`Behind`](Self::Behind), in one sentence.
    BehindInSentence,
    /// In any order, with so many other words among them at most.
    Among(u32),
}

/// Words that stand together in a certain way: a word, a phrase, words near each other, a
/// sequence with gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement {
    steps: Vec<Step>,
    order: Order,
    /// For each bit of a mask: the step, and whether it may be left out.
    places: Vec<(usize, bool)>,
    /// For each bit of a mask: which places may be taken behind it.
    next: Vec<u128>,
}

impl Arrangement {
    /// Makes an arrangement; none where it has no step, more than [`MAX_ARRANGED`] words, nothing
    /// that must be there, or, in any order, steps that stand there not just once.
    pub fn new(steps: Vec<Step>, order: Order) -> Option<Self> {
        let mut places = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            if step.most < step.least || step.most as usize > MAX_ARRANGED {
                return None;
            }
            places.extend((0..step.most).map(|n| (at, n >= step.least)));
        }
        let is_required = places.iter().any(|(_, optional)| !optional);
        let is_once = steps.iter().all(|step| (step.least, step.most) == (1, 1));
        let is_ordered = !matches!(order, Order::Among(_));
        if places.len() > MAX_ARRANGED || !is_required || !(is_once || is_ordered) {
            return None;
        }
        let next = (0..places.len()).map(|bit| with_optional(&places, bit + 1)).collect();
        Some(Self { steps, order, places, next })
    }

    /// Makes one word.
    pub fn word(test: WordTest) -> Self {
        let (steps, places) = (vec![Step::once(test)], vec![(0, false)]);
        Self { steps, order: Order::Behind, places, next: vec![1 << 1] }
    }

    /// Returns its words.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Returns how they stand.
    pub const fn order(&self) -> Order {
        self.order
    }

    /// Tells whether it is one word, once.
    pub fn is_word(&self) -> bool {
        self.places.len() == 1
    }

    /// Returns how many words it may reach over.
    pub fn reach(&self) -> usize {
        match self.order {
            Order::Behind | Order::BehindInSentence => self.places.len(),
            Order::Among(others) => self.places.len() + others as usize,
        }
    }

    /// Tells which of its places a word may take.
    pub fn mask(&self, word: Word<'_>) -> Mask {
        self.mask_of(|test| test.matches(word))
    }

    /// Tells which of its places something may take of which it is known what tests it meets.
    pub fn mask_of(&self, meets: impl Fn(&WordTest) -> bool) -> Mask {
        let mut mask = 0;
        // Places of one step stand together.
        let mut last = None;
        for (bit, (step, _)) in self.places.iter().enumerate() {
            let is_met = match last {
                Some((of, is_met)) if of == *step => is_met,
                Some(_) | None => meets(&self.steps[*step].test),
            };
            last = Some((*step, is_met));
            mask |= u64::from(is_met) << bit;
        }
        mask
    }

    /// Tells which of its places a step stands for.
    pub fn mask_of_step(&self, step: usize) -> Mask {
        let bits = self.places.iter().enumerate().filter(|(_, (at, _))| *at == step);
        bits.fold(0, |mask, (bit, _)| mask | 1 << bit)
    }

    /// Finds where the words stand so: from a first place to one past the last, in order, apart
    /// from each other; each ends as soon as it can, and begins as late as it then can.
    ///
    /// `words` are places with the masks of their words, in order; places that are left out hold
    /// words that meet no test. `is_sentence` tells whether the words from a place to one before
    /// another are of one sentence.
    pub fn occurrences(
        &self,
        words: &[(u32, Mask)],
        is_sentence: impl Fn(u32, u32) -> bool,
    ) -> Vec<(u32, u32)> {
        if let Order::Among(others) = self.order
            && let Some(found) = self.occurrences_by_counting(words, others)
        {
            return found;
        }
        let mut found: Vec<(u32, u32)> = Vec::new();
        let ends = (0..words.len()).filter_map(|first| {
            let end = match self.order {
                Order::Among(others) => self.end_among(words, first, others),
                Order::Behind | Order::BehindInSentence => self.end_behind(words, first),
            };
            Some((words.get(first)?.0, end?))
        });
        for (start, end) in ends {
            if self.order == Order::BehindInSentence && !is_sentence(start, end) {
                continue;
            }
            match found.last() {
                // One that begins later and ends with it is shorter.
                Some(&(_, last_end)) if last_end == end && self.is_among() => {
                    found.pop();
                    found.push((start, end));
                }
                Some(&(_, last_end)) if start < last_end => {}
                Some(_) | None => found.push((start, end)),
            }
        }
        found
    }

    /// Finds words near each other in one pass, where no word stands for two different steps: then
    /// it is enough to count them. None where some word does.
    fn occurrences_by_counting(
        &self,
        words: &[(u32, Mask)],
        others: u32,
    ) -> Option<Vec<(u32, u32)>> {
        // By step, the first of those with the same test: how many words it needs.
        let first_alike = |at: usize| {
            (0..at).find(|before| self.steps[*before].test == self.steps[at].test).unwrap_or(at)
        };
        let groups: Vec<usize> = (0..self.steps.len()).map(first_alike).collect();
        let mut masks: Vec<Mask> = vec![0; groups.len()];
        let mut needed: Vec<u32> = vec![0; groups.len()];
        for (bit, group) in groups.iter().enumerate() {
            masks[*group] |= 1 << bit;
            needed[*group] += 1;
        }
        let group_of = |mask: Mask| masks.iter().position(|of_group| *of_group == mask);
        let longest = self.places.len() as u32 + others;
        let mut counts: Vec<u32> = vec![0; groups.len()];
        let mut n_missing = self.places.len();
        let mut first = 0;
        let mut found = Vec::new();
        for (at, &(place, mask)) in words.iter().enumerate() {
            if mask == 0 {
                continue;
            }
            let group = group_of(mask)?;
            n_missing -= usize::from(counts[group] < needed[group]);
            counts[group] += 1;
            // The first word is let go of where it is not needed, or too far away.
            while let Some(&(start, mask)) = words.get(first).filter(|_| first < at) {
                let is_far = place - start >= longest;
                let Some(group) = group_of(mask).filter(|_| mask != 0) else {
                    first += 1;
                    continue;
                };
                if !is_far && (n_missing > 0 || counts[group] <= needed[group]) {
                    break;
                }
                counts[group] -= 1;
                n_missing += usize::from(counts[group] < needed[group]);
                first += 1;
            }
            if n_missing == 0 {
                found.push((words.get(first)?.0, place + 1));
                counts.fill(0);
                n_missing = self.places.len();
                first = at + 1;
            }
        }
        Some(found)
    }

    const fn is_among(&self) -> bool {
        matches!(self.order, Order::Among(_))
    }

    /// Finds where the words end that begin at a place and stand one behind the other.
    fn end_behind(&self, words: &[(u32, Mask)], first: usize) -> Option<u32> {
        let n_places = self.places.len();
        let start = words.get(first)?.0;
        // Which places may be taken next, one bit each; the one past the last says that all are.
        let mut next = with_optional(&self.places, 0);
        for (n, &(place, mask)) in (0..).zip(words.get(first..)?) {
            if place != start + n {
                return None;
            }
            let taken = next & u128::from(mask);
            next = 0;
            let mut left = taken;
            while left != 0 {
                next |= self.next[left.trailing_zeros() as usize];
                left &= left - 1;
            }
            if next >> n_places & 1 == 1 {
                return Some(place + 1);
            }
            if next == 0 {
                return None;
            }
        }
        None
    }

    /// Finds where the words end that begin at a place, with `others` among them at most: when
    /// each of them has a word of its own.
    fn end_among(&self, words: &[(u32, Mask)], first: usize, others: u32) -> Option<u32> {
        let &(start, mask) = words.get(first)?;
        if mask == 0 {
            return None;
        }
        let n_places = self.places.len();
        let longest = n_places as u32 + others;
        let mut takers: Vec<Option<usize>> = vec![None; n_places];
        let mut n_taken = 0;
        let near = words.get(first..)?.iter().take_while(|(place, _)| place - start < longest);
        let masks: Vec<Mask> = near.map(|(_, mask)| *mask).collect();
        for at in 0..masks.len() {
            n_taken += usize::from(take_place(&masks, &mut takers, at, &mut 0));
            if n_taken == n_places {
                return words.get(first + at).map(|(place, _)| place + 1);
            }
        }
        None
    }
}

/// Returns which places may be taken next from one on: that one, and those behind it as long as what
/// is between may be left out.
fn with_optional(places: &[(usize, bool)], mut bit: usize) -> u128 {
    let mut next = 1 << bit;
    while places.get(bit).is_some_and(|(_, optional)| *optional) {
        bit += 1;
        next |= 1 << bit;
    }
    next
}

/// Finds a place for a word, moving others that can stand elsewhere (augmenting paths, Kuhn 1955).
fn take_place(masks: &[Mask], takers: &mut [Option<usize>], at: usize, seen: &mut Mask) -> bool {
    for bit in 0..takers.len() {
        if masks[at] >> bit & 1 == 0 || *seen >> bit & 1 == 1 {
            continue;
        }
        *seen |= 1 << bit;
        let is_free = match takers[bit] {
            None => true,
            Some(other) => take_place(masks, takers, other, seen),
        };
        if is_free {
            takers[bit] = Some(at);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Makes a test of letters: `.` for any, else one of them.
    fn test(letters: &str) -> WordTest {
        if letters == "." {
            return WordTest::Any;
        }
        let words = letters.chars().map(|letter| letter.to_string().into());
        WordTest::OneOf(Arc::new(words.collect()))
    }

    /// Reads steps such as `a .{0,2} bc`.
    fn arrangement(written: &str, order: Order) -> Arrangement {
        let step = |step: &str| match step.split_once('{') {
            None => Step::once(test(step)),
            Some((letters, times)) => {
                let (least, most) = times.trim_end_matches('}').split_once(',').unwrap();
                Step {
                    test: test(letters),
                    least: least.parse().unwrap(),
                    most: most.parse().unwrap(),
                }
            }
        };
        Arrangement::new(written.split(' ').map(step).collect(), order).unwrap()
    }

    fn masks(arrangement: &Arrangement, text: &str) -> Vec<(u32, Mask)> {
        let words = text.chars().map(|letter| letter.to_string());
        (0..).zip(words.map(|word| arrangement.mask(Word { folded: &word, stem: &word }))).collect()
    }

    #[test]
    fn words_stand_so() {
        use Order::{Among, Behind, BehindInSentence};
        for (steps, order, text, expected) in [
            ("a", Behind, "aba", vec![(0, 1), (2, 3)]),
            ("a b", Behind, "abxab", vec![(0, 2), (3, 5)]),
            ("a a", Behind, "aaa", vec![(0, 2)]),
            ("a .{0,2} b", Behind, "axxb", vec![(0, 4)]),
            ("a .{0,2} b", Behind, "axxxb", vec![]),
            ("a .{0,2} b", Behind, "aab", vec![(0, 3)]),
            ("a .{1,2} b", Behind, "ab", vec![]),
            ("a{2,3} b", Behind, "aaab", vec![(0, 4)]),
            ("ab{0,1} c", Behind, "acc", vec![(0, 2), (2, 3)]),
            ("a b", Among(0), "abba", vec![(0, 2), (2, 4)]),
            ("a b", Among(0), "axb", vec![]),
            ("a b", Among(1), "axb", vec![(0, 3)]),
            ("a b", Among(1), "aab", vec![(1, 3)]),
            ("a b", Among(3), "bxab", vec![(0, 3)]),
            ("a a", Among(1), "a", vec![]),
            ("a a", Among(1), "axa", vec![(0, 3)]),
            ("ab a", Among(0), "ab", vec![(0, 2)]),
            ("ab a", Among(0), "bb", vec![]),
            ("a b c", Among(1), "cxba", vec![(0, 4)]),
            ("a b", BehindInSentence, "abab", vec![(0, 2)]),
        ] {
            let arrangement = arrangement(steps, order);
            // A sentence ends in front of the fourth word.
            let is_sentence = |start: u32, end: u32| start >= 3 || end <= 3;
            let found = arrangement.occurrences(&masks(&arrangement, text), is_sentence);
            assert_eq!(found, expected, "{steps} {order:?} {text}");
        }
    }

    #[test]
    fn some_arrangements_cannot_be() {
        let step = |least, most| Step { test: WordTest::Any, least, most };
        for (steps, order) in [
            (vec![], Order::Behind),
            (vec![step(0, 2)], Order::Behind),
            (vec![step(2, 1)], Order::Behind),
            (vec![step(1, 65)], Order::Behind),
            (vec![step(1, 1); 200], Order::Behind),
            (vec![step(1, 2)], Order::Among(1)),
        ] {
            assert_eq!(Arrangement::new(steps.clone(), order), None, "{steps:?}");
        }
    }

    /// Tells whether some way of giving a word to each step stays within the others allowed.
    fn is_near(letters: &[Vec<u8>], text: &[u8], used: &mut Vec<usize>, others: usize) -> bool {
        let Some(first) = letters.get(used.len()) else {
            let (low, high) = (used.iter().min().unwrap(), used.iter().max().unwrap());
            return high - low < letters.len() + others;
        };
        (0..text.len()).any(|at| {
            if used.contains(&at) || !first.contains(&text[at]) {
                return false;
            }
            used.push(at);
            let found = is_near(letters, text, used, others);
            used.pop();
            found
        })
    }

    proptest! {
        #[test]
        fn words_near_each_other_are_found_whatever_their_order(
            steps in prop::collection::vec("[abc]{1,2}", 1..4),
            text in "[abcx]{0,9}",
            others in 0..4_u32,
        ) {
            let arrangement = arrangement(&steps.join(" "), Order::Among(others));
            let masks = masks(&arrangement, &text);
            let found = arrangement.occurrences(&masks, |_, _| true);
            let letters: Vec<Vec<u8>> = steps.iter().map(|step| step.bytes().collect()).collect();
            let expected = is_near(&letters, text.as_bytes(), &mut Vec::new(), others as usize);
            prop_assert_eq!(!found.is_empty(), expected);
            prop_assert!(found.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            // Words of no step need not be listed.
            let sparse: Vec<_> = masks.iter().copied().filter(|(_, mask)| *mask != 0).collect();
            prop_assert_eq!(arrangement.occurrences(&sparse, |_, _| true), found);
        }

        #[test]
        fn sequences_are_regular_expressions(
            steps in prop::collection::vec(("[abc.]", 0..3_u32, 0..3_u32), 1..5),
            text in "[abc]{0,9}",
        ) {
            let mut written = Vec::new();
            let mut expression = String::new();
            for (letter, least, more) in &steps {
                written.push(format!("{letter}{{{least},{}}}", least + more));
                expression.push_str(&format!("{letter}{{{least},{}}}", least + more));
            }
            prop_assume!(steps.iter().any(|(_, least, _)| *least > 0));
            let arrangement = arrangement(&written.join(" "), Order::Behind);
            let found = arrangement.occurrences(&masks(&arrangement, &text), |_, _| true);
            let regex = regex::Regex::new(&expression).unwrap();
            prop_assert_eq!(!found.is_empty(), regex.is_match(&text));
        }
    }
}
