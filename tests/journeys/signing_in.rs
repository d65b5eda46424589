//! Signing in, being refused, signing out.

use crate::harness::verbs::PASSWORD;
use domain::access::Role;

both_databases! {
    async fn a_member_signs_in_and_out(t: TestApp) {
        let edition = t.edition("door").await;
        let mut caller = t.staff(Role::Manager, edition.id).await;
        caller.get("/editions").await.expect(200).shows("Show door");
        caller.post("/signout", &[]).await.expect(303);
        let answer = caller.get("/editions").await.expect(303);
        assert!(answer.location().starts_with("/signin"), "{}", answer.location());
    }

    async fn a_wrong_password_and_an_unknown_address_look_alike(t: TestApp) {
        t.user("anna@fairlead.example", false, &[]).await;
        let mut texts = Vec::new();
        for email in ["anna@fairlead.example", "nobody@fairlead.example"] {
            let answer = t.visitor().post("/signin", &[("email", email), ("password", "not it at all")]).await.expect(422);
            texts.push(answer.text.replace(email, ""));
        }
        assert_eq!(texts[0], texts[1]);
        assert!(!texts[0].contains(PASSWORD));
    }

    async fn guessing_is_slowed_down(t: TestApp) {
        t.user("anna@fairlead.example", false, &[]).await;
        let mut caller = t.visitor();
        for _ in 0..30 {
            caller.post("/signin", &[("email", "anna@fairlead.example"), ("password", "guess guess 1")]).await;
        }
        let answer = caller.post("/signin", &[("email", "anna@fairlead.example"), ("password", PASSWORD)]).await;
        assert_ne!(answer.status.as_u16(), 303, "the right password after thirty wrong ones must wait");
        t.wait(chrono::Duration::hours(2));
        caller.post("/signin", &[("email", "anna@fairlead.example"), ("password", PASSWORD)]).await.expect(303);
    }

    async fn a_form_sent_from_elsewhere_is_refused(t: TestApp) {
        let client = reqwest::Client::new();
        let answer = client
            .post(format!("http://{}/signin", t.address))
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://evil.example")
            .form(&[("email", "a@b.example"), ("password", "x")])
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status().as_u16(), 403);
    }
}
