//! Readers in processes of their own: what a file does to its reader, it does to no other.
//!
//! The parsers of most formats are large, recurse, or can be made to run for ever, and a stack
//! overflow or an exhausted memory ends the process that it happens in. So files of all formats
//! but lines of plain text are read by children, which the program makes of itself. A child gets
//! the bytes of one document at a time and returns its text; it opens no file of the user and
//! reaches no network. [`Sandbox`] keeps the children, [`serve`] is what a child does.

mod confine;
mod deadline;
mod host;
mod keeper;
mod limits;
mod pool;
mod serve;
mod wire;

pub use confine::Confinement;
pub use host::run_helper;
pub use pool::Sandbox;
pub use serve::serve;

pub(crate) use host::Host;
pub(crate) use pool::Unread;

/// The command by which the program becomes a reader: it is to call [`serve`].
pub const READ_COMMAND: &str = "__read";

/// The command by which a reader becomes a program that it calls: it is to call [`run_helper`].
pub const HELPER_COMMAND: &str = "__helper";
