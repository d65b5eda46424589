//! Hubs on the venue's own network: how each is doing; and on a hub itself, how far it is from its upstream.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::admission::hub::{HubLine, HubSelf};
use maud::{Markup, Render, html};

use super::{View, views};
use crate::components::{Badge, Button, Col, Icon, Table, Tone, callout, card, cell_lines, empty_state, facts};
use crate::{Lang, Shell, links};

/// A hub not heard of for so long is taken to be cut off.
const SILENT: TimeDelta = TimeDelta::seconds(60);
/// A clock off by more than this is told, milliseconds.
const OFF: i64 = 120_000;

/// The hubs of an edition.
pub struct HubsPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// Hubs by number.
    pub hubs: &'a [HubLine],
    /// What this installation is, when it is a hub itself.
    pub own: Option<&'a HubSelf>,
    /// Scans it has not handed on yet.
    pub unsent: i64,
    /// Where this installation is reached.
    pub address: &'a str,
    /// The venue's time zone.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
}

impl HubsPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            @if let Some(own) = self.own { (self.own(lang, own)) }
            @if self.hubs.is_empty() && self.own.is_none() {
                (empty_state(Icon::Network, &lang.t("hub-empty"), &lang.t("hub-empty-help"), &html! {}))
            }
            @if !self.hubs.is_empty() { (self.table(lang)) }
            @if self.own.is_none() { (self.how(lang)) }
        };
        shell.page(lang.t("hub-title")).tabs(views(lang, self.edition, View::Hubs, true)).body(&body)
    }

    fn own(&self, lang: Lang, own: &HubSelf) -> Markup {
        let moment = |at: Option<DateTime<Utc>>| match at {
            Some(at) => html! { time datetime=(at.to_rfc3339()) data-ago { (lang.moment(at, self.zone)) } },
            None => html! {},
        };
        let connected = own.trouble.is_empty() && own.contact_at.is_some_and(|at| self.now - at < SILENT);
        let (tone, title) =
            if connected { (Tone::Good, lang.t("hub-self-connected")) } else { (Tone::Warn, lang.t("hub-self-alone")) };
        html! {
            (callout(tone, &title, &html! {
                @if !connected { p { (lang.t("hub-self-alone-help")) } }
                @if !own.trouble.is_empty() { p.small { code { (own.trouble) } } }
            }))
            (facts(&[
                (lang.t("hub-name"), html! { (own.name) }),
                (lang.t("hub-upstream"), html! { (own.upstream) }),
                (lang.t("hub-contact"), moment(own.contact_at)),
                (lang.t("hub-tried"), moment(own.tried_at)),
                (lang.t("hub-unsent"), html! { (lang.number(self.unsent)) }),
                (lang.t("hub-offset"), html! { (offset(lang, own.offset_ms)) }),
            ]))
        }
    }

    fn state(&self, lang: Lang, hub: &HubLine) -> Badge {
        if hub.withdrawn_at.is_some() {
            return Badge::new(lang.t("hub-state-withdrawn"), Tone::Neutral).icon(Icon::Ban);
        }
        match hub.seen_at {
            Some(at) if self.now - at < SILENT => {
                Badge::new(lang.t("hub-state-connected"), Tone::Good).icon(Icon::Online)
            }
            Some(_) => Badge::new(lang.t("hub-state-alone"), Tone::Warn).icon(Icon::Offline),
            None => Badge::new(lang.t("hub-state-new"), Tone::Info).icon(Icon::Hourglass),
        }
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("hub-title"),
            vec![
                Col::main(lang.t("hub-name")),
                Col::new(lang.t("admission-state")),
                Col::tight(lang.t("admission-device-seen")),
                Col::num(lang.t("hub-unsent")),
                Col::num(lang.t("hub-scans")),
                Col::num(lang.t("hub-people")),
                Col::new(lang.t("hub-offset")),
                Col::actions(lang.t("admission-actions")),
            ],
        );
        for hub in self.hubs {
            let number = lang.with("hub-number", &[("number", hub.number.into())]);
            table.row(vec![
                cell_lines(&hub.name, &number),
                self.state(lang, hub).render(),
                html! {
                    @match hub.seen_at {
                        Some(at) => time datetime=(at.to_rfc3339()) data-ago { (lang.moment(at, self.zone)) },
                        None => span.muted { "–" },
                    }
                },
                html! { (lang.number(hub.unsent)) },
                html! { (lang.number(hub.scans)) },
                html! { (lang.number(hub.people)) },
                html! { (offset(lang, hub.offset_ms)) },
                self.act(lang, hub),
            ]);
        }
        table.render()
    }

    fn act(&self, lang: Lang, hub: &HubLine) -> Markup {
        if hub.withdrawn_at.is_some() {
            return html! {};
        }
        Button::post(lang.t("hub-withdraw"), links::admission::hub_withdraw(self.edition, hub.id))
            .value("version", hub.version)
            .confirm(lang.t("hub-withdraw-sure"))
            .small()
            .ghost()
            .icon(Icon::Ban)
            .render()
    }

    fn how(&self, lang: Lang) -> Markup {
        let command =
            format!("fairlead edge --upstream {} --edition {} --name \"Hall N1\"", self.address, self.edition);
        let body = html! {
            p { (lang.t("hub-how")) }
            pre.command tabindex="0" { code { "FAIRLEAD_UPSTREAM_TOKEN=flt_… " (command) } }
            p.muted { (lang.t("hub-how-rights")) }
        };
        card(&lang.t("hub-new"), &html! {}, &body)
    }
}

/// A clock's distance in words: fine, or by how much it is off.
fn offset(lang: Lang, offset_ms: i64) -> Markup {
    let seconds = lang.decimal(offset_ms.abs() as f64 / 1000.0, 1);
    let said = lang.with("hub-seconds", &[("seconds", seconds.into())]);
    if offset_ms.abs() > OFF {
        Badge::new(said, Tone::Warn).icon(Icon::Clock).render()
    } else {
        html! { (said) }
    }
}
