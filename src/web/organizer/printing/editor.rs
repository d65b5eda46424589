//! The editor of a layout: the form, the preview beside it, saving.

use super::layouts::sample;
use crate::{
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::App;
use app::printing as verbs;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use domain::printing::draft::LayoutDraft;
use domain::printing::layout::Layout;
use domain::printing::presets::Preset;
use domain::printing::view::Preview;
use domain::registration::Category;
use domain::{BadgeLayoutId, BadgeLogoId};
use serde::Deserialize;
use store::read::printing as read;
use templates::organizer::printing::{EditorPage, PreviewPart};
use templates::{Flash, FormState, Markup, links};

type Editor = Staff<may::RegistrationEdit>;

/// How a new layout begins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Begin {
    preset: String,
}

async fn draw(
    staff: &Editor,
    app: &App,
    layout: &Layout,
    logo: Option<BadgeLogoId>,
    (who, category): (&str, Category),
) -> Result<Option<Preview>, Fail> {
    if verbs::fonts_are_missing() {
        return Ok(None);
    }
    let badge = sample(staff, app, who, category).await?;
    let reader = app.reader();
    let preview = verbs::preview(&reader, staff.edition.id, layout.clone(), logo, badge).await?;
    Ok(Some(preview))
}

/// The whole page, or only the part beside the form.
async fn render(
    staff: &Editor,
    app: &App,
    id: Option<BadgeLayoutId>,
    draft: &LayoutDraft,
    form: &FormState,
    part: bool,
) -> Result<Markup, Fail> {
    let parsed = draft.parse().ok();
    let first = parsed.as_ref().and_then(|change| change.categories.first().copied());
    let category = Category::parse(&draft.shown).or(first).unwrap_or(Category::TradeVisitor);
    let who = if draft.sample.is_empty() { "long" } else { draft.sample.as_str() };
    let preview = match &parsed {
        Some(change) => draw(staff, app, &change.layout, change.logo, (who, category)).await?,
        None => None,
    };
    let logo = parsed.as_ref().and_then(|change| change.logo);
    let beside = PreviewPart {
        preview: preview.as_ref(),
        logo: logo.map(|logo| links::printing::logo(&staff.edition.slug, logo)),
        code_side: parsed.as_ref().and_then(|change| change.layout.code_side()),
        sample: who,
        category: category.code(),
    };
    if part {
        return Ok(beside.render(staff.ui.lang));
    }
    let (reader, edition) = (app.reader(), staff.edition.id);
    let logos = read::logos(&reader, edition).await?;
    let versions = match id {
        Some(id) => read::layout_versions(&reader, edition, id).await?,
        None => Vec::new(),
    };
    let zone = staff.edition.time_zone;
    let page = EditorPage { id, draft, form, preview: beside, logos: &logos, versions: &versions, zone };
    Ok(page.render(&staff.shell()))
}

pub(super) async fn new(staff: Editor, State(app): State<App>, Query(begin): Query<Begin>) -> Answer {
    let preset = Preset::parse(&begin.preset).unwrap_or(Preset::Upright);
    let name = staff.ui.lang.term("badge-preset", preset.code());
    let draft = LayoutDraft { version: String::new(), ..LayoutDraft::of(&name, &[], None, &preset.layout(), 0) };
    page(render(&staff, &app, None, &draft, &FormState::of(&draft), false).await?)
}

pub(super) async fn show(
    staff: Editor,
    State(app): State<App>,
    Path((_, id)): Path<(String, BadgeLayoutId)>,
) -> Answer {
    let stored = read::layout(&app.reader(), staff.edition.id, id, None).await?.ok_or(Fail::Missing)?;
    let draft = LayoutDraft {
        id: id.to_string(),
        ..LayoutDraft::of(&stored.name, &stored.categories, stored.logo, &stored.layout, stored.version)
    };
    page(render(&staff, &app, Some(id), &draft, &FormState::of(&draft), false).await?)
}

/// Draws what stands in the form, without keeping it: the part for the script, the whole page for browsers without.
pub(super) async fn preview(
    staff: Editor,
    State(app): State<App>,
    headers: HeaderMap,
    Fields(mut draft): Fields<LayoutDraft>,
) -> Answer {
    let part = headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"text/fragment"));
    draft.edit();
    let id = draft.id.parse().ok();
    page(render(&staff, &app, id, &draft, &FormState::of(&draft), part).await?)
}

pub(super) async fn create(staff: Editor, State(app): State<App>, Fields(mut draft): Fields<LayoutDraft>) -> Answer {
    if draft.edit() {
        return page(render(&staff, &app, None, &draft, &FormState::of(&draft), false).await?);
    }
    let outcome = match draft.parse() {
        Ok(change) => verbs::create_layout(&app, &staff.viewer, &staff.edition, change).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(id) => saved(&staff, id),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, None, &draft, &form, false).await?)
        }
    }
}

pub(super) async fn save(
    staff: Editor,
    State(app): State<App>,
    Path((_, id)): Path<(String, BadgeLayoutId)>,
    Fields(mut draft): Fields<LayoutDraft>,
) -> Answer {
    if read::layout(&app.reader(), staff.edition.id, id, None).await?.is_none() {
        return Err(Fail::Missing);
    }
    if draft.edit() {
        return page(render(&staff, &app, Some(id), &draft, &FormState::of(&draft), false).await?);
    }
    let outcome = match draft.parse() {
        Ok(change) => verbs::save_layout(&app, &staff.viewer, &staff.edition, id, change).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => saved(&staff, id),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, Some(id), &draft, &form, false).await?)
        }
    }
}

fn saved(staff: &Editor, id: BadgeLayoutId) -> Answer {
    let to = links::printing::layout(&staff.edition.slug, id);
    see_other_saying(&to, &Flash::good("printing-said-layout-saved"))
}
