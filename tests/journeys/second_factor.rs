//! The second factor and everybody's own account, at both doors.

use crate::harness::verbs::PASSWORD;
use crate::harness::{Answer, Caller, TestApp};
use chrono::Duration;
use data_encoding::BASE32_NOPAD;
use domain::access::second_factor::{code, step_at};
use domain::access::{Permission, Role};
use store::Query;

const ANNA: &str = "anna@fairlead.example";

/// Somebody with an authenticator app.
struct Phone {
    secret: Vec<u8>,
    recovery: Vec<String>,
}

impl Phone {
    /// What it shows now.
    fn code(&self, t: &TestApp) -> String {
        code(&self.secret, step_at(t.now()))
    }
}

/// The text between two others, the first time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("`{before}` is not in: {text}"));
    rest.split(after).next().expect("it ends")
}

/// Sets up a second factor on the account page of a door and looks at everything on the way.
async fn set_up(t: &TestApp, own: &mut Caller, account: &str) -> Phone {
    own.post(&format!("{account}/second-factor/begin"), &[("begin_password", "not it")]).await.expect(422);
    own.post(&format!("{account}/second-factor/begin"), &[("begin_password", PASSWORD)]).await.expect(303);
    let path = format!("{account}/second-factor");
    let page = own.get(&path).await.expect(200).shows("<svg").text;
    let text = between(&page, "<code class=\"secret\">", "</code>").replace(' ', "");
    let secret = BASE32_NOPAD.decode(text.as_bytes()).expect("base32");
    assert_eq!(secret.len(), 20);
    let mut phone = Phone { secret, recovery: Vec::new() };
    own.post(&path, &[("code", "000000")]).await.expect(422);
    // Nothing is asked for before it is confirmed.
    let told = own.post(&path, &[("code", &phone.code(t))]).await.expect(200).text;
    let list = between(&told, "recovery-codes", "</ul>");
    let codes = list.split("<code>").skip(1).filter_map(|rest| rest.split("</code>").next());
    phone.recovery = codes.map(str::to_owned).collect();
    assert_eq!(phone.recovery.iter().map(String::len).collect::<Vec<_>>(), [19; 10]);
    assert_eq!(own.get(&path).await.expect(303).location(), account, "shown once");
    let sealed = t.app.reader().rows("select sealed from second_factor", vec![]).await.expect("rows");
    let sealed: String = sealed[0].get(0).expect("text");
    assert!(!sealed.contains(&domain::text::hex(&phone.secret)), "not readable in the database");
    phone
}

/// The first step of signing in; where it leads.
async fn password(caller: &mut Caller, door: &str, email: &str, password: &str) -> Answer {
    caller.post(door, &[("email", email), ("password", password)]).await
}

async fn texts(t: &TestApp, to: &str) -> Vec<String> {
    let sql = "select subject from mail where to_address = $1 order by id";
    let rows = t.app.reader().rows(sql, vec![to.into()]).await.expect("rows");
    rows.iter().map(|row| row.get(0).expect("text")).collect()
}

async fn facts(t: &TestApp, kind: &str) -> i64 {
    let sql = "select count(*) from fact where kind = $1";
    t.app.reader().scalar(sql, vec![kind.into()]).await.expect("a count").unwrap_or(0)
}

/// Everything between a right password and a session, at either door.
async fn asked_at_the_door(t: &TestApp, own: &mut Caller, base: &str, email: &str, home: &str) {
    let (door, account) = (format!("{base}/signin"), format!("{base}/account"));
    let asks = format!("{door}/code");
    let phone = set_up(t, own, &account).await;
    let used = phone.code(t);

    let mut other = t.visitor();
    password(&mut other, &door, email, "wrong horse 42").await.expect(422);
    let first = password(&mut other, &door, email, PASSWORD).await.expect(303);
    assert!(first.location().starts_with(&asks), "{}", first.location());
    other.get(&asks).await.expect(200);
    assert!(other.get(home).await.expect(303).location().contains("/signin"), "no session yet");
    other.get(&account).await.expect(303);

    // The code of the setting up was used; a wrong one, nonsense and nothing look the same but for nothing.
    other.post(&asks, &[("code", &used)]).await.expect(422);
    other.post(&asks, &[("code", "twelve")]).await.expect(422);
    other.post(&asks, &[("code", "")]).await.expect(422);
    t.wait(Duration::seconds(31));
    let good = phone.code(t);
    assert_eq!(other.post(&asks, &[("code", &good), ("then", home)]).await.expect(303).location(), home);
    other.get(home).await.expect(200);

    // Nobody gets in with the same code, not even with the right password, and not through the spent first step.
    let mut thief = t.visitor();
    password(&mut thief, &door, email, PASSWORD).await.expect(303);
    thief.post(&asks, &[("code", &good)]).await.expect(422);
    assert!(other.post(&asks, &[("code", &good)]).await.expect(303).location().ends_with("/signin"));

    // A recovery code works once, however it is typed.
    let typed = phone.recovery[3].to_uppercase().replace('-', " ");
    thief.post(&asks, &[("code", &typed)]).await.expect(303);
    let mut again = t.visitor();
    password(&mut again, &door, email, PASSWORD).await.expect(303);
    again.post(&asks, &[("code", &typed)]).await.expect(422);

    // What waits is worth nothing after ten minutes, and nothing at the other door.
    let cookie =
        if base.is_empty() { ("fl_waiting", "fl_portal_waiting") } else { ("fl_portal_waiting", "fl_waiting") };
    let secret = again.cookie(cookie.0).expect("a cookie").to_owned();
    let elsewhere = if base.is_empty() { "/portal/signin/code" } else { "/signin/code" };
    t.visitor().with_cookie(cookie.1, &secret).get(elsewhere).await.expect(303);
    t.wait(Duration::minutes(11));
    assert!(again.post(&asks, &[("code", &phone.code(t))]).await.expect(303).location().ends_with("/signin"));

    ended_by_its_owner(t, own, &account, &phone).await;
    let direct = password(&mut t.visitor(), &door, email, PASSWORD).await.expect(303);
    assert!(!direct.location().contains("/code"), "{}", direct.location());
}

async fn ended_by_its_owner(t: &TestApp, own: &mut Caller, account: &str, phone: &Phone) {
    let end = format!("{account}/second-factor/end");
    let code = phone.code(t);
    own.post(&end, &[("end_password", "not it"), ("end_code", &code)]).await.expect(422);
    own.post(&end, &[("end_password", PASSWORD), ("end_code", "123")]).await.expect(422);
    own.post(&end, &[("end_password", PASSWORD), ("end_code", &code)]).await.expect(303);
    assert_eq!(
        own.post(&end, &[("end_password", PASSWORD), ("end_code", &code)]).await.expect(303).location(),
        account
    );
    let left = t.app.reader().scalar::<i64>("select count(*) from recovery_code", vec![]).await.expect("a count");
    assert_eq!(left, Some(0));
}

both_databases! {
    async fn the_team_is_asked_for_a_code(t: TestApp) {
        t.user(ANNA, false, &[]).await;
        let mut anna = t.sign_in(ANNA).await;
        asked_at_the_door(&t, &mut anna, "", ANNA, "/editions").await;
        assert_eq!(texts(&t, ANNA).await, ["Second factor set up", "Second factor ended"]);
        for (kind, times) in [("set", 1), ("ended", 1)] {
            assert_eq!(facts(&t, &format!("user.second_factor_{kind}")).await, times);
        }
        assert_eq!(facts(&t, "user.recovery_code_used").await, 1);
    }

    async fn an_exhibitor_is_asked_for_a_code(t: TestApp) {
        let edition = t.edition("codes").await;
        let mut contact = t.contact(&edition).await;
        asked_at_the_door(&t, &mut contact, "/portal", "eva@probe.example", "/portal").await;
        assert_eq!(facts(&t, "exhibitor.contact_second_factor_ended").await, 1);
        contact.get("/portal/account").await.expect(200).shows("eva@probe.example");
    }

    async fn guessing_codes_is_slowed_down_and_told_to_the_owner(t: TestApp) {
        t.user(ANNA, false, &[]).await;
        let mut anna = t.sign_in(ANNA).await;
        let phone = set_up(&t, &mut anna, "/account").await;
        t.wait(Duration::minutes(1));
        // Many at once: they are judged one after the other.
        let mut first = t.visitor();
        password(&mut first, "/signin", ANNA, PASSWORD).await.expect(303);
        let guesses = (0..24).map(|guess| {
            let mut thief = first.clone();
            tokio::spawn(async move { thief.post("/signin/code", &[("code", &format!("{guess:06}"))]).await })
        });
        for guess in guesses.collect::<Vec<_>>() {
            guess.await.expect("an answer").expect(422);
        }
        let tried = "select count(*) from signin_attempt where \"key\" like 'code:%' and ok = $1";
        let tried: Option<i64> = t.app.reader().scalar(tried, vec![false.into()]).await.expect("a count");
        assert_eq!(tried, Some(8), "no ninth guess was looked at");
        first.post("/signin/code", &[("code", &phone.code(&t))]).await.expect(422).shows("15");
        first.post("/signin/code", &[("code", &phone.recovery[0])]).await.expect(422);
        assert_eq!(texts(&t, ANNA).await, ["Second factor set up", "Somebody has your password"]);
        t.wait(Duration::minutes(16));
        password(&mut first, "/signin", ANNA, PASSWORD).await.expect(303);
        first.post("/signin/code", &[("code", &phone.code(&t))]).await.expect(303);
        first.get("/editions").await.expect(200);
    }

    async fn a_forgotten_password_is_no_way_around_it(t: TestApp) {
        t.user(ANNA, false, &[]).await;
        let mut anna = t.sign_in(ANNA).await;
        let phone = set_up(&t, &mut anna, "/account").await;
        let mut thief = t.visitor();
        password(&mut thief, "/signin", ANNA, PASSWORD).await.expect(303);
        thief.post("/signin/forgotten", &[("email", ANNA)]).await.expect(200);
        let mails = t.app.reader().rows("select body_text from mail order by id desc", vec![]).await.expect("rows");
        let text: String = mails[0].get(0).expect("text");
        let link = format!("/signin/reset/{}", between(&text, "/signin/reset/", "\n").trim());
        let new = "a quite new sentence";
        thief.post(&link, &[("password", new), ("repeat", new)]).await.expect(303);
        t.wait(Duration::seconds(31));
        // What waited on the old password is over; the new one leads to the same question.
        let code = phone.code(&t);
        assert_eq!(thief.post("/signin/code", &[("code", &code)]).await.expect(303).location(), "/signin");
        let asked = password(&mut thief, "/signin", ANNA, new).await.expect(303);
        assert!(asked.location().starts_with("/signin/code"));
        thief.get("/editions").await.expect(303);
        thief.post("/signin/code", &[("code", &code)]).await.expect(303);
        thief.get("/editions").await.expect(200);
    }

    async fn an_administrator_ends_that_of_somebody_who_lost_it(t: TestApp) {
        let anna = t.user(ANNA, false, &[]).await;
        let mut own = t.sign_in(ANNA).await;
        set_up(&t, &mut own, "/account").await;
        let end = format!("/users/{anna}/second-factor/end");
        let edition = t.edition("lost").await;
        t.staff(Role::Director, edition.id).await.post(&end, &[]).await.expect(403);
        own.post(&end, &[]).await.expect(403);
        let mut admin = t.admin().await;
        admin.get("/users").await.expect(200).shows(&end);
        admin.post(&end, &[]).await.expect(303);
        admin.post(&end, &[]).await.expect(404);
        t.sign_in(ANNA).await.get("/account").await.expect(200);
        assert_eq!(texts(&t, ANNA).await, ["Second factor set up", "Second factor ended"]);
        // One's own is ended with a code, not from here.
        set_up(&t, &mut admin, "/account").await;
        let me = t.user("admin@fairlead.example", true, &[]).await;
        admin.post(&format!("/users/{me}/second-factor/end"), &[]).await.expect(409);
    }

    async fn the_team_ends_that_of_a_contact_who_lost_it(t: TestApp) {
        let edition = t.edition("lost").await;
        let mut contact = t.contact(&edition).await;
        set_up(&t, &mut contact, "/portal/account").await;
        let sql = "select id, participation_id from contact";
        let rows = t.app.reader().rows(sql, vec![]).await.expect("rows");
        let [id, exhibitor] = [0, 1].map(|at| rows[0].get::<uuid::Uuid>(at).expect("an id"));
        let record = format!("/e/lost/exhibitor/{exhibitor}");
        let end = format!("{record}/contacts/{id}/second-factor/end");
        let mut sales = t.staff(Role::Sales, edition.id).await;
        sales.get(&record).await.expect(200).shows(&end);
        let elsewhere = t.edition("elsewhere").await;
        let mut stranger = t.staff(Role::Sales, elsewhere.id).await;
        stranger.post(&end.replace("/e/lost/", "/e/elsewhere/"), &[]).await.expect(404);
        sales.post(&end, &[]).await.expect(303);
        sales.post(&end, &[]).await.expect(404);
        let mut again = t.visitor();
        let into = password(&mut again, "/portal/signin", "eva@probe.example", PASSWORD).await.expect(303);
        assert_eq!(into.location(), "/portal");
        sales.get(&record).await.expect(200).shows("Second factor of");
    }

    async fn programs_are_not_asked(t: TestApp) {
        let anna = t.user(ANNA, true, &[]).await;
        let mut program = t.program_of(anna, &[Permission::EditionRead], None).await;
        let mut own = t.sign_in(ANNA).await;
        set_up(&t, &mut own, "/account").await;
        program.get("/api/v1/editions").await.expect(200);
    }

    async fn everybody_keeps_their_own_account(t: TestApp) {
        t.user(ANNA, false, &[]).await;
        let (mut here, mut there) = (t.sign_in(ANNA).await, t.sign_in(ANNA).await);
        here.get("/account").await.expect(200).shows(ANNA).shows("/account/sessions/end");
        here.post("/account", &[("name", " "), ("locale", "en")]).await.expect(422);
        here.post("/account", &[("name", "Anna Lin"), ("locale", "zh-CN")]).await.expect(303);
        here.get("/account").await.expect(200).shows("Anna Lin").shows("我的账户");
        here.post("/account/sessions/end", &[]).await.expect(303);
        there.get("/account").await.expect(303);
        let mut there = t.sign_in(ANNA).await;
        let change = |current, new, repeat| [("current", current), ("password", new), ("repeat", repeat)];
        let new = "a quite new sentence";
        here.post("/account/password", &change("not it", new, new)).await.expect(422);
        here.post("/account/password", &change(PASSWORD, new, "another sentence")).await.expect(422);
        here.post("/account/password", &change(PASSWORD, new, new)).await.expect(303);
        there.get("/account").await.expect(303);
        here.get("/account").await.expect(200);
        password(&mut there, "/signin", ANNA, PASSWORD).await.expect(422);
        password(&mut there, "/signin", ANNA, new).await.expect(303);
        assert_eq!(facts(&t, "user.password_changed").await, 1);
    }
}
