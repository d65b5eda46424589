//! The page that shows the description. Swagger UI sets styles on its elements, so this page alone allows that.

use crate::{
    Need, Surface,
    answer::{Answer, page},
    guard::Public,
};
use axum::http::{HeaderValue, header};
use templates::{links, public::ApiDocsPage};

const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/docs", Need::Public, docs);
}

async fn docs(public: Public) -> Answer {
    let shown = ApiDocsPage { document: links::access::openapi() };
    let mut response = page(shown.render(public.ui.lang))?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}
