//! Live screens: server-sent events from the hub of commits.

use app::{App, Event};
use axum::response::sse::{self, KeepAlive, Sse};
use domain::EditionId;
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio_stream::{Stream, StreamExt, wrappers::BroadcastStream};

/// A stream that names what happened in an edition, for the kinds that `wanted` picks. The event's name is the kind
/// with `.` as `-`; its data the record's id. Whoever listens reads again; after a gap it is told `stale`.
pub fn stream<W>(
    app: &App,
    edition: EditionId,
    wanted: W,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>> + use<W>>
where
    W: Fn(&Event) -> bool + Send + Sync + 'static,
{
    let heard = BroadcastStream::new(app.events().subscribe());
    let heard = heard.filter_map(move |event: Result<Arc<Event>, _>| match event {
        Ok(event) if event.edition == Some(edition) && wanted(&event) => {
            let id = event.subject.id.to_string();
            Some(Ok(sse::Event::default().event(event.kind.replace('.', "-")).data(id)))
        }
        Ok(_) => None,
        Err(_) => Some(Ok(sse::Event::default().event("stale").data(""))),
    });
    Sse::new(heard).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
