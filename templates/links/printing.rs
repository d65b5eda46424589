//! Addresses of `printing`: the print room, stations, layouts, larger prints, the log.

use super::{Href, registration};
use domain::{BadgeLayoutId, BadgeLogoId, PrintBatchId, PrintJobId, PrintStationId, RegistrationId};

/// The print room.
pub fn home(edition: &str) -> Href {
    registration::home(edition).then("printing")
}

/// The print log.
pub fn log(edition: &str) -> Href {
    home(edition).then("log")
}

/// The log as a file: `csv` or `xlsx`.
pub fn log_export(edition: &str, format: &str) -> Href {
    home(edition).then(&format!("log.{format}"))
}

/// A deed on a job (POST): `retry`, `cancel`, `came-out`, `did-not`, `send`.
pub fn job_act(edition: &str, job: PrintJobId, deed: &str) -> Href {
    home(edition).then("jobs").then(&job.to_string()).then(deed)
}

/// Stations; POST makes one.
pub fn stations(edition: &str) -> Href {
    home(edition).then("stations")
}

/// A station to be made.
pub fn new_station(edition: &str) -> Href {
    stations(edition).then("new")
}

/// One station; POST changes it.
pub fn station(edition: &str, station: PrintStationId) -> Href {
    stations(edition).then(&station.to_string())
}

/// A deed on a station (POST): `pause`, `resume`, `key`, `test`, `remove`, `send`.
pub fn station_act(edition: &str, station_: PrintStationId, deed: &str) -> Href {
    station(edition, station_).then(deed)
}

/// Layouts; POST makes one.
pub fn layouts(edition: &str) -> Href {
    home(edition).then("layouts")
}

/// A layout to be made from a preset.
pub fn new_layout(edition: &str, preset: &str) -> Href {
    layouts(edition).then("new").query(&[("preset", preset)])
}

/// One layout; POST saves it.
pub fn layout(edition: &str, layout: BadgeLayoutId) -> Href {
    layouts(edition).then(&layout.to_string())
}

/// A deed on a layout (POST): `restore`, `remove`.
pub fn layout_act(edition: &str, layout_: BadgeLayoutId, deed: &str) -> Href {
    layout(edition, layout_).then(deed)
}

/// A layout tried on somebody: `sample.pdf`, `sample.zpl`.
pub fn layout_sample(edition: &str, layout_: BadgeLayoutId, file: &str) -> Href {
    layout(edition, layout_).then(file)
}

/// A layout as data, to take to another edition.
pub fn layout_file(edition: &str, layout_: BadgeLayoutId) -> Href {
    layout(edition, layout_).then("layout.json")
}

/// Draws what stands in the form (POST).
pub fn layout_preview(edition: &str) -> Href {
    layouts(edition).then("preview")
}

/// Logos; POST keeps one.
pub fn logos(edition: &str) -> Href {
    home(edition).then("logos")
}

/// The picture of a logo.
pub fn logo(edition: &str, logo: BadgeLogoId) -> Href {
    logos(edition).then(&logo.to_string())
}

/// Many badges in one go; POST prints them.
pub fn bulk(edition: &str) -> Href {
    home(edition).then("bulk")
}

/// The PDF of a larger print.
pub fn batch_file(edition: &str, batch: PrintBatchId) -> Href {
    bulk(edition).then(&batch.to_string()).then("badges.pdf")
}

/// Stops a larger print (POST).
pub fn batch_cancel(edition: &str, batch: PrintBatchId) -> Href {
    bulk(edition).then(&batch.to_string()).then("cancel")
}

/// Prints the badge of one registration (POST).
pub fn print(edition: &str, registration_: RegistrationId) -> Href {
    registration::act(edition, registration_, "print")
}
