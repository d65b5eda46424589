//! The exhibitor's home: what to do next, every duty with its light, the stand, the people.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{
    PlaceId,
    exhibitor::{
        Light,
        view::{DutyRow, ExhibitorRecord},
    },
    venue::view::HallPlan,
};
use maud::{Markup, html};

use crate::{
    Badge, Icon, Lang, PortalShell, Tone,
    components::{
        Button, HallDrawing, Tile, card, cell_lines, days_left, deadline, definitions, duty_light, duty_tone,
        empty_state, progress, tiles,
    },
    links,
};

/// The portal's home.
pub struct HomePage<'a> {
    /// The venue's zone.
    pub zone: Tz,
    /// Now, for the days left.
    pub now: DateTime<Utc>,
    /// First day of the show.
    pub opens_on: NaiveDate,
    /// First day of build-up.
    pub build_up_on: NaiveDate,
    /// The exhibitor, which is the reader's own.
    pub record: &'a ExhibitorRecord,
    /// The halls of its stands.
    pub plans: &'a [HallPlan],
}

impl HomePage<'_> {
    /// The page.
    pub fn render(&self, shell: &PortalShell) -> Markup {
        let lang = shell.lang;
        let r = self.record;
        let body = html! {
            (self.figures(lang))
            (self.next(lang))
            div.with-aside {
                div.stack { (card(&lang.t("portal-duties"), &html! {}, &self.duties(lang))) }
                div.stack {
                    (card(&lang.t("portal-stand"), &html! {}, &self.stands(lang)))
                    (card(&lang.t("portal-company"), &self.edit(lang), &self.company(lang)))
                    (card(&lang.t("portal-contacts"), &html! {}, &self.contacts(lang)))
                }
            }
        };
        shell.page(r.company.get(lang.locale())).body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let p = self.record.progress();
        let today = self.now.with_timezone(&self.zone).date_naive();
        let days = (self.opens_on - today).num_days();
        let soon = self.record.duties.iter().filter(|duty| duty.light == Light::Soon).count() as i64;
        let opening = if days > 0 { lang.number(days) } else { lang.t("portal-show-is-on") };
        let mut opens = Tile::new(lang.t("portal-days-to-opening"), opening)
            .icon(Icon::Calendar)
            .hint(lang.weekday_date(self.opens_on));
        if days > 0 {
            opens = opens.unit(lang.t("portal-days"));
        }
        tiles(&[
            opens,
            Tile::new(lang.t("portal-done"), format!("{} / {}", lang.number(p.done), lang.number(p.total)))
                .icon(Icon::CheckCircle)
                .picture(progress(lang, p.done, p.total, Tone::Good)),
            Tile::new(lang.t("portal-soon"), lang.number(soon)).icon(Icon::Clock).tone(if soon > 0 {
                Tone::Warn
            } else {
                Tone::Neutral
            }),
            Tile::new(lang.t("portal-overdue"), lang.number(p.overdue)).icon(Icon::Alert).tone(if p.overdue > 0 {
                Tone::Bad
            } else {
                Tone::Good
            }),
        ])
    }

    /// The one thing to do now.
    fn next(&self, lang: Lang) -> Markup {
        let Some(duty) = self.record.next() else {
            return html! {};
        };
        let Some(at) = duty.deadline else {
            return html! {};
        };
        html! {
            section class={ "next-duty " (match duty_tone(duty.light) { Tone::Bad => "tone-bad", Tone::Warn => "tone-warn", _ => "tone-accent" }) } {
                div {
                    p.next-label { (lang.t("portal-next")) }
                    h2 { a href=(links::portal::duty(duty.id)) { (duty.name.get(lang.locale())) } }
                    p.muted { (lang.weekday_date(at.with_timezone(&self.zone).date_naive())) }
                }
                p.next-days { (days_left(lang, self.zone, at, self.now)) }
                (Button::link(lang.t("portal-do-it"), links::portal::duty(duty.id)).primary().icon(Icon::ArrowRight))
            }
        }
    }

    fn duties(&self, lang: Lang) -> Markup {
        if self.record.duties.is_empty() {
            return empty_state(Icon::List, &lang.t("portal-no-duties"), &lang.t("portal-no-duties-hint"), &html! {});
        }
        let mut order: Vec<&DutyRow> = self.record.duties.iter().collect();
        order.sort_by_key(|duty| (duty.light, duty.deadline.unwrap_or(DateTime::<Utc>::MAX_UTC)));
        html! {
            ul.duty-list {
                @for duty in order {
                    li class={ "duty-line is-" (duty.light.code()) } {
                        div.duty-light { (duty_light(lang, duty.light)) }
                        div.duty-words {
                            a.cover href=(links::portal::duty(duty.id)) { (duty.name.get(lang.locale())) }
                            @if !duty.mandatory { " " span.muted { (lang.t("component-field-optional")) } }
                            p { (deadline(lang, self.zone, duty.deadline, self.now)) }
                        }
                        (Icon::ChevronRight)
                    }
                }
            }
        }
    }

    fn stands(&self, lang: Lang) -> Markup {
        let r = self.record;
        if r.stands.is_empty() {
            return html! { p.muted { (lang.t("portal-no-stand")) } };
        }
        let own: Vec<PlaceId> = r.stands.iter().map(|stand| stand.id).collect();
        html! {
            ul.plain-list {
                @for stand in &r.stands {
                    li {
                        strong.stand-number { (stand.number) }
                        " " (stand.hall_code) " · " (lang.term("stand-kind", stand.kind.code()))
                        " · " (lang.area(stand.area_dm2)) " · "
                        (lang.with("portal-open-sides", &[("count", stand.open_sides.count().into())]))
                    }
                }
            }
            @for plan in self.plans { (HallDrawing::new(lang, plan).own(own.clone())) }
            p.muted { (lang.with("portal-build-up", &[("day", lang.weekday_date(self.build_up_on).into())])) }
        }
    }

    fn edit(&self, lang: Lang) -> Button {
        Button::link(lang.t("portal-edit-profile"), links::portal::profile()).small().icon(Icon::Edit)
    }

    fn company(&self, lang: Lang) -> Markup {
        let r = self.record;
        definitions(&[
            (lang.t("apply-company-en"), html! { (r.company.en) }),
            (lang.t("apply-company-zh"), html! { (r.company.zh) }),
            (lang.t("apply-country"), html! { @if !r.country.is_empty() { (lang.term("country", &r.country)) } }),
            (lang.t("apply-website"), html! { span.breakable { (r.website) } }),
            (lang.t("exhibitor-phone"), html! { (r.phone) }),
        ])
    }

    fn contacts(&self, lang: Lang) -> Markup {
        html! {
            ul.plain-list {
                @for contact in &self.record.contacts {
                    li {
                        (cell_lines(html! {
                            strong { (contact.name) } " "
                            @if contact.joined_at.is_some() { (Badge::new(lang.t("exhibitor-contact-joined"), Tone::Good).marked()) }
                        }, &contact.email))
                    }
                }
            }
        }
    }
}
