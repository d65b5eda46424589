//! Addresses of the exhibitor portal.

use super::Href;

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
