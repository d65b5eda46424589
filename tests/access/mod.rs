//! The access matrix: every declared route, tried by every kind of caller and by none. What a route declares it
//! needs is what must happen; anything else fails, and so does a route that answers with an error of its own.

mod names;

use crate::harness::{Answer, Caller, Kind, TestApp};
use domain::access::{Permission, Role};
use reqwest::Method;
use web::{Declared, Need};

/// Somebody at the door.
struct Someone {
    name: String,
    caller: Caller,
    who: Who,
}

/// What the matrix knows of a caller.
#[derive(Clone, Debug, PartialEq)]
enum Who {
    Nobody,
    Staff(Role),
    /// A director, but of another edition.
    Stranger,
    Admin,
    /// A token with these rights in the edition.
    Program(Vec<Permission>),
    /// A token with every right in another edition.
    ForeignProgram,
    Contact,
    Device,
    /// The print agent of a station.
    PrintAgent,
}

/// What the door should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// Get past the guard: whatever the handler says, it is none of the guard's words.
    In,
    /// Be sent to the sign-in page, or told 401.
    SignIn,
    /// Be told 403.
    Forbidden,
    /// Be told 404: for this caller there is nothing.
    Missing,
}

/// Routes whose handler ends the caller's session; tried in with a caller of its own at the end.
const ENDING: &[&str] = &["/signout", "/portal/signout", "/desk/leave"];

/// Downloads need the right to download (declared) and the right to see what is in them.
const ALSO: &[(&str, Permission)] = &[
    ("/e/{edition}/admission/scans.", Permission::AdmissionRead),
    ("/e/{edition}/admission/conflicts.", Permission::AdmissionRead),
    ("/e/{edition}/admission/counts.", Permission::AdmissionRead),
    ("/e/{edition}/admission/counts/{freeze}/", Permission::AdmissionRead),
    ("/e/{edition}/plan/pictures/", Permission::PlanRead),
    ("/e/{edition}/sales/stands/export", Permission::SalesRead),
    ("/e/{edition}/sales/applications/export", Permission::SalesRead),
    ("/e/{edition}/exhibitor/export", Permission::ExhibitorRead),
    ("/e/{edition}/registration/vouchers/{campaign}/export", Permission::RegistrationRead),
    ("/e/{edition}/registration/vouchers/export", Permission::RegistrationRead),
    ("/e/{edition}/registration/allowances/export", Permission::RegistrationRead),
    ("/e/{edition}/registration/codes/export", Permission::RegistrationRead),
    ("/e/{edition}/registration/invitations/export", Permission::RegistrationRead),
    ("/e/{edition}/registration/letters/export", Permission::RegistrationRead),
    ("/e/{edition}/registration/groups/export", Permission::RegistrationRead),
    ("/e/{edition}/party/export", Permission::PartyRead),
    ("/e/{edition}/journal/export", Permission::JournalRead),
];

/// Routes for programs that a token narrowed to one edition cannot use, whatever its rights.
const WHOLE_INSTALLATION: &[(&str, &str)] = &[("POST", "/api/v1/editions")];

/// Forms that have nothing to answer when nothing is filled in.
const EMPTY_IS_MISSING: &[&str] = &["/x/{edition}/register/language"];

/// Public routes that send people to the sign-in page of their own accord.
const SENDING_ON: &[&str] = &["/", "/preferences", "/desk/leave", "/signin/code", "/portal/signin/code"];

fn expected(need: Need, who: &Who) -> Expected {
    use Expected::{Forbidden, In, Missing, SignIn};
    let staff = matches!(who, Who::Staff(_) | Who::Stranger | Who::Admin);
    match need {
        Need::Public | Need::PublicEdition => In,
        Need::SignedIn => {
            if staff {
                In
            } else {
                SignIn
            }
        }
        Need::Admin => match who {
            Who::Admin => In,
            _ if staff => Forbidden,
            _ => SignIn,
        },
        Need::Staff(right) => match who {
            Who::Admin => In,
            Who::Staff(role) if role.permissions().contains(&right) => In,
            Who::Staff(_) => Forbidden,
            Who::Stranger => Missing,
            _ => SignIn,
        },
        Need::Contact => only(who, &Who::Contact),
        Need::Device => only(who, &Who::Device),
        Need::PrintStation => only(who, &Who::PrintAgent),
        Need::AnyToken => {
            if matches!(who, Who::Program(_) | Who::ForeignProgram) {
                In
            } else {
                SignIn
            }
        }
        Need::Token(right) => token(right, who),
        Need::DeviceOrToken(right) => {
            if *who == Who::Device {
                In
            } else {
                token(right, who)
            }
        }
    }
}

/// One kind of caller gets in, everybody else is sent to its sign-in.
fn only(who: &Who, wanted: &Who) -> Expected {
    if who == wanted { Expected::In } else { Expected::SignIn }
}

/// What the route does beyond what it declares.
fn stricter(route: &Declared, who: &Who, expected: Expected) -> Expected {
    if expected != Expected::In {
        return expected;
    }
    let also = ALSO.iter().filter(|(path, _)| route.path.starts_with(path)).map(|(_, right)| *right);
    let lacks = match who {
        Who::Staff(role) => also.into_iter().any(|right| !role.permissions().contains(&right)),
        _ => false,
    };
    let narrow = matches!(who, Who::Program(_) | Who::ForeignProgram)
        && WHOLE_INSTALLATION.contains(&(route.method.as_str(), route.path));
    if lacks || narrow { Expected::Forbidden } else { expected }
}

fn token(right: Permission, who: &Who) -> Expected {
    match who {
        Who::Program(rights) if rights.contains(&right) => Expected::In,
        Who::Program(_) => Expected::Forbidden,
        Who::ForeignProgram => Expected::Missing,
        _ => Expected::SignIn,
    }
}

/// What the answer shows the door did. `in_path`: the path names a record that does not exist, so 404 may be the
/// handler's own word.
fn violation(expected: Expected, answer: &Answer, path: &str) -> Option<String> {
    let status = answer.status.as_u16();
    let to_sign_in = status == 303
        && ["/signin", "/portal/signin", "/desk/pair"].iter().any(|door| answer.location().starts_with(door));
    let turned_away = status == 401 || to_sign_in;
    let names_a_record = path.matches('{').count() > usize::from(path.contains("{edition}"));
    let fine = match expected {
        _ if status >= 500 && status != 503 => false,
        Expected::In => {
            (!turned_away || SENDING_ON.contains(&path))
                && status != 403
                && (status != 404 || names_a_record || EMPTY_IS_MISSING.contains(&path))
        }
        Expected::SignIn => turned_away,
        Expected::Forbidden => status == 403,
        Expected::Missing => status == 404,
    };
    (!fine).then(|| format!("expected {expected:?}, got {status} {}", answer.location()))
}

/// The path with something in every parameter.
fn filled(path: &str, slug: &str) -> String {
    let mut filled = String::new();
    for part in path.split('/').skip(1) {
        filled.push('/');
        let Some((beginning, rest)) = part.split_once('{') else {
            filled.push_str(part);
            continue;
        };
        let (name, ending) = rest.split_once('}').expect("a brace that is opened is closed");
        filled.push_str(beginning);
        match name.trim_start_matches('*') {
            "edition" => filled.push_str(slug),
            "format" => filled.push_str("csv"),
            _ => filled.push_str("01890a5d-ac96-774b-bcce-b302099a8057"),
        }
        filled.push_str(ending);
    }
    filled
}

async fn everybody(t: &TestApp) -> (String, Vec<Someone>) {
    let (edition, other) = (t.edition("matrix").await, t.edition("elsewhere").await);
    let mut all = vec![Someone { name: "nobody".into(), caller: t.visitor(), who: Who::Nobody }];
    for role in Role::ALL {
        let caller = t.staff(*role, edition.id).await;
        all.push(Someone { name: role.code().into(), caller, who: Who::Staff(*role) });
    }
    let stranger = t.staff(Role::Director, other.id).await;
    all.push(Someone { name: "director elsewhere".into(), caller: stranger, who: Who::Stranger });
    all.push(Someone { name: "admin".into(), caller: t.admin().await, who: Who::Admin });
    for right in Permission::ALL {
        let caller = t.program(&[*right], Some(edition.id)).await;
        all.push(Someone { name: format!("token {}", right.code()), caller, who: Who::Program(vec![*right]) });
    }
    let foreign = t.program(Permission::ALL, Some(other.id)).await;
    all.push(Someone { name: "token elsewhere".into(), caller: foreign, who: Who::ForeignProgram });
    all.push(Someone { name: "contact".into(), caller: t.contact(&edition).await, who: Who::Contact });
    all.push(Someone { name: "device".into(), caller: t.device(&edition).await, who: Who::Device });
    let agent = t.print_station(&edition, "Desk 1", "zpl").await.1;
    all.push(Someone { name: "print agent".into(), caller: agent, who: Who::PrintAgent });
    (edition.slug, all)
}

async fn walk(slug: &str, all: &[Someone], routes: &[Declared]) -> Vec<String> {
    let mut violations = Vec::new();
    for route in routes {
        let path = filled(route.path, slug);
        for someone in all {
            let expected = stricter(route, &someone.who, expected(route.need, &someone.who));
            if expected == Expected::In && ENDING.contains(&route.path) {
                continue;
            }
            let answer = someone.caller.knock(route.method.clone(), &path).await;
            if let Some(what) = violation(expected, &answer, route.path) {
                violations.push(format!("{} {} as {}: {what}", route.method, route.path, someone.name));
            }
        }
    }
    violations
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_keeps_its_word() {
    let t = TestApp::start(Kind::Sqlite).await;
    let (slug, all) = everybody(&t).await;
    let routes = web::routes();
    assert!(routes.declared().len() > 10, "the list of routes is not empty");
    let violations = walk(&slug, &all, routes.declared()).await;
    assert!(violations.is_empty(), "{} violations\n{}", violations.len(), violations.join("\n"));
}

/// The matrix notices: routes declared otherwise than they behave are found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_false_declaration_is_found() {
    let t = TestApp::start(Kind::Sqlite).await;
    let (slug, all) = everybody(&t).await;
    let lie = |method: Method, path, need| Declared { method, path, need };
    let lies = [
        lie(Method::GET, "/api/v1/editions", Need::Public),
        lie(Method::GET, "/api/v1/editions/{edition}", Need::Token(Permission::PlanEdit)),
        lie(Method::GET, "/signin", Need::SignedIn),
        lie(Method::GET, "/nowhere", Need::Public),
    ];
    for one in lies {
        let found = walk(&slug, &all, std::slice::from_ref(&one)).await;
        assert!(!found.is_empty(), "{one:?} was believed");
    }
}

/// Secrets of one kind never open the door of another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kinds_of_callers_cannot_be_mistaken() {
    let t = TestApp::start(Kind::Sqlite).await;
    let edition = t.edition("kinds").await;
    let staff = t.staff(Role::Director, edition.id).await;
    let session = staff.cookie("fl_session").expect("a session").to_owned();
    let mut as_token = t.visitor().with_bearer(&session);
    as_token.get("/api/v1/editions").await.expect(401);
    let mut as_contact = t.visitor().with_cookie("fl_portal", &session);
    assert_ne!(as_contact.get("/portal").await.status, 200);
    let mut nobody = t.visitor().with_cookie("fl_session", "fls_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    nobody.get("/editions").await.expect(303);
}
