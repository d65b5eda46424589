//! Metrics of people: registrations, badges, mails.

use super::{Scope, numbers, text};
use crate::read::sales::Conditions;
use crate::{Outcome, Query, values};
use domain::plan::metric::{Metric, MetricUse, Param, Reading, curve};

pub(super) async fn registrations(q: &impl Query, scope: &Scope, used: &MetricUse) -> Outcome<Reading> {
    let mut only = Conditions::new(values![scope.edition.uuid()]);
    if let Some(category) = text(used, Param::Category) {
        only.and("category = ?", values![category]);
    }
    let wanted = match used.metric {
        Metric::RegistrationsPending => "status = 'registered'",
        _ => "status in ('registered', 'approved')",
    };
    only.and(wanted, vec![]);
    let sql = format!("select count(*) from registration where edition_id = $1{}", only.sql());
    let count = numbers(&q.rows(&sql, only.bound()).await?, 1)?[0];
    if used.metric != Metric::RegistrationsPlan {
        return Ok(Reading::count(count));
    }
    let expected = used.goal().map_or(0.0, |goal| goal as f64 * curve(scope.today, scope.opens_on));
    Ok(Reading::figure((expected >= 1.0).then(|| count as f64 * 100.0 / expected), expected as i64))
}

pub(super) async fn badges(q: &impl Query, scope: &Scope, used: &MetricUse) -> Outcome<Reading> {
    let mut only = Conditions::new(values![scope.edition.uuid()]);
    if used.metric == Metric::MailsDelivered {
        let sql = "select count(*) filter (where state = 'sent'), count(*) from mail
                   where edition_id = $1 and state in ('sent', 'failed')";
        let found = numbers(&q.rows(sql, only.bound()).await?, 2)?;
        return Ok(Reading::share(found[0], found[1]));
    }
    if let Some(category) = text(used, Param::Category) {
        only.and("b.category = ?", values![category]);
    }
    let from = match used.metric {
        Metric::BadgesIssued => {
            only.and("b.state = 'active'", vec![]);
            "credential b"
        }
        _ => {
            only.and(
                "b.status = 'approved' and not exists (select 1 from credential c where c.edition_id = b.edition_id
                 and c.registration_id = b.id and c.state = 'active')",
                vec![],
            );
            "registration b"
        }
    };
    let sql = format!("select count(*) from {from} where b.edition_id = $1{}", only.sql());
    Ok(Reading::count(numbers(&q.rows(&sql, only.bound()).await?, 1)?[0]))
}
