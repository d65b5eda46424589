//! A device that is withdrawn while it scans: every scan is either in the log or was refused, and nothing in between.

use super::door::{Show, scan_id};
use reqwest::Method;
use serde_json::json;

/// Scans under way at once when the device is withdrawn.
const SCANS: usize = 60;

both_databases! {
    async fn a_device_withdrawn_in_the_middle_has_in_the_log_what_it_was_told(t: TestApp) {
        let mut show = Show::of(&t, "middle").await;
        let gate = show.gate(&t, "N1", None).await;
        let (id, device) = show.device(&t, &gate, "steward").await;
        let (_, code) = show.badge(&t, "Middle", "").await;
        let path = show.path("scans");
        let calls: Vec<_> = (0..SCANS)
            .map(|number| {
                let (mut device, path) = (device.clone(), path.clone());
                let scan = json!({"id": scan_id(), "sequence": number, "code": code, "direction": "in"});
                tokio::spawn(async move { device.send_json(Method::POST, &path, &scan).await.status.as_u16() })
            })
            .collect();
        let revoke = show.path(&format!("devices/{id}/revoke"));
        show.program.send_json(Method::POST, &revoke, &json!({})).await.expect(204);
        let (mut taken, mut refused) = (0, 0);
        for call in calls {
            match call.await.expect("an answer") {
                200 => taken += 1,
                // The guard knew already, or the scan writer heard of it first.
                401 | 409 => refused += 1,
                other => panic!("{other} is neither"),
            }
        }
        assert_eq!(taken + refused, SCANS);
        let log = show.program.get(&show.path("scans?limit=200")).await.expect(200).json();
        assert_eq!(log["items"].as_array().expect("a list").len(), taken, "acknowledged is durable, refused is nowhere");
        let late = json!({"id": scan_id(), "sequence": 999, "code": code, "direction": "in"});
        device.clone().send_json(Method::POST, &path, &late).await.expect(401);
    }
}
