//! The public application for a stand.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other},
    fields::Fields,
    guard::PublicEdition,
    path::Path,
};
use app::App;
use axum::extract::State;
use domain::{ApplicationId, journal::Actor, sales::ApplicationDraft};
use store::read::sales::submitted;
use templates::{
    FormState, Markup, links,
    public::apply::{ApplyPage, ApplySentPage},
};
use uuid::Uuid;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/x/{edition}/apply", Need::PublicEdition, form);
    s.post("/x/{edition}/apply", Need::PublicEdition, apply);
    s.get("/x/{edition}/apply/{submission}", Need::PublicEdition, sent);
}

fn draw(public: &PublicEdition, form: &FormState) -> Markup {
    let view = ApplyPage { slug: &public.edition.slug, form, open: public.edition.applications_open };
    view.render(&public.shell())
}

async fn form(public: PublicEdition, State(app): State<App>) -> Answer {
    let draft = ApplicationDraft { submission: app.id::<ApplicationId>().to_string(), ..ApplicationDraft::default() };
    page(draw(&public, &FormState::of(&draft)))
}

async fn apply(public: PublicEdition, State(app): State<App>, Fields(mut draft): Fields<ApplicationDraft>) -> Answer {
    if draft.submission.is_empty() {
        // A form sent without one (an old page, a hand-made request) still counts once from here on.
        draft.submission = app.id::<ApplicationId>().to_string();
    }
    let done = match draft.parse(public.ui.lang.locale()) {
        Ok(command) => app::sales::apply(&app, Actor::Public, &public.edition, command).await,
        Err(refusals) => Err(refusals.into()),
    };
    match done {
        Ok(application) => {
            see_other(&links::public::applied(&public.edition.slug, &application.submission.to_string()))
        }
        Err(error) => refused(draw(&public, &FormState::new(&draft, &refusals(error)?))),
    }
}

async fn sent(public: PublicEdition, State(app): State<App>, Path((_, submission)): Path<(String, Uuid)>) -> Answer {
    let found = submitted(&app.reader(), public.edition.id, submission).await?;
    let application = found.ok_or(Fail::Missing)?;
    let view = ApplySentPage {
        slug: &public.edition.slug,
        number: application.number,
        company: &application.content.company,
        email: &application.content.contact_email,
        stand_kind: application.content.stand_kind,
        area_dm2: application.content.area_dm2,
    };
    page(view.render(&public.shell()))
}
