//! Addresses of `venue`: halls, places and the plan of the floor.

use domain::PlaceId;

use super::{Href, segment};

/// The halls and the tree of places.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/venue", segment(edition)))
}

/// A hall drawn with its stands.
pub fn hall(edition: &str, hall: PlaceId) -> Href {
    Href::new(format!("/e/{}/venue/halls/{hall}", segment(edition)))
}

/// The form for a new place.
pub fn new_place(edition: &str) -> Href {
    Href::new(format!("/e/{}/venue/places/new", segment(edition)))
}

/// Where new places are posted.
pub fn places(edition: &str) -> Href {
    Href::new(format!("/e/{}/venue/places", segment(edition)))
}

/// A place and its form.
pub fn place(edition: &str, place: PlaceId) -> Href {
    Href::new(format!("/e/{}/venue/places/{place}", segment(edition)))
}
