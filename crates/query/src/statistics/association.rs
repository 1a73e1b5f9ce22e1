use super::log_likelihood::log_likelihood_of_table;

/// How often a word stands near what is looked at, among all places of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cooccurrence {
    /// Places near with the word, 1 or more.
    pub(crate) together: u64,
    /// Places near.
    pub(crate) near: u64,
    /// Places with the word.
    pub(crate) word: u64,
    /// All places.
    pub(crate) all: u64,
}

impl Cooccurrence {
    /// Returns how often the word would stand near, did it stand anywhere: E = near · word / all.
    ///
    /// `near` counts all places in the windows, so that a wider window expects more (S. Evert,
    /// "Corpora and collocations", 2008, on surface co-occurrence).
    pub(crate) fn expected(self) -> f64 {
        self.near as f64 * self.word as f64 / self.all as f64
    }

    /// Returns the (pointwise) mutual information, log₂(O / E): 1 is twice as often as expected.
    ///
    /// High for rare words, of which little is known. K. Church and P. Hanks, "Word association
    /// norms, mutual information, and lexicography", 1990.
    pub(crate) fn mutual_information(self) -> f64 {
        (self.together as f64 / self.expected()).log2()
    }

    /// Returns MI³, log₂(O³ / E), which favours rare words less (B. Daille, 1994; M. Oakes,
    /// "Statistics for Corpus Linguistics", 1998).
    pub(crate) fn cubed_mutual_information(self) -> f64 {
        self.mutual_information() + 2.0 * (self.together as f64).log2()
    }

    /// Returns the t-score, (O − E) / √O: how sure it is that the word is near more often than
    /// expected.
    ///
    /// K. Church, W. Gale, P. Hanks and D. Hindle, "Using statistics in lexical analysis", 1991.
    pub(crate) fn t_score(self) -> f64 {
        (self.together as f64 - self.expected()) / (self.together as f64).sqrt()
    }

    /// Returns G² of the table of near or not, and the word or not.
    pub(crate) fn log_likelihood(self) -> f64 {
        log_likelihood_of_table(self.together, self.near, self.word, self.all)
    }
}

/// Tells how exclusively two words keep company: 14 + log₂(2 · f_xy / (f_x + f_y)).
///
/// It depends on the words alone, not on the size of the corpus, so it may be compared between
/// corpora. 14 is the most where each occurrence counts for one pair at most; 1 less is half as
/// exclusive; 0 is one in 16,384. P. Rychlý, "A lexicographer-friendly association score", 2008.
pub(crate) fn log_dice(together: u64, first: u64, second: u64) -> f64 {
    14.0 + (2.0 * together as f64 / (first as f64 + second as f64)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words of the New York Times, of C. Manning and H. Schütze, "Foundations of Statistical
    /// Natural Language Processing", 1999.
    const TIMES: u64 = 14_307_668;

    fn bigram(first: u64, second: u64, together: u64) -> Cooccurrence {
        Cooccurrence { together, near: first, word: second, all: TIMES }
    }

    /// Manning and Schütze 1999, tables 5.6 (t) and 5.14 (MI), bigrams that occur 20 times.
    #[test]
    fn bigrams_have_the_figures_of_manning_and_schuetze() {
        for (first, second, t, mutual_information) in [
            (42, 20, 4.4721, 18.38),
            (41, 27, 4.4721, 17.98),
            (30, 117, 4.4720, 16.31),
            (77, 59, 4.4720, 15.94),
            (24, 320, 4.4720, 15.19),
            (14907, 9017, 2.3714, 1.09),
            (13484, 10570, 2.2446, 1.01),
            (14734, 13478, 1.3685, 0.53),
            (14093, 14776, 1.2176, 0.46),
            (15019, 15629, 0.8036, 0.29),
        ] {
            let bigram = bigram(first, second, 20);
            assert!((bigram.t_score() - t).abs() < 1.5e-4, "{first}: {}", bigram.t_score());
            let found = bigram.mutual_information();
            assert!((found - mutual_information).abs() < 0.01, "{first}: {found}");
        }
        // Section 5.3.1: *new companies*, 8 times.
        assert!((bigram(15828, 4675, 8).t_score() - 0.999_932).abs() < 1e-5);
    }

    /// Church and Hanks 1990, table 2: words near *doctor* in 15 million words of the Associated
    /// Press.
    #[test]
    fn doctors_have_the_figures_of_church_and_hanks() {
        for (expected, together, near, word) in
            [(11.3, 12, 111, 621), (11.3, 8, 1105, 44), (10.7, 30, 1105, 241), (8.7, 25, 621, 1407)]
        {
            let pair = Cooccurrence { together, near, word, all: 15_000_000 };
            let found = pair.mutual_information();
            assert!((found - expected).abs() <= 0.06, "{expected}: {found}");
        }
    }

    /// What Rychlý 2008 says of the values.
    #[test]
    fn log_dice_is_as_rychly_says() {
        assert_eq!(log_dice(50, 50, 50), 14.0);
        assert_eq!(log_dice(1, 16_384, 16_384), 0.0);
        assert!(log_dice(1, 20_000, 20_000) < 0.0);
        let step = |times: u64| log_dice(10 * times, 10_000, 50_000) - log_dice(10, 10_000, 50_000);
        assert!((step(2) - 1.0).abs() < 1e-12);
        assert!((step(128) - 7.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn measures_agree_on_the_side(
            together in 1_u64..50, near in 0_u64..500, word in 0_u64..500, other in 1_u64..5_000
        ) {
            let (near, word) = (near + together, word + together);
            let pair = Cooccurrence { together, near, word, all: near + word + other };
            let is_more = pair.together as f64 > pair.expected();
            prop_assert_eq!(pair.mutual_information() > 0.0, is_more);
            prop_assert_eq!(pair.t_score() > 0.0, is_more);
            let cubed = (together as f64).powi(3) / pair.expected();
            prop_assert!((pair.cubed_mutual_information() - cubed.log2()).abs() < 1e-9);
            prop_assert!(pair.log_likelihood() >= 0.0);
        }
    }
}
