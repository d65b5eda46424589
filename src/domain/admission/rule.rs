//! Access rules: which category passes where, on which days, between which times, how often.
//!
//! Rules are read in their order. A rule *applies* when its category and its place fit; a place is
//! a gate, the zone behind it, or any place that zone lies in. Among the rules that apply, the first
//! whose days and times contain the moment decides. An edition without a single rule lets every
//! valid badge through every gate; the rules page says so.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::clock::Moment;
use super::gate::Gate;
use super::quota::{QuotaScope, RuleQuota};
use super::verdict::Passage;
use crate::id::{AccessRuleId, PlaceId};
use crate::refusal::{Parse, Refusal};
use crate::registration::Category;

/// How often one person may enter under a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryLimit {
    /// As often as they like.
    #[default]
    Unlimited,
    /// Once in the whole edition.
    Once,
    /// Once on each calendar day of the venue.
    OnceADay,
    /// Again only after an exit was recorded.
    ReentryAfterExit,
}

impl EntryLimit {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Unlimited, Self::Once, Self::OnceADay, Self::ReentryAfterExit];

    /// The stable spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unlimited => "unlimited",
            Self::Once => "once",
            Self::OnceADay => "once_a_day",
            Self::ReentryAfterExit => "reentry_after_exit",
        }
    }

    /// From the stable spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|limit| limit.code() == text)
    }
}

/// When a rule holds. A window that ends before it begins runs over midnight and belongs to
/// the day it began on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RuleWindow {
    /// The venue's calendar days; empty means every day.
    pub days: Vec<NaiveDate>,
    /// First minute of the day, 0..1440; none means from midnight.
    pub from: Option<u16>,
    /// First minute no longer in the window, up to 1440; none means until midnight.
    pub until: Option<u16>,
}

impl RuleWindow {
    /// Whether the rule holds then.
    pub fn contains(&self, moment: &Moment) -> bool {
        let (from, until) = (self.from.unwrap_or(0), self.until.unwrap_or(1440));
        if from < until {
            return self.on_day(moment.day) && (from..until).contains(&moment.minute);
        }
        let begun_today = self.on_day(moment.day) && moment.minute >= from;
        let begun_yesterday = moment.minute < until
            && moment.day.checked_sub_days(Days::new(1)).is_some_and(|yesterday| self.on_day(yesterday));
        begun_today || begun_yesterday
    }

    /// Whether it holds always.
    pub fn is_always(&self) -> bool {
        self.days.is_empty() && self.from.unwrap_or(0) == 0 && self.until.unwrap_or(1440) == 1440
    }

    fn on_day(&self, day: NaiveDate) -> bool {
        self.days.is_empty() || self.days.contains(&day)
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRule {
    /// Id.
    pub id: AccessRuleId,
    /// Position; rules are read from the smallest.
    pub sort: i32,
    /// Whom it is about; none means everybody.
    pub category: Option<Category>,
    /// A gate or a zone; none means everywhere.
    pub place: Option<PlaceId>,
    /// When it holds.
    pub window: RuleWindow,
    /// How often.
    pub limit: EntryLimit,
    /// How many different people of one company or delegation, when that is limited.
    pub quota: Option<RuleQuota>,
    /// Lets in, or keeps out.
    pub allow: bool,
    /// For the check against concurrent edits.
    pub version: i32,
}

impl AccessRule {
    /// Whether category and place fit.
    pub fn applies(&self, category: Category, gate: &Gate) -> bool {
        self.category.is_none_or(|c| c == category) && self.place.is_none_or(|place| gate.lies_at(place))
    }

    /// Whether a passage is one of the rule's own place. A rule for everywhere counts them all.
    pub fn counts(&self, passage: &Passage) -> bool {
        self.place.is_none_or(|place| passage.gate == place || passage.zones.contains(&place))
    }
}

/// What the rules say about a category at a gate at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling<'a> {
    /// The edition has no rules: everything is allowed.
    NoRules,
    /// No rule lets this category through here at any time.
    NotHere,
    /// Some rule does, but not now.
    NotNow,
    /// This rule lets in, subject to its limit.
    Allowed(&'a AccessRule),
    /// This rule keeps out.
    Forbidden(&'a AccessRule),
}

/// Reads the rules in order (the caller has sorted them).
pub fn ruling<'a>(rules: &'a [AccessRule], category: Category, gate: &Gate, moment: &Moment) -> Ruling<'a> {
    if rules.is_empty() {
        return Ruling::NoRules;
    }
    let mut allowed_some_time = false;
    for rule in rules.iter().filter(|rule| rule.applies(category, gate)) {
        if rule.window.contains(moment) {
            return if rule.allow { Ruling::Allowed(rule) } else { Ruling::Forbidden(rule) };
        }
        allowed_some_time |= rule.allow;
    }
    if allowed_some_time { Ruling::NotNow } else { Ruling::NotHere }
}

/// A rule as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleDraft {
    /// Category code, or empty for everybody.
    pub category: String,
    /// Gate or zone id, or empty for everywhere.
    pub place: String,
    /// Days as `YYYY-MM-DD`, parted by commas or blanks; empty means every day.
    pub days: String,
    /// `HH:MM`, or empty.
    pub from: String,
    /// `HH:MM` (24:00 allowed), or empty.
    pub until: String,
    /// Code of the entry limit.
    pub limit: String,
    /// Whom a quota holds together (`company`, `delegation`), or empty for no quota.
    pub quota_scope: String,
    /// People of one company or delegation who may come in; empty without a quota.
    pub quota_limit: String,
    /// `allow` or `deny`.
    pub effect: String,
    /// Position, or empty for the end of the list.
    pub sort: String,
    /// Version the form was made from; empty for a new rule.
    pub version: String,
}

/// A rule to create or change, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// Whom.
    pub category: Option<Category>,
    /// Where.
    pub place: Option<PlaceId>,
    /// When.
    pub window: RuleWindow,
    /// How often.
    pub limit: EntryLimit,
    /// How many people of one company or delegation.
    pub quota: Option<RuleQuota>,
    /// Lets in or keeps out.
    pub allow: bool,
    /// Position; none means the end.
    pub sort: Option<i32>,
    /// Version seen, for a change.
    pub version: i32,
}

impl RuleDraft {
    /// Parses, naming every field that is wrong.
    ///
    /// # Errors
    /// All refusals at once.
    pub fn parse(&self) -> Result<RuleChange, Vec<Refusal>> {
        let mut parse = Parse::new();
        let category = optional(&self.category, |text| parse.choice("category", text, Category::parse));
        let place = optional(&self.place, |text| parse.choice("place", text, |id| id.parse().ok()));
        let days = self.days(&mut parse);
        let from = optional(&self.from, |text| parse.choice("from", text, minute_of));
        let until = optional(&self.until, |text| parse.choice("until", text, minute_of));
        if from.is_some_and(|m| m == 1440) || (from.is_some() && from == until) {
            parse.refuse(Refusal::invalid("window-empty").at("until"));
        }
        let limit = parse.choice("limit", &self.limit, EntryLimit::parse).unwrap_or_default();
        let allow = parse.choice("effect", &self.effect, |text| match text {
            "allow" => Some(true),
            "deny" => Some(false),
            _ => None,
        });
        let quota = self.quota(&mut parse, allow);
        let sort = optional(&self.sort, |text| parse.number("sort", text, 0..=1_000_000))
            .and_then(|sort| i32::try_from(sort).ok());
        let version = self.version.trim().parse().unwrap_or(0);
        parse.finish(|| RuleChange {
            category,
            place,
            window: RuleWindow { days, from, until },
            limit,
            quota,
            allow: allow.unwrap_or(true),
            sort,
            version,
        })
    }

    /// A quota has both a scope and a limit, and only a rule that lets in has one.
    fn quota(&self, parse: &mut Parse, allow: Option<bool>) -> Option<RuleQuota> {
        let scope = optional(&self.quota_scope, |text| parse.choice("quota_scope", text, QuotaScope::parse))?;
        if allow == Some(false) {
            parse.refuse(Refusal::invalid("quota-needs-allow").at("quota_scope"));
        }
        match self.quota_limit.trim() {
            "" => {
                parse.refuse(Refusal::invalid("required").at("quota_limit"));
                None
            }
            text => parse.number("quota_limit", text, 1..=1_000_000).map(|limit| RuleQuota { scope, limit }),
        }
    }

    fn days(&self, parse: &mut Parse) -> Vec<NaiveDate> {
        let words = self.days.split([',', ' ', '\n', '，', '、']).map(str::trim).filter(|word| !word.is_empty());
        let mut days: Vec<NaiveDate> = words.filter_map(|word| parse.date("days", word)).collect();
        if days.len() > 60 {
            parse.refuse(Refusal::invalid("out-of-range").at("days").with("min", 0).with("max", 60));
        }
        days.sort_unstable();
        days.dedup();
        days
    }
}

fn optional<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    if text.trim().is_empty() { None } else { read(text.trim()) }
}

/// `HH:MM` as minutes of the day; `24:00` is the end of the day.
pub fn minute_of(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() > 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (hours <= 24 && minutes < 60 && total <= 1440).then_some(total)
}

/// Minutes of the day as `HH:MM`.
pub fn minute_text(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
