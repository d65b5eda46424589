//! Categories and their rules.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::{App, registration as verbs};
use axum::extract::State;
use domain::{
    access::Permission::{self, RegistrationManage, RegistrationRead},
    registration::{Category, places::IntakeDraft},
};
use serde::Deserialize;
use store::read::registration as read;
use templates::{
    Flash, FormState, links,
    organizer::registration::{CategoriesPage, CategoryPage, CategoryRow},
};

pub(super) fn routes(s: &mut Surface) {
    let manage = Need::Staff(RegistrationManage);
    s.get("/e/{edition}/registration/categories", Need::Staff(RegistrationRead), list);
    s.get("/e/{edition}/registration/categories/{category}", manage, form);
    s.post("/e/{edition}/registration/categories/{category}", manage, set);
}

async fn rows<P: may::May>(app: &App, staff: &Staff<P>) -> Result<Vec<CategoryRow>, Fail> {
    let (reader, edition) = (app.reader(), &staff.edition);
    let places = read::places(&reader, edition.id).await?;
    let today = edition.day(app.now());
    let row = |intake: domain::registration::Intake| {
        let (taken, waiting) = places
            .iter()
            .find(|(category, ..)| *category == intake.category)
            .map_or((0, 0), |(_, taken, waiting)| (*taken, *waiting));
        CategoryRow { open: edition.registration_open && intake.open_on(today), intake, taken, waiting }
    };
    Ok(read::intakes(&reader, edition.id).await?.into_iter().map(row).collect())
}

async fn list(staff: Staff<may::RegistrationRead>, State(app): State<App>) -> Answer {
    let rows = rows(&app, &staff).await?;
    let may_manage = staff.may(Permission::RegistrationManage);
    page(CategoriesPage { rows: &rows, may_manage }.render(&staff.shell()))
}

#[derive(Deserialize)]
struct Named {
    category: String,
}

type Manager = Staff<may::RegistrationManage>;

async fn row(app: &App, staff: &Manager, category: Category) -> Result<CategoryRow, Fail> {
    let rows = rows(app, staff).await?;
    rows.into_iter().find(|row| row.intake.category == category).ok_or(Fail::Missing)
}

async fn form(staff: Manager, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let category = Category::parse(&named.category).ok_or(Fail::Missing)?;
    let row = row(&app, &staff, category).await?;
    let form = FormState::of(&IntakeDraft::of(&row.intake));
    page(CategoryPage { row: &row, form: &form }.render(&staff.shell()))
}

async fn set(
    staff: Manager,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(draft): Fields<IntakeDraft>,
) -> Answer {
    let category = Category::parse(&named.category).ok_or(Fail::Missing)?;
    let outcome = match draft.parse(category) {
        Ok(intake) => verbs::set_intake(&app, &staff.viewer, &staff.edition, &intake).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => {
            let list = links::form::categories(&staff.edition.slug);
            see_other_saying(&list, &Flash::good("categories-saved"))
        }
        Err(error) => {
            let refusals = refusals(error)?;
            let row = row(&app, &staff, category).await?;
            // The next try is against what is stored now, with what was typed kept.
            let draft = IntakeDraft { version: row.intake.version.to_string(), ..draft };
            refused(CategoryPage { row: &row, form: &FormState::new(&draft, &refusals) }.render(&staff.shell()))
        }
    }
}
