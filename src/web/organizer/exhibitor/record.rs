//! An exhibitor: inviting its contacts, giving it a stand.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::App;
use axum::extract::State;
use domain::{
    ContactId, ParticipationId, PlaceId, Refusal,
    access::Permission,
    exhibitor::InviteDraft,
    journal::{Subject, SubjectKind},
};
use serde::{Deserialize, Serialize};
use store::read;
use templates::{Flash, FormState, Markup, links, organizer::exhibitor::ExhibitorPage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/exhibitor/{exhibitor}", Need::Staff(Permission::ExhibitorRead), show);
    s.post("/e/{edition}/exhibitor/{exhibitor}/contacts", Need::Staff(Permission::ExhibitorEdit), invite);
    s.post(
        "/e/{edition}/exhibitor/{exhibitor}/contacts/{contact}/invite",
        Need::Staff(Permission::ExhibitorEdit),
        invite_again,
    );
    s.post(
        "/e/{edition}/exhibitor/{exhibitor}/contacts/{contact}/second-factor/end",
        Need::Staff(Permission::ExhibitorEdit),
        end_factor,
    );
    s.post("/e/{edition}/exhibitor/{exhibitor}/assign", Need::Staff(Permission::SalesEdit), assign);
}

/// The page, with a form as it was refused.
pub(super) async fn draw<P>(
    staff: &Staff<P>,
    app: &App,
    id: ParticipationId,
    form: &FormState,
) -> Result<Markup, Fail> {
    let (reader, edition, now) = (app.reader(), &staff.edition, app.now());
    let record = read::exhibitor::record(&reader, edition.id, id, now).await?.ok_or(Fail::Missing)?;
    let may_sell = staff.may(Permission::SalesEdit);
    let free = if may_sell { read::exhibitor::free_choices(&reader, edition.id).await? } else { Vec::new() };
    let timeline = read::journal::timeline(&reader, Subject::new(SubjectKind::Exhibitor, id), 100).await?;
    let view = ExhibitorPage {
        slug: &edition.slug,
        zone: edition.time_zone,
        now,
        record: &record,
        form,
        free: &free,
        timeline: &timeline,
        may_edit: staff.may(Permission::ExhibitorEdit),
        may_sell,
    };
    Ok(view.render(&staff.shell()))
}

async fn show(
    staff: Staff<may::ExhibitorRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ParticipationId)>,
) -> Answer {
    page(draw(&staff, &app, id, &FormState::empty()).await?)
}

/// The page again with what was refused, or back to it with a word.
pub(super) async fn after<P>(
    staff: &Staff<P>,
    app: &App,
    id: ParticipationId,
    typed: &impl Serialize,
    done: Result<&str, app::Error>,
) -> Answer {
    match done {
        Ok(key) => see_other_saying(&links::exhibitor::record(&staff.edition.slug, id), &Flash::good(key)),
        Err(error) => {
            let form = FormState::new(typed, &refusals(error)?);
            refused(draw(staff, app, id, &form).await?)
        }
    }
}

async fn invite(
    staff: Staff<may::ExhibitorEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ParticipationId)>,
    Fields(draft): Fields<InviteDraft>,
) -> Answer {
    let done = match draft.parse() {
        Ok(fields) => app::exhibitor::invite_contact(&app, &staff.viewer, &staff.edition, id, fields).await,
        Err(refusals) => Err(refusals.into()),
    };
    after(&staff, &app, id, &draft, done.map(|_| "exhibitor-invited-flash")).await
}

async fn invite_again(
    staff: Staff<may::ExhibitorEdit>,
    State(app): State<App>,
    Path((_, id, contact)): Path<(String, ParticipationId, ContactId)>,
) -> Answer {
    let done = app::exhibitor::invite_again(&app, &staff.viewer, &staff.edition, id, contact).await;
    after(&staff, &app, id, &InviteDraft::default(), done.map(|()| "exhibitor-invited-flash")).await
}

/// For a contact who lost phone and recovery codes.
async fn end_factor(
    staff: Staff<may::ExhibitorEdit>,
    State(app): State<App>,
    Path((_, id, contact)): Path<(String, ParticipationId, ContactId)>,
) -> Answer {
    let done = app::access::end_factor_of_contact(&app, &staff.viewer, &staff.edition, id, contact).await;
    after(&staff, &app, id, &InviteDraft::default(), done.map(|()| "access-factor-ended")).await
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Given {
    stand: String,
}

async fn assign(
    staff: Staff<may::SalesEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ParticipationId)>,
    Fields(typed): Fields<Given>,
) -> Answer {
    let done = match typed.stand.parse::<PlaceId>() {
        Ok(stand) => app::sales::assign_stand(&app, &staff.viewer, &staff.edition, stand, id).await,
        Err(_) => Err(Refusal::invalid("unknown-choice").at("stand").into()),
    };
    after(&staff, &app, id, &typed, done.map(|()| "sales-assigned-flash")).await
}
