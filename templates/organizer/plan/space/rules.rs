//! Rules by location with how many links that follow from them, and soft links with who put them there and why.

use domain::plan::space::now::name;
use domain::plan::space::view::links as links_of;
use domain::plan::space::{LocationRule, rule_links};
use domain::plan::task::LinkOrigin;
use domain::plan::view::Board;
use maud::{Markup, Render, html};

use super::rule::fields;
use super::words::{self, Part};
use crate::components::{Button, Col, Table, card};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// Which form was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulesAct {
    /// A rule.
    Rule,
    /// A soft link.
    Soft,
}

/// Rules by location and soft links.
pub struct RulesPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub board: &'a Board,
    /// Conflicts, for the tab.
    pub conflicts: u32,
    /// The form that was refused.
    pub refused: Option<(RulesAct, FormState)>,
    /// Names of people by id.
    pub person: &'a dyn Fn(domain::UserId) -> String,
    /// May change the plan.
    pub may_edit: bool,
}

impl RulesPage<'_> {
    fn state(&self, act: RulesAct) -> FormState {
        match &self.refused {
            Some((refused, state)) if *refused == act => state.clone(),
            _ => FormState::empty(),
        }
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            @if let Some((_, state)) = &self.refused { (state.fields(lang).summary()) }
            div.with-aside {
                div.stack {
                    (self.rules(lang))
                    (self.soft(lang))
                    (self.derived(lang))
                }
                @if self.may_edit { div.stack { (self.rule_form(lang)) (self.soft_form(lang)) } }
            }
        };
        let views = words::views(lang, self.slug, &self.board.head, Part::Rules, self.conflicts);
        shell.page(lang.t("plan-title")).tabs(views).wide().body(&body)
    }

    fn within(&self, lang: Lang, rule: &LocationRule) -> String {
        let space = &self.board.sheet.space;
        match rule.within.and_then(|place| space.tree.find(place)) {
            Some(at) => name(space, at).get(lang.locale()).to_owned(),
            None => lang.t("space-everywhere"),
        }
    }

    fn rules(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::main(lang.t("space-rule")),
            Col::tight(lang.t("space-rule-each")),
            Col::new(lang.t("space-rule-before")),
            Col::new(lang.t("space-rule-after")),
            Col::num(lang.t("space-rule-links")),
            Col::actions(lang.t("space-rule-acts")),
        ];
        let mut table = Table::new(lang.t("space-rules"), cols);
        for rule in &self.board.sheet.space.rules {
            let count = rule_links(&self.board.sheet, rule.id).len();
            table.row(vec![
                html! {
                    @if self.may_edit { a href=(links::space::rule(self.slug, rule.id)) { (rule.reason) } } @else { (rule.reason) }
                    @if !rule.on { " " (Badge::new(lang.t("space-rule-off"), Tone::Neutral)) }
                    span.cell-second { (self.within(lang, rule)) }
                },
                html! { (lang.term("place-kind", rule.each.code())) },
                html! { span.code { (rule.before) } },
                html! { span.code { (rule.after) } },
                html! { (lang.number(count as i64)) },
                html! { @if self.may_edit { (self.acts(lang, rule)) } },
            ]);
        }
        let body = html! {
            p.muted { (lang.t("space-rules-intro")) }
            @if self.board.sheet.space.rules.is_empty() { p { (lang.t("space-rules-none")) } } @else { (table) }
        };
        card(&lang.t("space-rules"), &html! {}, &body)
    }

    fn acts(&self, lang: Lang, rule: &LocationRule) -> Markup {
        let switch = links::space::switch_rule(self.slug, rule.id);
        let switch = if rule.on {
            Button::post(lang.t("space-rule-switch-off"), switch)
        } else {
            Button::post(lang.t("space-rule-switch-on"), switch).value("on", "yes")
        };
        html! {
            (switch.small().ghost())
            (Button::post(lang.t("space-remove"), links::space::remove_rule(self.slug, rule.id)).small().ghost()
                .confirm(lang.with("space-rule-remove-sure", &[("reason", rule.reason.as_str().into())])))
        }
    }

    fn soft(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("space-first")),
            Col::tight(lang.t("space-second")),
            Col::main(lang.t("space-reason")),
            Col::new(lang.t("space-by")),
            Col::actions(lang.t("space-remove")),
        ];
        let mut table = Table::new(lang.t("space-soft"), cols);
        let all = links_of(self.board, LinkOrigin::Soft);
        for (link, from, to) in &all {
            table.row(vec![
                html! { a.code href=(links::plan::task(self.slug, from)) { (from) } },
                html! { a.code href=(links::plan::task(self.slug, to)) { (to) } },
                html! { (link.reason) @if link.lag != 0 { span.cell-second { (lang.minutes(link.lag)) } } },
                html! { (link.by.map(|by| (self.person)(by)).unwrap_or_default()) },
                html! { @if self.may_edit { (Button::post(lang.t("space-remove"), links::space::remove_soft_link(self.slug, link.id)).small().ghost()) } },
            ]);
        }
        let body = html! {
            p.muted { (lang.t("space-soft-intro")) }
            @if all.is_empty() { p { (lang.t("space-soft-none")) } } @else { (table) }
        };
        card(&lang.t("space-soft"), &html! {}, &body)
    }

    fn derived(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("space-first")),
            Col::tight(lang.t("space-second")),
            Col::main(lang.t("space-follows-from")),
        ];
        let mut table = Table::new(lang.t("space-derived"), cols);
        let all = links_of(self.board, LinkOrigin::Derived);
        for (link, from, to) in &all {
            table.row(vec![
                html! { a.code href=(links::plan::task(self.slug, from)) { (from) } },
                html! { a.code href=(links::plan::task(self.slug, to)) { (to) } },
                html! { (words::source(lang, self.board, &link.reason)) },
            ]);
        }
        let body = html! {
            p.muted { (lang.t("space-derived-intro")) }
            @if all.is_empty() { p { (lang.t("space-derived-none")) } } @else { (table) }
        };
        card(&lang.t("space-derived"), &html! {}, &body.render())
    }

    fn rule_form(&self, lang: Lang) -> Markup {
        let state = self.state(RulesAct::Rule);
        let inner = html! {
            form.form method="post" action=(links::space::rules(self.slug)) {
                (fields(lang, self.board, &state))
                div.form-actions {
                    (Button::submit(lang.t("space-rule-add")).icon(Icon::Plus))
                    (Button::submit(lang.t("space-rule-look")).plain().value("act", "preview").icon(Icon::Eye))
                }
            }
        };
        card(&lang.t("space-rule-new"), &html! {}, &inner)
    }

    fn soft_form(&self, lang: Lang) -> Markup {
        let state = self.state(RulesAct::Soft);
        let fields = state.fields(lang);
        let inner = html! {
            form.form method="post" action=(links::space::soft_links(self.slug)) {
                (fields.text("from", "space-first").required().max_length(40))
                (fields.text("to", "space-second").required().max_length(40))
                (fields.number("lag", "space-lag").unit(lang.t("space-minutes")).min(0))
                (fields.text("reason", "space-reason").required().max_length(500))
                div.form-actions { (Button::submit(lang.t("space-soft-add")).icon(Icon::Plus)) }
            }
        };
        card(&lang.t("space-soft-new"), &html! {}, &inner)
    }
}
