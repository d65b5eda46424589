//! The organizer's frame: side navigation by context, edition switcher, search, user menu.

use chrono::NaiveDate;
use domain::{Bilingual, access::Permission};
use maud::{Markup, html};

use super::{Flash, Frame, Layout, Theme, document::Document, overlays::overlays, switches};
use crate::{
    Href, Lang,
    components::{Icon, flash},
    links,
};

/// Who is signed in.
#[derive(Debug, Clone, Default)]
pub struct Who {
    pub name: String,
    pub email: String,
    pub admin: bool,
}

/// An edition as the switcher shows it.
#[derive(Debug, Clone)]
pub struct EditionRef {
    pub slug: String,
    pub name: Bilingual,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
}

/// What the organizer's frame needs to know.
#[derive(Debug, Clone)]
pub struct Shell {
    pub lang: Lang,
    pub theme: Theme,
    /// Path and query of this page: marks the navigation, and where preferences come back to.
    pub path: String,
    pub flash: Option<Flash>,
    pub who: Option<Who>,
    /// The edition at hand.
    pub edition: Option<EditionRef>,
    /// The editions to switch to.
    pub editions: Vec<EditionRef>,
    /// What the viewer may do in the edition at hand: decides what the navigation offers.
    pub may: Vec<Permission>,
    /// What every screen warns of; nothing for those who do not see the plan.
    pub alarm: Option<Markup>,
}

/// A place of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Today,
    Plan,
    Incidents,
    Venue,
    Sales,
    Exhibitors,
    Parties,
    Registrations,
    Admission,
    Journal,
    Edition,
}

impl Section {
    pub const ALL: [Self; 11] = [
        Self::Today,
        Self::Plan,
        Self::Incidents,
        Self::Venue,
        Self::Sales,
        Self::Exhibitors,
        Self::Parties,
        Self::Registrations,
        Self::Admission,
        Self::Journal,
        Self::Edition,
    ];

    /// Its word: `nav-<code>`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Plan => "plan",
            Self::Incidents => "incidents",
            Self::Venue => "venue",
            Self::Sales => "sales",
            Self::Exhibitors => "exhibitors",
            Self::Parties => "parties",
            Self::Registrations => "registrations",
            Self::Admission => "admission",
            Self::Journal => "journal",
            Self::Edition => "edition",
        }
    }

    pub(crate) const fn icon(self) -> Icon {
        match self {
            Self::Today => Icon::Today,
            Self::Plan => Icon::Gantt,
            Self::Incidents => Icon::Zap,
            Self::Venue => Icon::Map,
            Self::Sales => Icon::Inbox,
            Self::Exhibitors => Icon::Stand,
            Self::Parties => Icon::Building,
            Self::Registrations => Icon::Badge,
            Self::Admission => Icon::Gate,
            Self::Journal => Icon::History,
            Self::Edition => Icon::Settings,
        }
    }

    /// The letter that goes there after `g`.
    const fn key(self) -> Option<&'static str> {
        match self {
            Self::Today => Some("t"),
            Self::Plan => Some("p"),
            Self::Incidents => Some("i"),
            Self::Exhibitors => Some("x"),
            Self::Registrations => Some("r"),
            Self::Admission => Some("a"),
            _ => None,
        }
    }

    /// The right that makes it visible.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Today => Permission::EditionRead,
            Self::Plan | Self::Incidents => Permission::PlanRead,
            Self::Venue => Permission::VenueRead,
            Self::Sales => Permission::SalesRead,
            Self::Exhibitors => Permission::ExhibitorRead,
            Self::Parties => Permission::PartyRead,
            Self::Registrations => Permission::RegistrationRead,
            Self::Admission => Permission::AdmissionRead,
            Self::Journal => Permission::JournalRead,
            Self::Edition => Permission::EditionManage,
        }
    }

    pub(crate) fn link(self, edition: &str) -> Href {
        match self {
            Self::Today => links::edition::today(edition),
            Self::Plan => links::plan::home(edition),
            Self::Incidents => links::watch::incidents(edition),
            Self::Venue => links::venue::home(edition),
            Self::Sales => links::sales::home(edition),
            Self::Exhibitors => links::exhibitor::home(edition),
            Self::Parties => links::party::home(edition),
            Self::Registrations => links::registration::home(edition),
            Self::Admission => links::admission::home(edition),
            Self::Journal => links::office::journal(edition),
            Self::Edition => links::edition::settings(edition),
        }
    }
}

/// The navigation's groups, from the work to the office.
const GROUPS: [(&str, &[Section]); 4] = [
    ("work", &[Section::Today, Section::Plan, Section::Incidents]),
    ("space", &[Section::Venue, Section::Sales, Section::Exhibitors]),
    ("people", &[Section::Parties, Section::Registrations, Section::Admission]),
    ("office", &[Section::Journal, Section::Edition]),
];

impl Shell {
    /// A frame for someone outside every edition, for errors, samples and tests.
    pub fn plain(lang: Lang) -> Self {
        Self {
            lang,
            theme: Theme::Auto,
            path: "/".to_owned(),
            flash: None,
            who: None,
            edition: None,
            editions: Vec::new(),
            may: Vec::new(),
            alarm: None,
        }
    }

    /// A frame as a director sees it, for samples and tests.
    pub fn sample(lang: Lang) -> Self {
        let day = |day| NaiveDate::from_ymd_opt(2027, 3, day).expect("a day of March");
        let edition = EditionRef {
            slug: "east-2027".to_owned(),
            name: Bilingual::new("EASTMACH 2027", "2027 华东机床展"),
            opens_on: day(9),
            closes_on: day(12),
        };
        Self {
            path: "/e/east-2027".to_owned(),
            who: Some(Who { name: "Lin Yue".to_owned(), email: "director@fairlead.example".to_owned(), admin: true }),
            editions: vec![edition.clone()],
            edition: Some(edition),
            may: Permission::ALL.to_vec(),
            ..Self::plain(lang)
        }
    }

    /// Begins a page.
    pub fn page(&self, title: impl Into<String>) -> Frame<'_> {
        Frame::new(self, title)
    }

    /// Whether the viewer may do this in the edition at hand: pages hide what would be refused.
    pub fn may(&self, permission: Permission) -> bool {
        self.may.contains(&permission)
    }

    /// The slug of the edition at hand.
    ///
    /// Pages under `/e/{edition}` always have one; elsewhere it is empty.
    pub fn slug(&self) -> &str {
        self.edition.as_ref().map_or("", |edition| edition.slug.as_str())
    }

    fn is_here(&self, section: Section, link: &Href) -> bool {
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        if section == Section::Today {
            return path == link.as_str();
        }
        path.strip_prefix(link.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    fn navigation(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if let Some(edition) = &self.edition {
                @for (group, sections) in GROUPS {
                    @let open: Vec<_> = sections.iter().filter(|section| self.may(section.permission())).collect();
                    @if !open.is_empty() {
                        div.nav-group role="group" aria-label=(lang.term("nav-group", group)) {
                            p.nav-title aria-hidden="true" { (lang.term("nav-group", group)) }
                            @for section in open {
                                @let link = section.link(&edition.slug);
                                a.nav-link href=(link) data-go=[section.key()] aria-current=[self.is_here(*section, &link).then_some("page")] {
                                    (section.icon()) span { (lang.term("nav", section.code())) }
                                }
                            }
                        }
                    }
                }
            }
            (self.everywhere())
        }
    }

    /// What stands outside editions.
    fn everywhere(&self) -> Markup {
        let lang = self.lang;
        let admin = self.who.as_ref().is_some_and(|who| who.admin);
        let mut entries = vec![(links::edition::list(), Icon::Calendar, lang.t("nav-editions"))];
        if admin {
            entries.push((links::access::users(), Icon::Users, lang.t("nav-users")));
            entries.push((links::access::tokens(), Icon::Key, lang.t("nav-tokens")));
        }
        html! {
            div.nav-group role="group" aria-label=(lang.term("nav-group", "house")) {
                p.nav-title aria-hidden="true" { (lang.term("nav-group", "house")) }
                @for (link, icon, text) in entries {
                    a.nav-link href=(link) aria-current=[self.path.starts_with(link.as_str()).then_some("page")] {
                        (icon) span { (text) }
                    }
                }
            }
        }
    }

    fn switcher(&self) -> Markup {
        let lang = self.lang;
        let locale = lang.locale();
        html! {
            @if let Some(edition) = &self.edition {
                details.menu.switcher {
                    summary title=(lang.t("shell-switch-edition")) {
                        span.switcher-text {
                            span.switcher-name { (edition.name.get(locale)) }
                            span.switcher-dates { (lang.date_range(edition.opens_on, edition.closes_on)) }
                        }
                        (Icon::Sort)
                    }
                    div.menu-items {
                        @for other in &self.editions {
                            a href=(links::edition::today(&other.slug)) aria-current=[(other.slug == edition.slug).then_some("true")] {
                                span { (other.name.get(locale)) }
                                span.muted { (lang.date_range(other.opens_on, other.closes_on)) }
                            }
                        }
                        hr;
                        a href=(links::edition::list()) { (Icon::Calendar) (lang.t("shell-all-editions")) }
                    }
                }
            }
        }
    }

    fn user(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if let Some(who) = &self.who {
                details.menu.end {
                    summary.avatar-button {
                        span.sr-only { (lang.with("shell-user-menu", &[("name", who.name.as_str().into())])) }
                        span.avatar aria-hidden="true" { (initials(&who.name)) }
                    }
                    div.menu-items {
                        p.menu-who { strong { (who.name) } @if !who.email.is_empty() { span.muted { (who.email) } } }
                        hr;
                        div.menu-row { span { (lang.t("shell-language")) } (switches::languages(lang, &self.path)) }
                        div.menu-row { span { (lang.t("shell-theme")) } (switches::themes(lang, self.theme, &self.path)) }
                        hr;
                        button type="button" data-shortcuts hidden { (Icon::Help) (lang.t("shell-shortcuts")) kbd { "?" } }
                        a href=(links::account::home(false)) { (Icon::User) (lang.t("account-title")) }
                        form method="post" action=(links::access::sign_out()) {
                            button type="submit" { (Icon::SignOut) (lang.t("shell-sign-out")) }
                        }
                    }
                }
            } @else {
                div.loose-switches {
                    (switches::languages(lang, &self.path))
                    (switches::themes(lang, self.theme, &self.path))
                }
            }
        }
    }

    fn topbar(&self) -> Markup {
        let lang = self.lang;
        let search =
            if self.slug().is_empty() { links::office::search() } else { links::office::search_in(self.slug()) };
        html! {
            header.topbar {
                @if self.who.is_some() {
                    button.button.ghost.icon-only.drawer-button type="button" popovertarget="nav" title=(lang.t("shell-menu")) {
                        (Icon::Menu) span.sr-only { (lang.t("shell-menu")) }
                    }
                }
                a.brand.topbar-brand href="/" { (switches::mark()) span { (lang.t("product-name")) } }
                @if self.who.is_some() {
                    a.search-button href=(search) data-palette {
                        (Icon::Search) span { (lang.t("shell-search")) } kbd { "Ctrl K" }
                    }
                }
                div.topbar-end { (self.user()) }
            }
        }
    }
}

/// Up to two letters that stand for a name; one character for a Chinese one.
pub(super) fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().next());
    match (letters.next(), letters.next_back()) {
        (Some(first), Some(last)) if first.is_ascii() => format!("{first}{last}").to_uppercase(),
        (Some(first), _) => first.to_uppercase().to_string(),
        (None, _) => "?".to_owned(),
    }
}

impl Layout for Shell {
    fn lang(&self) -> Lang {
        self.lang
    }

    fn lay_out(&self, page: &Frame<'_>, body: &Markup) -> Markup {
        let lang = self.lang;
        let suffix = match &self.edition {
            Some(edition) => edition.name.get(lang.locale()).to_owned(),
            None => lang.t("product-name"),
        };
        let width = if page.wide { "content wide" } else { "content" };
        let inside = html! {
            @if self.who.is_some() {
                aside.side id="nav" popover="auto" aria-label=(lang.t("shell-navigation")) {
                    a.brand href="/" { (switches::mark()) span { (lang.t("product-name")) } }
                    (self.switcher())
                    nav.side-nav aria-label=(lang.t("shell-navigation")) { (self.navigation()) }
                }
            }
            div.stage {
                (self.topbar())
                @if let Some(alarm) = &self.alarm {
                    div data-fresh-from=(links::watch::alarm(self.slug())) { (alarm) }
                }
                main id="main" tabindex="-1" class=(width) {
                    (page.heading())
                    (body)
                }
            }
            @if self.who.is_some() { (overlays(lang, self.slug())) }
            (flash(lang, self.flash.as_ref()))
        };
        let class = if self.who.is_some() { "organizer" } else { "organizer alone" };
        Document { lang, theme: self.theme, class, page, suffix: &suffix, public: false }.render(&inside)
    }
}
