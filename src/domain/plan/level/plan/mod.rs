//! Levelling of a running plan: its crews and places as resources, its links, calendars and wishes as they are.
//!
//! [`usage`] is a resource over time; [`ground`] is what tasks ask of places; [`scarce`] is the plan as the search sees it and builds dates
//! for it; [`search`] is the genetic search over priorities; [`propose`] turns the best dates into
//! moves that a person can accept, each with the conflict it solves and its cost in float, proved
//! by computing the plan anew; [`levelling`] is what is kept of it.

pub mod ground;
pub mod levelling;
pub mod propose;
pub mod scarce;
pub mod search;
pub mod usage;

#[cfg(test)]
mod tests;
