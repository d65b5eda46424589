//! The live board: everything counted from the log, in three questions.

use super::log::log;
use crate::{Fault, Outcome, Query, Reader, dialect, values};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::EditionId;
use domain::admission::view::{Board, CURVE_MINUTES, GateCount, MinuteCount, ScanFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// The board of a day.
///
/// # Errors
/// When the database does not answer.
pub async fn board(reader: &Reader, edition: EditionId, day: NaiveDate, now: DateTime<Utc>) -> Outcome<Board> {
    let mut board = Board { day, ..Board::default() };
    for gate in super::gates::gates(reader, edition).await? {
        let (id, code, name, open) = (gate.id, gate.code, gate.name, gate.open);
        board.gates.push(GateCount {
            gate: id,
            code,
            name,
            open,
            entries: 0,
            first: 0,
            exits: 0,
            denied: 0,
            last: None,
        });
    }
    let places: HashMap<Uuid, usize> = board.gates.iter().enumerate().map(|(i, g)| (g.gate.uuid(), i)).collect();
    tally(reader, edition, &places, &mut board).await?;
    curve(reader, edition, &places, now, &mut board).await?;
    let sql = "select count(*) from scan_conflict where edition_id = $1 and state = 'open'";
    board.conflicts = reader.scalar(sql, values![edition.uuid()]).await?.unwrap_or(0);
    let today = ScanFilter { day: Some(day), ..ScanFilter::default() };
    board.last = log(reader, edition, &today, None, 12).await?.lines;
    Ok(board)
}

/// One pass over the day: grouped in the database, added up here.
async fn tally(reader: &Reader, edition: EditionId, places: &HashMap<Uuid, usize>, board: &mut Board) -> Outcome<()> {
    let sql = "select gate_id, direction, verdict, reason, category, local_hour, first_entry, offline,
                      case when override_reason is null then 0 else 1 end, count(*), max(server_time)
               from scan where edition_id = $1 and local_day = $2 group by 1, 2, 3, 4, 5, 6, 7, 8, 9";
    let mut reasons: HashMap<String, i64> = HashMap::new();
    let mut categories: HashMap<String, i64> = HashMap::new();
    let mut hours: HashMap<i32, i64> = HashMap::new();
    for row in reader.rows(sql, values![edition.uuid(), board.day]).await? {
        let count: i64 = row.get(9)?;
        let (inward, admitted) = (row.get::<String>(1)? == "in", row.get::<String>(2)? != "deny");
        let (first, offline, overridden) = (row.get::<bool>(6)?, row.get::<bool>(7)?, row.get::<i32>(8)? == 1);
        let reason: Option<String> = row.get(3)?;
        let entries = if inward && admitted { count } else { 0 };
        let exits = if !inward && admitted { count } else { 0 };
        let denied = if admitted { 0 } else { count };
        let people = if first { count } else { 0 };
        board.entries += entries;
        board.exits += exits;
        board.denied += denied;
        board.people += people;
        board.overrides += if overridden { count } else { 0 };
        board.offline += if offline { count } else { 0 };
        *hours.entry(row.get(5)?).or_default() += entries;
        if let Some(reason) = reason.filter(|_| !admitted) {
            *reasons.entry(reason).or_default() += count;
        }
        if let Some(category) = row.get::<Option<String>>(4)?.filter(|_| first) {
            *categories.entry(category).or_default() += count;
        }
        if let Some(gate) = places.get(&row.get(0)?).and_then(|at| board.gates.get_mut(*at)) {
            gate.entries += entries;
            gate.exits += exits;
            gate.denied += denied;
            gate.first += people;
            gate.last = gate.last.max(moment(&row)?);
        }
    }
    board.reasons = most_first(reasons);
    board.categories = most_first(categories);
    board.hours = hours.into_iter().filter(|(_, count)| *count > 0).collect();
    board.hours.sort_unstable();
    Ok(())
}

/// An aggregate has no declared type on SQLite, so the time comes as its text there.
fn moment(row: &crate::Row) -> Outcome<Option<DateTime<Utc>>> {
    if let Ok(at) = row.get::<Option<DateTime<Utc>>>(10) {
        return Ok(at);
    }
    let text: Option<String> = row.get(10)?;
    let read = |text: String| DateTime::parse_from_rfc3339(&text).map_err(|e| Fault::impossible("scan", e));
    Ok(text.map(read).transpose()?.map(|at| at.with_timezone(&Utc)))
}

fn most_first(counts: HashMap<String, i64>) -> Vec<(String, i64)> {
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list
}

async fn curve(
    reader: &Reader,
    edition: EditionId,
    places: &HashMap<Uuid, usize>,
    now: DateTime<Utc>,
    board: &mut Board,
) -> Outcome<()> {
    let this_minute = DateTime::from_timestamp(now.timestamp() / 60 * 60, 0).unwrap_or(now);
    board.curve_from = this_minute - Duration::minutes(CURVE_MINUTES - 1);
    let minute = dialect::time::minute("entry_time", reader.backend);
    let sql = format!(
        "select {minute}, gate_id, count(*) from scan where edition_id = $1 and server_time >= $2
         and direction = 'in' and verdict <> 'deny' group by 1, 2 order by 1, 2"
    );
    for row in reader.rows(&sql, values![edition.uuid(), board.curve_from]).await? {
        let minute = row.get::<i64>(0)? - board.curve_from.timestamp() / 60;
        if let Some(gate) = places.get(&row.get(1)?).filter(|_| (0..CURVE_MINUTES).contains(&minute)) {
            board.curve.push(MinuteCount { minute, gate: *gate, count: row.get(2)? });
        }
    }
    Ok(())
}
