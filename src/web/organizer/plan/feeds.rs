//! A person's calendar feeds.

use super::task::places;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::State;
use domain::CalendarFeedId;
use domain::plan::feed::FeedDraft;
use templates::organizer::plan::Feeds;
use templates::{Flash, FormState, Markup, links};

type FeedPath = Path<(String, String)>;

async fn render(staff: &Staff<may::PlanRead>, app: &App, fresh: Option<&str>, form: FormState) -> Result<Markup, Fail> {
    let reader = app.reader();
    let feeds = store::read::plan::feeds(&reader, staff.edition.id, staff.viewer.user).await?;
    let list = Feeds {
        slug: &staff.edition.slug,
        zone: staff.edition.time_zone,
        feeds: &feeds,
        fresh: fresh.map(|secret| links::feed::calendar(secret).absolute(&app.settings().base_url)),
        places: places(&reader, staff.edition.id, staff.ui.lang).await?,
        form,
    };
    Ok(list.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(render(&staff, &app, None, FormState::empty()).await?)
}

pub(super) async fn make(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Fields(draft): Fields<FeedDraft>,
) -> Answer {
    match app::plan::make_feed(&app, &staff.viewer, &staff.edition, &draft).await {
        Ok((_, secret)) => page(render(&staff, &app, Some(&secret), FormState::empty()).await?),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, None, form).await?)
        }
    }
}

pub(super) async fn rotate(staff: Staff<may::PlanRead>, State(app): State<App>, Path((_, id)): FeedPath) -> Answer {
    let id: CalendarFeedId = id.parse().map_err(|_| Fail::Missing)?;
    let (_, secret) = app::plan::rotate_feed(&app, &staff.viewer, &staff.edition, id).await?;
    page(render(&staff, &app, Some(&secret), FormState::empty()).await?)
}

pub(super) async fn revoke(staff: Staff<may::PlanRead>, State(app): State<App>, Path((_, id)): FeedPath) -> Answer {
    let id: CalendarFeedId = id.parse().map_err(|_| Fail::Missing)?;
    app::plan::revoke_feed(&app, &staff.viewer, &staff.edition, id).await?;
    see_other_saying(&links::feed::all(&staff.edition.slug), &Flash::good("feed-revoked"))
}
