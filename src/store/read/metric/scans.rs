//! Metrics of admission: scans of today, people inside, devices.

use super::{Scope, numbers, text};
use crate::dialect::time::minute;
use crate::read::sales::Conditions;
use crate::{Outcome, Query, values};
use chrono::Duration;
use domain::plan::metric::{Metric, MetricUse, Param, Reading};

pub(super) async fn scans(q: &impl Query, scope: &Scope, used: &MetricUse) -> Outcome<Reading> {
    if used.metric == Metric::DevicesSilent {
        let sql = "select count(*) from device d join gate g on g.id = d.gate_id where d.edition_id = $1
                   and g.open = $2 and d.paired_at is not null and d.revoked_at is null
                   and (d.seen_at is null or d.seen_at < $3)";
        let since = scope.now - Duration::minutes(15);
        let rows = q.rows(sql, values![scope.edition.uuid(), true, since]).await?;
        return Ok(Reading::count(numbers(&rows, 1)?[0]));
    }
    let mut only = Conditions::new(values![scope.edition.uuid(), scope.today]);
    if let Some(category) = text(used, Param::Category) {
        only.and("s.category = ?", values![category]);
    }
    if let Some(gate) = text(used, Param::Gate) {
        only.and(
            "s.gate_id in (select g.id from gate g where g.edition_id = s.edition_id and g.code = ?)",
            values![gate],
        );
    }
    let columns = match used.metric {
        Metric::DenialRate => "count(*) filter (where s.verdict = 'deny'), count(*)".to_owned(),
        Metric::ScansLate => {
            let late =
                format!("{} - {} > 10", minute("s.server_time", q.backend()), minute("s.entry_time", q.backend()));
            only.and(&late, vec![]);
            "count(*), count(*)".to_owned()
        }
        Metric::ScanConflicts => {
            only.and(
                "exists (select 1 from scan_conflict f where f.edition_id = s.edition_id and f.scan_id = s.id
                 and f.state = 'open')",
                vec![],
            );
            "count(*), count(*)".to_owned()
        }
        Metric::PeopleInside => {
            only.and(
                "s.verdict <> 'deny' and s.direction = 'in' and s.credential_id is not null and not exists
                 (select 1 from scan n where n.edition_id = s.edition_id and n.credential_id = s.credential_id
                 and n.local_day = s.local_day and n.verdict <> 'deny'
                 and n.entry_time >= s.entry_time and (n.entry_time > s.entry_time or n.id > s.id))",
                vec![],
            );
            "count(*), count(*)".to_owned()
        }
        _ => {
            only.and("s.verdict <> 'deny' and s.direction = 'in'", vec![]);
            "count(*), count(*)".to_owned()
        }
    };
    let grouped = if used.metric == Metric::BusiestGate { " group by s.gate_id order by 1 desc" } else { "" };
    let sql =
        format!("select {columns} from scan s where s.edition_id = $1 and s.local_day = $2{}{grouped}", only.sql());
    let rows = q.rows(&sql, only.bound()).await?;
    Ok(match used.metric {
        Metric::DenialRate => {
            let found = numbers(&rows, 2)?;
            Reading::share(found[0], found[1])
        }
        Metric::BusiestGate => {
            let counts = rows.iter().map(|row| row.get::<i64>(0)).collect::<Outcome<Vec<i64>>>()?;
            Reading::share(counts.first().copied().unwrap_or(0), counts.iter().sum())
        }
        _ => Reading::count(numbers(&rows, 1)?[0]),
    })
}
