//! The organizer's pages, a file or folder a context.

use crate::Surface;

mod access;
mod account;
mod admission;
mod edition;
mod exhibitor;
mod journal;
mod party;
mod plan;
mod printing;
mod registration;
mod sales;
mod search;
mod today;
mod venue;
mod views;

pub(crate) fn routes(s: &mut Surface) {
    access::routes(s);
    account::routes(s);
    edition::routes(s);
    journal::routes(s);
    admission::routes(s);
    party::routes(s);
    registration::routes(s);
    printing::routes(s);
    today::routes(s);
    plan::routes(s);
    search::routes(s);
    venue::routes(s);
    sales::routes(s);
    exhibitor::routes(s);
    views::routes(s);
}
