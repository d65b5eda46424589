//! Addresses of the devices on site.

use super::{Href, segment};

/// The scan page of the device at hand.
pub fn home() -> Href {
    Href::new("/desk")
}

/// Where a scan goes.
pub fn scan() -> Href {
    Href::new("/desk/scan")
}

/// Where scans made without network go.
pub fn upload() -> Href {
    Href::new("/desk/upload")
}

/// The server's time.
pub fn clock() -> Href {
    Href::new("/desk/clock")
}

/// Where a pairing code is typed.
pub fn pair() -> Href {
    Href::new("/desk/pair")
}

/// Uses a pairing code: what the QR code of a supervisor holds.
pub fn pair_with(code: &str) -> Href {
    Href::new(format!("/desk/pair/{}", segment(code)))
}

/// Takes the key off this device.
pub fn leave() -> Href {
    Href::new("/desk/leave")
}
