//! Pages of `registration`: the list, one registration, the desk's form, the curve.

mod curve;
mod edit;
mod list;
mod record;
mod walk_in;

pub use curve::CurvePage;
pub use edit::EditPage;
pub use list::{ListFilter, ListPage};
pub use record::RecordPage;
pub use walk_in::WalkInPage;

use maud::{Markup, html};

use crate::{
    Badge, Lang, Tone,
    components::{Icon, Tab, tabs},
    links,
};

/// A category with its colour; the word says the same.
fn category(lang: Lang, code: &str) -> Markup {
    html! { span class={ "category-dot category-" (code.replace('_', "-")) } { (lang.term("category", code)) } }
}

fn status(lang: Lang, code: &str) -> Badge {
    let tone = match code {
        "approved" => Tone::Good,
        "registered" | "invited" => Tone::Info,
        "rejected" => Tone::Bad,
        _ => Tone::Neutral,
    };
    Badge::new(lang.term("registration-status", code), tone)
}

fn credential(lang: Lang, code: &str) -> Badge {
    let tone = match code {
        "active" => Tone::Good,
        "blocked" => Tone::Bad,
        _ => Tone::Neutral,
    };
    Badge::new(lang.term("credential-state", code), tone)
}

/// The views of an edition's registrations.
fn views(lang: Lang, edition: &str, here: &str) -> Markup {
    let tab = |key: &str, link, name: &str, icon| Tab::new(lang.t(key), link, here == name).icon(icon);
    tabs(
        lang,
        &lang.t("registration-title"),
        &[
            tab("registration-list", links::registration::home(edition), "list", Icon::Table),
            tab("registration-curve", links::registration::curve(edition), "curve", Icon::Trend),
        ],
    )
}
