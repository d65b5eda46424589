//! Every component in every state, on one page: for the eye, the snapshot and the accessibility check.
