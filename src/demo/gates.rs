//! The gates of the show with their rules and devices, and the scans of the first day.

use super::chance::Chance;
use super::door::{Bearer, Door, Plan, Post};
use super::ledger;
use super::people::Guest;
use super::site::{Made, Site};
use super::stage::Stage;
use app::Error;
use chrono::{DateTime, Utc};
use domain::access::Role;
use domain::admission::{AccessRule, Device, EntryLimit, Gate, GateDirection, Profile, RuleWindow, Standing};
use domain::registration::Category;
use domain::{Bilingual, DeviceId, PlaceId, UserId};
use std::sync::Arc;
use store::{Tx, record::admission as record};

/// Code, names, direction, devices, behind the conference doors, open.
const GATES: &[(&str, &str, &str, GateDirection, usize, bool, bool)] = &[
    ("N-IN", "North entrance", "北入口", GateDirection::In, 4, false, true),
    ("E-IN", "East entrance", "东入口", GateDirection::In, 3, false, true),
    ("S-IN", "South entrance", "南入口", GateDirection::In, 2, false, true),
    ("N-OUT", "North exit", "北出口", GateDirection::Out, 2, false, true),
    ("E-OUT", "East exit", "东出口", GateDirection::Out, 2, false, true),
    ("STAFF", "Exhibitor and staff entrance", "展商与工作人员入口", GateDirection::Both, 3, false, true),
    ("VIP", "Guests' entrance", "贵宾入口", GateDirection::Both, 1, false, true),
    ("CONF", "Conference centre", "会议中心入口", GateDirection::Both, 2, true, true),
    ("W-IN", "West entrance", "西入口", GateDirection::In, 1, false, false),
];

const PLAN: Plan = Plan { visitors: [0, 1, 2], exits: [3, 4], staff: 5, vip: 6, conference: 7, closed: 8 };

/// Sets up the gates and plays the day.
///
/// # Errors
/// When the database does not answer.
pub async fn open(stage: &mut Stage, site: &Site, made: &Made, guests: &[Guest]) -> Result<usize, Error> {
    let mut chance = stage.chance("gates");
    let built = stage.calendar.at(-3, 14 * 60);
    let supervisor = stage.member(Role::GateSupervisor).id;
    let tx = stage.app.store().begin().await?;
    let mut posts = Vec::new();
    for (code, en, zh, direction, devices, conference, is_open) in GATES {
        let zone = if *conference { site.conference } else { site.floor };
        let gate = Gate {
            id: chance.id::<PlaceId>(built),
            edition: made.edition.id,
            code: (*code).to_owned(),
            name: Bilingual::new(*en, *zh),
            direction: *direction,
            zones: Arc::from([zone, site.root]),
            open: *is_open,
            version: 1,
        };
        let profile = if *code == "VIP" { Profile::Supervisor } else { Profile::Steward };
        let post = man(&tx, gate, (*devices, profile), supervisor, built, &mut chance).await?;
        posts.push(post);
    }
    let rules = rules(&posts, site, &mut chance, built);
    for rule in &rules {
        record::insert_rule(&tx, made.edition.id, rule).await?;
    }
    tx.commit().await?;

    let bearers = bearers(guests);
    let door = Door {
        edition: made.edition.id,
        calendar: stage.calendar,
        posts: &posts,
        plan: PLAN,
        rules: &rules,
        supervisor,
    };
    let scans = door.day(&bearers, &mut chance);
    let tx = stage.app.store().begin().await?;
    for part in scans.chunks(1_280) {
        record::insert_scans(&tx, part).await?;
    }
    let devices: Vec<DeviceId> = posts.iter().flat_map(|post| post.devices.clone()).collect();
    record::touch_devices(&tx, &devices, stage.calendar.now).await?;
    let standing: Vec<_> = posts.iter().map(|post| (post.gate.id, post.devices.clone())).collect();
    let badges = guests.iter().map(|guest| guest.credentials.len()).sum();
    super::care::tell(&tx, stage, made.edition.id, &standing, badges, &mut chance).await?;
    tx.commit().await?;
    ledger::fall_apart(stage, made, &posts[PLAN.visitors[2]], &scans).await?;
    ledger::keep(stage, made).await?;
    Ok(scans.len())
}

/// A gate with its devices, all paired.
async fn man(
    tx: &Tx,
    gate: Gate,
    (devices, profile): (usize, Profile),
    supervisor: UserId,
    built: DateTime<Utc>,
    chance: &mut Chance,
) -> Result<Post, Error> {
    record::insert_gate(tx, &gate).await?;
    let mut post = Post { gate, devices: Vec::new() };
    for number in 1..=devices {
        let device = Device {
            id: chance.id::<DeviceId>(built),
            edition: post.gate.edition,
            name: format!("{} {number}", post.gate.code),
            gate: Some(post.gate.id),
            profile,
            station: domain::printing::station::StationChoice::AtGate,
            pair_expires_at: Some(built + chrono::Duration::minutes(15)),
            paired_at: None,
            seen_at: None,
            revoked_at: None,
            version: 1,
        };
        let secret = || app::chance::hash_secret(&app::chance::secret("fld_"));
        record::insert_device(tx, &device, &secret(), Some(supervisor), built).await?;
        if let Ok(paired) = device.clone().pair(built + chrono::Duration::minutes(2)) {
            record::save_device(tx, &paired, record::Secret::Key(&secret())).await?;
        }
        post.devices.push(device.id);
    }
    Ok(post)
}

fn bearers(guests: &[Guest]) -> Vec<Bearer> {
    let mut bearers = Vec::new();
    for guest in guests {
        let standing = Standing::of_status(guest.registration.status.code());
        let valid = guest.credentials.first().map(|badge| i32::from(badge.reprint_no));
        for (index, badge) in guest.credentials.iter().enumerate() {
            // Whoever has two badges brings the old one now and then.
            let brings = index == 0 || badge.serial % 5 == 0;
            if brings {
                bearers.push(Bearer::of(badge, standing, valid.filter(|_| index > 0)));
            }
        }
    }
    bearers
}

fn rules(
    posts: &[Post],
    site: &Site,
    chance: &mut super::chance::Chance,
    at: chrono::DateTime<chrono::Utc>,
) -> Vec<AccessRule> {
    let minutes = |hour: u16, minute: u16| Some(hour * 60 + minute);
    let window = |from, until| RuleWindow { days: Vec::new(), from, until };
    let (vip, staff) = (posts[PLAN.vip].gate.id, posts[PLAN.staff].gate.id);
    let working = window(minutes(7, 0), minutes(20, 0));
    let doors = window(minutes(9, 0), minutes(17, 0));
    let mut sort = 0;
    let mut rule =
        |category: Option<Category>, place: Option<PlaceId>, window: &RuleWindow, limit: EntryLimit, allow: bool| {
            sort += 10;
            AccessRule {
                id: chance.id(at),
                sort,
                category,
                place,
                window: window.clone(),
                limit,
                quota: None,
                allow,
                version: 1,
            }
        };
    let always = RuleWindow::default();
    let floor = Some(site.floor);
    let again = EntryLimit::ReentryAfterExit;
    let mut rules = vec![
        rule(Some(Category::Organizer), None, &always, EntryLimit::Unlimited, true),
        rule(Some(Category::TradeVisitor), Some(vip), &always, EntryLimit::Unlimited, false),
        rule(Some(Category::TradeVisitor), Some(staff), &always, EntryLimit::Unlimited, false),
        rule(Some(Category::Contractor), floor, &window(minutes(6, 0), minutes(9, 0)), EntryLimit::Unlimited, true),
        rule(Some(Category::Contractor), floor, &window(minutes(17, 0), minutes(22, 0)), EntryLimit::Unlimited, true),
        rule(Some(Category::ExhibitorStaff), floor, &working, EntryLimit::Unlimited, true),
    ];
    for category in [Category::Speaker, Category::Media, Category::HostedBuyer, Category::Vip] {
        rules.push(rule(Some(category), Some(site.conference), &working, EntryLimit::Unlimited, true));
        rules.push(rule(Some(category), floor, &working, again, true));
    }
    rules.push(rule(Some(Category::TradeVisitor), floor, &doors, again, true));
    rules
}
