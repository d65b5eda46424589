//! Counts: the log by an auditor's rules, freezing, frozen counts with their files.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, download_file, page, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::App;
use app::admission::{self, Sealed};
use axum::extract::{Query, State};
use domain::access::Permission;
use domain::admission::audit::{self, AuditProfile};
use domain::admission::count::Figures;
use domain::admission::count_view::{Freeze, FreezeDraft};
use domain::{FreezeId, Refusal};
use serde::Deserialize;
use store::read::admission as read;
use templates::organizer::admission::counts::{CountsPage, FreezePage};
use templates::{Flash, FormState, links};

type Reader = Staff<may::AdmissionRead>;
type Manager = Staff<may::AdmissionManage>;
type Exporter = Staff<may::ExportData>;

pub(crate) fn routes(s: &mut Surface) {
    let (read, manage) = (Permission::AdmissionRead, Permission::AdmissionManage);
    let export = Need::Staff(Permission::ExportData);
    s.get("/e/{edition}/admission/counts", Need::Staff(read), show);
    s.post("/e/{edition}/admission/counts", Need::Staff(manage), freeze);
    s.get("/e/{edition}/admission/counts.xlsx", export, workbook);
    s.get("/e/{edition}/admission/counts/{freeze}", Need::Staff(read), frozen);
    s.post("/e/{edition}/admission/counts/{freeze}/check", Need::Staff(manage), check);
    s.get("/e/{edition}/admission/counts/{freeze}/certificate.pdf", export, certificate);
    s.get("/e/{edition}/admission/counts/{freeze}/figures.xlsx", export, frozen_workbook);
    s.get("/e/{edition}/admission/counts/{freeze}/log.csv", export, log);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    profile: String,
}

impl Asked {
    fn profile(&self) -> &'static AuditProfile {
        audit::profile(&self.profile).unwrap_or(&audit::profiles()[0])
    }
}

async fn counted<P>(staff: &Staff<P>, app: &App, profile: &AuditProfile, form: FormState) -> Answer {
    let counted = admission::latest_count(app, &staff.edition, profile).await?;
    let html = CountsPage {
        edition: &staff.edition.slug,
        profile,
        figures: &counted.figures,
        counted_at: counted.cutoff,
        freezes: &read::freezes(&app.reader(), staff.edition.id).await?,
        form: &form,
        zone: staff.edition.time_zone,
        manage: staff.may(Permission::AdmissionManage),
        export: staff.may(Permission::ExportData),
    };
    let html = html.render(&staff.shell());
    if form.is_clean() { page(html) } else { refused(html) }
}

async fn show(staff: Reader, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    counted(&staff, &app, asked.profile(), FormState::empty()).await
}

async fn freeze(staff: Manager, State(app): State<App>, Fields(draft): Fields<FreezeDraft>) -> Answer {
    match draft.parse() {
        Ok((profile, note)) => {
            let id = admission::freeze_count(&app, &staff.viewer, &staff.edition, (profile, note)).await?;
            see_other_saying(&links::admission::freeze(&staff.edition.slug, id), &Flash::good("count-is-frozen"))
        }
        Err(refusals) => {
            let asked = Asked { profile: draft.profile.clone() };
            counted(&staff, &app, asked.profile(), FormState::new(&draft, &refusals)).await
        }
    }
}

async fn workbook(staff: Exporter, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    sees(&staff)?;
    let counted = admission::latest_count(&app, &staff.edition, asked.profile()).await?;
    let file = admission::count_workbook(&counted.figures, staff.ui.lang)?;
    download_file(&format!("{}-count-{}.xlsx", staff.edition.slug, asked.profile().code), file)
}

/// A list is exported by who may export and may see it.
fn sees(staff: &Exporter) -> Result<(), Fail> {
    if staff.may(Permission::AdmissionRead) { Ok(()) } else { Err(Fail::Forbidden) }
}

/// A frozen count with its figures and rules.
async fn found<P>(staff: &Staff<P>, app: &App, id: FreezeId) -> Result<(Freeze, Figures, &'static AuditProfile), Fail> {
    let freeze = read::freeze(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let certificate = freeze.certificate().ok_or_else(|| Fail::from(Refusal::missing("count-unreadable")))?;
    let profile = audit::profile(&freeze.profile).unwrap_or(&audit::profiles()[0]);
    Ok((freeze, certificate.figures, profile))
}

async fn frozen(staff: Reader, State(app): State<App>, Path((_, id)): Path<(String, FreezeId)>) -> Answer {
    let (freeze, figures, profile) = found(&staff, &app, id).await?;
    let address = links::public::count(&freeze.code).absolute(&app.settings().base_url);
    let html = FreezePage {
        edition: &staff.edition.slug,
        figures: &figures,
        profile,
        checks: &read::freeze_checks(&app.reader(), id, 20).await?,
        sealed: admission::seal_holds(&freeze),
        qr: &app::registration::qr(&address),
        address: &address,
        zone: staff.edition.time_zone,
        manage: staff.may(Permission::AdmissionManage),
        export: staff.may(Permission::ExportData),
        freeze: &freeze,
    };
    page(html.render(&staff.shell()))
}

async fn check(staff: Manager, State(app): State<App>, Path((_, id)): Path<(String, FreezeId)>) -> Answer {
    let check = admission::check_freeze(&app, &staff.viewer, staff.edition.id, id).await?;
    let flash = if check.same { Flash::good("count-same") } else { Flash::bad("count-changed") };
    see_other_saying(&links::admission::freeze(&staff.edition.slug, id), &flash)
}

async fn certificate(staff: Exporter, State(app): State<App>, Path((_, id)): Path<(String, FreezeId)>) -> Answer {
    sees(&staff)?;
    let (freeze, figures, profile) = found(&staff, &app, id).await?;
    let sealed = Sealed {
        freeze: &freeze,
        figures: &figures,
        profile,
        edition: &staff.edition.name,
        zone: staff.edition.time_zone,
        address: links::public::count(&freeze.code).absolute(&app.settings().base_url),
    };
    let pdf = admission::certificate_pdf(sealed, staff.ui.lang).await?;
    download(&format!("{}-certificate-{}.pdf", staff.edition.slug, freeze.number), "application/pdf", pdf)
}

async fn frozen_workbook(staff: Exporter, State(app): State<App>, Path((_, id)): Path<(String, FreezeId)>) -> Answer {
    sees(&staff)?;
    let (freeze, figures, _) = found(&staff, &app, id).await?;
    let file = admission::count_workbook(&figures, staff.ui.lang)?;
    download_file(&format!("{}-count-{}.xlsx", staff.edition.slug, freeze.number), file)
}

async fn log(staff: Exporter, State(app): State<App>, Path((_, id)): Path<(String, FreezeId)>) -> Answer {
    sees(&staff)?;
    let (freeze, ..) = found(&staff, &app, id).await?;
    let file = admission::frozen_log(&app, &freeze).await?;
    download_file(&format!("{}-log-{}.csv", staff.edition.slug, freeze.number), file)
}
