//! Pages of `plan`.
