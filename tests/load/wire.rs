//! HTTP/1.1 over one kept connection, as lean as it gets: the machine's two cores belong to the server.

use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A kept connection.
pub struct Wire {
    stream: TcpStream,
    host: String,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn expect_json(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// Waits until the server answers.
pub async fn wait_for(address: &str) {
    for _ in 0..600 {
        if TcpStream::connect(address).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the server does not come up at {address}");
}

impl Wire {
    pub async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server accepts");
        stream.set_nodelay(true).expect("a socket option");
        Self { stream, host: address.to_owned(), buffer: Vec::with_capacity(4096) }
    }

    /// Posts JSON with a bearer key.
    pub async fn post(&mut self, path: &str, key: &str, body: &str) -> Answer {
        self.send("POST", path, key, body).await
    }

    /// Sends JSON with a bearer key.
    pub async fn send(&mut self, method: &str, path: &str, key: &str, body: &str) -> Answer {
        let host = &self.host;
        let bearer = if key.is_empty() { String::new() } else { format!("authorization: Bearer {key}\r\n") };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{bearer}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await.expect("the server reads");
        self.answer().await
    }

    async fn answer(&mut self) -> Answer {
        let head = loop {
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await;
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
        let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status line");
        let length = text.split("content-length:").nth(1).and_then(|rest| rest.lines().next());
        let length: usize = length.and_then(|n| n.trim().parse().ok()).expect("a content length");
        while self.buffer.len() < head + length {
            self.more().await;
        }
        let body = self.buffer[head..head + length].to_vec();
        self.buffer.drain(..head + length);
        Answer { status, body }
    }

    async fn more(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.expect("the server writes");
        assert!(read > 0, "the server hung up");
    }
}
