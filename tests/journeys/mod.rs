//! What people come to do, from the first click to the last, on both databases.

mod admission;
mod contingency;
mod editions;
mod exhibiting;
mod forecast;
mod outbox;
mod pictures;
mod promising;
mod registration;
mod signing_in;
mod the_plan;
mod watching;
