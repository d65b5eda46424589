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
    Badge, Href, Lang, Tone,
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

/// One view of an edition's registrations: the name pages call it by, its words, its address, its picture.
struct View {
    name: &'static str,
    key: &'static str,
    link: Href,
    icon: Icon,
}

/// The views by what people come for: who comes, who is asked to come, how it stands, how it is set up, paper.
/// The first of a group is where its tab leads.
fn groups(edition: &str) -> [(&'static str, Vec<View>); 5] {
    let view = |name, key, link, icon| View { name, key, link, icon };
    [
        (
            "registration-people",
            vec![
                view("list", "registration-list", links::registration::home(edition), Icon::Table),
                view("groups", "delegation-list", links::delegation::home(edition), Icon::Users),
            ],
        ),
        (
            "registration-inviting",
            vec![
                view("vouchers", "voucher-campaigns", links::voucher::home(edition), Icon::Ticket),
                view("codes", "voucher-codes", links::voucher::codes(edition), Icon::List),
                view("invitations", "invitation-title", links::voucher::invitations(edition), Icon::Send),
                view("letters", "letter-list", links::letter::home(edition), Icon::File),
            ],
        ),
        (
            "registration-figures",
            vec![
                view("curve", "registration-curve", links::registration::curve(edition), Icon::Trend),
                view("turnout", "turnout-title", links::turnout::home(edition), Icon::Target),
            ],
        ),
        (
            "registration-setup",
            vec![
                view("categories", "categories-title", links::form::categories(edition), Icon::Users),
                view("form", "form-title", links::form::home(edition), Icon::Clipboard),
                view("mails", "mailing-title", links::form::mails(edition), Icon::Mail),
                view("privacy", "privacy-title", links::form::privacy(edition), Icon::Shield),
            ],
        ),
        ("printing-title", vec![view("printing", "printing-title", links::printing::home(edition), Icon::Printer)]),
    ]
}

/// The views of an edition's registrations: the groups, and below them the views of the group at hand.
pub(crate) fn views(lang: Lang, edition: &str, here: &str) -> Markup {
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let mut group = String::new();
    for (key, views) in groups(edition) {
        let inside = views.iter().any(|view| view.name == here);
        if inside {
            group = lang.t(key);
            below.extend(views.iter().map(|v| Tab::new(lang.t(v.key), v.link.clone(), v.name == here).icon(v.icon)));
        }
        above.extend(views.into_iter().next().map(|first| Tab::new(lang.t(key), first.link, inside)));
    }
    html! {
        (tabs(lang, &lang.t("registration-title"), &above))
        @if below.len() > 1 { div.tabs-below { (tabs(lang, &group, &below)) } }
    }
}
