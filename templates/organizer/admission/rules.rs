//! Access rules: the list in its order, and the form of one.

use domain::AccessRuleId;
use domain::admission::rule::{AccessRule, RuleWindow, minute_text};
use domain::admission::view::{PlaceChoice, RuleLine};
use domain::admission::{EntryLimit, QuotaScope};
use domain::registration::Category;
use maud::{Markup, Render, html};

use super::gates::place_choices;
use super::simulate::Simulator;
use super::{View, views};
use crate::components::{Badge, Button, Choice, Col, Icon, Table, Tone, callout, card, cell_lines, options};
use crate::{FormState, Lang, Shell, links};

/// The rules and the simulator beside them.
pub struct RulesPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// Rules in their order.
    pub rules: &'a [RuleLine],
    /// Who would get in.
    pub simulator: Simulator<'a>,
}

impl RulesPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let new = Button::link(lang.t("admission-rule-new"), links::admission::new_rule(self.edition))
            .primary()
            .icon(Icon::Plus);
        let body = html! {
            @if self.rules.is_empty() {
                (callout(Tone::Warn, &lang.t("admission-rules-none"), &html! { p { (lang.t("admission-rules-none-help")) } }))
            } @else {
                p.muted { (lang.t("admission-rules-help")) }
                (self.table(lang))
            }
            (card(&lang.t("admission-simulator"), &html! {}, &self.simulator.render(lang, self.edition)))
        };
        shell
            .page(lang.t("admission-rules"))
            .actions(new)
            .tabs(views(lang, self.edition, View::Rules, true))
            .body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("admission-rules"),
            vec![
                Col::num(lang.t("admission-rule-sort")),
                Col::main(lang.t("admission-rule-who")),
                Col::new(lang.t("admission-rule-where")),
                Col::new(lang.t("admission-rule-when")),
                Col::new(lang.t("admission-rule-limit")),
                Col::new(lang.t("admission-rule-effect")),
                Col::actions(lang.t("admission-actions")),
            ],
        );
        for line in self.rules {
            let rule = &line.rule;
            let who = match rule.category {
                Some(category) => lang.term("category", category.code()),
                None => lang.t("admission-everybody"),
            };
            table.row(vec![
                html! { (rule.sort) },
                html! { a href=(links::admission::rule(self.edition, rule.id)) { (who) } },
                html! { (where_text(lang, line)) },
                html! { (window_text(lang, &rule.window)) },
                limit_cell(lang, rule),
                effect_badge(lang, rule.allow).render(),
                Button::post(lang.t("admission-remove"), links::admission::rule_remove(self.edition, rule.id))
                    .value("version", rule.version)
                    .confirm(lang.t("admission-rule-remove-sure"))
                    .small()
                    .ghost()
                    .icon(Icon::Trash)
                    .icon_only()
                    .render(),
            ]);
        }
        table.render()
    }
}

fn where_text(lang: Lang, line: &RuleLine) -> String {
    match &line.place {
        Some((code, name)) => {
            let name = name.get(lang.locale());
            if name.is_empty() { code.clone() } else { format!("{code} · {name}") }
        }
        None => lang.t("admission-everywhere"),
    }
}

/// Days and times of a rule in words.
pub fn window_text(lang: Lang, window: &RuleWindow) -> String {
    if window.is_always() {
        return lang.t("admission-always");
    }
    let days: Vec<String> = window.days.iter().map(|day| lang.day(*day)).collect();
    let days = if days.is_empty() { lang.t("admission-every-day") } else { lang.list(&days) };
    if window.from.is_none() && window.until.is_none() {
        return days;
    }
    format!("{days}, {}–{}", minute_text(window.from.unwrap_or(0)), minute_text(window.until.unwrap_or(1440)))
}

/// How often, and for how many of one company or delegation.
fn limit_cell(lang: Lang, rule: &AccessRule) -> Markup {
    if !rule.allow {
        return html! { span.muted { "–" } };
    }
    let often = html! { (lang.term("admission-limit", rule.limit.code())) };
    match rule.quota {
        Some(quota) => {
            let key = format!("admission-quota-of-{}", quota.scope.code());
            cell_lines(often, &lang.with(&key, &[("limit", quota.limit.into())]))
        }
        None => often,
    }
}

fn effect_badge(lang: Lang, allow: bool) -> Badge {
    if allow {
        Badge::new(lang.t("admission-rule-effect-allow"), Tone::Good).icon(Icon::Check)
    } else {
        Badge::new(lang.t("admission-rule-effect-deny"), Tone::Bad).icon(Icon::Ban)
    }
}

/// Categories to choose from, an empty choice first.
pub fn category_choices(lang: Lang, none: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", lang.t(none))];
    choices.extend(options(lang, "category", Category::ALL.iter().map(|category| category.code())));
    choices
}

/// The form of a new or a known rule.
pub struct RulePage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// The rule, when it exists.
    pub rule: Option<AccessRuleId>,
    /// What is in the form.
    pub form: &'a FormState,
    /// Gates and zones it may name.
    pub places: &'a [PlaceChoice],
    /// The open days of the edition, as a hint.
    pub days: &'a str,
}

impl RulePage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let (title, to) = match self.rule {
            Some(rule) => (lang.t("admission-rule-edit"), links::admission::rule(self.edition, rule)),
            None => (lang.t("admission-rule-new"), links::admission::rules(self.edition)),
        };
        let effects = options(lang, "admission-rule-effect", ["allow", "deny"]);
        let limits = options(lang, "admission-limit", EntryLimit::ALL.iter().map(|limit| limit.code()));
        let mut quotas = vec![Choice::new("", lang.t("admission-quota-none"))];
        quotas.extend(options(lang, "admission-quota", QuotaScope::ALL.iter().map(|scope| scope.code())));
        let body = html! {
            (form.summary())
            form.form method="post" action=(to) {
                (form.hidden("version"))
                (form.select("category", "admission-rule-who", category_choices(lang, "admission-everybody")))
                (form.select("place", "admission-rule-where", place_choices(lang, self.places, "admission-everywhere")).hint("admission-rule-where-hint"))
                (form.text("days", "admission-rule-days").hint("admission-rule-days-hint").placeholder(self.days).wide())
                (form.text("from", "admission-rule-from").placeholder("09:00").max_length(5))
                (form.text("until", "admission-rule-until").placeholder("17:00").max_length(5).hint("admission-rule-until-hint"))
                (form.radios("effect", "admission-rule-effect", effects).required())
                (form.radios("limit", "admission-rule-limit", limits).required())
                (form.select("quota_scope", "admission-rule-quota", quotas).hint("admission-rule-quota-hint"))
                (form.number("quota_limit", "admission-rule-quota-limit").min(1))
                (form.number("sort", "admission-rule-sort").min(0).hint("admission-rule-sort-hint"))
                div.form-actions {
                    (Button::submit(lang.t("admission-save")))
                    (Button::link(lang.t("admission-cancel"), links::admission::rules(self.edition)).ghost())
                }
            }
        };
        shell.page(title).crumb(lang.t("admission-rules"), links::admission::rules(self.edition)).body(&body)
    }
}
