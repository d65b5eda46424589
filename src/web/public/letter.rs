//! Letters: anybody asks whether one stands; the registrant asks for one.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::PublicEdition,
    letters,
    path::Path,
};
use app::{App, letter as verbs};
use axum::extract::{Query, State};
use domain::{
    LetterId,
    journal::Actor,
    registration::{Registration, Status, letter::LetterDraft},
};
use serde::Deserialize;
use store::read::letter as read;
use templates::{
    Flash, FormState, Markup, links,
    public::letter::{OwnLettersPage, VerifyPage},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/x/{edition}/letter", Need::PublicEdition, ask);
    s.get("/x/{edition}/letter/{code}", Need::PublicEdition, answer);
    s.get("/x/{edition}/r/{access}/letters", Need::PublicEdition, own);
    s.post("/x/{edition}/r/{access}/letters", Need::PublicEdition, issue);
    s.get("/x/{edition}/r/{access}/letters/{letter}/letter.pdf", Need::PublicEdition, pdf);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    code: String,
}

async fn verify(show: &PublicEdition, app: &App, code: &str) -> Answer {
    let code: String = code.trim().chars().take(40).collect();
    let letter = if code.is_empty() { None } else { read::by_code(&app.reader(), show.edition.id, &code).await? };
    page(VerifyPage { edition: &show.edition, code: &code, letter: letter.as_ref() }.render(&show.shell()))
}

async fn ask(show: PublicEdition, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    verify(&show, &app, &asked.code).await
}

/// Unknown codes are answered like known ones, with a page: whoever scans a letter wants an answer.
async fn answer(show: PublicEdition, State(app): State<App>, Path((_, code)): Path<(String, String)>) -> Answer {
    verify(&show, &app, &code).await
}

#[derive(Deserialize)]
struct Key {
    access: String,
}

async fn draw(
    show: &PublicEdition,
    app: &App,
    (access, r): (&str, &Registration),
    form: Option<&FormState>,
) -> Result<Markup, Fail> {
    let letters = read::of_registration(&app.reader(), show.edition.id, r.id).await?;
    let empty = FormState::of(&LetterDraft::of(r));
    let view = OwnLettersPage {
        edition: &show.edition,
        access,
        letters: &letters,
        form: form.unwrap_or(&empty),
        may_ask: r.status == Status::Approved,
    };
    Ok(view.render(&show.shell()))
}

async fn own(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let r = super::registration::behind(&app, &show.edition, &key.access).await?;
    page(draw(&show, &app, (&key.access, &r), None).await?)
}

async fn issue(
    show: PublicEdition,
    State(app): State<App>,
    Path(key): Path<Key>,
    Fields(draft): Fields<LetterDraft>,
) -> Answer {
    let r = super::registration::behind(&app, &show.edition, &key.access).await?;
    let outcome = match draft.parse() {
        Ok(fields) => verbs::issue_letter(&app, Actor::Public, &show.edition, r.id, fields).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(_) => {
            let own = links::letter::own(&show.edition.slug, &key.access);
            see_other_saying(&own, &Flash::good("letter-issued-flash"))
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&show, &app, (&key.access, &r), Some(&form)).await?)
        }
    }
}

async fn pdf(
    show: PublicEdition,
    State(app): State<App>,
    Path((_, access, letter)): Path<(String, String, LetterId)>,
) -> Answer {
    let r = super::registration::behind(&app, &show.edition, &access).await?;
    let found = read::letter(&app.reader(), show.edition.id, letter).await?;
    let letter = found.filter(|letter| letter.registration == r.id && letter.stands()).ok_or(Fail::Missing)?;
    letters::pdf(&app, &show.edition, letter).await
}
