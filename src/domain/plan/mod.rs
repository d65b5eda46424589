//! The `plan` context's rules.
