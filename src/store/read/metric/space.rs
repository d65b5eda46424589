//! Metrics of space and exhibitors: stands, applications, duties.

use super::{Scope, numbers, text};
use crate::read::sales::Conditions;
use crate::{Outcome, Query, values};
use chrono::{DateTime, Utc};
use domain::plan::metric::{Metric, MetricUse, Param, Reading};

const EXHIBITORS: &str =
    "from participation n where n.edition_id = $1 and n.role = 'exhibitor' and n.status <> 'cancelled'";

pub(super) async fn stands(q: &impl Query, scope: &Scope, used: &MetricUse) -> Outcome<Reading> {
    let mut only = Conditions::new(values![scope.edition.uuid()]);
    if used.metric == Metric::ExhibitorsWithoutStand {
        let sql = format!(
            "select count(*) {EXHIBITORS} and not exists (select 1 from stand_assignment a
             where a.participation_id = n.id and a.released_at is null)"
        );
        return Ok(Reading::count(numbers(&q.rows(&sql, only.bound()).await?, 1)?[0]));
    }
    if let Some(hall) = text(used, Param::Hall) {
        only.and("h.code = ?", values![hall]);
    }
    let columns = match used.metric {
        Metric::SpaceContracted => {
            "cast(coalesce(sum(case when a.id is null then 0 else s.area_dm2 end), 0) as bigint),
             cast(coalesce(sum(s.area_dm2), 0) as bigint)"
        }
        Metric::StandsFree => {
            only.and("a.id is null", vec![]);
            "count(*)"
        }
        _ => {
            only.and(
                "s.kind = 'raw' and exists (select 1 from exhibitor_duty x join duty d on d.id = x.duty_id
                 where x.participation_id = a.participation_id and d.code = 'permit' and x.state = 'open')",
                vec![],
            );
            "count(*)"
        }
    };
    let sql = format!(
        "select {columns} from stand s join place h on h.id = s.hall_id
         left join stand_assignment a on a.stand_id = s.id and a.released_at is null where s.edition_id = $1{}",
        only.sql()
    );
    let rows = q.rows(&sql, only.bound()).await?;
    if used.metric == Metric::SpaceContracted {
        let found = numbers(&rows, 2)?;
        return Ok(Reading::share(found[0], found[1]));
    }
    Ok(Reading::count(numbers(&rows, 1)?[0]))
}

pub(super) async fn applications(q: &impl Query, scope: &Scope, metric: Metric) -> Outcome<Reading> {
    let edition = values![scope.edition.uuid()];
    if metric == Metric::ApplicationDays {
        let sql = "select created_at from application where edition_id = $1 and status = 'submitted'
                   order by created_at limit 1";
        let oldest: Option<DateTime<Utc>> = q.scalar(sql, edition).await?;
        let days = oldest.map_or(0.0, |at| (scope.now - at).num_minutes() as f64 / 1_440.0);
        return Ok(Reading::figure(Some(days.max(0.0)), 1));
    }
    let sql = "select count(*) filter (where status = 'submitted'), count(*) filter (where status = 'accepted'),
               count(*) filter (where status in ('accepted', 'declined')) from application where edition_id = $1";
    let found = numbers(&q.rows(sql, edition).await?, 3)?;
    Ok(match metric {
        Metric::ApplicationsOpen => Reading::count(found[0]),
        _ => Reading::share(found[1], found[2]),
    })
}

pub(super) async fn duties(q: &impl Query, scope: &Scope, used: &MetricUse) -> Outcome<Reading> {
    let mut only = Conditions::new(values![scope.edition.uuid()]);
    if used.metric == Metric::PortalJoined {
        let sql = format!(
            "select count(*) filter (where exists (select 1 from contact c where c.participation_id = n.id
             and c.joined_at is not null)), count(*) {EXHIBITORS}"
        );
        let found = numbers(&q.rows(&sql, only.bound()).await?, 2)?;
        return Ok(Reading::share(found[0], found[1]));
    }
    only.and("d.mandatory = ?", values![true]);
    if let Some(duty) = text(used, Param::Duty) {
        only.and("d.code = ?", values![duty]);
    }
    if let Some(hall) = text(used, Param::Hall) {
        only.and(
            "exists (select 1 from stand_assignment a join stand s on s.id = a.stand_id join place h on h.id = s.hall_id
             where a.participation_id = x.participation_id and a.released_at is null and h.code = ?)",
            values![hall],
        );
    }
    let columns = if used.metric == Metric::DutiesDone {
        "count(*) filter (where x.state in ('done', 'waived')), count(*)"
    } else {
        only.and("x.state = 'open' and coalesce(t.deadline_at, t.early_finish) < ?", values![scope.now]);
        "count(*), count(*)"
    };
    let sql = format!(
        "select {columns} from exhibitor_duty x join duty d on d.id = x.duty_id left join task t on t.id = d.task_id
         where x.edition_id = $1{}",
        only.sql()
    );
    let found = numbers(&q.rows(&sql, only.bound()).await?, 2)?;
    Ok(match used.metric {
        Metric::DutiesDone => Reading::share(found[0], found[1]),
        _ => Reading::count(found[0]),
    })
}
