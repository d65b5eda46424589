//! Lists that grow with the show: narrowed, sorted, paged by their last row, kept as views, taken away as shown.

use crate::harness::{Caller, TestApp};
use domain::access::{Permission, Role};
use std::fmt::Write as _;
use store::Query;

async fn count(t: &TestApp, sql: &str) -> i64 {
    t.app.reader().scalar(sql, vec![]).await.expect("an answer").unwrap_or(0)
}

/// Where a page's list goes on.
fn next(text: &str) -> Option<String> {
    let before = text.split("rel=\"next\"").next().filter(|before| before.len() < text.len())?;
    let href = before.rsplit("href=\"").next()?.split('"').next()?;
    Some(href.replace("&amp;", "&"))
}

/// The addresses of invitees a page shows, in its order.
fn guests(text: &str) -> Vec<String> {
    let found = text.split("guest").skip(1).filter_map(|rest| rest.split_once("@invited.example"));
    found.map(|(number, _)| number.to_owned()).filter(|number| number.len() == 2).collect()
}

/// A campaign of single codes with sixty invitees of two firms; the address of its page.
async fn campaign(desk: &mut Caller, slug: &str) -> String {
    let fields = [("name", "Partners"), ("category", "vip"), ("kind", "single"), ("count", "5")];
    let made = desk.post(&format!("/e/{slug}/registration/vouchers/new"), &fields).await.expect(303);
    let page = made.location().to_owned();
    let mut people = String::new();
    for n in 0..60 {
        let firm = if n % 2 == 0 { "Even AG" } else { "Odd Ltd" };
        // Invited in an order that is not the one of names.
        let number = (n * 7) % 60;
        writeln!(people, "Person {number:02}, guest{number:02}@invited.example, {firm}").expect("a line");
    }
    desk.post(&format!("{page}/invite"), &[("people", &people), ("locale", "en")]).await.expect(303);
    page
}

both_databases! {
    async fn invitations_are_found_sorted_paged_and_taken_away_as_shown(t: TestApp) {
        let edition = t.edition("lists").await;
        let mut desk = t.staff(Role::Director, edition.id).await;
        campaign(&mut desk, "lists").await;
        // By name over two pages: everybody once and in order.
        let mut seen = Vec::new();
        let mut at = Some("/e/lists/registration/invitations?sort=name".to_owned());
        while let Some(path) = at {
            let page = desk.get(&path).await.expect(200).shows("aria-sort=\"ascending\"");
            seen.extend(guests(&page.text));
            at = next(&page.text);
        }
        assert_eq!(seen, (0..60).map(|n| format!("{n:02}")).collect::<Vec<_>>());
        for (query, expected) in [("q=even", 30), ("q=guest07", 1), ("state=sent&by=organizer", 60), ("state=declined", 0), ("by=exhibitor", 0)] {
            let file = desk.get(&format!("/e/lists/registration/invitations/export/csv?{query}")).await.expect(200);
            assert_eq!(file.text.lines().count(), expected + 1, "{query}\n{}", file.text);
        }
        let file = desk.get("/e/lists/registration/invitations/export/csv?sort=-company&q=invited.example").await.expect(200);
        assert!(file.text.lines().nth(1).is_some_and(|line| line.contains("Odd Ltd") && line.contains("Partners")), "{}", file.text);
        assert!(desk.bytes("/e/lists/registration/invitations/export/xlsx?q=even").await.starts_with(b"PK"));
        desk.get("/e/lists/registration/invitations?q=nobody-at-all").await.expect(200).shows("No invitation matches");
        assert_eq!(count(&t, "select count(*) from fact where kind = 'edition.list_downloaded'").await, 7, "who took a list is noted");
        desk.get("/e/lists/journal").await.expect(200).shows("Invitations downloaded");
        // The same over the API.
        let mut program = t.program(&[Permission::RegistrationRead], Some(edition.id)).await;
        let (mut all, mut cursor) = (0, String::new());
        loop {
            let path = format!("/api/v1/editions/lists/invitations?sort=company&limit=25&cursor={}", cursor.replace(' ', "%20"));
            let part = program.get(&path).await.expect(200).json();
            all += part["items"].as_array().map_or(0, Vec::len);
            match part["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(all, 60);
    }

    async fn codes_and_campaigns_are_narrowed_by_what_became_of_them(t: TestApp) {
        let edition = t.edition("codes").await;
        let mut desk = t.staff(Role::Director, edition.id).await;
        let page = campaign(&mut desk, "codes").await;
        let first: String = t.app.reader().scalar("select code from voucher order by id limit 1", vec![]).await.expect("a row").expect("a code");
        let id: String = page.rsplit('/').next().expect("an id").to_owned();
        let lines = async |desk: &mut Caller, query: &str| {
            desk.get(&format!("/e/codes/registration/codes/export/csv?{query}")).await.expect(200).text.lines().count() - 1
        };
        assert_eq!(lines(&mut desk, &format!("campaign={id}")).await, 65);
        assert_eq!(lines(&mut desk, &format!("q={}", first.to_lowercase())).await, 1);
        assert_eq!(lines(&mut desk, "q=partn&state=open").await, 65);
        assert_eq!(lines(&mut desk, "state=used").await, 0);
        let voucher = count(&t, "select count(*) from voucher where stopped").await;
        assert_eq!(voucher, 0);
        desk.get(&format!("/e/codes/registration/codes?campaign={id}&sort=code")).await.expect(200).shows("Partners").shows("50 of 65");
        desk.get("/e/codes/registration/vouchers?state=open&category=vip&sort=-name").await.expect(200).shows("Partners");
        desk.get("/e/codes/registration/vouchers?state=over").await.expect(200).shows("No campaign matches");
        desk.post(&format!("{page}/stop"), &[]).await.expect(303);
        let file = desk.get("/e/codes/registration/vouchers/export/csv?state=stopped").await.expect(200);
        assert_eq!(file.text.lines().count(), 2, "{}", file.text);
        desk.get("/e/codes/registration/vouchers?state=open").await.expect(200).shows("No campaign matches");
    }

    async fn a_view_of_any_list_is_kept_by_name(t: TestApp) {
        let edition = t.edition("views").await;
        let mut desk = t.staff(Role::Director, edition.id).await;
        for (list, path, query) in [
            ("registrations", "registration", "category=vip"),
            ("groups", "registration/groups", "state=open&sort=name"),
            ("campaigns", "registration/vouchers", "by=organizer"),
            ("codes", "registration/codes", "state=open"),
            ("invitations", "registration/invitations", "state=sent&sort=name"),
            ("letters", "registration/letters", "kind=visa&state=stands"),
            ("prints", "registration/printing/log", "state=open"),
            ("exhibitors", "exhibitor", "portal=waiting"),
            ("stands", "sales/stands", "state=free&sort=-area"),
            ("applications", "sales", "state=all"),
            ("parties", "party", "kind=person"),
            ("scans", "admission/scans", "verdict=deny"),
            ("conflicts", "admission/conflicts", "state=open"),
            ("journal", "journal", "about=registration"),
        ] {
            let here = format!("/e/views/{path}");
            let fields = [("list", list), ("name", "Mine of today"), ("query", query), ("back", &here)];
            let kept = desk.post("/e/views/views", &fields).await.expect(303);
            assert_eq!(kept.location(), format!("{here}?{query}"));
            desk.get(kept.location()).await.expect(200).shows("Mine of today").shows("aria-current=\"true\"");
        }
        let fields = [("list", "secrets"), ("name", "x"), ("query", ""), ("back", "/e/views/party")];
        desk.post("/e/views/views", &fields).await.expect(303);
        assert_eq!(count(&t, "select count(*) from saved_view").await, 14, "a list there is none of keeps nothing");
    }

    async fn groups_letters_parties_and_applications_are_taken_away(t: TestApp) {
        let edition = t.edition("away").await;
        let mut desk = t.staff(Role::Director, edition.id).await;
        let group = [("kind", "delegation"), ("name", "苏州商会"), ("contact_name", "Li Wei"), ("contact_email", "li@chamber.example"), ("country", "CN"), ("category", "vip"), ("locale", "zh-CN")];
        desk.post("/e/away/registration/groups/new", &group).await.expect(303);
        t.contact(&edition).await;
        for (path, rows, words) in [
            ("registration/groups/export/csv?kind=delegation&state=open&category=vip", 1, "苏州商会"),
            ("registration/groups/export/csv?state=closed", 0, ""),
            ("registration/letters/export/csv?kind=visa&sort=name", 0, ""),
            ("party/export/csv?kind=organisation", 1, "Probe Tools"),
            ("sales/applications/export/csv?state=declined", 0, ""),
            ("sales/applications/export/csv?state=all&q=eva", 1, "Probe Tools"),
            ("registration/allowances/export/csv?q=probe", 1, "Probe Tools"),
            ("registration/printing/log.csv?q=nobody", 0, ""),
        ] {
            let file = desk.get(&format!("/e/away/{path}")).await.expect(200);
            assert_eq!(file.text.lines().count(), rows + 1, "{path}\n{}", file.text);
            assert!(file.text.contains(words), "{path}\n{}", file.text);
        }
    }

    async fn the_journal_is_narrowed_to_who_what_and_when(t: TestApp) {
        let edition = t.edition("told").await;
        let mut desk = t.staff(Role::Director, edition.id).await;
        campaign(&mut desk, "told").await;
        desk.get("/e/told/journal?about=campaign").await.expect(200).shows("60 invited").shows("Partners");
        desk.get("/e/told/journal?about=scan").await.expect(200).shows("Nothing like this has happened");
        desk.get("/e/told/journal?about=campaign&until=2020-01-01").await.expect(200).shows("Nothing like this has happened");
        let lines = async |desk: &mut Caller, query: &str| {
            desk.get(&format!("/e/told/journal/export/csv?{query}")).await.expect(200).text.lines().count() - 1
        };
        assert_eq!(lines(&mut desk, "about=campaign&from=2020-01-01").await, 2);
        assert_eq!(lines(&mut desk, "about=campaign&q=nobody-of-this-name").await, 0);
        desk.get("/e/told/journal").await.expect(200).shows("The journal downloaded");
        t.staff(Role::Registration, edition.id).await.get("/e/told/journal/export/csv").await.expect(403);
    }
}
