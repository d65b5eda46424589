//! Adding, changing and taking away a link: type, lag of each kind, maximum lag, release rule.

use super::{Around, Fresh, find};
use crate::plan::calendar::DAY;
use crate::plan::edit::days_text;
use crate::plan::network::LinkKind;
use crate::plan::sheet::Sheet;
use crate::plan::task::{LagKind, LinkOrigin, Release, TaskLink};
use crate::refusal::Parse;
use crate::{LinkId, Refusal, TaskId};
use serde::{Deserialize, Serialize};

/// A link as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkDraft {
    /// The link that changes; empty for a new one.
    pub id: String,
    /// Code or id of the predecessor.
    pub from: String,
    /// Code or id of the successor.
    pub to: String,
    /// `fs`, `ss`, `ff`, `sf`; finish to start when empty.
    pub kind: String,
    /// Days, or percent of the predecessor; negative for a lead; none when empty.
    pub lag: String,
    /// `working`, `elapsed`, `percent`; working when empty.
    pub lag_kind: String,
    /// At most so many days after; no limit when empty.
    pub max_lag: String,
    /// `submitted`, `accepted`, `confirmed`; accepted when empty.
    pub release: String,
}

/// Writes a link the way people read it: `E09 FS`, `E09 FS-2.5`, `E09 SS+3ed` in time of the clock, `E09 FS+50%` of the
/// predecessor.
pub fn write_link(code: &str, link: &TaskLink) -> String {
    let kind = link.kind.code().to_uppercase();
    let sign = if link.lag < 0 { "-" } else { "+" };
    match (link.lag, link.lag_kind) {
        (0, _) => format!("{code} {kind}"),
        (lag, LagKind::Working) => format!("{code} {kind}{sign}{}", days_text(lag.abs())),
        (lag, LagKind::Elapsed) => format!("{code} {kind}{sign}{}ed", days_text(lag.abs())),
        (lag, LagKind::Percent) => format!("{code} {kind}{sign}{}%", lag.abs()),
    }
}

/// Reads what [`write_link`] writes. A bare code means finish to start, as everywhere in the trade; `d` behind the
/// days is understood, and so is no blank before the type.
pub fn read_link(written: &str) -> Option<(String, LinkKind, i64, LagKind)> {
    let written = written.trim();
    let (code, rest) = match written.split_once(char::is_whitespace) {
        Some((code, rest)) => (code, rest.trim()),
        None => (written, ""),
    };
    if rest.is_empty() {
        return (!code.is_empty()).then(|| (code.to_owned(), LinkKind::Fs, 0, LagKind::Working));
    }
    let kind = LinkKind::parse(rest.get(..2)?)?;
    let lag: String =
        rest[2..].chars().filter(|c| !c.is_whitespace()).map(|c| if c == '−' { '-' } else { c }).collect();
    if lag.is_empty() {
        return Some((code.to_owned(), kind, 0, LagKind::Working));
    }
    let lag = lag.to_lowercase();
    let number = |text: &str| text.replace(',', ".").parse::<f64>().ok().filter(|days| days.abs() <= 4_000.0);
    let (lag, lag_kind) = if let Some(percent) = lag.strip_suffix('%') {
        (percent.parse::<i64>().ok().filter(|one| one.abs() <= 1_000)?, LagKind::Percent)
    } else if let Some(days) = lag.strip_suffix("ed") {
        ((number(days)? * DAY as f64).round() as i64, LagKind::Elapsed)
    } else {
        ((number(lag.strip_suffix('d').unwrap_or(&lag))? * DAY as f64).round() as i64, LagKind::Working)
    };
    Some((code.to_owned(), kind, lag, lag_kind))
}

/// The lag of a link as a person types it.
pub fn lag_text(link: &TaskLink) -> String {
    match (link.lag, link.lag_kind) {
        (0, _) => String::new(),
        (lag, LagKind::Percent) => lag.to_string(),
        (lag, _) => days_text(lag),
    }
}

impl LinkDraft {
    /// The draft that would leave a link as it is.
    pub fn of(sheet: &Sheet, link: &TaskLink) -> LinkDraft {
        let code = |id: TaskId| sheet.position(id).map(|at| sheet.tasks[at].code.clone()).unwrap_or_default();
        LinkDraft {
            id: link.id.to_string(),
            from: code(link.from),
            to: code(link.to),
            kind: link.kind.code().to_owned(),
            lag: lag_text(link),
            lag_kind: link.lag_kind.code().to_owned(),
            max_lag: link.max_lag.map(days_text).unwrap_or_default(),
            release: link.release.code().to_owned(),
        }
    }

    fn end(sheet: &Sheet, parse: &mut Parse, field: &str, name: &str) -> Option<TaskId> {
        if name.trim().is_empty() {
            parse.refuse(Refusal::invalid("required").at(field));
            return None;
        }
        let found = find(sheet, name).map(|at| sheet.tasks[at].id);
        if found.is_none() {
            parse.refuse(Refusal::invalid("plan-unknown-task").at(field).with("value", name.trim()));
        }
        found
    }

    /// The plan with the link.
    ///
    /// # Errors
    /// Every field that cannot be read; a link from a task to itself, to its own summary, or twice.
    pub(super) fn decide(&self, sheet: &Sheet, around: &Around, fresh: &mut dyn Fresh) -> Result<Sheet, Vec<Refusal>> {
        let mut parse = Parse::new();
        let from = Self::end(sheet, &mut parse, "from", &self.from);
        let to = Self::end(sheet, &mut parse, "to", &self.to);
        let kind = usual(&mut parse, "kind", &self.kind, LinkKind::parse, LinkKind::Fs);
        let lag_kind = usual(&mut parse, "lag_kind", &self.lag_kind, LagKind::parse, LagKind::Working);
        let release = usual(&mut parse, "release", &self.release, Release::parse, Release::Accepted);
        let lag = lag(&mut parse, &self.lag, lag_kind);
        let max_lag = match self.max_lag.trim() {
            "" => None,
            text => minutes(&mut parse, "max_lag", text),
        };
        let (from, to) = match (from, to) {
            (Some(from), Some(to)) => (from, to),
            _ => return Err(parse.finish(|| ()).err().unwrap_or_default()),
        };
        if from == to {
            parse.refuse(Refusal::invalid("plan-link-self").at("from").with("value", self.from.trim()));
        }
        if is_above(sheet, from, to) || is_above(sheet, to, from) {
            let (from, to) = (self.from.trim(), self.to.trim());
            parse.refuse(Refusal::conflict("plan-link-own-summary").at("from").with("from", from).with("to", to));
        }
        if lag_kind != LagKind::Percent && max_lag.is_some_and(|most| most < lag) {
            parse.refuse(Refusal::invalid("plan-link-max-lag").at("max_lag"));
        }
        let id: Option<LinkId> = self.id.trim().parse().ok();
        let same = |link: &TaskLink| link.from == from && link.to == to && link.kind == kind && Some(link.id) != id;
        if sheet.links.iter().any(same) {
            parse.refuse(Refusal::conflict("plan-link-twice").at("from").with("value", self.from.trim()));
        }
        let frozen = sheet.position(to).is_some_and(|at| sheet.tasks[at].state.is_closed());
        if frozen {
            parse.refuse(Refusal::conflict("task-frozen").at("to").with("code", self.to.trim()));
        }
        parse.finish(|| ())?;
        let mut new = sheet.clone();
        match id {
            None => {
                let mut link = TaskLink::logic(fresh.link(), sheet.edition, from, to, kind, lag);
                (link.lag_kind, link.max_lag, link.release) = (lag_kind, max_lag, release);
                link.by = Some(around.hand.user);
                new.links.push(link);
            }
            Some(id) => {
                let link = new.links.iter_mut().find(|link| link.id == id);
                let Some(link) = link else { return Err(vec![Refusal::missing("plan-link-gone")]) };
                own(link)?;
                (link.from, link.to, link.kind, link.lag) = (from, to, kind, lag);
                (link.lag_kind, link.max_lag, link.release) = (lag_kind, max_lag, release);
            }
        }
        Ok(new)
    }
}

/// A derived link follows its rule and is changed there.
fn own(link: &TaskLink) -> Result<(), Vec<Refusal>> {
    if link.origin == LinkOrigin::Derived { Err(vec![Refusal::conflict("plan-link-derived")]) } else { Ok(()) }
}

/// The plan without a link.
pub(super) fn unlink(sheet: &Sheet, id: &str) -> Result<Sheet, Vec<Refusal>> {
    let id: Option<LinkId> = id.trim().parse().ok();
    let Some(link) = sheet.links.iter().find(|link| Some(link.id) == id) else {
        return Err(vec![Refusal::missing("plan-link-gone")]);
    };
    own(link)?;
    let mut new = sheet.clone();
    new.links.retain(|one| one.id != link.id);
    Ok(new)
}

/// Whether one task is a summary over the other.
fn is_above(sheet: &Sheet, summary: TaskId, task: TaskId) -> bool {
    let parent_of = |id: TaskId| sheet.position(id).and_then(|at| sheet.tasks[at].parent);
    let mut parent = parent_of(task);
    while let Some(id) = parent {
        if id == summary {
            return true;
        }
        parent = parent_of(id);
    }
    false
}

fn usual<T>(parse: &mut Parse, field: &str, text: &str, read: impl FnOnce(&str) -> Option<T>, usual: T) -> T {
    match text.trim() {
        "" => usual,
        text => parse.choice(field, text, read).unwrap_or(usual),
    }
}

fn lag(parse: &mut Parse, text: &str, kind: LagKind) -> i64 {
    match (text.trim(), kind) {
        ("", _) => 0,
        (text, LagKind::Percent) => {
            parse.number("lag", text.trim_end_matches('%').trim_start_matches('+'), -1_000..=1_000).unwrap_or_default()
        }
        (text, _) => minutes(parse, "lag", text).unwrap_or_default(),
    }
}

/// Days with a sign and perhaps a fraction, as minutes.
fn minutes(parse: &mut Parse, field: &str, text: &str) -> Option<i64> {
    const MOST: f64 = 4_000.0;
    match text.trim().replace(',', ".").replace('−', "-").parse::<f64>() {
        Ok(days) if (-MOST..=MOST).contains(&days) => Some((days * DAY as f64).round() as i64),
        Ok(_) => {
            parse.refuse(Refusal::invalid("out-of-range").at(field).with("min", -MOST as i64).with("max", MOST as i64));
            None
        }
        Err(_) => {
            parse.refuse(Refusal::invalid("not-a-number").at(field));
            None
        }
    }
}
