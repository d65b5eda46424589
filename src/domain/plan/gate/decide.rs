//! The decision at a gate: proposed by one person, signed by others, with the values as they were. And its undoing: a
//! blocking deviation, a missed condition or an expired waiver closes the gate again for what has not started.

use super::judge::{self, Criterion, Standing};
use super::{Gate, GateState};
use crate::access::Role;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::plan::vocabulary::Function;
use crate::refusal::Parse;
use crate::{EditionId, GateConditionId, GateDecisionId, GateSignatureId, PhaseGateId, Refusal, TaskId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// What is decided at a gate.
    Outcome {
        /// The next phase may begin.
        Go "go",
        /// It may begin, and something must be put right by a day.
        Conditional "conditional",
        /// Not yet.
        Hold "hold",
        /// Part of the phase is done again.
        Recycle "recycle",
        /// The next phase is not to begin.
        Stop "stop",
    }
}

impl Outcome {
    /// The gate's state once it is decided so.
    pub const fn state(self) -> GateState {
        match self {
            Outcome::Go => GateState::Open,
            Outcome::Conditional => GateState::Conditional,
            Outcome::Hold => GateState::Held,
            Outcome::Recycle => GateState::Recycled,
            Outcome::Stop => GateState::Stopped,
        }
    }

    /// The next phase may begin.
    pub const fn opens(self) -> bool {
        matches!(self, Outcome::Go | Outcome::Conditional)
    }
}

codes! {
    /// Where a decision stands.
    DecisionState {
        /// Waits for signatures.
        Proposed "proposed",
        /// Signed by all.
        Decided "decided",
        /// Not signed, with a reason.
        Declined "declined",
    }
}

/// Something that must be put right by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Identity.
    pub id: GateConditionId,
    /// What.
    pub text: String,
    /// By whom.
    pub owner: UserId,
    /// Last day.
    pub due_on: NaiveDate,
    /// The task made of it, once decided.
    pub task: Option<TaskId>,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Identity.
    pub id: GateSignatureId,
    /// For whom.
    pub function: Function,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// What was said with it.
    pub text: String,
}

/// A decision on a gate, proposed or made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Identity.
    pub id: GateDecisionId,
    /// The edition.
    pub edition: EditionId,
    /// The gate.
    pub gate: PhaseGateId,
    /// Which decision of the gate, from 1.
    pub number: i32,
    /// What.
    pub outcome: Outcome,
    /// Where it stands.
    pub state: DecisionState,
    /// Why.
    pub text: String,
    /// The criteria as they were, when it was proposed and then when it was decided.
    pub criteria: Vec<Criterion>,
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Signatures so far.
    pub signatures: Vec<Signature>,
    /// Who proposed it.
    pub proposed_by: UserId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// When it was signed by all, or declined.
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it was declined.
    pub closing: String,
    /// Name of the baseline frozen with it.
    pub baseline: String,
    /// For the check against a change in between.
    pub version: i32,
}

/// What a person types to propose a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProposalDraft {
    /// `go`, `conditional`, `hold`, `recycle`, `stop`.
    pub outcome: String,
    /// Why.
    pub text: String,
    /// Conditions; empty ones are left out.
    pub conditions: Vec<ConditionDraft>,
}

/// One condition as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConditionDraft {
    /// What.
    pub text: String,
    /// User id.
    pub owner: String,
    /// `YYYY-MM-DD`.
    pub due_on: String,
}

/// A proposal, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    outcome: Outcome,
    text: String,
    conditions: Vec<(String, UserId, NaiveDate)>,
}

impl Proposal {
    /// The owners of its conditions.
    pub fn owners(&self) -> impl Iterator<Item = UserId> + '_ {
        self.conditions.iter().map(|(_, owner, _)| *owner)
    }
}

impl ProposalDraft {
    /// Reads the draft; `today` is the venue's day. Refusals of the condition at index n name `condition_<field>_<n>`.
    ///
    /// # Errors
    /// Every field that cannot be read.
    pub fn parse(&self, today: NaiveDate) -> Result<Proposal, Vec<Refusal>> {
        let mut parse = Parse::new();
        let outcome = parse.choice("outcome", &self.outcome, Outcome::parse);
        let text = match outcome {
            Some(Outcome::Go | Outcome::Conditional) => parse.optional("text", &self.text, 4_000),
            _ => parse.required("text", &self.text, 4_000),
        };
        let mut conditions = Vec::new();
        if outcome == Some(Outcome::Conditional) {
            let typed =
                |one: &&ConditionDraft| ![&one.text, &one.owner, &one.due_on].iter().all(|t| t.trim().is_empty());
            for (at, one) in self.conditions.iter().filter(typed).enumerate() {
                let field = |name: &str| format!("condition_{name}_{at}");
                let text = parse.required(&field("text"), &one.text, 300);
                let owner = parse.choice(&field("owner"), &one.owner, |text| text.parse::<UserId>().ok());
                let due = parse.date(&field("due_on"), &one.due_on);
                if due.is_some_and(|day| day < today) {
                    parse.refuse(Refusal::invalid("date-past").at(&field("due_on")));
                }
                if let (Some(owner), Some(due)) = (owner, due) {
                    conditions.push((text, owner, due));
                }
            }
            if conditions.is_empty() && !parse.refused() {
                parse.refuse(Refusal::invalid("gate-no-condition").at("condition_text_0"));
            }
        }
        parse.finish(|| Proposal { outcome: outcome.unwrap_or(Outcome::Hold), text, conditions })
    }
}

/// What stands against deciding so, as far as the criteria say: a go needs all of them, a conditional go may leave any
/// open but a blocking deviation.
pub fn hindrances(outcome: Outcome, criteria: &[Criterion]) -> Vec<Refusal> {
    match outcome {
        Outcome::Go => criteria
            .iter()
            .filter(|one| one.standing == Standing::NotMet)
            .map(|one| {
                let zh = if one.name.zh.is_empty() { &one.name.en } else { &one.name.zh };
                Refusal::unmet("gate-criterion-open")
                    .with("kind", one.kind.code())
                    .with("code", &one.code)
                    .with("name", &one.name.en)
                    .with("name_zh", zh)
            })
            .collect(),
        Outcome::Conditional if judge::is_blocked(criteria) => vec![Refusal::unmet("gate-blocked")],
        _ => Vec::new(),
    }
}

/// Who decides what, when, on which gate.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The gate.
    pub gate: &'a Gate,
    /// Code of its milestone.
    pub code: &'a str,
    /// Its criteria now.
    pub criteria: &'a [Criterion],
    /// Who acts.
    pub by: UserId,
    /// When.
    pub now: DateTime<Utc>,
}

fn fact(kind: &str, desk: &Desk<'_>) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::PhaseGate, desk.gate.id), desk.gate.edition).with("code", desk.code)
}

/// Proposes a decision. `fresh` gives the conditions their identity.
///
/// # Errors
/// A proposal waits already, the gate stands so already, or the criteria do not allow it.
pub fn propose(
    id: GateDecisionId,
    desk: Desk<'_>,
    last: Option<&Decision>,
    proposal: Proposal,
    mut fresh: impl FnMut() -> GateConditionId,
) -> Result<(Decision, Vec<Fact>), Vec<Refusal>> {
    if last.is_some_and(|one| one.state == DecisionState::Proposed) {
        return Err(vec![Refusal::conflict("gate-proposal-open")]);
    }
    if proposal.outcome.opens() && desk.gate.state == GateState::Open {
        return Err(vec![Refusal::conflict("gate-open-already")]);
    }
    let hindrances = hindrances(proposal.outcome, desk.criteria);
    if !hindrances.is_empty() {
        return Err(hindrances);
    }
    let said = fact("phase_gate.proposed", &desk)
        .with("outcome", proposal.outcome.code())
        .with("text", proposal.text.as_str())
        .with("conditions", proposal.conditions.len());
    let conditions = proposal.conditions.into_iter();
    let decision = Decision {
        id,
        edition: desk.gate.edition,
        gate: desk.gate.id,
        number: last.map_or(1, |one| one.number + 1),
        outcome: proposal.outcome,
        state: DecisionState::Proposed,
        text: proposal.text,
        criteria: desk.criteria.to_vec(),
        conditions: conditions
            .map(|(text, owner, due_on)| Condition { id: fresh(), text, owner, due_on, task: None })
            .collect(),
        signatures: Vec::new(),
        proposed_by: desk.by,
        proposed_at: desk.now,
        closed_at: None,
        closing: String::new(),
        baseline: String::new(),
        version: 1,
    };
    Ok((decision, vec![said]))
}

/// The functions whose signature is still missing.
pub fn missing(gate: &Gate, decision: &Decision) -> Vec<Function> {
    let mut left = gate.signers.clone();
    if left.is_empty() {
        left.push(Function::ProjectDirector);
    }
    for one in &decision.signatures {
        if let Some(at) = left.iter().position(|function| *function == one.function) {
            left.remove(at);
        }
    }
    left
}

/// For which missing function somebody with these roles may sign: one that their role acts for, or, for a director, any.
pub fn may_sign(gate: &Gate, decision: &Decision, by: UserId, roles: &[Role]) -> Result<Function, Refusal> {
    if decision.state != DecisionState::Proposed {
        return Err(Refusal::conflict("gate-not-proposed"));
    }
    if decision.proposed_by == by {
        return Err(Refusal::forbidden("gate-sign-own"));
    }
    if decision.signatures.iter().any(|one| one.by == by) {
        return Err(Refusal::conflict("gate-signed"));
    }
    let left = missing(gate, decision);
    let own = left.iter().find(|function| roles.contains(&function.role()));
    let any = left.first().filter(|_| roles.contains(&Role::Director));
    own.or(any).copied().ok_or_else(|| Refusal::forbidden("gate-not-signer"))
}

/// A signature to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign<'a> {
    /// Its identity.
    pub id: GateSignatureId,
    /// Roles of who signs.
    pub roles: &'a [Role],
    /// What is said with it.
    pub text: &'a str,
}

/// What a signature led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    /// The decision.
    pub decision: Decision,
    /// The gate, when the signature was the last one.
    pub gate: Option<Gate>,
    /// What happened.
    pub facts: Vec<Fact>,
}

/// Signs a proposed decision. The last signature decides; the criteria as they are then are kept, and must still allow
/// it.
///
/// # Errors
/// The proposer, somebody without the role, a second signature of one person, criteria that do not allow it any more.
pub fn sign(desk: Desk<'_>, mut decision: Decision, sign: Sign<'_>) -> Result<Signed, Vec<Refusal>> {
    let function = may_sign(desk.gate, &decision, desk.by, sign.roles).map_err(|refusal| vec![refusal])?;
    let mut parse = Parse::new();
    let text = parse.optional("text", sign.text, 2_000);
    parse.finish(|| ())?;
    let hindrances = hindrances(decision.outcome, desk.criteria);
    if !hindrances.is_empty() {
        return Err(hindrances);
    }
    decision.signatures.push(Signature { id: sign.id, function, by: desk.by, at: desk.now, text });
    let mut facts = vec![
        fact("phase_gate.signed", &desk).with("outcome", decision.outcome.code()).with("function", function.code()),
    ];
    if !missing(desk.gate, &decision).is_empty() {
        return Ok(Signed { decision, gate: None, facts });
    }
    decision.state = DecisionState::Decided;
    decision.closed_at = Some(desk.now);
    decision.criteria = desk.criteria.to_vec();
    let mut gate = desk.gate.clone();
    gate.state = decision.outcome.state();
    gate.reason = String::new();
    gate.since = desk.now;
    let (met, waived, total) = judge::counts(&decision.criteria);
    facts.push(
        fact("phase_gate.decided", &desk)
            .with("outcome", decision.outcome.code())
            .with("before", desk.gate.state.code())
            .with("met", met)
            .with("waived", waived)
            .with("total", total),
    );
    Ok(Signed { decision, gate: Some(gate), facts })
}

/// Does not sign: the proposal is off. The proposer may withdraw it in the same way.
///
/// # Errors
/// No reason, nothing proposed, or somebody who neither proposed nor may sign.
pub fn decline(
    desk: Desk<'_>,
    mut decision: Decision,
    roles: &[Role],
    reason: &str,
) -> Result<(Decision, Vec<Fact>), Vec<Refusal>> {
    if decision.state != DecisionState::Proposed {
        return Err(vec![Refusal::conflict("gate-not-proposed")]);
    }
    if decision.proposed_by != desk.by {
        may_sign(desk.gate, &decision, desk.by, roles).map_err(|refusal| vec![refusal])?;
    }
    let mut parse = Parse::new();
    let reason = parse.required("reason", reason, 2_000);
    let reason = parse.finish(|| reason)?;
    let said =
        fact("phase_gate.declined", &desk).with("outcome", decision.outcome.code()).with("reason", reason.as_str());
    decision.state = DecisionState::Declined;
    decision.closed_at = Some(desk.now);
    decision.closing = reason;
    Ok((decision, vec![said]))
}

/// Why an open gate closes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A blocking deviation is open.
    Deviation(String),
    /// A condition was missed.
    Condition(String),
    /// A waiver has expired and its criterion is not met.
    Waiver(String),
}

impl Cause {
    /// The word for it, and what it is about.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Cause::Deviation(title) => ("deviation", title),
            Cause::Condition(text) => ("condition", text),
            Cause::Waiver(key) => ("waiver", key),
        }
    }
}

/// Closes an open gate again.
pub fn reclose(mut gate: Gate, code: &str, cause: &Cause, now: DateTime<Utc>) -> (Gate, Vec<Fact>) {
    let (why, about) = cause.parts();
    let said = Fact::new("phase_gate.reclosed", Subject::new(SubjectKind::PhaseGate, gate.id), gate.edition)
        .with("code", code)
        .with("why", why)
        .with("about", about);
    gate.state = GateState::Reclosed;
    gate.reason = format!("{why}:{about}");
    gate.since = now;
    (gate, vec![said])
}

/// All conditions are met: the gate is open without more.
pub fn fulfil(mut gate: Gate, code: &str, now: DateTime<Utc>) -> (Gate, Vec<Fact>) {
    let said = Fact::new("phase_gate.fulfilled", Subject::new(SubjectKind::PhaseGate, gate.id), gate.edition)
        .with("code", code);
    gate.state = GateState::Open;
    gate.since = now;
    (gate, vec![said])
}

/// A condition as it stands: its text, its last day, whether its task is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub text: String,
    /// Last day.
    pub due_on: NaiveDate,
    /// The task is accepted or more.
    pub done: bool,
}

/// What an open gate is watched by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watch {
    /// Titles of open blocking deviations of what it stands on.
    pub blocking: Vec<String>,
    /// Conditions of the decision that opened it.
    pub conditions: Vec<Due>,
    /// Keys of criteria that were waived when it opened, whose waiver does not hold any more, and which are not met.
    pub expired: Vec<String>,
    /// Tasks it holds that have not begun.
    pub ahead: u32,
}

/// Whether an open gate must close again; `None` for a gate that has nothing left to hold.
pub fn cause(gate: &Gate, watch: &Watch, today: NaiveDate) -> Option<Cause> {
    if !gate.state.is_open() || watch.ahead == 0 {
        return None;
    }
    if let Some(title) = watch.blocking.first() {
        return Some(Cause::Deviation(title.clone()));
    }
    if let Some(missed) = watch.conditions.iter().find(|one| !one.done && one.due_on < today) {
        return Some(Cause::Condition(missed.text.clone()));
    }
    watch.expired.first().map(|key| Cause::Waiver(key.clone()))
}
