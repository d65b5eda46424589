//! Pages of `registration`: the list, one registration, the desk's form, the curve, the form that is asked, categories.

mod categories;
mod curve;
mod edit;
mod form;
mod form_edit;
mod form_preview;
mod list;
mod mails;
mod privacy;
mod record;
mod turnout;
mod walk_in;

pub use categories::{CategoriesPage, CategoryPage, CategoryRow};
pub use curve::CurvePage;
pub use edit::EditPage;
pub use form::{FormPage, Needed};
pub use form_edit::{QuestionPage, SectionPage};
pub use form_preview::{PreviewPage, Tried};
pub use list::{ListFilter, ListPage};
pub use mails::{MailTextPage, MailsPage};
pub use privacy::PrivacyPage;
pub use record::RecordPage;
pub use turnout::TurnoutPage;
pub use walk_in::WalkInPage;

use maud::{Markup, html};

use crate::{
    Badge, Lang, Tone,
    components::{Icon, Tab, tabs},
    links,
};

/// A category with its colour; the word says the same.
pub(crate) fn category(lang: Lang, code: &str) -> Markup {
    html! { span class={ "category-dot category-" (code.replace('_', "-")) } { (lang.term("category", code)) } }
}

pub(crate) fn status(lang: Lang, code: &str) -> Badge {
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
pub(crate) fn views(lang: Lang, edition: &str, here: &str) -> Markup {
    let tab = |key: &str, link, name: &str, icon| Tab::new(lang.t(key), link, here == name).icon(icon);
    tabs(
        lang,
        &lang.t("registration-title"),
        &[
            tab("registration-list", links::registration::home(edition), "list", Icon::Table),
            tab("registration-curve", links::registration::curve(edition), "curve", Icon::Trend),
            tab("turnout-title", links::turnout::home(edition), "turnout", Icon::Target),
            tab("voucher-campaigns", links::voucher::home(edition), "vouchers", Icon::Ticket),
            tab("delegation-list", links::delegation::home(edition), "groups", Icon::Users),
            tab("letter-list", links::letter::home(edition), "letters", Icon::File),
            tab("categories-title", links::form::categories(edition), "categories", Icon::Users),
            tab("form-title", links::form::home(edition), "form", Icon::Clipboard),
            tab("mailing-title", links::form::mails(edition), "mails", Icon::Mail),
            tab("privacy-title", links::form::privacy(edition), "privacy", Icon::Shield),
            tab("printing-title", links::printing::home(edition), "printing", Icon::Printer),
        ],
    )
}
