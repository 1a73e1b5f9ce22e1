use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A limit on the bytes that wait to be indexed, so that fast readers do not fill the memory.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: usize,
    used: Mutex<usize>,
    freed: Condvar,
}

/// Bytes taken from a budget, given back when dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    bytes: usize,
    budget: Arc<Budget>,
}

impl Budget {
    /// Makes a budget of so many bytes.
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { limit, used: Mutex::new(0), freed: Condvar::new() })
    }

    /// Takes bytes, waiting until there are enough; what exceeds the whole budget is let through
    /// alone.
    pub(crate) fn take(self: &Arc<Self>, bytes: usize) -> Permit {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used = self
            .freed
            .wait_while(used, |used| *used > 0 && *used + bytes > self.limit)
            .unwrap_or_else(PoisonError::into_inner);
        *used += bytes;
        Permit { bytes, budget: Arc::clone(self) }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.budget.used.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_for_what_is_given_back() {
        let budget = Budget::new(10);
        drop(budget.take(50));
        let first = budget.take(8);
        let other = Arc::clone(&budget);
        let waiting = std::thread::spawn(move || drop(other.take(5)));
        assert_eq!(*budget.used.lock().unwrap(), 8);
        drop(first);
        waiting.join().unwrap();
        assert_eq!(*budget.used.lock().unwrap(), 0);
    }
}
