//! Earned value and the buffers of the critical chain.

use super::board;
use crate::answer::{Answer, Fail, page};
use crate::earned::{AskedBuffers, AskedValue, ChainBuffers, EarnedValue, names};
use crate::guard::{Staff, may};
use app::App;
use axum::extract::{Query, State};

pub(super) async fn value(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Query(asked): Query<AskedValue>,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let read = EarnedValue::read(&app, &staff.edition, &board, &asked).await?.ok_or(Fail::Missing)?;
    page(read.page(&staff.edition, &board).render(&staff.shell()))
}

pub(super) async fn buffers(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Query(asked): Query<AskedBuffers>,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let read = ChainBuffers::read(&app, &board, &asked).await?.ok_or(Fail::Missing)?;
    let names = names(&board);
    page(read.page(&staff.edition, &board, &names).render(&staff.shell()))
}
