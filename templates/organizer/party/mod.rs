//! Pages of `party`.
