//! Privacy: what visitors are asked to agree to, in which words, what the public page tells, how long data is kept.

use chrono_tz::Tz;
use domain::registration::{Purpose, wording::Wording};
use maud::{Markup, html};

use super::views;
use crate::{
    FormState, Lang, Shell,
    components::{Button, Icon, card, definitions, options},
    links,
};

/// The page.
pub struct PrivacyPage<'a> {
    /// The settings' form.
    pub form: &'a FormState,
    /// The wordings' form, filled with the sentences shown now.
    pub texts: &'a FormState,
    /// Every wording of the edition, newest first.
    pub wordings: &'a [Wording],
    /// How many consents each purpose has now.
    pub given: &'a [(Purpose, i64)],
    pub zone: Tz,
    pub may_manage: bool,
}

impl PrivacyPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let body = html! {
            div.with-aside {
                div.stack {
                    @if self.may_manage { (card(&lang.t("privacy-settings"), &html! {}, &self.settings(lang, slug))) }
                    (card(&lang.t("privacy-wording"), &html! {}, &self.wording(lang, slug)))
                }
                div.stack {
                    (card(&lang.t("privacy-given"), &html! {}, &self.figures(lang)))
                    (card(&lang.t("privacy-versions"), &html! {}, &self.versions(lang)))
                }
            }
        };
        shell
            .page(lang.t("privacy-title"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .subtitle(html! { p.muted { (lang.t("privacy-hint")) } })
            .tabs(views(lang, slug, "privacy"))
            .wide()
            .body(&body)
    }

    fn settings(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.form.fields(lang);
        let optional = Purpose::ALL.iter().filter(|p| **p != Purpose::DataProcessing).map(|p| p.code());
        html! {
            form.form method="post" action=(links::form::privacy(slug)) {
                (form.summary())
                (form.hidden("version"))
                (form.checks("purposes", "privacy-purposes", options(lang, "consent-purpose", optional)).hint("privacy-purposes-hint"))
                (form.checkbox("badge_at_once", "privacy-at-once", "on").hint("privacy-at-once-hint"))
                (form.number("keep_days", "privacy-keep").hint("privacy-keep-hint").min(1).step("1").unit(lang.t("privacy-days")))
                (form.text("remind_days", "privacy-remind").hint("privacy-remind-hint").max_length(60))
                div.form-actions { (Button::submit(lang.t("component-save")).icon(Icon::Check)) }
            }
        }
    }

    fn wording(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.texts.fields(lang);
        if !self.may_manage {
            return html! {
                dl.definitions {
                    @for purpose in Purpose::ALL {
                        dt { (lang.term("consent-purpose", purpose.code())) }
                        dd { (self.texts.value(&format!("{}_{}", purpose.code(), ending(lang)))) }
                    }
                }
            };
        }
        html! {
            p.muted { (lang.t("privacy-wording-hint")) }
            form.form method="post" action=(links::form::wording(slug)) {
                (form.summary())
                (form.hidden("seen"))
                @for purpose in Purpose::ALL {
                    fieldset {
                        legend { (lang.term("consent-purpose", purpose.code())) }
                        @for (ending, language) in [("en", Lang::EN), ("zh", Lang::ZH)] {
                            (form.textarea(&format!("{}_{ending}", purpose.code()), "").rows(3).max_length(600).required()
                                .labelled(lang.term("locale", language.code())))
                        }
                    }
                }
                div.form-actions {
                    (Button::submit(lang.t("privacy-publish")).icon(Icon::Check).confirm(lang.t("privacy-publish-question")))
                }
            }
        }
    }

    fn figures(&self, lang: Lang) -> Markup {
        let pairs: Vec<(String, Markup)> = self
            .given
            .iter()
            .map(|(purpose, count)| {
                (lang.term("consent-purpose", purpose.code()), html! { span.num { (lang.number(*count)) } })
            })
            .collect();
        definitions(&pairs)
    }

    fn versions(&self, lang: Lang) -> Markup {
        html! {
            ul.plain-list {
                @for wording in self.wordings {
                    li {
                        details {
                            summary {
                                strong { (wording.code()) } " "
                                span.muted { (lang.moment(wording.published_at, self.zone)) " · " (wording.by) }
                            }
                            dl.definitions {
                                @for (purpose, text) in &wording.texts {
                                    dt { (lang.term("consent-purpose", purpose.code())) }
                                    dd { (text.get(lang.locale())) }
                                }
                            }
                        }
                    }
                }
                li { strong { (domain::registration::WORDING) } " " span.muted { (lang.t("privacy-first-wording")) } }
            }
        }
    }
}

fn ending(lang: Lang) -> &'static str {
    if lang == Lang::ZH { "zh" } else { "en" }
}
