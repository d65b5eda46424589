//! Bringing a table of people: the file, the columns, the dry run, the taking over, the rejected rows.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download_file, page, refusals, refused, see_other, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
    upload,
};
use app::{
    App, Error,
    intake::{self as verbs, Whose},
    spreadsheet::{Format, Writer},
};
use axum::{
    extract::{DefaultBodyLimit, Query, Request, State},
    handler::Handler,
    response::{
        IntoResponse,
        sse::{self, KeepAlive, Sse},
    },
};
use domain::{
    CampaignId, DelegationId, IntakeId, Refusal,
    access::Permission::{RegistrationEdit, RegistrationRead},
    registration::intake::{OptionsDraft, columns},
};
use serde::Deserialize;
use std::{collections::BTreeMap, convert::Infallible, time::Duration};
use store::read::{delegation, intake as read, voucher};
use templates::{
    Flash, FormState, Lang, Markup, links,
    organizer::intake::{IntakePage, IntakeStartPage, progress_card, why},
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Imports and rejected rows shown.
const SHOWN: u32 = 100;
/// Rejected rows read at once.
const PAGE: u32 = 1_000;
/// Pause between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(500);

pub(crate) fn routes(s: &mut Surface) {
    let (read, edit) = (Need::Staff(RegistrationRead), Need::Staff(RegistrationEdit));
    let room = DefaultBodyLimit::max(verbs::LARGEST + 64 * 1024);
    s.get("/e/{edition}/registration/import", edit, start);
    s.post("/e/{edition}/registration/import", edit, keep.layer(room));
    s.get("/e/{edition}/registration/import/template/{format}", edit, template);
    s.get("/e/{edition}/registration/import/{intake}", read, show);
    s.get("/e/{edition}/registration/import/{intake}/progress", read, progress);
    s.post("/e/{edition}/registration/import/{intake}/judge", edit, judge);
    s.post("/e/{edition}/registration/import/{intake}/take", edit, take);
    s.post("/e/{edition}/registration/import/{intake}/stop", edit, stop);
    s.get("/e/{edition}/registration/import/{intake}/rejected/{format}", read, rejected);
}

type Editor = Staff<may::RegistrationEdit>;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    group: String,
    campaign: String,
}

impl Asked {
    /// Whose people come; what is no id names nobody.
    fn whose(&self) -> Whose {
        match (self.group.parse::<DelegationId>(), self.campaign.parse::<CampaignId>()) {
            (Ok(group), _) => Whose::Group(group),
            (_, Ok(campaign)) => Whose::Campaign(campaign),
            _ => Whose::People,
        }
    }
}

async fn start_page(staff: &Editor, app: &App, asked: &Asked, form: &FormState) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let (mut group, mut campaign) = (None, None);
    match asked.whose() {
        Whose::People => {}
        Whose::Group(id) => group = Some(delegation::delegation(&reader, edition, id).await?.ok_or(Fail::Missing)?),
        Whose::Campaign(id) => campaign = Some(voucher::campaign(&reader, edition, id).await?.ok_or(Fail::Missing)?),
    }
    let intakes = read::intakes(&reader, edition, SHOWN).await?;
    let start = IntakeStartPage {
        form,
        group: group.as_ref().map(|row| &row.delegation),
        campaign: campaign.as_ref().map(|row| &row.campaign),
        intakes: &intakes,
        zone: staff.edition.time_zone,
    };
    Ok(start.render(&staff.shell()))
}

async fn start(staff: Editor, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    page(start_page(&staff, &app, &asked, &FormState::empty()).await?)
}

async fn keep(staff: Editor, State(app): State<App>, Query(asked): Query<Asked>, request: Request) -> Answer {
    let whose = asked.whose();
    let kept = match upload::raw_file(request, &app).await? {
        Some((name, content)) => verbs::keep(&app, staff.viewer.actor(), &staff.edition, whose, (&name, content)).await,
        None => Err(Refusal::invalid("required").at("file").into()),
    };
    match kept {
        Ok(id) => see_other(&links::intake::record(&staff.edition.slug, id)),
        Err(error) => {
            let form = FormState::new(&serde_json::json!({}), &refusals(error)?);
            refused(start_page(&staff, &app, &asked, &form).await?)
        }
    }
}

async fn template(staff: Editor, Path((_, format)): Path<(String, String)>, Query(asked): Query<Asked>) -> Answer {
    let kind = Format::parse(&format).ok_or(Fail::Missing)?;
    let (name, heads) = match asked.whose() {
        Whose::Campaign(_) => ("invitations", verbs::guest_template(staff.ui.lang)),
        _ => ("registrations", verbs::template(staff.ui.lang)),
    };
    download_file(&format!("{name}.{format}"), Writer::begin(kind, &heads)?.finish()?)
}

type IntakePath = Path<(String, IntakeId)>;

async fn draw<P>(staff: &Staff<P>, app: &App, id: IntakeId, refusals: &[Refusal]) -> Result<Markup, Fail> {
    let reader = app.reader();
    let intake = read::intake(&reader, staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let campaign = match intake.campaign {
        Some(id) => Some(voucher::campaign(&reader, staff.edition.id, id).await?.ok_or(Fail::Missing)?),
        None => None,
    };
    let campaign = campaign.as_ref().map(|row| &row.campaign);
    let sample = verbs::sample(&reader, id).await?;
    let faults = read::faults(&reader, id, 0, SHOWN).await?;
    let form = FormState::new(&serde_json::json!({}), refusals);
    let may_edit = staff.may(RegistrationEdit);
    let view = IntakePage { intake: &intake, campaign, sample: &sample, faults: &faults, form: &form, may_edit };
    Ok(view.render(&staff.shell()))
}

async fn show(staff: Staff<may::RegistrationRead>, State(app): State<App>, Path((_, id)): IntakePath) -> Answer {
    page(draw(&staff, &app, id, &[]).await?)
}

/// The choices as sent: columns by number beside the options.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Chosen {
    #[serde(flatten)]
    options: OptionsDraft,
    #[serde(flatten)]
    all: BTreeMap<String, String>,
}

async fn judge(
    staff: Editor,
    State(app): State<App>,
    Path((_, id)): IntakePath,
    Fields(chosen): Fields<Chosen>,
) -> Answer {
    let intake = read::intake(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let mapping = columns::chosen(&intake.heads, |at| chosen.all.get(&format!("c{at}")).cloned());
    let mut draft = chosen.options;
    if draft.category.trim().is_empty() {
        // A campaign says what the people of its table become.
        intake.options.category.code().clone_into(&mut draft.category);
    }
    let outcome = match draft.parse() {
        Ok(options) => verbs::ask_judging(&app, staff.viewer.actor(), &staff.edition, id, (mapping, options)).await,
        Err(refusals) => Err(refusals.into()),
    };
    went(&staff, &app, id, outcome).await
}

/// Back to the import's page, or the page with what was refused.
async fn went(staff: &Editor, app: &App, id: IntakeId, outcome: Result<(), Error>) -> Answer {
    match outcome {
        Ok(()) => see_other(&links::intake::record(&staff.edition.slug, id)),
        Err(error) => {
            let refusals = refusals(error)?;
            refused(draw(staff, app, id, &refusals).await?)
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Mode {
    mode: String,
}

async fn take(staff: Editor, State(app): State<App>, Path((_, id)): IntakePath, Fields(form): Fields<Mode>) -> Answer {
    let skip = form.mode == "skip";
    let outcome = verbs::take(&app, staff.viewer.actor(), &staff.edition, id, skip).await;
    went(&staff, &app, id, outcome).await
}

async fn stop(staff: Editor, State(app): State<App>, Path((_, id)): IntakePath) -> Answer {
    verbs::stop(&app, staff.viewer.actor(), &staff.edition, id).await?;
    see_other_saying(&links::intake::record(&staff.edition.slug, id), &Flash::good("intake-stopping"))
}

/// How far it is, drawn as it goes on.
async fn progress(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path((_, id)): IntakePath,
) -> Result<impl IntoResponse, Fail> {
    read::intake(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let (sender, receiver) = mpsc::channel(2);
    let (edition, slug, lang) = (staff.edition.id, staff.edition.slug.clone(), staff.ui.lang);
    tokio::spawn(async move { watch(&app, (edition, &slug), lang, id, sender).await });
    Ok(Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

async fn watch(
    app: &App,
    (edition, slug): (domain::EditionId, &str),
    lang: Lang,
    id: IntakeId,
    sender: mpsc::Sender<Result<sse::Event, Infallible>>,
) {
    loop {
        let Ok(Some(intake)) = read::intake(&app.reader(), edition, id).await else { return };
        let html = progress_card(lang, slug, &intake).into_string().replace('\n', " ");
        if sender.send(Ok(sse::Event::default().event("fragment").data(html))).await.is_err() {
            return;
        }
        // The browser comes back after the end of a stream: what is over stays open and silent.
        let pause = if intake.works() { LOOK } else { Duration::from_secs(3_600) };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = sender.closed() => return,
        }
    }
}

/// The rejected rows as they came, with the reasons in a last column: corrected, they can come once more.
async fn rejected(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path((_, id, format)): Path<(String, IntakeId, String)>,
) -> Answer {
    let kind = Format::parse(&format).ok_or(Fail::Missing)?;
    let reader = app.reader();
    let intake = read::intake(&reader, staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let lang = staff.ui.lang;
    let mut heads = intake.heads.clone();
    heads.push(lang.t("table-why"));
    let mut writer = Writer::begin(kind, &heads)?;
    let mut after = 0;
    loop {
        let faults = read::faults(&reader, id, after, PAGE).await?;
        for fault in &faults {
            let why = why(lang, &fault.reasons).join(" ");
            writer.row(fault.cells.iter().cloned().chain([why]))?;
        }
        match faults.last().filter(|_| faults.len() == PAGE as usize) {
            Some(last) => after = last.line,
            None => break,
        }
    }
    download_file(&format!("{}-rejected.{format}", staff.edition.slug), writer.finish()?)
}
