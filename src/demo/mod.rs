//! The demonstration show, made from a seed around today.
mod chance;
mod companies;
mod floor;
mod names;
