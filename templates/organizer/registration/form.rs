//! The form as it is worked on: its sections and questions in their order, what keeps it from being published, the
//! versions before.

use chrono_tz::Tz;
use domain::{
    Refusal,
    registration::{
        Category,
        form::{Condition, Form as Asked, Kind, NEEDED, Question, Section},
        view::{FormState as State, FormVersion},
    },
};
use maud::{Markup, Render, html};

use super::views;
use crate::{
    Badge, Lang, Shell, Tone,
    components::{
        Button, Col, Icon, Table, callout, card, cell_lines, condition_words, dialog, icon_link, question_name,
    },
    links,
};

/// What keeps a form from being published.
pub type Needed = Vec<Refusal>;

/// The page of the form.
pub struct FormPage<'a> {
    /// The draft, or what visitors see.
    pub at_hand: &'a FormVersion,
    pub faults: &'a Needed,
    pub versions: &'a [FormVersion],
    pub zone: Tz,
    pub may_manage: bool,
}

impl FormPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let form = &self.at_hand.form;
        let body = html! {
            (self.state(lang, slug))
            div.with-aside {
                div.stack {
                    @for (index, section) in form.sections.iter().enumerate() {
                        (card(&self.title(lang, section, index), &self.section_actions(lang, slug, section), &html! {
                            (self.about(lang, section))
                            (self.questions(lang, slug, section))
                        }))
                    }
                }
                div.stack {
                    (card(&lang.t("form-versions"), &html! {}, &self.version_list(lang)))
                    (card(&lang.t("form-file"), &html! {}, &self.file(lang, slug)))
                }
            }
            (self.import(lang, slug))
        };
        shell
            .page(lang.t("form-title"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .subtitle(html! { p.muted { (lang.t("form-hint")) } })
            .tabs(views(lang, slug, "form"))
            .actions(self.actions(lang, slug))
            .wide()
            .body(&body)
    }

    fn is_draft(&self) -> bool {
        self.at_hand.state == State::Draft
    }

    fn actions(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            (Button::link(lang.t("form-preview"), links::form::preview(slug)).icon(Icon::Eye))
            @if self.may_manage {
                (Button::link(lang.t("form-add-section"), links::form::new_section(slug)).icon(Icon::Plus))
                @if self.is_draft() {
                    (Button::post(lang.t("form-publish"), links::form::act(slug, "publish")).primary().icon(Icon::Check)
                        .value("seen", self.at_hand.seen()).disabled(!self.faults.is_empty()))
                }
            }
        }
    }

    fn state(&self, lang: Lang, slug: &str) -> Markup {
        if !self.is_draft() {
            return html! {};
        }
        if !self.faults.is_empty() {
            let list = html! { ul { @for fault in self.faults { li { (fault_words(lang, slug, &self.at_hand.form, fault)) } } } };
            return callout(Tone::Warn, &lang.t("form-faults"), &list);
        }
        let args =
            [("by", self.at_hand.by.as_str().into()), ("at", lang.moment(self.at_hand.changed_at, self.zone).into())];
        let discard = html! {
            @if self.may_manage {
                (Button::post(lang.t("form-discard"), links::form::act(slug, "discard")).small()
                    .confirm(lang.t("form-discard-question")))
            }
        };
        callout(Tone::Info, &lang.with("form-is-draft", &args), &discard)
    }

    fn title(&self, lang: Lang, section: &Section, index: usize) -> String {
        let title = section.title.get(lang.locale());
        if title.is_empty() {
            lang.with("form-section-no", &[("number", (index + 1).into())])
        } else {
            title.to_owned()
        }
    }

    fn section_actions(&self, lang: Lang, slug: &str, section: &Section) -> Markup {
        if !self.may_manage {
            return html! {};
        }
        let code = section.code.as_str();
        html! {
            (moves(lang, |deed| links::form::section_act(slug, code, deed), &self.at_hand.seen()))
            (icon_link(Icon::Edit, &lang.t("component-edit"), links::form::section(slug, code)))
            (Button::link(lang.t("form-add-question"), links::form::new_question(slug, code)).small().icon(Icon::Plus))
        }
    }

    fn about(&self, lang: Lang, section: &Section) -> Markup {
        let intro = section.intro.get(lang.locale());
        html! {
            @if !intro.is_empty() { p { (intro) } }
            @if !section.only_for.is_empty() || section.when.is_some() {
                p.muted { (self.asked_of(lang, &section.only_for, section.when.as_ref())) }
            }
        }
    }

    fn asked_of(&self, lang: Lang, only: &[Category], when: Option<&Condition>) -> String {
        let names: Vec<String> = only.iter().map(|category| lang.term("category", category.code())).collect();
        let mut parts = Vec::new();
        if !names.is_empty() {
            parts.push(lang.with("asked-only-for", &[("categories", lang.list(&names).into())]));
        }
        parts.extend(when.map(|when| condition_words(lang, &self.at_hand.form, when)));
        parts.join(" ")
    }

    fn questions(&self, lang: Lang, slug: &str, section: &Section) -> Markup {
        if section.questions.is_empty() {
            return html! { p.muted { (lang.t("form-section-empty")) } };
        }
        // Several tables on one page: each is named for its section.
        let title = section.title.get(lang.locale());
        let name = if title.is_empty() { &section.code } else { title };
        let mut table = Table::new(
            format!("{} · {name}", lang.t("form-questions")),
            vec![
                Col::main(lang.t("form-question")),
                Col::tight(lang.t("form-kind")),
                Col::tight(lang.t("form-required")),
                Col::new(lang.t("form-asked-of")),
                Col::actions(lang.t("component-edit")),
            ],
        );
        for question in &section.questions {
            table.row(self.cells(lang, slug, question));
        }
        table.render()
    }

    fn cells(&self, lang: Lang, slug: &str, question: &Question) -> Vec<Markup> {
        let name = question_name(lang, question);
        let shown: String = name.chars().take(90).collect();
        let link = links::form::question(slug, &question.code);
        let first = html! { @if self.may_manage { a href=(link) { (shown) } } @else { (shown) } };
        let of = self.asked_of(lang, &question.only_for, question.when.as_ref());
        vec![
            cell_lines(first, &question.code),
            kind_words(lang, question),
            html! { @if question.required { (Badge::new(lang.t("form-required"), Tone::Accent)) } },
            html! { @if of.is_empty() { span.muted { (lang.t("form-everybody")) } } @else { (of) } },
            html! {
                @if self.may_manage {
                    (moves(lang, |deed| links::form::question_act(slug, &question.code, deed), &self.at_hand.seen()))
                    @if !NEEDED.contains(&question.code.as_str()) {
                        (Button::post(lang.t("component-delete"), links::form::question_act(slug, &question.code, "remove"))
                            .value("seen", self.at_hand.seen()).ghost().small().icon(Icon::Trash).icon_only())
                    }
                }
            },
        ]
    }

    fn version_list(&self, lang: Lang) -> Markup {
        html! {
            @if self.versions.is_empty() { p.muted { (lang.t("form-standard")) } }
            ul.plain-list {
                @for version in self.versions {
                    li {
                        strong { (lang.with("form-version-no", &[("number", version.number.into())])) } " "
                        (state_badge(lang, version.state))
                        br;
                        span.muted {
                            (lang.moment(version.published_at.unwrap_or(version.changed_at), self.zone)) " · " (version.by)
                        }
                    }
                }
            }
        }
    }

    fn file(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            p.muted { (lang.t("form-file-hint")) }
            div.actions {
                (Button::link(lang.t("form-export"), links::form::file(slug)).small().icon(Icon::Download).download())
                @if self.may_manage { (Button::open(lang.t("form-import"), "import").small().icon(Icon::Upload)) }
            }
        }
    }

    fn import(&self, lang: Lang, slug: &str) -> Markup {
        if !self.may_manage {
            return html! {};
        }
        let state = crate::FormState::empty();
        let form = state.fields(lang);
        let body = html! {
            form.form.narrow method="post" action=(links::form::act(slug, "import")) {
                input type="hidden" name="seen" value=(self.at_hand.seen());
                (form.textarea("document", "form-document").hint("form-document-hint").rows(12).required())
                div.form-actions { (Button::submit(lang.t("form-import")).icon(Icon::Upload)) }
            }
        };
        dialog(lang, "import", &lang.t("form-import"), &body)
    }
}

fn moves(lang: Lang, to: impl Fn(&str) -> crate::Href, seen: &str) -> Markup {
    html! {
        (Button::post(lang.t("form-up"), to("up")).value("seen", seen).ghost().small().icon(Icon::ArrowUp).icon_only())
        (Button::post(lang.t("form-down"), to("down")).value("seen", seen).ghost().small().icon(Icon::ArrowDown).icon_only())
    }
}

fn kind_words(lang: Lang, question: &Question) -> Markup {
    let count = question.choices.len();
    html! {
        (lang.term("form-kind", question.kind.code()))
        @if count > 0 { span.cell-second { (lang.with("form-choice-count", &[("count", count.into())])) } }
        @if question.kind == Kind::Scale { span.cell-second { "1–" (question.max.unwrap_or(5)) } }
    }
}

pub(super) fn state_badge(lang: Lang, state: State) -> Badge {
    let tone = match state {
        State::Draft => Tone::Info,
        State::Published => Tone::Good,
        State::Retired => Tone::Neutral,
    };
    Badge::new(lang.term("form-state", state.code()), tone)
}

/// A fault with the way to what it is about.
fn fault_words(lang: Lang, slug: &str, form: &Asked, fault: &Refusal) -> Markup {
    let text = lang.refusal(fault);
    match fault.field.as_deref().map(|field| field.split_once('/').map_or((field, None), |(s, q)| (s, Some(q)))) {
        Some((_, Some(question))) => {
            let name = form.question(question).map_or_else(|| question.to_owned(), |q| question_name(lang, q));
            html! { a href=(links::form::question(slug, question)) { (name) } " – " (text) }
        }
        Some((section, None)) => html! { a href=(links::form::section(slug, section)) { (section) } " – " (text) },
        None => html! { (text) },
    }
}
