//! Hub mode: this installation follows an upstream over the network and goes on by itself when there is none.
//! The exchange itself is a use case (`app::admission::exchange`); here are the way to the upstream and the rounds.

mod wire;

pub use wire::Wire;

use app::App;
use domain::edition::Edition;
use std::time::Duration;

/// Pause between rounds while the upstream answers.
const ROUND: Duration = Duration::from_secs(3);
/// Longest pause between tries while it does not.
const LONGEST: Duration = Duration::from_secs(30);

/// Exchanges with the upstream, round after round, for ever.
pub async fn follow(app: App, wire: Wire, edition: Edition) {
    let mut pause = ROUND;
    let mut alone = false;
    loop {
        match app::admission::exchange(&app, &wire, &edition).await {
            Ok(done) => {
                if alone {
                    tracing::info!("the upstream answers again");
                }
                (alone, pause) = (false, ROUND);
                if done != app::admission::Exchanged::default() {
                    tracing::debug!(?done, "exchanged with the upstream");
                }
            }
            Err(error) => {
                if !alone {
                    tracing::warn!(%error, "no exchange with the upstream; going on alone");
                }
                (alone, pause) = (true, (pause * 2).min(LONGEST));
            }
        }
        tokio::time::sleep(pause).await;
    }
}
