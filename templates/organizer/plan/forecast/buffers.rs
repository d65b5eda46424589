//! Critical chain: the project buffer and the feeding buffers, and how much of them is used.

use domain::Bilingual;
use domain::access::Permission;
use domain::plan::chain::{Buffers, Chain, GREEN, Sizing, YELLOW, Zone};
use domain::plan::view::Head;
use maud::{Markup, Render, html};
use std::collections::HashMap;

use super::risk::days_one;
use super::{Part, parts};
use crate::charts::{Fever, FeverChart, Poster};
use crate::components::{Col, Tab, Table, Tile, card, empty_state, section, tabs, tiles};
use crate::organizer::plan::words::{self, View};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// The buffers of a plan.
pub struct BuffersPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The buffers; nothing without tasks.
    pub buffers: Option<&'a Buffers>,
    /// Name of the baseline the slip is measured against.
    pub against: Option<Bilingual>,
    /// Names of the tasks by code.
    pub names: &'a HashMap<&'a str, &'a Bilingual>,
}

impl BuffersPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Buffers))
                p.muted { (lang.t("buffer-hint")) }
                @match self.buffers {
                    None => {
                        @let none = html! {};
                        (empty_state(Icon::Link, &lang.t("buffer-none"), "", &none))
                    },
                    Some(buffers) => {
                        (self.sizing(lang, buffers))
                        (self.figures(lang, buffers))
                        (card(&lang.t("buffer-fever"), &html! {}, &self.fever(lang, buffers).render()))
                        (section(&lang.t("buffer-chains"), &html! {}, &self.chains(lang, buffers)))
                    },
                }
            }
        };
        let take = html! {
            @if let Some(buffers) = self.buffers.filter(|_| shell.may.contains(&Permission::ExportData)) {
                @let query = format!("sizing={}", buffers.sizing.code());
                (crate::organizer::plan::files(lang, self.slug, "buffers", &query))
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell.page(lang.t("buffer-title")).actions(take).tabs(views).wide().body(&body)
    }

    /// The fever chart, alone.
    pub fn posters(&self, lang: Lang) -> Vec<Poster> {
        self.buffers.map(|buffers| self.fever(lang, buffers).poster()).into_iter().collect()
    }

    fn sizing(&self, lang: Lang, buffers: &Buffers) -> Markup {
        let tab = |sizing: &Sizing| {
            let link = links::plan::buffers(self.slug).query(&[("sizing", sizing.code())]);
            Tab::new(lang.term("buffer-sizing", sizing.code()), link, buffers.sizing == *sizing)
        };
        tabs(lang, &lang.t("buffer-sizing"), &Sizing::ALL.iter().map(tab).collect::<Vec<_>>())
    }

    fn figures(&self, lang: Lang, buffers: &Buffers) -> Markup {
        let project = &buffers.project;
        let end = match buffers.opening {
            true => lang.t("risk-aim-opening"),
            false => format!("{} {}", buffers.end, self.name(lang, &buffers.end)),
        };
        let against = match &self.against {
            Some(name) => lang.with("buffer-against", &[("name", name.get(lang.locale()).into())]),
            None => lang.t("buffer-against-room"),
        };
        let length = lang.with("buffer-length", &[("days", days_one(lang, project.length).into())]);
        let late = self.worst(buffers);
        tiles(&[
            Tile::new(lang.t("buffer-project"), days_one(lang, project.buffer)).hint(end).icon(Icon::Shield),
            Tile::new(lang.t("buffer-used"), lang.percent(project.used))
                .hint(against)
                .tone(tone(project.zone))
                .icon(Icon::Activity),
            Tile::new(lang.t("buffer-complete"), lang.percent(project.complete)).hint(length).icon(Icon::CheckCircle),
            Tile::new(lang.t("buffer-feeding"), lang.number(buffers.feeding.len() as i64))
                .hint(lang.with("buffer-red", &[("count", late.into())]))
                .tone(if late > 0 { Tone::Bad } else { Tone::Good })
                .icon(Icon::Network),
        ])
    }

    fn worst(&self, buffers: &Buffers) -> usize {
        buffers.feeding.iter().filter(|chain| chain.zone == Zone::Red).count()
    }

    fn name(&self, lang: Lang, code: &str) -> String {
        self.names.get(code).map(|name| name.get(lang.locale()).to_owned()).unwrap_or_default()
    }

    fn title(&self, lang: Lang, chain: &Chain) -> String {
        let last = chain.codes.last().map_or("", String::as_str);
        match &chain.joins {
            None => lang.t("buffer-critical"),
            Some(joins) => lang.with("buffer-into", &[("from", last.into()), ("to", joins.as_str().into())]),
        }
    }

    fn fever(&self, lang: Lang, buffers: &Buffers) -> FeverChart {
        let axes = (lang.t("buffer-axis-complete"), lang.t("buffer-axis-used"));
        let zones = [Zone::Green, Zone::Yellow, Zone::Red].map(|zone| lang.term("buffer-zone", zone.code()));
        let chart = FeverChart::new(lang, lang.t("buffer-fever-title"), axes, [GREEN, YELLOW], zones);
        let chains = std::iter::once(&buffers.project).chain(&buffers.feeding);
        let dots = chains.map(|chain| Fever {
            name: self.title(lang, chain),
            complete: chain.complete,
            used: chain.used,
            main: chain.joins.is_none(),
        });
        dots.take(24).fold(chart, FeverChart::chain)
    }

    fn chains(&self, lang: Lang, buffers: &Buffers) -> Markup {
        let cols = vec![
            Col::main(lang.t("buffer-chain")),
            Col::new(lang.t("buffer-tasks")),
            Col::num(lang.t("buffer-length-head")),
            Col::num(lang.t("buffer-wanted")),
            Col::num(lang.t("buffer-room")),
            Col::num(lang.t("buffer-complete")),
            Col::num(lang.t("buffer-used")),
            Col::tight(lang.t("buffer-zone")),
        ];
        let mut table = Table::new(lang.t("buffer-chains"), cols);
        for chain in std::iter::once(&buffers.project).chain(&buffers.feeding) {
            table.row(vec![
                html! { (self.title(lang, chain)) },
                html! { span.forecast-path {
                    @for (at, code) in chain.codes.iter().enumerate() {
                        @if at > 0 { " → " }
                        a.code href=(links::plan::task(self.slug, code)) title=(self.name(lang, code)) { (code) }
                    }
                } },
                html! { (days_one(lang, chain.length)) },
                html! { (days_one(lang, chain.buffer)) },
                html! { (days_one(lang, chain.room)) },
                html! { (lang.percent(chain.complete)) },
                html! { (lang.percent(chain.used)) },
                html! { (Badge::new(lang.term("buffer-zone", chain.zone.code()), tone(chain.zone))) },
            ]);
        }
        table.render()
    }
}

fn tone(zone: Zone) -> Tone {
    match zone {
        Zone::Green => Tone::Good,
        Zone::Yellow => Tone::Warn,
        Zone::Red => Tone::Bad,
    }
}
