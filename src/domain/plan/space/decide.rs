//! Setting, taking back and checking states of places: what may be done by whom.

use super::checklist::{CheckItem, Lack, RULED, check_list, responsible};
use super::standing::{Space, StateFact};
use super::state::{PlaceState, machine};
use crate::access::Role;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::plan::work::Hand;
use crate::refusal::{Parse, Refusal};
use crate::{EditionId, PlaceId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A state as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StateDraft {
    /// State code.
    pub state: String,
    /// What was seen.
    pub note: String,
}

/// A closure as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloseDraft {
    /// Why it is closed, or open again.
    pub why: String,
    /// Local day and time it is expected to open, `YYYY-MM-DDTHH:MM`; may be empty.
    pub until: String,
}

/// Who sets a state.
#[derive(Debug, Clone)]
pub struct Setter {
    /// The person.
    pub hand: Hand,
    /// Their roles in the edition.
    pub roles: Vec<Role>,
}

/// Whether a place may come into a state now, by this person. Suspending is another act.
///
/// # Errors
/// `place-state-order` out of turn (who leads the plan may, with a reason), `place-not-responsible`
/// and everything that is lacking for *established*, `place-suspended` while the place is closed.
pub fn may_set(
    space: &Space,
    place: u32,
    draft: &StateDraft,
    evidence: bool,
    setter: &Setter,
    now: DateTime<Utc>,
) -> Result<PlaceState, Vec<Refusal>> {
    let mut parse = Parse::new();
    let spot = space.tree.spot(place);
    let known = machine(spot.kind);
    let state =
        parse.pick("state", &draft.state, |text| PlaceState::parse(text).filter(|state| known.rung(*state).is_some()));
    let note =
        if evidence { parse.optional("note", &draft.note, 2_000) } else { parse.required("note", &draft.note, 2_000) };
    let standing = space.standing(place, now);
    if standing.suspended.is_some() {
        parse.refuse(Refusal::conflict("place-suspended").at("state"));
    }
    if let Some(state) = state {
        let skips = setter.hand.leads && !note.is_empty();
        if !known.allows(standing.latest, state) && !skips {
            let latest = standing.latest.map(PlaceState::code).unwrap_or("none");
            parse.refuse(Refusal::unmet("place-state-order").at("state").with("from", latest).with("to", state.code()));
        }
        if state == RULED {
            let role = responsible(spot.kind);
            if !setter.hand.leads && !setter.roles.contains(&role.role()) {
                parse.refuse(Refusal::forbidden("place-not-responsible").at("state").with("role", role.code()));
            }
            let lacks = space.established(spot.id, now);
            for lack in lacks.iter().filter(|lack| !matches!(lack, Lack::NotConfirmed)) {
                parse.refuse(refusal(space, place, lack));
            }
        }
    }
    parse.complete(state)
}

/// What is lacking, as a refusal with its parameters.
pub fn refusal(space: &Space, place: u32, lack: &Lack) -> Refusal {
    let kind = space.tree.spot(place).kind;
    let named = |refusal: Refusal, code: &str| {
        let item = check_list(kind).find(|item| item.code == *code);
        let (en, zh) = item.map_or((code, code), |item| (item.name.en.as_str(), item.name.zh.as_str()));
        refusal.with("item_en", en).with("item_zh", zh)
    };
    match lack {
        Lack::NotConfirmed => Refusal::unmet("place-not-confirmed"),
        Lack::NotChecked { item } => named(Refusal::unmet("place-not-checked"), item),
        Lack::Failed { item } => named(Refusal::unmet("place-check-failed"), item),
        Lack::Expired { item, at } => {
            named(Refusal::unmet("place-check-expired"), item).with("at", at.format("%Y-%m-%d %H:%M UTC"))
        }
        Lack::Deviations { open } => Refusal::unmet("place-deviations-open").with("count", open),
        Lack::Above { code, .. } => Refusal::unmet("place-above-not-established").with("place", code),
        Lack::Suspended => Refusal::unmet("place-suspended"),
    }
}

/// Takes a state back: from now on it counts no more.
///
/// # Errors
/// `required` at `reason`; `place-state-ended` when somebody took it back before.
pub fn take_back(mut fact: StateFact, reason: &str, hand: Hand, now: DateTime<Utc>) -> Result<StateFact, Vec<Refusal>> {
    let mut parse = Parse::new();
    let reason = parse.required("reason", reason, 2_000);
    if fact.ended_at.is_some() {
        parse.refuse(Refusal::conflict("place-state-ended"));
    }
    let reason = parse.finish(|| reason)?;
    fact.ended_at = Some(now);
    fact.ended_by = Some(hand.user);
    fact.ended_note = reason;
    Ok(fact)
}

/// An answer to a line of a check list, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckDraft {
    /// Code of the line.
    pub item: String,
    /// `yes` or `no`.
    pub passed: String,
    /// Required when it failed.
    pub remark: String,
}

/// Reads an answer for a place.
///
/// # Errors
/// Every field that cannot be read.
pub fn read_check(
    space: &Space,
    place: u32,
    draft: &CheckDraft,
) -> Result<(&'static CheckItem, bool, String), Vec<Refusal>> {
    let mut parse = Parse::new();
    let kind = space.tree.spot(place).kind;
    let item = parse.pick("item", &draft.item, |code| check_list(kind).find(|item| item.code == code));
    let passed = parse.pick("passed", &draft.passed, |text| match text {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    });
    let note = match passed {
        Some(false) => parse.required("remark", &draft.remark, 2_000),
        _ => parse.optional("remark", &draft.remark, 2_000),
    };
    parse.complete(item.zip(passed).map(|(item, passed)| (item, passed, note)))
}

/// A fact of a place, with its code and both names.
pub fn fact(kind: &str, edition: EditionId, space: &Space, place: PlaceId) -> Fact {
    named(Fact::new(kind, Subject::new(SubjectKind::Place, place), edition), space, place)
}

/// A fact with the code and both names of a place.
pub fn named(said: Fact, space: &Space, place: PlaceId) -> Fact {
    match space.tree.find(place) {
        Some(at) => {
            let name = super::now::name(space, at);
            said.with("code", space.tree.spot(at).code.as_str()).with("name_en", name.en).with("name_zh", name.zh)
        }
        None => said,
    }
}
