//! Questions to the client that it is asked again and again: one at a time, however often there is a reason to ask.

use std::sync::{Mutex, PoisonError};

/// Whether a question is on its way, and whether there was a reason to ask again since.
#[derive(Debug, Default)]
pub(super) struct OneAtATime(Mutex<State>);

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Idle,
    Asking,
    AskingAndOutdated,
}

impl OneAtATime {
    /// There is a reason to ask. Returns whether to ask now; if not, who is asking will ask again.
    pub(super) fn begin(&self) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_idle = *state == State::Idle;
        *state = if is_idle { State::Asking } else { State::AskingAndOutdated };
        is_idle
    }

    /// The answer is there. Returns whether to ask again.
    pub(super) fn again(&self) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_outdated = *state == State::AskingAndOutdated;
        *state = if is_outdated { State::Asking } else { State::Idle };
        is_outdated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_reasons_are_one_question_more() {
        let asked = OneAtATime::default();
        assert!(asked.begin() && !asked.begin() && !asked.begin());
        assert!(asked.again() && !asked.again());
        assert!(asked.begin() && !asked.again());
    }
}
