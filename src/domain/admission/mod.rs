//! The `admission` context's rules.
