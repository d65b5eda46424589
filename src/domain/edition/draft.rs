//! What people type about an edition, and what it becomes when every field is acceptable.

use super::{BadgeMode, Edition, SeriesKind};
use crate::{Bilingual, Refusal, SeriesId, VenueId, refusal::Parse};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What someone typed to create or change an edition.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditionDraft {
    /// Existing series; empty or `new` for a new one from the two names below.
    pub series: String,
    /// Name of a new series.
    pub series_name_en: String,
    /// Name of a new series.
    pub series_name_zh: String,
    /// Kind of a new series.
    pub series_kind: String,
    /// What addresses call the edition.
    pub slug: String,
    /// Name.
    pub name_en: String,
    /// Name.
    pub name_zh: String,
    /// Existing venue; empty or `new` for a new one from the fields below.
    pub venue: String,
    /// Name of a new venue.
    pub venue_name_en: String,
    /// Name of a new venue.
    pub venue_name_zh: String,
    /// City of a new venue.
    pub venue_city: String,
    /// Country of a new venue.
    pub venue_country: String,
    /// IANA zone.
    pub time_zone: String,
    /// `YYYY-MM-DD`.
    pub opens_on: String,
    /// `YYYY-MM-DD`.
    pub closes_on: String,
    /// `YYYY-MM-DD`.
    pub build_up_on: String,
    /// `YYYY-MM-DD`.
    pub breakdown_until: String,
    /// Whole square metres.
    pub gross_area_m2: String,
    /// `trade-show`, `conference`; empty or `none` for an empty plan.
    pub template: String,
    /// See [`BadgeMode`].
    pub badge_mode: String,
    /// `on` or empty.
    pub registration_open: String,
    /// `on` or empty.
    pub applications_open: String,
    /// The version that was edited, when changing.
    pub version: String,
}

/// A series or venue: one that exists, or a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen<Id, New> {
    /// One that exists.
    Known(Id),
    /// To be made.
    New(New),
}

/// A new series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSeries {
    /// Name.
    pub name: Bilingual,
    /// Kind of event.
    pub kind: SeriesKind,
}

/// A new venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVenue {
    /// Name.
    pub name: Bilingual,
    /// City.
    pub city: String,
    /// Country (ISO 3166-1 alpha-2).
    pub country: String,
}

/// The days and switches of an edition, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionPlan {
    /// What addresses call it.
    pub slug: String,
    /// Name.
    pub name: Bilingual,
    /// Zone.
    pub time_zone: Tz,
    /// D0.
    pub opens_on: NaiveDate,
    /// Last open day.
    pub closes_on: NaiveDate,
    /// First day of build-up.
    pub build_up_on: NaiveDate,
    /// Last day of breakdown.
    pub breakdown_until: NaiveDate,
    /// Gross space.
    pub gross_area_dm2: i64,
    /// Badge codes.
    pub badge_mode: BadgeMode,
    /// Public registration.
    pub registration_open: bool,
    /// Public applications.
    pub applications_open: bool,
}

/// A new edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateEdition {
    /// Of which series.
    pub series: Chosen<SeriesId, NewSeries>,
    /// Where.
    pub venue: Chosen<VenueId, NewVenue>,
    /// Days and switches.
    pub plan: EditionPlan,
    /// Plan template.
    pub template: Option<String>,
}

/// A change of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeEdition {
    /// Days and switches.
    pub plan: EditionPlan,
    /// The version that was edited.
    pub version: i32,
}

/// Plan templates an edition can begin with.
pub const TEMPLATES: &[&str] = &["trade-show", "conference"];

impl EditionDraft {
    /// The draft of an edition that exists, for the form that changes it.
    pub fn of(edition: &Edition) -> Self {
        let switch = |on: bool| if on { "on".to_owned() } else { String::new() };
        Self {
            slug: edition.slug.clone(),
            name_en: edition.name.en.clone(),
            name_zh: edition.name.zh.clone(),
            time_zone: edition.time_zone.name().to_owned(),
            opens_on: edition.opens_on.to_string(),
            closes_on: edition.closes_on.to_string(),
            build_up_on: edition.build_up_on.to_string(),
            breakdown_until: edition.breakdown_until.to_string(),
            gross_area_m2: (edition.gross_area_dm2 / 100).to_string(),
            badge_mode: edition.badge_mode.code().to_owned(),
            registration_open: switch(edition.registration_open),
            applications_open: switch(edition.applications_open),
            version: edition.version.to_string(),
            ..Self::default()
        }
    }

    /// A new edition, or every field that cannot be accepted.
    ///
    /// # Errors
    /// One refusal a field.
    pub fn parse_new(&self) -> Result<CreateEdition, Vec<Refusal>> {
        let mut parse = Parse::new();
        let series = if is_new(&self.series) {
            let name = self.name_pair(
                &mut parse,
                "series_name_en",
                "series_name_zh",
                &self.series_name_en,
                &self.series_name_zh,
            );
            let kind = parse.choice("series_kind", &self.series_kind, SeriesKind::parse);
            kind.map(|kind| Chosen::New(NewSeries { name, kind }))
        } else {
            parse.choice("series", &self.series, |text| text.parse().ok()).map(Chosen::Known)
        };
        let venue = if is_new(&self.venue) {
            let name =
                self.name_pair(&mut parse, "venue_name_en", "venue_name_zh", &self.venue_name_en, &self.venue_name_zh);
            let city = parse.required("venue_city", &self.venue_city, 80);
            let country = parse.choice("venue_country", &self.venue_country, country);
            country.map(|country| Chosen::New(NewVenue { name, city, country }))
        } else {
            parse.choice("venue", &self.venue, |text| text.parse().ok()).map(Chosen::Known)
        };
        let template = if ["", "none"].contains(&self.template.trim()) {
            None
        } else {
            parse.choice("template", &self.template, |text| TEMPLATES.contains(&text).then(|| text.to_owned()))
        };
        let plan = self.plan(&mut parse);
        match (series, venue, plan) {
            (Some(series), Some(venue), Some(plan)) => parse.finish(|| CreateEdition { series, venue, plan, template }),
            _ => Err(parse.finish(|| ()).err().unwrap_or_default()),
        }
    }

    /// A change, or every field that cannot be accepted.
    ///
    /// # Errors
    /// One refusal a field.
    pub fn parse_change(&self) -> Result<ChangeEdition, Vec<Refusal>> {
        let mut parse = Parse::new();
        let version = parse.number("version", &self.version, 1..=i64::from(i32::MAX));
        match (self.plan(&mut parse), version) {
            (Some(plan), Some(version)) => {
                parse.finish(|| ChangeEdition { plan, version: i32::try_from(version).unwrap_or(i32::MAX) })
            }
            _ => Err(parse.finish(|| ()).err().unwrap_or_default()),
        }
    }

    fn name_pair(&self, parse: &mut Parse, field_en: &str, field_zh: &str, en: &str, zh: &str) -> Bilingual {
        Bilingual { en: parse.required(field_en, en, 160), zh: parse.required(field_zh, zh, 160) }
    }

    fn plan(&self, parse: &mut Parse) -> Option<EditionPlan> {
        let slug = parse.required("slug", &self.slug, 40);
        if !slug.is_empty() && !is_slug(&slug) {
            parse.refuse(Refusal::invalid("not-a-slug").at("slug"));
        }
        let name = self.name_pair(parse, "name_en", "name_zh", &self.name_en, &self.name_zh);
        let time_zone = parse.choice("time_zone", &self.time_zone, |text| text.parse::<Tz>().ok());
        let build_up_on = parse.date("build_up_on", &self.build_up_on);
        let opens_on = parse.date("opens_on", &self.opens_on);
        let closes_on = parse.date("closes_on", &self.closes_on);
        let breakdown_until = parse.date("breakdown_until", &self.breakdown_until);
        let order = [
            ("build_up_on", build_up_on),
            ("opens_on", opens_on),
            ("closes_on", closes_on),
            ("breakdown_until", breakdown_until),
        ];
        for pair in order.windows(2) {
            if let ((_, Some(before)), (field, Some(after))) = (pair[0], pair[1])
                && (after < before || (field == "opens_on" && after == before))
            {
                parse.refuse(Refusal::invalid("days-out-of-order").at(field).with("before", before));
            }
        }
        if let (Some(first), Some(last)) = (opens_on, closes_on)
            && (last - first).num_days() > 30
        {
            parse.refuse(Refusal::invalid("too-many-open-days").at("closes_on").with("max", 31));
        }
        let area = parse.number("gross_area_m2", &self.gross_area_m2, 0..=2_000_000);
        let badge_mode = parse.choice("badge_mode", &self.badge_mode, BadgeMode::parse);
        Some(EditionPlan {
            slug,
            name,
            time_zone: time_zone?,
            opens_on: opens_on?,
            closes_on: closes_on?,
            build_up_on: build_up_on?,
            breakdown_until: breakdown_until?,
            gross_area_dm2: area? * 100,
            badge_mode: badge_mode?,
            registration_open: self.registration_open == "on",
            applications_open: self.applications_open == "on",
        })
    }
}

/// Nothing chosen, or the choice that says so.
fn is_new(choice: &str) -> bool {
    ["", "new"].contains(&choice.trim())
}

fn country(code: &str) -> Option<String> {
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())).then(|| code.to_owned())
}

/// Lower-case letters, digits and single hyphens inside.
fn is_slug(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> EditionDraft {
        EditionDraft {
            series_name_en: "Fair".into(),
            series_name_zh: "展".into(),
            series_kind: "exhibition".into(),
            slug: "fair-2027".into(),
            name_en: "Fair 2027".into(),
            name_zh: "2027 展".into(),
            venue_name_en: "Hall".into(),
            venue_name_zh: "馆".into(),
            venue_city: "Shanghai".into(),
            venue_country: "CN".into(),
            time_zone: "Asia/Shanghai".into(),
            opens_on: "2027-03-10".into(),
            closes_on: "2027-03-12".into(),
            build_up_on: "2027-03-03".into(),
            breakdown_until: "2027-03-15".into(),
            gross_area_m2: "40000".into(),
            template: "trade-show".into(),
            badge_mode: "signed".into(),
            ..EditionDraft::default()
        }
    }

    #[test]
    fn a_good_draft_passes() {
        let command = draft().parse_new().expect("good");
        assert_eq!(command.plan.gross_area_dm2, 4_000_000);
        assert_eq!(command.template.as_deref(), Some("trade-show"));
    }

    #[test]
    fn every_bad_field_is_named() {
        let bad = EditionDraft {
            slug: "Not A Slug".into(),
            closes_on: "2027-03-09".into(),
            time_zone: "Mars/Base".into(),
            gross_area_m2: "-1".into(),
            ..draft()
        };
        let fields: Vec<_> = bad.parse_new().unwrap_err().into_iter().filter_map(|r| r.field).collect();
        assert_eq!(fields, ["slug", "time_zone", "closes_on", "gross_area_m2"]);
    }
}
