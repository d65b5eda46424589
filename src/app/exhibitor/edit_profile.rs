//! The company profile, as its exhibitor edits it.

use crate::{App, Error};
use domain::{
    Refusal,
    access::PortalViewer,
    exhibitor::ProfileDraft,
    journal::{Fact, Subject, SubjectKind},
    party::{ContactKind, ContactPoint},
};
use store::{read, record::party};

/// Changes the profile of the viewer's own company.
///
/// # Errors
/// Field refusals, `stale`, `Missing`.
pub async fn edit_profile(app: &App, viewer: &PortalViewer, draft: &ProfileDraft) -> Result<(), Error> {
    let fields = draft.parse()?;
    let own = read::exhibitor::record(&app.reader(), viewer.edition, viewer.participation, app.now()).await?;
    let id = own.ok_or(Error::Missing)?.party;
    let mut work = app.begin(viewer.actor()).await?;
    let mut company = party::party(work.tx(), id).await?.ok_or(Error::Missing)?;
    if fields.version.is_some_and(|version| version != company.version) {
        return Err(Refusal::conflict("stale").into());
    }
    // The name it is filed under stays in its script as long as there is one.
    let chinese = domain::party::name::is_chinese(&company.name);
    let (first, second) = if chinese { (&fields.name.zh, &fields.name.en) } else { (&fields.name.en, &fields.name.zh) };
    company.name = if first.is_empty() { second.clone() } else { first.clone() };
    company.name_en.clone_from(&fields.name.en);
    company.name_zh.clone_from(&fields.name.zh);
    company.country = Some(fields.country.clone());
    company.website = (!fields.website.is_empty()).then(|| fields.website.clone());
    party::save(work.tx(), &company).await?;
    let known = party::contacts(work.tx(), id).await?;
    let phones: Vec<_> = known.iter().filter(|point| point.kind != ContactKind::Email).collect();
    let kind = ContactKind::of_phone(&fields.phone);
    let folded = kind.fold(&fields.phone);
    if !phones.iter().any(|point| point.folded == folded && point.primary) {
        for point in phones.iter().filter(|point| point.primary) {
            party::remove_contact(work.tx(), point.id).await?;
        }
        if !fields.phone.is_empty() {
            let point =
                ContactPoint { id: work.id(), party: id, kind, value: fields.phone.clone(), folded, primary: true };
            party::insert_contacts(work.tx(), &[point]).await?;
        }
    }
    store::record::search::put(work.tx(), &party::document(&company, &fields.country, [])).await?;
    let subject = Subject::new(SubjectKind::Exhibitor, viewer.participation);
    let fact = Fact::new("exhibitor.profile_changed", subject, viewer.edition)
        .with("name_en", company.name_en.clone())
        .with("name_zh", company.name_zh.clone());
    work.note([fact]);
    work.commit().await
}
