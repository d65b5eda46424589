//! One registration: who, badges, where it was seen, consents, what happened.

use chrono_tz::Tz;
use domain::{
    journal,
    registration::{
        Consent, CredentialState, Form as Asked, Purpose, Registration, Status,
        view::{CredentialRow, Origin, ScanRow},
        voucher::shown,
    },
};
use maud::{Markup, html};

use super::{category, credential, status};
use crate::{
    Lang, Shell, Tone,
    components::{
        Badge, Button, Col, Icon, Table, answer_words, callout, card, definitions, dialog, facts, history,
        question_name,
    },
    links,
};

/// The page of a registration.
pub struct RecordPage<'a> {
    pub registration: &'a Registration,
    /// The form that was answered.
    pub asked: &'a Asked,
    /// How many stand before it on the waiting list.
    pub ahead: i64,
    pub badges: &'a [CredentialRow],
    pub scans: &'a [ScanRow],
    pub consents: &'a [Consent],
    pub history: &'a [journal::Entry],
    /// By what it came in.
    pub origin: &'a Origin,
    /// Characters of the badge that cannot be printed.
    pub missing_glyphs: &'a [char],
    pub zone: Tz,
    pub may_edit: bool,
    pub may_see_party: bool,
    pub may_manage: bool,
    /// The card that prints the badge and says what was printed before.
    pub printing: Markup,
}

impl RecordPage<'_> {
    fn current(&self) -> Option<CredentialState> {
        self.badges.first().and_then(|badge| CredentialState::parse(&badge.state))
    }

    fn act(&self, slug: &str, deed: &str) -> crate::Href {
        links::registration::act(slug, self.registration.id, deed)
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let r = self.registration;
        let body = html! {
            @if r.waiting_since.is_some() {
                @let place = [("place", (self.ahead + 1).into())];
                (callout(Tone::Info, &lang.with("registration-waits", &place), &html! {}))
            }
            @if !self.missing_glyphs.is_empty() {
                @let glyphs: String = self.missing_glyphs.iter().collect();
                (callout(Tone::Warn, &lang.with("registration-missing-glyphs", &[("glyphs", glyphs.into())]), &html! {}))
            }
            (facts(&self.key_facts(lang)))
            div.with-aside {
                div.stack {
                    (card(&lang.t("registration-facts"), &self.edit_link(lang, slug), &self.details(lang, slug)))
                    @let answers = self.answers(lang);
                    @if !answers.is_empty() { (card(&lang.t("registration-answers"), &html! {}, &definitions(&answers))) }
                    (card(&lang.t("registration-badges"), &html! {}, &self.badge_table(lang)))
                    (card(&lang.t("registration-scans"), &html! {}, &self.scan_table(lang)))
                }
                div.stack {
                    (self.printing)
                    (card(&lang.t("registration-consents"), &html! {}, &self.consent_list(lang)))
                    (card(&lang.t("registration-history"), &html! {}, &history(lang, self.zone, self.history)))
                }
            }
            (self.block_dialog(lang, slug))
        };
        shell
            .page(r.details.display_name.clone())
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .subtitle(html! { (category(lang, r.category.code())) (status(lang, r.status.code())) })
            .actions(self.actions(lang, slug))
            .body(&body)
    }

    fn key_facts(&self, lang: Lang) -> Vec<(String, Markup)> {
        let r = self.registration;
        let badge = self.badges.first();
        vec![
            (lang.t("registration-number"), html! { span.num { (r.number) } }),
            (
                lang.t("registration-badge"),
                html! { @if let Some(badge) = badge { span.num { (badge.serial) } " " (credential(lang, &badge.state)) } },
            ),
            (lang.t("registration-channel"), html! { (lang.term("channel", r.channel.code())) }),
            (lang.t("registration-at"), html! { (lang.instant(r.created_at, self.zone)) }),
        ]
    }

    fn edit_link(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            @if self.may_edit && self.registration.status.live() {
                (Button::link(lang.t("registration-edit"), links::registration::edit(slug, self.registration.id))
                    .ghost().small().icon(Icon::Edit))
            }
        }
    }

    fn details(&self, lang: Lang, slug: &str) -> Markup {
        let d = &self.registration.details;
        let country = if d.country.is_empty() { String::new() } else { lang.term("country", &d.country) };
        let mut pairs = vec![
            (lang.t("registration-name"), html! { (d.display_name) }),
            (lang.t("registration-company"), html! { (d.company) }),
            (lang.t("registration-job-title"), html! { (d.job_title) }),
            (
                lang.t("registration-email"),
                html! { @if !d.email.is_empty() { a href={ "mailto:" (d.email) } { (d.email) } } },
            ),
            (
                lang.t("registration-phone"),
                html! { @if !d.phone.is_empty() { a href={ "tel:" (d.phone.replace(' ', "")) } { (d.phone) } } },
            ),
            (lang.t("registration-country"), html! { (country) }),
            (lang.t("registration-language"), html! { (lang.term("locale", d.locale.code())) }),
        ];
        if !d.other_name.is_empty() {
            pairs.insert(1, (lang.t("party-other-script"), html! { (d.other_name) }));
        }
        if let Some((id, name, code)) = &self.origin.campaign {
            let link =
                html! { a href=(links::voucher::record(slug, *id)) { (name) } " " span.code.muted { (shown(code)) } };
            pairs.push((lang.t("voucher-campaigns"), link));
        }
        if let Some((id, name)) = &self.origin.group {
            pairs.push((lang.t("delegation-list"), html! { a href=(links::delegation::record(slug, *id)) { (name) } }));
        }
        if let (Some(party), true) = (self.registration.party, self.may_see_party) {
            let link = html! { a href=(links::party::record(slug, party)) { (d.display_name) } };
            pairs.push((lang.t("registration-person"), link));
        }
        definitions(&pairs)
    }

    /// Answers in the order of the form; then those it does not know any more, under their codes.
    fn answers(&self, lang: Lang) -> Vec<(String, Markup)> {
        let answers = &self.registration.details.answers;
        let known = self.asked.own_questions().filter_map(|question| {
            let answer = answers.get(&question.code)?;
            Some((question_name(lang, question), html! { (answer_words(lang, question, answer)) }))
        });
        let others = answers.iter().filter(|(code, _)| self.asked.question(code).is_none());
        known.chain(others.map(|(code, answer)| (code.clone(), html! { (answer) }))).collect()
    }

    fn badge_table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("registration-badges"),
            vec![
                Col::main(lang.t("badge-serial")),
                Col::new(lang.t("registration-status")),
                Col::tight(lang.t("registration-valid")),
                Col::tight(lang.t("registration-issued")),
                Col::num(lang.t("registration-reprint-no")),
            ],
        );
        for badge in self.badges {
            table.row(vec![
                html! { span.num { (badge.serial) } },
                html! { (credential(lang, &badge.state)) },
                html! { (lang.date_range(badge.valid_from, badge.valid_until)) },
                html! { (lang.moment(badge.issued_at, self.zone)) },
                html! { (badge.reprint_no) },
            ]);
        }
        html! { @if table.is_empty() { p.muted { (lang.t("refusal-no-badge")) } } @else { (table) } }
    }

    fn scan_table(&self, lang: Lang) -> Markup {
        if self.scans.is_empty() {
            return html! { p.muted { (lang.t("registration-scans-none")) } };
        }
        let mut table = Table::new(
            lang.t("registration-scans"),
            vec![
                Col::main(lang.t("registration-when")),
                Col::new(lang.t("registration-gate")),
                Col::new(lang.t("registration-direction")),
                Col::new(lang.t("registration-verdict")),
            ],
        );
        for scan in self.scans {
            let gate = domain::Bilingual::new(scan.gate_en.clone(), scan.gate_zh.clone());
            let tone = if scan.verdict == "deny" { Tone::Bad } else { Tone::Good };
            table.row(vec![
                html! { (lang.instant(scan.at, self.zone)) },
                html! { (gate.get(lang.locale())) },
                html! { (lang.term("admission-direction", &scan.direction)) },
                html! {
                    (Badge::new(lang.term("admission-verdict", &scan.verdict), tone).marked())
                    @if let Some(reason) = &scan.reason { " " span.muted { (lang.term("admission-reason", reason)) } }
                },
            ]);
        }
        html! { (table) }
    }

    fn consent_list(&self, lang: Lang) -> Markup {
        let pairs: Vec<_> = Purpose::ALL
            .iter()
            .map(|purpose| {
                let latest = self.consents.iter().rfind(|c| c.purpose == *purpose);
                let text = match latest {
                    Some(c) if c.given => lang.with("own-consent-given", &[("wording", c.wording.as_str().into())]),
                    Some(_) => lang.t("own-consent-withdrawn"),
                    None => lang.t("own-consent-never"),
                };
                let when = latest.map(|c| lang.instant(c.at, self.zone)).unwrap_or_default();
                let value = html! { (text) @if !when.is_empty() { br; span.muted { (when) } } };
                (lang.term("consent-purpose", purpose.code()), value)
            })
            .collect();
        definitions(&pairs)
    }

    fn actions(&self, lang: Lang, slug: &str) -> Markup {
        let r = self.registration;
        let current = self.current();
        let printable = current == Some(CredentialState::Active);
        html! {
            @if printable {
                (Button::link(lang.t("registration-badge-view"), links::registration::badge(slug, r.id)).icon(Icon::Eye))
                (Button::link(lang.t("badge-pdf"), links::registration::badge_pdf(slug, r.id)).icon(Icon::Download).download())
            }
            @if self.may_edit {
                @if r.waiting_since.is_some() {
                    (Button::post(lang.t("registration-promote"), self.act(slug, "promote")).primary().icon(Icon::UserCheck))
                    (Button::post(lang.t("registration-reject"), self.act(slug, "reject")).danger())
                } @else if r.status == Status::Registered {
                    (Button::post(lang.t("registration-approve"), self.act(slug, "approve")).primary().icon(Icon::Check))
                    (Button::post(lang.t("registration-reject"), self.act(slug, "reject")).danger())
                }
                @if r.status == Status::Approved {
                    (Button::post(lang.t("registration-reprint"), self.act(slug, "reprint")).icon(Icon::Refresh)
                        .confirm(lang.t("registration-reprint-question")))
                    @if !r.details.email.is_empty() {
                        (Button::post(lang.t("registration-mail-again"), self.act(slug, "mail")).icon(Icon::Mail))
                    }
                }
                @if r.status == Status::Approved {
                    (Button::link(lang.t("letter-list"), links::letter::of(slug, r.id)).icon(Icon::File))
                }
                @if current == Some(CredentialState::Active) {
                    (Button::open(lang.t("registration-block"), "block").icon(Icon::Ban))
                }
                @if current == Some(CredentialState::Blocked) {
                    (Button::post(lang.t("registration-unblock"), self.act(slug, "unblock")).icon(Icon::Undo))
                }
                @if r.status.live() {
                    (Button::post(lang.t("registration-cancel"), self.act(slug, "cancel")).danger()
                        .confirm(lang.t("registration-cancel-question")))
                }
            }
            @if self.may_manage && r.status != Status::Anonymized {
                (Button::post(lang.t("registration-anonymize"), self.act(slug, "anonymize")).danger().icon(Icon::Trash)
                    .confirm(lang.t("registration-anonymize-question")))
            }
        }
    }

    fn block_dialog(&self, lang: Lang, slug: &str) -> Markup {
        if !self.may_edit || self.current() != Some(CredentialState::Active) {
            return html! {};
        }
        let state = crate::FormState::empty();
        let form = state.fields(lang);
        let body = html! {
            form.form.narrow method="post" action=(self.act(slug, "block")) {
                (form.text("reason", "registration-block-reason").required().max_length(200))
                div.form-actions { (Button::submit(lang.t("registration-block")).danger()) }
            }
        };
        dialog(lang, "block", &lang.t("registration-block"), &body)
    }
}
