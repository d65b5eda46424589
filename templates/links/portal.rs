//! Addresses of the exhibitor portal.

use domain::ExhibitorDutyId;

use super::{Href, segment};

/// Where exhibitors ask for a link when they forgot their password.
pub fn forgotten() -> Href {
    Href::new("/portal/signin/forgotten")
}

/// Where a link leads: choosing a new password.
pub fn reset(secret: &str) -> Href {
    Href::new(format!("/portal/reset/{}", segment(secret)))
}

/// The exhibitor's home.
pub fn home() -> Href {
    Href::new("/portal")
}

/// Where exhibitors sign in.
pub fn sign_in() -> Href {
    Href::new("/portal/signin")
}

/// Ends the exhibitor's session (POST).
pub fn sign_out() -> Href {
    Href::new("/portal/signout")
}

/// Where an invitation leads: the password is chosen here.
pub fn join(token: &str) -> Href {
    Href::new(format!("/portal/join/{}", segment(token)))
}

/// One duty.
pub fn duty(duty: ExhibitorDutyId) -> Href {
    Href::new(format!("/portal/duties/{duty}"))
}

/// The file handed in with a duty.
pub fn duty_file(duty: ExhibitorDutyId) -> Href {
    Href::new(format!("/portal/duties/{duty}/file"))
}

/// The company profile.
pub fn profile() -> Href {
    Href::new("/portal/profile")
}
