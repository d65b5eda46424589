//! The `edition` context's rules.
