//! The bulk upload: scans that devices made without network, a thousand in a request, some requests sent twice as after a
//! lost answer. Prints how long it took and that each scan is there once.

use crate::EDITION;
use crate::wire::Wire;
use app::{Clock, SystemClock};
use chrono::Duration;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use store::{Query, Store};

/// Scans in a request: what the interface takes at most.
const PIECE: usize = 1_000;
/// Uploads under way at the same time.
const CONNECTIONS: usize = 8;
/// Every so manieth request is sent once more.
const AGAIN: usize = 20;

/// Hands in so many scans.
pub async fn measure(
    name: &str,
    address: &str,
    url: &str,
    scans: usize,
    keys: &Arc<Vec<String>>,
    codes: &Arc<Vec<String>>,
) {
    let before = rows(url).await;
    let pieces = Arc::new(bodies(scans, codes));
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let callers = (0..CONNECTIONS).map(|_| {
        let (pieces, next, keys, address) = (pieces.clone(), next.clone(), keys.clone(), address.to_owned());
        tokio::spawn(async move {
            let mut wire = Wire::open(&address).await;
            let path = format!("/api/v1/editions/{EDITION}/scans/batch");
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(body) = pieces.get(number) else { return };
                // A device hands in its own scans.
                let key = &keys[number % keys.len()];
                for _ in 0..if number % AGAIN == 0 { 2 } else { 1 } {
                    let answer = wire.post(&path, key, body).await;
                    assert_eq!(answer.status, 200, "{}", answer.text());
                }
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.expect("a caller ends");
    }
    let took = begun.elapsed().as_secs_f64();
    let there = rows(url).await - before;
    println!("{name} bulk_scans {scans} seconds {took:.1} scans_per_second {:.0}", scans as f64 / took);
    println!(
        "{name} bulk_scans {scans} rows {there} lost_or_doubled {}",
        (there - i64::try_from(scans).expect("small")).abs()
    );
    assert_eq!(there, i64::try_from(scans).expect("small"), "each scan is there once");
}

async fn rows(url: &str) -> i64 {
    let store = Store::open(url, 1).await.expect("the database opens");
    let count = store.reader().scalar("select count(*) from scan", Vec::new()).await.expect("an answer");
    store.close().await;
    count.unwrap_or(0)
}

/// The requests, made before the clock starts: people come in, leave, come in again, over the last hours.
fn bodies(scans: usize, codes: &[String]) -> Vec<String> {
    let from = SystemClock.now() - Duration::hours(6);
    let step = Duration::hours(5) / i32::try_from(scans.max(1)).expect("a few million");
    let mut bodies = Vec::new();
    let mut number = 0;
    while number < scans {
        let size = PIECE.min(scans - number);
        let mut body = String::with_capacity(size * 220);
        body.push_str(r#"{"scans":["#);
        for at in 0..size {
            let scan = number + at;
            let (code, direction) =
                (&codes[scan % codes.len()], if (scan / codes.len()).is_multiple_of(2) { "in" } else { "out" });
            let (id, time) = (app::chance::id::<domain::ScanId>(), from + step * i32::try_from(scan).expect("small"));
            let comma = if at == 0 { "" } else { "," };
            let time = time.to_rfc3339();
            let _ = write!(
                body,
                r#"{comma}{{"id":"{id}","sequence":{scan},"code":"{code}","direction":"{direction}","device_time":"{time}","offset_ms":0,"shown":"admit"}}"#
            );
        }
        body.push_str("]}");
        bodies.push(body);
        number += size;
    }
    bodies
}
