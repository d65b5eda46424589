//! A place: its kind, what it may lie in, and how one is written down.

use serde::{Deserialize, Serialize};

use super::{MAX_EXTENT_MM, Rect};
use crate::id::{EditionId, PlaceId, VenueId};
use crate::locale::Bilingual;
use crate::refusal::{Parse, Refusal};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// The whole site.
    Venue,
    /// A hall.
    Hall,
    /// A part of a hall or of the site, such as a themed area or an access zone.
    Zone,
    /// A way between stands.
    Aisle,
    /// Space that is sold.
    Stand,
    /// A loading dock.
    Dock,
    /// A marshalling yard.
    Yard,
    /// Where people enter or leave.
    Gate,
    /// A meeting or conference room.
    Room,
    /// Where badges are issued.
    RegistrationArea,
    /// An office.
    Office,
    /// A warehouse.
    Warehouse,
}

impl PlaceKind {
    /// Every kind, in the order people read them.
    pub const ALL: &[Self] = &[
        Self::Venue,
        Self::Hall,
        Self::Zone,
        Self::Aisle,
        Self::Stand,
        Self::Dock,
        Self::Yard,
        Self::Gate,
        Self::Room,
        Self::RegistrationArea,
        Self::Office,
        Self::Warehouse,
    ];

    /// Stable spelling, also the database's.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Venue => "venue",
            Self::Hall => "hall",
            Self::Zone => "zone",
            Self::Aisle => "aisle",
            Self::Stand => "stand",
            Self::Dock => "dock",
            Self::Yard => "yard",
            Self::Gate => "gate",
            Self::Room => "room",
            Self::RegistrationArea => "registration_area",
            Self::Office => "office",
            Self::Warehouse => "warehouse",
        }
    }

    /// The kind with this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == text)
    }

    /// Whether a place of this kind may lie directly in one of the `parent` kind (`None`: at the
    /// top of the tree). Venue › hall › zone › stand or aisle; everything else hangs in the venue
    /// or a hall.
    #[must_use]
    pub fn fits_in(self, parent: Option<Self>) -> bool {
        match (self, parent) {
            (Self::Venue, None) => true,
            (Self::Venue, Some(_)) | (Self::Stand | Self::Aisle, None) => false,
            (_, None) => true,
            (Self::Stand | Self::Aisle, Some(p)) => matches!(p, Self::Hall | Self::Zone),
            (Self::Hall | Self::Yard | Self::Warehouse, Some(p)) => p == Self::Venue,
            (_, Some(p)) => matches!(p, Self::Venue | Self::Hall | Self::Zone),
        }
    }
}

/// A place of a venue; with an edition it exists for that edition only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Identity.
    pub id: PlaceId,
    /// The venue it belongs to.
    pub venue: VenueId,
    /// Set when the place exists for one edition only.
    pub edition: Option<EditionId>,
    /// The place around it.
    pub parent: Option<PlaceId>,
    /// What it is.
    pub kind: PlaceKind,
    /// Short code, unique among the places of a kind.
    pub code: String,
    /// Name in both languages.
    pub name: Bilingual,
    /// Area.
    pub area_dm2: Option<i64>,
    /// How many people it may hold.
    pub capacity_persons: Option<i32>,
    /// Where it lies: a hall in the venue's millimetres, everything below in its hall's.
    pub rect: Option<Rect>,
    /// Order among siblings.
    pub sort: i32,
    /// For the check that nobody else changed it.
    pub version: i32,
}

/// A place as typed.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceDraft {
    /// Kind code.
    pub kind: String,
    /// The parent's id, empty at the top.
    pub parent: String,
    /// Short code.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Area in square metres.
    pub area: String,
    /// Persons.
    pub capacity: String,
    /// Left edge in metres.
    pub x: String,
    /// Top edge in metres.
    pub y: String,
    /// Width in metres.
    pub w: String,
    /// Depth in metres.
    pub h: String,
    /// The version the form was drawn from; empty for a new place.
    pub version: String,
}

/// A place as it can be created or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceCommand {
    /// What it is.
    pub kind: PlaceKind,
    /// The place around it.
    pub parent: Option<PlaceId>,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Area; computed from the rectangle when not given.
    pub area_dm2: Option<i64>,
    /// Persons.
    pub capacity_persons: Option<i32>,
    /// Where it lies.
    pub rect: Option<Rect>,
    /// The version the change was made from.
    pub version: Option<i32>,
}

impl PlaceDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be used, with the reason.
    pub fn parse(&self) -> Result<PlaceCommand, Vec<Refusal>> {
        let mut read = Parse::new();
        let kind = read.pick("kind", &self.kind, PlaceKind::parse);
        let parent = match self.parent.trim() {
            "" => None,
            text => match text.parse::<PlaceId>() {
                Ok(id) => Some(id),
                Err(_) => {
                    read.refuse(Refusal::invalid("unknown-choice").at("parent"));
                    None
                }
            },
        };
        let code = read.required("code", &self.code, 20);
        let en = read.optional("name_en", &self.name_en, 120);
        let zh = read.optional("name_zh", &self.name_zh, 120);
        if en.is_empty() && zh.is_empty() {
            read.refuse(Refusal::invalid("required").at("name_en"));
        }
        let area = read.hundredths("area", &self.area, 1..=100_000_000);
        let capacity = read.whole("capacity", &self.capacity, 0..=1_000_000);
        let rect = read_rect(&mut read, [&self.x, &self.y, &self.w, &self.h]);
        let version = read.whole("version", &self.version, 0..=i64::from(i32::MAX));
        let command = kind.map(|kind| PlaceCommand {
            kind,
            parent,
            code,
            name: Bilingual { en, zh },
            area_dm2: area.or_else(|| rect.map(|r| r.area_dm2())),
            capacity_persons: capacity.and_then(|n| i32::try_from(n).ok()),
            rect,
            version: version.and_then(|n| i32::try_from(n).ok()),
        });
        read.complete(command)
    }
}

/// Reads `x y w h` in metres: all four or none.
pub(crate) fn read_rect(read: &mut Parse, raw: [&str; 4]) -> Option<Rect> {
    if raw.iter().all(|text| text.trim().is_empty()) {
        return None;
    }
    let fields = ["x", "y", "w", "h"];
    let max = i64::from(MAX_EXTENT_MM) / 10;
    let mut found = [None; 4];
    for ((slot, field), text) in found.iter_mut().zip(fields).zip(raw) {
        let least = if matches!(field, "w" | "h") { 1 } else { 0 };
        let value = read.hundredths(field, text, least..=max);
        // Hundredths of a metre are centimetres.
        *slot = read.need(field, value, text).and_then(|cm| i32::try_from(cm * 10).ok());
    }
    Rect::from_parts(found[0], found[1], found[2], found[3])
}

/// Refuses a parent that cannot hold the kind.
///
/// # Errors
/// `place-does-not-fit` on the field `parent`.
pub fn check_parent(kind: PlaceKind, parent: Option<PlaceKind>) -> Result<(), Vec<Refusal>> {
    if kind.fits_in(parent) {
        return Ok(());
    }
    Err(vec![Refusal::invalid("place-does-not-fit").at("parent")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_inverse_to_parse() {
        for kind in PlaceKind::ALL {
            assert_eq!(PlaceKind::parse(kind.code()), Some(*kind));
        }
    }

    #[test]
    fn the_tree_has_its_order() {
        use PlaceKind::{Gate, Hall, Stand, Venue, Zone};
        assert!(Venue.fits_in(None) && Hall.fits_in(Some(Venue)) && Zone.fits_in(Some(Hall)));
        assert!(Stand.fits_in(Some(Hall)) && Stand.fits_in(Some(Zone)) && Gate.fits_in(Some(Hall)));
        assert!(!Stand.fits_in(None) && !Hall.fits_in(Some(Hall)) && !Venue.fits_in(Some(Venue)));
        assert!(!Stand.fits_in(Some(Stand)));
    }

    #[test]
    fn a_rectangle_is_whole_or_absent() {
        let draft = PlaceDraft {
            kind: "hall".into(),
            code: "N1".into(),
            name_en: "Hall N1".into(),
            w: "120".into(),
            ..PlaceDraft::default()
        };
        let refused = draft.parse().expect_err("three numbers are missing");
        let fields: Vec<_> = refused.iter().filter_map(|r| r.field.as_deref()).collect();
        assert_eq!(fields, ["x", "y", "h"]);
        let whole = PlaceDraft { x: "0".into(), y: "0".into(), h: "90.5".into(), ..draft };
        let command = whole.parse().expect("a hall");
        assert_eq!(command.area_dm2, Some(1_086_000));
    }
}
