//! Choosing a file, and the imports so far.

use chrono_tz::Tz;
use domain::registration::{delegation::Delegation, intake::Intake};
use maud::{Markup, html};

use super::state;
use crate::{
    FormState, Lang, Shell,
    components::{Button, Col, Icon, Table, card, cell_lines},
    links,
};

/// The page.
pub struct IntakeStartPage<'a> {
    pub form: &'a FormState,
    /// The group whose people come.
    pub group: Option<&'a Delegation>,
    pub intakes: &'a [Intake],
    pub zone: Tz,
}

impl IntakeStartPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let body = html! {
            div.stack {
                (card(&lang.t("intake-new"), &html! {}, &self.upload(lang, slug)))
                @if !self.intakes.is_empty() { (card(&lang.t("intake-so-far"), &html! {}, &html! { (self.table(lang, slug)) })) }
            }
        };
        let mut page =
            shell.page(lang.t("intake-title")).crumb(lang.t("registration-title"), links::registration::home(slug));
        if let Some(group) = self.group {
            page = page
                .crumb(lang.t("delegation-list"), links::delegation::home(slug))
                .crumb(group.name.clone(), links::delegation::record(slug, group.id));
        }
        page.body(&body)
    }

    fn upload(&self, lang: Lang, slug: &str) -> Markup {
        let fields = self.form.fields(lang);
        let action = match self.group {
            Some(group) => links::intake::of_group(slug, group.id),
            None => links::intake::home(slug),
        };
        let file = |format: &str| links::intake::template(slug, format);
        html! {
            form.form.narrow method="post" enctype="multipart/form-data" action=(action) {
                (fields.summary())
                p.muted { (lang.t("intake-hint")) }
                (fields.file("file", "intake-file").required().hint("intake-file-hint"))
                div.form-actions {
                    (Button::submit(lang.t("intake-upload")).icon(Icon::Upload))
                    (Button::link(lang.t("intake-template-csv"), file("csv")).ghost().icon(Icon::Download).download())
                    (Button::link(lang.t("intake-template-xlsx"), file("xlsx")).ghost().icon(Icon::Download).download())
                }
            }
        }
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let mut table = Table::new(
            lang.t("intake-so-far"),
            vec![
                Col::main(lang.t("intake-file")),
                Col::tight(lang.t("intake-state")),
                Col::num(lang.t("intake-rows")),
                Col::num(lang.t("intake-registered")),
                Col::num(lang.t("intake-updated")).wide_only(),
                Col::num(lang.t("intake-known")).wide_only(),
                Col::num(lang.t("table-rejected")),
                Col::tight(lang.t("campaign-created")),
            ],
        );
        for one in self.intakes {
            let c = one.counts;
            table.row(vec![
                cell_lines(html! { a href=(links::intake::record(slug, one.id)) { (one.name) } }, &one.created_by),
                html! { (state(lang, one.state)) },
                html! { (lang.number(c.rows)) },
                html! { (lang.number(c.new)) },
                html! { (lang.number(c.updated)) },
                html! { (lang.number(c.known)) },
                html! { (lang.number(c.rejected)) },
                html! { (lang.moment(one.created_at, self.zone)) },
            ]);
        }
        table
    }
}
