//! Addresses of groups: the organizer's list, the leader's own page, the exhibitor's people.

use super::{Href, segment};
use domain::{DelegationId, RegistrationId};

/// The list of groups.
pub fn home(edition: &str) -> Href {
    super::registration::home(edition).then("groups")
}

/// The list of groups as a file: `csv` or `xlsx`.
pub fn export(edition: &str, format: &str) -> Href {
    home(edition).then("export").then(format)
}

/// The form for a new group; POST makes it.
pub fn new(edition: &str) -> Href {
    home(edition).then("new")
}

/// One group.
pub fn record(edition: &str, group: DelegationId) -> Href {
    home(edition).then(&group.to_string())
}

/// The form that changes a group; POST changes.
pub fn edit(edition: &str, group: DelegationId) -> Href {
    record(edition, group).then("edit")
}

/// A deed on a group (POST): `close`, `open`, `link`, `members`.
pub fn act(edition: &str, group: DelegationId, deed: &str) -> Href {
    record(edition, group).then(deed)
}

/// The page where a leader registers a group; POST registers.
pub fn register(edition: &str) -> Href {
    super::public::home(edition).then("group")
}

/// What a leader sees after that.
pub fn registered(edition: &str) -> Href {
    register(edition).then("thanks")
}

/// The leader's own page; POST adds a person.
pub fn own(edition: &str, access: &str) -> Href {
    Href::new(format!("/x/{}/g/{}", segment(edition), segment(access)))
}

/// Takes a person of the group back (POST).
pub fn own_cancel(edition: &str, access: &str, member: RegistrationId) -> Href {
    own(edition, access).then("members").then(&member.to_string()).then("cancel")
}

/// The exhibitor's people; POST adds one.
pub fn portal() -> Href {
    Href::new("/portal/staff")
}

/// Takes one of the exhibitor's people back (POST).
pub fn portal_cancel(member: RegistrationId) -> Href {
    portal().then(&member.to_string()).then("cancel")
}

/// The badge of one of the exhibitor's people, as a PDF.
pub fn portal_badge(member: RegistrationId) -> Href {
    portal().then(&member.to_string()).then("badge.pdf")
}
