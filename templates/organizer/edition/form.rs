//! The forms of an edition: a new one with its series and venue, and the settings of one that exists.

use domain::edition::{BadgeMode, SeriesKind, TEMPLATES};
use maud::{Markup, Render, html};

use crate::{
    FormState, Lang, Shell, Tone,
    components::{Button, Choice, Form, Icon, callout, card, definitions, options},
    links,
};

/// A series to choose.
#[derive(Debug, Clone)]
pub struct SeriesChoice {
    pub id: String,
    pub name: String,
}

/// A venue to choose.
#[derive(Debug, Clone)]
pub struct VenueChoice {
    pub id: String,
    pub name: String,
}

/// The form for a new edition.
#[derive(Debug, Clone)]
pub struct EditionForm<'a> {
    pub form: &'a FormState,
    pub series: &'a [SeriesChoice],
    pub venues: &'a [VenueChoice],
    /// Codes of countries, for a new venue.
    pub countries: &'a [&'a str],
}

/// Time zones offered first; any IANA name can be typed.
const ZONES: &[&str] = &[
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Dubai",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Istanbul",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Australia/Sydney",
    "UTC",
];

impl EditionForm<'_> {
    /// Empty and refused.
    pub fn samples() -> Vec<FormState> {
        let draft = serde_json::json!({ "slug": "Not a slug", "name_en": "Fair", "time_zone": "Asia/Shanghai" });
        let refusals =
            [domain::Refusal::invalid("not-a-slug").at("slug"), domain::Refusal::invalid("required").at("name_zh")];
        vec![FormState::empty(), FormState::new(&draft, &refusals)]
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let mut series = vec![Choice::new("new", lang.t("edition-series-new"))];
        series.extend(self.series.iter().map(|s| Choice::new(&s.id, &s.name)));
        let mut venues = vec![Choice::new("new", lang.t("edition-venue-new"))];
        venues.extend(self.venues.iter().map(|v| Choice::new(&v.id, &v.name)));
        let countries = options(lang, "country", self.countries.iter().copied());
        let mut templates = options(lang, "edition-template", TEMPLATES.iter().copied());
        templates.push(Choice::new("none", lang.t("edition-template-none")));
        let series_part = html! {
            (form.select("series", "edition-series", series).required())
            (form.text("series_name_en", "edition-series-name-en").hint("edition-only-new"))
            (form.text("series_name_zh", "edition-series-name-zh"))
            (form.select("series_kind", "edition-series-kind", options(lang, "series-kind", SeriesKind::ALL.iter().map(|k| k.code()))).required())
        };
        let venue_part = html! {
            (form.select("venue", "edition-venue", venues).required())
            (form.text("venue_name_en", "edition-venue-name-en").hint("edition-only-new"))
            (form.text("venue_name_zh", "edition-venue-name-zh"))
            (form.text("venue_city", "edition-venue-city"))
            (form.select("venue_country", "edition-venue-country", countries).required())
        };
        let plan_part = html! {
            (form.radios("template", "edition-template", templates).required())
        };
        let body = html! {
            form.stack method="post" action=(links::edition::new()) {
                (form.summary())
                (card(&lang.t("edition-part-series"), &"", &html! { div.form { (series_part) } }))
                (card(&lang.t("edition-part-edition"), &"", &html! { div.form { (common(lang, form)) } }))
                (card(&lang.t("edition-part-venue"), &"", &html! { div.form { (venue_part) } }))
                (card(&lang.t("edition-part-plan"), &"", &html! { div.form { (plan_part) } }))
                div.form-actions {
                    (Button::submit(lang.t("edition-create")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), links::edition::list()))
                }
            }
        };
        shell.page(lang.t("edition-new")).crumb(lang.t("edition-title"), links::edition::list()).body(&body)
    }
}

/// What new and existing editions have in common.
fn common(lang: Lang, form: Form<'_>) -> Markup {
    let zones = ZONES.iter().map(|z| (*z).to_owned()).collect();
    html! {
        (form.text("name_en", "edition-name-en").required())
        (form.text("name_zh", "edition-name-zh").required())
        (form.text("slug", "edition-slug").required().hint("edition-slug-hint"))
        (form.text("time_zone", "edition-time-zone").required().suggest(zones))
        (form.date("build_up_on", "edition-build-up").required())
        (form.date("opens_on", "edition-opens").required().hint("edition-opens-hint"))
        (form.date("closes_on", "edition-closes").required())
        (form.date("breakdown_until", "edition-breakdown").required())
        (form.number("gross_area_m2", "edition-gross-area").unit("m²").required().min(0))
        (form.radios("badge_mode", "edition-badge-mode", options(lang, "badge-mode", BadgeMode::ALL.iter().map(|m| m.code()))).required())
        (form.checkbox("registration_open", "edition-registration-open", "on"))
        (form.checkbox("applications_open", "edition-applications-open", "on"))
    }
}

/// The settings of an edition.
#[derive(Debug, Clone)]
pub struct EditionSettings<'a> {
    pub form: &'a FormState,
    /// Somebody changed it since: what is stored now, beside what was typed.
    pub stale: Option<FormState>,
    /// Public addresses, to hand out.
    pub register_url: String,
    pub apply_url: String,
    pub history: Markup,
}

impl EditionSettings<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let edit = html! {
            form.form method="post" action=(links::edition::settings(shell.slug())) {
                (form.summary())
                @if let Some(now) = &self.stale { (difference(lang, self.form, now)) }
                (form.hidden("version"))
                (common(lang, form))
                div.form-actions { (Button::submit(lang.t("component-save")).icon(Icon::Check)) }
            }
        };
        let address = |url: &str| html! { a href=(url) { (url) } };
        let public = definitions(&[
            (lang.t("edition-register-url"), address(&self.register_url)),
            (lang.t("edition-apply-url"), address(&self.apply_url)),
        ]);
        let body = html! {
            div.columns {
                (card(&lang.t("edition-part-edition"), &"", &edit))
                div.stack {
                    (card(&lang.t("edition-public"), &"", &public))
                    (card(&lang.t("component-timeline"), &"", &self.history))
                }
            }
        };
        shell.page(lang.t("edition-settings")).body(&body)
    }
}

/// What is stored now where it differs from what was typed, so that nobody overwrites what they have not seen.
fn difference(lang: Lang, typed: &FormState, now: &FormState) -> Markup {
    let fields = [
        ("name_en", "edition-name-en"),
        ("name_zh", "edition-name-zh"),
        ("slug", "edition-slug"),
        ("time_zone", "edition-time-zone"),
        ("build_up_on", "edition-build-up"),
        ("opens_on", "edition-opens"),
        ("closes_on", "edition-closes"),
        ("breakdown_until", "edition-breakdown"),
        ("gross_area_m2", "edition-gross-area"),
    ];
    let rows: Vec<_> = fields.into_iter().filter(|(name, _)| typed.value(name) != now.value(name)).collect();
    let list = html! {
        ul { @for (name, label) in rows { li { (lang.label(&lang.t(label))) strong { (now.value(name)) } } } }
    };
    callout(Tone::Warn, &lang.t("edition-stale"), &list).render()
}
