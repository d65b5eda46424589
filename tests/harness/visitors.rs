//! Visitors as they come to the public form, and the organizer's list of them.

use super::{Answer, TestApp};
use domain::access::Permission;
use domain::edition::Edition;
use serde_json::Value;

impl TestApp {
    /// What the visitor of a number sends to the public form; `more` are other fields, and fields filled in otherwise.
    pub async fn visitor_sends(&self, edition: &Edition, number: u32, more: &[(&str, &str)]) -> Answer {
        let (submission, email, phone, name) = (
            format!("01890a5d-ac96-774b-bcce-0000000000{number:02}"),
            format!("visitor{number}@example.cn"),
            format!("+86 138 0000 00{number:02}"),
            format!("Person{number}"),
        );
        let mut form = vec![
            ("submission", submission.as_str()),
            ("family_name", name.as_str()),
            ("given_name", "Eva"),
            ("email", email.as_str()),
            ("phone", phone.as_str()),
            ("company", "Werke GmbH"),
            ("country", "DE"),
            ("locale", "en"),
            ("data_processing", "on"),
        ];
        form.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        form.extend_from_slice(more);
        self.visitor().post(&format!("/x/{}/register", edition.slug), &form).await
    }

    /// The registrations a program is given for a query.
    pub async fn registrations(&self, edition: &Edition, query: &str) -> Vec<Value> {
        let mut program = self.program(&[Permission::RegistrationRead], Some(edition.id)).await;
        let answer = program.get(&format!("/api/v1/editions/{}/registrations{query}", edition.slug)).await.expect(200);
        answer.json()["items"].as_array().cloned().expect("a list")
    }
}
