//! What users do, as one call each. They go through the door the user goes through.

use super::{Caller, TestApp};
use app::access::{CreateToken, TokenDraft, UserDraft, create_token, create_user, set_roles};
use domain::access::{Grant, Permission, Role};
use domain::edition::{Edition, EditionDraft};
use domain::{EditionId, UserId};
use reqwest::Method;
use serde_json::json;
use store::Query;

/// The password of everybody in tests.
pub const PASSWORD: &str = "correct horse 42";

impl TestApp {
    /// An edition that opens the day after the test begins, with the trade-show plan.
    pub async fn edition(&self, slug: &str) -> Edition {
        let draft = EditionDraft {
            series_name_en: format!("Series of {slug}"),
            series_name_zh: "系列".to_owned(),
            series_kind: "exhibition".to_owned(),
            slug: slug.to_owned(),
            name_en: format!("Show {slug}"),
            name_zh: "展会".to_owned(),
            venue_name_en: "Venue".to_owned(),
            venue_name_zh: "场馆".to_owned(),
            venue_city: "Shanghai".to_owned(),
            venue_country: "CN".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            opens_on: "2027-05-12".to_owned(),
            closes_on: "2027-05-14".to_owned(),
            build_up_on: "2027-05-05".to_owned(),
            breakdown_until: "2027-05-17".to_owned(),
            gross_area_m2: "40000".to_owned(),
            template: "trade-show".to_owned(),
            badge_mode: "signed".to_owned(),
            registration_open: "on".to_owned(),
            applications_open: "on".to_owned(),
            ..EditionDraft::default()
        };
        let command = draft.parse_new().expect("a sound edition");
        let admin = domain::access::Viewer {
            user: self.user("founder@fairlead.example", true, &[]).await,
            name: "Founder".to_owned(),
            admin: true,
            grants: Vec::new(),
            token: None,
        };
        app::edition::create_edition(&self.app, &admin, &command).await.expect("a new edition")
    }

    /// All gates stand open, for journeys that are about something else.
    pub async fn open_gates(&self) {
        let tx = self.database.store.begin().await.expect("a transaction");
        store::Query::run(&tx, "update phase_gate set state = 'open'", Vec::new()).await.expect("opened");
        let passed = "update task set state = 'confirmed' where id in (select task_id from phase_gate)";
        store::Query::run(&tx, passed, Vec::new()).await.expect("their milestones are passed");
        tx.commit().await.expect("committed");
    }

    /// A user with these grants; the one with this address if there is one.
    pub async fn user(&self, email: &str, admin: bool, grants: &[Grant]) -> UserId {
        if let Some(user) = store::read::access::user_by_email(&self.app.reader(), email).await.expect("an answer") {
            return user.id;
        }
        let draft = UserDraft {
            name: email.split('@').next().unwrap_or_default().to_owned(),
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
            locale: "en".to_owned(),
            admin: if admin { "on".to_owned() } else { String::new() },
            ..UserDraft::default()
        };
        let command = draft.parse().expect("a sound user");
        let user = create_user(&self.app, self.system(), command).await.expect("a new user");
        set_roles(&self.app, self.system(), user, grants).await.expect("roles");
        user
    }

    /// Signs a user in through the form.
    pub async fn sign_in(&self, email: &str) -> Caller {
        let mut caller = self.visitor();
        caller.post("/signin", &[("email", email), ("password", PASSWORD)]).await.expect(303);
        caller
    }

    /// Someone with a role in an edition, signed in.
    pub async fn staff(&self, role: Role, edition: EditionId) -> Caller {
        let email = format!("{}.{}@fairlead.example", role.code(), edition.uuid().simple());
        self.user(&email, false, &[Grant { edition: Some(edition), role }]).await;
        self.sign_in(&email).await
    }

    /// An administrator without any role, signed in.
    pub async fn admin(&self) -> Caller {
        self.user("admin@fairlead.example", true, &[]).await;
        self.sign_in("admin@fairlead.example").await
    }

    /// A program whose token has these rights, in one edition or in all.
    pub async fn program(&self, rights: &[Permission], edition: Option<EditionId>) -> Caller {
        let owner = self.user("programs@fairlead.example", true, &[]).await;
        self.program_of(owner, rights, edition).await
    }

    /// The same on behalf of a certain user, whose own rights bound it.
    pub async fn program_of(&self, owner: UserId, rights: &[Permission], edition: Option<EditionId>) -> Caller {
        let draft = TokenDraft {
            name: "test".to_owned(),
            edition: edition.map(|id| id.to_string()).unwrap_or_default(),
            scopes: rights.iter().map(|right| right.code().to_owned()).collect(),
            ..TokenDraft::default()
        };
        let command: CreateToken = draft.parse().expect("a sound token");
        let secret = create_token(&self.app, self.system(), owner, command).await.expect("a token");
        self.visitor().with_bearer(&secret)
    }
}

impl TestApp {
    /// A device at a new gate, paired; it speaks with its key.
    pub async fn device(&self, edition: &Edition) -> Caller {
        let mut program = self.program(&[Permission::AdmissionManage], Some(edition.id)).await;
        let base = format!("/api/v1/editions/{}", edition.slug);
        let gate = json!({"code": "PROBE", "name_en": "Probe", "direction": "both", "open": true});
        let gate = program.send_json(Method::POST, &format!("{base}/gates"), &gate).await.expect(201).json();
        let device = json!({"name": "Probe", "gate": gate["id"], "profile": "steward"});
        let device = program.send_json(Method::POST, &format!("{base}/devices"), &device).await.expect(201).json();
        let code = json!({"code": device["code"]});
        let paired = self.visitor().send_json(Method::POST, "/api/v1/devices/pair", &code).await.expect(200).json();
        self.visitor().with_bearer(paired["key"].as_str().expect("a key"))
    }

    /// A print station with its agent, who speaks with its key.
    pub async fn print_station(&self, edition: &Edition, name: &str, format: &str) -> (String, Caller) {
        let mut program = self.program(&[Permission::RegistrationEdit], Some(edition.id)).await;
        let station = json!({"name": name, "format": format});
        let path = format!("/api/v1/editions/{}/print-stations", edition.slug);
        let made = program.send_json(Method::POST, &path, &station).await.expect(201).json();
        let id = made["id"].as_str().expect("an id").to_owned();
        (id, self.visitor().with_bearer(made["key"].as_str().expect("a key")))
    }

    /// An exhibitor's contact who followed the invitation, signed in to the portal.
    pub async fn contact(&self, edition: &Edition) -> Caller {
        let submission = uuid::Uuid::now_v7().to_string();
        let application = [
            ("submission", submission.as_str()),
            ("company_en", "Probe Tools Ltd"),
            ("country", "DE"),
            ("contact_name", "Eva Probe"),
            ("contact_email", "eva@probe.example"),
            ("stand_kind", "shell"),
            ("area", "9"),
            ("products", "Lathes"),
        ];
        self.visitor().post(&format!("/x/{}/apply", edition.slug), &application).await.expect(303);
        let found = self.app.reader().rows("select id from application order by number desc", vec![]).await;
        let id: uuid::Uuid = found.expect("an answer").first().expect("the application").get(0).expect("an id");
        let mut sales = self.staff(Role::Sales, edition.id).await;
        sales.post(&format!("/e/{}/sales/applications/{id}/accept", edition.slug), &[("stand", "")]).await.expect(303);
        let mails = self.app.reader().rows("select body_text from mail order by id desc", vec![]).await.expect("mails");
        let texts: Vec<String> = mails.iter().map(|row| row.get(0).expect("text")).collect();
        let secret = texts.iter().find_map(|text| text.split("/portal/join/").nth(1)).expect("an invitation");
        let join = format!("/portal/join/{}", secret.split_whitespace().next().expect("a secret"));
        let mut contact = self.visitor();
        contact.post(&join, &[("password", PASSWORD), ("repeat", PASSWORD)]).await.expect(303);
        contact
    }
}
