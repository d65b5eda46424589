//! Addresses of the devices on site.

use domain::{RegistrationId, ScanId};

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

/// Where a withdrawn device hands in what it scanned.
pub fn farewell() -> Href {
    Href::new("/desk/farewell")
}

/// Where a device says how it is and hears what is new.
pub fn contact() -> Href {
    Href::new("/desk/contact")
}

/// Badges for the time without network.
pub fn badges() -> Href {
    Href::new("/desk/badges")
}

/// Earlier passages for the time without network.
pub fn passages() -> Href {
    Href::new("/desk/passages")
}

/// Who is expected, for looking people up without network.
pub fn roster() -> Href {
    Href::new("/desk/roster")
}

/// The scan page as it is kept for the time without network: nobody's name in it.
pub fn shell() -> Href {
    home().query(&[("kept", "1")])
}

/// The script that lets the scan page open without network.
pub fn worker() -> Href {
    Href::new("/desk/worker.js")
}

/// What makes the scan page an app on the home screen.
pub fn manifest() -> Href {
    Href::new("/desk/app.webmanifest")
}

/// How far the badge is that comes out because of a scan; also where it is asked for once more.
pub fn paper(scan: ScanId) -> Href {
    Href::new(format!("/desk/scans/{scan}/paper"))
}

/// People found by name.
pub fn people() -> Href {
    Href::new("/desk/people")
}

/// One person with the badge.
pub fn person(registration: RegistrationId) -> Href {
    people().then(&registration.to_string())
}

/// The person's badge to print.
pub fn badge_pdf(registration: RegistrationId) -> Href {
    person(registration).then("badge.pdf")
}

/// Sends the person's badge to a printer.
pub fn print(registration: RegistrationId) -> Href {
    person(registration).then("print")
}

/// Presents the person's badge at the gate of this device.
pub fn check_in(registration: RegistrationId) -> Href {
    person(registration).then("check-in")
}

/// Registering somebody who stands here.
pub fn walk_in() -> Href {
    Href::new("/desk/walk-in")
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
