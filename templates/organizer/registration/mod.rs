//! Pages of `registration`.
