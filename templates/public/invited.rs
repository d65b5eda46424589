//! Where an invitation leads: who invites, to what, and the two answers.

use domain::{
    Refusal,
    edition::Edition,
    registration::{Category, invitation::Invitation},
};
use maud::{Markup, html};

use crate::{
    PublicShell, Tone,
    components::{Button, Icon, callout, facts},
    links,
};

/// The page of an invitation.
pub struct InvitedPage<'a> {
    pub edition: &'a Edition,
    /// City and venue.
    pub place: &'a str,
    /// The code, as people read it.
    pub code: &'a str,
    pub category: Category,
    /// The exhibitor who invites; empty for the organizer.
    pub invited_by: &'a str,
    pub invitation: Option<&'a Invitation>,
    /// Why the code cannot be used now.
    pub refusal: Option<&'a Refusal>,
}

impl InvitedPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let e = self.edition;
        let show = e.name.get(lang.locale());
        let declined = self.invitation.is_some_and(|one| one.declined_at.is_some());
        let title = match self.invitation {
            Some(one) => lang.with("invited-name", &[("name", one.name.as_str().into())]),
            None => lang.t("invited-title"),
        };
        let who = if self.invited_by.is_empty() {
            lang.with("invited-organizer", &[("edition", show.into())])
        } else {
            lang.with("invited-exhibitor", &[("company", self.invited_by.into()), ("edition", show.into())])
        };
        let body = html! {
            section.card { div.card-body.offer {
                h1 { (title) }
                p.lead { (who) }
                (facts(&[
                    (lang.t("show-days"), html! { (lang.date_range(e.opens_on, e.closes_on)) }),
                    (lang.t("show-place"), html! { (self.place) }),
                    (lang.t("invited-as"), html! { (lang.term("category", self.category.code())) }),
                    (lang.t("voucher-code"), html! { span.code { (self.code) } }),
                ]))
                @match self.refusal {
                    Some(refusal) => (callout(Tone::Warn, &lang.refusal(refusal), &html! {})),
                    None => {
                        @if declined { (callout(Tone::Info, &lang.t("invited-declined"), &html! {})) }
                        div.actions {
                            (Button::link(lang.t("invited-accept"), links::voucher::register(&e.slug, self.code)).primary().icon(Icon::ArrowRight))
                            @if self.invitation.is_some() && !declined {
                                (Button::post(lang.t("invited-decline"), links::voucher::decline(&e.slug, self.code)).ghost())
                            }
                        }
                    }
                }
            } }
        };
        shell.page(title.clone()).bare().body(&body)
    }
}
