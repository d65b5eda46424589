//! What a registrant can see and decide about the own data: what is stored, what was agreed to and in which words, who
//! got it, and the way to have it removed.

use chrono::{DateTime, Utc};
use domain::{
    edition::Edition,
    registration::{
        Consent, Form as Asked, Purpose, Registration,
        disclosure::{Disclosure, Means, Recipient},
        view::ScanRow,
        wording::Wording,
    },
};
use maud::{Markup, Render, html};

use crate::{
    Lang, PublicShell, Tone,
    components::{Badge, Button, Col, Icon, Table, answer_words, card, definitions, question_name},
    links,
};

/// The page.
pub struct OwnDataPage<'a> {
    pub edition: &'a Edition,
    /// The key in the link.
    pub access: &'a str,
    pub registration: &'a Registration,
    /// The form that was answered.
    pub asked: &'a Asked,
    /// Every wording of the edition.
    pub wordings: &'a [Wording],
    /// What is asked for now.
    pub purposes: &'a [Purpose],
    pub consents: &'a [Consent],
    pub disclosures: &'a [Disclosure],
    pub scans: &'a [ScanRow],
    /// Mails written so far: how many, and when the last one.
    pub mails: (i64, Option<DateTime<Utc>>),
    /// The last day personal data is kept, if there is one.
    pub kept_until: Option<chrono::NaiveDate>,
}

/// The sentence of a purpose in a wording; the product's own where the edition has none.
pub fn sentence(lang: Lang, wordings: &[Wording], purpose: Purpose, code: &str) -> String {
    let own = wordings.iter().find(|wording| wording.code() == code).and_then(|wording| wording.texts.get(&purpose));
    own.map_or_else(|| lang.term("consent-text", purpose.code()), |text| text.get(lang.locale()).to_owned())
}

impl OwnDataPage<'_> {
    fn part(&self, part: &str) -> crate::Href {
        links::registration::own_part(&self.edition.slug, self.access, part)
    }

    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let own = links::registration::own(&self.edition.slug, self.access);
        let body = html! {
            div.stack {
                (card(&lang.t("data-stored"), &self.download(lang), &self.stored(lang)))
                (card(&lang.t("data-consents"), &html! {}, &self.consents(lang)))
                (card(&lang.t("data-recipients"), &html! {}, &self.recipients(lang)))
                (card(&lang.t("data-gates"), &html! {}, &self.gates(lang)))
                (card(&lang.t("data-remove"), &html! {}, &self.removal(lang)))
            }
        };
        shell
            .page(lang.t("data-title"))
            .crumb(lang.t("own-title"), own)
            .subtitle(html! { p.muted { (lang.t("data-hint")) } })
            .body(&body)
    }

    fn download(&self, lang: Lang) -> Markup {
        Button::link(lang.t("data-download"), self.part("data.json")).small().icon(Icon::Download).download().render()
    }

    fn stored(&self, lang: Lang) -> Markup {
        let d = &self.registration.details;
        let country = if d.country.is_empty() { String::new() } else { lang.term("country", &d.country) };
        let mut pairs = vec![
            (lang.t("registration-name"), html! { (d.display_name) }),
            (lang.t("party-other-script"), html! { (d.other_name) }),
            (lang.t("registration-email"), html! { (d.email) }),
            (lang.t("registration-phone"), html! { (d.phone) }),
            (lang.t("registration-company"), html! { (d.company) }),
            (lang.t("registration-job-title"), html! { (d.job_title) }),
            (lang.t("registration-country"), html! { (country) }),
            (lang.t("registration-category"), html! { (lang.term("category", self.registration.category.code())) }),
            (lang.t("registration-at"), html! { (lang.instant(self.registration.created_at, self.edition.time_zone)) }),
        ];
        for question in self.asked.own_questions() {
            if let Some(answer) = d.answers.get(&question.code) {
                pairs.push((question_name(lang, question), html! { (answer_words(lang, question, answer)) }));
            }
        }
        pairs.retain(|(_, value)| !value.0.is_empty());
        definitions(&pairs)
    }

    fn consents(&self, lang: Lang) -> Markup {
        let zone = self.edition.time_zone;
        let shown = Purpose::ALL.iter().filter(|purpose| {
            self.purposes.contains(purpose) || self.consents.iter().any(|consent| consent.purpose == **purpose)
        });
        let current = self.wordings.first().map_or_else(|| domain::registration::WORDING.to_owned(), Wording::code);
        html! {
            ul.consent-list {
                @for purpose in shown {
                    @let latest = self.consents.iter().rfind(|consent| consent.purpose == *purpose);
                    @let given = latest.is_some_and(|consent| consent.given);
                    // What was agreed to, or what one would agree to now.
                    @let code = latest.filter(|c| c.given).map_or(current.as_str(), |consent| consent.wording.as_str());
                    li {
                        div {
                            p { (sentence(lang, self.wordings, *purpose, code)) }
                            p.muted {
                                @match latest {
                                    Some(consent) => (lang.with(
                                        if given { "data-consent-given" } else { "data-consent-withdrawn" },
                                        &[("at", lang.instant(consent.at, zone).into()), ("wording", consent.wording.as_str().into())],
                                    )),
                                    None => (lang.t("own-consent-never")),
                                }
                            }
                        }
                        @if *purpose != Purpose::DataProcessing && self.registration.status.live() {
                            @let text = if given { lang.t("own-withdraw") } else { lang.t("own-give") };
                            (Button::post(text, self.part("consent")).small().value("purpose", purpose.code())
                                .value("given", if given { "" } else { "on" }).value("then", "data"))
                        }
                    }
                }
            }
        }
    }

    fn recipients(&self, lang: Lang) -> Markup {
        let zone = self.edition.time_zone;
        let (count, last) = self.mails;
        let mut table = Table::new(
            lang.t("data-recipients"),
            vec![Col::main(lang.t("data-who")), Col::new(lang.t("data-means")), Col::tight(lang.t("data-when"))],
        );
        for one in self.disclosures {
            let who = match one.recipient {
                Recipient::Team => lang.t("data-team"),
                Recipient::Program => lang.with("data-program", &[("name", one.name.as_str().into())]),
                Recipient::Exhibitor => one.name.clone(),
            };
            let means = match one.means {
                Means::List => lang.with("data-list", &[("people", one.people.into())]),
                Means::Scan => lang.t("data-scan"),
                Means::Program => lang.t("data-read"),
            };
            let tone = if one.registration.is_some() { Tone::Accent } else { Tone::Neutral };
            table.row(vec![
                html! { (who) },
                html! { (Badge::new(means, tone)) },
                html! { (lang.moment(one.at, zone)) },
            ]);
        }
        html! {
            p { (lang.t("data-organizer")) }
            @if table.is_empty() { p.muted { (lang.t("data-nobody")) } } @else { (table) }
            @if let Some(last) = last {
                p.muted { (lang.with("data-mails", &[("count", count.into()), ("at", lang.moment(last, zone).into())])) }
            }
        }
    }

    fn gates(&self, lang: Lang) -> Markup {
        if self.scans.is_empty() {
            return html! { p.muted { (lang.t("registration-scans-none")) } };
        }
        html! {
            ul.plain-list {
                @for scan in self.scans {
                    @let gate = domain::Bilingual::new(scan.gate_en.clone(), scan.gate_zh.clone());
                    li { (lang.moment(scan.at, self.edition.time_zone)) " · " (gate.get(lang.locale())) " · "
                        (lang.term("admission-direction", &scan.direction)) }
                }
            }
        }
    }

    fn removal(&self, lang: Lang) -> Markup {
        html! {
            @if let Some(day) = self.kept_until {
                p { (lang.with("data-kept-until", &[("day", lang.date(day).into())])) }
            }
            p.muted { (lang.t("data-remove-text")) }
            (Button::post(lang.t("data-remove-button"), self.part("forget")).danger().icon(Icon::Trash)
                .confirm(lang.t("data-remove-question")))
        }
    }
}
