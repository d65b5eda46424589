//! Counts: what the log says by an auditor's rules, and counts that were frozen.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::admission::audit::{AuditProfile, Headline, profiles};
use domain::admission::count::{Figures, GroupFigures};
use domain::admission::count_view::{Freeze, FreezeCheck};
use domain::registration::view::Qr;
use maud::{Markup, Render, html};

use super::devices::qr_picture;
use super::{View, views};
use crate::charts::{BarChart, LineChart, Series};
use crate::components::{
    Badge, Button, Choice, Col, FilterBar, Icon, Table, Tile, Tone, callout, card, cell_lines, definitions, facts,
    tiles,
};
use crate::{FormState, Lang, Shell, links};

/// The count of the log as it stands.
pub struct CountsPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// By whose rules.
    pub profile: &'a AuditProfile,
    /// The figures.
    pub figures: &'a Figures,
    /// Scans received up to then are in them.
    pub counted_at: DateTime<Utc>,
    /// Counts that were frozen, newest first.
    pub freezes: &'a [Freeze],
    /// The form that freezes.
    pub form: &'a FormState,
    /// The venue's time zone.
    pub zone: Tz,
    /// May freeze, and see gates, rules, devices.
    pub manage: bool,
    /// May take the figures away as a file.
    pub export: bool,
}

impl CountsPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let export = Button::link(
            lang.t("admission-export-xlsx"),
            links::admission::counts_export(self.edition).query(&[("profile", &self.profile.code)]),
        )
        .ghost()
        .icon(Icon::Download)
        .download();
        let choices =
            profiles().iter().map(|p| Choice::new(p.code.clone(), p.name.get(lang.locale()).to_owned())).collect();
        let mut bar = FilterBar::new(lang, links::admission::counts(self.edition)).select(
            "profile",
            lang.t("count-profile"),
            choices,
            &self.profile.code,
        );
        if self.export {
            bar = bar.extra(export.render());
        }
        let body = html! {
            (bar)
            (rules(lang, self.profile))
            (figures(lang, self.profile, self.figures))
            (card(&lang.t("count-frozen"), &html! {}, &self.frozen(lang)))
            @if self.manage { (self.freezing(lang)) }
        };
        shell
            .page(lang.t("count-title"))
            .subtitle(html! {
                (lang.date_range(self.figures.from, self.figures.until))
                " · " (lang.with("admission-as-of", &[("time", lang.clock(self.counted_at, self.zone).into())]))
            })
            .wide()
            .tabs(views(lang, self.edition, View::Counts, self.manage))
            .body(&body)
    }

    fn frozen(&self, lang: Lang) -> Markup {
        if self.freezes.is_empty() {
            return html! { p.muted { (lang.t("count-frozen-none")) } };
        }
        let mut table = Table::new(
            lang.t("count-frozen"),
            vec![
                Col::main(lang.t("count-number")),
                Col::new(lang.t("count-profile")),
                Col::num(lang.t("count-visitors")),
                Col::num(lang.t("count-visits")),
                Col::num(lang.t("count-scans")),
                Col::tight(lang.t("count-frozen-at")),
                Col::new(lang.t("count-note")),
            ],
        );
        for freeze in self.freezes {
            let figures = freeze.certificate().map(|c| c.figures);
            let figure = |read: fn(&Figures) -> i64| figures.as_ref().map(read);
            let to = links::admission::freeze(self.edition, freeze.id);
            table.row(vec![
                html! { a href=(to) { (lang.with("count-numbered", &[("number", freeze.number.into())])) } },
                html! { (profile_name(lang, &freeze.profile)) },
                html! { @if let Some(n) = figure(|f| f.visitors) { (lang.number(n)) } },
                html! { @if let Some(n) = figure(|f| f.visits) { (lang.number(n)) } },
                html! { (lang.number(freeze.scans)) },
                html! { time datetime=(freeze.frozen_at.to_rfc3339()) { (lang.moment(freeze.frozen_at, self.zone)) } },
                html! { (freeze.note) },
            ]);
        }
        table.render()
    }

    fn freezing(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let body = html! {
            (form.summary())
            p.muted { (lang.t("count-freeze-help")) }
            form.form method="post" action=(links::admission::counts(self.edition)) {
                input type="hidden" name="profile" value=(self.profile.code);
                (form.text("note", "count-note").max_length(500).hint("count-note-hint"))
                div.form-actions { (Button::submit(lang.t("count-freeze")).icon(Icon::Lock)) }
            }
        };
        card(&lang.t("count-freeze"), &html! {}, &body)
    }
}

fn profile_name(lang: Lang, code: &str) -> String {
    domain::admission::audit::profile(code).map(|p| p.name.get(lang.locale()).to_owned()).unwrap_or_default()
}

/// Whose rules, in words, with where they are written.
pub fn rules(lang: Lang, profile: &AuditProfile) -> Markup {
    let locale = lang.locale();
    let categories: Vec<String> = profile.visitors.iter().map(|c| lang.term("category", c.code())).collect();
    let body = definitions(&[
        (lang.t("count-body"), html! { (profile.body.get(locale)) }),
        (lang.t("count-rule"), html! { (profile.rule.get(locale)) }),
        (lang.t("count-who"), html! { (lang.list(&categories)) }),
        (lang.t("count-source"), html! { (profile.source.get(locale)) }),
    ]);
    card(profile.name.get(locale), &html! {}, &body)
}

/// The figures in tiles, pictures and tables.
pub fn figures(lang: Lang, profile: &AuditProfile, f: &Figures) -> Markup {
    html! {
        (tiles(&headline(lang, profile, f)))
        @if f.days.is_empty() {
            (callout(Tone::Neutral, &lang.t("count-nobody"), &html! { p { (lang.t("count-nobody-help")) } }))
        } @else {
            div.board-grid {
                (card("", &html! {}, &by_hour(lang, f)))
                (card("", &html! {}, &by_day_picture(lang, f)))
            }
            (card(&lang.t("count-by-day"), &html! {}, &by_day(lang, f)))
            div.count-tables {
                (card(&lang.t("count-by-gate"), &html! {}, &by_gate(lang, f)))
                (card(&lang.t("count-by-category"), &html! {}, &groups(lang, "count-by-category", "count-category", &f.categories, &|code| lang.term("category", code))))
                (card(&lang.t("count-by-country"), &html! {}, &groups(lang, "count-by-country", "count-country", &f.countries, &|code| country(lang, code))))
                @if !f.others.is_empty() {
                    (card(&lang.t("count-others"), &html! {}, &groups(lang, "count-others", "count-category", &f.others, &|code| lang.term("category", code))))
                }
            }
        }
    }
}

/// A country's name, or what there is of it.
fn country(lang: Lang, code: &str) -> String {
    if code.is_empty() {
        return lang.t("count-country-unknown");
    }
    lang.term_opt("country", code).unwrap_or_else(|| code.to_owned())
}

fn headline(lang: Lang, profile: &AuditProfile, f: &Figures) -> Vec<Tile> {
    let visitors = Tile::new(lang.t("count-visitors"), lang.number(f.visitors))
        .icon(Icon::Users)
        .hint(lang.with("count-abroad-hint", &[("share", lang.percent(f.share_abroad()).into())]));
    let visits = Tile::new(lang.t("count-visits"), lang.number(f.visits))
        .icon(Icon::Ticket)
        .hint(lang.with("count-repeat-hint", &[("count", lang.number(f.repeat_visits()).into())]));
    let mut all = match profile.headline {
        Headline::Visitors => vec![visitors.tone(Tone::Accent), visits],
        Headline::Visits => vec![visits.tone(Tone::Accent), visitors],
    };
    all.push(
        Tile::new(lang.t("count-entries"), lang.number(f.entries))
            .icon(Icon::SignIn)
            .hint(lang.with("count-reentry-hint", &[("count", lang.number(f.repeat_entries()).into())])),
    );
    all.push(Tile::new(lang.t("count-exits"), lang.number(f.exits)).icon(Icon::SignOut));
    if f.unnamed > 0 {
        all.push(
            Tile::new(lang.t("count-unnamed"), lang.number(f.unnamed))
                .icon(Icon::Help)
                .tone(Tone::Warn)
                .hint(lang.t("count-unnamed-hint")),
        );
    }
    all
}

/// People inside and entries over the hours of the days.
fn by_hour(lang: Lang, f: &Figures) -> Markup {
    let several = f.days.len() > 1;
    let label = |day: NaiveDate, hour: i32| {
        if several { format!("{} {hour:02}", lang.day(day)) } else { format!("{hour:02}:00") }
    };
    let labels = f.hours.iter().map(|h| label(h.day, h.hour)).collect();
    LineChart::new(lang, lang.t("count-by-hour"), lang.t("count-people"), labels)
        .series(Series::full(lang.t("count-present"), f.hours.iter().map(|h| h.present as f64)))
        .series(Series::full(lang.t("count-inside"), f.hours.iter().map(|h| h.inside as f64)))
        .series(Series::full(lang.t("count-entries"), f.hours.iter().map(|h| h.entries as f64)))
        .full()
        .render()
}

fn by_day_picture(lang: Lang, f: &Figures) -> Markup {
    let labels = f.days.iter().map(|d| lang.day(d.day)).collect();
    BarChart::new(lang, lang.t("count-by-day"), lang.t("count-people"), labels)
        .series(Series::full(lang.t("count-visitors"), f.days.iter().map(|d| d.visitors as f64)))
        .series(Series::full(lang.t("count-new"), f.days.iter().map(|d| d.new_visitors as f64)))
        .render()
}

fn by_day(lang: Lang, f: &Figures) -> Markup {
    let mut table = Table::new(
        lang.t("count-by-day"),
        vec![
            Col::main(lang.t("count-day")),
            Col::num(lang.t("count-visitors")),
            Col::num(lang.t("count-new")),
            Col::num(lang.t("count-visits")),
            Col::num(lang.t("count-entries")),
            Col::num(lang.t("count-exits")),
            Col::num(lang.t("count-peak")),
        ],
    );
    for day in &f.days {
        let figures = [day.visitors, day.new_visitors, day.visits, day.entries, day.exits, day.peak];
        let mut cells = vec![html! { (lang.weekday_date(day.day)) }];
        cells.extend(figures.map(|figure| html! { (lang.number(figure)) }));
        table.row(cells);
    }
    let total = [f.visitors, f.visitors, f.visits, f.entries, f.exits];
    let mut cells = vec![html! { (lang.t("count-total")) }];
    cells.extend(total.map(|figure| html! { (lang.number(figure)) }));
    cells.push(html! {});
    table.foot(cells);
    table.render()
}

fn by_gate(lang: Lang, f: &Figures) -> Markup {
    let mut table = Table::new(
        lang.t("count-by-gate"),
        vec![
            Col::main(lang.t("count-gate")),
            Col::num(lang.t("count-visits")),
            Col::num(lang.t("count-entries")),
            Col::num(lang.t("count-exits")),
        ],
    );
    for gate in &f.gates {
        let figures = [gate.visits, gate.entries, gate.exits];
        let mut cells = vec![html! { (gate.code) }];
        cells.extend(figures.map(|figure| html! { (lang.number(figure)) }));
        table.row(cells);
    }
    table.render()
}

/// As many rows are shown; the workbook has them all.
const SHOWN: usize = 15;

fn groups(lang: Lang, title: &str, head: &str, list: &[GroupFigures], words: &dyn Fn(&str) -> String) -> Markup {
    let mut table = Table::new(
        lang.t(title),
        vec![Col::main(lang.t(head)), Col::num(lang.t("count-visitors")), Col::num(lang.t("count-visits"))],
    );
    for group in list.iter().take(SHOWN) {
        table.row(vec![
            html! { (words(&group.code)) },
            html! { (lang.number(group.visitors)) },
            html! { (lang.number(group.visits)) },
        ]);
    }
    if let Some(rest) = list.get(SHOWN..).filter(|rest| !rest.is_empty()) {
        let sum = |read: fn(&GroupFigures) -> i64| rest.iter().map(read).sum::<i64>();
        table.row(vec![
            html! { span.muted { (lang.with("count-more", &[("count", rest.len().into())])) } },
            html! { (lang.number(sum(|g| g.visitors))) },
            html! { (lang.number(sum(|g| g.visits))) },
        ]);
    }
    table.render()
}

/// One frozen count.
pub struct FreezePage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// The frozen count.
    pub freeze: &'a Freeze,
    /// Its figures.
    pub figures: &'a Figures,
    /// Whose rules.
    pub profile: &'a AuditProfile,
    /// Looks at it, newest first.
    pub checks: &'a [FreezeCheck],
    /// Whether the certificate is what was sealed.
    pub sealed: bool,
    /// Where anybody can check it.
    pub address: &'a str,
    /// The QR code of that address.
    pub qr: &'a Qr,
    /// The venue's time zone.
    pub zone: Tz,
    /// May look again.
    pub manage: bool,
    /// May take files away.
    pub export: bool,
}

impl FreezePage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let id = self.freeze.id;
        let file = |key: &str, what: &str, icon: Icon| {
            Button::link(lang.t(key), links::admission::freeze_file(self.edition, id, what)).icon(icon).download()
        };
        let actions = html! {
            @if self.manage {
                (Button::post(lang.t("count-check"), links::admission::freeze_check(self.edition, id)).icon(Icon::Refresh).primary())
            }
            @if self.export {
                (file("count-certificate-pdf", "certificate.pdf", Icon::File).plain())
                (file("admission-export-xlsx", "figures.xlsx", Icon::Table).ghost())
                (file("count-log-file", "log.csv", Icon::Download).ghost())
            }
        };
        let body = html! {
            (verdict(lang, self.zone, self.sealed, self.checks.first()))
            (facts(&[
                (lang.t("count-frozen-at"), html! { (lang.instant(self.freeze.frozen_at, self.zone)) }),
                (lang.t("count-frozen-by"), html! { (self.freeze.frozen_name) }),
                (lang.t("count-scans"), html! { (lang.number(self.freeze.scans)) }),
                (lang.t("count-note"), html! { (self.freeze.note) }),
            ]))
            (card(&lang.t("count-anybody"), &html! {}, &self.anybody(lang)))
            (rules(lang, self.profile))
            (figures(lang, self.profile, self.figures))
            @if !self.checks.is_empty() { (card(&lang.t("count-checks"), &html! {}, &self.looks(lang))) }
        };
        shell
            .page(lang.with("count-numbered", &[("number", self.freeze.number.into())]))
            .subtitle(html! { (self.profile.name.get(lang.locale())) })
            .crumb(lang.t("count-title"), links::admission::counts(self.edition))
            .actions(actions)
            .wide()
            .body(&body)
    }

    fn anybody(&self, lang: Lang) -> Markup {
        html! {
            div.pairing {
                (qr_picture(self.qr, &lang.t("count-qr")))
                div {
                    p { (lang.t("count-anybody-help")) }
                    p { a href=(self.address) { (self.address) } }
                    (hashes(lang, self.freeze))
                }
            }
        }
    }

    fn looks(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("count-checks"),
            vec![
                Col::tight(lang.t("admission-time")),
                Col::main(lang.t("count-result")),
                Col::num(lang.t("count-scans")),
                Col::new(lang.t("count-frozen-by")),
            ],
        );
        for check in self.checks {
            table.row(vec![
                html! { (lang.moment(check.at, self.zone)) },
                cell_lines(same_badge(lang, check.same), &check.log_hash),
                html! { (lang.number(check.scans)) },
                html! { (check.name) },
            ]);
        }
        table.render()
    }
}

fn same_badge(lang: Lang, same: bool) -> Badge {
    match same {
        true => Badge::new(lang.t("count-same"), Tone::Good).icon(Icon::CheckCircle),
        false => Badge::new(lang.t("count-changed"), Tone::Warn).icon(Icon::Alert),
    }
}

/// Both hashes, to be compared with those on paper.
pub fn hashes(lang: Lang, freeze: &Freeze) -> Markup {
    definitions(&[
        (lang.t("count-log-hash"), html! { code.hash { (freeze.log_hash) } }),
        (lang.t("count-seal"), html! { code.hash { (freeze.seal) } }),
    ])
}

/// Whether the certificate is what was sealed, and what the last look at the log saw.
pub fn verdict(lang: Lang, zone: Tz, sealed: bool, check: Option<&FreezeCheck>) -> Markup {
    let seen = html! {
        @match check {
            Some(check) => {
                @let key = if check.same { "count-seen-same" } else { "count-seen-changed" };
                p { (lang.with(key, &[("time", lang.instant(check.at, zone).into()), ("name", check.name.clone().into())])) }
            }
            None => p { (lang.t("count-seen-never")) }
        }
    };
    match (sealed, check.is_none_or(|check| check.same)) {
        (false, _) => callout(Tone::Bad, &lang.t("count-broken"), &seen),
        (true, true) => callout(Tone::Good, &lang.t("count-sealed"), &seen),
        (true, false) => callout(Tone::Warn, &lang.t("count-sealed"), &seen),
    }
}
