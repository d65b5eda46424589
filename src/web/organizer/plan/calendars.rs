//! Working calendars and choices of the plan: preview first, then accept.

use super::board;
use crate::answer::{Answer, Fail, page, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::Settings;
use axum::extract::State;
use domain::Refusal;
use domain::access::Permission;
use domain::plan::calendar_draft::{CalendarDraft, OptionsDraft};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use templates::organizer::plan::{CalendarForm, Calendars, SettingsPreview, office};
use templates::{Flash, FormState, Markup, links};

/// The fields of any of the forms, by name.
type Sent = BTreeMap<String, String>;

fn read<T: DeserializeOwned + Default>(sent: &Sent) -> T {
    let map = sent.iter().map(|(name, value)| (name.clone(), serde_json::Value::from(value.replace("\r\n", "\n"))));
    serde_json::from_value(map.collect::<serde_json::Map<_, _>>().into()).unwrap_or_default()
}

fn change(sent: &Sent) -> Option<Settings> {
    match sent.get("what").map(String::as_str)? {
        "calendar" => Some(Settings::Calendar(read(sent))),
        "remove" => Some(Settings::Remove(sent.get("code").cloned().unwrap_or_default())),
        "options" => Some(Settings::Options(read(sent))),
        "assign" => Some(Settings::Assign(read(sent))),
        _ => None,
    }
}

async fn list_page<P>(
    staff: &Staff<P>,
    app: &App,
    options: Option<FormState>,
    assign: FormState,
) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let list = Calendars {
        slug: &staff.edition.slug,
        sheet: &board.sheet,
        options: options.unwrap_or_else(|| FormState::of(&OptionsDraft::of(&board.sheet))),
        assign,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(list.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(list_page(&staff, &app, None, FormState::empty()).await?)
}

pub(super) async fn form(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let found = board.sheet.calendars.iter().find(|one| one.code == code);
    let draft = match found {
        Some(one) => CalendarDraft::of(&board.sheet, one),
        None if code == "new" => office(),
        None => return Err(Fail::Missing),
    };
    let form = CalendarForm {
        slug: &staff.edition.slug,
        sheet: &board.sheet,
        form: FormState::of(&draft),
        code: found.map(|one| one.code.as_str()),
        may_edit: staff.may(Permission::PlanEdit),
    };
    page(form.render(&staff.shell()))
}

pub(super) async fn settings(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(sent): Fields<Sent>,
) -> Answer {
    let unknown = || Refusal::invalid("unknown-choice").at("what");
    let Some(change) = change(&sent) else { return Err(unknown().into()) };
    let mut stale = false;
    if sent.get("act").is_some_and(|act| act == "accept") {
        let revision = sent.get("revision").and_then(|text| text.parse().ok()).unwrap_or_default();
        match app::plan::change_settings(&app, &staff.viewer, &staff.edition, &change, Some(revision)).await {
            Ok(delta) => {
                let flash = Flash::good("calendar-saved").with("count", delta.moves.len());
                return see_other_saying(&links::plan::calendars(&staff.edition.slug), &flash);
            }
            Err(app::Error::Stale) => stale = true,
            Err(error) => {
                let refusals = crate::answer::refusals(error)?;
                return refused(again(&staff, &app, &change, &refusals).await?);
            }
        }
    }
    match app::plan::preview_settings(&app, &staff.edition, &change).await {
        Ok((board, delta)) => {
            let kept: Vec<(String, String)> =
                sent.into_iter().filter(|(name, _)| !matches!(name.as_str(), "act" | "revision" | "csrf")).collect();
            let preview = board.preview(&delta);
            let shown = SettingsPreview {
                slug: &staff.edition.slug,
                preview: &preview,
                sent: &kept,
                revision: board.sheet.revision,
                stale,
            };
            let markup = shown.render(&staff.shell());
            if stale { refused(markup) } else { page(markup) }
        }
        Err(error) => {
            let refusals = crate::answer::refusals(error)?;
            refused(again(&staff, &app, &change, &refusals).await?)
        }
    }
}

/// The form the change came from, with what was refused beside its fields.
async fn again(
    staff: &Staff<may::PlanEdit>,
    app: &App,
    change: &Settings,
    refusals: &[Refusal],
) -> Result<Markup, Fail> {
    let draft = match change {
        Settings::Options(draft) => {
            return list_page(staff, app, Some(FormState::new(draft, refusals)), FormState::empty()).await;
        }
        Settings::Assign(draft) => return list_page(staff, app, None, FormState::new(draft, refusals)).await,
        Settings::Calendar(draft) => draft.clone(),
        Settings::Remove(code) => {
            let board = board(app, &staff.edition).await?;
            let one = board.sheet.calendars.iter().find(|one| one.code == *code).ok_or(Fail::Missing)?;
            CalendarDraft::of(&board.sheet, one)
        }
    };
    let board = board(app, &staff.edition).await?;
    let form = CalendarForm {
        slug: &staff.edition.slug,
        sheet: &board.sheet,
        form: FormState::new(&draft, refusals),
        code: Some(draft.was.as_str()).filter(|code| !code.is_empty()),
        may_edit: true,
    };
    Ok(form.render(&staff.shell()))
}

/// The drafts are plain data: what a form sends is what they hold.
#[cfg(test)]
mod tests {
    use super::*;
    use domain::plan::calendar_draft::AssignDraft;

    #[test]
    fn a_form_becomes_a_change() {
        let sent: Sent = [("what", "assign"), ("calendar", "HALL"), ("tasks", "B01\r\nB02")]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let expected = AssignDraft { calendar: "HALL".into(), tasks: "B01\nB02".into() };
        assert!(matches!(change(&sent), Some(Settings::Assign(draft)) if draft == expected));
        assert!(change(&Sent::new()).is_none());
    }
}
