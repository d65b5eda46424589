//! What registrants decide about themselves: another address, a look at who has the data, having it removed.

use super::registration::{Key, opened};
use crate::{
    Need, Surface,
    answer::{Answer, download, page, refusals, refused, see_other, see_other_saying},
    fields::Fields,
    guard::PublicEdition,
    path::Path,
};
use app::{App, Error, registration as verbs};
use axum::extract::State;
use domain::{
    journal::Actor,
    refusal::Parse,
    registration::{Consent, Registration, disclosure::Disclosure},
};
use serde::{Deserialize, Serialize};
use store::read::{registration as read, visitor};
use templates::{
    Flash, FormState, links,
    public::{
        address::{AddressDonePage, ConfirmAddressPage, OwnAddressPage},
        own_data::OwnDataPage,
    },
};

pub(super) fn routes(s: &mut Surface) {
    s.get("/x/{edition}/r/{access}/data", Need::PublicEdition, data);
    s.get("/x/{edition}/r/{access}/data.json", Need::PublicEdition, data_file);
    s.post("/x/{edition}/r/{access}/forget", Need::PublicEdition, forget);
    s.get("/x/{edition}/r/{access}/address", Need::PublicEdition, address_form);
    s.post("/x/{edition}/r/{access}/address", Need::PublicEdition, ask_address);
    s.get("/x/{edition}/address", Need::PublicEdition, address_done);
    s.get("/x/{edition}/address/{secret}", Need::PublicEdition, confirm_form);
    s.post("/x/{edition}/address/{secret}", Need::PublicEdition, confirm);
}

/// Passages shown.
const SCANS: u32 = 50;

async fn data(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let (reader, edition) = (app.reader(), &show.edition);
    let setting = verbs::setting(&app, edition.id).await?;
    let kept_until =
        setting.keep_days.map(|days| edition.closes_on + chrono::Days::new(u64::from(days.unsigned_abs())));
    let view = OwnDataPage {
        edition,
        access: &key.access,
        registration: &registration,
        asked: &verbs::form_of(&app, &registration).await?,
        wordings: &verbs::wordings(&app, edition.id).await?,
        purposes: &setting.asked(),
        consents: &read::consents(&reader, registration.id).await?,
        disclosures: &verbs::disclosures(&app, &registration).await?,
        scans: &read::scans(&reader, edition.id, registration.id, SCANS).await?,
        mails: visitor::mails_to(&reader, edition.id, &registration.details.email).await?,
        kept_until,
    };
    page(view.render(&show.shell()))
}

/// Everything stored about one registration, for a program of the registrant's choice.
#[derive(Serialize)]
struct OwnCopy<'a> {
    edition: &'a str,
    number: i32,
    category: &'static str,
    status: &'static str,
    channel: &'static str,
    registered_at: chrono::DateTime<chrono::Utc>,
    person: &'a domain::registration::Details,
    consents: Vec<serde_json::Value>,
    recipients: Vec<serde_json::Value>,
    passages: Vec<serde_json::Value>,
}

fn consent_json(consent: &Consent) -> serde_json::Value {
    serde_json::json!({ "purpose": consent.purpose.code(), "wording": consent.wording, "given": consent.given,
        "at": consent.at })
}

/// Members of the team are not named: the organizer answers for them.
fn recipient_json(one: &Disclosure) -> serde_json::Value {
    let name = if one.recipient == domain::registration::disclosure::Recipient::Team { "" } else { one.name.as_str() };
    serde_json::json!({ "recipient": one.recipient.code(), "name": name, "means": one.means.code(), "at": one.at,
        "of_you_alone": one.registration.is_some() })
}

async fn data_file(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let r: Registration = opened(&app, &show.edition, &key).await?;
    let reader = app.reader();
    let consents = read::consents(&reader, r.id).await?;
    let scans = read::scans(&reader, show.edition.id, r.id, 10_000).await?;
    let passages = scans.iter().map(|scan| {
        serde_json::json!({ "at": scan.at, "gate": scan.gate_en, "direction": scan.direction, "verdict": scan.verdict })
    });
    let copy = OwnCopy {
        edition: show.edition.name.get(show.ui.lang.locale()),
        number: r.number,
        category: r.category.code(),
        status: r.status.code(),
        channel: r.channel.code(),
        registered_at: r.created_at,
        person: &r.details,
        consents: consents.iter().map(consent_json).collect(),
        recipients: verbs::disclosures(&app, &r).await?.iter().map(recipient_json).collect(),
        passages: passages.collect(),
    };
    let text = serde_json::to_vec_pretty(&copy).map_err(|e| Error::Outside(e.to_string()))?;
    download(&format!("my-data-{}.json", r.number), "application/json", text)
}

async fn forget(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    verbs::anonymize_registration(&app, Actor::Public, &show.edition, registration.id).await?;
    see_other_saying(&links::public::home(&show.edition.slug), &Flash::good("data-removed"))
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Address {
    email: String,
}

async fn address_form(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let form = FormState::empty();
    let view =
        OwnAddressPage { edition: &show.edition, access: &key.access, email: &registration.details.email, form: &form };
    page(view.render(&show.shell()))
}

async fn ask_address(
    show: PublicEdition,
    State(app): State<App>,
    Path(key): Path<Key>,
    Fields(typed): Fields<Address>,
) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let mut p = Parse::new();
    let email = p.email("email", &typed.email);
    let outcome = match p.finish(|| email) {
        Ok(email) => verbs::ask_address(&app, &show.edition, registration.id, &email).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => {
            let own = links::registration::own(&show.edition.slug, &key.access);
            see_other_saying(&own, &Flash::good("address-asked"))
        }
        Err(error) => {
            let form = FormState::new(&typed, &refusals(error)?);
            let view = OwnAddressPage {
                edition: &show.edition,
                access: &key.access,
                email: &registration.details.email,
                form: &form,
            };
            refused(view.render(&show.shell()))
        }
    }
}

#[derive(Deserialize)]
struct Secret {
    secret: String,
}

async fn confirm_form(show: PublicEdition, State(app): State<App>, Path(path): Path<Secret>) -> Answer {
    let email = verbs::asked_address(&app, &show.edition, &path.secret).await?;
    let view = ConfirmAddressPage { edition: &show.edition, secret: &path.secret, email: &email };
    page(view.render(&show.shell()))
}

async fn confirm(show: PublicEdition, State(app): State<App>, Path(path): Path<Secret>) -> Answer {
    verbs::confirm_address(&app, &show.edition, &path.secret).await?;
    see_other(&links::registration::address_done(&show.edition.slug))
}

async fn address_done(show: PublicEdition) -> Answer {
    page(AddressDonePage { edition: &show.edition }.render(&show.shell()))
}
