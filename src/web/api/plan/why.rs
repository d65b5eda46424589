//! Why dates are what they are, step by step from the first cause: for tasks, previews and stories.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::plan::{Reason, Step, axis};
use serde::Serialize;
use templates::Lang;
use templates::organizer::plan::why;
use utoipa::ToSchema;

/// One step of the chain behind a date.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyOut {
    /// Code of the task.
    code: String,
    /// When it begins.
    starts_at: DateTime<Utc>,
    /// When it ends.
    ends_at: DateTime<Utc>,
    /// `plan_start`, `data_date`, `constraint`, `link`, `apart` (a maximum lag pulls it along), `actual`, `late`
    /// (as late as possible), `child` (with its first part).
    reason: &'static str,
    /// Of a constraint, its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    constraint: Option<String>,
    /// Code of the task at the other end of the link, or of the first part.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Of a link: `fs`, `ss`, `ff`, `sf`.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// Lag of the link, or its maximum lag, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    lag_minutes: Option<i64>,
    /// The calendar the task works by, where without it the task would begin or end sooner.
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<RestOut>,
    /// The open hours of its place, where without them the task would begin or end sooner.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<HoursOut>,
    /// All of it in English.
    text_en: String,
    /// All of it in Chinese.
    text_zh: String,
}

/// Working time that decides about a date.
#[derive(Debug, Serialize, ToSchema)]
pub struct RestOut {
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// What holds the task lies earlier: it begins when working time does.
    begins: bool,
    /// Minutes between its start and its finish in which the calendar does not work.
    idle_minutes: i64,
}

/// Open hours that hold work up.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoursOut {
    /// English name of the place.
    name_en: String,
    /// Chinese name of the place.
    name_zh: String,
    /// English name of its calendar.
    calendar_en: String,
    /// Chinese name of its calendar.
    calendar_zh: String,
}

impl WhyOut {
    /// A chain, in the zone of its plan.
    pub(super) fn chain(steps: &[Step], zone: Tz) -> Vec<WhyOut> {
        steps.iter().map(|step| WhyOut::of(step, zone)).collect()
    }

    /// The step of the task the chain leads to.
    pub(super) fn last(steps: &[Step], zone: Tz) -> Option<WhyOut> {
        steps.last().map(|step| WhyOut::of(step, zone))
    }

    fn of(step: &Step, zone: Tz) -> WhyOut {
        let (mut constraint, mut by, mut link, mut lag_minutes) = (None, None, None, None);
        let reason = match &step.reason {
            Reason::PlanStart => "plan_start",
            Reason::DataDate => "data_date",
            Reason::Actual => "actual",
            Reason::Late => "late",
            Reason::Constraint { constraint: code } => {
                constraint = Some(code.clone());
                "constraint"
            }
            Reason::Child { code } => {
                by = Some(code.clone());
                "child"
            }
            Reason::Link { from: other, kind, lag } | Reason::Apart { to: other, kind, most: lag } => {
                (by, link, lag_minutes) = (Some(other.clone()), Some(kind.clone()), Some(*lag));
                if matches!(step.reason, Reason::Link { .. }) { "link" } else { "apart" }
            }
        };
        WhyOut {
            code: step.code.clone(),
            starts_at: axis::instant(step.start, zone),
            ends_at: axis::instant(step.finish, zone),
            reason,
            constraint,
            by,
            link,
            lag_minutes,
            calendar: step.rest.as_ref().map(|rest| RestOut {
                name_en: rest.calendar.en.clone(),
                name_zh: rest.calendar.zh.clone(),
                begins: rest.begins,
                idle_minutes: rest.idle,
            }),
            place: step.hours.as_ref().map(|hours| HoursOut {
                name_en: hours.place.en.clone(),
                name_zh: hours.place.zh.clone(),
                calendar_en: hours.calendar.en.clone(),
                calendar_zh: hours.calendar.zh.clone(),
            }),
            text_en: why(Lang::EN, step),
            text_zh: why(Lang::ZH, step),
        }
    }
}
