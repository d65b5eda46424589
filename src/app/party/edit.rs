//! Changing a party by hand.

use crate::{App, Error};
use domain::{
    ContactPointId, PartyId,
    access::Viewer,
    journal::{Fact, Subject, SubjectKind},
    party::{ContactKind, ContactPoint, PartyKind, edit},
};
use store::record::{party as record, search};

/// Changes a party, its primary address and number, and what it is found by.
///
/// # Errors
/// `Missing`; the fields that cannot be accepted; `Stale` when somebody else changed it since `draft.version`.
pub async fn edit_party(app: &App, viewer: &Viewer, id: PartyId, draft: &edit::Draft) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let party = record::party(work.tx(), id).await?.ok_or(Error::Missing)?;
    let change = draft.parse(party.kind)?;
    if change.version != party.version {
        return Err(Error::Stale);
    }
    let (changed, mut facts) = edit::change(&party, &change);
    let mut contacts = record::contacts(work.tx(), id).await?;
    for (kinds, value) in
        [(&[ContactKind::Email][..], &change.email), (&[ContactKind::Mobile, ContactKind::Phone][..], &change.phone)]
    {
        let kind = if kinds.contains(&ContactKind::Email) { ContactKind::Email } else { ContactKind::of_phone(value) };
        let before = contacts.iter().find(|c| kinds.contains(&c.kind) && c.primary).cloned();
        let folded = kind.fold(value);
        if before.as_ref().map(|c| c.folded.as_str()).unwrap_or_default() == folded {
            continue;
        }
        let was = before.as_ref().map(|c| c.value.clone()).unwrap_or_default();
        if let Some(before) = before {
            record::remove_contact(work.tx(), before.id).await?;
            contacts.retain(|c| c.id != before.id);
        }
        if !folded.is_empty() {
            let id = work.id::<ContactPointId>();
            let point = ContactPoint { id, party: party.id, kind, value: value.clone(), folded, primary: true };
            record::insert_contacts(work.tx(), std::slice::from_ref(&point)).await?;
            contacts.push(point);
        }
        let subject = Subject::new(SubjectKind::Party, party.id);
        facts.push(Fact::new("party.changed", subject, None).with(kind.code(), serde_json::json!([was, value])));
    }
    if facts.is_empty() {
        return Ok(());
    }
    record::save(work.tx(), &changed).await?;
    let beside = match changed.kind {
        PartyKind::Organisation => changed.country.clone().unwrap_or_default(),
        PartyKind::Person => search::subtitle(work.tx(), id.uuid()).await?.unwrap_or_default(),
    };
    let texts = contacts.iter().flat_map(|c| [c.value.as_str(), &c.folded]);
    search::put(work.tx(), &record::document(&changed, &beside, texts)).await?;
    work.note(facts);
    work.commit().await
}
