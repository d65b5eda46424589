//! `fairlead edge`: a hub on the venue's own network. The same pages and the same interface as `serve`, with an upstream.

use super::Ended;
use crate::{boot, config::Config, edge};
use clap::Args;
use domain::edition::Edition;
use std::time::Duration;

/// Where the upstream is, and for which edition.
#[derive(Args)]
pub struct Edge {
    /// Address of the upstream: http:// or https://.
    #[arg(long, env = "FAIRLEAD_UPSTREAM")]
    upstream: String,
    /// Edition (its slug).
    #[arg(long, env = "FAIRLEAD_UPSTREAM_EDITION")]
    edition: String,
    /// What people call this hub.
    #[arg(long, default_value = "Hub")]
    name: String,
    /// Token of the upstream with the rights to manage admission and registrations.
    #[arg(long, env = "FAIRLEAD_UPSTREAM_TOKEN", hide_env_values = true)]
    token: String,
}

/// Joins the upstream (once; later starts need no network), then serves and exchanges until asked to stop.
pub async fn run(it: Edge, config: &Config) -> Result<(), Ended> {
    boot::negative_control()?;
    let wire = edge::Wire::new(&it.upstream, &it.edition, &it.token).map_err(Ended::Usage)?;
    let app = boot::app(config).await?;
    let edition = joined(&app, &wire, &it).await?;
    tracing::info!(upstream = %it.upstream, "a hub for {}", edition.slug);
    let follower = app.clone();
    super::serve::serve_with(config, app, move |tasks, stopping| {
        let mut stopping = stopping.clone();
        tasks.spawn(async move {
            tokio::select! {
                () = edge::follow(follower, wire, edition) => {}
                _ = stopping.wait_for(|stop| *stop) => {}
            }
        });
    })
    .await
}

/// The edition as this hub has it; fetched from the upstream the first time, for which there must be a network.
async fn joined(app: &app::App, wire: &edge::Wire, it: &Edge) -> Result<Edition, Ended> {
    let database = |fault: store::Fault| Ended::Database(fault.to_string());
    let known = store::read::edition::by_slug(&app.reader(), &it.edition).await.map_err(database)?;
    if let Some(edition) = known {
        let own = store::read::hub::hub_self(&app.reader(), edition.id).await.map_err(database)?;
        return match own {
            Some(_) => Ok(edition),
            None => {
                Err(Ended::Usage(format!("this database holds {} itself; a hub begins with an empty one", it.edition)))
            }
        };
    }
    let mut tries = 0;
    loop {
        match app::admission::join(app, wire, (&it.edition, &it.name, &it.upstream)).await {
            Ok(edition) => return Ok(edition),
            Err(error) if tries >= 5 => return Err(error.into()),
            Err(error) => {
                tries += 1;
                tracing::warn!(%error, "the upstream cannot be joined yet; trying again");
                tokio::time::sleep(Duration::from_secs(2 * tries)).await;
            }
        }
    }
}
