//! Lines drawn by seed: real sentences with some of their words changed.

/// A generator of numbers: SplitMix64.
pub struct Draw(pub u64);

impl Draw {
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Draws a number below `end`, 0 where that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.number() % end.max(1) as u64) as usize
    }

    /// Draws a number from 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Changes 20 to 40 % of the words, one at least, each in one of six ways: another word of the
/// corpus for it, dropped, a word of the corpus before it, a slip of the pen, another ending,
/// exchanged with the next.
pub fn perturb(words: &[String], vocabulary: &[String], draw: &mut Draw) -> Vec<String> {
    let share = 0.2 + 0.2 * draw.unit();
    let n = ((words.len() as f64 * share).round() as usize).max(1);
    let mut places: Vec<usize> = (0..words.len()).collect();
    for at in 0..n {
        let other = at + draw.below(places.len() - at);
        places.swap(at, other);
    }
    places.truncate(n);
    places.sort_unstable();
    let mut changed = words.to_vec();
    for &at in places.iter().rev() {
        let other = vocabulary[draw.below(vocabulary.len())].clone();
        match draw.below(6) {
            0 => changed[at] = other,
            1 => {
                changed.remove(at);
            }
            2 => changed.insert(at, other),
            3 => changed[at] = misspell(&changed[at], draw),
            4 => changed[at] = inflect(&changed[at]),
            _ if at + 1 < changed.len() => changed.swap(at, at + 1),
            _ => {
                changed.remove(at);
            }
        }
    }
    changed
}

fn misspell(word: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 2 {
        return format!("{word}x");
    }
    let at = draw.below(letters.len() - 1);
    match draw.below(4) {
        0 => {
            letters.remove(at + 1);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = char::from(b'a' + draw.below(26) as u8),
    }
    letters.into_iter().collect()
}

fn inflect(word: &str) -> String {
    for (ending, other) in [("ies", "y"), ("ing", "ed"), ("ed", "ing"), ("s", "")] {
        if word.len() > ending.len() + 2
            && let Some(base) = word.strip_suffix(ending)
        {
            return format!("{base}{other}");
        }
    }
    format!("{word}s")
}
