//! Addresses of the devices on site.

use super::Href;

/// The scan page of the device at hand.
pub fn home() -> Href {
    Href::new("/desk")
}
