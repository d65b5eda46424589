//! The `registration` context's rules.
