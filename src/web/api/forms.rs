//! Registration forms, categories and reviews over the API.

use super::{
    ApiFail, Body, Listing, Problem,
    registration::{RegistrationIn, RegistrationOut, one},
};
use crate::{
    Need, Surface,
    guard::{Api, may},
    path::Path,
};
use app::{App, registration as verbs};
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    RegistrationId,
    access::Permission,
    registration::{Category, Draft, Entry, Form, Intake, form::check, places::IntakeDraft, view::FormVersion},
};
use serde::{Deserialize, Serialize};
use store::read::registration as read;
use utoipa::{OpenApi, ToSchema};

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(form, form_at_hand, put_form, publish_form, categories, set_category, amend, approve, reject, promote),
    components(schemas(FormOut, FormIn, SeenIn, CategoryOut, CategoryIn))
)]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    use Permission::{RegistrationEdit, RegistrationManage, RegistrationRead};
    let read = Need::Token(RegistrationRead);
    let (edit, manage) = (Need::Token(RegistrationEdit), Need::Token(RegistrationManage));
    s.get("/api/v1/editions/{edition}/registration-form", read, form);
    s.get("/api/v1/editions/{edition}/registration-form/draft", read, form_at_hand);
    s.post("/api/v1/editions/{edition}/registration-form/draft", manage, put_form);
    s.post("/api/v1/editions/{edition}/registration-form/publish", manage, publish_form);
    s.get("/api/v1/editions/{edition}/registration-categories", read, categories);
    s.patch("/api/v1/editions/{edition}/registration-categories/{category}", manage, set_category);
    s.patch("/api/v1/editions/{edition}/registrations/{registration}", edit, amend);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/approve", edit, approve);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/reject", edit, reject);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/promote", edit, promote);
}

/// A version of the registration form.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormOut {
    /// 0 for the form every edition begins with.
    number: i32,
    /// `draft`, `published` or `retired`.
    state: String,
    /// To be sent back with a change: says which form was seen.
    seen: String,
    /// Who changed it last.
    changed_by: String,
    changed_at: DateTime<Utc>,
    /// Sections of questions; the same document as the file the form's page offers.
    #[schema(value_type = Object)]
    form: Form,
}

impl From<FormVersion> for FormOut {
    fn from(version: FormVersion) -> Self {
        Self {
            number: version.number,
            state: version.state.code().to_owned(),
            seen: version.seen(),
            changed_by: version.by,
            changed_at: version.changed_at,
            form: version.form,
        }
    }
}

/// A form to be the draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormIn {
    /// `seen` of the form this is made from.
    seen: String,
    #[schema(value_type = Object)]
    form: Form,
}

/// Which form was seen.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SeenIn {
    seen: String,
}

/// The form visitors see.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registration-form", tag = "registration",
    security(("token" = [])), params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = FormOut)))]
async fn form(caller: Api<may::RegistrationRead>, State(app): State<App>) -> Result<Json<FormOut>, ApiFail> {
    Ok(Json(verbs::current_form(&app, caller.edition.id).await?.into()))
}

/// The form that is worked on: the draft, or what visitors see.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registration-form/draft", tag = "registration",
    security(("token" = [])), params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = FormOut)))]
async fn form_at_hand(caller: Api<may::RegistrationRead>, State(app): State<App>) -> Result<Json<FormOut>, ApiFail> {
    Ok(Json(verbs::form_at_hand(&app, caller.edition.id).await?.into()))
}

/// Makes a form the draft.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registration-form/draft", tag = "registration",
    security(("token" = [])), request_body = FormIn,
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = FormOut), (status = 409, body = Problem, description = "`stale`"),
        (status = 422, body = Problem)))]
async fn put_form(
    caller: Api<may::RegistrationManage>,
    State(app): State<App>,
    Body(body): Body<FormIn>,
) -> Result<Json<FormOut>, ApiFail> {
    let faults = check(&body.form);
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let new = body.form;
    let put = |form: &mut Form| {
        *form = new;
        Ok(())
    };
    verbs::change_form(&app, &caller.viewer, &caller.edition, &body.seen, put).await?;
    Ok(Json(verbs::form_at_hand(&app, caller.edition.id).await?.into()))
}

/// Publishes the draft.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registration-form/publish", tag = "registration",
    security(("token" = [])), request_body = SeenIn,
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = FormOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn publish_form(
    caller: Api<may::RegistrationManage>,
    State(app): State<App>,
    Body(body): Body<SeenIn>,
) -> Result<Json<FormOut>, ApiFail> {
    verbs::publish_form(&app, &caller.viewer, &caller.edition, &body.seen).await?;
    Ok(Json(verbs::current_form(&app, caller.edition.id).await?.into()))
}

/// A category with its rules and places.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryOut {
    category: String,
    /// Whether visitors may choose it on the public form.
    public: bool,
    /// Whether somebody must approve.
    approval: bool,
    /// Places; no limit when absent.
    capacity: Option<i32>,
    /// First and last local day for the public.
    opens_on: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    /// Whether people may wait for a place.
    waiting_list: bool,
    /// Whether free places go to the first of the list by themselves.
    promotes: bool,
    hint_en: String,
    hint_zh: String,
    /// How many hold a place, and how many wait for one.
    taken: i64,
    waiting: i64,
    version: i32,
}

impl CategoryOut {
    fn of(one: Intake, (taken, waiting): (i64, i64)) -> Self {
        Self {
            category: one.category.code().to_owned(),
            public: one.public,
            approval: one.approval,
            capacity: one.capacity,
            opens_on: one.opens_on,
            closes_on: one.closes_on,
            waiting_list: one.waiting_list,
            promotes: one.promotes,
            hint_en: one.hint.en,
            hint_zh: one.hint.zh,
            taken,
            waiting,
            version: one.version,
        }
    }
}

/// What to change of a category's rules; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CategoryIn {
    public: Option<bool>,
    approval: Option<bool>,
    /// A number, or empty for no limit.
    capacity: Option<String>,
    /// `YYYY-MM-DD`, or empty.
    opens_on: Option<String>,
    closes_on: Option<String>,
    waiting_list: Option<bool>,
    promotes: Option<bool>,
    hint_en: Option<String>,
    hint_zh: Option<String>,
    /// The version that was seen. Required.
    version: Option<i32>,
}

async fn category_rows(app: &App, edition: domain::EditionId) -> Result<Vec<CategoryOut>, ApiFail> {
    let reader = app.reader();
    let places = read::places(&reader, edition).await?;
    let row = |one: Intake| {
        let found = places.iter().find(|(category, ..)| *category == one.category);
        CategoryOut::of(one, found.map_or((0, 0), |(_, taken, waiting)| (*taken, *waiting)))
    };
    Ok(read::intakes(&reader, edition).await?.into_iter().map(row).collect())
}

/// The categories: who may register, how many places there are, who waits.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registration-categories", tag = "registration",
    security(("token" = [])), params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<CategoryOut>)))]
async fn categories(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
) -> Result<Json<Listing<CategoryOut>>, ApiFail> {
    Ok(Json(Listing { items: category_rows(&app, caller.edition.id).await?, next: None }))
}

#[derive(Deserialize)]
struct OfCategory {
    category: String,
}

/// Changes the rules of a category. Places that become free go to those who wait.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/registration-categories/{category}", tag = "registration",
    security(("token" = [])), request_body = CategoryIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("category" = String, Path)),
    responses((status = 200, body = CategoryOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn set_category(
    caller: Api<may::RegistrationManage>,
    State(app): State<App>,
    Path(path): Path<OfCategory>,
    Body(body): Body<CategoryIn>,
) -> Result<Json<CategoryOut>, ApiFail> {
    let category = Category::parse(&path.category).ok_or(ApiFail::Missing)?;
    let all = read::intakes(&app.reader(), caller.edition.id).await?;
    let stored = all.into_iter().find(|one| one.category == category).ok_or(ApiFail::Missing)?;
    let old = IntakeDraft::of(&stored);
    let tick = |new: Option<bool>, old: String| match new {
        Some(true) => "on".to_owned(),
        Some(false) => String::new(),
        None => old,
    };
    let draft = IntakeDraft {
        public: tick(body.public, old.public),
        approval: tick(body.approval, old.approval),
        capacity: body.capacity.unwrap_or(old.capacity),
        opens_on: body.opens_on.unwrap_or(old.opens_on),
        closes_on: body.closes_on.unwrap_or(old.closes_on),
        waiting_list: tick(body.waiting_list, old.waiting_list),
        promotes: tick(body.promotes, old.promotes),
        hint_en: body.hint_en.unwrap_or(old.hint_en),
        hint_zh: body.hint_zh.unwrap_or(old.hint_zh),
        version: body.version.map(|version| version.to_string()).unwrap_or_default(),
    };
    verbs::set_intake(&app, &caller.viewer, &caller.edition, &draft.parse(category)?).await?;
    let rows = category_rows(&app, caller.edition.id).await?;
    rows.into_iter().find(|row| row.category == category.code()).map(Json).ok_or(ApiFail::Missing)
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

type Editor = Api<may::RegistrationEdit>;
type Done = Result<Json<RegistrationOut>, ApiFail>;

/// Changes a registration: what is sent and not empty is changed, the rest stays. A badge that would show something
/// else is issued anew.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/registrations/{registration}", tag = "registration",
    security(("token" = [])), request_body = RegistrationIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn amend(
    caller: Editor,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<RegistrationIn>,
) -> Done {
    let (edition, id) = (&caller.edition, named.id()?);
    let stored = read::registration(&app.reader(), edition.id, id).await?.ok_or(ApiFail::Missing)?;
    let (old, new) = (Draft::of(&stored), Draft::from(&body));
    let either = |new: &String, old: String| if new.trim().is_empty() { old } else { new.clone() };
    let mut answers = old.answers;
    answers.extend(new.answers.clone());
    let draft = Draft {
        category: either(&new.category, old.category),
        family_name: either(&new.family_name, old.family_name),
        given_name: either(&new.given_name, old.given_name),
        other_name: either(&new.other_name, old.other_name),
        email: either(&new.email, old.email),
        phone: either(&new.phone, old.phone),
        company: either(&new.company, old.company),
        job_title: either(&new.job_title, old.job_title),
        country: either(&new.country, old.country),
        locale: either(&new.locale, old.locale),
        answers,
        version: old.version,
        ..Draft::default()
    };
    let form = verbs::current_form(&app, edition.id).await?.form;
    let change = draft.parse_amendment_with(Entry::Api, &form, stored.category)?;
    verbs::amend_registration(&app, &caller.viewer, edition, id, &change).await?;
    Ok(Json(one(&app, edition.id, id).await?))
}

async fn reviewed(caller: &Editor, app: &App, named: &Named, approve: bool) -> Done {
    let id = named.id()?;
    verbs::review_registration(app, &caller.viewer, &caller.edition, id, approve).await?;
    Ok(Json(one(app, caller.edition.id, id).await?))
}

/// Approves a registration that waits; a badge is issued and mailed.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/approve", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 409, body = Problem)))]
async fn approve(caller: Editor, State(app): State<App>, Path(named): Path<Named>) -> Done {
    reviewed(&caller, &app, &named, true).await
}

/// Refuses a registration that waits.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/reject", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 409, body = Problem)))]
async fn reject(caller: Editor, State(app): State<App>, Path(named): Path<Named>) -> Done {
    reviewed(&caller, &app, &named, false).await
}

/// Gives somebody on the waiting list a place.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/promote", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut),
        (status = 409, body = Problem, description = "`registration-not-on-list`")))]
async fn promote(caller: Editor, State(app): State<App>, Path(named): Path<Named>) -> Done {
    let id = named.id()?;
    verbs::promote_registration(&app, &caller.viewer, &caller.edition, id).await?;
    Ok(Json(one(&app, caller.edition.id, id).await?))
}
