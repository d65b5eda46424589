//! Incidents: an entry of the contingency book that has become real at a place. Declaring one starts the clock of the
//! first action; its log can only grow, and every line carries the seal of the line before it, so that a change of
//! any line, or the loss of one, shows.

use super::contingency::Entry;
use super::vocabulary::Function;
use crate::access::Role;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{Bilingual, EditionId, IncidentId, PlaceId, PlaceStateId, Refusal, UserId};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use sha2::{Digest, Sha256};

codes! {
    /// Where an incident stands.
    IncidentState {
        /// Going on.
        Open "open",
        /// Stood down.
        Over "over",
    }
}

codes! {
    /// What a line of the log says.
    LineKind {
        /// The incident was declared.
        Declared "declared",
        /// Tasks were added to the plan; their codes.
        Tasks "tasks",
        /// The place was closed; its name.
        Closed "closed",
        /// People were called; their names.
        Alerted "alerted",
        /// The first action is done.
        FirstAction "first_action",
        /// What a person wrote.
        Note "note",
        /// The place may be used again.
        Restored "restored",
        /// The decision owner stood it down.
        StoodDown "stood_down",
    }
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Identity.
    pub id: IncidentId,
    /// The edition.
    pub edition: EditionId,
    /// Counted in the edition, from 1.
    pub number: i32,
    /// Code of the entry.
    pub entry: String,
    /// Where, if at a place.
    pub place: Option<PlaceId>,
    /// What the place was called then.
    pub place_name: Bilingual,
    /// Where exactly, and what else was said when it was declared.
    pub note: String,
    /// Who declared it.
    pub declared_by: UserId,
    /// When: the clock begins here.
    pub declared_at: DateTime<Utc>,
    /// The closure of the place, where the book closes it.
    pub closure: Option<PlaceStateId>,
    /// When the first action was done.
    pub first_action_at: Option<DateTime<Utc>>,
    /// When it was stood down.
    pub over_at: Option<DateTime<Utc>>,
    /// Lines in its log.
    pub lines: i64,
    /// Seal of the last line.
    pub head: String,
    /// For the check against a change in between.
    pub version: i32,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody for what Fairlead noted.
    pub by: Option<UserId>,
    /// Their name as it was then.
    pub by_name: String,
    /// What it says.
    pub kind: LineKind,
    /// Words, codes or names.
    pub text: String,
    /// Seal of the line before; empty for the first.
    pub previous: String,
    /// Seal of this line.
    pub seal: String,
}

/// Who acts on an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The user.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Roles in the edition.
    pub roles: Vec<Role>,
}

impl Incident {
    /// Where it stands.
    pub fn state(&self) -> IncidentState {
        if self.over_at.is_some() { IncidentState::Over } else { IncidentState::Open }
    }

    /// Until when the first action is to be done, where the book sets a limit.
    pub fn first_action_due(&self, entry: &Entry) -> Option<DateTime<Utc>> {
        entry.limit_minutes.map(|minutes| self.declared_at + TimeDelta::minutes(minutes))
    }

    fn fact(&self, kind: &str) -> Fact {
        Fact::new(kind, Subject::new(SubjectKind::Incident, self.id), self.edition)
            .with("number", self.number)
            .with("entry", self.entry.as_str())
    }

    /// Adds a line to the log; answers it sealed.
    pub fn add(&mut self, kind: LineKind, text: &str, by: Option<&Person>, at: DateTime<Utc>) -> Line {
        let mut line = Line {
            seq: self.lines + 1,
            at,
            by: by.map(|person| person.id),
            by_name: by.map(|person| person.name.clone()).unwrap_or_default(),
            kind,
            text: text.to_owned(),
            previous: self.head.clone(),
            seal: String::new(),
        };
        line.seal = seal(self.id, &line);
        self.lines = line.seq;
        self.head.clone_from(&line.seal);
        line
    }
}

/// The seal of a line: SHA-256 over the incident and every field, each with its length before it, so that no two
/// different lines give the same text.
pub fn seal(incident: IncidentId, line: &Line) -> String {
    let mut hash = Sha256::new();
    let at = line.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let by = line.by.map(|user| user.to_string()).unwrap_or_default();
    let (id, seq) = (incident.to_string(), line.seq.to_string());
    for part in [&id, &line.previous, &seq, &at, &by, &line.by_name, line.kind.code(), &line.text] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// What is wrong with a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// This line is not what was sealed, or does not follow the one before.
    Line(i64),
    /// Lines are missing at the end.
    End {
        /// Lines there are.
        found: i64,
        /// Lines there should be.
        wanted: i64,
    },
}

/// Checks a log from its first line to the seal the incident carries.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify(incident: &Incident, log: &[Line]) -> Result<(), Broken> {
    let mut previous = "";
    for (at, line) in (1i64..).zip(log) {
        if line.seq != at || line.previous != previous || seal(incident.id, line) != line.seal {
            return Err(Broken::Line(at));
        }
        previous = &line.seal;
    }
    let found = i64::try_from(log.len()).unwrap_or(i64::MAX);
    if found != incident.lines || previous != incident.head {
        return Err(Broken::End { found, wanted: incident.lines });
    }
    Ok(())
}

/// What is said when an incident is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The edition.
    pub edition: EditionId,
    /// Its number in the edition.
    pub number: i32,
    /// Where.
    pub place: Option<(PlaceId, Bilingual)>,
    /// Where exactly, what was seen.
    pub note: String,
}

/// Declares an incident: the clock runs from now.
pub fn declare(
    id: IncidentId,
    entry: &Entry,
    said: Declaration,
    by: &Person,
    now: DateTime<Utc>,
) -> (Incident, Line, Vec<Fact>) {
    let (place, place_name) = said.place.unzip();
    let mut incident = Incident {
        id,
        edition: said.edition,
        number: said.number,
        entry: entry.code.clone(),
        place,
        place_name: place_name.unwrap_or_default(),
        note: said.note.clone(),
        declared_by: by.id,
        declared_at: now,
        closure: None,
        first_action_at: None,
        over_at: None,
        lines: 0,
        head: String::new(),
        version: 1,
    };
    let line = incident.add(LineKind::Declared, &said.note, Some(by), now);
    let fact = incident
        .fact("incident.declared")
        .with("hazard_en", entry.hazard.en.as_str())
        .with("hazard_zh", entry.hazard.zh.as_str())
        .with("place_en", incident.place_name.en.as_str())
        .with("place_zh", incident.place_name.zh.as_str())
        .with("seal", line.seal.as_str());
    (incident, line, vec![fact])
}

fn still_open(incident: &Incident) -> Result<(), Vec<Refusal>> {
    if incident.state() == IncidentState::Over { Err(vec![Refusal::conflict("incident-over")]) } else { Ok(()) }
}

/// What a verb on an incident gives: the incident, the line it added, the facts.
pub type Outcome = Result<(Incident, Line, Vec<Fact>), Vec<Refusal>>;

/// Writes a line. Also after stand-down: what comes to light later belongs in the log.
///
/// # Errors
/// When nothing is said.
pub fn note(mut incident: Incident, text: &str, by: &Person, now: DateTime<Utc>) -> Outcome {
    let mut parse = Parse::new();
    let text = parse.required("text", text, 2_000);
    parse.finish(|| ())?;
    let line = incident.add(LineKind::Note, &text, Some(by), now);
    let fact = incident.fact("incident.noted").with("text", text).with("seal", line.seal.as_str());
    Ok((incident, line, vec![fact]))
}

/// The first action is done: its clock stops.
///
/// # Errors
/// When it was done before or the incident is over.
pub fn first_action(mut incident: Incident, entry: &Entry, text: &str, by: &Person, now: DateTime<Utc>) -> Outcome {
    still_open(&incident)?;
    if incident.first_action_at.is_some() {
        return Err(vec![Refusal::conflict("incident-first-action-done")]);
    }
    let mut parse = Parse::new();
    let text = parse.optional("text", text, 2_000);
    parse.finish(|| ())?;
    incident.first_action_at = Some(now);
    let line = incident.add(LineKind::FirstAction, &text, Some(by), now);
    let seconds = (now - incident.declared_at).num_seconds();
    let late = incident.first_action_due(entry).is_some_and(|due| now > due);
    let fact = incident
        .fact("incident.first_action_done")
        .with("seconds", seconds)
        .with("late", late)
        .with("seal", line.seal.as_str());
    Ok((incident, line, vec![fact]))
}

/// Whether a person decides an incident: by the role that acts for the decision owner or for whom it hands to, or as
/// director.
pub fn decides(entry: &Entry, person: &Person) -> bool {
    let deciders = [Some(entry.decision_owner), entry.hands_to];
    let roles = deciders.into_iter().flatten().map(Function::role);
    roles.chain([Role::Director]).any(|role| person.roles.contains(&role))
}

/// Stands an incident down: the decision owner confirms that the book's criterion is met, and by what.
///
/// # Errors
/// When another than the decision owner does it, the first action is not done, or nothing is said.
pub fn stand_down(
    mut incident: Incident,
    entry: &Entry,
    met: bool,
    text: &str,
    by: &Person,
    now: DateTime<Utc>,
) -> Outcome {
    still_open(&incident)?;
    if !decides(entry, by) {
        return Err(vec![Refusal::forbidden("incident-not-decider").with("role", entry.decision_owner.code())]);
    }
    let mut parse = Parse::new();
    let text = parse.required("text", text, 2_000);
    if !met {
        parse.refuse(Refusal::invalid("incident-criterion").at("met"));
    }
    if incident.first_action_at.is_none() {
        parse.refuse(Refusal::unmet("incident-first-action-open"));
    }
    parse.finish(|| ())?;
    incident.over_at = Some(now);
    let line = incident.add(LineKind::StoodDown, &text, Some(by), now);
    let fact = incident
        .fact("incident.stood_down")
        .with("minutes", (now - incident.declared_at).num_minutes())
        .with("text", text)
        .with("seal", line.seal.as_str());
    Ok((incident, line, vec![fact]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::contingency;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn person(role: Role) -> Person {
        Person { id: UserId::from_uuid(Uuid::from_u128(3)), name: "Gao Ming".to_owned(), roles: vec![role] }
    }

    fn at(minutes: i64) -> DateTime<Utc> {
        "2027-05-12T02:00:00Z".parse::<DateTime<Utc>>().expect("a moment") + TimeDelta::minutes(minutes)
    }

    fn declared() -> (Incident, Vec<Line>) {
        let said =
            Declaration { edition: EditionId::from_uuid(Uuid::nil()), number: 1, place: None, note: "Hall N3".into() };
        let fire = contingency::find("K01").expect("fire");
        let (incident, line, _) =
            declare(IncidentId::from_uuid(Uuid::from_u128(9)), fire, said, &person(Role::HallManager), at(0));
        (incident, vec![line])
    }

    #[test]
    fn only_who_decides_stands_down_and_only_with_the_criterion() {
        let fire = contingency::find("K01").expect("fire");
        let (incident, _) = declared();
        let codes = |outcome: Outcome| outcome.unwrap_err().into_iter().map(|one| one.code).collect::<Vec<_>>();
        assert_eq!(
            codes(stand_down(incident.clone(), fire, true, "x", &person(Role::Sales), at(9))),
            ["incident-not-decider"]
        );
        let none = stand_down(incident.clone(), fire, false, " ", &person(Role::Safety), at(9));
        assert_eq!(codes(none), ["required", "incident-criterion", "incident-first-action-open"]);
        let (incident, ..) = first_action(incident, fire, "", &person(Role::Sales), at(1)).expect("done");
        assert_eq!(
            codes(first_action(incident.clone(), fire, "", &person(Role::Sales), at(2))),
            ["incident-first-action-done"]
        );
        let (over, ..) =
            stand_down(incident, fire, true, "Released by the fire officer", &person(Role::Safety), at(40))
                .expect("over");
        assert_eq!(codes(stand_down(over.clone(), fire, true, "x", &person(Role::Safety), at(41))), ["incident-over"]);
        assert!(note(over, "Camera 4 shows the cause", &person(Role::Safety), at(90)).is_ok(), "the log stays open");
    }

    #[test]
    fn every_change_of_the_log_shows() {
        let (mut incident, mut log) = declared();
        for text in ["smoke at the rear gate", "fire brigade on site", "hall empty"] {
            let (next, line, _) = note(incident, text, &person(Role::Safety), at(3)).expect("noted");
            incident = next;
            log.push(line);
        }
        assert_eq!(verify(&incident, &log), Ok(()));
        let mut forged = log.clone();
        forged[2].text = "nothing happened".to_owned();
        assert_eq!(verify(&incident, &forged), Err(Broken::Line(3)));
        let mut resealed = forged.clone();
        resealed[2].seal = seal(incident.id, &resealed[2]);
        assert_eq!(verify(&incident, &resealed), Err(Broken::Line(4)), "the next line knows the old seal");
        let mut gone = log.clone();
        gone.remove(1);
        assert_eq!(verify(&incident, &gone), Err(Broken::Line(2)));
        gone = log.clone();
        gone.pop();
        assert_eq!(verify(&incident, &gone), Err(Broken::End { found: 3, wanted: 4 }));
    }

    proptest! {
        /// Any text of any line, changed by any character, breaks the log.
        #[test]
        fn no_line_can_be_forged(texts in prop::collection::vec("[a-z报]{1,12}", 1..6), at_line in 0..6usize, added in "[a-z]{1}") {
            let (mut incident, mut log) = declared();
            for text in &texts {
                let (next, line, _) = note(incident, text, &person(Role::Safety), at(3)).expect("noted");
                incident = next;
                log.push(line);
            }
            prop_assert_eq!(verify(&incident, &log), Ok(()));
            let target = at_line % log.len();
            log[target].text.push_str(&added);
            prop_assert_eq!(verify(&incident, &log), Err(Broken::Line(target as i64 + 1)));
        }
    }
}
