//! Printing badges: what a badge looks like, how it gets to paper, and what becomes of a badge sent to a printer.
//!
//! [`layout`] is the badge as data, [`presets`] the ones to begin with, [`draft`] the form that edits one,
//! [`fitting`] and [`arrange`] put a person's data into it, [`paper`] puts badges on pages, [`raster`] and [`zpl`]
//! make what label printers take. [`station`] is a printer somewhere, [`job`] one badge on its way there,
//! [`view`] what pages show.

pub mod arrange;
pub mod draft;
pub mod fitting;
pub mod job;
pub mod layout;
pub mod paper;
pub mod presets;
pub mod raster;
pub mod station;
pub mod status;
pub mod view;
pub mod zpl;

pub use job::{Failure, Job, JobState, Purpose};
pub use layout::Layout;
pub use station::{Station, StationFormat};

/// Points (1/72 inch) in a millimetre.
pub const MM: f32 = 72.0 / 25.4;
