//! Access rules: list with the simulator, form, removal.

use super::choices;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::{App, admission};
use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::access::Permission;
use domain::admission::rule::{RuleDraft, minute_text};
use domain::admission::scan::Details;
use domain::admission::{
    AccessRule, CredentialFacts, CredentialState, Direction, Gate, Moment, Passage, Presented, Reading, ScanFacts,
    Standing, ZoneLoad, decide, explain,
};
use domain::refusal::Parse;
use domain::registration::Category;
use domain::{AccessRuleId, PlaceId, Refusal};
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use templates::organizer::admission::rules::{RulePage, RulesPage};
use templates::organizer::admission::simulate::{CheckLine, Outcome, Simulator};
use templates::{Flash, FormState, links};

type Manager = Staff<may::AdmissionManage>;

pub(crate) fn routes(s: &mut Surface) {
    let need = Need::Staff(Permission::AdmissionManage);
    s.get("/e/{edition}/admission/rules", need, list);
    s.post("/e/{edition}/admission/rules", need, create);
    s.get("/e/{edition}/admission/rules/new", need, new);
    s.get("/e/{edition}/admission/rules/{rule}", need, edit);
    s.post("/e/{edition}/admission/rules/{rule}", need, change);
    s.post("/e/{edition}/admission/rules/{rule}/remove", need, remove);
}

/// What the simulator is asked: somebody of this category at this gate then, who came in before at that time.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    category: String,
    gate: String,
    at: String,
    entered: String,
}

async fn list(staff: Manager, State(app): State<App>, Query(mut asked): Query<Asked>) -> Answer {
    let reader = app.reader();
    let (id, zone) = (staff.edition.id, staff.edition.time_zone);
    let lines = read::rule_lines(&reader, id).await?;
    let gates = read::gates(&reader, id).await?;
    let rules: Vec<AccessRule> = lines.iter().map(|line| line.rule.clone()).collect();
    // How full the rooms are is known of now; the simulator says what it would mean at the time asked for.
    let loads = admission::zone_loads(&app, id).await?;
    let wanted = !asked.category.is_empty() || !asked.gate.is_empty();
    let (outcome, wrong) = match wanted.then(|| simulate(&asked, &gates, &rules, &loads, zone)) {
        Some(Ok(outcome)) => (Some(outcome), Vec::new()),
        Some(Err(refusals)) => (None, refusals),
        None => (None, Vec::new()),
    };
    if asked.at.is_empty() {
        asked.at = app.now().with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string();
    }
    let form = FormState::new(&asked, &wrong);
    let choices = choices(&gates);
    let simulator = Simulator { form: &form, gates: &choices, zone, outcome };
    page(RulesPage { edition: &staff.edition.slug, rules: &lines, simulator }.render(&staff.shell()))
}

fn local(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .ok()?;
    Some(zone.from_local_datetime(&naive).earliest()?.with_timezone(&Utc))
}

/// Asks the same function as the door, about somebody with a badge in order.
fn simulate(
    asked: &Asked,
    gates: &[Gate],
    rules: &[AccessRule],
    loads: &[(PlaceId, ZoneLoad)],
    zone: Tz,
) -> Result<Outcome, Vec<Refusal>> {
    let mut parse = Parse::new();
    let category = parse.choice("category", &asked.category, Category::parse);
    let find = |text: &str| text.parse::<PlaceId>().ok().and_then(|id| gates.iter().find(|gate| gate.id == id));
    let gate = parse.choice("gate", &asked.gate, find);
    let at = parse.choice("at", &asked.at, |text| local(text, zone));
    let entered = match asked.entered.as_str() {
        "" => None,
        text => parse.choice("entered", text, |text| local(text, zone)),
    };
    let (Some(category), Some(gate), Some(at), false) = (category, gate, at, parse.refused()) else {
        return Err(parse.finish(|| ()).expect_err("something was refused"));
    };
    let credential = CredentialFacts {
        state: CredentialState::Active,
        category,
        valid_from: None,
        valid_until: None,
        valid_reprint: None,
        standing: Standing::Good,
    };
    let earlier: Vec<Passage> = entered
        .map(|at| Moment::of(at, zone))
        .map(|m| Passage { at: m.at, day: m.day, gate: gate.id, zones: gate.zones.clone(), direction: Direction::In })
        .into_iter()
        .collect();
    let facts = ScanFacts {
        reading: Reading::Genuine,
        credential: Some(&credential),
        gate,
        passages: &earlier,
        quota: None,
        zone: fullest(gate, loads),
    };
    let scan = Presented { direction: Direction::In, moment: Moment::of(at, zone), overriding: false };
    let verdict = decide(&facts, rules, &scan);
    let code_of = |id: PlaceId| gates.iter().find(|gate| gate.id == id).map(|gate| gate.code.clone());
    let line = |step: domain::admission::Step| CheckLine { check: step.check, reason: step.reason.map(|r| r.code()) };
    Ok(Outcome {
        verdict: verdict.kind(),
        reason: verdict.reason().map(|reason| reason.code()),
        details: Details::of(&verdict, code_of),
        checks: explain(&facts, rules, &scan).into_iter().map(line).collect(),
    })
}

/// The load that decides behind a gate for somebody from outside: the innermost full zone, else the innermost.
fn fullest(gate: &Gate, loads: &[(PlaceId, ZoneLoad)]) -> Option<ZoneLoad> {
    let load = |zone: &PlaceId| loads.iter().find(|(of, _)| of == zone).map(|(_, load)| *load);
    let behind: Vec<ZoneLoad> = gate.zones.iter().filter_map(load).collect();
    behind.iter().find(|load| load.inside >= load.capacity).or(behind.first()).copied()
}

async fn form(staff: &Manager, app: &App, rule: Option<AccessRuleId>, form: FormState) -> Answer {
    let reader = app.reader();
    let mut places = choices(&read::gates(&reader, staff.edition.id).await?);
    places.extend(read::places(&reader, staff.edition.id).await?);
    let days: Vec<String> = staff
        .edition
        .opens_on
        .iter_days()
        .take_while(|day| *day <= staff.edition.closes_on)
        .take(5)
        .map(|d| d.to_string())
        .collect();
    let days = days.join(", ");
    let html = RulePage { edition: &staff.edition.slug, rule, form: &form, places: &places, days: &days };
    let html = html.render(&staff.shell());
    if form.is_clean() { page(html) } else { refused(html) }
}

async fn new(staff: Manager, State(app): State<App>) -> Answer {
    let draft = RuleDraft { effect: "allow".to_owned(), limit: "unlimited".to_owned(), ..RuleDraft::default() };
    form(&staff, &app, None, FormState::of(&draft)).await
}

async fn create(staff: Manager, State(app): State<App>, Fields(draft): Fields<RuleDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(change) => admission::create_rule(&app, &staff.viewer, staff.edition.id, change).await.map(|_| ()),
        Err(refusals) => Err(refusals.into()),
    };
    saved(&staff, &app, None, &draft, outcome).await
}

fn draft_of(rule: &AccessRule) -> RuleDraft {
    let days: Vec<String> = rule.window.days.iter().map(ToString::to_string).collect();
    RuleDraft {
        category: rule.category.map_or("", Category::code).to_owned(),
        place: rule.place.map(|place| place.to_string()).unwrap_or_default(),
        days: days.join(", "),
        from: rule.window.from.map(minute_text).unwrap_or_default(),
        until: rule.window.until.map(minute_text).unwrap_or_default(),
        limit: rule.limit.code().to_owned(),
        quota_scope: rule.quota.map_or("", |quota| quota.scope.code()).to_owned(),
        quota_limit: rule.quota.map(|quota| quota.limit.to_string()).unwrap_or_default(),
        effect: if rule.allow { "allow" } else { "deny" }.to_owned(),
        sort: rule.sort.to_string(),
        version: rule.version.to_string(),
    }
}

async fn edit(staff: Manager, State(app): State<App>, Path((_, id)): Path<(String, AccessRuleId)>) -> Answer {
    let rule = read::rule(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    form(&staff, &app, Some(id), FormState::of(&draft_of(&rule))).await
}

async fn change(
    staff: Manager,
    State(app): State<App>,
    Path((_, id)): Path<(String, AccessRuleId)>,
    Fields(draft): Fields<RuleDraft>,
) -> Answer {
    let outcome = match draft.parse() {
        Ok(change) => admission::change_rule(&app, &staff.viewer, staff.edition.id, id, change).await,
        Err(refusals) => Err(refusals.into()),
    };
    saved(&staff, &app, Some(id), &draft, outcome).await
}

async fn saved(
    staff: &Manager,
    app: &App,
    rule: Option<AccessRuleId>,
    draft: &RuleDraft,
    outcome: Result<(), app::Error>,
) -> Answer {
    match outcome {
        Ok(()) => see_other_saying(&links::admission::rules(&staff.edition.slug), &Flash::good("admission-rule-saved")),
        Err(error) => form(staff, app, rule, FormState::new(draft, &refusals(error)?)).await,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Removal {
    version: String,
}

async fn remove(
    staff: Manager,
    State(app): State<App>,
    Path((_, id)): Path<(String, AccessRuleId)>,
    Fields(removal): Fields<Removal>,
) -> Answer {
    let version = removal.version.parse().unwrap_or(0);
    admission::remove_rule(&app, &staff.viewer, staff.edition.id, id, version).await?;
    see_other_saying(&links::admission::rules(&staff.edition.slug), &Flash::good("admission-rule-removed"))
}
