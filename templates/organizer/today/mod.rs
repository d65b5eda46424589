//! Pages of `today`.
