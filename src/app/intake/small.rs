//! A small table of a group's people, brought by its leader or its exhibitor: taken at once, whole or not at all, and
//! every row that cannot be taken is named.

use super::{
    batch,
    fate::{Fate, fates},
    reading,
    work::Room,
};
use crate::{App, Error, delegation::By};
use domain::{
    Refusal,
    edition::Edition,
    journal::Actor,
    registration::intake::{Counts, Fault, Intake, OptionsDraft, State, columns, rows::Seen},
};

/// The most people of a small table.
pub const MOST: usize = 500;

/// What came of a small table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Small {
    /// Registered; nobody when some rows are rejected.
    pub made: usize,
    /// Registered before: passed over.
    pub known: usize,
    /// Rows that cannot be taken.
    pub faults: Vec<Fault>,
    /// Headings of the file.
    pub heads: Vec<String>,
}

/// Registers everybody in the table as a member of the group, or nobody.
///
/// # Errors
/// What is wrong with the file; `intake-columns` when no heading is a name; `delegation-closed`, `delegation-full`,
/// `allowance-staff`; `Missing`.
pub async fn take_small(app: &App, actor: Actor, edition: &Edition, by: By, content: Vec<u8>) -> Result<Small, Error> {
    let read = tokio::task::spawn_blocking(move || reading::read(&content, MOST)).await;
    let kept = read.map_err(|e| Error::Outside(e.to_string()))??;
    let mapping = columns::guess(&kept.heads);
    if !columns::names_people(&mapping) {
        return Err(Refusal::invalid("intake-columns").at("file").into());
    }
    let mut rows = Vec::new();
    for part in &kept.parts {
        rows.extend(reading::rows(part)?);
    }
    let mut work = app.begin(actor).await?;
    let group = crate::delegation::group(&mut work, edition, by).await?;
    let intake = Intake {
        id: work.id(),
        edition: edition.id,
        delegation: Some(group.id),
        campaign: None,
        name: String::new(),
        heads: kept.heads.clone(),
        mapping,
        options: OptionsDraft::default().parse()?,
        state: State::Running,
        counts: Counts::default(),
        placed: std::collections::BTreeMap::new(),
        parts: 0,
        next_part: 0,
        stop: false,
        created_by: String::new(),
        created_at: work.now(),
        touched_at: work.now(),
        version: 0,
    };
    let fates = fates(work.tx(), &intake, Some(&group), &mut Seen::default(), &rows).await?;
    let mut room = Room::of(work.tx(), Some(&group)).await?;
    let (mut small, mut new) = (Small { heads: kept.heads, ..Small::default() }, Vec::new());
    for ((line, cells), fate) in rows.into_iter().zip(fates) {
        match room.bound(fate) {
            Fate::New(wish, person, standing) => new.push((*wish, person, standing)),
            Fate::Update(..) | Fate::Known => small.known += 1,
            Fate::Rejected(reasons) => small.faults.push(Fault { line, cells, reasons }),
        }
    }
    if !small.faults.is_empty() {
        return Ok(small);
    }
    if let Some(exhibitor) = group.participation {
        crate::delegation::room(&work, edition, exhibitor, new.len()).await?;
    }
    small.made = batch::register(&mut work, edition, new, (Some(group.id), true)).await?;
    work.note([group.fact("table_taken").with("count", small.made)]);
    work.commit().await?;
    Ok(small)
}

/// The table to fill in, with headings the import knows.
#[must_use]
pub fn template(lang: templates::Lang) -> Vec<String> {
    let keys = [
        "register-family-name",
        "register-given-name",
        "registration-email",
        "registration-phone",
        "registration-company",
        "registration-job-title",
        "registration-country",
    ];
    keys.map(|key| lang.t(key)).to_vec()
}
