//! Many badges in one go: chosen, looked through, printed; the larger prints so far.

use super::done;
use crate::{
    answer::{Answer, Fail, download, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::App;
use app::printing::{self as verbs, MOST_BADGES};
use axum::extract::{Query, State};
use domain::PrintBatchId;
use domain::access::Permission;
use domain::party::country;
use domain::printing::view::{BatchOrder, Selection};
use domain::registration::{Category, Channel, Status, view::Filter};
use store::read::{printing as read, registration};
use templates::components::{Choice, countries};
use templates::organizer::printing::{BulkForm, BulkPage};
use templates::{Flash, FormState, Markup, links};

/// Larger prints shown.
const BATCHES: u32 = 20;

fn selection(form: &BulkForm) -> Selection {
    Selection {
        filter: Filter {
            q: form.q.clone(),
            category: Category::parse(&form.category),
            status: Some(Status::Approved),
            channel: Channel::parse(&form.channel),
            country: country::parse(&form.country).map(str::to_owned),
            day: form.day.parse().ok(),
            waiting: false,
        },
        again: form.which == "again",
        order: BatchOrder::parse(&form.order).unwrap_or_default(),
    }
}

async fn render<P>(staff: &Staff<P>, app: &App, form: &BulkForm, state: &FormState) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let counts = registration::counts(&reader, edition).await?;
    let lang = staff.ui.lang;
    let present = |choice: &Choice| counts.by_country.iter().any(|(code, _)| *code == choice.value);
    let countries: Vec<Choice> = countries(lang, &[]).into_iter().filter(present).collect();
    let preflight = match verbs::fonts_are_missing() {
        true => None,
        false => Some(verbs::preflight(app, &staff.edition, &selection(form), None).await?),
    };
    let bulk = BulkPage {
        form,
        refused: state,
        preflight: preflight.as_ref(),
        most: MOST_BADGES,
        countries,
        days: &registration::days(&reader, edition).await?,
        stations: &read::stations(&reader, edition).await?,
        batches: &read::batches(&reader, edition, BATCHES).await?,
        zone: staff.edition.time_zone,
        now: app.now(),
        may_edit: staff.may(Permission::RegistrationEdit),
    };
    Ok(bulk.render(&staff.shell()))
}

pub(super) async fn page_of(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Query(form): Query<BulkForm>,
) -> Answer {
    page(render(&staff, &app, &form, &FormState::of(&form)).await?)
}

pub(super) async fn print(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Fields(form): Fields<BulkForm>,
) -> Answer {
    let station = match form.station.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Fail::Missing)?),
    };
    match verbs::print_batch(&app, &staff.viewer, &staff.edition, &selection(&form), station).await {
        Ok(_) => {
            let said = if station.is_some() { "printing-said-batch" } else { "printing-said-file" };
            see_other_saying(&links::printing::bulk(&staff.edition.slug), &Flash::good(said))
        }
        Err(error) => {
            let state = FormState::new(&form, &refusals(error)?);
            refused(render(&staff, &app, &form, &state).await?)
        }
    }
}

pub(super) async fn file(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path((_, batch)): Path<(String, PrintBatchId)>,
) -> Answer {
    let file = read::batch_file(&app.reader(), staff.edition.id, batch).await?.ok_or(Fail::Missing)?;
    let name = format!("badges-{}-{}.pdf", staff.edition.slug, staff.edition.day(app.now()));
    download(&name, "application/pdf", file)
}

pub(super) async fn cancel(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, batch)): Path<(String, PrintBatchId)>,
) -> Answer {
    let outcome = verbs::cancel_batch(&app, &staff.viewer, &staff.edition, batch).await;
    done(&links::printing::bulk(&staff.edition.slug), "printing-said-stopped", outcome)
}
