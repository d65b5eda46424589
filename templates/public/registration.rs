//! The visitor's way: the show's front page, the form, thanks, and the registrant's own page.

use chrono::NaiveDate;
use domain::{
    edition::Edition,
    registration::{
        Category, Consent, Form as Asked, Intake, Purpose, Registration, Status,
        view::{Badge, Qr},
        wording::Wording,
    },
};
use maud::{Markup, Render, html};

use super::{badge::badge_card, own_data::sentence};
use crate::{
    FormState, Lang, PublicShell, Tone,
    components::{Button, Choice, Form, Icon, Questions, callout, card, facts},
    links,
};

/// The public page of a show.
pub struct ShowPage<'a> {
    pub edition: &'a Edition,
    /// City and venue.
    pub place: &'a str,
    /// Today in the show's zone.
    pub today: NaiveDate,
}

impl ShowPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let e = self.edition;
        let slug = &e.slug;
        let days = (e.opens_on - self.today).num_days();
        let when = match days {
            1.. => lang.with("show-opens-in", &[("days", days.into())]),
            _ if self.today <= e.closes_on => lang.t("show-is-open"),
            _ => lang.t("show-is-over"),
        };
        let body = html! {
            section.show-front {
                p.show-when { (when) }
                h1 { (e.name.get(lang.locale())) }
                p.show-other { (e.name.get(other(lang).locale())) }
                (facts(&[
                    (lang.t("show-days"), html! { (lang.date_range(e.opens_on, e.closes_on)) }),
                    (lang.t("show-place"), html! { (self.place) }),
                    (lang.t("show-area"), html! { @if e.gross_area_dm2 > 0 { (lang.area(e.gross_area_dm2)) } }),
                ]))
                div.show-doors {
                    section.card { div.card-body {
                        h2 { (Icon::Ticket) (lang.t("show-visit")) }
                        p.muted { (lang.t("show-visit-hint")) }
                        @if e.registration_open {
                            (Button::link(lang.t("show-register"), links::public::register(slug)).primary().icon(Icon::ArrowRight))
                        } @else { p { (lang.t("show-registration-closed")) } }
                    } }
                    section.card { div.card-body {
                        h2 { (Icon::Stand) (lang.t("show-exhibit")) }
                        p.muted { (lang.t("show-exhibit-hint")) }
                        @if e.applications_open {
                            (Button::link(lang.t("show-apply"), links::public::apply(slug)).icon(Icon::ArrowRight))
                        } @else { p { (lang.t("show-applications-closed")) } }
                    } }
                }
            }
        };
        shell.page(e.name.get(lang.locale())).bare().body(&body)
    }
}

const fn other(lang: Lang) -> Lang {
    match lang.locale() {
        domain::Locale::En => Lang::ZH,
        domain::Locale::ZhCn => Lang::EN,
    }
}

/// The form of a visitor.
pub struct RegisterPage<'a> {
    pub edition: &'a Edition,
    pub form: &'a FormState,
    /// What is asked.
    pub asked: &'a Asked,
    /// The categories a visitor may choose today.
    pub open: &'a [Intake],
    /// What visitors are asked to agree to, and in which words.
    pub purposes: &'a [Purpose],
    pub wordings: &'a [Wording],
    /// ISO code of the show's country, offered first.
    pub home: &'a str,
    /// What the code in the address gives: the category, and who invites.
    pub offer: Option<(Category, &'a str)>,
}

impl RegisterPage<'_> {
    /// Empty and refused.
    pub fn samples() -> Vec<FormState> {
        let draft = serde_json::json!({
            "submission": "0193a000-0000-7000-8000-000000000001", "family_name": "张", "given_name": "伟", "email": "zhang@",
            "company": "上海机床有限公司", "country": "CN", "organizer_news": "on",
        });
        let refusals = [
            domain::Refusal::invalid("not-an-email").at("email"),
            domain::Refusal::invalid("consent-required").at("data_processing"),
        ];
        vec![FormState::empty(), FormState::new(&draft, &refusals)]
    }

    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let slug = &self.edition.slug;
        if !self.edition.registration_open || (self.open.is_empty() && self.offer.is_none()) {
            let body = callout(Tone::Info, &lang.t("show-registration-closed"), &html! {});
            return shell.page(lang.t("register-title")).body(&body);
        }
        let form = self.form.fields(lang);
        let questions = Questions { lang, asked: self.asked, home: self.home, staff: false };
        let body = html! {
            form.form.register method="post" action=(links::public::register(slug)) data-asking {
                (form.summary())
                (form.hidden("submission"))
                (form.hidden("wording"))
                input type="hidden" name="locale" value=(lang.code());
                // The first button of a form is what Enter presses: it must be the one that registers.
                button.sr-only type="submit" tabindex="-1" aria-hidden="true" {}
                @match self.offer {
                    Some((category, by)) => {
                        (offered(lang, category, by))
                        input type="hidden" name="category" value=(category.code());
                    }
                    None => (category_choice(lang, form, self.open)),
                }
                (questions.render(form, false))
                (form.text("voucher", "register-voucher").hint("register-voucher-hint").max_length(40))
                (self.consent_fields(lang, form))
                div.form-actions {
                    (Button::submit(lang.t("register-submit")).icon(Icon::Check))
                    button.button.ghost type="submit" name="to" value=(other(lang).code()) formnovalidate
                        formaction=(links::public::register(slug).then("language")) lang=(other(lang).code()) {
                        (Icon::Languages) span { (other(lang).t("register-in-this-language")) }
                    }
                }
            }
        };
        let group = html! { p.muted { (lang.t("register-hint")) " " a href=(links::delegation::register(slug)) { (lang.t("group-link")) } } };
        shell.page(lang.t("register-title")).subtitle(group).body(&body)
    }

    fn consent_fields(&self, lang: Lang, form: Form<'_>) -> Markup {
        let code = self.wordings.first().map(Wording::code).unwrap_or_default();
        html! {
            fieldset.consents {
                legend { (lang.t("register-consents")) }
                @for purpose in self.purposes {
                    @let field = form.checkbox(purpose.code(), "", "on").labelled(sentence(lang, self.wordings, *purpose, &code));
                    @if *purpose == Purpose::DataProcessing { (field.required()) } @else { (field) }
                }
            }
        }
    }
}

/// What the voucher gives, above the form.
fn offered(lang: Lang, category: Category, by: &str) -> Markup {
    let category = lang.term("category", category.code());
    let words = if by.is_empty() {
        lang.with("register-offer", &[("category", category.into())])
    } else {
        lang.with("register-offer-by", &[("category", category.into()), ("company", by.into())])
    };
    callout(Tone::Good, &words, &html! {})
}

/// What somebody comes as: nothing to choose where there is one way only.
pub(crate) fn category_choice(lang: Lang, form: Form<'_>, open: &[Intake]) -> Markup {
    if let [only] = open {
        return html! { input type="hidden" name="category" value=(only.category.code()); };
    }
    let choice = |intake: &Intake| {
        let choice = Choice::new(intake.category.code(), lang.term("category", intake.category.code()));
        match intake.hint.get(lang.locale()) {
            "" if intake.approval => choice.hint(lang.t("register-needs-approval")),
            hint => choice.hint(hint),
        }
    };
    let first = open.first().map_or(Category::TradeVisitor, |intake| intake.category);
    form.radios("category", "register-category", open.iter().map(choice).collect())
        .value(first.code())
        .required()
        .render()
}

/// What everybody sees after sending the form, whether the address was known or not.
pub struct ThanksPage<'a> {
    pub edition: &'a Edition,
}

impl ThanksPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            section.card.thanks { div.card-body {
                span.thanks-icon { (Icon::Mail) }
                h1 { (lang.t("register-thanks")) }
                p { (lang.t("register-thanks-text")) }
                p.muted { (lang.t("register-thanks-late")) }
                div.actions {
                    (Button::link(lang.t("register-thanks-back"), links::public::home(&self.edition.slug)))
                    (Button::link(lang.t("register-thanks-more"), links::public::register(&self.edition.slug)).icon(Icon::UserPlus))
                }
            } }
        };
        shell.page(lang.t("register-thanks")).bare().body(&body)
    }
}

/// The registrant's own page.
pub struct OwnPage<'a> {
    pub edition: &'a Edition,
    /// The key in the link.
    pub access: &'a str,
    pub registration: &'a Registration,
    /// The active badge with its picture, if there is one.
    pub badge: Option<(&'a Badge, &'a Qr)>,
    pub consents: &'a [Consent],
    /// What is asked for now, and in which words.
    pub purposes: &'a [Purpose],
    pub wordings: &'a [Wording],
    /// How many stand before on the waiting list.
    pub ahead: i64,
}

impl OwnPage<'_> {
    fn part(&self, part: &str) -> crate::Href {
        links::registration::own_part(&self.edition.slug, self.access, part)
    }

    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let r = self.registration;
        let body = html! {
            (self.state(lang))
            @if let Some((badge, code)) = self.badge {
                (badge_card(badge, code))
                div.own-actions {
                    (Button::link(lang.t("badge-pdf"), self.part("badge.pdf")).primary().icon(Icon::Download).download())
                    (Button::link(lang.t("badge-print"), self.part("badge")).icon(Icon::Printer))
                    @if r.status.live() { (Button::link(lang.t("own-edit"), self.part("edit")).icon(Icon::Edit)) }
                    (Button::link(lang.t("letter-own"), self.part("letters")).icon(Icon::File))
                }
            } @else if r.status.live() {
                div.own-actions { (Button::link(lang.t("own-edit"), self.part("edit")).icon(Icon::Edit)) }
            }
            @if r.status.live() {
                (card(&lang.t("own-consents"), &self.data_link(lang), &self.consent_list(lang)))
                (card(&lang.t("own-cancel-title"), &html! {}, &self.cancelling(lang)))
            } @else { div.own-actions { (self.data_link(lang)) } }
        };
        shell.page(r.details.display_name.clone()).subtitle(html! { p.muted { (lang.t("own-hint")) } }).body(&body)
    }

    fn data_link(&self, lang: Lang) -> Markup {
        Button::link(lang.t("own-data"), self.part("data")).small().icon(Icon::Shield).render()
    }

    fn state(&self, lang: Lang) -> Markup {
        if self.registration.waiting_since.is_some() {
            let place = [("place", (self.ahead + 1).into())];
            return callout(Tone::Info, &lang.with("own-state-waitlisted", &place), &html! {});
        }
        let (tone, key) = match self.registration.status {
            Status::Registered => (Tone::Info, "own-state-registered"),
            Status::Rejected => (Tone::Warn, "own-state-rejected"),
            Status::Cancelled | Status::Anonymized => (Tone::Warn, "own-state-cancelled"),
            Status::Approved if self.badge.is_none() => (Tone::Warn, "own-state-blocked"),
            Status::Approved | Status::Invited => return html! {},
        };
        callout(tone, &lang.t(key), &html! {})
    }

    fn consent_list(&self, lang: Lang) -> Markup {
        let current = self.wordings.first().map(Wording::code).unwrap_or_default();
        html! {
            ul.consent-list {
                @for purpose in self.purposes {
                    @let latest = self.consents.iter().rfind(|c| c.purpose == *purpose);
                    @let given = latest.is_some_and(|c| c.given);
                    li {
                        div {
                            @let code = latest.filter(|_| given).map_or(current.as_str(), |consent| consent.wording.as_str());
                            p { (sentence(lang, self.wordings, *purpose, code)) }
                            p.muted {
                                @match latest {
                                    Some(consent) if given => (lang.with("own-consent-given", &[("wording", consent.wording.as_str().into())])),
                                    Some(_) => (lang.t("own-consent-withdrawn")),
                                    None => (lang.t("own-consent-never")),
                                }
                            }
                        }
                        @if *purpose != Purpose::DataProcessing {
                            @let text = if given { lang.t("own-withdraw") } else { lang.t("own-give") };
                            (Button::post(text, self.part("consent")).small().value("purpose", purpose.code())
                                .value("given", if given { "" } else { "on" }))
                        }
                    }
                }
            }
        }
    }

    fn cancelling(&self, lang: Lang) -> Markup {
        html! {
            p.muted { (lang.t("own-cancel-text")) }
            (Button::post(lang.t("own-cancel"), self.part("cancel")).danger().confirm(lang.t("own-cancel-question")))
        }
    }
}

/// The form in which a registrant changes the registration. The address is shown, not changed.
pub struct OwnEditPage<'a> {
    pub edition: &'a Edition,
    pub access: &'a str,
    pub email: &'a str,
    pub form: &'a FormState,
    /// What is asked.
    pub asked: &'a Asked,
    /// What the registrant is: decides what is asked.
    pub category: Category,
    pub home: &'a str,
}

impl OwnEditPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let own = links::registration::own(&self.edition.slug, self.access);
        let questions = Questions { lang, asked: self.asked, home: self.home, staff: false };
        let body = html! {
            form.form.register method="post" action=(own.clone().then("edit")) data-asking {
                (form.summary())
                (form.hidden("version"))
                (form.hidden("locale"))
                input type="hidden" name="category" value=(self.category.code());
                (questions.render(form, true))
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), own.clone()))
                }
            }
        };
        let address = Button::link(lang.t("address-title"), own.clone().then("address")).icon(Icon::Mail);
        shell
            .page(lang.t("own-edit"))
            .actions(address)
            .crumb(lang.t("own-title"), own.clone())
            .subtitle(html! { p.muted { (lang.with("own-edit-hint", &[("email", self.email.into())])) } })
            .body(&body)
    }
}
