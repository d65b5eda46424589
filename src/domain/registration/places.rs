//! How an edition takes in the people of a category: whether the public may choose it and when, whether somebody
//! must approve, how many there is room for, and what happens when there is none.

use super::Category;
use crate::{Bilingual, Refusal, refusal::Parse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The rules of one category in one edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    pub category: Category,
    /// Whether visitors may choose it themselves.
    pub public: bool,
    /// Whether somebody must approve what the public asks for.
    pub approval: bool,
    /// How many people there is room for; no limit when absent. Staff may go beyond it, the public may not.
    pub capacity: Option<i32>,
    /// First and last local day on which the public may choose it.
    pub opens_on: Option<NaiveDate>,
    pub closes_on: Option<NaiveDate>,
    /// Whether people may wait for a place when it is full.
    pub waiting_list: bool,
    /// Whether a place that becomes free goes to the first of the waiting list by itself.
    pub promotes: bool,
    /// A line below the category's name on the public form.
    pub hint: Bilingual,
    pub version: i32,
}

/// Where a new registration of the public stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Gets a badge at once.
    Approved,
    /// Somebody must approve.
    Review,
    /// No room: on the waiting list.
    Waiting,
}

impl Intake {
    /// The rules before anybody sets some: trade visitors come in, media ask, the others are given by the organizer.
    #[must_use]
    pub fn standard(category: Category) -> Self {
        Self {
            category,
            public: Category::PUBLIC.contains(&category),
            approval: category.needs_approval(),
            capacity: None,
            opens_on: None,
            closes_on: None,
            waiting_list: true,
            promotes: true,
            hint: Bilingual::default(),
            version: 0,
        }
    }

    /// Whether the public may choose the category on this day.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        self.public && self.opens_on.is_none_or(|from| from <= day) && self.closes_on.is_none_or(|until| day <= until)
    }

    /// How many places are free when `taken` people hold one; `None` without a limit.
    #[must_use]
    pub fn free(&self, taken: i64) -> Option<i64> {
        self.capacity.map(|capacity| (i64::from(capacity) - taken).max(0))
    }

    /// Where a visitor who asks now would stand.
    ///
    /// # Errors
    /// `category-full` when there is no room and nobody may wait.
    pub fn standing(&self, taken: i64) -> Result<Standing, Refusal> {
        match self.free(taken) {
            Some(0) if self.waiting_list => Ok(Standing::Waiting),
            Some(0) => Err(Refusal::unmet("category-full").at("category")),
            _ if self.approval => Ok(Standing::Review),
            _ => Ok(Standing::Approved),
        }
    }

    /// How many of those who wait move up by themselves when `taken` people hold a place.
    #[must_use]
    pub fn moves_up(&self, taken: i64, waiting: i64) -> i64 {
        if self.promotes { self.free(taken).unwrap_or(waiting).min(waiting) } else { 0 }
    }
}

/// The rules of a category as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntakeDraft {
    pub public: String,
    pub approval: String,
    pub capacity: String,
    pub opens_on: String,
    pub closes_on: String,
    pub waiting_list: String,
    pub promotes: String,
    pub hint_en: String,
    pub hint_zh: String,
    pub version: String,
}

impl IntakeDraft {
    /// The form of rules that hold.
    #[must_use]
    pub fn of(intake: &Intake) -> Self {
        let tick = |yes: bool| if yes { "on".to_owned() } else { String::new() };
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            public: tick(intake.public),
            approval: tick(intake.approval),
            capacity: intake.capacity.map(|c| c.to_string()).unwrap_or_default(),
            opens_on: day(intake.opens_on),
            closes_on: day(intake.closes_on),
            waiting_list: tick(intake.waiting_list),
            promotes: tick(intake.promotes),
            hint_en: intake.hint.en.clone(),
            hint_zh: intake.hint.zh.clone(),
            version: intake.version.to_string(),
        }
    }

    /// Reads the rules of a category.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self, category: Category) -> Result<Intake, Vec<Refusal>> {
        let mut p = Parse::new();
        let ticked = |text: &str| !matches!(text.trim(), "" | "false" | "0" | "off");
        let capacity = match self.capacity.trim() {
            "" => None,
            text => p.number("capacity", text, 0..=10_000_000).and_then(|n| i32::try_from(n).ok()),
        };
        let mut day = |field: &str, text: &str| if text.trim().is_empty() { None } else { p.date(field, text) };
        let (opens_on, closes_on) = (day("opens_on", &self.opens_on), day("closes_on", &self.closes_on));
        if opens_on.zip(closes_on).is_some_and(|(from, until)| from > until) {
            p.refuse(Refusal::invalid("days-order").at("closes_on"));
        }
        let hint = Bilingual::new(p.optional("hint_en", &self.hint_en, 200), p.optional("hint_zh", &self.hint_zh, 200));
        let version = p.number("version", &self.version, 0..=i64::from(i32::MAX)).unwrap_or_default();
        p.finish(|| Intake {
            category,
            public: ticked(&self.public),
            approval: ticked(&self.approval),
            capacity,
            opens_on,
            closes_on,
            waiting_list: ticked(&self.waiting_list),
            promotes: ticked(&self.promotes),
            hint,
            version: i32::try_from(version).expect("within the range asked for"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_category_lets_people_wait_or_says_no() {
        let mut media = Intake { capacity: Some(2), ..Intake::standard(Category::Media) };
        assert_eq!(media.standing(1), Ok(Standing::Review));
        assert_eq!(media.standing(2), Ok(Standing::Waiting));
        media.waiting_list = false;
        assert_eq!(media.standing(2).unwrap_err().code, "category-full");
        assert_eq!(Intake::standard(Category::TradeVisitor).standing(1_000_000), Ok(Standing::Approved));
    }

    #[test]
    fn the_window_is_of_whole_days() {
        let day = |d| NaiveDate::from_ymd_opt(2027, 3, d).unwrap();
        let draft = IntakeDraft {
            public: "on".into(),
            opens_on: "2027-03-02".into(),
            closes_on: "2027-03-03".into(),
            version: "0".into(),
            ..IntakeDraft::default()
        };
        let intake = draft.parse(Category::Vip).unwrap();
        assert_eq!([1, 2, 3, 4].map(|d| intake.open_on(day(d))), [false, true, true, false]);
        let turned = IntakeDraft { opens_on: "2027-03-09".into(), ..draft };
        assert_eq!(turned.parse(Category::Vip).unwrap_err()[0].field.as_deref(), Some("closes_on"));
    }

    proptest! {
        #[test]
        fn nobody_moves_up_beyond_the_capacity(capacity in 0..500i32, taken in 0..600i64, waiting in 0..200i64) {
            let intake = Intake { capacity: Some(capacity), ..Intake::standard(Category::TradeVisitor) };
            let up = intake.moves_up(taken, waiting);
            prop_assert!(up >= 0 && up <= waiting);
            prop_assert!(up == 0 || taken + up <= i64::from(capacity));
        }
    }
}
