//! A form that may carry files; without one it may come in the plain encoding too.

use crate::answer::Fail;
use crate::fields::Fields;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use domain::Refusal;
use domain::document::Upload;
use std::collections::BTreeMap;

/// The longest text field, bytes.
const LONGEST: usize = 64 * 1024;

/// The fields and the file of a form.
pub(crate) struct FormWithFile {
    pub(crate) fields: BTreeMap<String, String>,
    /// The file, or why it cannot be taken.
    pub(crate) file: Result<Option<Upload>, Refusal>,
    /// Files of single indicators, sent as `file-<id>`, by that id.
    pub(crate) files: BTreeMap<String, Upload>,
}

impl FormWithFile {
    /// The text of a field, empty when it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

impl<S: Send + Sync> FromRequest<S> for FormWithFile {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        let unreadable = |_| Fail::from(Refusal::invalid("form-unreadable"));
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let Fields(fields) = Fields::<BTreeMap<String, String>>::from_request(request, state).await?;
            return Ok(FormWithFile { fields, file: Ok(None), files: BTreeMap::new() });
        }
        let mut form =
            Multipart::from_request(request, state).await.map_err(|_| Refusal::invalid("form-unreadable"))?;
        let mut read = FormWithFile { fields: BTreeMap::new(), file: Ok(None), files: BTreeMap::new() };
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(unreadable)?;
            match file_name {
                // A browser sends an empty part for a file that was not chosen.
                Some(file_name) if file_name.is_empty() && bytes.is_empty() => {}
                Some(file_name) => match name.strip_prefix("file-") {
                    None => read.file = Upload::check("file", &file_name, bytes.to_vec()).map(Some),
                    Some(id) => match Upload::check(&format!("indicator-{id}"), &file_name, bytes.to_vec()) {
                        Ok(upload) => {
                            read.files.insert(id.to_owned(), upload);
                        }
                        Err(refusal) => read.file = Err(refusal),
                    },
                },
                None if bytes.len() <= LONGEST => {
                    read.fields.insert(name, String::from_utf8_lossy(&bytes).into_owned());
                }
                None => return Err(Refusal::invalid("too-long").at(&name).with("max", LONGEST).into()),
            }
        }
        Ok(read)
    }
}

/// The first file of a form as it came, with its name; `None` when no file was chosen.
///
/// # Errors
/// When the form cannot be read.
pub(crate) async fn raw_file<S: Send + Sync>(request: Request, state: &S) -> Result<Option<(String, Vec<u8>)>, Fail> {
    let unreadable = |_| Fail::from(Refusal::invalid("form-unreadable"));
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        return Ok(None);
    }
    let mut form = Multipart::from_request(request, state).await.map_err(|_| Refusal::invalid("form-unreadable"))?;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let Some(name) = field.file_name().map(str::to_owned) else { continue };
        let bytes = field.bytes().await.map_err(unreadable)?;
        if !name.is_empty() || !bytes.is_empty() {
            return Ok(Some((name, bytes.to_vec())));
        }
    }
    Ok(None)
}
