//! The conflict inbox: what devices that could not see each other did, to be looked at and said what it was.

use chrono_tz::Tz;
use domain::admission::conflict_view::{ConflictCount, ConflictFilter, ConflictLine, ConflictRecord};
use domain::admission::view::{PlaceChoice, ScanLine};
use domain::admission::{ConflictKind, ConflictState};
use domain::office::SavedView;
use maud::{Markup, Render, html};

use super::{View, views};
use crate::components::{
    Badge, Button, Choice, Col, Entry, FilterBar, Icon, Pager, Table, Tile, Tone, callout, card, cell_lines,
    empty_state, facts, options, saved_views, tiles, timeline,
};
use crate::desk::verdict::{badge, remark, short};
use crate::{FormState, Href, Lang, Shell, links};

/// The inbox.
pub struct ConflictsPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// What is asked.
    pub filter: &'a ConflictFilter,
    /// Rows, newest first.
    pub lines: &'a [ConflictLine],
    /// How many there are of each kind.
    pub counts: &'a [ConflictCount],
    /// Gates to filter by.
    pub gates: &'a [PlaceChoice],
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is not the first page.
    pub later: bool,
    /// The venue's time zone.
    pub zone: Tz,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    /// May settle them.
    pub manage: bool,
    /// May take the list away as a file.
    pub export: bool,
    /// The form that settles all of a kind.
    pub form: &'a FormState,
}

fn tone(kind: ConflictKind) -> (Tone, Icon) {
    match kind {
        ConflictKind::NotOurs => (Tone::Bad, Icon::Ban),
        ConflictKind::AdmittedTwice => (Tone::Bad, Icon::Copy),
        ConflictKind::Withdrawn => (Tone::Bad, Icon::XCircle),
        ConflictKind::AgainstRules => (Tone::Warn, Icon::Shield),
        ConflictKind::UnknownBadge => (Tone::Warn, Icon::Help),
        ConflictKind::TurnedAway => (Tone::Warn, Icon::SignOut),
        ConflictKind::ClockUnknown => (Tone::Info, Icon::Clock),
    }
}

fn kind_badge(lang: Lang, kind: ConflictKind) -> Badge {
    let (tone, icon) = tone(kind);
    Badge::new(lang.term("conflict-kind", kind.code()), tone).icon(icon)
}

fn state_badge(lang: Lang, state: ConflictState) -> Badge {
    let (tone, icon) = match state {
        ConflictState::Open => (Tone::Warn, Icon::Inbox),
        ConflictState::Settled => (Tone::Good, Icon::CheckCircle),
        ConflictState::Gone => (Tone::Neutral, Icon::Check),
    };
    Badge::new(lang.term("conflict-state", state.code()), tone).icon(icon)
}

fn when(lang: Lang, zone: Tz, at: chrono::DateTime<chrono::Utc>) -> Markup {
    let day = lang.day(at.with_timezone(&zone).date_naive());
    html! { time datetime=(at.to_rfc3339()) { (day) ", " (lang.clock(at, zone)) } }
}

impl ConflictsPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            p.muted { (lang.t("conflict-help")) }
            (tiles(&self.tiles(lang)))
            (self.filters(lang))
            @if self.lines.is_empty() {
                (empty_state(Icon::CheckCircle, &lang.t("conflict-empty"), &lang.t("conflict-empty-help"), &html! {}))
            } @else {
                (self.table(lang))
                (Pager::new(lang, self.lines.len())
                    .first(self.later.then(|| self.here(&[])))
                    .next(self.next.as_ref().map(|next| self.here(&[("after", next)]))))
                @if let (true, Some(kind), Some(ConflictState::Open)) = (self.manage, self.filter.kind, self.filter.state) {
                    (self.settle_all(lang, kind))
                }
            }
        };
        shell
            .page(lang.t("conflict-title"))
            .wide()
            .tabs(views(lang, self.edition, View::Conflicts, self.manage))
            .body(&body)
    }

    fn here(&self, more: &[(&str, &str)]) -> Href {
        self.with_filter(links::admission::conflicts(self.edition)).query(more)
    }

    fn with_filter(&self, link: Href) -> Href {
        let filter = self.filter;
        link.query(&[
            ("state", filter.state.map_or("all", ConflictState::code)),
            ("kind", filter.kind.map_or("", ConflictKind::code)),
            ("gate", &filter.gate.map(|id| id.to_string()).unwrap_or_default()),
            ("day", &filter.day.map(|day| day.to_string()).unwrap_or_default()),
        ])
    }

    fn tiles(&self, lang: Lang) -> Vec<Tile> {
        let open = |kind: ConflictKind| -> i64 {
            let counted = self.counts.iter().filter(|c| c.kind == kind && c.state == ConflictState::Open);
            counted.map(|c| c.count).sum()
        };
        let all = ConflictKind::ALL.iter().filter(|kind| open(**kind) > 0);
        let mut list: Vec<Tile> = all
            .map(|kind| {
                let (tone, icon) = tone(*kind);
                let link = links::admission::conflicts(self.edition).query(&[("kind", kind.code())]);
                Tile::new(lang.term("conflict-kind", kind.code()), lang.number(open(*kind)))
                    .icon(icon)
                    .tone(tone)
                    .link(link)
            })
            .collect();
        let settled: i64 = self.counts.iter().filter(|c| c.state == ConflictState::Settled).map(|c| c.count).sum();
        if settled > 0 {
            let link = links::admission::conflicts(self.edition).query(&[("state", "settled")]);
            list.push(
                Tile::new(lang.t("conflict-state-settled"), lang.number(settled)).icon(Icon::CheckCircle).link(link),
            );
        }
        list
    }

    fn filters(&self, lang: Lang) -> Markup {
        let filter = self.filter;
        let gates = self.gates.iter().map(|gate| Choice::new(gate.id.to_string(), gate.code.clone())).collect();
        let kinds = options(lang, "conflict-kind", ConflictKind::ALL.iter().map(|kind| kind.code()));
        let mut states = options(lang, "conflict-state", ConflictState::ALL.iter().map(|state| state.code()));
        states.push(Choice::new("all", lang.t("conflict-state-all")));
        let state = filter.state.map_or("all", ConflictState::code);
        let mut bar = FilterBar::new(lang, links::admission::conflicts(self.edition))
            .select("state", lang.t("admission-state"), states, state)
            .select("kind", lang.t("conflict-kind"), kinds, filter.kind.map_or("", ConflictKind::code))
            .select("gate", lang.t("admission-gate"), gates, &filter.gate.map(|id| id.to_string()).unwrap_or_default());
        let shown = self.with_filter(links::admission::conflicts(self.edition));
        bar = bar.extra(saved_views(lang, self.edition, "conflicts", &shown, self.views));
        if let Some(day) = filter.day {
            bar = bar.keep("day", day);
        }
        bar.exports(self.export, |format: &str| {
            self.with_filter(links::admission::conflicts_export(self.edition, format))
        })
        .render()
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("conflict-title"),
            vec![
                Col::tight(lang.t("admission-time")),
                Col::main(lang.t("conflict-kind")),
                Col::new(lang.t("admission-person")),
                Col::tight(lang.t("admission-gate")),
                Col::new(lang.t("conflict-against")),
                Col::new(lang.t("admission-state")),
            ],
        )
        .sticky();
        for line in self.lines {
            let scan = &line.scan;
            let to = links::admission::conflict(self.edition, scan.id);
            table.row(vec![
                when(lang, self.zone, scan.entry_time),
                html! { a href=(to) { (kind_badge(lang, line.kind)) } },
                person(lang, self.edition, scan),
                html! { (cell_lines(&scan.gate, scan.device.as_deref().unwrap_or_default())) },
                against(lang, self.zone, line),
                html! { (cell_lines(state_badge(lang, line.state), &line.note)) },
            ]);
        }
        table.render()
    }

    fn settle_all(&self, lang: Lang, kind: ConflictKind) -> Markup {
        let form = self.form.fields(lang);
        let body = html! {
            (form.summary())
            p { (lang.with("conflict-settle-all-help", &[("kind", lang.term("conflict-kind", kind.code()).into())])) }
            form.form method="post" action=(links::admission::conflicts(self.edition)) {
                input type="hidden" name="kind" value=(kind.code());
                (form.textarea("note", "conflict-note").required().rows(2).hint("conflict-note-hint"))
                div.form-actions { (Button::submit(lang.t("conflict-settle-all")).icon(Icon::CheckCircle)) }
            }
        };
        card(&lang.t("conflict-settle-all"), &html! {}, &body)
    }
}

fn person(lang: Lang, edition: &str, scan: &ScanLine) -> Markup {
    match &scan.person {
        Some(person) => {
            let link = links::admission::person(edition, person.registration);
            cell_lines(html! { a href=(link) { (person.name) } }, &person.company)
        }
        None => html! { (cell_lines(html! { code { (short(&scan.code)) } }, &lang.t("conflict-nobody"))) },
    }
}

/// What speaks against the scan, in a line.
fn against(lang: Lang, zone: Tz, line: &ConflictLine) -> Markup {
    let said = match &line.other_at {
        Some((at, gate)) => {
            lang.with("conflict-other", &[("time", lang.moment(*at, zone).into()), ("gate", gate.clone().into())])
        }
        None => remark(lang, zone, line.scan.reason.as_deref(), &line.scan.details),
    };
    let vague = if line.order_unknown { lang.t("conflict-order-unknown") } else { String::new() };
    cell_lines(said, &vague)
}

/// One conflict.
pub struct ConflictPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// All about it.
    pub record: &'a ConflictRecord,
    /// What happened to it, newest first.
    pub journal: &'a [domain::journal::Entry],
    /// The form that settles it.
    pub form: &'a FormState,
    /// The venue's time zone.
    pub zone: Tz,
    /// May settle it.
    pub manage: bool,
}

impl ConflictPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let line = &self.record.line;
        let body = html! {
            (callout(tone(line.kind).0, &lang.term("conflict-say", line.kind.code()), &html! {
                @if line.order_unknown { p { (lang.t("conflict-order-unknown-help")) } }
                p { (lang.t("conflict-stands")) }
            }))
            div.conflict-pair {
                (card(&lang.t("conflict-this"), &badge(lang, line.scan.verdict), &self.scan(lang, &line.scan)))
                @if let Some(other) = &self.record.other {
                    (card(&lang.t("conflict-that"), &badge(lang, other.verdict), &self.scan(lang, other)))
                }
            }
            (self.settling(lang))
            @if !self.record.history.is_empty() {
                (card(&lang.t("conflict-history"), &html! {}, &self.history(lang)))
            }
            @if !self.journal.is_empty() {
                (card(&lang.t("admission-history"), &html! {}, &self.timeline(lang)))
            }
        };
        shell
            .page(lang.term("conflict-kind", line.kind.code()))
            .subtitle(html! { (state_badge(lang, line.state)) " " (person_name(line)) })
            .crumb(lang.t("conflict-title"), links::admission::conflicts(self.edition))
            .body(&body)
    }

    fn scan(&self, lang: Lang, scan: &ScanLine) -> Markup {
        let device = scan.device.as_ref().map(|name| format!("{name} · #{}", scan.sequence)).unwrap_or_default();
        let said = remark(lang, self.zone, scan.reason.as_deref(), &scan.details);
        let clock = if scan.details.clock_unknown { lang.t("admission-clock-unknown") } else { String::new() };
        facts(&[
            (lang.t("admission-person"), person(lang, self.edition, scan)),
            (lang.t("admission-time"), html! { (cell_lines(when(lang, self.zone, scan.entry_time), &clock)) }),
            (lang.t("admission-server-time"), when(lang, self.zone, scan.server_time)),
            (
                lang.t("admission-gate"),
                html! { (scan.gate) " · " (lang.term("admission-direction", scan.direction.code())) },
            ),
            (lang.t("admission-device"), html! { (device) }),
            (lang.t("conflict-server-says"), html! { (said) }),
        ])
    }

    fn settling(&self, lang: Lang) -> Markup {
        let line = &self.record.line;
        let to = links::admission::conflict(self.edition, line.scan.id);
        match line.state {
            ConflictState::Gone => callout(Tone::Neutral, &lang.t("conflict-gone"), &html! {}),
            ConflictState::Settled => {
                let reopen = Button::post(
                    lang.t("conflict-reopen"),
                    links::admission::conflict_reopen(self.edition, line.scan.id),
                )
                .value("version", line.version)
                .icon(Icon::Undo)
                .plain();
                let at = line.settled_at.map(|at| lang.moment(at, self.zone)).unwrap_or_default();
                let by = lang
                    .with("conflict-settled-by", &[("name", line.settled_name.clone().into()), ("time", at.into())]);
                let body = html! { p { (line.note) } p.muted { (by) } };
                card(&lang.t("conflict-state-settled"), &html! { @if self.manage { (reopen) } }, &body)
            }
            ConflictState::Open if self.manage => {
                let form = self.form.fields(lang);
                let body = html! {
                    (form.summary())
                    form.form method="post" action=(to) {
                        (form.hidden("version"))
                        (form.textarea("note", "conflict-note").required().rows(3).max_length(1000).hint("conflict-note-hint"))
                        div.form-actions {
                            (Button::submit(lang.t("conflict-settle")).icon(Icon::CheckCircle))
                            (Button::link(lang.t("admission-cancel"), links::admission::conflicts(self.edition)).ghost())
                        }
                    }
                };
                card(&lang.t("conflict-settle"), &html! {}, &body)
            }
            ConflictState::Open => html! {},
        }
    }

    fn history(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("conflict-history"),
            vec![
                Col::tight(lang.t("admission-time")),
                Col::main(lang.t("admission-gate")),
                Col::new(lang.t("admission-verdict")),
                Col::new(lang.t("admission-why")),
                Col::new(lang.t("admission-device")).wide_only(),
            ],
        );
        let here = self.record.line.scan.id;
        for scan in &self.record.history {
            let marked = scan.id == here || self.record.line.other == Some(scan.id);
            let said = remark(lang, self.zone, scan.reason.as_deref(), &scan.details);
            let offline = if scan.offline { lang.t("admission-offline") } else { String::new() };
            let cells = vec![
                when(lang, self.zone, scan.entry_time),
                html! { (scan.gate) " · " (lang.term("admission-direction", scan.direction.code())) },
                badge(lang, scan.verdict).render(),
                cell_lines(said, &offline),
                html! { (scan.device.as_deref().unwrap_or("–")) },
            ];
            if marked {
                table.row_marked(cells, "is-marked");
            } else {
                table.row(cells);
            }
        }
        table.render()
    }

    fn timeline(&self, lang: Lang) -> Markup {
        let entry = |entry: &domain::journal::Entry| {
            let said = lang.fact(&entry.fact);
            Entry::new(Icon::History, said, entry.actor_name.clone(), lang.moment(entry.at, self.zone)).at(entry.at)
        };
        timeline(lang, &self.journal.iter().map(entry).collect::<Vec<_>>())
    }
}

fn person_name(line: &ConflictLine) -> String {
    line.scan.person.as_ref().map(|person| person.name.clone()).unwrap_or_default()
}
