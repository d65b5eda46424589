//! The edition before, closed and lightly filled, and a small conference to come: what the edition switcher shows.

use super::exhibitors::{self, Holder};
use super::schedule;
use super::site::{self, Site, Wanted};
use super::stage::Stage;
use app::Error;
use domain::edition::{SeriesKind, Status};
use domain::party::{Participation, ParticipationRole, ParticipationStatus};
use domain::sales as selling;
use domain::{EditionId, SeriesId};
use store::record::{party, sales};

/// Makes the other editions.
///
/// # Errors
/// When the database does not answer.
pub async fn others(
    stage: &mut Stage,
    site: &Site,
    series: SeriesId,
    holders: &[Holder],
) -> Result<Vec<EditionId>, Error> {
    let before = site::edition(
        stage,
        site,
        &Wanted {
            slug: "east-2026",
            name: ("EASTMACH, the edition before", "华东机床展（上届）"),
            series,
            open: (-364, -362),
            around: (7, 3),
            status: Status::Closed,
            template: "trade-show",
            gross_m2: 33_600,
        },
    )
    .await?;
    veterans(stage, site, &before, holders).await?;
    super::inviting::remember(stage, before.edition.id).await?;
    super::lived::lived(stage, &before.edition).await?;
    let forum = site::series(stage, "forum", ("Smart Factory Forum", "智能工厂论坛"), SeriesKind::Conference).await?;
    let conference = site::edition(
        stage,
        site,
        &Wanted {
            slug: "forum-2027",
            name: ("Smart Factory Forum", "智能工厂论坛"),
            series: forum,
            open: (82, 83),
            around: (1, 1),
            status: Status::Planning,
            template: "conference",
            gross_m2: 2_400,
        },
    )
    .await?;
    schedule::live(stage, site, &conference).await?;
    Ok(vec![before.edition.id, conference.edition.id])
}

/// Every other exhibitor was there last time, on another stand.
async fn veterans(stage: &mut Stage, site: &Site, before: &site::Made, holders: &[Holder]) -> Result<(), Error> {
    let stands = exhibitors::stands(stage, site, before).await?;
    let mut chance = stage.chance("veterans");
    let at = stage.calendar.at(-500, 10 * 60);
    let (mut participations, mut assignments) = (Vec::new(), Vec::new());
    for (holder, stand) in holders.iter().step_by(2).zip(&stands) {
        let participation = Participation {
            id: chance.id(at),
            edition: before.edition.id,
            party: holder.firm.party.id,
            role: ParticipationRole::Exhibitor,
            status: ParticipationStatus::Present,
            version: 1,
        };
        let exhibitor = selling::Exhibitor {
            participation: participation.id,
            company: holder.firm.party.name.clone(),
            active: true,
        };
        let given = selling::assign(chance.id(at), stand, None, &exhibitor, None, at);
        if let Ok(Some((given, _))) = given {
            assignments.push(given);
        }
        participations.push(participation);
    }
    let tx = stage.app.store().begin().await?;
    party::insert_participations(&tx, &participations, at).await?;
    sales::insert_assignments(&tx, &assignments).await?;
    Ok(tx.commit().await?)
}
