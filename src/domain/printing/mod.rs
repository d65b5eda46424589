//! Printing badges: what a badge looks like, how it gets to paper, and what becomes of a badge sent to a printer.
//!
//! [`layout`] is the badge as data, [`presets`] the ones to begin with, [`draft`] the form that edits one,
//! [`fitting`] and [`arrange`] put a person's data into it, [`paper`] puts badges on pages, [`raster`] and [`zpl`]
//! make what label printers take. [`station`] is a printer somewhere, [`job`] one badge on its way there,
//! [`view`] what pages show.

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }
        impl $name {
            /// Every value, in the order people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The stable spelling, also in the database.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),* } }
            /// Reads the stable spelling.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)* _ => None } }
        }
    };
}

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
