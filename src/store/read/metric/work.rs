//! Metrics of the plan: tasks, rounds, deviations.

use super::{Scope, numbers, text};
use crate::read::sales::Conditions;
use crate::{Outcome, Query, values};
use chrono::{DateTime, Duration, Utc};
use domain::plan::metric::{Metric, MetricUse, Param, Reading, median};

const DONE: &str = "('accepted', 'confirmed', 'waived', 'cancelled')";

pub(super) async fn tasks(q: &impl Query, scope: &Scope, used: &MetricUse) -> Outcome<Reading> {
    let mut only = Conditions::new(values![scope.edition.uuid()]);
    if let Some(phase) = text(used, Param::Phase) {
        only.and("t.phase = ?", values![phase]);
    }
    let columns = match used.metric {
        Metric::TasksDone => {
            only.and("t.state <> 'cancelled'", vec![]);
            "count(*) filter (where t.state in ('accepted', 'confirmed', 'waived')), count(*)"
        }
        Metric::TasksLate => {
            let late = "(t.early_finish <= ? or t.deadline_at <= ? or (t.state in ('draft', 'planned', 'ready') and t.late_start < ?))";
            only.and(
                &format!("t.state not in {DONE} and t.state <> 'submitted' and {late}"),
                values![scope.now, scope.now, scope.now],
            );
            "count(*), count(*)"
        }
        Metric::TasksUnowned => {
            let soon = scope.now + Duration::days(14);
            only.and(&format!("t.state not in {DONE} and t.owner_id is null and t.early_start < ?"), values![soon]);
            "count(*), count(*)"
        }
        _ => {
            only.and("t.state in ('accepted', 'confirmed')", vec![]);
            "count(*) filter (where t.round = 1), count(*), cast(coalesce(sum(t.round), 0) as bigint)"
        }
    };
    let sql = format!("select {columns} from task t where t.edition_id = $1 and t.kind = 'task'{}", only.sql());
    let rows = q.rows(&sql, only.bound()).await?;
    Ok(match used.metric {
        Metric::TasksDone | Metric::FirstPass => {
            let found = numbers(&rows, 2)?;
            Reading::share(found[0], found[1])
        }
        Metric::RoundsPerTask => {
            let found = numbers(&rows, 3)?;
            Reading::figure(Some(found[2] as f64 / found[1].max(1) as f64), found[1])
        }
        _ => Reading::count(numbers(&rows, 1)?[0]),
    })
}

pub(super) async fn deviations(q: &impl Query, scope: &Scope, used: &MetricUse) -> Outcome<Reading> {
    let mut only = Conditions::new(values![scope.edition.uuid()]);
    if let Some(phase) = text(used, Param::Phase) {
        only.and("t.phase = ?", values![phase]);
    }
    if let Some(severity) = text(used, Param::Severity) {
        only.and("d.severity = ?", values![severity]);
    }
    let from = "from deviation d left join task t on t.id = d.task_id where d.edition_id = $1";
    if used.metric == Metric::DeviationDays {
        only.and("d.state = 'closed' and d.closed_at is not null", vec![]);
        let rows = q.rows(&format!("select d.opened_at, d.closed_at {from}{}", only.sql()), only.bound()).await?;
        let days = rows.iter().map(|row| {
            let (opened, closed): (DateTime<Utc>, DateTime<Utc>) = (row.get(0)?, row.get(1)?);
            Ok((closed - opened).num_minutes() as f64 / 1_440.0)
        });
        let days = days.collect::<Outcome<Vec<f64>>>()?;
        let base = i64::try_from(days.len()).unwrap_or(i64::MAX);
        return Ok(Reading::figure(median(days), base));
    }
    only.and("d.state = 'open'", vec![]);
    if used.metric == Metric::DeviationsOverdue {
        only.and("d.due_on < ?", values![scope.today]);
    }
    let rows = q.rows(&format!("select count(*) {from}{}", only.sql()), only.bound()).await?;
    Ok(Reading::count(numbers(&rows, 1)?[0]))
}
