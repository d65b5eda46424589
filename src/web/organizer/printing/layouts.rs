//! Layouts: the list, files of one, versions, logos.

use super::{done, refused_there};
use crate::{
    answer::{Answer, Fail, download, page, see_other_saying},
    guard::{Staff, may},
    path::Path,
};
use app::App;
use app::printing::{self as verbs, LARGEST_LOGO};
use axum::extract::{Multipart, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use domain::access::Permission;
use domain::edition::BadgeMode;
use domain::printing::presets::Preset;
use domain::registration::{Category, view::Badge};
use domain::{BadgeLayoutId, BadgeLogoId, Refusal};
use serde::Deserialize;
use store::read::printing as read;
use templates::organizer::printing::{LayoutCard, LayoutsPage};
use templates::{Flash, Href, links};

/// A badge of nobody, as the edition's are.
pub(super) async fn sample<P>(staff: &Staff<P>, app: &App, sample: &str, category: Category) -> Result<Badge, Fail> {
    let show = read::show(&app.reader(), staff.edition.id).await?.ok_or(Fail::Missing)?;
    Ok(verbs::sample_badge(&show, sample, category, staff.edition.badge_mode == BadgeMode::Signed))
}

pub(super) async fn list(staff: Staff<may::RegistrationRead>, State(app): State<App>) -> Answer {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let no_fonts = verbs::fonts_are_missing();
    let layouts = read::layouts(&reader, edition).await?;
    let mut cards = Vec::new();
    for layout in &layouts {
        let category = layout.categories.first().copied().unwrap_or(Category::TradeVisitor);
        let badge = sample(&staff, &app, "short", category).await?;
        let preview = match no_fonts {
            true => None,
            false => Some(verbs::preview(&reader, edition, layout.layout.clone(), layout.logo, badge).await?),
        };
        cards.push(LayoutCard { layout, preview });
    }
    let mut presets = Vec::new();
    for preset in Preset::ALL {
        let badge = sample(&staff, &app, "short", Category::TradeVisitor).await?;
        let preview = match no_fonts {
            true => None,
            false => Some(verbs::preview(&reader, edition, preset.layout(), None, badge).await?),
        };
        presets.push((*preset, preview));
    }
    let may_edit = staff.may(Permission::RegistrationEdit);
    page(LayoutsPage { layouts: &cards, presets: &presets, may_edit, no_fonts }.render(&staff.shell()))
}

/// `sample.pdf`, `sample.zpl`, `layout.json`.
pub(super) async fn file(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path((_, id, file)): Path<(String, BadgeLayoutId, String)>,
) -> Answer {
    let reader = app.reader();
    let layout = read::layout(&reader, staff.edition.id, id, None).await?.ok_or(Fail::Missing)?;
    let category = layout.categories.first().copied().unwrap_or(Category::TradeVisitor);
    let badge = sample(&staff, &app, "chinese", category).await?;
    let look = verbs::looks(&reader, staff.edition.id).await?.of(Some(id), category);
    match file.as_str() {
        "sample.pdf" => download("sample.pdf", "application/pdf", verbs::sample_file(look, badge).await?),
        "sample.zpl" => download("sample.zpl", "text/plain; charset=utf-8", verbs::sample_label(look, badge).await?),
        "layout.json" => {
            let json = serde_json::to_vec_pretty(&layout.layout).map_err(|e| app::Error::Outside(e.to_string()))?;
            download(&format!("{}.json", layout.name), "application/json", json)
        }
        _ => Err(Fail::Missing),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Earlier {
    version: i32,
}

pub(super) async fn restore(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, BadgeLayoutId)>,
    crate::fields::Fields(earlier): crate::fields::Fields<Earlier>,
) -> Answer {
    let outcome = verbs::restore_layout(&app, &staff.viewer, &staff.edition, id, earlier.version).await;
    done(&links::printing::layout(&staff.edition.slug, id), "printing-said-layout-restored", outcome)
}

pub(super) async fn remove(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, BadgeLayoutId)>,
) -> Answer {
    let outcome = verbs::remove_layout(&app, &staff.viewer, &staff.edition, id).await;
    done(&links::printing::layouts(&staff.edition.slug), "printing-said-layout-removed", outcome)
}

/// Pictures never change: their id is their content's.
pub(super) async fn logo(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, BadgeLogoId)>,
) -> Answer {
    let picture = read::logo(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let kept = HeaderValue::from_static("private, max-age=86400, immutable");
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/png")), (header::CACHE_CONTROL, kept)], picture)
        .into_response())
}

pub(super) async fn keep_logo(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    mut form: Multipart,
) -> Answer {
    let unreadable = || Fail::from(Refusal::invalid("form-unreadable"));
    let mut back = links::printing::layouts(&staff.edition.slug);
    let mut picture: Option<(String, Vec<u8>)> = None;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("back") => {
                let text = field.text().await.map_err(|_| unreadable())?;
                back = Href::local(&text).unwrap_or(back);
            }
            Some("file") => {
                let name = field.file_name().unwrap_or("logo.png").to_owned();
                let bytes = field.bytes().await.map_err(|_| unreadable())?;
                picture = Some((name, bytes.to_vec()));
            }
            _ => {}
        }
    }
    let Some((name, content)) = picture.filter(|(_, content)| content.len() <= LARGEST_LOGO * 2) else {
        return refused_there(&back, Refusal::invalid("logo-not-png").into());
    };
    match verbs::keep_logo(&app, &staff.viewer, &staff.edition, &name, content).await {
        Ok(()) => see_other_saying(&back, &Flash::good("printing-said-logo-kept")),
        Err(error) => refused_there(&back, error),
    }
}
