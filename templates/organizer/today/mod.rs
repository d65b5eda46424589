//! The organizer's first screen: what needs me now?

mod sample;

use chrono_tz::Tz;
use domain::{
    access::Permission,
    office::view::{Call, DeskTask, Moment, Today},
    plan::{deviation::Severity, task::TaskState},
};
use maud::{Markup, Render, html};

use crate::{
    Badge, Icon, Lang, Shell, Tone,
    charts::{BarChart, LineChart, Series, sparkline},
    components::{Button, Tile, card, empty_state, history, progress, tiles},
    links,
};

/// The desk of one person.
#[derive(Debug, Clone)]
pub struct TodayPage<'a> {
    pub today: &'a Today,
    /// The zone of the venue.
    pub zone: Tz,
}

impl TodayPage<'_> {
    /// A full desk, and one of a fresh edition.
    pub fn samples() -> Vec<Today> {
        sample::samples()
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let main = html! {
            div.stack {
                @if shell.may(Permission::PlanRead) { (self.calls(shell)) (self.waiting(shell)) }
                @if shell.may(Permission::AdmissionRead) && self.today.people.entries_today > 0 { (self.entries(shell)) }
                @if shell.may(Permission::RegistrationRead) { (self.curve(shell)) }
            }
        };
        let aside = html! {
            div.stack {
                @if shell.may(Permission::PlanRead) { (self.ahead(shell)) (self.deviations(shell)) }
                @if shell.may(Permission::SalesRead) && !self.today.applications.is_empty() { (self.applications(shell)) }
                @if shell.may(Permission::JournalRead) && !self.today.latest.is_empty() { (self.latest(shell)) }
            }
        };
        let body = html! {
            (tiles(&self.tiles(shell)))
            div.with-aside { (main) (aside) }
        };
        shell
            .page(lang.t("today-title"))
            .subtitle(html! {
                span { (lang.weekday_date(self.today.day)) }
                (self.moment(lang))
            })
            .body(&body)
    }

    /// How far it is to the opening, in a word.
    fn moment(&self, lang: Lang) -> Markup {
        let (text, tone) = match self.today.moment() {
            Moment::Before(days) => {
                let tone = if days <= 14 { Tone::Warn } else { Tone::Accent };
                (lang.with("today-before", &[("days", days.into())]), tone)
            }
            Moment::Open(day, days) => {
                (lang.with("today-open", &[("day", day.into()), ("days", days.into())]), Tone::Good)
            }
            Moment::After(days) => (lang.with("today-after", &[("days", days.into())]), Tone::Neutral),
        };
        Badge::new(text, tone).icon(Icon::Calendar).render()
    }

    fn tiles(&self, shell: &Shell) -> Vec<Tile> {
        let (lang, slug) = (shell.lang, shell.slug());
        let mut all = Vec::new();
        if shell.may(Permission::AdmissionRead) && matches!(self.today.moment(), Moment::Open(..)) {
            all.push(self.entries_tile(lang, slug));
        }
        if shell.may(Permission::RegistrationRead) {
            all.push(self.registrations_tile(lang, slug));
        }
        if shell.may(Permission::SalesRead) || shell.may(Permission::VenueRead) {
            all.push(self.space_tile(lang, slug));
        }
        if shell.may(Permission::SalesRead) {
            let undecided = self.today.space.undecided;
            let tone = if undecided > 0 { Tone::Warn } else { Tone::Neutral };
            let tile = Tile::new(lang.t("today-applications"), lang.number(undecided)).icon(Icon::Inbox).tone(tone);
            all.push(tile.hint(lang.t("today-applications-hint")).link(links::sales::home(slug)));
        }
        if shell.may(Permission::PlanRead) {
            all.extend(self.plan_tiles(lang, slug));
        }
        all
    }

    fn entries_tile(&self, lang: Lang, slug: &str) -> Tile {
        let people = &self.today.people;
        let hours: Vec<f64> = people.by_hour.iter().map(|(_, count)| *count as f64).collect();
        let hint = lang.with(
            "today-entries-hint",
            &[("entries", people.entries_today.into()), ("denied", people.denied_today.into())],
        );
        let tile = Tile::new(lang.t("today-visitors"), lang.number(people.visitors_today)).icon(Icon::Gate).hint(hint);
        let tile = tile.link(links::admission::home(slug));
        if hours.len() > 1 { tile.picture(sparkline(&hours, &lang.t("today-entries-by-hour"))) } else { tile }
    }

    fn registrations_tile(&self, lang: Lang, slug: &str) -> Tile {
        let people = &self.today.people;
        let days: Vec<f64> = people.by_day.iter().map(|(_, count)| *count as f64).collect();
        let hint = lang.with("today-registrations-hint", &[("count", people.registrations_today.into())]);
        let tile =
            Tile::new(lang.t("today-registrations"), lang.number(people.registrations)).icon(Icon::Badge).hint(hint);
        let tile = tile.link(links::registration::home(slug));
        if people.registrations > 0 {
            tile.picture(sparkline(&days, &lang.t("today-registrations-by-day")))
        } else {
            tile
        }
    }

    fn space_tile(&self, lang: Lang, slug: &str) -> Tile {
        let space = &self.today.space;
        let share = if space.area_dm2 > 0 { space.taken_dm2 as f64 / space.area_dm2 as f64 } else { 0.0 };
        let hint = lang.with(
            "today-space-hint",
            &[
                ("taken", lang.area(space.taken_dm2).into()),
                ("area", lang.area(space.area_dm2).into()),
                ("exhibitors", space.exhibitors.into()),
            ],
        );
        let value = if space.area_dm2 > 0 { lang.percent(share) } else { "–".to_owned() };
        let tile = Tile::new(lang.t("today-space"), value).icon(Icon::Map).link(links::venue::home(slug));
        if space.area_dm2 > 0 { tile.hint(hint) } else { tile }
    }

    fn plan_tiles(&self, lang: Lang, slug: &str) -> [Tile; 2] {
        let plan = &self.today.plan;
        let late = if plan.late > 0 { Tone::Bad } else { Tone::Neutral };
        let hint = lang.with("today-late-hint", &[("count", plan.critical.into())]);
        let done =
            Tile::new(lang.t("today-done"), lang.number(plan.done)).unit(format!("/ {}", lang.number(plan.tasks)));
        let picture = html! { (progress(lang, plan.done, plan.tasks, Tone::Accent)) };
        [
            Tile::new(lang.t("today-late"), lang.number(plan.late))
                .icon(Icon::Alert)
                .tone(late)
                .hint(hint)
                .link(links::plan::home(slug)),
            done.icon(Icon::List).link(links::plan::home(slug)).picture(picture),
        ]
    }

    fn waiting(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let all = Button::link(lang.t("today-all-tasks"), links::plan::home(slug)).ghost().small();
        let body = html! {
            @if self.today.tasks.is_empty() {
                (empty_state(Icon::CheckCircle, &lang.t("today-nothing-waits"), &lang.t("today-nothing-waits-hint"), &""))
            } @else {
                ul.rows { @for task in &self.today.tasks { (task_row(shell, task)) } }
            }
        };
        let title = lang.with("today-waiting", &[("count", self.today.waiting.into())]);
        card(&title, &all, &body)
    }

    /// What has come up the line to this person, and the reports they owe.
    fn calls(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let (calls, reports) = (&self.today.calls, &self.today.reports);
        if calls.is_empty() && reports.is_empty() {
            return html! {};
        }
        let body = html! {
            ul.rows {
                @for one in calls {
                    li {
                        span class={ "timeline-mark " (severity_tone(one.severity).class()) } { (Icon::Alert) }
                        div.row-text {
                            a.cover href=(links::watch::deviation(slug, one.id)) { (one.title.get(lang.locale())) }
                            p.small.muted {
                                @if one.own { (lang.t("today-call-own")) } @else { (lang.term("escalation-level", &one.level.clamp(0, 3).to_string())) }
                                @if let Some(due) = one.due_on { " · " (lang.with("today-until", &[("day", lang.day(due).into())])) }
                            }
                        }
                        (Badge::new(lang.term("deviation-severity", one.severity.code()), severity_tone(one.severity)))
                    }
                }
                @for one in reports {
                    li {
                        span.timeline-mark.tone-warn { (Icon::Clock) }
                        div.row-text {
                            a.cover href=(links::plan::task(slug, &one.code)) { (lang.with("today-report", &[("name", one.name.get(lang.locale()).into())])) }
                            p.small.muted { span.code { (one.code) } " · " (lang.with("watch-missing", &[("due", lang.moment(one.due, self.zone).into())])) }
                        }
                    }
                }
            }
        };
        let all = Button::link(lang.t("watch-title"), links::watch::deviations(slug)).ghost().small();
        card(&lang.t("today-calls"), &all, &body)
    }

    fn ahead(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            @if self.today.ahead.is_empty() { p.muted { (lang.t("today-nothing-ahead")) } }
            @else { ul.rows { @for task in &self.today.ahead { (ahead_row(shell, task)) } } }
        };
        card(&lang.t("today-ahead"), &"", &body)
    }

    fn deviations(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let figures = &self.today.plan;
        let count =
            Badge::new(lang.number(figures.deviations), if figures.blocking > 0 { Tone::Bad } else { Tone::Neutral });
        let body = html! {
            @if self.today.deviations.is_empty() { p.muted { (lang.t("today-no-deviations")) } }
            @else {
                ul.rows {
                    @for one in &self.today.deviations {
                        li {
                            div.row-text {
                                @match &one.task {
                                    Some(code) => a.cover href=(links::plan::task(slug, code)) { (one.title) },
                                    None => span { (one.title) },
                                }
                                p.small.muted {
                                    @if let Some(owner) = &one.owner { (owner) } @else { (lang.t("today-nobody")) }
                                    @if let Some(due) = one.due_on { " · " (lang.with("today-until", &[("day", lang.day(due).into())])) }
                                }
                            }
                            (Badge::new(lang.term("deviation-severity", one.severity.code()), severity_tone(one.severity)))
                        }
                    }
                }
            }
        };
        card(&lang.t("today-deviations"), &count, &body)
    }

    fn applications(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let all = Button::link(lang.t("today-all-applications"), links::sales::home(slug)).ghost().small();
        let body = html! {
            ul.rows {
                @for one in &self.today.applications {
                    li {
                        div.row-text { a.cover href=(links::sales::application(slug, one.id)) { (one.company.get(lang.locale())) } }
                        span.row-end { span.num { (lang.area(one.area_dm2)) } " · " (lang.day(one.day)) }
                    }
                }
            }
        };
        card(&lang.t("today-undecided"), &all, &body)
    }

    fn latest(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let all = Button::link(lang.t("today-journal"), links::office::journal(shell.slug())).ghost().small();
        card(&lang.t("today-latest"), &all, &history(lang, self.zone, &self.today.latest))
    }

    fn entries(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let hours = &self.today.people.by_hour;
        let labels = hours.iter().map(|(hour, _)| format!("{hour}:00")).collect();
        let chart = BarChart::new(lang, lang.t("today-entries-by-hour"), lang.t("today-persons"), labels)
            .series(Series::full(lang.t("today-entries"), hours.iter().map(|(_, count)| *count as f64)))
            .full();
        let board = Button::link(lang.t("today-board"), links::admission::home(shell.slug())).ghost().small();
        card(&lang.t("today-at-the-gates"), &board, &chart.render())
    }

    fn curve(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let people = &self.today.people;
        if people.registrations == 0 {
            return html! {};
        }
        let labels = people.by_day.iter().map(|(day, _)| lang.day(*day)).collect();
        let chart = LineChart::new(lang, lang.t("today-registrations-by-day"), lang.t("today-persons"), labels)
            .series(Series::full(lang.t("today-registrations"), people.by_day.iter().map(|(_, count)| *count as f64)))
            .area()
            .full();
        let all =
            Button::link(lang.t("today-all-registrations"), links::registration::home(shell.slug())).ghost().small();
        card(&lang.t("today-curve"), &all, &chart.render())
    }
}

fn task_row(shell: &Shell, task: &DeskTask) -> Markup {
    let lang = shell.lang;
    let (icon, tone) = match task.call {
        Call::Do => (Icon::Play, Tone::Accent),
        Call::Check => (Icon::Ruler, Tone::Info),
        Call::Confirm => (Icon::Shield, Tone::Good),
        Call::Take => (Icon::Hand, Tone::Warn),
    };
    html! {
        li {
            span class={ "timeline-mark " (tone.class()) } { (icon) }
            div.row-text {
                a.cover href=(links::plan::task(shell.slug(), &task.code)) { (task.name.get(lang.locale())) }
                p.small.muted { span.code { (task.code) } " · " (lang.term("today-call", task.call.code())) }
            }
            (Badge::new(lang.term("task-state", task.state.code()), state_tone(task.state)))
            span.row-end { (due(lang, task)) }
        }
    }
}

fn ahead_row(shell: &Shell, task: &DeskTask) -> Markup {
    let lang = shell.lang;
    html! {
        li {
            div.row-text {
                a.cover href=(links::plan::task(shell.slug(), &task.code)) { (task.name.get(lang.locale())) }
                p.small.muted { span.code { (task.code) } @if task.critical { " · " (lang.t("today-critical")) } }
            }
            span.row-end { (due(lang, task)) }
        }
    }
}

fn due(lang: Lang, task: &DeskTask) -> Markup {
    let day = lang.day(task.ends_on);
    if task.late {
        Badge::new(lang.with("today-since", &[("day", day.into())]), Tone::Bad).render()
    } else {
        html! { span.num { (day) } }
    }
}

/// The tone of a task's state, as the plan's pages have it too.
fn state_tone(state: TaskState) -> Tone {
    match state {
        TaskState::Draft | TaskState::Planned | TaskState::Cancelled => Tone::Neutral,
        TaskState::Ready => Tone::Accent,
        TaskState::InProgress | TaskState::Submitted | TaskState::Checking => Tone::Info,
        TaskState::Accepted | TaskState::Confirmed => Tone::Good,
        TaskState::Rework | TaskState::Waived => Tone::Warn,
        TaskState::Rejected | TaskState::Blocked => Tone::Bad,
    }
}

fn severity_tone(severity: Severity) -> Tone {
    match severity {
        Severity::Minor => Tone::Neutral,
        Severity::Major => Tone::Warn,
        Severity::Blocking => Tone::Bad,
    }
}
