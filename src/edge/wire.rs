//! HTTP/1.1 to the upstream, with or without TLS: one request a connection, JSON both ways. Small on purpose: no other
//! part of the program calls anybody.

use app::Error;
use app::admission::Upstream;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A call that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than this in an answer is none of ours, bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The way to an upstream for one edition.
pub struct Wire {
    secure: Option<TlsConnector>,
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
            secure: secure.then(tls),
            host: host.to_owned(),
            port,
            prefix: format!("{base}/api/v1/editions/{}/", templates::links::segment(edition)),
            token: token.to_owned(),
        })
    }

    async fn request(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, Error> {
        let text = body.map(|body| body.to_string()).unwrap_or_default();
        let request = format!(
            "{method} {}{path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\naccept: application/json\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
            self.prefix,
            self.host,
            self.token,
            text.len()
        );
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(outside)?;
        stream.set_nodelay(true).map_err(outside)?;
        let answer = match &self.secure {
            None => talk(stream, &request).await?,
            Some(connector) => {
                let name = ServerName::try_from(self.host.clone()).map_err(outside)?;
                talk(connector.connect(name, stream).await.map_err(outside)?, &request).await?
            }
        };
        read(&answer)
    }
}

fn tls() -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider knows the usual versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &str) -> Result<Vec<u8>, Error> {
    stream.write_all(request.as_bytes()).await.map_err(outside)?;
    stream.flush().await.map_err(outside)?;
    let mut answer = Vec::new();
    let mut limited = stream.take(LARGEST);
    match limited.read_to_end(&mut answer).await {
        Ok(_) => Ok(answer),
        // Some servers hang up without the goodbye of TLS; the length of the body tells whether all is there.
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(answer),
        Err(error) => Err(outside(error)),
    }
}

/// The body of a good answer; what a bad one says is the error.
fn read(answer: &[u8]) -> Result<Value, Error> {
    let cut = || outside("the upstream's answer was cut off");
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(cut)?;
    let lines = String::from_utf8_lossy(&answer[..head]).into_owned();
    let status: u16 = lines.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(cut)?;
    let header = |name: &str| {
        lines.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let rest = &answer[head + 4..];
    let body = if header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        unchunk(rest).ok_or_else(cut)?
    } else {
        match header("content-length").and_then(|length| length.parse::<usize>().ok()) {
            Some(length) => rest.get(..length).ok_or_else(cut)?.to_vec(),
            None => rest.to_vec(),
        }
    };
    let value: Value = serde_json::from_slice(&body).unwrap_or_default();
    if (200..300).contains(&status) {
        return Ok(value);
    }
    let said = value["errors"][0]["detail"].as_str().or_else(|| value["title"].as_str()).unwrap_or_default();
    Err(outside(format!("the upstream answered {status} {said}")))
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim().to_owned();
        let size = usize::from_str_radix(&size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
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

    #[test]
    fn answers_are_read_whole_or_not_at_all() {
        let plain = b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{\"a\":1}";
        assert_eq!(read(plain).expect("whole")["a"], 1);
        for cut in [10, 30, plain.len() - 1] {
            assert!(read(&plain[..cut]).is_err(), "cut at {cut}");
        }
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":2}\r\n0\r\n\r\n";
        assert_eq!(read(chunked).expect("whole")["a"], 2);
        assert!(read(&chunked[..chunked.len() - 9]).is_err());
        let refused = b"HTTP/1.1 409 Conflict\r\ncontent-length: 20\r\n\r\n{\"title\":\"Conflict\"}";
        assert!(read(refused).expect_err("refused").to_string().contains("409 Conflict"));
    }

    #[test]
    fn addresses_are_read() {
        let wire = Wire::new("https://fair.example/show", "east-2027", "flt_x").expect("fine");
        assert_eq!((wire.port, wire.prefix.as_str()), (443, "/show/api/v1/editions/east-2027/"));
        assert!(Wire::new("fair.example", "x", "y").is_err());
        assert!(Wire::new("http://fair.example:8080", "x", "").is_err());
    }
}
