//! Pages of `venue`.
