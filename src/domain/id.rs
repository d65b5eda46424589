//! Every identifier is its own type over a UUIDv7, so a stand can never be looked up with a task's id.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// What all typed identifiers can do; lets a caller make a fresh one without naming the type twice.
pub trait Id: Copy + Eq + Ord + fmt::Display + FromStr<Err = uuid::Error> {
    /// Wraps a raw value, as it comes from the database or the id source.
    fn from_uuid(value: Uuid) -> Self;
    /// The raw value, as the database stores it.
    fn uuid(self) -> Uuid;
}

/// Declares identifier types.
#[macro_export]
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a raw value.
            pub const fn from_uuid(value: Uuid) -> Self { Self(value) }
            /// The raw value.
            pub const fn uuid(self) -> Uuid { self.0 }
        }
        impl Id for $name {
            fn from_uuid(value: Uuid) -> Self { Self(value) }
            fn uuid(self) -> Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid { id.0 }
        }
    )*};
}

id! {
    /// A member of the organizer's team.
    UserId,
    /// A signed-in browser.
    SessionId,
    /// A key for a program on the network.
    TokenId,
    /// A show that recurs.
    SeriesId,
    /// One run of a series.
    EditionId,
    /// A venue: the root of a tree of places.
    VenueId,
    /// A place: hall, zone, stand, gate …
    PlaceId,
    /// A task of the plan.
    TaskId,
    /// A relationship between two tasks.
    LinkId,
    /// What a task asks of places.
    RequirementId,
    /// A state a place came into.
    PlaceStateId,
    /// An answer to a line of a place's check list.
    PlaceCheckId,
    /// A rule by location.
    LocationRuleId,
    /// A measurable criterion of a task.
    IndicatorId,
    /// One value of an indicator, measured once.
    MeasurementId,
    /// A report of a task's loop (submission, check, confirmation).
    ReportId,
    /// A departure from plan or requirement that must be closed.
    DeviationId,
    /// An entry of the contingency book that has become real.
    IncidentId,
    /// A task promised for a week or a day.
    CommitmentId,
    /// A template's durations as a series has learned them.
    LearnedId,
    /// An accepted change of the plan.
    PlanChangeId,
    CalendarId,
    /// The plan as it was at a moment.
    BaselineId,
    /// Something that may go wrong, in the risk register.
    RiskEventId,
    /// A simulation that was asked for.
    RiskRunId,
    /// A set of changes tried on the plan.
    ScenarioId,
    /// A crew of an edition.
    CrewId,
    /// A levelling of a plan.
    LevellingId,
    /// A link to choose a new password.
    ResetId,
    /// A change of the plan its maker can take back.
    PlanEditId,
    /// A view of a list by name.
    SavedViewId,
    /// A calendar by secret address.
    CalendarFeedId,
    /// A stored file.
    DocumentId,
    /// A person or an organisation.
    PartyId,
    /// E-mail address or telephone number of a party.
    ContactPointId,
    /// A person's work for an organisation.
    AffiliationId,
    /// A party's role in an edition.
    ParticipationId,
    /// A request to exhibit.
    ApplicationId,
    /// A stand held by an exhibitor.
    StandAssignmentId,
    /// An exhibitor's sign-in to the portal.
    ContactId,
    /// A kind of duty that exhibitors of an edition have.
    DutyId,
    /// One exhibitor's duty.
    ExhibitorDutyId,
    /// A person registered for an edition.
    RegistrationId,
    /// A consent given or withdrawn.
    ConsentId,
    /// A badge.
    CredentialId,
    /// People who come together.
    DelegationId,
    /// A batch of e-vouchers.
    CampaignId,
    /// A code that opens the registration form.
    VoucherId,
    /// An invitation or visa letter.
    LetterId,
    /// Registrations that come as a table.
    IntakeId,
    /// A voucher sent to somebody.
    InvitationId,
    /// A device at a gate or desk.
    DeviceId,
    /// Words from the supervisors to devices.
    MessageId,
    /// A rule that says who may pass where and when.
    AccessRuleId,
    /// A presented badge, made by the device that read it.
    ScanId,
    /// An entry of the journal.
    FactId,
    /// A piece of work for the worker.
    JobId,
    /// A mail of the outbox.
    MailId,
    /// A gate between two phases of a plan.
    PhaseGateId,
    /// A decision on such a gate, proposed or made.
    GateDecisionId,
    /// A signature under such a decision.
    GateSignatureId,
    /// A condition of such a decision.
    GateConditionId,
    /// Something let pass at such a gate.
    GateWaiverId,
    /// A count of visitors that was frozen.
    FreezeId,
    /// A hub on the venue's own network.
    HubId,
    /// What a badge looks like.
    BadgeLayoutId,
    /// A picture that stands on badges.
    BadgeLogoId,
    /// A printer at a desk.
    PrintStationId,
    /// A badge on its way to a printer.
    PrintJobId,
    /// Badges printed in one go.
    PrintBatchId,
    /// One run of a print agent.
    PrintRunId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trip() {
        let id = UserId::from_uuid(Uuid::from_u128(7));
        assert_eq!(id.to_string().parse::<UserId>(), Ok(id));
        assert!("not an id".parse::<UserId>().is_err());
    }
}
