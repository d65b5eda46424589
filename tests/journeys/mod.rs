//! What people come to do, from the first click to the last, on both databases.

mod admission;
mod editions;
mod exhibiting;
mod forecast;
mod outbox;
mod pictures;
mod registration;
mod signing_in;
mod space;
mod the_plan;
