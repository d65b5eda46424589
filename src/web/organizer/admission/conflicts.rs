//! The conflict inbox: list, record, saying what a conflict was, files.

use super::choices;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, download_file, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    organizer::views::kept,
    path::Path,
};
use app::App;
use app::admission::{self, Columns};
use app::spreadsheet::Format;
use axum::extract::{Query, State};
use chrono_tz::Tz;
use domain::access::Permission;
use domain::admission::conflict::SettleDraft;
use domain::admission::conflict_view::{ConflictFilter, ConflictLine};
use domain::admission::{ConflictKind, ConflictState};
use domain::journal::{Subject, SubjectKind};
use domain::{Refusal, ScanId};
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use templates::desk::verdict::remark;
use templates::organizer::admission::conflicts::{ConflictPage, ConflictsPage};
use templates::{Flash, FormState, Lang, links};

/// Rows of a page.
const PAGE: usize = 50;

type Reader = Staff<may::AdmissionRead>;
type Manager = Staff<may::AdmissionManage>;

pub(crate) fn routes(s: &mut Surface) {
    let (read, manage) = (Permission::AdmissionRead, Permission::AdmissionManage);
    s.get("/e/{edition}/admission/conflicts", Need::Staff(read), list);
    s.post("/e/{edition}/admission/conflicts", Need::Staff(manage), settle_all);
    s.get("/e/{edition}/admission/conflicts.csv", Need::Staff(Permission::ExportData), as_csv);
    s.get("/e/{edition}/admission/conflicts.xlsx", Need::Staff(Permission::ExportData), as_xlsx);
    s.get("/e/{edition}/admission/conflicts/{scan}", Need::Staff(read), show);
    s.post("/e/{edition}/admission/conflicts/{scan}", Need::Staff(manage), settle);
    s.post("/e/{edition}/admission/conflicts/{scan}/reopen", Need::Staff(manage), reopen);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    kind: String,
    gate: String,
    day: String,
    after: Option<String>,
}

impl Asked {
    /// What makes no sense is no filter. Without a word the open ones are shown.
    fn filter(&self) -> ConflictFilter {
        ConflictFilter {
            state: match self.state.as_str() {
                "" => Some(ConflictState::Open),
                text => ConflictState::parse(text),
            },
            kind: ConflictKind::parse(&self.kind),
            gate: self.gate.parse().ok(),
            day: self.day.parse().ok(),
        }
    }
}

async fn inbox<P>(staff: &Staff<P>, app: &App, asked: &Asked, form: FormState) -> Answer {
    let reader = app.reader();
    let (id, filter) = (staff.edition.id, asked.filter());
    let found = read::conflicts(&reader, id, &filter, asked.after.as_deref(), PAGE).await?;
    let html = ConflictsPage {
        edition: &staff.edition.slug,
        filter: &filter,
        lines: &found.lines,
        counts: &read::conflict_counts(&reader, id).await?,
        gates: &choices(&read::gates(&reader, id).await?),
        next: found.next,
        later: asked.after.is_some(),
        zone: staff.edition.time_zone,
        views: &kept(app, staff, "conflicts").await?,
        manage: staff.may(Permission::AdmissionManage),
        export: staff.may(Permission::ExportData),
        form: &form,
    };
    let html = html.render(&staff.shell());
    if form.is_clean() { page(html) } else { refused(html) }
}

async fn list(staff: Reader, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    inbox(&staff, &app, &asked, FormState::empty()).await
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct All {
    kind: String,
    note: String,
}

async fn settle_all(staff: Manager, State(app): State<App>, Fields(all): Fields<All>) -> Answer {
    let kind =
        ConflictKind::parse(&all.kind).ok_or_else(|| Fail::from(Refusal::invalid("unknown-choice").at("kind")))?;
    let draft = SettleDraft { note: all.note.clone(), version: String::new() };
    match draft.parse() {
        Ok((note, _)) => {
            let count = admission::settle_conflicts(&app, &staff.viewer, staff.edition.id, kind, &note).await?;
            let flash = Flash::good("conflict-all-settled").with("count", count);
            see_other_saying(&links::admission::conflicts(&staff.edition.slug), &flash)
        }
        Err(refusals) => {
            let asked = Asked { kind: all.kind.clone(), ..Asked::default() };
            inbox(&staff, &app, &asked, FormState::new(&all, &refusals)).await
        }
    }
}

async fn record<P>(staff: &Staff<P>, app: &App, scan: ScanId, form: Option<FormState>) -> Answer {
    let reader = app.reader();
    let record = read::conflict_record(&reader, staff.edition.id, scan).await?.ok_or(Fail::Missing)?;
    let draft = SettleDraft { version: record.line.version.to_string(), ..SettleDraft::default() };
    let form = form.unwrap_or_else(|| FormState::of(&draft));
    let subject = match &record.line.scan.person {
        Some(person) => Subject::new(SubjectKind::Registration, person.registration.uuid()),
        None => Subject::new(SubjectKind::Scan, scan.uuid()),
    };
    let mut journal = store::read::journal::timeline(&reader, subject, 50).await?;
    let here = scan.to_string();
    journal.retain(|entry| entry.fact.data.get("scan").and_then(|v| v.as_str()) == Some(&here));
    let html = ConflictPage {
        edition: &staff.edition.slug,
        record: &record,
        journal: &journal,
        form: &form,
        zone: staff.edition.time_zone,
        manage: staff.may(Permission::AdmissionManage),
    };
    let html = html.render(&staff.shell());
    if form.is_clean() { page(html) } else { refused(html) }
}

async fn show(staff: Reader, State(app): State<App>, Path((_, scan)): Path<(String, ScanId)>) -> Answer {
    record(&staff, &app, scan, None).await
}

async fn settle(
    staff: Manager,
    State(app): State<App>,
    Path((_, scan)): Path<(String, ScanId)>,
    Fields(draft): Fields<SettleDraft>,
) -> Answer {
    let outcome = match draft.parse() {
        Ok(said) => admission::settle_conflict(&app, &staff.viewer, staff.edition.id, scan, said).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => {
            let next = links::admission::conflicts(&staff.edition.slug);
            see_other_saying(&next, &Flash::good("conflict-settled"))
        }
        Err(error) => {
            let refusals = refusals(error)?;
            record(&staff, &app, scan, Some(FormState::new(&draft, &refusals))).await
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Seen {
    version: String,
}

async fn reopen(
    staff: Manager,
    State(app): State<App>,
    Path((_, scan)): Path<(String, ScanId)>,
    Fields(seen): Fields<Seen>,
) -> Answer {
    let version = seen.version.trim().parse().unwrap_or(0);
    admission::reopen_conflict(&app, &staff.viewer, staff.edition.id, scan, version).await?;
    see_other_saying(&links::admission::conflict(&staff.edition.slug, scan), &Flash::good("conflict-reopened"))
}

fn columns(lang: Lang, zone: Tz) -> Columns<'static, ConflictLine> {
    let heads = [
        "admission-time",
        "conflict-kind",
        "admission-state",
        "admission-registration-number",
        "admission-person",
        "admission-company",
        "admission-gate",
        "admission-device",
        "admission-why",
        "conflict-against",
        "conflict-note",
    ];
    let time = move |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string();
    let cells = move |line: &ConflictLine| {
        let (scan, person) = (&line.scan, line.scan.person.as_ref());
        vec![
            time(scan.entry_time),
            lang.term("conflict-kind", line.kind.code()),
            lang.term("conflict-state", line.state.code()),
            person.map(|p| p.number.to_string()).unwrap_or_default(),
            person.map(|p| p.name.clone()).unwrap_or_default(),
            person.map(|p| p.company.clone()).unwrap_or_default(),
            scan.gate.clone(),
            scan.device.clone().unwrap_or_default(),
            remark(lang, zone, scan.reason.as_deref(), &scan.details),
            line.other_at.as_ref().map(|(at, gate)| format!("{} {gate}", time(*at))).unwrap_or_default(),
            line.note.clone(),
        ]
    };
    Columns { heads: heads.into_iter().map(|key| lang.t(key)).collect(), cells: Box::new(cells) }
}

type Exporter = Staff<may::ExportData>;

async fn export(staff: Exporter, app: App, asked: Asked, format: Format) -> Answer {
    if !staff.may(Permission::AdmissionRead) {
        return Err(Fail::Forbidden);
    }
    let columns = columns(staff.ui.lang, staff.edition.time_zone);
    let file = admission::export_conflicts(&app, staff.edition.id, &asked.filter(), &columns, format).await?;
    let ending = format.ending();
    download_file(&format!("{}-conflicts.{ending}", staff.edition.slug), file)
}

async fn as_csv(staff: Exporter, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    export(staff, app, asked, Format::Csv).await
}

async fn as_xlsx(staff: Exporter, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    export(staff, app, asked, Format::Xlsx).await
}
