//! The plan of an edition that has none yet: choose a template.

use maud::{Markup, html};

use crate::components::{Button, Choice, callout};
use crate::{FormState, Shell, Tone, links};

/// The screen before there is a plan.
pub struct NoPlan<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Code, name in the reader's language, number of tasks.
    pub templates: Vec<(&'a str, String, usize)>,
    /// What was chosen, and what was refused.
    pub form: FormState,
    /// May make a plan.
    pub may_edit: bool,
}

impl NoPlan<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            @if self.may_edit {
                form.form.narrow method="post" action=(links::plan::create(self.slug)) {
                    (self.form.fields(lang).summary())
                    p { (lang.t("plan-none-hint")) }
                    (self.form.fields(lang).radios("template", "plan-template", self.choices(shell)).required())
                    div.form-actions {
                        (Button::submit(lang.t("plan-create")))
                        (Button::link(lang.t("mspdi-title"), links::plan::exchange(self.slug)))
                    }
                }
            } @else {
                @let words = html! { (lang.t("plan-none-wait")) };
                (callout(Tone::Info, "", &words))
            }
        };
        shell.page(lang.t("plan-title")).body(&body)
    }

    fn choices(&self, shell: &Shell) -> Vec<Choice> {
        let hint = |count: usize| shell.lang.with("plan-template-tasks", &[("count", count.into())]);
        self.templates.iter().map(|(code, name, count)| Choice::new(*code, name.clone()).hint(hint(*count))).collect()
    }
}
