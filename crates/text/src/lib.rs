//! Pure functions over strings: no files, no clocks, no state but caches.
//!
//! In comes text as a file holds it; out come its canonical form, its matching form, its tokens,
//! sentences and passages, all as offsets into the canonical form. The types to know are
//! [`Canonical`], [`OffsetMap`] and [`Lexicon`].
//!
//! ```
//! use onrecord_model::Span;
//! use onrecord_text::{canonicalize, fold, sentences, tokens, Lexicon};
//!
//! let text = canonicalize("Mr. Vale\u{2019}s office acted.\r\nIt was late.").text;
//! assert_eq!(text, "Mr. Vale\u{2019}s office acted.\nIt was late.");
//!
//! let words: Vec<Span> = tokens(&text).collect();
//! assert_eq!(words[1], Span::new(4, 12), "Vale\u{2019}s");
//! assert_eq!(sentences(&text, Span::new(0, 39)), [Span::new(0, 26), Span::new(27, 39)]);
//!
//! let mut lexicon = Lexicon::new();
//! let word = lexicon.word("Agencies");
//! assert_eq!((word.folded, word.stem), ("agencies", "agenc"));
//! assert_eq!(fold("Vale\u{2019}s").text, "vale's");
//! ```
//!
//! A line that someone remembers or quotes is compared word by word with what was said, folded:
//!
//! ```
//! use onrecord_model::Span;
//! use onrecord_text::{Edit, Lexicon, Likeness, Words, align, diff, find_verbatim, format_diff};
//!
//! let (line, said) = ("we dredge fewer harbour", "Last year we dredged twelve harbours.");
//! let mut lexicon = Lexicon::new();
//! let of_line = Words::of_text(line, &mut lexicon);
//! let of_said = Words::of_text(said, &mut lexicon);
//!
//! let found = align(of_line.all(), of_said.all(), &lexicon).unwrap();
//! assert_eq!(&said[found.window.range()], "we dredged twelve harbours");
//! assert_eq!(found.edits[0], Edit::Kept { line: Span::new(0, 2), source: Span::new(10, 12) });
//! assert!(matches!(found.edits[1], Edit::Changed { likeness: Likeness::Stem, .. }));
//! assert!(matches!(found.edits[2], Edit::Changed { likeness: Likeness::Other, .. }));
//! assert!((found.similarity - 0.65).abs() < 1e-6);
//! assert_eq!(
//!     format_diff(&diff(&found, line, said)),
//!     "we [-dredge-]{+dredged+} [-fewer-]{+twelve+} [-harbour-]{+harbours+}"
//! );
//! assert_eq!(find_verbatim(of_line.all(), of_said.all(), &lexicon), None);
//! ```

#![cfg_attr(test, allow(clippy::string_slice, reason = "tests cut texts that they know"))]

mod align;
mod arrangement;
mod canonical;
mod caution;
mod edit_distance;
mod fold;
mod function_word;
mod lexicon;
mod near;
mod nobody;
mod note;
mod offsets;
mod reading;
mod segment;
mod sentence;
mod shingle;
mod sketch;
mod spoken;
mod statement;
mod stem;
mod title_case;
mod token;
mod word_pattern;
mod words;

pub use align::{
    Alignment, DiffPart, DiffPartKind, Edit, Likeness, MAX_LINE_WORDS, align, diff, find_verbatim,
    format_diff,
};
pub use arrangement::{Arrangement, MAX_ARRANGED, Mask, Order, Step, WordTest};
pub use canonical::{Canonical, canonicalize, compose};
pub use caution::{Caution, CautionKind, CautionWeight, Neighbours, cautions, neighbours};
pub use edit_distance::edit_distance;
pub use fold::{Folded, fold};
pub use function_word::is_function_word;
pub use lexicon::{Lexicon, Word, WordId, fold_token, folded_tokens};
pub use nobody::names_nobody;
pub use note::inline_notes;
pub use offsets::OffsetMap;
pub use reading::{Reading, join_overlapping};
pub use segment::segment;
pub use sentence::sentences;
pub use shingle::{BARRIER, SHINGLE_WORDS, shingles, winnow, word_number};
pub use sketch::{
    MIN_CONTAINMENT, MIN_SIMILARITY, MIN_SIMILARITY_OF_EXCERPTS, SKETCH_BINS, Sketch, group_near,
};
pub use spoken::spoken_tokens;
pub use statement::{
    Absolute, AbsoluteKind, Extent, Modal, Number, NumberUnit, Person, Predicate, absolutes,
    denials, is_qualifier, number_forms, numbers, periods, predicates, suppositions,
};
pub use title_case::in_title_case;
pub use token::{MAX_TOKEN_BYTES, Tokens, tokens};
pub use word_pattern::WordPattern;
pub use words::{Words, WordsIn};
