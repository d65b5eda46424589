//! The `venue` context's rules.
