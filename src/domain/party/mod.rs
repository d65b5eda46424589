//! The `party` context's rules.
