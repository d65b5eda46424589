//! Addresses the public sees: registering, applying, the badge.

use super::{Href, segment};

/// Where the code of a frozen count is typed.
pub fn verify_counts() -> Href {
    Href::new("/verify/count")
}

/// A frozen count, for whoever holds its code.
pub fn count(code: &str) -> Href {
    Href::new(format!("/verify/count/{}", segment(code)))
}

/// The text of its certificate, exactly as it was sealed.
pub fn count_text(code: &str) -> Href {
    Href::new(format!("/verify/count/{}/certificate.json", segment(code)))
}

/// The public page of an edition.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/x/{}", segment(edition)))
}

/// The form for visitors.
pub fn register(edition: &str) -> Href {
    Href::new(format!("/x/{}/register", segment(edition)))
}

/// The form for exhibitors.
pub fn apply(edition: &str) -> Href {
    Href::new(format!("/x/{}/apply", segment(edition)))
}

/// What an applicant sees once the application has arrived. The submission's uuid is the key to it.
pub fn applied(edition: &str, submission: &str) -> Href {
    Href::new(format!("/x/{}/apply/{}", segment(edition), segment(submission)))
}
