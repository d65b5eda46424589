//! How much a place takes and over which places it is reached.

use super::super::under_way::take;
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::space::decide::fact;
use domain::plan::space::{Space, Unit};
use domain::refusal::Parse;
use domain::{EditionId, PlaceId, Refusal};
use serde::{Deserialize, Serialize};
use store::record::plan::space as record;

/// Limits as typed. Area and persons stand in the place's own form; here may stand what holds for
/// work: both are taken from the place when empty.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitsDraft {
    /// Square metres.
    pub m2: String,
    /// Kilowatts.
    pub kw: String,
    /// Trucks an hour.
    pub trucks_h: String,
    /// Persons.
    pub persons: String,
    /// Kilograms on a square metre.
    pub kg_m2: String,
    /// Codes or ids of the places it is reached over, with commas.
    pub over: String,
}

/// What a place can take, by unit, and the places it is reached over.
type Limits = (Vec<(Unit, Option<i64>)>, Vec<PlaceId>);

impl LimitsDraft {
    fn parse(&self, space: &Space, place: PlaceId) -> Result<Limits, Vec<Refusal>> {
        let mut parse = Parse::new();
        let fields = [
            (Unit::Area, &self.m2),
            (Unit::Power, &self.kw),
            (Unit::Trucks, &self.trucks_h),
            (Unit::Persons, &self.persons),
            (Unit::Load, &self.kg_m2),
        ];
        let amounts = fields.map(|(unit, text)| (unit, parse.hundredths(unit.code(), text, 0..=1_000_000_000)));
        let mut over = Vec::new();
        for word in self.over.split([',', ';', '，', '、', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
            let named = space.tree.spots().iter().find(|spot| spot.code == word || spot.id.to_string() == word);
            match named {
                Some(spot) if spot.id == place => parse.refuse(Refusal::invalid("place-in-itself").at("over")),
                Some(spot) if !over.contains(&spot.id) => over.push(spot.id),
                Some(_) => {}
                None => parse.refuse(Refusal::invalid("unknown-choice").at("over").with("value", word)),
            }
        }
        parse.finish(|| (amounts.to_vec(), over))
    }
}

/// Sets the limits of a place.
///
/// # Errors
/// Every field that cannot be read; `Missing` when there is no such place.
pub async fn set_limits(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    place: PlaceId,
    draft: &LimitsDraft,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    plan.old.space.tree.find(place).ok_or(Error::Missing)?;
    let (amounts, over) = draft.parse(&plan.old.space, place)?;
    record::set_limits(work.tx(), place, &amounts, Some(&over)).await?;
    work.note([fact("place.limits_set", edition, &plan.old.space, place)]);
    work.commit().await
}
