//! The today page: a handful of purpose-made queries, each answering one part of "what needs me now?".

use crate::{Fault, Outcome, Query, Reader, Row, read::journal, values};
use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use domain::{
    ApplicationId, Bilingual, EditionId,
    access::{Permission, Role, Viewer},
    edition::Edition,
    office::view::{
        Call, DeskApplication, DeskDeviation, DeskGate, DeskTask, PeopleFigures, PlanFigures, SpaceFigures, Today,
    },
    plan::{
        deviation::Severity,
        gate::{GateState, parse_signers},
        task::TaskState,
        vocabulary::Function,
    },
};
use uuid::Uuid;

/// States in which a task still needs somebody.
const UNDONE: &str =
    "('draft', 'planned', 'ready', 'in_progress', 'submitted', 'checking', 'rejected', 'rework', 'blocked')";
/// How far ahead a desk looks.
const AHEAD: Days = Days::new(7);

/// Everything the today page of this viewer shows.
///
/// # Errors
/// When the database does not answer.
pub async fn today(reader: &Reader, viewer: &Viewer, edition: &Edition, now: DateTime<Utc>) -> Outcome<Today> {
    let id = edition.id;
    let may = |permission| viewer.may(permission, id);
    let local = now.with_timezone(&edition.time_zone);
    let mut today = Today {
        day: local.date_naive(),
        hour: i32::try_from(local.hour()).unwrap_or(0),
        opens_on: edition.opens_on,
        closes_on: edition.closes_on,
        tasks: Vec::new(),
        waiting: 0,
        ahead: Vec::new(),
        gates: Vec::new(),
        deviations: Vec::new(),
        calls: Vec::new(),
        reports: Vec::new(),
        applications: Vec::new(),
        plan: PlanFigures::default(),
        space: SpaceFigures::default(),
        people: PeopleFigures::default(),
        latest: Vec::new(),
    };
    if may(Permission::PlanRead) {
        (today.tasks, today.waiting) = waiting(reader, viewer, edition, now).await?;
        today.ahead = ahead(reader, edition, now).await?;
        today.gates = gates(reader, viewer, edition).await?;
        today.deviations = deviations(reader, id).await?;
        today.calls = super::plan::watch::calls(reader, viewer, edition).await?;
        today.reports = super::plan::watch::reports_owed(reader, viewer, edition, now).await?;
        today.plan = plan_figures(reader, id, now).await?;
    }
    if may(Permission::SalesRead) {
        today.applications = applications(reader, edition).await?;
    }
    if may(Permission::VenueRead) || may(Permission::SalesRead) {
        today.space = space_figures(reader, id, now).await?;
    }
    if may(Permission::RegistrationRead) {
        registrations(reader, id, &mut today).await?;
    }
    if may(Permission::AdmissionRead) {
        entries(reader, id, &mut today).await?;
    }
    if may(Permission::JournalRead) {
        today.latest = journal::feed(reader, id, None, 8).await?.into_iter().map(|(_, entry)| entry).collect();
    }
    Ok(today)
}

/// Tasks that wait for this person or for a team of theirs, and how many there are.
async fn waiting(
    reader: &Reader,
    viewer: &Viewer,
    edition: &Edition,
    now: DateTime<Utc>,
) -> Outcome<(Vec<DeskTask>, i64)> {
    let roles: Vec<_> = viewer.roles(edition.id).collect();
    let teams = Function::ALL.iter().filter(|team| roles.contains(&team.role()));
    // Spellings of our own, never what somebody typed.
    let teams: Vec<String> = teams.map(|team| format!("'{}'", team.code())).collect();
    let teams = if teams.is_empty() { "('')".to_owned() } else { format!("({})", teams.join(", ")) };
    let condition = format!(
        "t.edition_id = $1 and t.kind = 'task' and (
            (t.owner_id = $2 and t.state in ('ready', 'in_progress', 'rejected', 'rework', 'blocked'))
            or (t.owner_id = $2 and t.state in ('draft', 'planned') and t.early_start < $3)
            or (t.checker_id = $2 and t.state in ('submitted', 'checking'))
            or (t.confirmer_id = $2 and t.state = 'accepted')
            or (t.owner_id is null and t.role in {teams} and t.state in ('draft', 'planned', 'ready') and t.early_start < $3)
            or (t.confirmer_id is null and t.confirmer_role in {teams} and t.state = 'accepted'))"
    );
    let soon = now.checked_add_days(AHEAD).unwrap_or(now);
    let sql = format!(
        "select t.code, t.name_en, t.name_zh, t.state, t.early_finish, t.critical, t.owner_id, t.checker_id
         from task t where {condition} order by t.early_finish, t.code limit 10"
    );
    let bound = || values![edition.id.uuid(), viewer.user.uuid(), soon];
    let rows = reader.rows(&sql, bound()).await?;
    let tasks = rows.iter().map(|row| desk_task(row, viewer.user.uuid(), edition, now)).collect::<Outcome<_>>()?;
    let count = reader.scalar(&format!("select count(*) from task t where {condition}"), bound()).await?;
    Ok((tasks, count.unwrap_or(0)))
}

/// What comes next: milestones and critical tasks first, then by day.
async fn ahead(reader: &Reader, edition: &Edition, now: DateTime<Utc>) -> Outcome<Vec<DeskTask>> {
    let sql = format!(
        "select t.code, t.name_en, t.name_zh, t.state, t.early_finish, t.critical, t.owner_id, t.checker_id
         from task t where t.edition_id = $1 and t.state in {UNDONE} and t.kind <> 'summary' and t.early_finish >= $3
         order by case when t.kind <> 'task' or t.critical = $2 then 0 else 1 end, t.early_finish, t.code limit 6"
    );
    let rows = reader.rows(&sql, values![edition.id.uuid(), true, now]).await?;
    rows.iter().map(|row| desk_task(row, Uuid::nil(), edition, now)).collect()
}

fn desk_task(row: &Row, user: Uuid, edition: &Edition, now: DateTime<Utc>) -> Outcome<DeskTask> {
    let state: String = row.get(3)?;
    let state = TaskState::parse(&state).ok_or_else(|| Fault::impossible("task", state))?;
    let finish: DateTime<Utc> = row.get(4)?;
    let (owner, checker): (Option<Uuid>, Option<Uuid>) = (row.get(6)?, row.get(7)?);
    let call = match state {
        TaskState::Accepted => Call::Confirm,
        TaskState::Submitted | TaskState::Checking if checker == Some(user) => Call::Check,
        _ if owner.is_none() => Call::Take,
        _ => Call::Do,
    };
    // A task that ends at midnight ends on the day before.
    let ends_on = edition.day(finish - chrono::TimeDelta::minutes(1));
    Ok(DeskTask {
        code: row.get(0)?,
        name: Bilingual { en: row.get(1)?, zh: row.get(2)? },
        state,
        ends_on,
        late: finish < now && !state.is_done(),
        critical: row.get(5)?,
        call,
    })
}

/// The next gates, and those a decision on which waits for this person.
async fn gates(reader: &Reader, viewer: &Viewer, edition: &Edition) -> Outcome<Vec<DeskGate>> {
    let sql = "select t.code, t.name_en, t.name_zh, g.state, t.early_finish, g.signers, d.proposed_by,
            (select count(*) from gate_signature s where s.decision_id = d.id and s.signed_by = $2)
        from phase_gate g join task t on t.id = g.task_id
        left join gate_decision d on d.gate_id = g.id and d.state = 'proposed'
        where g.edition_id = $1 and g.state not in ('open', 'conditional')
        order by case when d.id is null then 1 else 0 end, g.sort, t.code limit 5";
    let roles: Vec<_> = viewer.roles(edition.id).collect();
    let rows = reader.rows(sql, values![edition.id.uuid(), viewer.user.uuid()]).await?;
    let read = |row: &Row| {
        let state: String = row.get(3)?;
        let finish: DateTime<Utc> = row.get(4)?;
        let asked = parse_signers(&row.get::<String>(5)?);
        let mine = asked.iter().any(|one| roles.contains(&one.role())) || roles.contains(&Role::Director);
        let open = row.get::<Option<Uuid>>(6)?.is_some_and(|by| by != viewer.user.uuid()) && row.get::<i64>(7)? == 0;
        Ok(DeskGate {
            code: row.get(0)?,
            name: Bilingual { en: row.get(1)?, zh: row.get(2)? },
            state: GateState::parse(&state).ok_or_else(|| Fault::impossible("phase_gate", state))?,
            on: edition.day(finish - chrono::TimeDelta::minutes(1)),
            sign: open && mine,
        })
    };
    rows.iter().map(read).collect()
}

async fn deviations(reader: &Reader, edition: EditionId) -> Outcome<Vec<DeskDeviation>> {
    let sql = "select t.code, d.title, d.severity, d.due_on, u.name
        from deviation d left join task t on t.id = d.task_id left join \"user\" u on u.id = d.owner_id
        where d.edition_id = $1 and d.state = 'open'
        order by case d.severity when 'blocking' then 0 when 'major' then 1 else 2 end, d.opened_at, d.id limit 6";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let read = |row: &Row| {
        let severity: String = row.get(2)?;
        Ok(DeskDeviation {
            task: row.get(0)?,
            title: row.get(1)?,
            severity: Severity::parse(&severity).ok_or_else(|| Fault::impossible("deviation", severity))?,
            due_on: row.get(3)?,
            owner: row.get(4)?,
        })
    };
    rows.iter().map(read).collect()
}

async fn applications(reader: &Reader, edition: &Edition) -> Outcome<Vec<DeskApplication>> {
    let sql = "select id, number, company_en, company_zh, area_dm2, created_at from application
        where edition_id = $1 and status = 'submitted' order by created_at, id limit 5";
    let rows = reader.rows(sql, values![edition.id.uuid()]).await?;
    let read = |row: &Row| {
        Ok(DeskApplication {
            id: ApplicationId::from_uuid(row.get(0)?),
            number: row.get::<i32>(1)?.into(),
            company: Bilingual { en: row.get(2)?, zh: row.get(3)? },
            area_dm2: row.get(4)?,
            day: edition.day(row.get(5)?),
        })
    };
    rows.iter().map(read).collect()
}

async fn plan_figures(reader: &Reader, edition: EditionId, now: DateTime<Utc>) -> Outcome<PlanFigures> {
    let sql = format!(
        "select count(*) filter (where state <> 'cancelled'),
            count(*) filter (where state in ('accepted', 'confirmed', 'waived')),
            count(*) filter (where state in {UNDONE} and early_finish < $2),
            count(*) filter (where state in {UNDONE} and critical = $3)
         from task where edition_id = $1 and kind <> 'summary'"
    );
    let Some(row) = reader.rows(&sql, values![edition.uuid(), now, true]).await?.pop() else {
        return Ok(PlanFigures::default());
    };
    let sql = "select count(*), count(*) filter (where severity = 'blocking') from deviation
        where edition_id = $1 and state = 'open'";
    let open = reader.rows(sql, values![edition.uuid()]).await?.pop();
    let open = open.map(|row| Ok::<(i64, i64), Fault>((row.get(0)?, row.get(1)?))).transpose()?.unwrap_or_default();
    Ok(PlanFigures {
        tasks: row.get(0)?,
        done: row.get(1)?,
        late: row.get(2)?,
        critical: row.get(3)?,
        deviations: open.0,
        blocking: open.1,
    })
}

async fn space_figures(reader: &Reader, edition: EditionId, now: DateTime<Utc>) -> Outcome<SpaceFigures> {
    let sql = "select
        (select cast(coalesce(sum(area_dm2), 0) as bigint) from stand where edition_id = $1),
        (select cast(coalesce(sum(s.area_dm2), 0) as bigint) from stand s
            join stand_assignment a on a.stand_id = s.id and a.released_at is null where s.edition_id = $1),
        (select count(*) from participation where edition_id = $1 and role = 'exhibitor'),
        (select count(*) from application where edition_id = $1 and status = 'submitted'),
        (select count(*) from exhibitor_duty e join duty d on d.id = e.duty_id join task t on t.id = d.task_id
            where e.edition_id = $1 and e.state = 'open' and t.early_finish < $2)";
    let Some(row) = reader.rows(sql, values![edition.uuid(), now]).await?.pop() else {
        return Ok(SpaceFigures::default());
    };
    Ok(SpaceFigures {
        area_dm2: row.get(0)?,
        taken_dm2: row.get(1)?,
        exhibitors: row.get(2)?,
        undecided: row.get(3)?,
        duties_open: row.get(4)?,
    })
}

async fn registrations(reader: &Reader, edition: EditionId, today: &mut Today) -> Outcome<()> {
    let sql = "select count(*) from registration where edition_id = $1 and status in ('registered', 'approved')";
    today.people.registrations = reader.scalar(sql, values![edition.uuid()]).await?.unwrap_or(0);
    let since = today.day.checked_sub_days(Days::new(27)).unwrap_or(today.day);
    let sql = "select local_day, count(*) from registration
        where edition_id = $1 and local_day >= $2 and status in ('registered', 'approved')
        group by local_day order by local_day";
    let rows = reader.rows(sql, values![edition.uuid(), since]).await?;
    let counted: Vec<(NaiveDate, i64)> =
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Outcome<_>>()?;
    // Days on which nobody registered are days too.
    let days = since.iter_days().take_while(|day| *day <= today.day);
    let on = |day| counted.iter().find(|(counted, _)| *counted == day).map_or(0, |(_, count)| *count);
    today.people.by_day = days.map(|day| (day, on(day))).collect();
    today.people.registrations_today = on(today.day);
    Ok(())
}

async fn entries(reader: &Reader, edition: EditionId, today: &mut Today) -> Outcome<()> {
    let sql = "select local_hour,
            count(*) filter (where verdict <> 'deny' and direction = 'in'),
            count(*) filter (where first_entry = $3),
            count(*) filter (where verdict = 'deny')
        from scan where edition_id = $1 and local_day = $2 group by local_hour order by local_hour";
    let rows = reader.rows(sql, values![edition.uuid(), today.day, true]).await?;
    for row in &rows {
        let entries: i64 = row.get(1)?;
        today.people.by_hour.push((row.get(0)?, entries));
        today.people.entries_today += entries;
        today.people.visitors_today += row.get::<i64>(2)?;
        today.people.denied_today += row.get::<i64>(3)?;
    }
    Ok(())
}

/// The views a person kept of a list, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn saved_views(
    reader: &Reader,
    edition: EditionId,
    user: domain::UserId,
    list: &str,
) -> Outcome<Vec<domain::office::SavedView>> {
    crate::record::saved_view::all(reader, edition, user, list).await
}
