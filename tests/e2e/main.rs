//! End-to-end tests: the real binary on real files.
//!
//! `ONRECORD_KILLS` and `ONRECORD_FLIPS` ask for more rounds of `crash` and `damage`,
//! `ONRECORD_BLESS` rewrites the golden files.

#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]
#![allow(clippy::string_slice, reason = "tests cut texts that they know")]

mod brute_force;
mod check;
mod cite;
mod compat;
mod corrections;
mod crash;
mod damage;
mod doctor;
mod duplicates;
mod explain;
mod fields;
mod find;
mod folder;
mod formats;
mod golden;
mod hostile;
mod hostile_files;
mod incremental;
mod index;
mod label;
mod phrases;
mod priorities;
mod quotes;
mod quotes_of_text;
mod reports;
mod reuse;
mod rows;
mod sandbox;
mod search;
mod source_span;
mod speakers;
mod watch;
mod world;
