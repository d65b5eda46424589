//! The interface for programs: the same guards and use cases as the pages, its own types in and out, problem
//! documents (RFC 9457) for refusals. The OpenAPI description is made from the handlers.

use crate::{Need, Surface, answer};
use axum::{
    Json,
    extract::{FromRequest, Request, rejection::JsonRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Locale, Refusal};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use templates::Lang;
use utoipa::{IntoParams, OpenApi, ToSchema};

pub(crate) mod admission;
mod delegation;
mod docs;
mod edition;
mod exhibitor;
mod forms;
mod intake;
mod inviting;
mod letter;
mod party;
mod plan;
mod printing;
mod privacy;
mod registration;
mod sales;
mod turnout;
mod venue;
mod voucher;

/// The description of everything under `/api/v1`. Each context adds its own document.
#[derive(OpenApi)]
#[openapi(
    info(title = "Fairlead", description = "Trade shows: plan, space, people, gates."),
    components(schemas(Problem, ProblemField)),
    modifiers(&Bearer)
)]
struct Base;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        document.components.get_or_insert_with(Default::default).add_security_scheme("token", scheme);
    }
}

/// The whole OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Base::openapi();
    for part in [
        edition::Doc::openapi(),
        admission::description(),
        party::Doc::openapi(),
        plan::description(),
        registration::Doc::openapi(),
        forms::Doc::openapi(),
        privacy::Doc::openapi(),
        printing::description(),
        venue::Doc::openapi(),
        sales::Doc::openapi(),
        exhibitor::Doc::openapi(),
        delegation::Doc::openapi(),
        intake::Doc::openapi(),
        letter::Doc::openapi(),
        turnout::Doc::openapi(),
        voucher::Doc::openapi(),
        inviting::Doc::openapi(),
    ] {
        document.merge(part);
    }
    document
}

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/v1/openapi.json", Need::Public, openapi);
    docs::routes(s);
    edition::routes(s);
    venue::routes(s);
    sales::routes(s);
    exhibitor::routes(s);
    admission::routes(s);
    party::routes(s);
    plan::routes(s);
    registration::routes(s);
    delegation::routes(s);
    intake::routes(s);
    letter::routes(s);
    turnout::routes(s);
    voucher::routes(s);
    inviting::routes(s);
    forms::routes(s);
    privacy::routes(s);
    printing::routes(s);
}

async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Stable address of this kind of problem, relative.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is, in English.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code of the first thing refused, or of the problem.
    pub code: String,
    /// Everything that was refused.
    pub errors: Vec<ProblemField>,
}

/// One thing refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// The field, where it is about one.
    pub field: Option<String>,
    /// Stable code.
    pub code: String,
    /// A sentence, in English.
    pub detail: String,
    /// The values in the sentence.
    pub params: std::collections::BTreeMap<String, String>,
}

/// Why the API did not do it.
#[derive(Debug)]
pub enum ApiFail {
    /// No valid token.
    Unauthorized,
    /// A valid token without the right.
    Forbidden,
    /// Nothing there for this caller.
    Missing,
    /// The body is not the JSON that was asked for.
    Body(String),
    /// A use case said no.
    App(app::Error),
}

impl From<app::Error> for ApiFail {
    fn from(error: app::Error) -> Self {
        Self::App(error)
    }
}

impl From<store::Fault> for ApiFail {
    fn from(fault: store::Fault) -> Self {
        Self::App(fault.into())
    }
}

impl From<Vec<Refusal>> for ApiFail {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::App(refusals.into())
    }
}

impl From<Refusal> for ApiFail {
    fn from(refusal: Refusal) -> Self {
        Self::App(refusal.into())
    }
}

impl IntoResponse for ApiFail {
    fn into_response(self) -> Response {
        let (status, refusals) = match self {
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, Vec::new()),
            Self::Forbidden => (StatusCode::FORBIDDEN, Vec::new()),
            Self::Missing => (StatusCode::NOT_FOUND, Vec::new()),
            Self::Body(what) => {
                (StatusCode::UNPROCESSABLE_ENTITY, vec![Refusal::invalid("body-unreadable").with("what", what)])
            }
            Self::App(error) => answer::status_of(error),
        };
        problem(status, &refusals)
    }
}

/// A problem document as a response.
pub(crate) fn problem(status: StatusCode, refusals: &[Refusal]) -> Response {
    let lang = Lang::new(Locale::En);
    let reason = status.canonical_reason().unwrap_or_default();
    let code = refusals.first().map_or_else(|| reason.to_ascii_lowercase().replace(' ', "-"), |r| r.code.clone());
    let errors = refusals.iter().map(|r| ProblemField {
        field: r.field.clone(),
        code: r.code.clone(),
        detail: lang.refusal(r),
        params: r.params.iter().cloned().collect(),
    });
    let body = Problem {
        kind: format!("/api/docs#{code}"),
        title: reason.to_owned(),
        status: status.as_u16(),
        code,
        errors: errors.collect(),
    };
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// A JSON body; anything unreadable is a problem document that says where.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiFail;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiFail> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(JsonRejection::JsonDataError(e)) => Err(ApiFail::Body(e.body_text())),
            Err(e) => Err(ApiFail::Body(e.body_text())),
        }
    }
}

/// Where a list goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Further {
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    pub(crate) cursor: String,
}

impl Further {
    pub(crate) fn limit(&self) -> usize {
        rows_asked(self.limit)
    }
}

/// Rows of a page: 50 unless asked otherwise, at most 200.
pub(crate) fn rows_asked(limit: Option<u32>) -> usize {
    limit.unwrap_or(50).clamp(1, 200) as usize
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listing<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Give this as `cursor` for the rows after these; absent at the end.
    pub next: Option<String>,
}
