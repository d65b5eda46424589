//! A small plan to try revisions and tables on.

use super::*;
use crate::EditionId;
use crate::plan::network::LinkKind;
use crate::plan::settings::{CURRENCY, PlanOptions};
use crate::plan::task::{Task, TaskLink};
use crate::plan::vocabulary::{Function, Phase, PlaceKind};
use crate::plan::{DAY, axis};
use chrono::NaiveDate;
use uuid::Uuid;

pub(crate) struct Count(pub(crate) u128);

impl Fresh for Count {
    fn task(&mut self) -> TaskId {
        self.0 += 1;
        TaskId::from_uuid(Uuid::from_u128(self.0))
    }
    fn link(&mut self) -> LinkId {
        self.0 += 1;
        LinkId::from_uuid(Uuid::from_u128(self.0))
    }
}

pub(crate) fn user(no: u128) -> UserId {
    UserId::from_uuid(Uuid::from_u128(no))
}

pub(crate) fn around() -> Around {
    Around {
        team: vec![(user(1), "Anna Weber".into()), (user(2), "张伟".into())],
        places: vec![(PlaceId::from_uuid(Uuid::from_u128(9)), Bilingual::new("Hall 1", "1号馆"))],
        history: HashMap::new(),
        hand: Hand { user: user(1), leads: true },
        now: "2026-11-28T00:00:00Z".parse().expect("a moment"),
    }
}

pub(crate) fn sheet() -> Sheet {
    let edition = EditionId::from_uuid(Uuid::from_u128(77));
    let opens_on = NaiveDate::from_ymd_opt(2027, 5, 10).expect("a date");
    let now = around().now;
    let task = |no: u128| Task {
        id: TaskId::from_uuid(Uuid::from_u128(no)),
        code: format!("A{no:02}"),
        name: Bilingual::new(format!("Task {no}"), ""),
        phase: Phase::PreShow,
        stage: Bilingual::new("Stage", "阶段"),
        sort: i32::try_from(no).expect("small") * 10,
        duration: DAY,
        constraint: if no == 8 { "mso" } else { "asap" }.to_owned(),
        constraint_at: (no == 8).then(|| axis::instant(axis::midnight(opens_on), chrono_tz::Asia::Shanghai)),
        place_kind: PlaceKind::Office,
        role: Function::ShowManager,
        confirmer_role: Function::ProjectDirector,
        ..Task::blank(edition, now)
    };
    let tasks: Vec<Task> = (1..=8).map(task).collect();
    let links = (1..8u128).map(|no| {
        let (from, to) = (tasks[no as usize - 1].id, tasks[no as usize].id);
        TaskLink::logic(LinkId::from_uuid(Uuid::from_u128(100 + no)), edition, from, to, LinkKind::Fs, 0)
    });
    Sheet {
        edition,
        zone: chrono_tz::Asia::Shanghai,
        opens_on,
        template: String::new(),
        data_date: None,
        revision: 1,
        currency: CURRENCY.to_owned(),
        options: PlanOptions::default(),
        calendars: Vec::new(),
        default_calendar: None,
        links: links.collect(),
        space: crate::plan::space::Space::default(),
        crew_calendars: Default::default(),
        tasks,
    }
}
