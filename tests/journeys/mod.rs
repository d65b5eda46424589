//! What people come to do, from the first click to the last, on both databases.

mod editions;
mod outbox;
mod admission;
mod registration;
mod exhibiting;
mod signing_in;
mod the_plan;
