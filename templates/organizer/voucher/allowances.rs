//! What exhibitors may give out: the rules, and every exhibitor's accounts.

use domain::registration::allowance::{AccountRow, Kind, Rule, RuleDraft};
use maud::{Markup, html};

use super::list::account;
use crate::{
    FormState, Lang, Shell,
    components::{Button, Choice, Col, FilterBar, Icon, Pager, Table, card, cell_lines, empty_state},
    links,
};

/// The page.
pub struct AllowancesPage<'a> {
    pub rules: &'a [Rule],
    pub rows: &'a [AccountRow],
    pub q: &'a str,
    pub next: Option<String>,
    pub later: bool,
    /// The form that was refused, and which rule it is about.
    pub form: Option<(Kind, &'a FormState)>,
    pub may_edit: bool,
    pub may_export: bool,
}

impl AllowancesPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let body = html! {
            div.allowance-rules { @for rule in self.rules { (card(&lang.term("allowance-kind", rule.kind.code()), &html! {}, &self.rule(lang, slug, rule))) } }
            (self.filters(lang, slug))
            @if self.rows.is_empty() { (empty_state(Icon::Stand, &lang.t("allowance-none"), "", &html! {})) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len())
                    .pages(&links::voucher::allowances(slug).query(&[("q", self.q)]), self.later, self.next.as_ref()))
            }
        };
        shell
            .page(lang.t("allowance-title"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("voucher-campaigns"), links::voucher::home(slug))
            .wide()
            .body(&body)
    }

    fn filters(&self, lang: Lang, slug: &str) -> FilterBar<'_> {
        let bar =
            FilterBar::new(lang, links::voucher::allowances(slug)).search("q", self.q, lang.t("allowance-search"));
        bar.exports(self.may_export, |format| links::voucher::allowances_export(slug, format).query(&[("q", self.q)]))
    }

    fn rule(&self, lang: Lang, slug: &str, rule: &Rule) -> Markup {
        let said = lang.with(
            "allowance-rule",
            &[
                ("base", rule.base.into()),
                ("per", rule.per_step.into()),
                ("step", (rule.step_dm2 / 100).into()),
                ("most", rule.most.into()),
            ],
        );
        if !self.may_edit {
            return html! { p { (said) } };
        }
        let stored = FormState::of(&RuleDraft::of(rule));
        let state = self.form.filter(|(kind, _)| *kind == rule.kind).map_or(&stored, |(_, form)| form);
        let form = state.fields(lang);
        let of = rule.kind.code();
        html! {
            p { (said) }
            details.allowance-change open[!state.is_clean()] {
                summary { (lang.t("allowance-change")) }
                form.form method="post" action=(links::voucher::allowances(slug)) {
                    (form.summary())
                    (form.hidden("version"))
                    input type="hidden" name="kind" value=(of);
                    (form.number("base", "allowance-base").required().min(0).within(of))
                    (form.number("per_step", "allowance-per-step").required().min(0).within(of))
                    (form.number("step", "allowance-step").required().min(1).unit("m²").within(of))
                    (form.number("most", "allowance-most").required().min(0).within(of))
                    div.form-actions { (Button::submit(lang.t("component-save")).icon(Icon::Check)) }
                }
            }
        }
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let mut table = Table::new(
            lang.t("allowance-title"),
            vec![
                Col::main(lang.t("registration-company")),
                Col::num(lang.t("allowance-area")),
                Col::num(lang.t("allowance-staff")),
                Col::num(lang.t("allowance-invitations")),
                Col::actions(lang.t("voucher-actions")),
            ],
        )
        .sticky();
        for row in self.rows {
            let link = links::exhibitor::record(slug, row.participation);
            let note = if row.staff.set || row.invitations.set { lang.t("allowance-set") } else { String::new() };
            table.row(vec![
                cell_lines(html! { a href=(link) { (row.company.get(lang.locale())) } }, &note),
                html! { (lang.area(row.area_dm2)) },
                account(lang, row, true),
                account(lang, row, false),
                html! { @if self.may_edit { (Button::link(lang.t("allowance-set-own"), links::voucher::allowance(slug, row.participation)).ghost().small().icon(Icon::Edit)) } },
            ]);
        }
        table
    }
}

/// The number of one exhibitor.
pub struct AllowancePage<'a> {
    pub row: &'a AccountRow,
    pub form: &'a FormState,
}

impl AllowancePage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let form = self.form.fields(lang);
        let kinds = Kind::ALL
            .iter()
            .map(|kind| {
                let account = if *kind == Kind::Staff { self.row.staff } else { self.row.invitations };
                let args = [("used", account.used.into()), ("allowed", account.allowed.into())];
                Choice::new(kind.code(), lang.term("allowance-kind", kind.code()))
                    .hint(lang.with("allowance-used", &args))
            })
            .collect();
        let body = html! {
            form.form method="post" action=(links::voucher::allowance(slug, self.row.participation)) {
                (form.summary())
                (form.radios("kind", "allowance-of", kinds).value(Kind::Staff.code()).required())
                (form.number("allowed", "allowance-allowed").min(0).hint("allowance-allowed-hint"))
                (form.text("note", "allowance-note").max_length(200))
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), links::voucher::allowances(slug)))
                }
            }
        };
        shell
            .page(self.row.company.get(lang.locale()))
            .crumb(lang.t("voucher-campaigns"), links::voucher::home(slug))
            .crumb(lang.t("allowance-title"), links::voucher::allowances(slug))
            .subtitle(html! { p.muted { (lang.area(self.row.area_dm2)) } })
            .body(&body)
    }
}
