//! A new edition: with its series and venue if they are new, a badge key, and what each context prepares for it.

use crate::{App, Error, Work, chance};
use domain::{
    EditionId, Refusal,
    access::Viewer,
    edition::{self, Chosen, CreateEdition, Edition, Series, Venue},
};
use ed25519_dalek::SigningKey;
use store::record::{
    edition as record,
    search::{Document, put},
};

/// Creates an edition. Only administrators may; the caller's guard has checked.
///
/// # Errors
/// `slug-taken` at `slug`.
pub async fn create_edition(app: &App, viewer: &Viewer, command: &CreateEdition) -> Result<Edition, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let edition = prepare_edition(&mut work, command).await?;
    work.commit().await?;
    Ok(edition)
}

/// The same within an open use case: the demonstration uses it.
///
/// # Errors
/// As [`create_edition`].
pub async fn prepare_edition(work: &mut Work, command: &CreateEdition) -> Result<Edition, Error> {
    let series = match &command.series {
        Chosen::Known(id) => *id,
        Chosen::New(new) => {
            let series =
                Series { id: work.id(), code: unique_code(&new.name.en), name: new.name.clone(), kind: new.kind };
            record::insert_series(work.tx(), &series).await?;
            series.id
        }
    };
    let venue = match &command.venue {
        Chosen::Known(id) => *id,
        Chosen::New(new) => {
            let venue = Venue {
                id: work.id(),
                code: unique_code(&new.name.en),
                name: new.name.clone(),
                city: new.city.clone(),
                country: new.country.clone(),
                time_zone: command.plan.time_zone,
            };
            record::insert_venue(work.tx(), &venue).await?;
            venue.id
        }
    };
    let (edition, facts) = edition::create(work.id(), series, venue, command);
    record::insert(work.tx(), &edition, work.now()).await.map_err(slug_taken)?;
    let key = new_badge_key(1);
    record::insert_key(work.tx(), work.id::<EditionId>().uuid(), edition.id, &key, work.now()).await?;
    index(work, &edition).await?;
    work.note(facts);
    if let Some(template) = &edition.template {
        crate::plan::prepare_plan(work, &edition, template).await?;
    }
    Ok(edition)
}

/// A fresh Ed25519 pair for signing badges.
fn new_badge_key(key_no: i32) -> record::EditionKey {
    let secret = chance::bytes::<32>();
    let public = SigningKey::from_bytes(&secret).verifying_key().to_bytes();
    record::EditionKey { key_no, secret: secret.to_vec(), public: public.to_vec(), active: true }
}

pub(super) fn slug_taken(fault: store::Fault) -> Error {
    if fault.taken("uq_edition_slug") { Refusal::conflict("slug-taken").at("slug").into() } else { fault.into() }
}

pub(super) async fn index(work: &Work, edition: &Edition) -> Result<(), Error> {
    let document = Document {
        id: edition.id.uuid(),
        edition: None,
        kind: "edition",
        title: edition.name.en.clone(),
        subtitle: edition.name.zh.clone(),
        link: templates::links::edition::today(&edition.slug).to_string(),
        tokens: domain::search::index_tokens([&*edition.name.en, &*edition.name.zh, &*edition.slug]),
    };
    Ok(put(work.tx(), &document).await?)
}

/// A short code from a name, made unique by a few random characters.
fn unique_code(name: &str) -> String {
    let words: String = domain::text::fold(name).chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    format!("{words}-{}", &chance::secret("")[..6])
}
