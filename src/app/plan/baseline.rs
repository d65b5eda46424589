//! Freezing a baseline, at a gate or by hand, and choosing the one pictures show.

use super::under_way::compute;
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::baseline::{Baseline, BaselineDraft, BaselineKind, freeze, frozen_fact};
use domain::{Bilingual, EditionId};
use store::record::plan as record;

/// Freezes the plan as it stands within an open use case: gates call it inside their decision.
/// The first baseline of an edition is the one pictures show until a person chooses another.
///
/// # Errors
/// `Missing` when the edition has no plan.
pub async fn freeze_baseline(
    work: &mut Work,
    edition: EditionId,
    name: Bilingual,
    reason: &str,
    kind: BaselineKind,
) -> Result<Baseline, Error> {
    let sheet = record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let computed = compute(&sheet, "baseline")?;
    let frozen = freeze(&sheet, &computed);
    let number = record::next_baseline(work.tx(), edition).await?;
    let baseline = Baseline {
        id: work.id(),
        edition,
        number,
        name,
        reason: reason.to_owned(),
        kind,
        taken_at: work.now(),
        by: work.actor().user(),
        revision: sheet.revision,
        opens_on: sheet.opens_on,
        room: computed.room(),
        tasks: i32::try_from(frozen.tasks.len()).unwrap_or(i32::MAX),
        shown: number == 1,
    };
    record::insert_baseline(work.tx(), &baseline, &frozen).await?;
    work.note([frozen_fact(&baseline)]);
    Ok(baseline)
}

/// Freezes a baseline by hand.
///
/// # Errors
/// Every field that cannot be accepted; `Missing` without a plan.
pub async fn take_baseline(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    draft: &BaselineDraft,
) -> Result<Baseline, Error> {
    let command = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let baseline = freeze_baseline(&mut work, edition, command.name, &command.reason, BaselineKind::Manual).await?;
    work.commit().await?;
    Ok(baseline)
}

/// Chooses the baseline pictures show (`on`), or shows none.
///
/// # Errors
/// `Missing` when there is no such baseline.
pub async fn show_baseline(app: &App, viewer: &Viewer, edition: EditionId, number: i32, on: bool) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let known = store::read::plan::baselines(work.tx(), edition).await?;
    let (one, _) = known.iter().find(|(one, _)| one.number == number).ok_or(Error::Missing)?;
    record::show_baseline(work.tx(), edition, on.then_some(number)).await?;
    let subject = Subject::new(SubjectKind::Plan, edition);
    let fact = match on {
        true => Fact::new("plan.baseline_shown", subject, edition),
        false => Fact::new("plan.baseline_hidden", subject, edition),
    };
    work.note([fact
        .with("number", number)
        .with("name_en", one.name.en.as_str())
        .with("name_zh", one.name.get(domain::Locale::ZhCn))]);
    work.commit().await
}
