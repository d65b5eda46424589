//! Pages of `search`.
