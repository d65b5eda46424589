//! A stand: what is sold. Its place on the floor is `venue`'s, its commercial facts are here.

use serde::{Deserialize, Serialize};

use crate::id::{EditionId, PlaceId};
use crate::journal::{Fact, Subject, SubjectKind};
use crate::measure::show_hundredths;
use crate::refusal::{Parse, Refusal};
use crate::venue::{Footprint, Rect};

/// How a stand is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandKind {
    /// Bare floor; the exhibitor brings a builder.
    Raw,
    /// Walls, fascia and power from the organizer.
    Shell,
    /// Shell with furniture and graphics.
    Package,
}

impl StandKind {
    /// Every kind, in the order people read them.
    pub const ALL: &[Self] = &[Self::Raw, Self::Shell, Self::Package];

    /// Stable spelling, also the database's.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Shell => "shell",
            Self::Package => "package",
        }
    }

    /// The kind with this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == text)
    }
}

/// How many sides of a stand face an aisle: one (row) to four (island).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct OpenSides(i32);

impl OpenSides {
    /// One to four, or nothing.
    #[must_use]
    pub fn new(sides: i32) -> Option<Self> {
        (1..=4).contains(&sides).then_some(Self(sides))
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> i32 {
        self.0
    }
}

impl From<OpenSides> for i32 {
    fn from(sides: OpenSides) -> Self {
        sides.0
    }
}

impl TryFrom<i32> for OpenSides {
    type Error = &'static str;

    fn try_from(sides: i32) -> Result<Self, Self::Error> {
        Self::new(sides).ok_or("open sides are one to four")
    }
}

/// A stand of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The place it is.
    pub id: PlaceId,
    /// The edition it is sold for.
    pub edition: EditionId,
    /// The hall it lies in.
    pub hall: PlaceId,
    /// Its number, unique in the edition.
    pub number: String,
    /// How it is sold.
    pub kind: StandKind,
    /// The area it is sold with.
    pub area_dm2: i64,
    /// Sides that face an aisle.
    pub open_sides: OpenSides,
    /// Where it lies on the hall's floor.
    pub rect: Option<Rect>,
    /// For the check that nobody else changed it.
    pub version: i32,
}

/// A stand as typed.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct StandDraft {
    /// The hall's id.
    pub hall: String,
    /// Number.
    pub number: String,
    /// Kind code.
    pub kind: String,
    /// Area in square metres; empty takes it from the rectangle.
    pub area: String,
    /// One to four.
    pub open_sides: String,
    /// Left edge in metres.
    pub x: String,
    /// Top edge in metres.
    pub y: String,
    /// Width in metres.
    pub w: String,
    /// Depth in metres.
    pub h: String,
    /// The version the form was drawn from.
    pub version: String,
}

/// A stand as it can be created or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandCommand {
    /// The hall it lies in.
    pub hall: PlaceId,
    /// Number.
    pub number: String,
    /// How it is sold.
    pub kind: StandKind,
    /// Area.
    pub area_dm2: i64,
    /// Sides that face an aisle.
    pub open_sides: OpenSides,
    /// Where it lies.
    pub rect: Option<Rect>,
    /// The version the change was made from.
    pub version: Option<i32>,
}

impl StandDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be used, with the reason.
    pub fn parse(&self) -> Result<StandCommand, Vec<Refusal>> {
        let mut read = Parse::new();
        let hall = read.pick("hall", &self.hall, |text| text.parse::<PlaceId>().ok());
        let number = read.required("number", &self.number, 16).to_uppercase();
        let kind = read.pick("kind", &self.kind, StandKind::parse);
        let raw = [self.x.as_str(), &self.y, &self.w, &self.h];
        let rect = crate::venue::read_rect(&mut read, raw);
        let area = read.hundredths("area", &self.area, 100..=1_000_000);
        let area = area.or_else(|| rect.map(|r| r.area_dm2()));
        let area = read.need("area", area, &self.area);
        let sides = read.whole("open_sides", &self.open_sides, 1..=4);
        let sides = read.need("open_sides", sides, &self.open_sides);
        let version = read.whole("version", &self.version, 0..=i64::from(i32::MAX));
        let open_sides = sides.and_then(|n| i32::try_from(n).ok()).and_then(OpenSides::new);
        let command = match (hall, kind, area, open_sides) {
            (Some(hall), Some(kind), Some(area_dm2), Some(open_sides)) => Some(StandCommand {
                hall,
                number,
                kind,
                area_dm2,
                open_sides,
                rect,
                version: version.and_then(|n| i32::try_from(n).ok()),
            }),
            _ => None,
        };
        read.complete(command)
    }
}

/// Checks a stand against its hall and the neighbours already there; the first problem of each
/// kind is refused on the field that causes it.
///
/// # Errors
/// `stand-number-used`, `stand-outside-hall`, `stand-overlaps` (names the neighbour).
pub fn check_stand(
    command: &StandCommand,
    own: Option<PlaceId>,
    hall: Option<&Rect>,
    neighbours: &[Footprint],
) -> Result<(), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let others = || neighbours.iter().filter(|n| Some(n.id) != own);
    if others().any(|n| n.number == command.number) {
        refusals.push(Refusal::conflict("stand-number-used").at("number").with("number", command.number.clone()));
    }
    if let (Some(rect), Some(hall)) = (&command.rect, hall)
        && !hall.holds(rect)
    {
        refusals.push(Refusal::invalid("stand-outside-hall").at("x"));
    }
    if let Some(rect) = &command.rect
        && let Some(other) = others().find(|n| n.rect.overlaps(rect))
    {
        refusals.push(Refusal::conflict("stand-overlaps").at("x").with("number", other.number.clone()));
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// A new stand.
#[must_use]
pub fn create_stand(id: PlaceId, edition: EditionId, command: StandCommand) -> (Stand, Vec<Fact>) {
    let stand = Stand {
        id,
        edition,
        hall: command.hall,
        number: command.number,
        kind: command.kind,
        area_dm2: command.area_dm2,
        open_sides: command.open_sides,
        rect: command.rect,
        version: 1,
    };
    let fact = Fact::new("stand.created", Subject::new(SubjectKind::Stand, id), edition)
        .with("number", stand.number.clone())
        .with("kind", stand.kind.code())
        .with("area", show_hundredths(stand.area_dm2));
    (stand, vec![fact])
}

/// A changed stand. The kind and area of a held stand stay: a contract names them.
///
/// # Errors
/// `stale` when somebody changed it meanwhile, `stand-held-fixed` when it is held.
pub fn edit_stand(
    stand: &Stand,
    command: StandCommand,
    held_by: Option<&str>,
) -> Result<(Stand, Vec<Fact>), Vec<Refusal>> {
    if command.version.is_some_and(|version| version != stand.version) {
        return Err(vec![Refusal::conflict("stale")]);
    }
    if let Some(holder) = held_by {
        let field = if command.kind != stand.kind {
            Some("kind")
        } else if command.area_dm2 != stand.area_dm2 {
            Some("area")
        } else {
            None
        };
        if let Some(field) = field {
            let refusal = Refusal::conflict("stand-held-fixed").at(field);
            return Err(vec![refusal.with("holder", holder.to_owned())]);
        }
    }
    let changed = Stand {
        hall: command.hall,
        number: command.number,
        kind: command.kind,
        area_dm2: command.area_dm2,
        open_sides: command.open_sides,
        rect: command.rect,
        ..stand.clone()
    };
    let mut fact = Fact::new("stand.changed", Subject::new(SubjectKind::Stand, stand.id), stand.edition)
        .with("number", changed.number.clone());
    if changed.area_dm2 != stand.area_dm2 {
        fact =
            fact.with("area_before", show_hundredths(stand.area_dm2)).with("area", show_hundredths(changed.area_dm2));
    }
    if changed.kind != stand.kind {
        fact = fact.with("kind_before", stand.kind.code()).with("kind", changed.kind.code());
    }
    Ok((changed, vec![fact]))
}
