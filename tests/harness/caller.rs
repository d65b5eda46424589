//! Someone at the other end of the wire: a browser with its cookies, a program with its token, a device with its key.

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, StatusCode, redirect};
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// A caller. It keeps cookies and does not follow redirects: tests look at them.
#[derive(Clone)]
pub struct Caller {
    address: SocketAddr,
    client: Client,
    cookies: BTreeMap<String, String>,
    bearer: Option<String>,
}

/// A stream of server-sent events.
pub struct Stream {
    response: reqwest::Response,
    heard: String,
}

impl Stream {
    /// The next event as it stands in the stream; nothing when none comes in time.
    pub async fn next(&mut self, within: std::time::Duration) -> Option<String> {
        let wait = async {
            loop {
                if let Some((event, rest)) = self.heard.split_once("\n\n") {
                    let (event, rest) = (event.to_owned(), rest.to_owned());
                    self.heard = rest;
                    if !event.starts_with(':') {
                        return Some(event);
                    }
                    continue;
                }
                let bytes = self.response.chunk().await.ok()??;
                self.heard.push_str(&String::from_utf8_lossy(&bytes));
            }
        };
        tokio::time::timeout(within, wait).await.ok().flatten()
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// Where it sends the caller, if it does.
    pub fn location(&self) -> &str {
        self.headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// Asserts the status and shows the body when it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.location(), self.text);
        self
    }

    /// Asserts that a text is on the page.
    #[track_caller]
    pub fn shows(self, text: &str) -> Self {
        assert!(self.text.contains(text), "`{text}` is not in: {}", self.text);
        self
    }
}

/// A client in the making, with the cryptography the binary uses.
pub fn http() -> reqwest::ClientBuilder {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
}

impl Caller {
    /// A caller without anything.
    pub fn new(address: SocketAddr) -> Self {
        let client = http().redirect(redirect::Policy::none()).build().expect("a client");
        Self { address, client, cookies: BTreeMap::new(), bearer: None }
    }

    /// The same caller with a token or a device key.
    pub fn with_bearer(&self, secret: &str) -> Self {
        Self { bearer: Some(secret.to_owned()), ..self.clone() }
    }

    /// The secret it speaks with, if it has one.
    pub fn bearer(&self) -> Option<&str> {
        self.bearer.as_deref()
    }

    /// This caller's address with the key of another.
    pub fn with_bearer_of(&self, other: &Self) -> Self {
        Self { bearer: other.bearer.clone(), ..self.clone() }
    }

    /// Listens to server-sent events.
    pub async fn stream(&self, path: &str) -> Stream {
        let response = self.request(Method::GET, path).send().await.expect("the app answers");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        Stream { response, heard: String::new() }
    }

    /// The same caller with a cookie.
    pub fn with_cookie(&self, name: &str, value: &str) -> Self {
        let mut caller = self.clone();
        caller.cookies.insert(name.to_owned(), value.to_owned());
        caller
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Fetches a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    /// Fetches a file.
    pub async fn bytes(&mut self, path: &str) -> Vec<u8> {
        let response = self.request(Method::GET, path).send().await.expect("the app answers");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.bytes().await.expect("a body").to_vec()
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::POST, path).form(fields);
        self.send(request).await
    }

    /// Sends a form and asks for JSON, as scripts of a page do.
    pub async fn post_for_json(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::POST, path).header(reqwest::header::ACCEPT, "application/json").form(fields);
        self.send(request).await
    }

    /// Sends a form with a file.
    pub async fn post_file(&mut self, path: &str, fields: &[(&str, &str)], file: (&str, &str, Vec<u8>)) -> Answer {
        let mut form = reqwest::multipart::Form::new();
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        let (field, name, content) = file;
        let part = reqwest::multipart::Part::bytes(content).file_name(name.to_owned());
        let request = self.request(Method::POST, path).multipart(form.part(field.to_owned(), part));
        self.send(request).await
    }

    /// Sends bytes as they are.
    pub async fn post_bytes(&mut self, path: &str, body: Vec<u8>) -> Answer {
        let request = self.request(Method::POST, path).body(body);
        self.send(request).await
    }

    /// Sends JSON.
    pub async fn send_json(&mut self, method: Method, path: &str, body: &serde_json::Value) -> Answer {
        let request = self.request(method, path).json(body);
        self.send(request).await
    }

    /// Sends a body as it is.
    pub async fn send_body(&mut self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = self.request(method, path).header(reqwest::header::CONTENT_TYPE, kind).body(body);
        self.send(request).await
    }

    /// Calls and looks at the status and headers only; the body is not awaited (streams have no end).
    pub async fn knock(&self, method: Method, path: &str) -> Answer {
        let api = path.starts_with("/api/");
        let mut request = self.request(method.clone(), path);
        if method != Method::GET {
            request = if api { request.json(&serde_json::json!({})) } else { request.form(&[("", "")]) };
        }
        let response = request.send().await.expect("the app answers");
        Answer { status: response.status(), headers: response.headers().clone(), text: String::new() }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.client.request(method, format!("http://{}{path}", self.address));
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, all.join("; "));
        }
        if let Some(bearer) = &self.bearer {
            request = request.header(AUTHORIZATION, format!("Bearer {bearer}"));
        }
        request
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("the app answers");
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(SET_COOKIE) {
            self.keep(cookie.to_str().unwrap_or_default());
        }
        let bytes = response.bytes().await.expect("a whole body");
        Answer { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    fn keep(&mut self, cookie: &str) {
        let Some((name, rest)) = cookie.split_once('=') else { return };
        let value = rest.split(';').next().unwrap_or_default();
        if value.is_empty() || rest.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
