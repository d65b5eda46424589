//! Counting: from the passages of the log to visitors, visits, entries, exits and people inside, by an audit profile.
//!
//! A [`Counter`] takes one person after the other, each with all their passages, so it needs no more memory than the
//! figures themselves. Everything it says reconciles: the visits of the days are those of the hours, of the gates, of
//! the categories and of the countries (a property test holds it to that). Only people with a badge of ours are
//! counted; entries on codes nobody knows are shown beside, never guessed.
//!
//! Words as in ISO 25639: a *visitor* is a person, counted once; a *visit* is what the profile says; an *entry* is every
//! time somebody comes in. The day and hour are the venue's.

use super::audit::{AuditProfile, VisitRule};
use super::gate::{Direction, Gate};
use crate::id::PlaceId;
use crate::registration::Category;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One admitted passage of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The venue's day.
    pub day: NaiveDate,
    /// The venue's hour, 0..24.
    pub hour: i32,
    /// Where.
    pub gate: PlaceId,
    /// Which way.
    pub direction: Direction,
}

/// Figures of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// The venue's day.
    pub day: NaiveDate,
    /// Different visitors on this day.
    pub visitors: i64,
    /// Of them, those who came for the first time.
    pub new_visitors: i64,
    /// Visits.
    pub visits: i64,
    /// Entries of visitors.
    pub entries: i64,
    /// Exits of visitors.
    pub exits: i64,
    /// Most people inside at the end of an hour, everybody with a badge.
    pub peak: i64,
}

/// Figures of one hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourFigures {
    /// The venue's day.
    pub day: NaiveDate,
    /// The venue's hour.
    pub hour: i32,
    /// Visits that began.
    pub visits: i64,
    /// Entries of visitors.
    pub entries: i64,
    /// Exits of visitors.
    pub exits: i64,
    /// Visitors inside at the end of the hour.
    pub inside: i64,
    /// Everybody with a badge inside at the end of the hour.
    pub present: i64,
}

/// Figures of one gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateFigures {
    /// The gate.
    pub gate: PlaceId,
    /// Its code.
    pub code: String,
    /// Visits that began here.
    pub visits: i64,
    /// Entries of visitors.
    pub entries: i64,
    /// Exits of visitors.
    pub exits: i64,
}

/// Visitors and visits of one group of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFigures {
    /// Code of the category, or of the country; empty when not known.
    pub code: String,
    /// Different people.
    pub visitors: i64,
    /// Their visits.
    pub visits: i64,
}

/// What the log says by one profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Code of the profile.
    pub profile: String,
    /// First day counted.
    pub from: NaiveDate,
    /// Last day counted.
    pub until: NaiveDate,
    /// Different people.
    pub visitors: i64,
    /// Their visits.
    pub visits: i64,
    /// Entries of visitors.
    pub entries: i64,
    /// Exits of visitors.
    pub exits: i64,
    /// Visitors from another country than the venue's.
    pub visitors_abroad: i64,
    /// Their visits.
    pub visits_abroad: i64,
    /// Entries on codes that no badge is known for. They count for nobody.
    pub unnamed: i64,
    /// By day.
    pub days: Vec<DayFigures>,
    /// By hour, hours without anybody left out.
    pub hours: Vec<HourFigures>,
    /// By gate.
    pub gates: Vec<GateFigures>,
    /// Visitors by category.
    pub categories: Vec<GroupFigures>,
    /// Visitors by country, most first.
    pub countries: Vec<GroupFigures>,
    /// People who are no visitors by this profile, by category.
    pub others: Vec<GroupFigures>,
}

impl Figures {
    /// Visits beyond each visitor's first.
    pub fn repeat_visits(&self) -> i64 {
        self.visits - self.visitors
    }

    /// Entries beyond those that began a visit.
    pub fn repeat_entries(&self) -> i64 {
        self.entries - self.visits
    }

    /// Share of visitors from abroad, 0..1.
    pub fn share_abroad(&self) -> f64 {
        if self.visitors == 0 { 0.0 } else { self.visitors_abroad as f64 / self.visitors as f64 }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    visitors: i64,
    new_visitors: i64,
    visits: i64,
    entries: i64,
    exits: i64,
    /// Change of people inside, visitors and everybody.
    net: i64,
    net_all: i64,
}

/// Takes people and gives figures.
pub struct Counter<'a> {
    profile: &'a AuditProfile,
    days: (NaiveDate, NaiveDate),
    home: String,
    /// The zone directly behind each gate, and the zones around it.
    zones: HashMap<PlaceId, (PlaceId, Vec<PlaceId>)>,
    codes: HashMap<PlaceId, String>,
    total: Tally,
    abroad: Tally,
    by_day: BTreeMap<NaiveDate, Tally>,
    by_hour: BTreeMap<(NaiveDate, i32), Tally>,
    by_gate: HashMap<PlaceId, Tally>,
    by_category: BTreeMap<Category, Tally>,
    by_country: BTreeMap<String, Tally>,
    others: BTreeMap<Category, Tally>,
    unnamed: i64,
}

impl<'a> Counter<'a> {
    /// Counts the days from the first to the last, by a profile. `home` is the venue's country.
    pub fn new(profile: &'a AuditProfile, days: (NaiveDate, NaiveDate), home: &str, gates: &[Gate]) -> Self {
        // A gate that leads nowhere in particular has a zone of its own: the show.
        let nowhere = PlaceId::from_uuid(uuid::Uuid::nil());
        let zone =
            |gate: &Gate| (gate.zone().unwrap_or(nowhere), gate.zones.iter().skip(1).copied().collect::<Vec<_>>());
        Self {
            profile,
            days,
            home: home.to_owned(),
            zones: gates.iter().map(|gate| (gate.id, zone(gate))).collect(),
            codes: gates.iter().map(|gate| (gate.id, gate.code.clone())).collect(),
            total: Tally::default(),
            abroad: Tally::default(),
            by_day: BTreeMap::new(),
            by_hour: BTreeMap::new(),
            by_gate: HashMap::new(),
            by_category: BTreeMap::new(),
            by_country: BTreeMap::new(),
            others: BTreeMap::new(),
            unnamed: 0,
        }
    }

    /// An entry on a code nobody knows.
    pub fn unnamed(&mut self, day: NaiveDate, entries: i64) {
        if self.covers(day) {
            self.unnamed += entries;
        }
    }

    fn covers(&self, day: NaiveDate) -> bool {
        (self.days.0..=self.days.1).contains(&day)
    }

    /// One person with all their passages, oldest first.
    pub fn person(&mut self, category: Category, country: &str, steps: &[Step]) {
        let steps: Vec<&Step> = steps.iter().filter(|step| self.covers(step.day)).collect();
        self.presence(self.profile.counts(category), &steps);
        let entered: Vec<&Step> = steps.iter().copied().filter(|step| step.direction == Direction::In).collect();
        if entered.is_empty() {
            return;
        }
        let mut seen: HashSet<NaiveDate> = HashSet::new();
        let begins: Vec<&Step> = match self.profile.visit {
            VisitRule::OnceADay => entered.iter().copied().filter(|step| seen.insert(step.day)).collect(),
            VisitRule::EveryEntry => entered.clone(),
        };
        let group = |tally: &mut Tally| {
            tally.visitors += 1;
            tally.visits += begins.len() as i64;
        };
        if !self.profile.counts(category) {
            group(self.others.entry(category).or_default());
            return;
        }
        group(&mut self.total);
        group(self.by_category.entry(category).or_default());
        group(self.by_country.entry(country.to_owned()).or_default());
        if !country.is_empty() && country != self.home {
            group(&mut self.abroad);
        }
        for step in begins {
            self.by_day.entry(step.day).or_default().visits += 1;
            self.by_hour.entry((step.day, step.hour)).or_default().visits += 1;
            self.by_gate.entry(step.gate).or_default().visits += 1;
        }
        let mut days: HashSet<NaiveDate> = HashSet::new();
        for (number, step) in entered.iter().enumerate() {
            let day = self.by_day.entry(step.day).or_default();
            day.new_visitors += i64::from(number == 0);
            day.visitors += i64::from(days.insert(step.day));
        }
        for step in steps {
            let (inward, outward) = match step.direction {
                Direction::In => (1, 0),
                Direction::Out => (0, 1),
            };
            let hour = self.by_hour.entry((step.day, step.hour)).or_default();
            let day = self.by_day.entry(step.day).or_default();
            let gate = self.by_gate.entry(step.gate).or_default();
            for tally in [&mut self.total, day, hour, gate] {
                tally.entries += inward;
                tally.exits += outward;
            }
        }
    }

    /// How the number of people inside changes. Everybody is outside again when the day ends.
    fn presence(&mut self, visitor: bool, steps: &[&Step]) {
        let nowhere = (PlaceId::from_uuid(uuid::Uuid::nil()), Vec::new());
        let (mut inside, mut day): (Vec<PlaceId>, Option<NaiveDate>) = (Vec::new(), None);
        for step in steps {
            if day != Some(step.day) {
                inside.clear();
                day = Some(step.day);
            }
            let was = !inside.is_empty();
            let (zone, _) = self.zones.get(&step.gate).unwrap_or(&nowhere);
            match step.direction {
                Direction::In if !inside.contains(zone) => inside.push(*zone),
                Direction::In => {}
                // Whoever leaves a zone has left what lies in it.
                Direction::Out => {
                    let nested = |other: &PlaceId| {
                        self.zones.values().any(|(inner, around)| inner == other && around.contains(zone))
                    };
                    inside.retain(|other| other != zone && !nested(other));
                }
            }
            let change = i64::from(!inside.is_empty()) - i64::from(was);
            if change != 0 {
                let hour = self.by_hour.entry((step.day, step.hour)).or_default();
                hour.net_all += change;
                hour.net += if visitor { change } else { 0 };
            }
        }
    }

    /// The figures.
    pub fn finish(self) -> Figures {
        let mut hours = Vec::new();
        let mut peaks: HashMap<NaiveDate, i64> = HashMap::new();
        let (mut day, mut inside, mut present) = (None, 0, 0);
        for ((at, hour), tally) in &self.by_hour {
            if day != Some(*at) {
                (day, inside, present) = (Some(*at), 0, 0);
            }
            inside += tally.net;
            present += tally.net_all;
            let peak = peaks.entry(*at).or_default();
            *peak = (*peak).max(present);
            let (visits, entries, exits) = (tally.visits, tally.entries, tally.exits);
            hours.push(HourFigures { day: *at, hour: *hour, visits, entries, exits, inside, present });
        }
        let days = self.by_day.iter().map(|(day, tally)| DayFigures {
            day: *day,
            visitors: tally.visitors,
            new_visitors: tally.new_visitors,
            visits: tally.visits,
            entries: tally.entries,
            exits: tally.exits,
            peak: peaks.get(day).copied().unwrap_or(0),
        });
        let mut gates: Vec<GateFigures> = self
            .by_gate
            .iter()
            .map(|(gate, tally)| GateFigures {
                gate: *gate,
                code: self.codes.get(gate).cloned().unwrap_or_default(),
                visits: tally.visits,
                entries: tally.entries,
                exits: tally.exits,
            })
            .collect();
        gates.sort_by(|a, b| a.code.cmp(&b.code).then(a.gate.cmp(&b.gate)));
        let mut countries: Vec<GroupFigures> =
            self.by_country.iter().map(|(code, tally)| group_of(code, tally)).collect();
        countries.sort_by(|a, b| b.visitors.cmp(&a.visitors).then_with(|| a.code.cmp(&b.code)));
        let by_category = |map: &BTreeMap<Category, Tally>| -> Vec<GroupFigures> {
            map.iter().map(|(category, tally)| group_of(category.code(), tally)).collect()
        };
        Figures {
            profile: self.profile.code.clone(),
            from: self.days.0,
            until: self.days.1,
            visitors: self.total.visitors,
            visits: self.total.visits,
            entries: self.total.entries,
            exits: self.total.exits,
            visitors_abroad: self.abroad.visitors,
            visits_abroad: self.abroad.visits,
            unnamed: self.unnamed,
            days: days.collect(),
            hours,
            gates,
            categories: by_category(&self.by_category),
            countries,
            others: by_category(&self.others),
        }
    }
}

fn group_of(code: &str, tally: &Tally) -> GroupFigures {
    GroupFigures { code: code.to_owned(), visitors: tally.visitors, visits: tally.visits }
}

#[cfg(test)]
#[path = "count_tests.rs"]
mod tests;
