//! Choosing a file, and the imports so far.

use chrono_tz::Tz;
use domain::registration::{delegation::Delegation, intake::Intake, voucher::Campaign};
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
    /// The campaign that invites who comes in the table.
    pub campaign: Option<&'a Campaign>,
    pub intakes: &'a [Intake],
    pub zone: Tz,
}

impl IntakeStartPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let body = html! {
            div.stack {
                (card(&lang.t(if self.campaign.is_some() { "intake-new-guests" } else { "intake-new" }), &html! {}, &self.upload(lang, slug)))
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
        if let Some(campaign) = self.campaign {
            page = page
                .crumb(lang.t("voucher-campaigns"), links::voucher::home(slug))
                .crumb(campaign.name.clone(), links::voucher::record(slug, campaign.id));
        }
        page.body(&body)
    }

    fn upload(&self, lang: Lang, slug: &str) -> Markup {
        let fields = self.form.fields(lang);
        let action = match (self.group, self.campaign) {
            (Some(group), _) => links::intake::of_group(slug, group.id),
            (None, Some(campaign)) => links::intake::of_campaign(slug, campaign.id),
            (None, None) => links::intake::home(slug),
        };
        let file = |format: &str| match self.campaign {
            Some(campaign) => links::intake::guest_template(slug, campaign.id, format),
            None => links::intake::template(slug, format),
        };
        let hint = if self.campaign.is_some() { "intake-guests-hint" } else { "intake-hint" };
        html! {
            form.form.narrow method="post" enctype="multipart/form-data" action=(action) {
                (fields.summary())
                p.muted { (lang.t(hint)) }
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
