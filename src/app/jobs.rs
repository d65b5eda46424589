//! The worker's side of jobs: claim, do, mark. Each kind of job has one handler in [`run`].

use crate::{App, Error, exhibitor, intake, mail, plan, registration};
use chrono::TimeDelta;
use domain::journal::Actor;
use store::record::job::{self, Claimed};

/// How long a node may take for a job before another may try.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// Jobs taken at once.
const BATCH: u32 = 20;

/// Does all jobs that are due now; how many were tried.
///
/// # Errors
/// When the database does not answer. A job that fails is noted and tried again later.
pub async fn run_due(app: &App, owner: &str) -> Result<usize, Error> {
    let tx = app.store().begin().await?;
    let claimed = job::claim(&tx, owner, app.now(), LEASE, BATCH).await?;
    if claimed.is_empty() {
        return Ok(0);
    }
    tx.commit().await?;
    for claimed in &claimed {
        let outcome = run(app, claimed).await;
        let tx = app.store().begin().await?;
        match outcome {
            Ok(()) => job::done(&tx, claimed.id, app.now()).await?,
            Err(error) => {
                tracing::warn!(job.id = %claimed.id, job.kind = claimed.kind, %error, "job failed; it will be tried again");
                job::failed(&tx, claimed, &error.to_string(), app.now()).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(claimed.len())
}

async fn run(app: &App, job: &Claimed) -> Result<(), Error> {
    match job.kind.as_str() {
        mail::SEND => mail::send(app, &job.payload).await,
        registration::CONFIRM => registration::confirm(app, &job.payload).await,
        registration::REMIND => registration::remind_next(app, &job.payload).await,
        registration::FORGET => registration::forget_next(app, &job.payload).await,
        plan::LEVEL => plan::run_levelling(app, &job.payload).await,
        exhibitor::REMIND => exhibitor::remind(app, &job.payload).await,
        crate::plan::space::EXPIRE => crate::plan::space::expire(app, &job.payload).await,
        plan::SIMULATE => plan::simulate(app, &job.payload).await,
        intake::WORK => intake::work(app, &job.payload).await,
        crate::printing::MAKE_FILE => crate::printing::make_file(app, &job.payload).await,
        plan::WATCH => plan::run_watch(app, &job.payload).await,
        other => Err(Error::Outside(format!("nobody knows jobs of kind {other}"))),
    }
}

/// What time does by itself, looked at every minute: gates close again when a condition is missed or a waiver runs out,
/// badges that printers kept are asked about, codes that no gate knew may have found their badge.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<(), Error> {
    intake::resume_silent(app).await?;
    crate::admission::look_again_everywhere(app).await?;
    crate::printing::expire(app).await?;
    crate::plan::gate::keep_all(app).await
}

/// Housekeeping, about once an hour: ended sessions, old attempts, finished jobs go; reminders that are due are asked for.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Error> {
    exhibitor::remind_due(app).await?;
    registration::remind_visitors_due(app).await?;
    registration::forget_due(app).await?;
    let work = app.begin(Actor::System).await?;
    let now = work.now();
    store::record::access::sweep(work.tx(), now, now - TimeDelta::days(2)).await?;
    job::sweep(work.tx(), now - TimeDelta::days(14)).await?;
    work.commit().await
}
