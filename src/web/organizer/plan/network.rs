//! The picture of the dependency network.

use super::board;
use crate::answer::{Answer, page};
use crate::guard::{Staff, may};
use crate::pictures::network_view;
use app::App;
use axum::extract::{RawQuery, State};
use domain::access::Permission;
use templates::organizer::plan::Network;

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, query: RawQuery) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let (links, view) = (board.links(), network_view(&query));
    let mut network = Network::new(&staff.edition.slug, &board.head, &board.rows, &links, &view);
    network.may_export = staff.may(Permission::ExportData);
    page(network.render(&staff.shell()))
}
