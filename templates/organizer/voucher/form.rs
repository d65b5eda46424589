//! The forms of a campaign.

use domain::registration::{
    Category,
    voucher::{Campaign, Kind},
};
use maud::{Markup, html};

use crate::{
    FormState, Lang, Shell,
    components::{Button, Choice, Form, Icon, options},
    links,
};

/// A new campaign.
pub struct NewCampaignPage<'a> {
    pub form: &'a FormState,
}

impl NewCampaignPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let form = self.form.fields(lang);
        let kinds = Kind::ALL
            .iter()
            .map(|kind| {
                let hint = lang.term("campaign-kind-hint", kind.code());
                Choice::new(kind.code(), lang.term("campaign-kind", kind.code())).hint(hint)
            })
            .collect();
        let body = html! {
            form.form method="post" action=(links::voucher::new(slug)) {
                (form.summary())
                (fields(lang, form))
                (form.radios("kind", "campaign-kind", kinds).value(Kind::Single.code()).required())
                (form.number("count", "campaign-count").min(0).max(domain::registration::voucher::MOST_CODES).hint("campaign-count-hint"))
                (form.text("code", "campaign-code").max_length(40).hint("campaign-code-hint"))
                div.form-actions {
                    (Button::submit(lang.t("campaign-create")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), links::voucher::home(slug)))
                }
            }
        };
        shell
            .page(lang.t("campaign-new"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("voucher-campaigns"), links::voucher::home(slug))
            .body(&body)
    }
}

fn fields(lang: Lang, form: Form<'_>) -> Markup {
    html! {
        (form.text("name", "campaign-name").required().max_length(120))
        (form.select("category", "registration-category", options(lang, "category", Category::ALL.iter().map(|c| c.code()))).required())
        (form.number("quota", "campaign-quota").min(1).max(1_000_000).hint("campaign-quota-hint"))
        (form.date("valid_from", "campaign-from"))
        (form.date("valid_until", "campaign-until"))
        (form.textarea("note", "campaign-note").max_length(1000))
    }
}

/// The form that changes a campaign.
pub struct EditCampaignPage<'a> {
    pub campaign: &'a Campaign,
    pub form: &'a FormState,
}

impl EditCampaignPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let form = self.form.fields(lang);
        let record = links::voucher::record(slug, self.campaign.id);
        let body = html! {
            form.form method="post" action=(links::voucher::edit(slug, self.campaign.id)) {
                (form.summary())
                (form.hidden("version"))
                (fields(lang, form))
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), record.clone()))
                }
            }
        };
        shell
            .page(lang.t("campaign-edit"))
            .crumb(lang.t("voucher-campaigns"), links::voucher::home(slug))
            .crumb(self.campaign.name.clone(), record.clone())
            .body(&body)
    }
}
