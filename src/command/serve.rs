//! `fairlead serve`: everything in one process, stopped gracefully.

use super::Ended;
use crate::{boot, config::Config, worker};
use app::App;
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

/// How long open requests may take to end once asked to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until the process is asked to stop (Ctrl-C or SIGTERM).
pub async fn serve(config: &Config) -> Result<(), Ended> {
    boot::negative_control()?;
    let app = boot::app(config).await?;
    serve_with(config, app, |_, _| {}).await
}

/// Serves, with more going on beside requests.
pub async fn serve_with(
    config: &Config,
    app: App,
    more: impl FnOnce(&mut JoinSet<()>, &watch::Receiver<bool>),
) -> Result<(), Ended> {
    let listener = TcpListener::bind(config.listen).await.map_err(|e| {
        Ended::Failed(format!("cannot listen on {}: {e} (another address: FAIRLEAD_LISTEN)", config.listen))
    })?;
    let (stop, stopping) = watch::channel(false);
    let mut workers = worker::start(&app, &stopping);
    more(&mut workers, &stopping);
    let service = web::service(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(address = %config.listen, "serving {}", config.public_url());
    let mut drained = stopping.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        stop.send(true).ok();
    });
    let overtime = async move {
        drained.wait_for(|stop| *stop).await.ok();
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        ended = server.into_future() => ended.map_err(|e| Ended::Failed(e.to_string()))?,
        () = overtime => tracing::info!("streams and slow requests were cut"),
    }
    while workers.join_next().await.is_some() {}
    app.store().clone().close().await;
    Ok(())
}

async fn asked_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
