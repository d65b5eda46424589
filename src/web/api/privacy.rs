//! Settings of registration, wordings of consents, texts of mails, and what concerns the data of one person, over the
//! API.

use super::{
    ApiFail, Body, Listing, Problem,
    registration::{RegistrationOut, one},
};
use crate::{
    Need, Surface,
    guard::{Api, may},
    path::Path,
};
use app::{App, registration as verbs};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use domain::{
    Bilingual, Refusal, RegistrationId,
    access::Permission,
    registration::{
        Purpose,
        mail_text::{MailText, MailTextDraft, Occasion},
        setting::{Setting, SettingDraft},
        wording::{self, Wording},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read::registration as read;
use utoipa::{OpenApi, ToSchema};

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(
        settings,
        set_settings,
        wordings,
        publish_wording,
        mail_texts,
        write_mail_text,
        consents,
        recipients,
        note_recipient,
        anonymize
    ),
    components(schemas(
        RegistrationSettings,
        SettingsIn,
        WordingOut,
        WordingIn,
        MailTextOut,
        MailTextIn,
        ConsentOut,
        RecipientOut,
        RecipientIn,
        TextInBoth
    ))
)]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    use Permission::{RegistrationEdit, RegistrationManage, RegistrationRead};
    let (read, manage) = (Need::Token(RegistrationRead), Need::Token(RegistrationManage));
    s.get("/api/v1/editions/{edition}/registration-settings", read, settings);
    s.patch("/api/v1/editions/{edition}/registration-settings", manage, set_settings);
    s.get("/api/v1/editions/{edition}/consent-wordings", read, wordings);
    s.post("/api/v1/editions/{edition}/consent-wordings", manage, publish_wording);
    s.get("/api/v1/editions/{edition}/registration-mails", read, mail_texts);
    s.patch("/api/v1/editions/{edition}/registration-mails/{occasion}", manage, write_mail_text);
    s.get("/api/v1/editions/{edition}/registrations/{registration}/consents", read, consents);
    s.get("/api/v1/editions/{edition}/registrations/{registration}/recipients", read, recipients);
    let edit = Need::Token(RegistrationEdit);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/recipients", edit, note_recipient);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/anonymize", manage, anonymize);
}

/// How an edition's registration behaves.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationSettings {
    /// Whether a new badge is shown on the page at once.
    badge_at_once: bool,
    /// Days before opening on which people are reminded.
    remind_days: Vec<i64>,
    /// Purposes asked for beside `data_processing`.
    purposes: Vec<String>,
    /// Days after the last open day on which personal data is removed.
    keep_days: Option<i32>,
    version: i32,
}

impl From<Setting> for RegistrationSettings {
    fn from(setting: Setting) -> Self {
        Self {
            badge_at_once: setting.badge_at_once,
            remind_days: setting.remind_days,
            purposes: setting.purposes.iter().map(|purpose| purpose.code().to_owned()).collect(),
            keep_days: setting.keep_days,
            version: setting.version,
        }
    }
}

/// What to change of the settings; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SettingsIn {
    badge_at_once: Option<bool>,
    remind_days: Option<Vec<i64>>,
    purposes: Option<Vec<String>>,
    /// A number, or empty for never.
    keep_days: Option<String>,
    /// The version that was seen. Required.
    version: Option<i32>,
}

/// The settings.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registration-settings", tag = "registration",
    security(("token" = [])), params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = RegistrationSettings)))]
async fn settings(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
) -> Result<Json<RegistrationSettings>, ApiFail> {
    Ok(Json(verbs::setting(&app, caller.edition.id).await?.into()))
}

/// Changes the settings.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/registration-settings", tag = "registration",
    security(("token" = [])), request_body = SettingsIn,
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = RegistrationSettings), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn set_settings(
    caller: Api<may::RegistrationManage>,
    State(app): State<App>,
    Body(body): Body<SettingsIn>,
) -> Result<Json<RegistrationSettings>, ApiFail> {
    let old = SettingDraft::of(&verbs::setting(&app, caller.edition.id).await?);
    let days = body.remind_days.map(|days| domain::registration::setting::days_text(&days));
    let at_once = body.badge_at_once.map(|yes| if yes { "on".to_owned() } else { String::new() });
    let draft = SettingDraft {
        badge_at_once: at_once.unwrap_or(old.badge_at_once),
        remind_days: days.unwrap_or(old.remind_days),
        purposes: body.purposes.unwrap_or(old.purposes),
        keep_days: body.keep_days.unwrap_or(old.keep_days),
        version: body.version.map(|version| version.to_string()).unwrap_or_default(),
    };
    verbs::set_setting(&app, &caller.viewer, &caller.edition, &draft.parse()?).await?;
    Ok(Json(verbs::setting(&app, caller.edition.id).await?.into()))
}

/// A text in both languages.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TextInBoth {
    en: String,
    zh: String,
}

impl From<Bilingual> for TextInBoth {
    fn from(text: Bilingual) -> Self {
        Self { en: text.en, zh: text.zh }
    }
}

/// A version of the sentences people agree to.
#[derive(Debug, Serialize, ToSchema)]
pub struct WordingOut {
    /// What consents remember: `v1`, `v2` …
    code: String,
    number: i32,
    /// Sentences by purpose.
    texts: BTreeMap<String, TextInBoth>,
    published_at: DateTime<Utc>,
    published_by: String,
}

impl From<Wording> for WordingOut {
    fn from(wording: Wording) -> Self {
        Self {
            code: wording.code(),
            number: wording.number,
            texts: wording.texts.into_iter().map(|(purpose, text)| (purpose.code().to_owned(), text.into())).collect(),
            published_at: wording.published_at,
            published_by: wording.by,
        }
    }
}

/// Sentences to be published.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WordingIn {
    /// The number of the version they replace, 0 for the first.
    seen: i32,
    /// Sentences by purpose, all of them in both languages.
    texts: BTreeMap<String, TextInBoth>,
}

/// Every wording, newest first. None while the sentences every edition begins with are shown.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/consent-wordings", tag = "registration",
    security(("token" = [])), params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<WordingOut>)))]
async fn wordings(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
) -> Result<Json<Listing<WordingOut>>, ApiFail> {
    let all = verbs::wordings(&app, caller.edition.id).await?;
    Ok(Json(Listing { items: all.into_iter().map(WordingOut::from).collect(), next: None }))
}

/// Publishes a wording. Consents given before keep theirs.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/consent-wordings", tag = "registration",
    security(("token" = [])), request_body = WordingIn,
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 201, body = WordingOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn publish_wording(
    caller: Api<may::RegistrationManage>,
    State(app): State<App>,
    Body(body): Body<WordingIn>,
) -> Result<(StatusCode, Json<WordingOut>), ApiFail> {
    let mut fields = BTreeMap::new();
    for (purpose, text) in body.texts {
        if Purpose::parse(&purpose).is_none() {
            return Err(Refusal::invalid("unknown-choice").at("texts").with("value", purpose).into());
        }
        fields.insert(format!("{purpose}_en"), text.en);
        fields.insert(format!("{purpose}_zh"), text.zh);
    }
    let texts = wording::parse(&fields)?;
    verbs::publish_wording(&app, &caller.viewer, &caller.edition, body.seen, texts).await?;
    let newest = verbs::wordings(&app, caller.edition.id).await?.into_iter().next().ok_or(ApiFail::Missing)?;
    Ok((StatusCode::CREATED, Json(newest.into())))
}

/// The text of a mail; empty where the product's own words are used.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailTextOut {
    /// `registered`, `waiting`, `waitlisted`, `promoted`, `rejected`, `again`, `replaced`, `cancelled`, `reminder`.
    occasion: String,
    subject: TextInBoth,
    body: TextInBoth,
    version: i32,
}

impl From<MailText> for MailTextOut {
    fn from(text: MailText) -> Self {
        Self {
            occasion: text.occasion.code().to_owned(),
            subject: text.subject.into(),
            body: text.body.into(),
            version: text.version,
        }
    }
}

/// A text to be written. Places for values: `{{name}}`, `{{number}}`, `{{edition}}`, `{{days}}`, `{{place}}`,
/// `{{category}}`, `{{company}}`.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MailTextIn {
    subject_en: String,
    subject_zh: String,
    /// Paragraphs, separated by empty lines.
    body_en: String,
    body_zh: String,
    /// The version that was seen. Required.
    version: Option<i32>,
}

/// The texts of the mails registrants get.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registration-mails", tag = "registration",
    security(("token" = [])), params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<MailTextOut>)))]
async fn mail_texts(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
) -> Result<Json<Listing<MailTextOut>>, ApiFail> {
    let all = verbs::mail_texts(&app, caller.edition.id).await?;
    Ok(Json(Listing { items: all.into_iter().map(MailTextOut::from).collect(), next: None }))
}

#[derive(Deserialize)]
struct OfOccasion {
    occasion: String,
}

/// Writes the text of a mail.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/registration-mails/{occasion}", tag = "registration",
    security(("token" = [])), request_body = MailTextIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("occasion" = String, Path)),
    responses((status = 200, body = MailTextOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn write_mail_text(
    caller: Api<may::RegistrationManage>,
    State(app): State<App>,
    Path(path): Path<OfOccasion>,
    Body(body): Body<MailTextIn>,
) -> Result<Json<MailTextOut>, ApiFail> {
    let occasion = Occasion::parse(&path.occasion).ok_or(ApiFail::Missing)?;
    let draft = MailTextDraft {
        subject_en: body.subject_en,
        subject_zh: body.subject_zh,
        body_en: body.body_en,
        body_zh: body.body_zh,
        version: body.version.map(|version| version.to_string()).unwrap_or_default(),
    };
    verbs::write_mail_text(&app, &caller.viewer, &caller.edition, &draft.parse(occasion)?).await?;
    Ok(Json(verbs::mail_text(&app, caller.edition.id, occasion).await?.into()))
}

/// A consent given or withdrawn; the latest of a purpose holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentOut {
    purpose: String,
    /// The version of the sentence.
    wording: String,
    given: bool,
    at: DateTime<Utc>,
}

/// Somebody who got, or may have got, a person's data.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipientOut {
    /// `team`, `program`, `exhibitor`.
    recipient: String,
    name: String,
    /// `list`, `scan`, `program`.
    means: String,
    /// Whether it was about this person alone; otherwise about everybody a list was narrowed to.
    alone: bool,
    at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Named {
    registration: String,
}

impl Named {
    fn id(&self) -> Result<RegistrationId, ApiFail> {
        self.registration.parse().map_err(|_| ApiFail::Missing)
    }
}

/// The consents of a registration, oldest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registrations/{registration}/consents", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = Listing<ConsentOut>), (status = 404, body = Problem)))]
async fn consents(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<Listing<ConsentOut>>, ApiFail> {
    let r = read::registration(&app.reader(), caller.edition.id, named.id()?).await?.ok_or(ApiFail::Missing)?;
    let all = read::consents(&app.reader(), r.id).await?;
    let items = all.into_iter().map(|consent| ConsentOut {
        purpose: consent.purpose.code().to_owned(),
        wording: consent.wording,
        given: consent.given,
        at: consent.at,
    });
    Ok(Json(Listing { items: items.collect(), next: None }))
}

/// Who got, or may have got, the data of a registration; newest first, at most 200.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registrations/{registration}/recipients", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = Listing<RecipientOut>), (status = 404, body = Problem)))]
async fn recipients(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<Listing<RecipientOut>>, ApiFail> {
    let r = read::registration(&app.reader(), caller.edition.id, named.id()?).await?.ok_or(ApiFail::Missing)?;
    let items = verbs::disclosures(&app, &r).await?.into_iter().map(|one| RecipientOut {
        recipient: one.recipient.code().to_owned(),
        name: one.name,
        means: one.means.code().to_owned(),
        alone: one.registration.is_some(),
        at: one.at,
    });
    Ok(Json(Listing { items: items.collect(), next: None }))
}

/// An exhibitor who got a person's data, as a lead.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RecipientIn {
    /// The exhibitor's name, as the person will read it.
    exhibitor: String,
}

/// Notes that an exhibitor got the data of a person; only with the person's consent to it.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/recipients", tag = "registration",
    security(("token" = [])), request_body = RecipientIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 204), (status = 409, body = Problem, description = "`consent-not-given`"),
        (status = 422, body = Problem)))]
async fn note_recipient(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<RecipientIn>,
) -> Result<StatusCode, ApiFail> {
    let mut p = domain::refusal::Parse::new();
    let exhibitor = p.required("exhibitor", &body.exhibitor, 160);
    let exhibitor = p.finish(|| exhibitor)?;
    verbs::note_exhibitor(&app, caller.viewer.actor(), &caller.edition, named.id()?, &exhibitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes the personal data of a registration for good; only what is counted stays. The badge is revoked.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/anonymize", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 404, body = Problem)))]
async fn anonymize(
    caller: Api<may::RegistrationManage>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<RegistrationOut>, ApiFail> {
    let id = named.id()?;
    verbs::anonymize_registration(&app, caller.viewer.actor(), &caller.edition, id).await?;
    Ok(Json(one(&app, caller.edition.id, id).await?))
}
