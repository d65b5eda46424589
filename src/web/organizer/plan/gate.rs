//! Gates: the list, the review of one, its acts, its report; the catalogue of live metrics.

use super::board;
use super::task::team;
use crate::answer::{Answer, Fail, download, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::metric_right::metric_right;
use crate::upload::FormWithFile;
use crate::{Need, Surface, path::Path};
use app::App;
use app::plan::gate::{self as verbs, GateDraft};
use app::plan::{Answer as Measure, CheckDraft};
use axum::extract::State;
use domain::GateWaiverId;
use domain::access::Permission;
use domain::journal::{Subject, SubjectKind};
use domain::plan::gate::decide::{ConditionDraft, ProposalDraft, may_sign};
use domain::plan::gate::view::GatePage;
use domain::plan::gate::{DecisionState, WaiverDraft};
use domain::plan::metric::{MetricUse, Param, catalogue};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use store::read;
use store::read::metric::Scope;
use templates::organizer::plan::Metrics;
use templates::organizer::plan::gate::{
    CONDITIONS, GateAct, GateForms, GatePages, GateRecord, GateSettings, NoGates, ReportSheet,
};
use templates::{Flash, FormState, Markup, links};

pub(super) fn routes(s: &mut Surface) {
    let (see, edit) = (Permission::PlanRead, Permission::PlanEdit);
    s.get("/e/{edition}/plan/gates", Need::Staff(see), list);
    s.post("/e/{edition}/plan/gates", Need::Staff(edit), lay);
    s.get("/e/{edition}/plan/gates/{gate}", Need::Staff(see), show);
    s.get("/e/{edition}/plan/gates/{gate}/print", Need::Staff(see), print);
    s.get("/e/{edition}/plan/gates/{gate}/report.pdf", Need::Staff(see), report);
    s.get("/e/{edition}/plan/gates/{gate}/settings", Need::Staff(edit), settings);
    s.post("/e/{edition}/plan/gates/{gate}/settings", Need::Staff(edit), adjust);
    s.post("/e/{edition}/plan/gates/{gate}/propose", Need::Staff(Permission::PlanWork), propose);
    s.post("/e/{edition}/plan/gates/{gate}/sign", Need::Staff(Permission::PlanConfirm), sign);
    s.post("/e/{edition}/plan/gates/{gate}/decline", Need::Staff(Permission::PlanWork), decline);
    s.post("/e/{edition}/plan/gates/{gate}/measure", Need::Staff(Permission::PlanCheck), measure);
    s.post("/e/{edition}/plan/gates/{gate}/waive", Need::Staff(edit), waive);
    s.post("/e/{edition}/plan/gates/{gate}/waivers/{waiver}/end", Need::Staff(edit), end_waiver);
    s.post("/e/{edition}/plan/gates/{gate}/divide", Need::Staff(edit), divide);
    s.get("/e/{edition}/plan/metrics", Need::Staff(see), metrics);
}

type GatePath = Path<(String, String)>;

async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let list = read::plan::gate::list(&app.reader(), &board, &staff.edition, app.now()).await?;
    let slug = &staff.edition.slug;
    if list.rows.is_empty() {
        let none = NoGates { slug, head: &board.head, may_edit: staff.may(Permission::PlanEdit) };
        return page(none.render(&staff.shell()));
    }
    page(GatePages { slug, list: &list }.render(&staff.shell()))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Lay {
    divided: String,
}

async fn lay(staff: Staff<may::PlanEdit>, State(app): State<App>, Fields(sent): Fields<Lay>) -> Answer {
    let count = verbs::lay(&app, &staff.viewer, &staff.edition, !sent.divided.is_empty()).await?;
    let flash = Flash::good("gate-laid").with("count", count);
    see_other_saying(&links::gate::home(&staff.edition.slug), &flash)
}

async fn gate_page<P>(staff: &Staff<P>, app: &App, name: &str) -> Result<GatePage, Fail> {
    let board = board(app, &staff.edition).await?;
    let found = read::plan::gate::page(&app.reader(), &board, &staff.edition, name, app.now()).await?;
    found.ok_or(Fail::Missing)
}

async fn render<P>(
    staff: &Staff<P>,
    app: &App,
    name: &str,
    refused: Option<(GateAct, FormState)>,
) -> Result<Markup, Fail> {
    let found = gate_page(staff, app, name).await?;
    let (reader, edition, user) = (app.reader(), &staff.edition, staff.viewer.user);
    let subject = Subject::new(SubjectKind::PhaseGate, found.row.gate.id);
    let history = read::journal::timeline(&reader, subject, 60).await?;
    let roles = verbs::roles(&staff.viewer, edition.id);
    let waits = found.decisions.first().filter(|one| one.state == DecisionState::Proposed);
    let signs = waits.and_then(|one| may_sign(&found.row.gate, one, user, &roles).ok());
    let untouched = found.decisions.is_empty() && found.waivers.is_empty() && found.row.gate.place.is_none();
    let halls = read::plan::gate::places(&reader, edition.id).await?.halls.len();
    let forms = GateForms {
        slug: &edition.slug,
        team: team(&reader, edition.id, staff.ui.lang).await?,
        refused,
        may_edit: staff.may(Permission::PlanEdit),
        may_propose: staff.may(Permission::PlanWork),
        may_measure: staff.may(Permission::PlanCheck),
        may_sign: signs.filter(|_| staff.may(Permission::PlanConfirm)),
        own_proposal: waits.is_some_and(|one| one.proposed_by == user),
        may_divide: staff.may(Permission::PlanEdit) && untouched && halls > 1,
        page: &found,
    };
    let record = GateRecord { slug: &edition.slug, zone: edition.time_zone, page: &found, forms, history: &history };
    Ok(record.render(&staff.shell()))
}

async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, Path((_, name)): GatePath) -> Answer {
    page(render(&staff, &app, &name, None).await?)
}

async fn print(staff: Staff<may::PlanRead>, State(app): State<App>, Path((_, name)): GatePath) -> Answer {
    let found = gate_page(&staff, &app, &name).await?;
    let lang = staff.ui.lang;
    let now = lang.instant(app.now(), staff.edition.time_zone);
    let footer = format!("{} · {now}", staff.edition.name.get(lang.locale()));
    let sheet = ReportSheet { slug: &staff.edition.slug, zone: staff.edition.time_zone, page: &found, footer };
    page(sheet.render(lang))
}

async fn report(staff: Staff<may::PlanRead>, State(app): State<App>, Path((_, name)): GatePath) -> Answer {
    let found = gate_page(&staff, &app, &name).await?;
    let file_name = format!("{}-{}.pdf", staff.edition.slug, found.row.code);
    let file = verbs::report(&staff.edition, found, staff.ui.lang.locale(), app.now()).await?;
    download(&file_name, "application/pdf", file)
}

/// Back to the gate with a word of success, or the page again with what was refused.
async fn answer<P, D: Serialize>(
    staff: &Staff<P>,
    app: &App,
    name: &str,
    form: (GateAct, &D),
    done: Result<Flash, app::Error>,
) -> Answer {
    match done {
        Ok(flash) => see_other_saying(&links::gate::review(&staff.edition.slug, name), &flash),
        Err(error) => {
            let (act, draft) = form;
            let state = FormState::new(draft, &refusals(error)?);
            refused(render(staff, app, name, Some((act, state))).await?)
        }
    }
}

type Typed = BTreeMap<String, String>;

/// The conditions of a proposal lie flat in the form.
fn proposal(typed: &Typed) -> ProposalDraft {
    let text = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let conditions = (0..CONDITIONS).map(|at| ConditionDraft {
        text: text(&format!("condition_text_{at}")),
        owner: text(&format!("condition_owner_{at}")),
        due_on: text(&format!("condition_due_on_{at}")),
    });
    ProposalDraft { outcome: text("outcome"), text: text("text"), conditions: conditions.collect() }
}

async fn propose(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Fields(typed): Fields<Typed>,
) -> Answer {
    let done = verbs::propose(&app, &staff.viewer, staff.edition.id, &name, &proposal(&typed)).await;
    let done = done.map(|_| Flash::good("gate-proposed-flash").with("code", &name));
    answer(&staff, &app, &name, (GateAct::Propose, &typed), done).await
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Said {
    text: String,
    reason: String,
}

async fn sign(
    staff: Staff<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Fields(said): Fields<Said>,
) -> Answer {
    let done = verbs::sign(&app, &staff.viewer, staff.edition.id, &name, &said.text).await;
    let done = done.map(|decided| {
        let flash = if decided { Flash::good("gate-decided-flash") } else { Flash::good("gate-signed-flash") };
        flash.with("code", &name)
    });
    answer(&staff, &app, &name, (GateAct::Sign, &said), done).await
}

async fn decline(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Fields(said): Fields<Said>,
) -> Answer {
    let done = verbs::decline(&app, &staff.viewer, staff.edition.id, &name, &said.reason).await;
    let done = done.map(|()| Flash::good("gate-declined-flash").with("code", &name));
    answer(&staff, &app, &name, (GateAct::Decline, &said), done).await
}

async fn measure(
    staff: Staff<may::PlanCheck>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    mut form: FormWithFile,
) -> Answer {
    let draft = CheckDraft { answers: answers(&mut form), ..CheckDraft::default() };
    let done = match form.file {
        Ok(_) => verbs::measure(&app, &staff.viewer, staff.edition.id, &name, &draft).await,
        Err(refusal) => Err(refusal.into()),
    };
    let done = done.map(|count| Flash::good("gate-measured-flash").with("count", count));
    answer(&staff, &app, &name, (GateAct::Measure, &form.fields), done).await
}

/// The answers of a form, each with its own file.
pub(super) fn answers(form: &mut FormWithFile) -> BTreeMap<String, Measure> {
    let mut answers = BTreeMap::new();
    let mut files = std::mem::take(&mut form.files);
    let named = form.fields.keys().filter_map(|field| field.strip_prefix("indicator-"));
    let mut ids: Vec<String> = named.map(str::to_owned).collect();
    ids.extend(files.keys().cloned());
    ids.sort();
    ids.dedup();
    for id in ids {
        let (value, note) =
            (form.text(&format!("indicator-{id}")).to_owned(), form.text(&format!("note-{id}")).to_owned());
        let file = files.remove(&id);
        answers.insert(id, Measure { value, note, file });
    }
    answers
}

async fn waive(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Fields(draft): Fields<WaiverDraft>,
) -> Answer {
    let done = verbs::waive(&app, &staff.viewer, staff.edition.id, &name, &draft).await;
    let done = done.map(|_| Flash::good("gate-waived-flash").with("day", &draft.until_on));
    answer(&staff, &app, &name, (GateAct::Waive, &draft), done).await
}

async fn end_waiver(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, waiver)): Path<(String, String, String)>,
) -> Answer {
    let id: GateWaiverId = waiver.parse().map_err(|_| Fail::Missing)?;
    verbs::end_waiver(&app, &staff.viewer, staff.edition.id, &name, id).await?;
    see_other_saying(&links::gate::review(&staff.edition.slug, &name), &Flash::good("gate-waiver-ended-flash"))
}

async fn divide(staff: Staff<may::PlanEdit>, State(app): State<App>, Path((_, name)): GatePath) -> Answer {
    match verbs::divide(&app, &staff.viewer, &staff.edition, &name).await {
        Ok(count) => {
            let flash = Flash::good("gate-divided-flash").with("code", &name).with("count", count);
            see_other_saying(&links::gate::home(&staff.edition.slug), &flash)
        }
        Err(error) => answer(&staff, &app, &name, (GateAct::Divide, &Typed::new()), Err(error)).await,
    }
}

async fn settings(staff: Staff<may::PlanEdit>, State(app): State<App>, Path((_, name)): GatePath) -> Answer {
    let found = gate_page(&staff, &app, &name).await?;
    let form = FormState::of(&GateDraft::of(&found.row.gate));
    page(GateSettings { slug: &staff.edition.slug, row: &found.row, form }.render(&staff.shell()))
}

async fn adjust(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Fields(draft): Fields<GateDraft>,
) -> Answer {
    match verbs::adjust(&app, &staff.viewer, staff.edition.id, &name, &draft).await {
        Ok(()) => {
            let flash = Flash::good("gate-saved-flash").with("code", &name);
            see_other_saying(&links::gate::review(&staff.edition.slug, &name), &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            let found = gate_page(&staff, &app, &name).await?;
            refused(GateSettings { slug: &staff.edition.slug, row: &found.row, form }.render(&staff.shell()))
        }
    }
}

async fn metrics(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    let (reader, scope) = (app.reader(), Scope::of(&staff.edition, app.now()));
    let mut now = HashMap::new();
    let mut areas = Vec::new();
    for entry in catalogue() {
        let seen = staff.may(metric_right(&entry.area));
        if seen && !areas.contains(&entry.area.as_str()) {
            areas.push(entry.area.as_str());
        }
        if seen && !entry.params.contains(&Param::Goal) {
            let reading = read::metric::read(&reader, &scope, &MetricUse::plain(entry.metric)).await?;
            now.insert(entry.metric.code().to_owned(), reading);
        }
    }
    page(Metrics { slug: &staff.edition.slug, now: &now, areas }.render(&staff.shell()))
}
