//! Approving or rejecting a registration that waits.

use super::{confirm, enter, issue, places};
use crate::{App, Error};
use domain::{RegistrationId, access::Viewer, edition::Edition, party::ParticipationStatus, registration::register};
use store::record::{party, registration as record};

/// Approves (a badge is issued and mailed) or rejects.
///
/// # Errors
/// `Missing`; `registration-not-waiting`.
pub async fn review_registration(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: RegistrationId,
    approve: bool,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let current = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let (reviewed, facts) = register::review(&current, approve)?;
    record::save(work.tx(), &reviewed).await?;
    work.note(facts);
    let status = if approve { ParticipationStatus::Confirmed } else { ParticipationStatus::Cancelled };
    if let Some(participation) = current.participation {
        party::set_participation(work.tx(), participation, status).await?;
    }
    let mut serial = None;
    if approve {
        let (_, next) = record::next_numbers(work.tx(), edition.id).await?;
        serial = Some(issue::issue(&mut work, edition, &reviewed, None, next).await?.serial);
    }
    enter::index(&work, edition, &reviewed, serial).await?;
    if !reviewed.details.email.is_empty() {
        let occasion = if approve { confirm::Occasion::Registered } else { confirm::Occasion::Rejected };
        confirm::ask(&work, &reviewed, occasion).await?;
    }
    if !approve {
        places::fill(&mut work, edition, reviewed.category).await?;
    }
    work.commit().await
}
