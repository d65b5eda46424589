//! Pages of `exhibitor`.
