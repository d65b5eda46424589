//! The description of the interface for programs, readable and to try out: Swagger UI from its package, served by us.
//! A document of its own: the viewer brings its own look, and its policy allows what no other page may.

use maud::{DOCTYPE, Markup, html};

use crate::{Href, Lang, asset, links};

/// The page.
#[derive(Debug, Clone)]
pub struct ApiDocsPage {
    /// Where the OpenAPI document is.
    pub document: Href,
}

impl ApiDocsPage {
    /// The page; without script it is a link to the document.
    pub fn render(&self, lang: Lang) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (lang.t("api-docs-title")) " · " (lang.t("product-name")) }
                    link rel="icon" type="image/svg+xml" href=(asset("favicon.svg"));
                    link rel="stylesheet" href=(asset("swagger-ui.css"));
                    link rel="stylesheet" href=(asset("api-docs.css"));
                    script src=(asset("swagger-ui.js")) defer {}
                    script src=(asset("api-docs.js")) type="module" {}
                }
                body {
                    header.api-head {
                        a href=(links::edition::list()) { (lang.t("product-name")) }
                        h1 { (lang.t("api-docs-title")) }
                        p { (lang.t("api-docs-how")) }
                        p { a href=(self.document) { (lang.t("api-docs-document")) } }
                    }
                    main id="api-docs" data-document=(self.document) {}
                }
            }
        }
    }
}
