//! The first open day at the gates, up to now: people come, leave for lunch, come back, try the wrong door, show
//! an old badge. Every verdict is the one the door itself would give ([`domain::admission::decide`]).

use super::calendar::Calendar;
use super::chance::Chance;
use chrono::{DateTime, Duration, Utc};
use domain::admission::scan::{Details, ScanRow};
use domain::admission::{
    AccessRule, CredentialFacts, CredentialState, Direction, Gate, Moment, Passage, Presented, Reading, ScanFacts,
    Standing, decide,
};
use domain::registration::{Category, Credential};
use domain::{CredentialId, DeviceId, EditionId, RegistrationId, UserId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A badge as its bearer carries it through the day.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub registration: RegistrationId,
    pub credential: CredentialId,
    pub code: String,
    pub facts: CredentialFacts,
    pub category: Category,
}

impl Bearer {
    /// Carries this badge; `valid_reprint` is the number of the badge that took its place.
    pub fn of(credential: &Credential, standing: Standing, valid_reprint: Option<i32>) -> Self {
        Self {
            registration: credential.registration,
            credential: credential.id,
            code: credential.code.clone(),
            facts: CredentialFacts {
                state: CredentialState::parse(credential.state.code()).expect("the same words"),
                category: credential.category,
                valid_from: Some(credential.valid_from),
                valid_until: Some(credential.valid_until),
                valid_reprint,
                standing,
            },
            category: credential.category,
        }
    }
}

/// A gate with the devices that stand at it.
pub struct Post {
    pub gate: Gate,
    pub devices: Vec<DeviceId>,
}

/// Which post people use for what; indices into [`Door::posts`].
#[derive(Clone, Copy)]
pub struct Plan {
    /// Where visitors go in, busiest first.
    pub visitors: [usize; 3],
    /// Where everybody goes out.
    pub exits: [usize; 2],
    /// Exhibitors, contractors, organizer.
    pub staff: usize,
    /// Guests of honour.
    pub vip: usize,
    /// The conference rooms.
    pub conference: usize,
    /// Shut today.
    pub closed: usize,
}

/// What passes a gate, in time: who, where, which way.
struct Move {
    at: DateTime<Utc>,
    bearer: Option<usize>,
    code: String,
    reading: Reading,
    post: usize,
    direction: Direction,
    overridden: bool,
}

/// The day at the door.
pub struct Door<'a> {
    pub edition: EditionId,
    pub calendar: Calendar,
    pub posts: &'a [Post],
    pub plan: Plan,
    pub rules: &'a [AccessRule],
    /// Who overrides, now and then.
    pub supervisor: UserId,
}

impl Door<'_> {
    /// The scans of the day so far, in the order they came in.
    pub fn day(&self, bearers: &[Bearer], chance: &mut Chance) -> Vec<ScanRow> {
        let mut moves = Vec::new();
        for (index, bearer) in bearers.iter().enumerate() {
            self.walk(index, bearer, chance, &mut moves);
        }
        self.strangers(chance, &mut moves);
        moves.retain(|step| step.at <= self.calendar.now);
        moves.sort_by_key(|step| (step.at, step.bearer));
        self.judge(bearers, moves, chance)
    }

    /// Where one person goes today.
    fn walk(&self, index: usize, bearer: &Bearer, chance: &mut Chance, moves: &mut Vec<Move>) {
        let (comes, early, late) = match bearer.category {
            Category::ExhibitorStaff => (93, 7 * 60 + 35, 9 * 60 + 20),
            Category::Organizer => (97, 7 * 60 + 5, 8 * 60 + 40),
            Category::Contractor => (28, 7 * 60 + 5, 9 * 60 + 4),
            Category::Vip | Category::HostedBuyer => (66, 9 * 60 + 10, 11 * 60 + 30),
            Category::Media | Category::Speaker => (58, 8 * 60 + 45, 11 * 60),
            Category::TradeVisitor => (41, 8 * 60 + 59, 15 * 60 + 40),
        };
        // Whoever cancelled hardly ever comes all the same.
        let comes = if bearer.facts.state == CredentialState::Revoked { 5 } else { comes };
        if !chance.percent(comes) {
            return;
        }
        let arrival = if bearer.category == Category::TradeVisitor {
            // Peak at half past nine to eleven; the sum of two draws leans to the morning.
            let rush = chance.unit() * chance.unit();
            early + (f64::from(late - early) * rush) as i32
        } else {
            early + i32::try_from(chance.below(usize::try_from(late - early).expect("positive"))).expect("small")
        };
        let mut at = self.calendar.at(0, i64::from(arrival)) + Duration::seconds(chance.between(0, 59));
        let mut step = |at: DateTime<Utc>, post: usize, direction: Direction, overridden: bool| {
            moves.push(Move {
                at,
                bearer: Some(index),
                code: bearer.code.clone(),
                reading: Reading::Genuine,
                post,
                direction,
                overridden,
            });
        };
        let entrance = self.entrance(bearer.category, chance);
        match chance.below(1000) {
            // At the wrong door first: shut gate, guests' gate.
            0..8 => step(at - Duration::minutes(4), self.plan.closed, Direction::In, false),
            8..14 => step(at - Duration::minutes(3), self.plan.vip, Direction::In, false),
            _ => {}
        }
        // Supervisors let in some of those whose badge is not in order.
        step(at, entrance, Direction::In, chance.percent(9));
        if chance.below(1000) < 9 {
            // The badge handed back over the barrier.
            step(at + Duration::seconds(chance.between(40, 400)), entrance, Direction::In, false);
        }
        let speaker = matches!(bearer.category, Category::Speaker | Category::Media | Category::HostedBuyer);
        if speaker && chance.percent(60) || chance.below(1000) < 14 {
            let begin = at + Duration::minutes(chance.between(20, 90));
            step(begin, self.plan.conference, Direction::In, false);
            step(begin + Duration::minutes(chance.between(35, 80)), self.plan.conference, Direction::Out, false);
        }
        let stay = match bearer.category {
            Category::ExhibitorStaff | Category::Organizer => chance.between(480, 600),
            Category::Contractor => chance.between(60, 400),
            _ => chance.between(70, 380),
        };
        if chance.percent(14) && stay > 200 {
            at += Duration::minutes(chance.between(90, 180));
            step(at, self.exit(bearer.category, chance), Direction::Out, false);
            at += Duration::minutes(chance.between(18, 70));
            step(at, entrance, Direction::In, false);
        }
        // Some leave unseen: exits are scanned, but not everybody holds the badge out.
        if chance.percent(82) {
            step(at + Duration::minutes(stay), self.exit(bearer.category, chance), Direction::Out, false);
        }
    }

    fn entrance(&self, category: Category, chance: &mut Chance) -> usize {
        match category {
            Category::ExhibitorStaff | Category::Organizer | Category::Contractor => self.plan.staff,
            Category::Vip | Category::HostedBuyer => self.plan.vip,
            _ => {
                let [north, east, south] = self.plan.visitors;
                chance.weighted(&[(north, 52), (east, 30), (south, 18)], |(_, weight)| *weight).0
            }
        }
    }

    fn exit(&self, category: Category, chance: &mut Chance) -> usize {
        match category {
            Category::ExhibitorStaff | Category::Organizer | Category::Contractor => self.plan.staff,
            _ => self.plan.exits[usize::from(chance.percent(38))],
        }
    }

    /// Codes that are no badge of this edition.
    fn strangers(&self, chance: &mut Chance, moves: &mut Vec<Move>) {
        for turn in 0..46 {
            let minute = 8 * 60 + 55 + (chance.unit() * chance.unit() * 400.0) as i64;
            let random: String = chance.bytes::<9>().iter().map(|byte| char::from(b'A' + byte % 26)).collect();
            let (code, reading) = match turn % 5 {
                0 => (format!("{}", 6_900_000_000_000_u64 + chance.next() % 99_999_999_999), Reading::Malformed),
                1 => (format!("X1{}", random.repeat(15)), Reading::Forged),
                2 => (format!("X1B{}", random.repeat(14)), Reading::Foreign),
                3 => (format!("HTTPS{random}"), Reading::Malformed),
                _ => (format!("{random}{random}QZ"), Reading::Plain),
            };
            moves.push(Move {
                at: self.calendar.at(0, minute) + Duration::seconds(chance.between(0, 59)),
                bearer: None,
                code,
                reading,
                post: self.plan.visitors[turn % 3],
                direction: Direction::In,
                overridden: false,
            });
        }
    }

    /// Lets the door decide each move in its turn.
    fn judge(&self, bearers: &[Bearer], moves: Vec<Move>, chance: &mut Chance) -> Vec<ScanRow> {
        let mut passages: BTreeMap<usize, Vec<Passage>> = BTreeMap::new();
        let mut sequences: BTreeMap<DeviceId, i64> = BTreeMap::new();
        let mut rows = Vec::with_capacity(moves.len());
        for step in moves {
            let post = &self.posts[step.post];
            let before = step.bearer.map(|index| passages.entry(index).or_default().clone()).unwrap_or_default();
            // Someone who was turned away does not leave.
            if step.direction == Direction::Out && before.is_empty() {
                continue;
            }
            let moment = Moment::of(step.at, self.calendar.zone);
            let bearer = step.bearer.map(|index| &bearers[index]);
            let facts = ScanFacts {
                reading: step.reading,
                credential: bearer.map(|bearer| &bearer.facts),
                gate: &post.gate,
                passages: &before,
                quota: None,
                zone: None,
            };
            let presented = Presented { direction: step.direction, moment, overriding: step.overridden };
            let verdict = decide(&facts, self.rules, &presented);
            let overridden = verdict.notice().is_some_and(|notice| notice.code() == "overridden");
            let entered = verdict.admits() && step.direction == Direction::In;
            let first_entry = entered && before.iter().all(|passage| passage.direction != Direction::In);
            if let Some(index) = step.bearer.filter(|_| verdict.admits()) {
                passages.entry(index).or_default().push(Passage {
                    at: step.at,
                    day: moment.day,
                    gate: post.gate.id,
                    zones: Arc::clone(&post.gate.zones),
                    direction: step.direction,
                });
            }
            let device = *chance.pick(&post.devices);
            let sequence = sequences.entry(device).and_modify(|last| *last += 1).or_insert(1);
            let code_of =
                |place| self.posts.iter().find(|post| post.gate.id == place).map(|post| post.gate.code.clone());
            rows.push(ScanRow {
                edition: self.edition,
                id: chance.id(step.at),
                device: Some(device),
                sequence: *sequence,
                gate: post.gate.id,
                direction: step.direction,
                device_time: step.at,
                offset_ms: Some(chance.between(-40, 40)),
                server_time: step.at,
                entry_time: step.at,
                local_day: moment.day,
                local_hour: moment.hour(),
                code: step.code,
                credential: bearer.map(|bearer| bearer.credential),
                registration: bearer.map(|bearer| bearer.registration),
                category: bearer.map(|bearer| bearer.category),
                verdict: verdict.kind(),
                reason: verdict.reason().map(|reason| reason.code().to_owned()),
                offline: false,
                override_by: overridden.then(|| self.supervisor.uuid()),
                override_reason: overridden.then(|| "Identity checked at the supervisor's desk".to_owned()),
                first_entry,
                details: Details::of(&verdict, code_of),
            });
        }
        rows
    }
}
