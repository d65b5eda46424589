//! What goes on beside requests: jobs, housekeeping, hearing the other nodes.

use app::App;
use std::time::Duration;
use tokio::{sync::watch, task::JoinSet};

/// Pause between looks for due jobs. Jobs of this node are seen at once: every commit wakes the worker.
const LOOK: Duration = Duration::from_secs(2);
const HOUSEKEEPING: Duration = Duration::from_secs(3600);
/// Pause between looks at the plans: missed reports, forecasts, escalations.
const WATCH: Duration = Duration::from_secs(60);

/// Starts the worker; it ends when `stop` turns true.
pub fn start(app: &App, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(until(stop.clone(), jobs(app.clone())));
    tasks.spawn(until(stop.clone(), housekeeping(app.clone())));
    tasks.spawn(until(stop.clone(), watching(app.clone())));
    let relay = app.clone();
    tasks.spawn(until(stop.clone(), async move { relay.events().relay(relay.store()).await }));
    tasks
}

async fn until(mut stop: watch::Receiver<bool>, work: impl Future<Output = ()>) {
    tokio::select! {
        () = work => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
}

async fn jobs(app: App) {
    let owner = format!("node-{}", std::process::id());
    let mut woken = app.events().subscribe();
    loop {
        match app::jobs::run_due(&app, &owner).await {
            Ok(0) => {
                tokio::select! {
                    () = tokio::time::sleep(LOOK) => {}
                    _ = woken.recv() => {}
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "jobs wait: the database does not answer");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

async fn housekeeping(app: App) {
    loop {
        if let Err(error) = app::jobs::sweep(&app).await {
            tracing::warn!(%error, "housekeeping failed; it is tried again in an hour");
        }
        tokio::time::sleep(HOUSEKEEPING).await;
    }
}

async fn watching(app: App) {
    loop {
        if let Err(error) = app::plan::ask_to_watch(&app).await {
            tracing::warn!(%error, "the plans were not looked at; it is tried again in a minute");
        }
        tokio::time::sleep(WATCH).await;
    }
}
