//! Whether a draft was saved anew.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How often a draft is looked at, and how long it must stay as it is to be whole.
const PAUSE: Duration = Duration::from_millis(300);

/// How a file looks from outside; none where it is gone, as it is for a moment while it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look(Option<(u64, Option<SystemTime>)>);

/// Looks at a file.
pub(super) fn look_at(path: &Path) -> Look {
    Look(fs::metadata(path).ok().map(|found| (found.len(), found.modified().ok())))
}

/// Waits until a file looks otherwise than before, and then stays so for a moment.
pub(super) fn wait_for_change(path: &Path, before: Look) {
    let mut last = before;
    loop {
        sleep(PAUSE);
        let now = look_at(path);
        if now != before && now == last && now.0.is_some() {
            return;
        }
        last = now;
    }
}
