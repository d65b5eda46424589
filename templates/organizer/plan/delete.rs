//! Taking tasks away: the code (or the count) has to be typed. What has begun is cancelled, not deleted.

use domain::Bilingual;
use maud::{Markup, html};

use crate::components::{Button, callout};
use crate::{FormState, Href, Icon, Shell, Tone, links};

/// Tasks that are to be deleted.
pub struct DeletePage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Code and name of each.
    pub tasks: Vec<(String, Bilingual)>,
    /// Where the form goes.
    pub to: Href,
    /// What is typed, and what is refused.
    pub form: FormState,
}

impl DeletePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let (title, wanted) = match &self.tasks[..] {
            [(code, _)] => (lang.with("revise-delete-one", &[("code", code.as_str().into())]), code.clone()),
            many => (lang.with("revise-delete-many", &[("count", many.len().into())]), many.len().to_string()),
        };
        let back = match &self.tasks[..] {
            [(code, _)] => links::plan::task(self.slug, code),
            _ => links::plan::home(self.slug),
        };
        let words = html! { p { (lang.t("revise-delete-hint")) } };
        let body = html! {
            form.form.narrow method="post" action=(self.to) {
                (self.form.fields(lang).summary())
                (callout(Tone::Warn, "", &words))
                ul.rows.wide {
                    @for (code, name) in &self.tasks {
                        li {
                            input type="hidden" name="tasks" value=(code);
                            span.row-text { span.code { (code) } " " (name.get(lang.locale())) }
                        }
                    }
                }
                (self.form.fields(lang).text("typed", "revise-typed").required().hint_text(lang.with("revise-typed-hint", &[("wanted", wanted.into())])))
                div.form-actions {
                    (Button::submit(lang.t("revise-delete-preview")).value("act", "preview").icon(Icon::Trash).danger())
                    (Button::link(lang.t("component-cancel"), back))
                }
            }
        };
        shell.page(title).crumb(lang.t("plan-title"), links::plan::home(self.slug)).body(&body)
    }
}
