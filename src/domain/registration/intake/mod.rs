//! Registrations that come as a table: which column fills what ([`columns`]), what a row says ([`rows`]), and how far
//! such an import is ([`Intake`]), whether the category has room ([`room`]). A table of a campaign is one of people to
//! invite ([`guests`]). Rows are judged one by one; what cannot be taken goes back with its reasons.

pub mod columns;
pub mod guests;
pub mod room;
pub mod rows;

use super::Category;
use crate::{
    CampaignId, DelegationId, EditionId, IntakeId, Locale, Refusal,
    journal::{Fact, Subject, SubjectKind},
    refusal::Parse,
};
use chrono::{DateTime, TimeDelta, Utc};
use columns::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most rows of one table.
pub const MOST_ROWS: usize = 250_000;
/// Most columns.
pub const MOST_COLUMNS: usize = 100;
/// Rows kept together in one part.
pub const PART: usize = 500;
/// Work that was not heard of for so long is taken up again by another node.
pub const SILENCE: TimeDelta = TimeDelta::minutes(2);

codes! {
    /// What happens to somebody who is registered already.
    Known {
        /// Passed over and counted.
        Skip "skip",
        /// The registration takes what the table says.
        Update "update",
        /// The row is rejected.
        Reject "reject",
    }
}

codes! {
    /// What happens to new people for whom their category has no place left.
    Full {
        /// They wait for one, where the category lets people wait.
        Wait "wait",
        /// The row is rejected.
        Reject "reject",
    }
}

codes! {
    /// What happens to new people whose category somebody must approve.
    Approval {
        /// They wait for it and have no badge yet.
        Ask "ask",
        /// Whoever brings the table approves them with it.
        Give "give",
    }
}

codes! {
    /// How far it is.
    State {
        /// Read and kept; nobody has looked at the rows yet.
        Kept "kept",
        /// Rows are being looked at; nothing is changed.
        Judging "judging",
        /// Every row was looked at.
        Judged "judged",
        /// Rows are being taken over.
        Running "running",
        /// Finished.
        Done "done",
        /// Stopped by a person; what was taken over stays.
        Stopped "stopped",
    }
}

/// How the table is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// For rows that name none.
    pub category: Category,
    pub known: Known,
    /// Send everybody the mail with the badge.
    pub mail: bool,
    /// Beyond the capacity of a category.
    #[serde(default = "waits")]
    pub full: Full,
    /// Where somebody must approve.
    #[serde(default = "asks")]
    pub approval: Approval,
    /// To write in, for invitees whose row names none.
    #[serde(default)]
    pub locale: Locale,
}

const fn waits() -> Full {
    Full::Wait
}

const fn asks() -> Approval {
    Approval::Ask
}

impl Options {
    /// What holds when nobody chose: trade visitors, who is known is passed over, no mail, rules of categories hold.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            category: Category::TradeVisitor,
            known: Known::Skip,
            mail: false,
            full: waits(),
            approval: asks(),
            locale: Locale::default(),
        }
    }
}

/// What came of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub rows: i32,
    /// Looked at in the run that is under way or was the last.
    pub done: i32,
    /// New people, in a dry run; registered ones, once taken over.
    pub new: i32,
    pub updated: i32,
    /// Registered already and passed over.
    pub known: i32,
    pub rejected: i32,
    /// New people beyond the capacity of their category: on its waiting list, or among the rejected.
    pub over: i32,
    /// New people who wait for somebody's approval.
    pub review: i32,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    pub id: IntakeId,
    pub edition: EditionId,
    /// The group everybody in it belongs to, if to one.
    pub delegation: Option<DelegationId>,
    /// The campaign that invites everybody in it, if it is a table of people to invite.
    pub campaign: Option<CampaignId>,
    /// Name of the file.
    pub name: String,
    pub heads: Vec<String>,
    /// What each column fills.
    pub mapping: Vec<Option<Field>>,
    pub options: Options,
    pub state: State,
    pub counts: Counts,
    /// Places that new people of a dry run would take, by category: what later parts must know.
    pub placed: BTreeMap<Category, i64>,
    pub parts: i32,
    /// The part to go on with.
    pub next_part: i32,
    /// A person wants it to end.
    pub stop: bool,
    pub created_by: String,
    pub created_at: DateTime<Utc>,
    pub touched_at: DateTime<Utc>,
    pub version: i32,
}

/// The choices of a person as typed: `c0`, `c1` … are columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OptionsDraft {
    pub category: String,
    pub known: String,
    pub mail: String,
    pub full: String,
    pub approval: String,
    pub locale: String,
}

impl OptionsDraft {
    /// Reads the choices.
    ///
    /// # Errors
    /// One refusal for each that cannot be accepted.
    pub fn parse(&self) -> Result<Options, Vec<Refusal>> {
        let mut p = Parse::new();
        let or = |typed: &str, usual: &'static str| {
            if typed.trim().is_empty() { usual.to_owned() } else { typed.to_owned() }
        };
        let category = p.choice("category", &or(&self.category, Category::TradeVisitor.code()), Category::parse);
        let known = p.choice("known", &or(&self.known, Known::Skip.code()), Known::parse);
        let full = p.choice("full", &or(&self.full, Full::Wait.code()), Full::parse);
        let approval = p.choice("approval", &or(&self.approval, Approval::Ask.code()), Approval::parse);
        let locale = p.choice("locale", &or(&self.locale, Locale::default().code()), Locale::parse);
        let mail = !matches!(self.mail.trim(), "" | "false" | "0" | "off");
        p.finish(|| Options {
            category: category.expect("refused above"),
            known: known.expect("refused above"),
            mail,
            full: full.expect("refused above"),
            approval: approval.expect("refused above"),
            locale: locale.expect("refused above"),
        })
    }
}

impl Intake {
    /// Whether work on it is under way.
    #[must_use]
    pub const fn works(&self) -> bool {
        matches!(self.state, State::Judging | State::Running)
    }

    /// Whether its work was forgotten: a node died.
    #[must_use]
    pub fn is_silent(&self, now: DateTime<Utc>) -> bool {
        self.works() && now - self.touched_at > SILENCE
    }

    /// Asks for a look at every row with these choices.
    ///
    /// # Errors
    /// `intake-busy` while work is under way; `intake-over` once rows were taken over; `intake-columns` when no column
    /// gives a name; `intake-no-address` when none gives the address invitees are written to.
    pub fn judge(
        &self,
        mapping: Vec<Option<Field>>,
        options: Options,
        now: DateTime<Utc>,
    ) -> Result<(Self, Fact), Refusal> {
        match self.state {
            State::Judging | State::Running => return Err(Refusal::conflict("intake-busy")),
            State::Done | State::Stopped => return Err(Refusal::conflict("intake-over")),
            State::Kept | State::Judged => {}
        }
        if !columns::names_people(&mapping) {
            return Err(Refusal::invalid("intake-columns"));
        }
        if self.campaign.is_some() && !mapping.contains(&Some(Field::Email)) {
            return Err(Refusal::invalid("intake-no-address"));
        }
        let counts = Counts { rows: self.counts.rows, ..Counts::default() };
        let new = Self {
            mapping,
            options,
            state: State::Judging,
            counts,
            placed: BTreeMap::new(),
            next_part: 0,
            stop: false,
            touched_at: now,
            ..self.clone()
        };
        let fact = new.fact("judged_from").with("name", new.name.clone());
        Ok((new, fact))
    }

    /// Asks for the rows to be taken over; `skip` says that rejected ones may stay behind.
    ///
    /// # Errors
    /// `intake-busy`, `intake-over`, `intake-not-judged`; `table-rejected` with how many when none may stay behind;
    /// `table-nothing` when there is nobody to register.
    pub fn take(&self, skip: bool, now: DateTime<Utc>) -> Result<(Self, Fact), Refusal> {
        match self.state {
            State::Judging | State::Running => return Err(Refusal::conflict("intake-busy")),
            State::Done | State::Stopped => return Err(Refusal::conflict("intake-over")),
            State::Kept => return Err(Refusal::unmet("intake-not-judged")),
            State::Judged => {}
        }
        if self.counts.rejected > 0 && !skip {
            return Err(Refusal::conflict("table-rejected").with("count", self.counts.rejected));
        }
        if self.counts.new + self.counts.updated == 0 {
            return Err(Refusal::conflict("table-nothing"));
        }
        let counts = Counts { rows: self.counts.rows, ..Counts::default() };
        let new = Self { state: State::Running, counts, next_part: 0, stop: false, touched_at: now, ..self.clone() };
        let fact = new.fact("started").with("name", new.name.clone()).with("rows", new.counts.rows);
        Ok((new, fact))
    }

    /// The end of work: all parts were looked at, or a person stopped it.
    #[must_use]
    pub fn ended(&self) -> (Self, Fact) {
        let state = match (self.state, self.stop) {
            (State::Judging, false) => State::Judged,
            (State::Judging, true) => State::Kept,
            (_, true) => State::Stopped,
            (_, false) => State::Done,
        };
        let new = Self { state, stop: false, ..self.clone() };
        let verb = match state {
            State::Judged => "judged",
            State::Kept => "judging_stopped",
            State::Stopped => "stopped",
            _ => "completed",
        };
        let c = new.counts;
        let fact = new
            .fact(verb)
            .with("name", new.name.clone())
            .with("new", c.new)
            .with("updated", c.updated)
            .with("known", c.known)
            .with("rejected", c.rejected)
            .with("over", c.over)
            .with("review", c.review);
        (new, fact)
    }

    /// A fact about it.
    #[must_use]
    pub fn fact(&self, verb: &str) -> Fact {
        Fact::new(&format!("intake.{verb}"), Subject::new(SubjectKind::Intake, self.id), self.edition)
    }
}

/// A row that was not taken, with the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file.
    pub line: u32,
    pub cells: Vec<String>,
    pub reasons: Vec<Refusal>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn intake() -> Intake {
        let at = "2027-01-01T00:00:00Z".parse().unwrap();
        Intake {
            id: IntakeId::from_uuid(Uuid::nil()),
            edition: EditionId::from_uuid(Uuid::nil()),
            delegation: None,
            campaign: None,
            name: "people.csv".into(),
            heads: vec!["姓名".into()],
            mapping: vec![Some(Field::FullName)],
            options: OptionsDraft::default().parse().unwrap(),
            state: State::Kept,
            counts: Counts { rows: 3, ..Counts::default() },
            placed: BTreeMap::new(),
            parts: 1,
            next_part: 0,
            stop: false,
            created_by: String::new(),
            created_at: at,
            touched_at: at,
            version: 0,
        }
    }

    #[test]
    fn from_the_file_to_the_people() {
        let (kept, now) = (intake(), intake().created_at);
        assert_eq!(kept.take(true, now).unwrap_err().code, "intake-not-judged");
        assert_eq!(kept.judge(vec![None], kept.options.clone(), now).unwrap_err().code, "intake-columns");
        let invites = Intake { campaign: Some(CampaignId::from_uuid(Uuid::nil())), ..kept.clone() };
        let options = kept.options.clone();
        assert_eq!(invites.judge(kept.mapping.clone(), options, now).unwrap_err().code, "intake-no-address");
        let (judging, _) = kept.judge(kept.mapping.clone(), kept.options.clone(), now).unwrap();
        assert_eq!(judging.judge(kept.mapping.clone(), kept.options.clone(), now).unwrap_err().code, "intake-busy");
        let counts = Counts { rows: 3, done: 3, new: 2, rejected: 1, ..Counts::default() };
        let (judged, fact) = Intake { counts, ..judging }.ended();
        assert_eq!((judged.state, fact.kind.as_str()), (State::Judged, "intake.judged"));
        assert_eq!(judged.take(false, now).unwrap_err().code, "table-rejected");
        let (running, _) = judged.take(true, now).unwrap();
        assert!(!running.is_silent(now) && running.is_silent(now + TimeDelta::minutes(3)));
        let (done, _) = Intake { counts, ..running.clone() }.ended();
        assert_eq!(done.take(true, now).unwrap_err().code, "intake-over");
        assert_eq!(Intake { stop: true, ..running }.ended().0.state, State::Stopped);
    }
}
