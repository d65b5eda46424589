//! Pages of `admission`.
