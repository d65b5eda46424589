//! The live board, computed from the log at most about once a second however many people look at it.

use super::operations::operations;
use crate::{App, Error};
use chrono::NaiveDate;
use domain::EditionId;
use domain::admission::view::Board;
use domain::edition::Edition;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

const FRESH_FOR: Duration = Duration::from_millis(700);

/// Boards computed a moment ago.
#[derive(Default)]
pub(super) struct Boards(Mutex<HashMap<EditionId, (Instant, Arc<Board>)>>);

/// The board of an edition on a day.
///
/// # Errors
/// When the database does not answer.
pub async fn board(app: &App, edition: &Edition, day: NaiveDate) -> Result<Arc<Board>, Error> {
    let (edition, zone) = (edition.id, edition.time_zone);
    // Held while computing, so that many viewers wait for one computation instead of starting their own.
    let mut boards = app.admission().boards.0.lock().await;
    if let Some((since, board)) = boards.get(&edition)
        && since.elapsed() < FRESH_FOR
        && board.day == day
    {
        return Ok(board.clone());
    }
    let mut board = store::read::admission::board(&app.reader(), edition, day, app.now()).await?;
    board.operations = operations(app, edition, day, zone).await?;
    let board = Arc::new(board);
    boards.insert(edition, (Instant::now(), board.clone()));
    Ok(board)
}
