//! A duty: what to do, by when, and the form that hands it in.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::exhibitor::{DutyState, view::DutyRow};
use maud::{Markup, html};

use crate::{
    FormState, Icon, Lang, PortalShell, Tone,
    components::{Button, callout, card, deadline, definitions, duty_light},
    links,
};

/// A duty's page.
pub struct DutyPage<'a> {
    /// The venue's zone.
    pub zone: Tz,
    /// Now, for the days left.
    pub now: DateTime<Utc>,
    /// The duty, which is the reader's own.
    pub duty: &'a DutyRow,
    /// The form.
    pub form: &'a FormState,
}

impl DutyPage<'_> {
    /// The page.
    pub fn render(&self, shell: &PortalShell) -> Markup {
        let lang = shell.lang;
        let duty = self.duty;
        let subtitle =
            html! { (duty_light(lang, duty.light)) " " (deadline(lang, self.zone, duty.deadline, self.now)) };
        let body = html! {
            div.narrow-page.stack {
                (card(&lang.t("portal-what-to-do"), &html! {}, &html! {
                    p.lead.lines { (duty.help.get(lang.locale())) }
                    @if duty.mandatory { p.muted { (lang.t("portal-mandatory")) } }
                }))
                @match duty.state {
                    DutyState::Open => {
                        // The note of an open duty was left by the organizer when it was opened again.
                        @if !duty.note.is_empty() {
                            (callout(Tone::Warn, &lang.t("portal-reopened"), &html! { p.lines { (duty.note) } }))
                        }
                        (card(&lang.t("portal-hand-in"), &html! {}, &self.complete(lang)))
                    }
                    DutyState::Done => (card(&lang.t("portal-handed-in"), &html! {}, &self.answer(lang))),
                    DutyState::Waived => (callout(Tone::Info, &lang.t("portal-waived"), &html! { p.lines { (duty.note) } })),
                }
            }
        };
        shell
            .page(duty.name.get(lang.locale()))
            .crumb(lang.t("portal-home"), links::portal::home())
            .subtitle(subtitle)
            .body(&body)
    }

    fn complete(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        html! {
            form.form method="post" action=(links::portal::duty(self.duty.id)) enctype="multipart/form-data" {
                (form.summary())
                input type="hidden" name="version" value=(self.duty.version);
                (form.textarea("note", "portal-note").rows(6).max_length(4000).hint("portal-note-hint"))
                (form.file("file", "portal-file").hint("portal-file-hint").wide())
                (form.checkbox("confirm", "portal-confirm", "yes").required())
                div.form-actions {
                    (Button::submit(lang.t("portal-complete")).icon(Icon::Check))
                    (Button::link(lang.t("venue-cancel"), links::portal::home()).ghost())
                }
            }
        }
    }

    fn answer(&self, lang: Lang) -> Markup {
        let duty = self.duty;
        html! {
            (definitions(&[
                (lang.t("portal-note"), html! { span.lines { (duty.note) } }),
                (lang.t("portal-file"), html! {
                    @if let Some((_, name)) = &duty.document { a href=(links::portal::duty_file(duty.id)) { (Icon::File) (name) } }
                }),
                (lang.t("portal-done-by"), html! { (duty.done_by) }),
                (lang.t("portal-done-at"), html! { @if let Some(at) = duty.done_at { (lang.instant(at, self.zone)) } }),
            ]))
            p.muted { (lang.t("portal-change-hint")) }
        }
    }
}
