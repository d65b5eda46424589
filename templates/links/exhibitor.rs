//! Addresses of `exhibitor`: exhibitors of an edition, their contacts and duties.

use domain::{ContactId, DutyId, ExhibitorDutyId, ParticipationId};

use super::{Href, segment};

fn under(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/exhibitor{rest}", segment(edition)))
}

/// The list of exhibitors.
pub fn home(edition: &str) -> Href {
    under(edition, "")
}

/// The list of exhibitors as a file: `csv` or `xlsx`.
pub fn export(edition: &str, format: &str) -> Href {
    under(edition, &format!("/export.{}", segment(format)))
}

/// One exhibitor.
pub fn record(edition: &str, exhibitor: ParticipationId) -> Href {
    under(edition, &format!("/{exhibitor}"))
}

/// Invites a new contact (POST).
pub fn invite(edition: &str, exhibitor: ParticipationId) -> Href {
    under(edition, &format!("/{exhibitor}/contacts"))
}

/// Sends the invitation again (POST).
pub fn invite_again(edition: &str, exhibitor: ParticipationId, contact: ContactId) -> Href {
    under(edition, &format!("/{exhibitor}/contacts/{contact}/invite"))
}

/// Ends the second factor of a contact who lost it (POST).
pub fn contact_factor_end(edition: &str, exhibitor: ParticipationId, contact: ContactId) -> Href {
    under(edition, &format!("/{exhibitor}/contacts/{contact}/second-factor/end"))
}

/// Gives the exhibitor a stand (POST).
pub fn assign(edition: &str, exhibitor: ParticipationId) -> Href {
    under(edition, &format!("/{exhibitor}/assign"))
}

/// Opens a duty again (POST).
pub fn reopen(edition: &str, duty: ExhibitorDutyId) -> Href {
    under(edition, &format!("/duty/{duty}/reopen"))
}

/// Does without a duty (POST).
pub fn waive(edition: &str, duty: ExhibitorDutyId) -> Href {
    under(edition, &format!("/duty/{duty}/waive"))
}

/// The file an exhibitor handed in with a duty.
pub fn duty_file(edition: &str, duty: ExhibitorDutyId) -> Href {
    under(edition, &format!("/duty/{duty}/file"))
}

/// All duties of the edition.
pub fn duties(edition: &str) -> Href {
    under(edition, "/duties")
}

/// Makes the trade show's duties (POST).
pub fn seed_duties(edition: &str) -> Href {
    under(edition, "/duties/seed")
}

/// Who has done a duty and who has not.
pub fn duty(edition: &str, duty: DutyId) -> Href {
    under(edition, &format!("/duties/{duty}"))
}
