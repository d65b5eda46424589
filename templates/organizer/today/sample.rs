//! Samples of the today page: a full desk on the first open day, and the empty desk of a fresh edition.

use chrono::{Days, NaiveDate, TimeZone, Utc};
use domain::{
    ApplicationId, Bilingual, DeviationId, EditionId,
    journal::{Entry, Fact, Subject, SubjectKind},
    office::view::{
        Call, DeskApplication, DeskCall, DeskDeviation, DeskGate, DeskReport, DeskTask, PeopleFigures, PlanFigures,
        SpaceFigures, Today,
    },
    plan::{deviation::Severity, gate::GateState, task::TaskState},
};
use uuid::Uuid;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, day).expect("a day of March")
}

fn task(code: &str, en: &str, zh: &str, state: TaskState, ends: u32, call: Call) -> DeskTask {
    let ends_on = day(ends);
    DeskTask {
        code: code.to_owned(),
        name: Bilingual::new(en, zh),
        state,
        ends_on,
        late: ends < 9,
        critical: ends == 9,
        call,
    }
}

fn people() -> PeopleFigures {
    let first = day(9) - Days::new(27);
    let by_day =
        first.iter_days().take(28).enumerate().map(|(index, day)| (day, 120 + (index as i64 * index as i64) * 2));
    PeopleFigures {
        registrations: 20_412,
        registrations_today: 311,
        by_day: by_day.collect(),
        visitors_today: 4_213,
        entries_today: 4_890,
        denied_today: 41,
        by_hour: vec![(8, 212), (9, 1_640), (10, 1_912), (11, 1_126)],
    }
}

fn latest() -> Vec<Entry> {
    let subject = Subject::new(SubjectKind::Edition, Uuid::nil());
    let entry = |hour: u32, name: &str| Entry {
        at: Utc.with_ymd_and_hms(2027, 3, 9, hour, 30, 0).single().expect("a moment of March"),
        actor_kind: "user".to_owned(),
        actor_name: name.to_owned(),
        fact: Fact::new("edition.created", subject, EditionId::from_uuid(Uuid::nil())),
    };
    vec![entry(2, "Lin Yue"), entry(1, "")]
}

pub(super) fn samples() -> Vec<Today> {
    let empty = Today {
        day: day(9) - Days::new(300),
        hour: 10,
        opens_on: day(9),
        closes_on: day(12),
        tasks: Vec::new(),
        waiting: 0,
        ahead: Vec::new(),
        gates: Vec::new(),
        deviations: Vec::new(),
        calls: Vec::new(),
        reports: Vec::new(),
        applications: Vec::new(),
        plan: PlanFigures::default(),
        space: SpaceFigures::default(),
        people: PeopleFigures::default(),
        latest: Vec::new(),
    };
    let full = Today {
        day: day(9),
        hour: 11,
        tasks: vec![
            task(
                "O-12",
                "Marshal arriving visitors at the north gate",
                "北门观众引导",
                TaskState::InProgress,
                9,
                Call::Do,
            ),
            task(
                "B-07",
                "Check the structures of raw-space stands",
                "特装展位结构检查",
                TaskState::Submitted,
                8,
                Call::Check,
            ),
            task("G-05", "Fire and structure passed", "消防与结构验收", TaskState::Accepted, 8, Call::Confirm),
            task("O-31", "First daily report", "首日日报", TaskState::Ready, 10, Call::Take),
        ],
        waiting: 14,
        ahead: vec![
            task("O-20", "Opening ceremony", "开幕式", TaskState::Ready, 9, Call::Do),
            task("O-44", "Second open day", "第二个开放日", TaskState::Planned, 10, Call::Do),
        ],
        gates: vec![DeskGate {
            code: "G7".to_owned(),
            name: Bilingual::new("Strip-out released", "撤展放行"),
            state: GateState::Closed,
            on: day(11),
            sign: true,
        }],
        deviations: vec![DeskDeviation {
            task: Some("B-07".to_owned()),
            title: "Two aisles in hall N2 are narrower than 3 m".to_owned(),
            severity: Severity::Blocking,
            due_on: Some(day(9)),
            owner: Some("Wang Fang".to_owned()),
        }],
        calls: vec![DeskCall {
            id: DeviationId::from_uuid(Uuid::from_u128(5)),
            title: Bilingual::new(
                "B08 Stand build: no report by 12 Mar, 10:00",
                "B08 展位搭建：3月12日 10:00 前未收到汇报",
            ),
            severity: Severity::Major,
            level: 2,
            due_on: None,
            own: false,
        }],
        reports: vec![DeskReport {
            code: "B08".to_owned(),
            name: Bilingual::new("Stand build", "展位搭建"),
            due: Utc.with_ymd_and_hms(2027, 3, 9, 2, 0, 0).single().expect("a moment of March"),
        }],
        applications: vec![DeskApplication {
            id: ApplicationId::from_uuid(Uuid::nil()),
            number: 12,
            company: Bilingual::new("Hartmann Werkzeugmaschinen GmbH", "哈特曼机床有限公司"),
            area_dm2: 3_600,
            day: day(7),
        }],
        plan: PlanFigures { tasks: 120, done: 87, late: 3, critical: 9, deviations: 4, blocking: 1 },
        space: SpaceFigures {
            area_dm2: 1_900_000,
            taken_dm2: 1_788_000,
            exhibitors: 600,
            undecided: 7,
            duties_open: 31,
        },
        people: people(),
        latest: latest(),
        ..empty.clone()
    };
    vec![full, empty]
}
