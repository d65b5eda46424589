//! A stand: its facts, who holds it, who held it before, and giving or taking it.

use chrono_tz::Tz;
use domain::{ParticipationId, journal, sales::view::StandRecord, venue::view::HallPlan};
use maud::{Markup, Render, html};

use super::stands::stand_badge;
use crate::{
    FormState, Icon, Lang, Shell,
    components::{Button, Choice, Col, HallDrawing, Table, card, facts, history},
    links,
};

/// A stand's page.
pub struct StandPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The venue's zone.
    pub zone: Tz,
    /// The stand.
    pub record: &'a StandRecord,
    /// Its hall, to show where it lies.
    pub plan: Option<&'a HallPlan>,
    /// The assignment being made.
    pub form: &'a FormState,
    /// Exhibitors that could have it: those without a stand first.
    pub exhibitors: &'a [(ParticipationId, String)],
    /// What happened.
    pub timeline: &'a [journal::Entry],
    /// Whether the viewer may give and take it.
    pub may_sell: bool,
    /// Whether the viewer may change it.
    pub may_edit: bool,
}

impl StandPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let row = &self.record.row;
        let actions = html! {
            (Button::link(lang.t("venue-open-plan"), links::venue::hall(self.slug, row.hall)).icon(Icon::Map))
            @if self.may_edit {
                (Button::link(lang.t("sales-edit-stand"), links::sales::edit_stand(self.slug, row.id)).icon(Icon::Edit))
            }
        };
        let body = html! {
            (card("", &html! {}, &self.facts(lang)))
            div.columns {
                div.stack {
                    (card(&lang.t("sales-holder"), &html! {}, &self.holder(lang)))
                    (card(&lang.t("sales-held-before"), &html! {}, &self.history(lang)))
                }
                div.stack {
                    @if let Some(plan) = self.plan {
                        (card(&lang.t("venue-plan"), &html! {}, &html! { (HallDrawing::new(lang, plan).own(vec![row.id])) }))
                    }
                    (card(&lang.t("sales-history"), &html! {}, &history(lang, self.zone, self.timeline)))
                }
            }
        };
        shell
            .page(lang.with("sales-stand-title", &[("number", row.number.as_str().into())]))
            .crumb(lang.t("sales-stands"), links::sales::stands(self.slug))
            .subtitle(stand_badge(lang, row))
            .actions(actions)
            .body(&body)
    }

    fn facts(&self, lang: Lang) -> Markup {
        let row = &self.record.row;
        let metres = |mm: i32| lang.decimal(f64::from(mm) / 1000.0, 1);
        facts(&[
            (lang.t("sales-hall"), html! { (self.record.hall.get(lang.locale())) }),
            (lang.t("sales-stand-kind"), html! { (lang.term("stand-kind", row.kind.code())) }),
            (lang.t("venue-area"), html! { (lang.area(row.area_dm2)) }),
            (lang.t("sales-open-sides"), html! { (lang.number(i64::from(row.open_sides.count()))) }),
            (
                lang.t("sales-size"),
                html! { @if let Some(r) = self.record.rect { (metres(r.w_mm)) " × " (metres(r.h_mm)) " m" } },
            ),
            (
                lang.t("venue-position"),
                html! { @if let Some(r) = self.record.rect { (metres(r.x_mm)) " / " (metres(r.y_mm)) " m" } },
            ),
        ])
    }

    fn holder(&self, lang: Lang) -> Markup {
        let row = &self.record.row;
        match &row.holder {
            Some((id, name)) => html! {
                p.lead { a href=(links::exhibitor::record(self.slug, *id)) { (name.get(lang.locale())) } }
                @if let Some(since) = self.record.held_since {
                    p.muted { (lang.with("sales-held-since", &[("at", lang.instant(since, self.zone).into())])) }
                }
                (self.form.fields(lang).summary())
                @if self.may_sell {
                    div.actions {
                        (Button::post(lang.t("sales-release"), links::sales::release(self.slug, row.id)).danger().icon(Icon::Undo)
                            .confirm(lang.with("sales-release-sure", &[
                                ("number", row.number.as_str().into()), ("company", name.get(lang.locale()).into()),
                            ])))
                    }
                }
            },
            None => html! {
                p.muted { (lang.t("sales-nobody")) }
                @if self.may_sell { (self.assign(lang)) } @else { (self.form.fields(lang).summary()) }
            },
        }
    }

    fn assign(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let choices = self.exhibitors.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        html! {
            form.form method="post" action=(links::sales::assign(self.slug, self.record.row.id)) {
                (form.summary())
                (form.select("exhibitor", "sales-exhibitor", choices).required().wide())
                div.form-actions { (Button::submit(lang.t("sales-assign")).icon(Icon::Check)) }
            }
        }
    }

    fn history(&self, lang: Lang) -> Markup {
        if self.record.history.is_empty() {
            return html! { p.muted { (lang.t("sales-never-held")) } };
        }
        let mut table = Table::new(
            lang.t("sales-held-before"),
            vec![
                Col::main(lang.t("sales-company")),
                Col::tight(lang.t("sales-from")),
                Col::tight(lang.t("sales-until")),
                Col::new(lang.t("sales-by")),
            ],
        );
        for line in &self.record.history {
            table.row(vec![
                html! { a href=(links::exhibitor::record(self.slug, line.participation)) { (line.company.get(lang.locale())) } },
                html! { (lang.moment(line.assigned_at, self.zone)) },
                html! { @if let Some(at) = line.released_at { (lang.moment(at, self.zone)) } @else { "–" } },
                html! { (line.assigned_by) },
            ]);
        }
        table.render()
    }
}
