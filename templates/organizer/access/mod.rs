//! Pages of `access`.
