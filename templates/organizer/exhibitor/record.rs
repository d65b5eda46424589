//! An exhibitor: the company, its stands, its contacts, its duties, and everything that happened.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    PlaceId,
    exhibitor::{
        DutyState,
        view::{ContactRow, DutyRow, ExhibitorRecord},
    },
    journal,
};
use maud::{Markup, Render, html};

use crate::{
    Badge, FormState, Icon, Lang, Shell, Tone,
    components::{
        Button, Choice, Col, Table, card, cell_lines, deadline, definitions, dialog, duty_light, history, progress,
    },
    links,
};

/// An exhibitor's page.
pub struct ExhibitorPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The venue's zone.
    pub zone: Tz,
    /// Now, for the days left.
    pub now: DateTime<Utc>,
    /// The exhibitor.
    pub record: &'a ExhibitorRecord,
    /// The invitation, the assignment or the reason being written.
    pub form: &'a FormState,
    /// Free stands.
    pub free: &'a [(PlaceId, String)],
    /// What happened.
    pub timeline: &'a [journal::Entry],
    /// Whether the viewer may invite and decide about duties.
    pub may_edit: bool,
    /// Whether the viewer may give stands.
    pub may_sell: bool,
}

impl ExhibitorPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let r = self.record;
        let subtitle = html! {
            (Badge::new(lang.term("exhibitor-status", &r.status), Tone::Info))
            @if !r.country.is_empty() { " " (lang.term("country", &r.country)) }
        };
        let actions = html! {
            (Button::link(lang.t("exhibitor-company-record"), links::party::home(self.slug).query(&[("q", &r.company.en)])).icon(Icon::Building))
            @if self.may_edit {
                (Button::open(lang.t("exhibitor-invite"), "invite").primary().icon(Icon::UserPlus))
            }
        };
        let body = html! {
            (self.form.fields(lang).summary())
            div.with-aside {
                div.stack {
                    (card(&lang.t("exhibitor-duties"), &self.done(lang), &self.duties(lang)))
                    (card(&lang.t("exhibitor-history"), &html! {}, &history(lang, self.zone, self.timeline)))
                }
                div.stack {
                    (card(&lang.t("exhibitor-stands"), &html! {}, &self.stands(lang)))
                    (card(&lang.t("exhibitor-contacts"), &html! {}, &self.contacts(lang)))
                    (card(&lang.t("exhibitor-company"), &html! {}, &self.company(lang)))
                }
            }
            @if self.may_edit { (dialog(lang, "invite", &lang.t("exhibitor-invite"), &self.invite(lang))) }
        };
        shell
            .page(r.company.get(lang.locale()))
            .crumb(lang.t("exhibitor-title"), links::exhibitor::home(self.slug))
            .subtitle(subtitle)
            .actions(actions)
            .wide()
            .body(&body)
    }

    fn done(&self, lang: Lang) -> Markup {
        let p = self.record.progress();
        progress(lang, p.done, p.total, if p.overdue > 0 { Tone::Bad } else { Tone::Good })
    }

    fn company(&self, lang: Lang) -> Markup {
        let r = self.record;
        definitions(&[
            (lang.t("apply-company-en"), html! { (r.company.en) }),
            (lang.t("apply-company-zh"), html! { (r.company.zh) }),
            (lang.t("apply-website"), html! { span.breakable { (r.website) } }),
            (lang.t("exhibitor-phone"), html! { (r.phone) }),
            (lang.t("exhibitor-since"), html! { (lang.instant(r.created_at, self.zone)) }),
        ])
    }

    fn stands(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let free = self.free.iter().map(|(id, words)| Choice::new(id.to_string(), words)).collect();
        html! {
            @if self.record.stands.is_empty() { p.muted { (lang.t("exhibitor-no-stand")) } }
            ul.plain-list {
                @for stand in &self.record.stands {
                    li {
                        a.strong href=(links::sales::stand(self.slug, stand.id)) { (stand.number) }
                        " · " (lang.term("stand-kind", stand.kind.code())) " · " (lang.area(stand.area_dm2))
                        " · " a href=(links::venue::hall(self.slug, stand.hall)) { (stand.hall_code) }
                    }
                }
            }
            @if self.may_sell {
                details {
                    summary { (lang.t("exhibitor-give-stand")) }
                    form.form method="post" action=(links::exhibitor::assign(self.slug, self.record.participation)) {
                        (form.select("stand", "sales-stand-to-give", free).required().wide())
                        div.form-actions { (Button::submit(lang.t("sales-assign")).icon(Icon::Check)) }
                    }
                }
            }
        }
    }

    fn contacts(&self, lang: Lang) -> Markup {
        html! {
            @if self.record.contacts.is_empty() { p.muted { (lang.t("exhibitor-no-contacts")) } }
            ul.plain-list {
                @for contact in &self.record.contacts { li { (self.contact(lang, contact)) } }
            }
        }
    }

    fn contact(&self, lang: Lang, contact: &ContactRow) -> Markup {
        let badge = if contact.joined_at.is_some() {
            Badge::new(lang.t("exhibitor-contact-joined"), Tone::Good).marked()
        } else if contact.invited_until.is_some_and(|until| until > self.now) {
            Badge::new(lang.t("exhibitor-contact-invited"), Tone::Info)
        } else if contact.invited_until.is_some() {
            Badge::new(lang.t("exhibitor-contact-expired"), Tone::Warn).marked()
        } else {
            Badge::new(lang.t("exhibitor-contact-new"), Tone::Neutral)
        };
        html! {
            (cell_lines(html! { strong { (contact.name) } " " (badge) }, &contact.email))
            @if self.may_edit && contact.joined_at.is_none() && contact.active {
                div.actions {
                    (Button::post(
                        lang.t(if contact.invited_until.is_some() { "exhibitor-invite-again" } else { "exhibitor-send-invitation" }),
                        links::exhibitor::invite_again(self.slug, self.record.participation, contact.id),
                    ).small().icon(Icon::Send))
                }
            }
            @if self.may_edit && contact.second_factor {
                div.actions {
                    (Button::post(
                        lang.t("access-factor-end"),
                        links::exhibitor::contact_factor_end(self.slug, self.record.participation, contact.id),
                    ).small().confirm(lang.with("access-factor-end-question", &[("name", contact.name.as_str().into())])))
                }
            }
        }
    }

    fn invite(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let languages = domain::Locale::ALL
            .iter()
            .map(|locale| Choice::new(locale.code(), Lang::new(*locale).t("shell-language-self")))
            .collect();
        html! {
            form.form method="post" action=(links::exhibitor::invite(self.slug, self.record.participation)) {
                (form.text("name", "exhibitor-contact-name").required().max_length(120))
                (form.email("email", "exhibitor-contact-email").required())
                (form.select("locale", "sales-language", languages).required().value(lang.code()))
                p.hint { (lang.t("exhibitor-invite-hint")) }
                div.form-actions { (Button::submit(lang.t("exhibitor-send-invitation")).icon(Icon::Send)) }
            }
        }
    }

    fn duties(&self, lang: Lang) -> Markup {
        if self.record.duties.is_empty() {
            return html! { p.muted { (lang.t("exhibitor-no-duties")) } };
        }
        let mut table = Table::new(
            lang.t("exhibitor-duties"),
            vec![
                Col::main(lang.t("exhibitor-duty")),
                Col::new(lang.t("exhibitor-light")),
                Col::new(lang.t("exhibitor-deadline")),
                Col::new(lang.t("exhibitor-answer")),
                Col::actions(lang.t("exhibitor-act")),
            ],
        );
        for duty in &self.record.duties {
            let class = if duty.state == DutyState::Open { "" } else { "is-done" };
            table.row_at(self.duty_cells(lang, duty), class, format!("duty-{}", duty.id));
        }
        html! { (table) @if self.may_edit { @for duty in &self.record.duties { (self.duty_dialog(lang, duty)) } } }
    }

    fn duty_cells(&self, lang: Lang, duty: &DutyRow) -> Vec<Markup> {
        let task = match &duty.task {
            Some((_, code)) => lang.with("exhibitor-plan-task", &[("code", code.as_str().into())]),
            None => String::new(),
        };
        let act = if duty.state == DutyState::Open {
            ("exhibitor-waive", Icon::Minus)
        } else {
            ("exhibitor-reopen", Icon::Undo)
        };
        vec![
            cell_lines(
                html! {
                    (duty.name.get(lang.locale()))
                    @if duty.mandatory { span.required-mark title=(lang.t("exhibitor-mandatory")) { " *" } }
                },
                &task,
            ),
            duty_light(lang, duty.light),
            deadline(lang, self.zone, duty.deadline, self.now),
            html! {
                @if !duty.note.is_empty() { span.lines { (duty.note) } }
                @if let Some((_, name)) = &duty.document {
                    " " a href=(links::exhibitor::duty_file(self.slug, duty.id)) { (Icon::File) (name) }
                }
                @if let Some(at) = duty.done_at {
                    p.muted { @if !duty.done_by.is_empty() { (duty.done_by) " · " } (lang.moment(at, self.zone)) }
                }
            },
            html! {
                @if self.may_edit {
                    (Button::open(lang.t(act.0), format!("act-{}", duty.id)).ghost().small().icon(act.1))
                }
            },
        ]
    }

    /// Waiving and reopening need a reason, so each opens a small form.
    fn duty_dialog(&self, lang: Lang, duty: &DutyRow) -> Markup {
        let (key, to) = if duty.state == DutyState::Open {
            ("exhibitor-waive", links::exhibitor::waive(self.slug, duty.id))
        } else {
            ("exhibitor-reopen", links::exhibitor::reopen(self.slug, duty.id))
        };
        let field = format!("reason-{}", duty.id);
        let body = html! {
            p { strong { (duty.name.get(lang.locale())) } }
            form.form method="post" action=(to) {
                input type="hidden" name="version" value=(duty.version);
                div.field.wide {
                    label for=(field) { (lang.t("exhibitor-reason")) }
                    textarea id=(field) name="reason" rows="3" required maxlength="1000" {}
                }
                div.form-actions { (Button::submit(lang.t(key))) }
            }
        };
        dialog(lang, &format!("act-{}", duty.id), &lang.t(key), &body).render()
    }
}
