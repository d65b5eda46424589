//! The `exhibitor` context's rules.
