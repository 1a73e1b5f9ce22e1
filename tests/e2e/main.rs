//! End-to-end tests: the real binary on real files.
//!
//! `ONRECORD_KILLS` and `ONRECORD_FLIPS` ask for more rounds of `crash` and `damage`,
//! `ONRECORD_BLESS` rewrites the golden files.

#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]
#![allow(clippy::string_slice, reason = "tests cut texts that they know")]

mod alerts;
mod brute_force;
mod check;
mod cite;
mod compat;
mod corrections;
mod counting;
mod crash;
mod damage;
mod doctor;
mod duplicates;
mod eval_search;
mod explain;
mod facets;
mod fields;
mod find;
mod folder;
mod formats;
mod golden;
mod hostile;
mod hostile_files;
mod incremental;
mod index;
mod kwic;
mod label;
mod operators;
mod phrases;
mod prior;
mod priorities;
mod quotes;
mod quotes_of_text;
mod report_files;
mod report_kinds;
mod reports;
mod reuse;
mod rows;
mod sandbox;
mod search;
mod similar;
mod sorting;
mod source_span;
mod speakers;
mod trend;
mod watch;
mod world;
