//! Finding and making people and companies; changing them.
