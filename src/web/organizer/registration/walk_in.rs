//! The desk: look up, register, print.

use crate::{
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Both,
    guard::{Staff, may},
    printers::{self, Where},
};
use app::{App, registration as verbs};
use axum::extract::{Query, State};
use axum_extra::extract::cookie::CookieJar;
use domain::{
    PartyId, RegistrationId,
    access::Permission,
    party::ContactKind,
    registration::{Category, Draft, Entry, view::Filter},
};
use serde::Deserialize;
use store::read::{party, registration as read, visitor};
use templates::{Flash, FormState, links, organizer::registration::WalkInPage};

/// People shown for what was looked up.
const FOUND: u32 = 12;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Lookup {
    q: String,
    /// A person known from elsewhere, whose data fills the form.
    person: String,
}

pub(super) async fn form(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    jar: CookieJar,
    Query(lookup): Query<Lookup>,
) -> Answer {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let may_see = staff.may(Permission::PartyRead);
    let filter = Filter { q: lookup.q.clone(), ..Filter::default() };
    let (mut found, mut known) = (Vec::new(), Vec::new());
    if !lookup.q.trim().is_empty() {
        found = read::list(&reader, edition, &filter, None, FOUND).await?;
        if may_see {
            known = visitor::known_people(&reader, edition, &lookup.q, FOUND).await?;
        }
    }
    // What was looked up and not found is not typed again.
    let empty = Draft {
        submission: app.id::<RegistrationId>().to_string(),
        category: Category::TradeVisitor.code().to_owned(),
        email: if lookup.q.contains('@') { lookup.q.trim().to_owned() } else { String::new() },
        ..Draft::default()
    };
    let draft = match lookup.person.parse().ok().filter(|_| may_see) {
        Some(person) => filled(&app, person, empty).await?,
        None => empty,
    };
    let form = FormState::of(&draft);
    let printers = printers::printers(&app, printers::remembered(&jar), edition, "").await?;
    let html = WalkInPage { form: &form, q: &lookup.q, found: &found, known: &known, printers: &printers };
    page(html.render(&staff.shell()))
}

/// The form with what is known of a person.
async fn filled(app: &App, person: PartyId, empty: Draft) -> Result<Draft, Fail> {
    let reader = app.reader();
    let known = party::party(&reader, person).await?.ok_or(Fail::Missing)?;
    let contacts = party::contacts(&reader, person).await?;
    let jobs = party::affiliations(&reader, &known).await?;
    let job = jobs.into_iter().find(|job| job.until_on.is_none());
    let reach = |email: bool| {
        let one = contacts.iter().find(|contact| (contact.kind == ContactKind::Email.code()) == email);
        one.map(|contact| contact.value.clone()).unwrap_or_default()
    };
    let names = [known.name_en.as_str(), known.name_zh.as_str()];
    let other = names.into_iter().find(|name| !name.is_empty() && *name != known.name).unwrap_or_default().to_owned();
    Ok(Draft {
        family_name: known.family_name.clone().unwrap_or_else(|| known.name.clone()),
        given_name: known.given_name.clone().unwrap_or_default(),
        other_name: other,
        email: reach(true),
        phone: reach(false),
        company: job.as_ref().map(|job| job.name.clone()).unwrap_or_default(),
        job_title: job.map(|job| job.title).unwrap_or_default(),
        country: known.country.unwrap_or_default(),
        ..empty
    })
}

pub(super) async fn submit(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    jar: CookieJar,
    Both(draft, place): Both<Draft, Where>,
) -> Answer {
    let station = place.station();
    let outcome = match draft.parse(Entry::Desk) {
        Ok(wish) => {
            let name = wish.details.display_name.clone();
            let entered = verbs::register_and_print(&app, staff.viewer.actor(), &staff.edition, &wish, station).await;
            entered.map(|(entered, queued)| (entered, queued, name))
        }
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok((entered, queued, name)) => {
            let flash = match (queued, entered.known) {
                (Some(queued), true) => Flash::good("registration-known-printing").with("station", queued.station),
                (Some(queued), false) => {
                    Flash::good("registration-registered-printing").with("station", queued.station)
                }
                (None, true) => Flash::good("registration-known"),
                (None, false) => Flash::good("registration-registered"),
            };
            let record = links::registration::record(&staff.edition.slug, entered.id);
            let mut response = see_other_saying(&record, &flash.with("name", name))?;
            let printers = printers::printers(&app, printers::remembered(&jar), staff.edition.id, "");
            if let Some(choice) = place.kept(printers).await? {
                printers::remember(&mut response, choice);
            }
            Ok(response)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            let printers =
                printers::printers(&app, printers::remembered(&jar), staff.edition.id, "").await?.chosen(station);
            let html = WalkInPage { form: &form, q: "", found: &[], known: &[], printers: &printers };
            refused(html.render(&staff.shell()))
        }
    }
}
