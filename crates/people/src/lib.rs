//! Who speaks: names as texts write them to persons with an id.
//!
//! Comes in: a [`Roster`], the list of persons with their names and the offices that they held,
//! and a name as a text writes it, with what is known around it ([`Context`]). Goes out: a
//! [`Resolution`], one person or the reason why there is none. [`identify`] does so for a whole
//! document: its main speaker and all its turns.
//!
//! What cannot be told is left open: two persons who may be meant are
//! [`Ambiguous`](Resolution::Ambiguous), and an office counts only while it was held.
//!
//! ```
//! use onrecord_people::{Context, Resolution, Roster, resolve};
//!
//! let roster = Roster::from_toml(
//!     r#"
//!     [[person]]
//!     id = "ada-orr"
//!     name = "Ada Orr"
//!     [[person.office]]
//!     title = "Minister of Ports"
//!     of = "Kelmara"
//!     from = "2009-03-01"
//!     to = "2012-05"
//!     "#,
//!     "speakers.toml",
//! )?;
//! let at = |date: &str| Context { date: date.parse().ok(), ..Context::default() };
//! let found = resolve(&roster, "MINISTER ORR", &at("2011-07-14"));
//! let Resolution::Person(found) = found else { panic!("she held that office") };
//! assert_eq!((found.speaker.id.as_str(), found.office.as_deref()), ("ada-orr", Some("Minister of Ports")));
//! assert_eq!(resolve(&roster, "MINISTER ORR", &at("2013")), Resolution::Unknown);
//! # Ok::<(), onrecord_people::RosterError>(())
//! ```

mod error;
mod file;
mod identify;
mod label;
mod mentioned;
mod office;
mod propose;
mod quoted;
mod reader;
mod resolve;
mod roster;
mod words;

/// The version of the rules: one more whenever documents may get other speakers by them.
pub const PEOPLE_VERSION: u32 = 2;

pub use error::RosterError;
pub use identify::identify;
pub use office::is_title_word;
pub use onrecord_model::SpeakerId;
pub use propose::Proposal;
pub use quoted::{resolver_for, resolver_without_document};
pub use resolve::{Context, Identified, Resolution, resolve};
pub use roster::{Body, Office, Person, Roster};
