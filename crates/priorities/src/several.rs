use crate::{Classifier, Taxonomy};
use onrecord_model::{Document, Label, Passage};
use onrecord_text::{Lexicon, Words};

/// The classifiers of one index: several taxonomies label the same passages, none knowing of the
/// others.
#[derive(Clone, Debug)]
pub struct Classifiers {
    each: Vec<Classifier>,
}

/// Two taxonomies of one index have priorities of the same id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the taxonomies `{first}` and `{second}` both have a priority `{id}`\ngive one of them another `id`: in one index, an id stands for one priority"
)]
pub struct SharedId {
    /// The id.
    pub id: String,
    /// The name of the taxonomy that comes first.
    pub first: String,
    /// The name of the other.
    pub second: String,
}

impl Classifiers {
    /// Takes classifiers together, at least one; reports show their priorities in this order.
    ///
    /// # Errors
    /// When two have priorities of the same id.
    ///
    /// # Panics
    /// When there is none.
    pub fn new(each: Vec<Classifier>) -> Result<Self, SharedId> {
        assert!(!each.is_empty(), "passages are labelled by at least one taxonomy");
        for (place, second) in each.iter().enumerate() {
            for priority in second.taxonomy().priorities() {
                let has_it = |first: &&Classifier| {
                    first.taxonomy().priorities().iter().any(|other| other.id == priority.id)
                };
                if let Some(first) = each.iter().take(place).find(has_it) {
                    return Err(SharedId {
                        id: priority.id.to_string(),
                        first: first.taxonomy().name().to_owned(),
                        second: second.taxonomy().name().to_owned(),
                    });
                }
            }
        }
        Ok(Self { each })
    }

    /// Returns the classifiers, in order.
    pub fn each(&self) -> &[Classifier] {
        &self.each
    }

    /// Returns the taxonomies, in order.
    pub fn taxonomies(&self) -> impl Iterator<Item = &Taxonomy> {
        self.each.iter().map(Classifier::taxonomy)
    }

    /// Returns the BLAKE3 hash of all that labels depend on; of one classifier, it is that one's.
    pub fn hash(&self) -> [u8; 32] {
        if let [only] = &self.each[..] {
            return only.hash();
        }
        let mut hasher = blake3::Hasher::new();
        self.each.iter().for_each(|classifier| {
            hasher.update(&classifier.hash());
        });
        *hasher.finalize().as_bytes()
    }

    /// Makes a lexicon that marks the words of all taxonomies.
    pub fn lexicon(&self) -> Lexicon {
        let marks: Vec<_> = self.each.iter().map(Classifier::marking).collect();
        Lexicon::marking(move |word| marks.iter().fold(0, |all, mark| all | mark(word)))
    }

    /// Labels the passages of a document, by passage, then in the order of the taxonomies and of
    /// their priorities; else as [`Classifier::label`].
    pub fn label(
        &self,
        document: &Document,
        passages: &[Passage],
        words: &Words,
        lexicon: &Lexicon,
    ) -> Vec<Label> {
        let of_each = self.each.iter().map(|one| one.label(document, passages, words, lexicon));
        let mut labels: Vec<Label> = of_each.flatten().collect();
        labels.sort_by_key(|label| label.passage);
        labels
    }
}

impl From<Classifier> for Classifiers {
    fn from(only: Classifier) -> Self {
        Self { each: vec![only] }
    }
}
