//! The print room of the show: layouts, stations, and the badges printed at the desks on the first day.

use super::people::Guest;
use super::site::Made;
use super::stage::Stage;
use app::Error;
use chrono::TimeDelta;
use domain::access::Role;
use domain::printing::presets::Preset;
use domain::printing::view::NamedLayout;
use domain::printing::{Failure, Job, JobState, Purpose, Station, StationFormat};
use domain::registration::{Category, Channel, CredentialState, Status};
use domain::{BadgeLayoutId, PrintJobId, PrintStationId};
use store::record::printing as record;

/// Name, where it stands, what its printer takes, minutes since its agent was heard of.
const STATIONS: [(&str, &str, StationFormat, Option<i64>); 5] = [
    ("North desk 1", "N · 北厅", StationFormat::Zpl, Some(0)),
    ("North desk 2", "N · 北厅", StationFormat::Zpl, Some(0)),
    ("East desk 1", "E · 东厅", StationFormat::Zpl, Some(0)),
    ("Guests' lounge", "VIP · 贵宾厅", StationFormat::Pdf, Some(0)),
    ("Spare printer", "", StationFormat::Pdf, None),
];
/// Name, preset, categories.
const LAYOUTS: [(&str, Preset, &[Category]); 3] = [
    ("Visitors", Preset::Label, &[]),
    ("Guests", Preset::Upright, &[Category::Vip, Category::Speaker, Category::HostedBuyer]),
    ("Staff cards", Preset::Card, &[Category::ExhibitorStaff, Category::Contractor, Category::Organizer]),
];

/// Sets the print room up and prints what was registered at the desks.
///
/// # Errors
/// When the database does not answer.
pub async fn set_up(stage: &Stage, made: &Made, guests: &[Guest]) -> Result<(), Error> {
    let mut chance = stage.chance("printing");
    let built = stage.calendar.at(-5, 10 * 60);
    let desk = stage.member(Role::Registration).name.clone();
    let tx = stage.app.store().begin().await?;
    for (name, preset, categories) in LAYOUTS {
        let layout = NamedLayout {
            id: chance.id::<BadgeLayoutId>(built),
            name: name.to_owned(),
            categories: categories.to_vec(),
            logo: None,
            layout: preset.layout(),
            version: 1,
            at: built,
            by: desk.clone(),
        };
        record::insert_layout(&tx, made.edition.id, &layout).await?;
    }
    let ids: Vec<PrintStationId> = STATIONS.iter().map(|_| chance.id(built)).collect();
    let now = stage.calendar.now;
    for (at, (name, place, format, heard)) in STATIONS.iter().enumerate() {
        let station = Station {
            id: ids[at],
            edition: made.edition.id,
            name: (*name).to_owned(),
            place: (*place).to_owned(),
            format: *format,
            dpi: 203,
            layout: None,
            failover: ids.get((at + 1) % 3).copied().filter(|other| at < 3 && *other != ids[at]),
            paused: false,
            trouble: (at == 2).then_some(Failure::PaperOut),
            trouble_at: (at == 2).then_some(now),
            seen_at: heard.map(|minutes| now - TimeDelta::minutes(minutes)),
            agent: heard.map(|_| "fairlead 0.1.0 · tcp://10.20.0.41:9100".to_owned()).unwrap_or_default(),
            removed_at: None,
            version: 1,
        };
        record::insert_station(&tx, &station, &app::chance::hash_secret(&app::chance::secret("flp_"))).await?;
    }
    let jobs = jobs(made, guests, &ids, &desk, &mut chance);
    for part in jobs.chunks(1_000) {
        record::insert_jobs(&tx, part).await?;
    }
    Ok(tx.commit().await?)
}

/// One job a badge that was made at a desk; the last ones still wait, one failed, one nobody knows of.
fn jobs(
    made: &Made,
    guests: &[Guest],
    stations: &[PrintStationId],
    desk: &str,
    chance: &mut super::chance::Chance,
) -> Vec<Job> {
    let at_desks = guests
        .iter()
        .filter(|guest| guest.registration.channel == Channel::OnSite && guest.registration.status == Status::Approved);
    let mut badges: Vec<_> = at_desks
        .filter_map(|guest| guest.credentials.first().filter(|badge| badge.state == CredentialState::Active))
        .collect();
    badges.sort_by_key(|badge| badge.issued_at);
    let last = badges.len();
    let state = |at: usize| match last - at {
        1 | 2 => (JobState::Waiting, None),
        3 => (JobState::Unsure, Some(Failure::AgentLost)),
        7 => (JobState::Failed, Some(Failure::PaperOut)),
        _ => (JobState::Printed, None),
    };
    let job = |(at, badge): (usize, &&domain::registration::Credential)| {
        let (state, failure) = state(at);
        let through = badge.issued_at + TimeDelta::seconds(4 + (at % 5) as i64);
        let begun = state != JobState::Waiting;
        let id = chance.id::<PrintJobId>(badge.issued_at);
        Job {
            station: Some(if failure.is_some() { stations[2] } else { stations[at % 3] }),
            registration: Some(badge.registration),
            credential: Some(badge.id),
            state,
            attempt: i32::from(begun),
            tries: i32::from(begun),
            failure,
            finished_at: begun.then_some(through),
            ..Job::waiting(made.edition.id, id, Purpose::Badge, desk, badge.issued_at)
        }
    };
    badges.iter().enumerate().map(job).collect()
}
