//! Fairlead.
mod demo;
fn main() {}
