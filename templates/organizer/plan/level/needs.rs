//! What a task needs of the crews, on the page of the task.

use domain::plan::crew::{Crew, CrewNeed};
use maud::{Markup, html};

use crate::components::{Button, card};
use crate::{FormState, Icon, Lang, links};

/// The needs of one task.
pub struct CrewNeeds<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Code of the task.
    pub code: &'a str,
    /// All crews.
    pub crews: &'a [Crew],
    /// What the task needs.
    pub needs: &'a [CrewNeed],
    /// What was typed and refused.
    pub form: FormState,
    /// May change it.
    pub may_edit: bool,
}

impl CrewNeeds<'_> {
    /// The card; nothing when there are no crews, or none is needed and nothing can be changed.
    pub fn render(&self, lang: Lang) -> Markup {
        if self.crews.is_empty() || (self.needs.is_empty() && !self.may_edit) {
            return html! {};
        }
        let needed = |crew: &Crew| self.needs.iter().find(|need| need.crew == crew.id).map(|need| need.quantity);
        let typed = |crew: &Crew| {
            let name = format!("crew-{}", crew.code);
            if self.form.is_clean() {
                needed(crew).map(|number| number.to_string()).unwrap_or_default()
            } else {
                self.form.value(&name)
            }
        };
        let fields = self.form.fields(lang);
        let inner = html! {
            @if self.needs.is_empty() { p.muted { (lang.t("crew-needs-none")) } } @else {
                dl.definitions {
                    @for crew in self.crews.iter().filter(|crew| needed(crew).is_some()) {
                        dt { a href=(links::level::crew(self.slug, crew.id)) { span.code { (crew.code) } " " (crew.name.get(lang.locale())) } }
                        dd { (lang.with("crew-needs-of", &[("needed", i64::from(needed(crew).unwrap_or(0)).into()), ("quantity", i64::from(crew.quantity).into())])) }
                    }
                }
            }
            @if self.may_edit {
                details open[!self.form.is_clean()] {
                    summary { (lang.t("crew-needs-change")) }
                    @if !self.form.is_clean() { (fields.summary()) }
                    form.form.narrow method="post" action=(links::level::task_crews(self.slug, self.code)) {
                        @for crew in self.crews {
                            div.field {
                                label for={ "crew-" (crew.code) } { (crew.code) " " (crew.name.get(lang.locale())) }
                                input type="number" id={ "crew-" (crew.code) } name={ "crew-" (crew.code) } value=(typed(crew)) min="0" inputmode="numeric";
                                @if let Some(refusal) = self.form.error(&format!("crew-{}", crew.code)) { p.error { (lang.refusal(refusal)) } }
                            }
                        }
                        div.form-actions { (Button::submit(lang.t("crew-save")).icon(Icon::Users)) }
                    }
                }
            }
        };
        card(&lang.t("crew-title"), &html! {}, &inner)
    }
}
