//! Signing in, being refused, signing out.

use crate::harness::TestApp;
use crate::harness::verbs::PASSWORD;
use domain::access::Role;
use store::Query;

/// The links for new passwords that were mailed, oldest first.
async fn links(t: &TestApp) -> Vec<String> {
    let rows = t.app.reader().rows("select body_text from mail order by id", vec![]).await.expect("rows");
    let texts = rows.iter().map(|row| row.get::<String>(0).expect("text"));
    let secret = |text: String| {
        let after = text.split("/signin/reset/").nth(1).expect("a link").to_owned();
        after.split_whitespace().next().expect("a secret").to_owned()
    };
    texts.map(|text| format!("/signin/reset/{}", secret(text))).collect()
}

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

    async fn a_forgotten_password_is_chosen_anew_by_mail_and_nobody_else_learns_of_the_account(t: TestApp) {
        t.user("anna@fairlead.example", false, &[]).await;
        let mut anna = t.sign_in("anna@fairlead.example").await;
        let mut visitor = t.visitor();
        let mut texts = Vec::new();
        for email in ["anna@fairlead.example", "nobody@fairlead.example"] {
            texts.push(visitor.post("/signin/forgotten", &[("email", email)]).await.expect(200).text);
        }
        assert_eq!(texts[0], texts[1], "the page does not tell who has an account");
        let [link] = &links(&t).await[..] else { panic!("one mail, to the one account") };
        visitor.get("/signin/reset/flr_unknown").await.expect(404);
        visitor.get(&link.replace("/signin/", "/portal/")).await.expect(404);
        visitor.get(link).await.expect(200);
        let weak = [("password", "short"), ("repeat", "short")];
        visitor.post(link, &weak).await.expect(422);
        let good = [("password", "a quite new sentence"), ("repeat", "a quite new sentence")];
        visitor.post(link, &good).await.expect(303);
        // It works once, ends every session, and the old password is gone.
        visitor.post(link, &good).await.expect(404);
        anna.get("/editions").await.expect(303);
        visitor.post("/signin", &[("email", "anna@fairlead.example"), ("password", PASSWORD)]).await.expect(422);
        let new = [("email", "anna@fairlead.example"), ("password", "a quite new sentence")];
        visitor.post("/signin", &new).await.expect(303);
        // An hour later a link is worth nothing.
        visitor.post("/signin/forgotten", &[("email", "anna@fairlead.example")]).await.expect(200);
        t.wait(chrono::Duration::minutes(61));
        let [_, late] = &links(&t).await[..] else { panic!("a second mail") };
        visitor.post(late, &good).await.expect(404);
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
        let client = crate::harness::http().build().expect("a client");
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
