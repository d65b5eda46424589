//! Pages the public sees.
