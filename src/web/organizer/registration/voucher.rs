//! Campaigns, codes and invitations of the organizer; what exhibitors are allowed.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    organizer::views::kept,
    path::{Export, Path},
};
use app::{App, Error, spreadsheet, voucher as verbs};
use axum::extract::{Query, State};
use chrono::NaiveDate;
use domain::{
    CampaignId, Refusal,
    access::Permission::{ExportData, RegistrationEdit, RegistrationRead},
    journal::{Subject, SubjectKind},
    registration::{
        Category,
        invitation::InviteDraft,
        voucher::{CampaignDraft, CampaignState, MOST_CODES},
    },
};
use serde::Deserialize;
use store::read::{code::CodeFilter, journal, voucher as read};
use templates::{
    Flash, FormState, Markup, links,
    organizer::voucher::{CampaignListFilter, CampaignPage, CampaignsPage, EditCampaignPage, NewCampaignPage},
};

/// Rows on a page.
const PAGE: usize = 50;

pub(crate) fn routes(s: &mut Surface) {
    let (read, edit) = (Need::Staff(RegistrationRead), Need::Staff(RegistrationEdit));
    s.get("/e/{edition}/registration/vouchers", read, list);
    s.get("/e/{edition}/registration/vouchers/export/{format}", Need::Staff(ExportData), export_list);
    s.get("/e/{edition}/registration/vouchers/new", edit, new_form);
    s.post("/e/{edition}/registration/vouchers/new", edit, create);
    s.get("/e/{edition}/registration/vouchers/{campaign}", read, record);
    s.get("/e/{edition}/registration/vouchers/{campaign}/edit", edit, edit_form);
    s.post("/e/{edition}/registration/vouchers/{campaign}/edit", edit, change);
    s.get("/e/{edition}/registration/vouchers/{campaign}/export/{format}", Need::Staff(ExportData), export);
    s.post("/e/{edition}/registration/vouchers/{campaign}/stop", edit, stop);
    s.post("/e/{edition}/registration/vouchers/{campaign}/resume", edit, resume);
    s.post("/e/{edition}/registration/vouchers/{campaign}/codes", edit, codes);
    s.post("/e/{edition}/registration/vouchers/{campaign}/codes/{voucher}/stop", edit, stop_code);
    s.post("/e/{edition}/registration/vouchers/{campaign}/codes/{voucher}/resume", edit, resume_code);
    s.post("/e/{edition}/registration/vouchers/{campaign}/invite", edit, invite);
    s.post("/e/{edition}/registration/vouchers/{campaign}/remind", edit, remind);
    s.post("/e/{edition}/registration/vouchers/{campaign}/invitations/{invitation}/withdraw", edit, withdraw);
}

type Reader = Staff<may::RegistrationRead>;
type Editor = Staff<may::RegistrationEdit>;

/// What the address says as a filter. A value nobody knows narrows nothing: old links go on working.
fn filter(shown: &CampaignListFilter, today: NaiveDate) -> read::CampaignFilter {
    read::CampaignFilter {
        q: shown.q.clone(),
        by: shown.by.clone(),
        category: Category::parse(&shown.category),
        state: CampaignState::parse(&shown.state).map(|state| (state, today)),
        sort: shown.sort.clone(),
        after: shown.after.clone(),
    }
}

async fn list(staff: Reader, State(app): State<App>, Query(shown): Query<CampaignListFilter>) -> Answer {
    let (reader, edition) = (app.reader(), &staff.edition);
    let today = edition.day(app.now());
    let filter = filter(&shown, today);
    let found = read::campaigns(&reader, edition.id, &filter, PAGE).await?;
    let list = CampaignsPage {
        filter: &shown,
        rows: &found.rows,
        total: read::count(&reader, edition.id, &filter).await?,
        next: found.next,
        figures: read::figures(&reader, edition.id).await?,
        today,
        zone: edition.time_zone,
        views: &kept(&app, &staff, "campaigns").await?,
        may_edit: staff.may(RegistrationEdit),
        may_export: staff.may(ExportData),
    };
    page(list.render(&staff.shell()))
}

async fn export_list(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(shown): Query<CampaignListFilter>,
) -> Answer {
    staff.must(RegistrationRead)?;
    let asked = filter(&shown, staff.edition.day(app.now()));
    let filter = read::CampaignFilter { after: String::new(), ..asked };
    let file = verbs::export_campaigns(&app, &staff.edition, &filter, (staff.ui.lang, path.format)).await?;
    super::list_file(&app, &staff, "campaigns", path.format, file)
}

async fn new_form(staff: Editor) -> Answer {
    page(NewCampaignPage { form: &FormState::empty() }.render(&staff.shell()))
}

async fn create(staff: Editor, State(app): State<App>, Fields(draft): Fields<CampaignDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(wish) => verbs::create_campaign(&app, staff.viewer.actor(), &staff.edition, &wish).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(id) => said(&staff, id, Flash::good("campaign-created-flash")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(NewCampaignPage { form: &form }.render(&staff.shell()))
        }
    }
}

#[derive(Deserialize)]
struct Named {
    campaign: CampaignId,
}

/// Where the two lists of a campaign's page go on.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Further {
    invited: String,
    codes: String,
}

async fn draw<P>(
    staff: &Staff<P>,
    app: &App,
    id: CampaignId,
    further: &Further,
    form: &FormState,
) -> Result<Markup, Fail> {
    let reader = app.reader();
    let row = read::campaign(&reader, staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let mut invitations = read::invitations(&reader, id, further.invited.parse().ok(), PAGE as u32 + 1).await?;
    let more_invitations = invitations.len() > PAGE;
    invitations.truncate(PAGE);
    let mut vouchers = read::vouchers(&reader, &row.campaign, further.codes.parse().ok(), PAGE as u32 + 1).await?;
    let more_vouchers = vouchers.len() > PAGE;
    vouchers.truncate(PAGE);
    let history = journal::timeline(&reader, Subject::new(SubjectKind::Campaign, id), 50).await?;
    let record = CampaignPage {
        reached: read::reached(&reader, &row.campaign).await?,
        more_invitations: invitations.last().filter(|_| more_invitations).map(|row| row.invitation.id.to_string()),
        invitations: &invitations,
        more_vouchers: vouchers.last().filter(|_| more_vouchers).map(|row| row.id.to_string()),
        vouchers: &vouchers,
        later: !further.invited.is_empty() || !further.codes.is_empty(),
        history: &history,
        form,
        today: staff.edition.day(app.now()),
        zone: staff.edition.time_zone,
        may_edit: staff.may(RegistrationEdit),
        may_export: staff.may(ExportData),
        base_url: &app.settings().base_url,
        row: &row,
    };
    Ok(record.render(&staff.shell()))
}

async fn record(
    staff: Reader,
    State(app): State<App>,
    Path(named): Path<Named>,
    Query(further): Query<Further>,
) -> Answer {
    page(draw(&staff, &app, named.campaign, &further, &FormState::empty()).await?)
}

async fn edit_form(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let row = read::campaign(&app.reader(), staff.edition.id, named.campaign).await?.ok_or(Fail::Missing)?;
    let form = FormState::of(&CampaignDraft::of(&row.campaign));
    page(EditCampaignPage { campaign: &row.campaign, form: &form }.render(&staff.shell()))
}

async fn change(
    staff: Editor,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(draft): Fields<CampaignDraft>,
) -> Answer {
    let id = named.campaign;
    let outcome = match draft.parse_change() {
        Ok(change) => verbs::change_campaign(&app, staff.viewer.actor(), &staff.edition, id, &change).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => said(&staff, id, Flash::good("campaign-saved")),
        Err(error) => {
            let refusals = refusals(error)?;
            let row = read::campaign(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
            let form = FormState::new(&draft, &refusals);
            refused(EditCampaignPage { campaign: &row.campaign, form: &form }.render(&staff.shell()))
        }
    }
}

async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path((_, id, format)): Path<(String, CampaignId, String)>,
) -> Answer {
    staff.must(RegistrationRead)?;
    let kind = spreadsheet::Format::parse(&format).ok_or(Fail::Missing)?;
    let row = read::campaign(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let filter = CodeFilter { campaign: Some(row.campaign.id), ..CodeFilter::default() };
    let look = (staff.ui.lang, kind);
    let written = verbs::download_codes(&app, &staff.viewer, &staff.edition, &filter, look).await?;
    super::list_file(&app, &staff, "vouchers", kind, written)
}

fn said<P>(staff: &Staff<P>, id: CampaignId, flash: Flash) -> Answer {
    see_other_saying(&links::voucher::record(&staff.edition.slug, id), &flash)
}

/// A deed that the rules refused is said on the campaign's page.
fn done(staff: &Editor, id: CampaignId, flash: Flash, outcome: Result<(), Error>) -> Answer {
    match outcome {
        Ok(()) => said(staff, id, flash),
        Err(Error::Refused(list)) => said(staff, id, flash_of(list)?),
        Err(error) => Err(error.into()),
    }
}

async fn stop(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let outcome = verbs::stop_campaign(&app, staff.viewer.actor(), &staff.edition, named.campaign, true).await;
    done(&staff, named.campaign, Flash::good("campaign-stopped-flash"), outcome)
}

async fn resume(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let outcome = verbs::stop_campaign(&app, staff.viewer.actor(), &staff.edition, named.campaign, false).await;
    done(&staff, named.campaign, Flash::good("campaign-resumed-flash"), outcome)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct HowMany {
    count: String,
}

async fn codes(
    staff: Editor,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(form): Fields<HowMany>,
) -> Answer {
    let mut read = domain::refusal::Parse::new();
    let count = read.number("count", &form.count, 1..=MOST_CODES);
    let outcome = match read.finish(|| count.and_then(|n| usize::try_from(n).ok()).unwrap_or_default()) {
        Ok(count) => verbs::add_codes(&app, staff.viewer.actor(), &staff.edition, named.campaign, count).await,
        Err(refusals) => Err(refusals.into()),
    };
    done(&staff, named.campaign, Flash::good("campaign-codes-flash").with("count", form.count.trim()), outcome)
}

type CodePath = Path<(String, CampaignId, domain::VoucherId)>;

async fn stop_code(staff: Editor, State(app): State<App>, Path((_, id, voucher)): CodePath) -> Answer {
    let outcome = verbs::stop_code(&app, staff.viewer.actor(), &staff.edition, (id, voucher), true).await;
    done(&staff, id, Flash::good("voucher-stopped-flash"), outcome)
}

async fn resume_code(staff: Editor, State(app): State<App>, Path((_, id, voucher)): CodePath) -> Answer {
    let outcome = verbs::stop_code(&app, staff.viewer.actor(), &staff.edition, (id, voucher), false).await;
    done(&staff, id, Flash::good("voucher-resumed-flash"), outcome)
}

async fn invite(
    staff: Editor,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(draft): Fields<InviteDraft>,
) -> Answer {
    let id = named.campaign;
    let inviter = verbs::Inviter::Organizer(id);
    let outcome = match draft.parse() {
        Ok((guests, locale)) => {
            verbs::invite(&app, staff.viewer.actor(), &staff.edition, inviter, (&guests, locale)).await
        }
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(count) => said(&staff, id, Flash::good("invitation-sent-flash").with("count", count)),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&staff, &app, id, &Further::default(), &form).await?)
        }
    }
}

async fn remind(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let inviter = verbs::Inviter::Organizer(named.campaign);
    match verbs::remind(&app, staff.viewer.actor(), &staff.edition, inviter).await {
        Ok(count) => said(&staff, named.campaign, Flash::good("invitation-reminded-flash").with("count", count)),
        Err(error) => done(&staff, named.campaign, Flash::good("invitation-reminded-flash"), Err(error)),
    }
}

async fn withdraw(
    staff: Editor,
    State(app): State<App>,
    Path((_, id, invitation)): Path<(String, CampaignId, domain::InvitationId)>,
) -> Answer {
    let inviter = verbs::Inviter::Organizer(id);
    let outcome = verbs::withdraw(&app, staff.viewer.actor(), &staff.edition, inviter, invitation).await;
    done(&staff, id, Flash::good("invitation-withdrawn-flash"), outcome)
}

/// The first refusal as something said once.
pub(super) fn flash_of(list: Vec<Refusal>) -> Result<Flash, Fail> {
    let refusal = list.into_iter().next().ok_or(Fail::Missing)?;
    let flash = Flash::bad(format!("refusal-{}", refusal.code));
    Ok(refusal.params.iter().fold(flash, |flash, (name, value)| flash.with(name, value)))
}
