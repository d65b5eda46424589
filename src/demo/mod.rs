//! The demonstration show, made from a seed around today: a trade show on its first open day, the edition before it,
//! and a small conference to come.
//!
//! Who and what is drawn from the lists in `fixtures/demo` ([`names`], [`companies`], [`floor`], [`calendar`]); what
//! happens to it goes through the domain's own decisions ([`people`], [`exhibitors`], [`control`], [`door`]), so the
//! invariants are those of real use; it is saved in bulk through `store::record`, one transaction an area.
//! The same seed and the same day give the same show, but for secrets: nobody may make badges from the seed.

mod calendar;
mod care;
mod chance;
mod changes;
mod companies;
mod control;
mod crews;
mod crowd;
mod door;
mod duties;
mod evidence;
mod exhibitors;
mod floor;
mod forecast;
mod forms;
mod gates;
mod inviting;
mod ledger;
mod lived;
mod names;
mod past;
mod people;
mod places;
mod printing;
mod reviews;
mod schedule;
mod shifts;
mod site;
mod stage;
mod team;
mod watching;

pub use exhibitors::PORTAL_SIGN_IN;
pub use team::{PASSWORD, address};

use app::{App, Error, FrozenClock, Settings};
use calendar::Calendar;
use chrono::{DateTime, Utc};
use companies::Companies;
use domain::edition::{SeriesKind, Status};
use names::Names;
use site::Wanted;
use stage::Stage;
use std::sync::Arc;
use store::Store;

/// The slug of the show.
pub const SLUG: &str = "east-2027";

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The seed everything is drawn from.
    pub seed: u64,
    /// How much of everything, in percent.
    pub percent: usize,
    /// The moment it is made around.
    pub now: DateTime<Utc>,
}

/// What was made.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    pub exhibitors: usize,
    pub registrations: usize,
    pub scans: usize,
    pub facts: usize,
}

/// Whether the database holds no edition yet.
///
/// # Errors
/// When the database does not answer.
pub async fn is_empty(store: &Store) -> Result<bool, Error> {
    Ok(store::read::edition::all(&store.reader()).await?.is_empty())
}

/// Makes the demonstration in an empty, migrated database.
///
/// # Errors
/// When the database does not answer.
pub async fn make(store: Store, settings: Settings, wish: Wish) -> Result<Made, Error> {
    let calendar = Calendar::around(wish.now);
    let clock = Arc::new(FrozenClock::at(calendar.now));
    let app = App::new(store, clock.clone(), settings);
    let mut stage = Stage {
        app,
        clock,
        calendar,
        seed: wish.seed,
        percent: wish.percent.clamp(1, 100),
        told: Vec::new(),
        documents: Vec::new(),
        staff: Vec::new(),
    };
    team::hire(&mut stage).await?;
    let site = site::venue(&stage).await?;
    let fair = ("EASTMACH", "华东机床展");
    let series = site::series(&stage, "eastmach", fair, SeriesKind::Exhibition).await?;
    let show = site::edition(
        &mut stage,
        &site,
        &Wanted {
            slug: SLUG,
            name: ("EASTMACH — East China Machine Tool & Automation Fair", "华东机床与自动化展览会"),
            series,
            open: (0, 2),
            around: (7, 3),
            status: Status::Running,
            template: "trade-show",
            gross_m2: 40_320,
        },
    )
    .await?;
    let (names, mut companies) = (Names::read(), Companies::read());
    let ends = schedule::live(&mut stage, &site, &show).await?;
    let stands = exhibitors::stands(&mut stage, &site, &show).await?;
    places::fill(&mut stage, &site, &show).await?;
    let count = stage.scaled(600, 24);
    let holders = exhibitors::sell(&mut stage, &show, count, stands, (&names, &mut companies)).await?;
    duties::hand_out(&mut stage, &show, &holders, &ends).await?;
    let mut chance = stage.chance("firms");
    let firms =
        people::firms(stage.scaled(4_200, 60), &names, &mut companies, stage.calendar.at(-210, 540), &mut chance);
    let size = (stage.scaled(20_000, 200), stage.scaled(1_800, 30));
    let guests = crowd::register(&mut stage, &show, size, &holders, &firms, &names).await?;
    inviting::invite(&mut stage, &show, &holders, &guests).await?;
    forms::publish(&stage, &show, &guests).await?;
    printing::set_up(&stage, &show, &guests).await?;
    let scans = gates::open(&mut stage, &site, &show, &guests).await?;
    let others = past::others(&mut stage, &site, series, &holders).await?;
    let reader = stage.app.reader();
    for edition in store::read::edition::all(&reader).await? {
        forecast::look_ahead(&mut stage, &edition).await?;
    }
    team::grant(&stage, &[&[show.edition.id], &others[..]].concat()).await?;
    watching::supervise(&mut stage, &show).await?;
    crews::hire(&stage, &show).await?;
    let facts = stage.told.len();
    stage.close().await?;
    changes::accept(&stage, &show.edition).await?;
    crews::level(&stage, &show).await?;
    for edition in store::read::edition::all(&reader).await? {
        forecast::foresee(&stage, &edition).await?;
    }
    Ok(Made { exhibitors: holders.len(), registrations: guests.len(), scans, facts })
}
