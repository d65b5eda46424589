//! People and companies: the list, one of them, changing one.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download_file, page, redirect, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{SignedIn, Staff, may},
    organizer::views::kept,
    path::{Export, Path},
};
use app::{
    App, Error,
    party::{download_parties, edit_party},
};
use axum::extract::{Query, State};
use domain::{
    PartyId, Refusal,
    access::Permission,
    journal::{Subject, SubjectKind},
    party::{
        ContactKind, ParticipationRole, Party, country,
        edit::Draft,
        view::{ContactRow, PartyFilter},
    },
};
use serde::Deserialize;
use store::{
    Reader,
    read::{journal, party as read, registration},
};
use templates::{
    Flash, FormState, links,
    organizer::party::{PartyEditPage, PartyListPage, PartyPage, PartyQuery},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/party/{party}", Need::SignedIn, anywhere);
    s.get("/e/{edition}/party", Need::Staff(Permission::PartyRead), list);
    s.get("/e/{edition}/party/export/{format}", Need::Staff(Permission::ExportData), export);
    s.get("/e/{edition}/party/{party}", Need::Staff(Permission::PartyRead), record);
    s.get("/e/{edition}/party/{party}/edit", Need::Staff(Permission::PartyEdit), edit_form);
    s.post("/e/{edition}/party/{party}/edit", Need::Staff(Permission::PartyEdit), edit);
}

/// Rows on a page.
const PAGE: usize = 50;
/// Lines of history shown.
const LINES: u32 = 100;

#[derive(Deserialize)]
struct Named {
    party: String,
}

impl Named {
    fn id(&self) -> Result<PartyId, Fail> {
        self.party.parse().map_err(|_| Fail::Missing)
    }
}

/// A party is known across editions: its address without one leads to the latest edition in which the reader may look.
async fn anywhere(person: SignedIn, Path(named): Path<Named>) -> Answer {
    let id = named.id()?;
    let edition = person.editions().find(|e| person.viewer.may(Permission::PartyRead, e.id)).ok_or(Fail::Missing)?;
    Ok(redirect(links::party::record(&edition.slug, id).as_str()))
}

fn filter(query: &PartyQuery) -> PartyFilter {
    PartyFilter {
        kind: query.of(),
        q: query.q.clone(),
        role: ParticipationRole::parse(&query.role),
        country: country::parse(&query.country).map(str::to_owned),
    }
}

async fn list(staff: Staff<may::PartyRead>, State(app): State<App>, Query(query): Query<PartyQuery>) -> Answer {
    let (reader, filter) = (app.reader(), filter(&query));
    let after = query.after_id.parse::<PartyId>().ok().map(|id| (query.after.clone(), id));
    let mut rows = read::list(&reader, staff.edition.id, &filter, after, PAGE as u32 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let total = read::count(&reader, staff.edition.id, &filter).await?;
    let list = PartyListPage {
        query: &query,
        rows: &rows,
        total,
        more,
        views: &kept(&app, &staff, "parties").await?,
        may_export: staff.may(Permission::ExportData),
    };
    page(list.render(&staff.shell()))
}

async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(query): Query<PartyQuery>,
) -> Answer {
    staff.must(Permission::PartyRead)?;
    let edition = &staff.edition;
    let file = download_parties(&app, &staff.viewer, edition, &filter(&query), (staff.ui.lang, path.format)).await?;
    download_file(&format!("{}-{}.{}", query.of().code(), edition.slug, path.format.ending()), file)
}

async fn record(staff: Staff<may::PartyRead>, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let (reader, id) = (app.reader(), named.id()?);
    let party = read::party(&reader, id).await?.ok_or(Fail::Missing)?;
    let contacts = read::contacts(&reader, id).await?;
    let affiliations = read::affiliations(&reader, &party).await?;
    let mut participations = read::participations(&reader, id).await?;
    participations.retain(|row| staff.viewer.sees(row.edition));
    let registrations = if staff.may(Permission::RegistrationRead) {
        registration::of_party(&reader, staff.edition.id, id.uuid()).await?
    } else {
        Vec::new()
    };
    let history = journal::timeline(&reader, Subject::new(SubjectKind::Party, id), LINES).await?;
    let record = PartyPage {
        party: &party,
        contacts: &contacts,
        affiliations: &affiliations,
        participations: &participations,
        registrations: &registrations,
        history: &history,
        zone: staff.edition.time_zone,
        may_edit: staff.may(Permission::PartyEdit),
    };
    page(record.render(&staff.shell()))
}

/// The party as it is stored, as a form.
async fn stored(reader: &Reader, id: PartyId) -> Result<(Party, Draft), Fail> {
    let party = read::party(reader, id).await?.ok_or(Fail::Missing)?;
    let contacts = read::contacts(reader, id).await?;
    let primary = |wanted: fn(&ContactRow) -> bool| {
        contacts.iter().find(|c| c.primary && wanted(c)).map(|c| c.value.clone()).unwrap_or_default()
    };
    let email = primary(|c| c.kind == ContactKind::Email.code());
    let phone = primary(|c| c.kind != ContactKind::Email.code());
    let draft = Draft::of(&party, &email, &phone);
    Ok((party, draft))
}

async fn edit_form(staff: Staff<may::PartyEdit>, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let (party, draft) = stored(&app.reader(), named.id()?).await?;
    page(PartyEditPage { party: &party, form: &FormState::of(&draft), conflict: None }.render(&staff.shell()))
}

async fn edit(
    staff: Staff<may::PartyEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(draft): Fields<Draft>,
) -> Answer {
    let id = named.id()?;
    match edit_party(&app, &staff.viewer, id, &draft).await {
        Ok(()) => see_other_saying(&links::party::record(&staff.edition.slug, id), &Flash::good("party-saved")),
        Err(Error::Stale) => {
            // What is stored now in the form, what was typed beside it: nothing is overwritten, nothing lost.
            let (party, now) = stored(&app.reader(), id).await?;
            let form = FormState::new(&now, &[Refusal::conflict("stale")]);
            refused(PartyEditPage { party: &party, form: &form, conflict: Some((&now, &draft)) }.render(&staff.shell()))
        }
        Err(error) => {
            let refusals = refusals(error)?;
            let (party, _) = stored(&app.reader(), id).await?;
            let form = FormState::new(&draft, &refusals);
            refused(PartyEditPage { party: &party, form: &form, conflict: None }.render(&staff.shell()))
        }
    }
}
