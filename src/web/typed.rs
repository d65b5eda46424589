//! A registration form as it arrives: the fixed fields of the draft and the answers to the form's own questions, whose
//! names (`answers.<code>`) are data.

use crate::{answer::Fail, fields::body};
use axum::extract::{FromRequest, Request};
use domain::{Refusal, registration::Draft};

/// A registration as typed, with everything else that was sent.
pub struct Typed {
    /// The registration.
    pub draft: Draft,
    sent: Vec<(String, String)>,
}

impl Typed {
    /// The first value of another field.
    pub fn other(&self, name: &str) -> &str {
        self.sent.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Fail;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fail> {
        let bytes = body(request).await?;
        let unreadable = |_| Fail::from(Refusal::invalid("form-unreadable"));
        let sent: Vec<(String, String)> = serde_html_form::from_bytes(&bytes).map_err(unreadable)?;
        let mut draft: Draft = serde_html_form::from_bytes(&bytes).map_err(unreadable)?;
        draft.answers.clear();
        for (name, value) in &sent {
            let Some(code) = name.strip_prefix("answers.").filter(|_| !value.is_empty()) else { continue };
            // Several boxes of one question arrive one by one.
            let answer = draft.answers.entry(code.to_owned()).or_default();
            if !answer.is_empty() {
                answer.push(',');
            }
            answer.push_str(value);
        }
        Ok(Self { draft, sent })
    }
}
