//! The scan log: filtered, paged, exported.

use super::choices;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, download_file, page},
    guard::{Staff, may},
    organizer::views::kept,
};
use app::App;
use app::admission::{self, Columns};
use app::spreadsheet::Format;
use axum::extract::{Query, State};
use chrono_tz::Tz;
use domain::access::Permission;
use domain::admission::verdict::{Reason, VerdictKind};
use domain::admission::view::{ScanFilter, ScanLine};
use domain::registration::Category;
use serde::Deserialize;
use store::read::admission as read;
use templates::Lang;
use templates::desk::verdict::remark;
use templates::organizer::admission::scans::ScansPage;

/// Rows of a page.
const PAGE: usize = 50;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/admission/scans", Need::Staff(Permission::AdmissionRead), list);
    s.get("/e/{edition}/admission/scans.csv", Need::Staff(Permission::ExportData), as_csv);
    s.get("/e/{edition}/admission/scans.xlsx", Need::Staff(Permission::ExportData), as_xlsx);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    gate: String,
    device: String,
    verdict: String,
    reason: String,
    category: String,
    day: String,
    special: String,
    registration: String,
    after: Option<String>,
}

impl Asked {
    /// What makes no sense is no filter: the page shows which filters hold.
    fn filter(&self) -> ScanFilter {
        ScanFilter {
            words: self.q.chars().take(200).collect(),
            gate: self.gate.parse().ok(),
            device: self.device.parse().ok(),
            verdict: VerdictKind::parse(&self.verdict),
            reason: Reason::known_code(&self.reason),
            category: Category::parse(&self.category),
            day: self.day.parse().ok(),
            overridden: self.special == "overridden",
            offline: self.special == "offline",
            registration: self.registration.parse().ok(),
        }
    }
}

async fn list(staff: Staff<may::AdmissionRead>, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let reader = app.reader();
    let (id, filter) = (staff.edition.id, asked.filter());
    let found = read::log(&reader, id, &filter, asked.after.as_deref(), PAGE).await?;
    let html = ScansPage {
        edition: &staff.edition.slug,
        filter: &filter,
        lines: &found.lines,
        gates: &choices(&read::gates(&reader, id).await?),
        devices: &read::devices(&reader, id).await?,
        total: read::count(&reader, id, &filter).await?,
        next: found.next,
        later: asked.after.is_some(),
        zone: staff.edition.time_zone,
        views: &kept(&app, &staff, "scans").await?,
        manage: staff.may(Permission::AdmissionManage),
        export: staff.may(Permission::ExportData),
    };
    page(html.render(&staff.shell()))
}

fn columns(lang: Lang, zone: Tz) -> Columns<'static> {
    let heads = [
        "admission-time",
        "admission-server-time",
        "admission-gate",
        "admission-direction",
        "admission-verdict",
        "admission-reason",
        "admission-why",
        "admission-registration-number",
        "admission-person",
        "admission-company",
        "admission-category",
        "admission-device",
        "admission-sequence",
        "admission-offline",
        "admission-override-reason",
        "admission-first-entry",
        "admission-code",
    ];
    let yes = move |flag: bool| if flag { lang.t("admission-yes") } else { String::new() };
    let cells = move |line: &ScanLine| {
        let time = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string();
        let person = line.person.as_ref();
        vec![
            time(line.entry_time),
            time(line.server_time),
            line.gate.clone(),
            lang.term("admission-direction", line.direction.code()),
            lang.term("admission-verdict", line.verdict.code()),
            line.reason.clone().unwrap_or_default(),
            remark(lang, zone, line.reason.as_deref(), &line.details),
            person.map(|p| p.number.to_string()).unwrap_or_default(),
            person.map(|p| p.name.clone()).unwrap_or_default(),
            person.map(|p| p.company.clone()).unwrap_or_default(),
            line.category.map(|category| lang.term("category", category.code())).unwrap_or_default(),
            line.device.clone().unwrap_or_default(),
            line.sequence.to_string(),
            yes(line.offline),
            line.override_reason.clone().unwrap_or_default(),
            yes(line.first_entry),
            line.code.clone(),
        ]
    };
    Columns { heads: heads.into_iter().map(|key| lang.t(key)).collect(), cells: Box::new(cells) }
}

type Exporter = Staff<may::ExportData>;

/// A list is exported by who may export and may see it.
fn sees(staff: &Exporter) -> Result<(), Fail> {
    if staff.may(Permission::AdmissionRead) { Ok(()) } else { Err(Fail::Forbidden) }
}

async fn export(staff: Exporter, app: App, asked: Asked, format: Format) -> Answer {
    sees(&staff)?;
    let columns = columns(staff.ui.lang, staff.edition.time_zone);
    let file = admission::export(&app, staff.edition.id, &asked.filter(), &columns, format).await?;
    let ending = format.ending();
    download_file(&format!("{}-scans.{ending}", staff.edition.slug), file)
}

async fn as_csv(staff: Exporter, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    export(staff, app, asked, Format::Csv).await
}

async fn as_xlsx(staff: Exporter, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    export(staff, app, asked, Format::Xlsx).await
}
