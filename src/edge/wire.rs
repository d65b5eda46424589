//! HTTP to the upstream, with or without TLS: one request a connection, JSON both ways.

use app::Error;
use app::admission::Upstream;
use reqwest::header::ACCEPT;
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// A call that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than this in an answer is none of ours, bytes.
const LARGEST: usize = 64 * 1024 * 1024;
/// An answer that is not all there.
const CUT: &str = "the upstream's answer was cut off";

/// The way to an upstream for one edition.
pub struct Wire {
    client: Client,
    scheme: &'static str,
    host: String,
    port: u16,
    prefix: String,
    token: String,
}

fn outside(error: impl ToString) -> Error {
    Error::Outside(error.to_string())
}

impl Wire {
    /// A way to `http://host:port` or `https://host`, for an edition, with a token of the upstream.
    ///
    /// # Errors
    /// A sentence when the address is neither.
    pub fn new(address: &str, edition: &str, token: &str) -> Result<Self, String> {
        let (secure, rest) = match address.split_once("://") {
            Some(("https", rest)) => (true, rest),
            Some(("http", rest)) => (false, rest),
            _ => return Err(format!("{address} begins neither with http:// nor with https://")),
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| format!("{port} is no port"))?),
            None => (authority, if secure { 443 } else { 80 }),
        };
        if host.is_empty() || token.is_empty() {
            return Err("the upstream needs a host, and a token in FAIRLEAD_UPSTREAM_TOKEN".to_owned());
        }
        let base = path.trim_end_matches('/');
        let base = if base.is_empty() { String::new() } else { format!("/{base}") };
        Ok(Self {
            client: client()?,
            scheme: if secure { "https" } else { "http" },
            host: host.to_owned(),
            port,
            prefix: format!("{base}/api/v1/editions/{}/", templates::links::segment(edition)),
            token: token.to_owned(),
        })
    }

    async fn request(&self, method: &'static str, path: &str, body: Option<Value>) -> Result<Value, Error> {
        let address = format!("{}://{}:{}{}{path}", self.scheme, self.host, self.port, self.prefix);
        let method = Method::from_bytes(method.as_bytes()).map_err(outside)?;
        let mut request =
            self.client.request(method, address).bearer_auth(&self.token).header(ACCEPT, "application/json");
        if let Some(body) = body {
            request = request.json(&body);
        }
        let mut answer = request.send().await.map_err(outside)?;
        let (status, mut text) = (answer.status(), Vec::new());
        while let Some(piece) = answer.chunk().await.map_err(|_| outside(CUT))? {
            text.extend_from_slice(&piece);
            if text.len() > LARGEST {
                return Err(outside(CUT));
            }
        }
        let value: Value = serde_json::from_slice(&text).unwrap_or_default();
        if status.is_success() {
            return Ok(value);
        }
        let said = value["errors"][0]["detail"].as_str().or_else(|| value["title"].as_str()).unwrap_or_default();
        Err(outside(format!("the upstream answered {} {said}", status.as_u16())))
    }
}

/// A client with the cryptography of the rest of the binary and the roots that come with it. Answers are taken as they
/// come: no other place is gone to, no connection is kept.
fn client() -> Result<Client, String> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows the usual versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = Client::builder().tls_backend_preconfigured(config).redirect(Policy::none()).pool_max_idle_per_host(0);
    client.no_proxy().http1_only().build().map_err(|error| error.to_string())
}

impl Upstream for Wire {
    async fn call(&self, method: &'static str, path: &str, body: Option<Value>) -> Result<Value, Error> {
        let late = |_| outside("the upstream does not answer in time");
        tokio::time::timeout(PATIENCE, self.request(method, path, body)).await.map_err(late)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// What a call makes of an answer that comes as these bytes.
    async fn read(answer: &[u8]) -> Result<Value, Error> {
        let upstream = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", upstream.local_addr().expect("an address"));
        let answer = answer.to_vec();
        let server = tokio::spawn(async move {
            let (mut stream, _) = upstream.accept().await.expect("a caller");
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked).await;
            stream.write_all(&answer).await.expect("said");
        });
        let said = Wire::new(&address, "east-2027", "flt_x").expect("fine").call("GET", "hub", None).await;
        server.await.expect("the upstream ends");
        said
    }

    #[tokio::test]
    async fn answers_are_read_whole_or_not_at_all() {
        let plain = b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{\"a\":1}";
        assert_eq!(read(plain).await.expect("whole")["a"], 1);
        for cut in [10, 30, plain.len() - 1] {
            assert!(read(&plain[..cut]).await.is_err(), "cut at {cut}");
        }
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":2}\r\n0\r\n\r\n";
        assert_eq!(read(chunked).await.expect("whole")["a"], 2);
        assert!(read(&chunked[..chunked.len() - 9]).await.is_err());
        let refused = b"HTTP/1.1 409 Conflict\r\ncontent-length: 20\r\n\r\n{\"title\":\"Conflict\"}";
        assert!(read(refused).await.expect_err("refused").to_string().contains("409 Conflict"));
    }

    #[test]
    fn addresses_are_read() {
        let wire = Wire::new("https://fair.example/show", "east-2027", "flt_x").expect("fine");
        assert_eq!((wire.port, wire.prefix.as_str()), (443, "/show/api/v1/editions/east-2027/"));
        assert!(Wire::new("fair.example", "x", "y").is_err());
        assert!(Wire::new("http://fair.example:8080", "x", "").is_err());
    }
}
