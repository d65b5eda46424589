//! Pages of `sales`.
