//! What people come to do, from the first click to the last, on both databases.

mod admission;
mod certifying;
mod changing_the_plan;
mod conformance;
mod contingency;
mod door;
mod editions;
mod exchange;
mod exhibiting;
mod forecast;
mod gates;
mod importing;
mod inviting;
mod levelling;
mod outbox;
mod pictures;
mod plan_tables;
mod print_agent;
mod printing;
mod promising;
mod registration;
mod signing_in;
mod space;
mod the_plan;
mod watching;
