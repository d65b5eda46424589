//! Letters of the organizer.

use super::{Named, voucher::flash_of};
use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    letters,
    organizer::views::kept,
    path::{Export, Path},
};
use app::{App, Error, letter as verbs};
use axum::extract::{Query, State};
use domain::{
    LetterId, RegistrationId,
    access::Permission::{ExportData, RegistrationEdit, RegistrationRead},
    party::country,
    registration::letter::{Kind, LetterDraft},
};
use store::read::{letter as read, registration};
use templates::{
    Flash, FormState, Markup, links,
    organizer::letter::{LetterListFilter, LetterPage, LettersPage},
};

/// Rows on a page.
const PAGE: usize = 50;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/registration/letters", Need::Staff(RegistrationRead), list);
    s.get("/e/{edition}/registration/letters/export/{format}", Need::Staff(ExportData), export);
    s.get("/e/{edition}/registration/{registration}/letters", Need::Staff(RegistrationEdit), of);
    s.post("/e/{edition}/registration/{registration}/letters", Need::Staff(RegistrationEdit), issue);
    s.get("/e/{edition}/registration/{registration}/letters/{letter}/letter.pdf", Need::Staff(RegistrationEdit), pdf);
    s.post(
        "/e/{edition}/registration/{registration}/letters/{letter}/withdraw",
        Need::Staff(RegistrationEdit),
        withdraw,
    );
}

/// What the address says as a filter. A value nobody knows narrows nothing: old links go on working.
fn filter(shown: &LetterListFilter) -> read::LetterFilter {
    read::LetterFilter {
        q: shown.q.clone(),
        kind: Kind::parse(&shown.kind),
        stands: match shown.state.as_str() {
            "stands" => Some(true),
            "withdrawn" => Some(false),
            _ => None,
        },
        nationality: country::parse(&shown.nationality).map(str::to_owned),
        sort: shown.sort.clone(),
        after: shown.after.clone(),
    }
}

async fn list(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Query(shown): Query<LetterListFilter>,
) -> Answer {
    let (reader, edition, filter) = (app.reader(), staff.edition.id, filter(&shown));
    let found = read::letters(&reader, edition, &filter, PAGE).await?;
    let list = LettersPage {
        filter: &shown,
        rows: &found.rows,
        total: read::count(&reader, edition, &filter).await?,
        next: found.next,
        zone: staff.edition.time_zone,
        views: &kept(&app, &staff, "letters").await?,
        may_export: staff.may(ExportData),
    };
    page(list.render(&staff.shell()))
}

async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(shown): Query<LetterListFilter>,
) -> Answer {
    staff.must(RegistrationRead)?;
    let filter = read::LetterFilter { after: String::new(), ..filter(&shown) };
    let look = (staff.ui.lang, path.format);
    let file = verbs::download_letters(&app, &staff.viewer, &staff.edition, &filter, look).await?;
    super::list_file(&app, &staff, "letters", path.format, file)
}

type Editor = Staff<may::RegistrationEdit>;

async fn draw(staff: &Editor, app: &App, id: RegistrationId, form: Option<&FormState>) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let r = registration::registration(&reader, edition, id).await?.ok_or(Fail::Missing)?;
    let letters = read::of_registration(&reader, edition, id).await?;
    let empty = FormState::of(&LetterDraft::of(&r));
    let form = form.unwrap_or(&empty);
    Ok(LetterPage { registration: &r, letters: &letters, form, zone: staff.edition.time_zone }.render(&staff.shell()))
}

async fn of(staff: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    page(draw(&staff, &app, named.id()?, None).await?)
}

async fn issue(
    staff: Editor,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(draft): Fields<LetterDraft>,
) -> Answer {
    let id = named.id()?;
    let outcome = match draft.parse() {
        Ok(fields) => verbs::issue_letter(&app, staff.viewer.actor(), &staff.edition, id, fields).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(_) => said(&staff, id, Flash::good("letter-issued-flash")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&staff, &app, id, Some(&form)).await?)
        }
    }
}

fn said(staff: &Editor, id: RegistrationId, flash: Flash) -> Answer {
    see_other_saying(&links::letter::of(&staff.edition.slug, id), &flash)
}

type LetterPath = Path<(String, RegistrationId, LetterId)>;

async fn pdf(staff: Editor, State(app): State<App>, Path((_, id, letter)): LetterPath) -> Answer {
    let found = read::letter(&app.reader(), staff.edition.id, letter).await?;
    let letter = found.filter(|letter| letter.registration == id).ok_or(Fail::Missing)?;
    letters::pdf(&app, &staff.edition, letter).await
}

async fn withdraw(staff: Editor, State(app): State<App>, Path((_, id, letter)): LetterPath) -> Answer {
    match verbs::withdraw_letter(&app, staff.viewer.actor(), &staff.edition, (id, letter), "").await {
        Ok(()) => said(&staff, id, Flash::good("letter-withdrawn-flash")),
        Err(Error::Refused(list)) => said(&staff, id, flash_of(list)?),
        Err(error) => Err(error.into()),
    }
}
