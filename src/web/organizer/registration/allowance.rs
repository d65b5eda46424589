//! What exhibitors may give out.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::{Export, Path},
};
use app::{App, voucher as verbs};
use axum::extract::{Query, State};
use domain::{
    ParticipationId,
    access::Permission::{ExportData, RegistrationEdit, RegistrationRead},
    registration::allowance::{AccountRow, GrantDraft, Kind, RuleDraft},
};
use serde::Deserialize;
use store::read::voucher as read;
use templates::{
    Flash, FormState, Markup, links,
    organizer::voucher::{AllowancePage, AllowancesPage},
};

/// Rows on a page.
const PAGE: usize = 50;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/registration/allowances", Need::Staff(RegistrationRead), list);
    s.post("/e/{edition}/registration/allowances", Need::Staff(RegistrationEdit), rule);
    s.get("/e/{edition}/registration/allowances/export/{format}", Need::Staff(ExportData), export);
    s.get("/e/{edition}/registration/allowances/{exhibitor}", Need::Staff(RegistrationEdit), grant_form);
    s.post("/e/{edition}/registration/allowances/{exhibitor}", Need::Staff(RegistrationEdit), grant);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    after: String,
}

async fn draw<P>(staff: &Staff<P>, app: &App, asked: &Asked, form: Option<(Kind, &FormState)>) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let found = read::accounts(&reader, edition, (&asked.q, &asked.after), None, PAGE).await?;
    let rules = read::rules(&reader, edition).await?;
    let list = AllowancesPage {
        rules: &rules,
        rows: &found.rows,
        q: &asked.q,
        next: found.next,
        later: !asked.after.is_empty(),
        form,
        may_edit: staff.may(RegistrationEdit),
        may_export: staff.may(ExportData),
    };
    Ok(list.render(&staff.shell()))
}

async fn list(staff: Staff<may::RegistrationRead>, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    page(draw(&staff, &app, &asked, None).await?)
}

async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(asked): Query<Asked>,
) -> Answer {
    staff.must(RegistrationRead)?;
    let file = verbs::export_accounts(&app, &staff.edition, &asked.q, (staff.ui.lang, path.format)).await?;
    super::list_file(&app, &staff, "allowances", path.format, file)
}

async fn rule(staff: Staff<may::RegistrationEdit>, State(app): State<App>, Fields(draft): Fields<RuleDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(rule) => verbs::save_rule(&app, staff.viewer.actor(), &staff.edition, &rule).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => {
            let flash = Flash::good("allowance-saved");
            see_other_saying(&links::voucher::allowances(&staff.edition.slug), &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            let kind = Kind::parse(&draft.kind).unwrap_or(Kind::Staff);
            refused(draw(&staff, &app, &Asked::default(), Some((kind, &form))).await?)
        }
    }
}

async fn account<P>(staff: &Staff<P>, app: &App, exhibitor: ParticipationId) -> Result<AccountRow, Fail> {
    let found = read::accounts(&app.reader(), staff.edition.id, ("", ""), Some(exhibitor), 1).await?;
    found.rows.into_iter().next().ok_or(Fail::Missing)
}

type ExhibitorPath = Path<(String, ParticipationId)>;

async fn grant_form(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, exhibitor)): ExhibitorPath,
) -> Answer {
    let row = account(&staff, &app, exhibitor).await?;
    page(AllowancePage { row: &row, form: &FormState::empty() }.render(&staff.shell()))
}

async fn grant(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, exhibitor)): ExhibitorPath,
    Fields(draft): Fields<GrantDraft>,
) -> Answer {
    let outcome = match draft.parse() {
        Ok(grant) => verbs::grant_allowance(&app, staff.viewer.actor(), &staff.edition, exhibitor, &grant).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => {
            let flash = Flash::good("allowance-saved");
            see_other_saying(&links::voucher::allowances(&staff.edition.slug), &flash)
        }
        Err(error) => {
            let refusals = refusals(error)?;
            let row = account(&staff, &app, exhibitor).await?;
            refused(AllowancePage { row: &row, form: &FormState::new(&draft, &refusals) }.render(&staff.shell()))
        }
    }
}
