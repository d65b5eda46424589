//! The `office` context's rules.
