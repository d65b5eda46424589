//! Pages of `exhibitor`: the list, an exhibitor's record, the duties over all exhibitors.

mod duties;
mod duty;
mod list;
mod record;

pub use duties::DutiesPage;
pub use duty::DutyChasePage;
pub use list::ExhibitorsPage;
pub use record::ExhibitorPage;
