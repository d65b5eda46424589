//! The mails registrants get: which there are, and the text of one in both languages with what it will look like.

use domain::registration::mail_text::{MailText, Occasion, PLACES};
use maud::{Markup, Render, html};

use super::views;
use crate::{
    Badge, FormState, Lang, Shell, Tone,
    components::{Button, Col, Icon, Table, card, icon_link},
    links,
    mails::registration::BadgeMail,
};

/// All mails.
pub struct MailsPage<'a> {
    pub texts: &'a [MailText],
    /// Days before opening on which reminders leave, as typed.
    pub remind_days: &'a str,
    pub may_manage: bool,
}

impl MailsPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let mut table = Table::new(
            lang.t("mailing-title"),
            vec![
                Col::main(lang.t("mailing-occasion")),
                Col::new(lang.t("mailing-subject")),
                Col::new(lang.t("mailing-text")),
                Col::actions(lang.t("component-edit")),
            ],
        );
        for text in self.texts {
            let link = links::form::mail(slug, text.occasion.code());
            let name = lang.term("mailing-occasion", text.occasion.code());
            let own = text.said(lang.locale());
            let standard = lang.term("badge-mail-subject", text.occasion.code());
            table.row(vec![
                html! {
                    @if self.may_manage { a href=(link.clone()) { (name) } } @else { (name) }
                    @if text.occasion == Occasion::Reminder {
                        span.cell-second { (lang.with("mailing-remind", &[("days", self.remind_days.into())])) }
                    }
                },
                html! { (own.map_or(standard.as_str(), |said| said.subject)) },
                html! {
                    @if own.is_some() { (Badge::new(lang.t("mailing-own"), Tone::Accent)) }
                    @else { span.muted { (lang.t("mailing-standard")) } }
                },
                html! { @if self.may_manage { (icon_link(Icon::Edit, &lang.t("component-edit"), link)) } },
            ]);
        }
        shell
            .page(lang.t("mailing-title"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .subtitle(html! { p.muted { (lang.t("mailing-hint")) } })
            .tabs(views(lang, slug, "mails"))
            .wide()
            .body(&table.render())
    }
}

/// The text of one mail.
pub struct MailTextPage<'a> {
    pub occasion: Occasion,
    pub form: &'a FormState,
    /// What it looks like in each language, with an example's values.
    pub previews: &'a [BadgeMail<'a>],
}

impl MailTextPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let code = self.occasion.code();
        let body = html! {
            div.mail-text {
                (card(&lang.t("mailing-text"), &html! {}, &self.fields(lang, slug)))
                div.stack {
                    @for preview in self.previews {
                        section.card.mail-preview lang=(preview.lang.code()) {
                            header.card-head { h2 { (lang.term("locale", preview.lang.code())) } }
                            (preview.picture())
                        }
                    }
                }
            }
        };
        shell
            .page(lang.term("mailing-occasion", code))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("mailing-title"), links::form::mails(slug))
            .wide()
            .body(&body)
    }

    fn fields(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.form.fields(lang);
        let places: Vec<String> = PLACES.iter().map(|place| format!("{{{{{place}}}}}")).collect();
        html! {
            form.form method="post" action=(links::form::mail(slug, self.occasion.code())) {
                (form.summary())
                (form.hidden("version"))
                p.hint { (lang.t("mailing-places")) }
                p { @for place in &places { code.place { (place) } " " } }
                (form.text("subject_en", "mailing-subject-en").wide().max_length(150))
                (form.textarea("body_en", "mailing-body-en").rows(8).max_length(6000))
                (form.text("subject_zh", "mailing-subject-zh").wide().max_length(150))
                (form.textarea("body_zh", "mailing-body-zh").rows(8).max_length(6000))
                p.hint { (lang.t("mailing-empty")) }
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    button.button type="submit" formaction=(links::form::mail_preview(slug, self.occasion.code())) {
                        (Icon::Eye) span { (lang.t("mailing-preview")) }
                    }
                    (Button::link(lang.t("component-cancel"), links::form::mails(slug)).ghost())
                }
            }
        }
    }
}
