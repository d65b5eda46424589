//! The plan of an edition as a simulation takes it: laws from the tasks' three points, risks from
//! the register, and the dates people ask about.

use super::draw::subject;
use super::law::Law;
use super::model::{Event, Model, Target};
use super::register::{RiskEvent, law};
use crate::plan::network::{Kind, NetworkFault};
use crate::plan::sheet::{Computed, Sheet};
use crate::plan::{Phase, TaskState, axis};
use serde::{Deserialize, Serialize};

codes! {
    /// The distribution laid through three points.
    Shape {
        /// Beta-PERT with shape 4: the middle counts most.
        Pert "pert",
        /// Triangular: the ends count more.
        Triangular "triangular",
    }
}

codes! {
    /// What kind of date is asked.
    AimKind {
        /// Everything before opening day is through.
        Opening "opening",
        /// A milestone is reached.
        Milestone "milestone",
        /// A task with a wanted finish ends.
        Deadline "deadline",
        /// The last task of a phase ends.
        Phase "phase",
        /// The last task of all ends.
        End "end",
    }
}

/// A date that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aim {
    /// Names it in addresses: `opening`, `milestone-G2`, `phase-on_site`, `end`.
    pub key: String,
    /// What kind.
    pub kind: AimKind,
    /// Code of its task, or of its phase; empty for the end.
    pub code: String,
    /// By when, on the axis.
    pub due: i64,
    /// When the plan has it, on the axis.
    pub planned: i64,
}

/// A plan with its uncertainties and questions.
#[derive(Debug, Clone)]
pub struct Study {
    computed: Computed,
    laws: Vec<Option<Law>>,
    events: Vec<Event>,
    groups: Vec<Vec<u32>>,
    aims: Vec<(Aim, Target)>,
    /// Codes of the tasks, in plan order.
    codes: Vec<String>,
    /// Numbers of the risks, in the order of the events.
    risks: Vec<i32>,
}

impl Study {
    /// Puts plan and register together.
    ///
    /// # Errors
    /// Every cycle of the plan, task by task.
    pub fn of(sheet: &Sheet, risks: &[RiskEvent], shape: Shape) -> Result<Study, Vec<NetworkFault>> {
        let computed = sheet.compute()?;
        let laws = sheet.tasks.iter().map(|task| {
            let live = task.state != TaskState::Cancelled;
            task.estimate.filter(|_| live).map(|three| law(three, shape == Shape::Triangular))
        });
        let laws = laws.collect();
        let striking: Vec<(i32, Event)> =
            risks.iter().filter_map(|risk| Some((risk.number, risk.event(sheet)?))).collect();
        let (risks, events) = striking.into_iter().unzip();
        let codes = sheet.tasks.iter().map(|task| task.code.clone()).collect();
        let mut study = Study { computed, laws, events, groups: Vec::new(), aims: Vec::new(), codes, risks };
        study.ask(sheet);
        Ok(study)
    }

    /// The dates people ask about: opening, milestones, wanted finishes, phases, the end. What is past is left out.
    fn ask(&mut self, sheet: &Sheet) {
        let schedule = &self.computed.schedule;
        let mut aims: Vec<(Aim, Target)> = Vec::new();
        let mut add = |kind: AimKind, code: &str, due: i64, planned: i64, target: Target| {
            let key = if code.is_empty() { kind.code().to_owned() } else { format!("{}-{code}", kind.code()) };
            let key = if kind == AimKind::Opening { kind.code().to_owned() } else { key };
            aims.push((Aim { key, kind, code: code.to_owned(), due, planned }, target));
        };
        if let Some(at) = self.computed.opening
            && sheet.tasks[at].actual_start.is_none()
        {
            let planned = schedule.logic_start[at];
            let room = self.computed.network.room_before(schedule, at);
            let due = if room >= 0 { schedule.early_start[at] } else { axis::midnight(sheet.opens_on) };
            add(AimKind::Opening, &sheet.tasks[at].code, due, planned, Target::Ready(at as u32));
        }
        let minute = |instant| axis::minute_at(instant, sheet.zone);
        for (at, task) in sheet.tasks.iter().enumerate() {
            let (over, place) = (task.state.is_done() || task.kind == Kind::Summary, at as u32);
            let milestone = matches!(task.kind, Kind::StartMilestone | Kind::FinishMilestone);
            if over || !(milestone || task.deadline_at.is_some()) {
                continue;
            }
            let kind = if milestone { AimKind::Milestone } else { AimKind::Deadline };
            let planned = schedule.early_finish[at];
            add(kind, &task.code, task.deadline_at.map_or(planned, minute), planned, Target::Finish(place));
        }
        // Once the show is open, what is asked first is its own phase: when the halls are back.
        let open = self.computed.opening.filter(|at| sheet.tasks[*at].actual_start.is_some());
        let open = open.map(|at| sheet.tasks[at].phase);
        let rest = Phase::ALL.iter().filter(|phase| Some(**phase) != open);
        for phase in open.iter().chain(rest) {
            let members = sheet.tasks.iter().enumerate().filter(|(_, task)| {
                task.phase == *phase && task.kind != Kind::Summary && task.state != TaskState::Cancelled
            });
            let members: Vec<(usize, bool)> = members.map(|(at, task)| (at, task.state.is_done())).collect();
            if members.iter().all(|(_, done)| *done) {
                continue;
            }
            let planned = members.iter().map(|(at, _)| schedule.early_finish[*at]).max().unwrap_or(0);
            add(AimKind::Phase, phase.code(), planned, planned, Target::Last(self.groups.len() as u32));
            self.groups.push(members.into_iter().map(|(at, _)| at as u32).collect());
        }
        let live = sheet.tasks.iter().enumerate();
        let live = live.filter(|(_, task)| task.kind != Kind::Summary && task.state != TaskState::Cancelled);
        let live: Vec<u32> = live.map(|(at, _)| at as u32).collect();
        if let Some(planned) = live.iter().map(|at| schedule.early_finish[*at as usize]).max() {
            add(AimKind::End, "", planned, planned, Target::Last(self.groups.len() as u32));
            self.groups.push(live);
        }
        self.aims = aims;
    }

    /// The dates that can be asked, the most urgent first.
    pub fn aims(&self) -> impl Iterator<Item = &Aim> {
        self.aims.iter().map(|(aim, _)| aim)
    }

    /// The aim with this key; the first where there is none.
    pub fn aim(&self, key: &str) -> Option<&Aim> {
        self.aims().find(|aim| aim.key == key).or_else(|| self.aims().next())
    }

    /// How many tasks have an estimate that leaves a choice.
    pub fn uncertain(&self) -> usize {
        self.laws.iter().flatten().filter(|law| law.fixed().is_none()).count()
    }

    /// How many risks may strike.
    pub fn striking(&self) -> usize {
        self.events.len()
    }

    /// How many tasks there are.
    pub fn tasks(&self) -> usize {
        self.codes.len()
    }

    /// Code of a task by its place.
    pub(super) fn code(&self, at: u32) -> &str {
        &self.codes[at as usize]
    }

    /// Numbers of the risks, in the order of the model's events.
    pub(super) fn risks(&self) -> &[i32] {
        &self.risks
    }

    /// The model with this aim in front.
    pub fn model(&self, key: &str) -> Model<'_> {
        let mut targets: Vec<Target> = Vec::with_capacity(self.aims.len());
        for (_, target) in self.ordered(key) {
            targets.push(*target);
        }
        Model {
            network: &self.computed.network,
            laws: self.laws.clone(),
            events: self.events.clone(),
            targets,
            groups: self.groups.clone(),
        }
    }

    /// The aims with the one of this key in front.
    pub(super) fn ordered(&self, key: &str) -> Vec<&(Aim, Target)> {
        let front = self.aims.iter().position(|(aim, _)| aim.key == key).unwrap_or(0);
        let mut all: Vec<&(Aim, Target)> = self.aims.iter().collect();
        if front < all.len() {
            let one = all.remove(front);
            all.insert(0, one);
        }
        all
    }

    /// A mark of everything a result depends on: while it stays the same, a stored result holds.
    pub fn basis(&self) -> String {
        let input = self.computed.network.input();
        let plan = format!("{:?}{:?}{:?}{:?}", input.start, input.data_date, input.activities, input.links);
        let calendars = format!("{:?}{:?}", input.calendars, input.options);
        let doubt = format!("{:?}{:?}{:?}", self.laws, self.events, self.aims);
        let parts = [plan, calendars, doubt].map(|part| format!("{:016x}", subject(&part)));
        parts.concat()
    }
}
