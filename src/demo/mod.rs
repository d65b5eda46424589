//! The demonstration show, made from a seed around today.
mod calendar;
mod chance;
mod companies;
mod door;
mod floor;
mod names;
mod people;
