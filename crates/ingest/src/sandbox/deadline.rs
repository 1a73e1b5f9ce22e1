//! Ends readers that take too long.

use std::collections::BTreeMap;
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Watches over readers at work, from a thread of its own.
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    watched: Mutex<Watched>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Watched {
    by_number: BTreeMap<u64, Watch>,
    next: u64,
    closed: bool,
}

#[derive(Debug)]
struct Watch {
    until: Instant,
    child: Arc<Mutex<Child>>,
}

impl Deadlines {
    /// Watches a reader from now on; returns the number of the watch.
    pub(super) fn set(&self, child: &Arc<Mutex<Child>>, time: Duration) -> u64 {
        let mut watched = self.lock();
        let number = watched.next;
        watched.next += 1;
        let watch = Watch { until: Instant::now() + time, child: Arc::clone(child) };
        watched.by_number.insert(number, watch);
        self.changed.notify_one();
        number
    }

    /// Gives a watched reader the time anew.
    pub(super) fn renew(&self, number: u64, time: Duration) {
        if let Some(watch) = self.lock().by_number.get_mut(&number) {
            watch.until = Instant::now() + time;
        }
    }

    /// Ends a watch; false where the reader was ended because its time was over.
    pub(super) fn clear(&self, number: u64) -> bool {
        self.lock().by_number.remove(&number).is_some()
    }

    /// Lets the thread that watches end.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }

    /// Ends readers as their times run out, until [`close`](Self::close).
    pub(super) fn watch(&self) {
        let mut watched = self.lock();
        while !watched.closed {
            let now = Instant::now();
            let late: Vec<u64> = watched
                .by_number
                .iter()
                .filter(|(_, watch)| watch.until <= now)
                .map(|(&number, _)| number)
                .collect();
            for number in late {
                if let Some(watch) = watched.by_number.remove(&number) {
                    kill(&watch.child);
                }
            }
            let next = watched.by_number.values().map(|watch| watch.until).min();
            watched = match next {
                None => self.changed.wait(watched).unwrap_or_else(PoisonError::into_inner),
                Some(next) => {
                    let time = next.saturating_duration_since(Instant::now());
                    let waited = self.changed.wait_timeout(watched, time);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    fn lock(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Kills a reader with all that it started.
pub(super) fn kill(child: &Mutex<Child>) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    // One that is over has been waited for, so that its number may be another's by now.
    if matches!(child.try_wait(), Ok(None)) {
        kill_group(child.id());
        // Where this fails, it has just ended by itself.
        let _ = child.kill();
    }
}

#[cfg(unix)]
fn kill_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // Where this fails, all of it has just ended by itself.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Elsewhere a child's children are out of reach; they end when their pipes close.
#[cfg(not(unix))]
fn kill_group(_leader: u32) {}
