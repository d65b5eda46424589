//! The `sales` context's rules.
