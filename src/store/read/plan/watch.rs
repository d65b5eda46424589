//! What supervision looks at: tasks that owe a report, forecasts behind deadlines, deviations by cause, corrective
//! actions, the line of responsibility.

use super::loop_records::{DEVIATION, deviation_of};
use crate::{Fault, Outcome, Query, Row, values};
use chrono::{DateTime, Utc};
use domain::access::{Role, Viewer};
use domain::edition::Edition;
use domain::office::view::{DeskCall, DeskReport};
use domain::plan::cause::Known;
use domain::plan::deviation::{Deviation, DeviationState, Severity, Source};
use domain::plan::escalation::Member;
use domain::plan::rhythm::{Every, Rhythm};
use domain::plan::supervision::{Action, Late, Setting, Working, missed};
use domain::plan::{Function, Phase, TaskState};
use domain::{Bilingual, DeviationId, EditionId, Locale, TaskId, UserId};
use uuid::Uuid;

fn known<T>(table: &'static str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Outcome<T> {
    parse(text).ok_or_else(|| Fault::impossible(table, text))
}

fn user(row: &Row, column: usize) -> Outcome<Option<UserId>> {
    Ok(row.get::<Option<Uuid>>(column)?.map(UserId::from_uuid))
}

/// Tasks somebody works on, with the last word anybody said about them.
///
/// # Errors
/// When the database does not answer.
pub async fn working(q: &impl Query, edition: EditionId) -> Outcome<Vec<Working>> {
    let sql = "select t.id, t.code, t.name_en, t.name_zh, t.phase, t.role, t.owner_id, t.round, t.actual_start,
         t.critical, p.at, r.at, u.name, t.percent
         from task t left join \"user\" u on u.id = t.owner_id
         left join (select task_id, max(at) as at from progress_report where edition_id = $1 group by task_id) p on p.task_id = t.id
         left join (select task_id, max(at) as at from task_report where edition_id = $1 group by task_id) r on r.task_id = t.id
         where t.edition_id = $1 and t.state in ('in_progress', 'rework') and t.kind = 'task' and t.actual_start is not null
         order by t.sort, t.code";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let heard = [row.get::<Option<DateTime<Utc>>>(10)?, row.get(11)?];
            Ok(Working {
                task: TaskId::from_uuid(row.get(0)?),
                code: row.get(1)?,
                name: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
                phase: known("task", &row.get::<String>(4)?, Phase::parse)?,
                role: known("task", &row.get::<String>(5)?, Function::parse)?,
                owner: user(row, 6)?,
                round: row.get(7)?,
                began: row.get(8)?,
                critical: row.get(9)?,
                heard: heard.into_iter().flatten().max(),
                owner_name: row.get::<Option<String>>(12)?.unwrap_or_default(),
                percent: row.get(13)?,
            })
        })
        .collect()
}

/// Tasks whose forecast lies behind their deadline, and the first task of the worst chain that misses a fixed date.
///
/// # Errors
/// When the database does not answer.
pub async fn late(q: &impl Query, edition: EditionId) -> Outcome<(Vec<Late>, Option<Late>)> {
    let columns = "t.id, t.code, t.name_en, t.name_zh, t.owner_id, t.round, t.early_finish, t.deadline_at,
         t.total_float_minutes, t.critical";
    let open = "t.state not in ('accepted', 'confirmed', 'waived', 'cancelled') and t.kind <> 'summary'";
    let sql = format!(
        "select {columns} from task t where t.edition_id = $1 and {open} and t.deadline_at is not null
         and t.early_finish > t.deadline_at order by t.sort"
    );
    let deadlines = q.rows(&sql, values![edition.uuid()]).await?.iter().map(late_of).collect::<Outcome<_>>()?;
    let sql = format!(
        "select {columns} from task t where t.edition_id = $1 and {open} and t.total_float_minutes < 0
         order by t.total_float_minutes, t.early_start, t.sort limit 1"
    );
    let chain = q.rows(&sql, values![edition.uuid()]).await?.first().map(late_of).transpose()?;
    Ok((deadlines, chain))
}

fn late_of(row: &Row) -> Outcome<Late> {
    Ok(Late {
        task: TaskId::from_uuid(row.get(0)?),
        code: row.get(1)?,
        name: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
        owner: user(row, 4)?,
        round: row.get(5)?,
        finish: row.get(6)?,
        deadline: row.get(7)?,
        float: row.get(8)?,
        critical: row.get(9)?,
    })
}

/// Every deviation of an edition that carries the key of a cause.
///
/// # Errors
/// When the database does not answer.
pub async fn known_causes(q: &impl Query, edition: EditionId) -> Outcome<Vec<Known>> {
    let sql = "select id, dedup, source, state, opened_at from deviation where edition_id = $1 and dedup is not null";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Known {
                id: DeviationId::from_uuid(row.get(0)?),
                key: row.get(1)?,
                source: known("deviation", &row.get::<String>(2)?, Source::parse)?,
                state: known("deviation", &row.get::<String>(3)?, DeviationState::parse)?,
                opened_at: row.get(4)?,
            })
        })
        .collect()
}

/// Open deviations with the team of their task.
///
/// # Errors
/// When the database does not answer.
pub async fn open_deviations(q: &impl Query, edition: EditionId) -> Outcome<Vec<(Deviation, Option<Function>)>> {
    let sql = format!(
        "select {DEVIATION}, t.role from deviation v left join task t on t.id = v.task_id
         where v.edition_id = $1 and v.state = 'open' order by v.opened_at, v.id"
    );
    let rows = q.rows(&sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let role = row.get::<Option<String>>(super::loop_records::DEVIATION_COLUMNS)?;
            let role = role.map(|role| known("task", &role, Function::parse)).transpose()?;
            Ok((deviation_of(row)?, role))
        })
        .collect()
}

/// The line of responsibility: members of the team by role, in the order in which roles were given.
///
/// # Errors
/// When the database does not answer.
pub async fn line(q: &impl Query, edition: EditionId) -> Outcome<Vec<Member>> {
    let sql = "select u.id, u.name, r.role, u.email, u.locale from user_role r join \"user\" u on u.id = r.user_id
               where u.active and (r.edition_id is null or r.edition_id = $1) order by r.id";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Member {
                id: UserId::from_uuid(row.get(0)?),
                name: row.get(1)?,
                role: known("user_role", &row.get::<String>(2)?, Role::parse)?,
                email: row.get(3)?,
                locale: Locale::parse(&row.get::<String>(4)?).unwrap_or_default(),
            })
        })
        .collect()
}

/// The rhythms an edition has set itself.
///
/// # Errors
/// When the database does not answer.
pub async fn rhythms(q: &impl Query, edition: EditionId) -> Outcome<Vec<Rhythm>> {
    let sql = "select phase, every, weekday, due_minute, from_minute, until_minute, closing_every, closing_days,
               grace_minutes, version from plan_rhythm where edition_id = $1";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Rhythm {
                phase: known("plan_rhythm", &row.get::<String>(0)?, Phase::parse)?,
                every: known("plan_rhythm", &row.get::<String>(1)?, Every::parse)?,
                weekday: u32::try_from(row.get::<i32>(2)?).unwrap_or(1),
                due: row.get(3)?,
                from: row.get(4)?,
                until: row.get(5)?,
                closing_every: known("plan_rhythm", &row.get::<String>(6)?, Every::parse)?,
                closing_days: row.get(7)?,
                grace: row.get(8)?,
                version: row.get(9)?,
            })
        })
        .collect()
}

/// The corrective actions of a deviation, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn actions(q: &impl Query, deviation: DeviationId) -> Outcome<Vec<Action>> {
    let sql =
        "select t.code, t.name_en, t.name_zh, t.state, u.name, t.early_finish, t.deadline_at from deviation_action a
               join task t on t.id = a.task_id left join \"user\" u on u.id = t.owner_id
               where a.deviation_id = $1 order by a.created_at, t.code";
    let rows = q.rows(sql, values![deviation.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Action {
                code: row.get(0)?,
                name: Bilingual::new(row.get::<String>(1)?, row.get::<String>(2)?),
                state: known("task", &row.get::<String>(3)?, TaskState::parse)?,
                owner: row.get::<Option<String>>(4)?.unwrap_or_default(),
                finish: row.get(5)?,
                deadline: row.get(6)?,
            })
        })
        .collect()
}

/// The deviation a task is a corrective action of.
///
/// # Errors
/// When the database does not answer.
pub async fn corrects(q: &impl Query, edition: EditionId, task: TaskId) -> Outcome<Option<Deviation>> {
    let sql = format!(
        "select {DEVIATION} from deviation v join deviation_action a on a.deviation_id = v.id
         where v.edition_id = $1 and a.task_id = $2"
    );
    q.rows(&sql, values![edition.uuid(), task.uuid()]).await?.first().map(deviation_of).transpose()
}

/// How many tasks of an edition have a code that begins so: the next free number of a family of codes.
///
/// # Errors
/// When the database does not answer.
pub async fn codes(q: &impl Query, edition: EditionId, prefix: &str) -> Outcome<Vec<String>> {
    let sql = "select code from task where edition_id = $1 and code like $2";
    let rows = q.rows(sql, values![edition.uuid(), format!("{prefix}%")]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Open deviations that need a member of the team, the worst first: their own, those of a task of their role that
/// went to its lead, and those that went to the managers or directors they are.
///
/// # Errors
/// When the database does not answer.
pub async fn calls(q: &impl Query, viewer: &Viewer, edition: &Edition) -> Outcome<Vec<DeskCall>> {
    let roles: Vec<Role> = viewer.roles(edition.id).collect();
    let teams = Function::ALL.iter().filter(|team| roles.contains(&team.role()));
    // Spellings of our own, never what somebody typed.
    let teams: Vec<String> = teams.map(|team| format!("'{}'", team.code())).collect();
    let teams = if teams.is_empty() { "''".to_owned() } else { teams.join(", ") };
    let from = |role: Role, level: i32| if roles.contains(&role) { level } else { i32::MAX };
    let sql = format!(
        "select v.id, v.title, v.title_zh, v.severity, v.level, v.due_on, v.owner_id from deviation v
         left join task t on t.id = v.task_id where v.edition_id = $1 and v.state = 'open'
         and (v.owner_id = $2 or (v.level >= 1 and t.role in ({teams})) or v.level >= $3 or v.level >= $4)
         order by case v.severity when 'blocking' then 0 when 'major' then 1 else 2 end, v.level desc, v.opened_at, v.id
         limit 8"
    );
    let bound = values![edition.id.uuid(), viewer.user.uuid(), from(Role::Manager, 2), from(Role::Director, 3)];
    let rows = q.rows(&sql, bound).await?;
    rows.iter()
        .map(|row| {
            let (title, zh): (String, String) = (row.get(1)?, row.get(2)?);
            Ok(DeskCall {
                id: DeviationId::from_uuid(row.get(0)?),
                title: Bilingual::new(title, zh),
                severity: known("deviation", &row.get::<String>(3)?, Severity::parse)?,
                level: row.get(4)?,
                due_on: row.get(5)?,
                own: user(row, 6)? == Some(viewer.user),
            })
        })
        .collect()
}

/// Reports a member of the team owes now, the longest missing first.
///
/// # Errors
/// When the database does not answer.
pub async fn reports_owed(
    q: &impl Query,
    viewer: &Viewer,
    edition: &Edition,
    now: DateTime<Utc>,
) -> Outcome<Vec<DeskReport>> {
    let mine: Vec<Working> =
        working(q, edition.id).await?.into_iter().filter(|task| task.owner == Some(viewer.user)).collect();
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let own = rhythms(q, edition.id).await?;
    let at = Setting { zone: edition.time_zone, opens_on: edition.opens_on, now };
    let owed = |task: Working| missed(&task, &own, at).map(|due| DeskReport { code: task.code, name: task.name, due });
    let mut owed: Vec<DeskReport> = mine.into_iter().filter_map(owed).collect();
    owed.sort_by(|a, b| (a.due, &a.code).cmp(&(b.due, &b.code)));
    Ok(owed)
}
