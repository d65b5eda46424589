//! Registration's use cases: registering, changing, cancelling; issuing, replacing and blocking badges; the badge as
//! a picture and as a PDF; the mails that carry it.

pub mod badge_pdf;
mod fitting;
mod qr;

pub use qr::qr;
