//! One stream an edition for the organizer's pages: kinds only for those who may see the records.

use crate::{
    Need, Surface,
    guard::{Staff, may},
    live,
};
use app::App;
use axum::{extract::State, response::IntoResponse};
use domain::{
    EditionId,
    access::{Permission, Viewer},
    journal::SubjectKind,
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/events/{edition}", Need::Staff(Permission::EditionRead), edition);
}

async fn edition(staff: Staff<may::EditionRead>, State(app): State<App>) -> impl IntoResponse {
    let (viewer, id) = (staff.viewer, staff.edition.id);
    live::stream(&app, id, move |event| may_hear(&viewer, id, event.subject.kind))
}

/// Whether the viewer may know that records of this kind change.
fn may_hear(viewer: &Viewer, edition: EditionId, kind: SubjectKind) -> bool {
    let right = match kind {
        SubjectKind::Edition | SubjectKind::Series | SubjectKind::Venue => Permission::EditionRead,
        SubjectKind::Incident
        | SubjectKind::Task
        | SubjectKind::Plan
        | SubjectKind::PhaseGate
        | SubjectKind::Deviation
        | SubjectKind::Document => Permission::PlanRead,
        SubjectKind::Place | SubjectKind::Stand => Permission::VenueRead,
        SubjectKind::Application => Permission::SalesRead,
        SubjectKind::Exhibitor | SubjectKind::Contact | SubjectKind::Duty => Permission::ExhibitorRead,
        SubjectKind::Party => Permission::PartyRead,
        SubjectKind::Registration
        | SubjectKind::Credential
        | SubjectKind::Mail
        | SubjectKind::Campaign
        | SubjectKind::Delegation
        | SubjectKind::Intake
        | SubjectKind::BadgeLayout
        | SubjectKind::PrintStation => Permission::RegistrationRead,
        SubjectKind::Scan | SubjectKind::Gate | SubjectKind::Device | SubjectKind::AccessRule => {
            Permission::AdmissionRead
        }
        SubjectKind::User | SubjectKind::Token => Permission::AccessManage,
    };
    viewer.may(right, edition)
}
