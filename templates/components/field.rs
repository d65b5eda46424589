//! The fields of a form: label, control, hint and the error of this very field.

use domain::Refusal;
use maud::{Markup, Render, html};

use super::{Tone, callout};
use crate::{FormState, Lang};

/// One choice of a select, radio or check group.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub text: String,
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), hint: String::new() }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub(super) fn option(&self, chosen: &str) -> Markup {
        html! { option value=(self.value) selected[self.value == chosen] { (self.text) } }
    }
}

/// Choices of a family of words: `options(lang, "task-state", codes)`.
pub fn options<'a>(lang: Lang, family: &str, codes: impl IntoIterator<Item = &'a str>) -> Vec<Choice> {
    codes.into_iter().map(|code| Choice::new(code, lang.term(family, code))).collect()
}

/// A form in one language: makes the fields of its state.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    lang: Lang,
    state: &'a FormState,
}

impl<'a> Form<'a> {
    pub fn new(lang: Lang, state: &'a FormState) -> Self {
        Self { lang, state }
    }

    fn field(self, kind: Kind, name: &str, label_key: &str) -> Field {
        Field {
            lang: self.lang,
            kind,
            name: name.to_owned(),
            label: self.lang.t(label_key),
            values: self.state.values(name),
            value: self.state.value(name),
            error: self.state.error(name).cloned(),
            hint: String::new(),
            required: false,
            required_when_shown: false,
            steps: false,
            autocomplete: None,
            placeholder: String::new(),
            bounds: (None, None),
            step: None,
            unit: String::new(),
            rows: 3,
            autofocus: false,
            wide: false,
            max_length: None,
            list: None,
            within: String::new(),
        }
    }

    pub fn text(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("text"), name, label_key)
    }

    pub fn email(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("email"), name, label_key).autocomplete("email")
    }

    pub fn phone(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("tel"), name, label_key).autocomplete("tel")
    }

    pub fn url(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("url"), name, label_key).autocomplete("url")
    }

    /// A secret; what was typed is never given back.
    pub fn password(self, name: &str, label_key: &str) -> Field {
        let mut field = self.field(Kind::Input("password"), name, label_key).autocomplete("current-password");
        field.value = String::new();
        field
    }

    pub fn number(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("number"), name, label_key)
    }

    pub fn date(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("date"), name, label_key)
    }

    pub fn time(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("time"), name, label_key)
    }

    pub fn datetime(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("datetime-local"), name, label_key)
    }

    /// A file; its form needs `enctype="multipart/form-data"`.
    pub fn file(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Input("file"), name, label_key)
    }

    pub fn textarea(self, name: &str, label_key: &str) -> Field {
        self.field(Kind::Area, name, label_key).wide()
    }

    pub fn select(self, name: &str, label_key: &str, choices: Vec<Choice>) -> Field {
        self.field(Kind::Select(choices), name, label_key)
    }

    /// One of a few, all in sight.
    pub fn radios(self, name: &str, label_key: &str, choices: Vec<Choice>) -> Field {
        self.field(Kind::Group("radio", choices), name, label_key).wide()
    }

    /// Any of a few.
    pub fn checks(self, name: &str, label_key: &str, choices: Vec<Choice>) -> Field {
        self.field(Kind::Group("checkbox", choices), name, label_key).wide()
    }

    /// Yes or no; sends `value` when ticked.
    pub fn checkbox(self, name: &str, label_key: &str, value: &str) -> Field {
        self.field(Kind::Check(value.to_owned()), name, label_key).wide()
    }

    /// A value that travels unseen.
    pub fn hidden(self, name: &str) -> Markup {
        html! { input type="hidden" name=(name) value=(self.state.value(name)); }
    }

    /// What was refused, above the form, each a link to its field.
    pub fn summary(self) -> Markup {
        if self.state.is_clean() {
            return html! {};
        }
        let list = html! {
            ul {
                @for refusal in self.state.refusals() {
                    li {
                        @match &refusal.field {
                            Some(field) => a href={ "#field-" (field) } { (self.lang.refusal(refusal)) },
                            None => (self.lang.refusal(refusal)),
                        }
                    }
                }
            }
        };
        html! { div.form-summary tabindex="-1" data-focus { (callout(Tone::Bad, &self.lang.t("component-form-refused"), &list)) } }
    }
}

#[derive(Debug, Clone)]
enum Kind {
    Input(&'static str),
    Area,
    Select(Vec<Choice>),
    Group(&'static str, Vec<Choice>),
    Check(String),
}

/// One field.
#[derive(Debug, Clone)]
#[must_use]
pub struct Field {
    lang: Lang,
    kind: Kind,
    name: String,
    label: String,
    value: String,
    values: Vec<String>,
    error: Option<Refusal>,
    hint: String,
    required: bool,
    required_when_shown: bool,
    steps: bool,
    autocomplete: Option<&'static str>,
    placeholder: String,
    bounds: (Option<String>, Option<String>),
    step: Option<&'static str>,
    unit: String,
    rows: u8,
    autofocus: bool,
    wide: bool,
    max_length: Option<u32>,
    list: Option<Vec<String>>,
    within: String,
}

impl Field {
    /// Several forms with fields of the same name stand on one page: ids carry what this one is about.
    pub fn within(mut self, form: &str) -> Self {
        self.within = format!("{form}-");
        self
    }

    /// The value, when the form has none of its own.
    pub fn value(mut self, value: impl ToString) -> Self {
        if self.value.is_empty() {
            self.value = value.to_string();
        }
        self
    }

    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Must be filled in, but only where a script finds that it is asked: without one the browser must not insist.
    pub fn required_when_shown(mut self) -> Self {
        self.required_when_shown = true;
        self
    }

    /// The choices are steps of a scale, side by side.
    pub fn steps(mut self) -> Self {
        self.steps = true;
        self
    }

    /// The label as text, where people write it themselves.
    pub fn labelled(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// A quiet line below the label (a Fluent key).
    pub fn hint(mut self, key: &str) -> Self {
        self.hint = self.lang.t(key);
        self
    }

    /// A quiet line below the label, as text.
    pub fn hint_text(mut self, text: impl Into<String>) -> Self {
        self.hint = text.into();
        self
    }

    /// What the browser may fill in: a token of the HTML standard.
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.placeholder = text.into();
        self
    }

    pub fn min(mut self, min: impl ToString) -> Self {
        self.bounds.0 = Some(min.to_string());
        self
    }

    pub fn max(mut self, max: impl ToString) -> Self {
        self.bounds.1 = Some(max.to_string());
        self
    }

    pub fn step(mut self, step: &'static str) -> Self {
        self.step = Some(step);
        self
    }

    pub fn max_length(mut self, length: u32) -> Self {
        self.max_length = Some(length);
        self
    }

    /// The unit behind the box.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// The cursor starts here.
    pub fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// Takes the whole width of the form.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Suggestions while typing.
    pub fn suggest(mut self, list: Vec<String>) -> Self {
        self.list = Some(list);
        self
    }

    fn id(&self) -> String {
        format!("field-{}{}", self.within, self.name)
    }

    fn described(&self) -> Option<String> {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{}-hint", self.id()));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.id()));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Where something is chosen already there is nothing to leave out.
    fn says_optional(&self) -> bool {
        let left_out = match &self.kind {
            Kind::Input(_) | Kind::Area => true,
            Kind::Select(choices) => self.value.is_empty() && !choices.iter().any(|choice| choice.value.is_empty()),
            Kind::Group(..) | Kind::Check(_) => false,
        };
        left_out && !self.required && !self.required_when_shown
    }

    fn label_text(&self) -> Markup {
        html! {
            (self.label)
            @if self.says_optional() { span.optional { " " (self.lang.t("component-field-optional")) } }
        }
    }

    fn notes(&self) -> Markup {
        html! {
            @if !self.hint.is_empty() { p.hint id={ (self.id()) "-hint" } { (self.hint) } }
            @if let Some(refusal) = &self.error {
                p.error id={ (self.id()) "-error" } { (super::Icon::Alert) span { (self.lang.refusal(refusal)) } }
            }
        }
    }

    fn control(&self) -> Markup {
        let (id, described) = (self.id(), self.described());
        let invalid = self.error.is_some().then_some("true");
        let list = self.list.as_ref().map(|_| format!("{id}-list"));
        let hint = (!self.placeholder.is_empty()).then_some(&self.placeholder);
        match &self.kind {
            Kind::Input(kind) => html! {
                input id=(id) type=(kind) name=(self.name) value=[(*kind != "file").then_some(&self.value)] required[self.required]
                    data-required[self.required_when_shown] autocomplete=[self.autocomplete] placeholder=[hint] min=[self.bounds.0.as_deref()]
                    max=[self.bounds.1.as_deref()] step=[self.step] maxlength=[self.max_length] list=[list.as_deref()]
                    autofocus[self.autofocus] aria-invalid=[invalid] aria-describedby=[described];
                @if let (Some(list), Some(words)) = (&list, &self.list) {
                    datalist id=(list) { @for word in words { option value=(word) {} } }
                }
            },
            Kind::Area => html! {
                textarea id=(id) name=(self.name) rows=(self.rows) required[self.required]
                    data-required[self.required_when_shown] placeholder=[hint]
                    maxlength=[self.max_length] autofocus[self.autofocus] aria-invalid=[invalid]
                    aria-describedby=[described] { (self.value) }
            },
            Kind::Select(choices) => html! {
                select id=(id) name=(self.name) required[self.required] data-required[self.required_when_shown] autocomplete=[self.autocomplete]
                    autofocus[self.autofocus] aria-invalid=[invalid] aria-describedby=[described] {
                    @if !choices.iter().any(|choice| choice.value.is_empty()) {
                        option value="" selected[self.value.is_empty()] { (self.lang.t("component-field-choose")) }
                    }
                    @for choice in choices { (choice.option(&self.value)) }
                }
            },
            Kind::Group(..) | Kind::Check(_) => html! {},
        }
    }

    fn group(&self, kind: &str, choices: &[Choice]) -> Markup {
        html! {
            fieldset.field.group id=(self.id()) tabindex="-1" aria-describedby=[self.described()] {
                legend { (self.label_text()) }
                (self.notes())
                div class={ "choices" @if self.steps { " steps" } } {
                    @for (index, choice) in choices.iter().enumerate() {
                        @let chosen = self.value == choice.value || self.values.contains(&choice.value);
                        label.choice {
                            input type=(kind) name=(self.name) value=(choice.value) checked[chosen]
                                required[self.required && kind == "radio" && index == 0]
                                data-required[self.required_when_shown && kind == "radio" && index == 0];
                            span {
                                (choice.text)
                                @if !choice.hint.is_empty() { span.hint { (choice.hint) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn check(&self, value: &str) -> Markup {
        let chosen = self.value == *value || self.values.iter().any(|have| have == value);
        html! {
            div.field.wide {
                label.choice {
                    input id=(self.id()) type="checkbox" name=(self.name) value=(value) checked[chosen] required[self.required]
                        data-required[self.required_when_shown] aria-invalid=[self.error.is_some().then_some("true")] aria-describedby=[self.described()];
                    span { (self.label) }
                }
                (self.notes())
            }
        }
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        match &self.kind {
            Kind::Group(kind, choices) => self.group(kind, choices),
            Kind::Check(value) => self.check(value),
            _ => html! {
                div class={ "field" @if self.wide { " wide" } } {
                    label for=(self.id()) { (self.label_text()) }
                    (self.notes())
                    @if self.unit.is_empty() { (self.control()) }
                    @else { span.with-unit { (self.control()) span.unit { (self.unit) } } }
                }
            },
        }
    }
}
