//! `fairlead demo`: the demonstration show in an empty database, and where to look at it as whom.

use super::{Ended, say::say};
use crate::{boot, config::Config, demo};
use clap::Args;
use domain::access::Role;

/// Loads the demonstration show into an empty database.
#[derive(Args)]
pub struct Demo {
    /// Do nothing to a database that holds an edition already, instead of refusing.
    #[arg(long)]
    if_empty: bool,
    /// The same seed gives the same show.
    #[arg(long, default_value_t = 2027)]
    seed: u64,
    /// How much of everything, in percent of 600 exhibitors and 20,000 registrations.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=100))]
    percent: u16,
}

/// Runs it.
pub async fn run(it: Demo, config: &Config) -> Result<(), Ended> {
    let app = boot::app(config).await?;
    let store = app.store().clone();
    if demo::is_empty(&store).await? {
        let wish = demo::Wish { seed: it.seed, percent: usize::from(it.percent), now: app.now() };
        let began = std::time::Instant::now();
        let made = demo::make(store, app.settings().clone(), wish).await?;
        say!(
            "{} exhibitors, {} registrations, {} scans, {} facts in {:.1} s",
            made.exhibitors,
            made.registrations,
            made.scans,
            made.facts,
            began.elapsed().as_secs_f64()
        )?;
    } else if !it.if_empty {
        return Err(Ended::Usage("the database holds an edition: the demonstration needs an empty one".to_owned()));
    }
    sign_ins(&config.public_url())
}

fn sign_ins(url: &str) -> Result<(), Ended> {
    say!("\nSign in at {url}/signin (password {}):", demo::PASSWORD)?;
    for role in Role::ALL {
        say!("  {:<18} {}", role.code(), demo::address(*role))?;
    }
    say!("\nTry as anybody, on a phone's width:")?;
    say!("  register           {url}{}", templates::links::public::register(demo::SLUG))?;
    say!("  apply for a stand  {url}{}", templates::links::public::apply(demo::SLUG))?;
    say!(
        "  exhibitor portal   {url}{}  {} / {}",
        templates::links::portal::sign_in(),
        demo::PORTAL_SIGN_IN,
        demo::PASSWORD
    )?;
    say!("  desk device        {url}{}", templates::links::desk::home())?;
    say!("  interface          {url}/api/docs\n")
}
