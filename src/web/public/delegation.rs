//! A leader registers a group and names its people.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download_file, page, refusals, refused, see_other, see_other_saying},
    fields::Fields,
    guard::PublicEdition,
    path::Path,
    upload,
};
use app::{
    App, Error, delegation as verbs,
    spreadsheet::{Format, Writer},
};
use axum::extract::{Query, Request, State};
use domain::{
    DelegationId, Refusal, RegistrationId,
    journal::Actor,
    registration::{
        Draft, access,
        delegation::{Delegation, DelegationDraft},
        intake::Fault,
    },
};
use serde::Deserialize;
use store::read::delegation as read;
use templates::{
    Flash, FormState, Markup, links,
    public::delegation::{GroupPage, GroupRegisterPage, GroupThanksPage},
};

/// Rows on a page.
const PAGE: usize = 50;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/x/{edition}/group", Need::PublicEdition, form);
    s.post("/x/{edition}/group", Need::PublicEdition, submit);
    s.get("/x/{edition}/group/thanks", Need::PublicEdition, thanks);
    s.get("/x/{edition}/g/{access}", Need::PublicEdition, own);
    s.post("/x/{edition}/g/{access}", Need::PublicEdition, add);
    s.post("/x/{edition}/g/{access}/members/{member}/cancel", Need::PublicEdition, cancel);
    s.get("/x/{edition}/g/{access}/table", Need::PublicEdition, template);
    s.post("/x/{edition}/g/{access}/table", Need::PublicEdition, table);
}

async fn form(show: PublicEdition, State(app): State<App>) -> Answer {
    let home = super::registration::home(&app, &show.edition).await?;
    let draft = DelegationDraft {
        submission: app.id::<DelegationId>().to_string(),
        country: home.clone(),
        ..DelegationDraft::default()
    };
    let form = FormState::of(&draft);
    page(GroupRegisterPage { edition: &show.edition, form: &form, home: &home }.render(&show.shell()))
}

async fn submit(show: PublicEdition, State(app): State<App>, Fields(draft): Fields<DelegationDraft>) -> Answer {
    let outcome = match draft.parse_public() {
        Ok((id, fields)) => verbs::register_delegation(&app, &show.edition, id, fields).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => see_other(&links::delegation::registered(&show.edition.slug)),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            let home = super::registration::home(&app, &show.edition).await?;
            refused(GroupRegisterPage { edition: &show.edition, form: &form, home: &home }.render(&show.shell()))
        }
    }
}

async fn thanks(show: PublicEdition) -> Answer {
    page(GroupThanksPage { edition: &show.edition }.render(&show.shell()))
}

#[derive(Deserialize)]
struct Key {
    access: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Further {
    before: String,
}

/// The group behind a key; a wrong one is as good as none.
async fn opened(app: &App, show: &PublicEdition, access: &str) -> Result<Delegation, Fail> {
    let hash = access::hash(access).ok_or(Fail::Missing)?;
    read::by_access(&app.reader(), show.edition.id, &hash).await?.ok_or(Fail::Missing)
}

/// What the page's two forms hold, and what a table came to.
#[derive(Default)]
struct Typed {
    one: FormState,
    table: FormState,
    faults: Vec<Fault>,
}

async fn draw(
    app: &App,
    show: &PublicEdition,
    (access, group): (&str, &Delegation),
    before: &str,
    typed: &Typed,
) -> Result<Markup, Fail> {
    let reader = app.reader();
    let row = read::delegation(&reader, show.edition.id, group.id).await?.ok_or(Fail::Missing)?;
    let mut members = read::members(&reader, group.id, before.parse().ok(), PAGE as u32 + 1).await?;
    let more = members.len() > PAGE;
    members.truncate(PAGE);
    let view = GroupPage {
        edition: &show.edition,
        access,
        group,
        live: row.live,
        next: members.last().filter(|_| more).map(|row| row.number),
        members: &members,
        later: !before.is_empty(),
        form: &typed.one,
        table: &typed.table,
        faults: &typed.faults,
    };
    let mut shell = show.shell();
    // The address holds the key: coming back here after a change of language would put it into a form.
    shell.path = links::public::home(&show.edition.slug).to_string();
    Ok(view.render(&shell))
}

async fn own(
    show: PublicEdition,
    State(app): State<App>,
    Path(key): Path<Key>,
    Query(further): Query<Further>,
) -> Answer {
    let group = opened(&app, &show, &key.access).await?;
    let typed = Typed { one: empty(&app), ..Typed::default() };
    page(draw(&app, &show, (&key.access, &group), &further.before, &typed).await?)
}

/// An empty form, with the key that makes a double click one person.
fn empty(app: &App) -> FormState {
    FormState::of(&Draft { submission: app.id::<RegistrationId>().uuid().to_string(), ..Draft::default() })
}

async fn template(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    opened(&app, &show, &key.access).await?;
    let heads = app::intake::template(show.ui.lang);
    download_file("group.csv", Writer::begin(Format::Csv, &heads)?.finish()?)
}

async fn table(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>, request: Request) -> Answer {
    let group = opened(&app, &show, &key.access).await?;
    let by = verbs::By::Group(group.id);
    let taken = match upload::raw_file(request, &app).await? {
        Some((_, content)) => app::intake::take_small(&app, Actor::Public, &show.edition, by, content).await,
        None => Err(Refusal::invalid("required").at("file").into()),
    };
    let typed = match taken {
        Ok(small) if small.faults.is_empty() => {
            let own = links::delegation::own(&show.edition.slug, &key.access);
            return see_other_saying(&own, &Flash::good("intake-small-done").with("count", small.made));
        }
        Ok(small) => Typed { one: empty(&app), faults: small.faults, ..Typed::default() },
        Err(error) => {
            let table = FormState::new(&serde_json::json!({}), &refusals(error)?);
            Typed { one: empty(&app), table, ..Typed::default() }
        }
    };
    refused(draw(&app, &show, (&key.access, &group), "", &typed).await?)
}

async fn add(
    show: PublicEdition,
    State(app): State<App>,
    Path(key): Path<Key>,
    Fields(draft): Fields<Draft>,
) -> Answer {
    let group = opened(&app, &show, &key.access).await?;
    match verbs::add_member(&app, Actor::Public, &show.edition, verbs::By::Group(group.id), &draft).await {
        Ok(_) => {
            let own = links::delegation::own(&show.edition.slug, &key.access);
            see_other_saying(&own, &Flash::good("delegation-added-flash"))
        }
        Err(error) => {
            let typed = Typed { one: FormState::new(&draft, &refusals(error)?), ..Typed::default() };
            refused(draw(&app, &show, (&key.access, &group), "", &typed).await?)
        }
    }
}

async fn cancel(
    show: PublicEdition,
    State(app): State<App>,
    Path((_, key, member)): Path<(String, String, RegistrationId)>,
) -> Answer {
    let group = opened(&app, &show, &key).await?;
    let by = verbs::By::Group(group.id);
    let own = links::delegation::own(&show.edition.slug, &key);
    match verbs::cancel_member(&app, Actor::Public, &show.edition, by, member).await {
        Ok(()) => see_other_saying(&own, &Flash::good("portal-staff-cancelled")),
        Err(Error::Refused(_)) => see_other(&own),
        Err(error) => Err(error.into()),
    }
}
