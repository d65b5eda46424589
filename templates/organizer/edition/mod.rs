//! Pages of `edition`.
