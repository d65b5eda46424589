//! Devices: what stands at a gate or desk. A device has no password; it is paired once by a
//! short code that a supervisor shows, and holds a key that can be revoked.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, EditionId, PlaceId};
use crate::printing::station::StationChoice;
use crate::refusal::{Parse, Refusal};

/// What a device is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Scans at a gate.
    #[default]
    Steward,
    /// Scans and may override a denial.
    Supervisor,
    /// Registration desk.
    Desk,
    /// Stands alone, people scan themselves.
    Kiosk,
    /// An exhibitor's device for leads.
    Exhibitor,
}

impl Profile {
    /// All profiles.
    pub const ALL: &'static [Self] = &[Self::Steward, Self::Supervisor, Self::Desk, Self::Kiosk, Self::Exhibitor];

    /// The stable spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Steward => "steward",
            Self::Supervisor => "supervisor",
            Self::Desk => "desk",
            Self::Kiosk => "kiosk",
            Self::Exhibitor => "exhibitor",
        }
    }

    /// From the stable spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|profile| profile.code() == text)
    }

    /// Whether it may let somebody in against a denial.
    pub const fn may_override(self) -> bool {
        matches!(self, Self::Supervisor)
    }

    /// Whether it may record entries at all.
    pub const fn may_scan(self) -> bool {
        !matches!(self, Self::Exhibitor)
    }

    /// Whether somebody it lets in, who holds no paper, gets the badge from the station at hand. Where no station
    /// stands, people go on.
    pub const fn prints_on_entry(self) -> bool {
        self.may_scan()
    }

    /// Whether somebody of the staff holds it and can be asked to do something about a printer.
    pub const fn is_attended(self) -> bool {
        !matches!(self, Self::Kiosk)
    }

    /// Whether it may look people up by name and register who comes without a registration.
    pub const fn may_search(self) -> bool {
        matches!(self, Self::Supervisor | Self::Desk)
    }
}

/// How long a pairing code works.
pub const PAIRING_MINUTES: i64 = 15;

/// Where a device stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// A pairing code is out.
    Waiting,
    /// The pairing code ran out unused.
    Lapsed,
    /// In use.
    Paired,
    /// Withdrawn.
    Revoked,
}

impl DeviceState {
    /// All states.
    pub const ALL: &'static [Self] = &[Self::Waiting, Self::Lapsed, Self::Paired, Self::Revoked];

    /// The stable spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Lapsed => "lapsed",
            Self::Paired => "paired",
            Self::Revoked => "revoked",
        }
    }
}

/// A device of an edition. Keys and pairing codes are kept as hashes outside the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Id.
    pub id: DeviceId,
    /// Its edition; a device never works for another.
    pub edition: EditionId,
    /// Name for people.
    pub name: String,
    /// The gate it stands at; none for a desk.
    pub gate: Option<PlaceId>,
    /// What it is for.
    pub profile: Profile,
    /// Where badges come out for the people at it, as chosen there last.
    pub station: StationChoice,
    /// When the pairing code runs out, while one is out.
    pub pair_expires_at: Option<DateTime<Utc>>,
    /// When it was paired.
    pub paired_at: Option<DateTime<Utc>>,
    /// When it was last heard of.
    pub seen_at: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    pub revoked_at: Option<DateTime<Utc>>,
    /// For the check against concurrent edits.
    pub version: i32,
}

impl Device {
    /// Where it stands now.
    pub fn state(&self, now: DateTime<Utc>) -> DeviceState {
        match (self.revoked_at, self.paired_at, self.pair_expires_at) {
            (Some(_), ..) => DeviceState::Revoked,
            (None, _, Some(expires)) if expires > now => DeviceState::Waiting,
            (None, Some(_), _) => DeviceState::Paired,
            (None, None, _) => DeviceState::Lapsed,
        }
    }

    /// Puts a fresh pairing code out; an old key keeps working until the new one is fetched.
    ///
    /// # Errors
    /// A revoked device stays revoked.
    pub fn offer_pairing(mut self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.revoked_at.is_some() {
            return Err(Refusal::conflict("device-revoked"));
        }
        self.pair_expires_at = Some(now + Duration::minutes(PAIRING_MINUTES));
        Ok(self)
    }

    /// Uses the pairing code, once.
    ///
    /// # Errors
    /// When the code ran out or the device was withdrawn.
    pub fn pair(mut self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.revoked_at.is_some() {
            return Err(Refusal::conflict("device-revoked"));
        }
        if self.pair_expires_at.is_none_or(|expires| expires <= now) {
            return Err(Refusal::conflict("pairing-lapsed"));
        }
        self.pair_expires_at = None;
        // Another machine, perhaps elsewhere: what was chosen at the one before is not its choice.
        self.station = StationChoice::AtGate;
        self.paired_at = Some(now);
        self.seen_at = Some(now);
        Ok(self)
    }

    /// Gives it another name, gate or use; it keeps its key. What it scanned stays where it was scanned.
    ///
    /// # Errors
    /// A revoked device stays as it was; `stale` when somebody else changed it since.
    pub fn change(mut self, change: NewDevice, version: i32) -> Result<Self, Refusal> {
        if self.revoked_at.is_some() {
            return Err(Refusal::conflict("device-revoked"));
        }
        if version != self.version {
            return Err(Refusal::conflict("stale"));
        }
        if self.gate != change.gate {
            // It is carried away from the printer that was chosen.
            self.station = StationChoice::AtGate;
        }
        self.name = change.name;
        self.gate = change.gate;
        self.profile = change.profile;
        Ok(self)
    }

    /// Withdraws it for good.
    ///
    /// # Errors
    /// When it already is.
    pub fn revoke(mut self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.revoked_at.is_some() {
            return Err(Refusal::conflict("device-revoked"));
        }
        self.revoked_at = Some(now);
        self.pair_expires_at = None;
        Ok(self)
    }
}

/// A device as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceDraft {
    /// Name for people.
    pub name: String,
    /// Gate id, or empty.
    pub gate: String,
    /// Profile code.
    pub profile: String,
    /// Version the form was made from; empty for a new device.
    pub version: String,
}

/// A device to create, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// Name for people.
    pub name: String,
    /// The gate it stands at.
    pub gate: Option<PlaceId>,
    /// What it is for.
    pub profile: Profile,
}

impl DeviceDraft {
    /// Parses, naming every field that is wrong. Whoever scans needs a gate.
    ///
    /// # Errors
    /// All refusals at once.
    pub fn parse(&self) -> Result<NewDevice, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name = parse.required("name", &self.name, 80);
        let profile = parse.choice("profile", &self.profile, Profile::parse);
        let gate = match self.gate.trim() {
            "" => None,
            text => parse.choice("gate", text, |id| id.parse().ok()),
        };
        let needs_gate = profile.is_some_and(|p| p.may_scan() && p != Profile::Desk);
        if needs_gate && gate.is_none() && self.gate.trim().is_empty() {
            parse.refuse(Refusal::invalid("required").at("gate"));
        }
        parse.finish(|| NewDevice { name, gate, profile: profile.unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use uuid::Uuid;

    fn device() -> Device {
        Device {
            id: DeviceId::from_uuid(Uuid::nil()),
            edition: EditionId::from_uuid(Uuid::nil()),
            name: "N1-A".into(),
            gate: None,
            profile: Profile::Steward,
            station: StationChoice::AtGate,
            pair_expires_at: None,
            paired_at: None,
            seen_at: None,
            revoked_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_pairing_code_works_once_and_not_for_long() {
        let now = Utc.with_ymd_and_hms(2027, 3, 1, 8, 0, 0).single().expect("valid");
        let offered = device().offer_pairing(now).expect("may be paired");
        assert_eq!(offered.state(now), DeviceState::Waiting);
        let later = now + Duration::minutes(PAIRING_MINUTES);
        assert_eq!(offered.state(later), DeviceState::Lapsed);
        assert_eq!(offered.clone().pair(later).expect_err("too late").code, "pairing-lapsed");
        let paired = offered.pair(now).expect("in time");
        assert_eq!(paired.state(now), DeviceState::Paired);
        assert_eq!(paired.clone().pair(now).expect_err("used up").code, "pairing-lapsed");
        let south = NewDevice { name: "S1-A".into(), gate: None, profile: Profile::Desk };
        let moved = paired.clone().change(south.clone(), 1).expect("as it was seen");
        assert_eq!((moved.name.as_str(), moved.profile, moved.paired_at), ("S1-A", Profile::Desk, Some(now)));
        assert_eq!(paired.clone().change(south.clone(), 0).expect_err("changed since").code, "stale");
        assert_eq!(
            paired.clone().revoke(now).expect("once").change(south, 1).expect_err("gone").code,
            "device-revoked"
        );
        let revoked = paired.revoke(now).expect("once");
        assert_eq!(revoked.state(now), DeviceState::Revoked);
        assert_eq!(revoked.offer_pairing(now).expect_err("gone").code, "device-revoked");
    }

    #[test]
    fn where_badges_come_out_is_chosen_anew_by_another_machine_and_elsewhere() {
        let now = Utc.with_ymd_and_hms(2027, 3, 1, 8, 0, 0).single().expect("valid");
        let chosen = Device { station: StationChoice::Nowhere, ..device() };
        let renamed = NewDevice { name: "N1-B".into(), gate: None, profile: Profile::Desk };
        assert_eq!(chosen.clone().change(renamed.clone(), 1).expect("changed").station, StationChoice::Nowhere);
        let moved = NewDevice { gate: Some(PlaceId::from_uuid(Uuid::nil())), ..renamed };
        assert_eq!(chosen.clone().change(moved, 1).expect("moved").station, StationChoice::AtGate);
        let paired = chosen.offer_pairing(now).expect("offered").pair(now).expect("in time");
        assert_eq!(paired.station, StationChoice::AtGate);
    }

    #[test]
    fn a_steward_needs_a_gate_and_a_desk_does_not() {
        let draft = DeviceDraft { name: "A".into(), profile: "steward".into(), ..DeviceDraft::default() };
        assert_eq!(draft.parse().expect_err("no gate")[0].field.as_deref(), Some("gate"));
        assert!(DeviceDraft { profile: "desk".into(), ..draft }.parse().is_ok());
    }
}
