//! Pages of `journal`.
