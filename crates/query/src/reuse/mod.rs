//! Words that were used before: by whom first, and by whom again.

mod days;
mod descent;
mod line;
mod passages;
mod uses;
mod wording;

pub use line::{LineRequest, LineResponse, LineStart, LineUse, ParentLink, trace_line};
pub use passages::{
    PassagesRequest, PassagesSummary, ReuseRow, ReusedPassages, ReusedPlace, Reusers,
    find_reused_passages,
};
