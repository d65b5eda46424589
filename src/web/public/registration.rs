//! Visitors: the show's front page, registering, and the registrant's own page behind a key.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, page, refusals, refused, see_other, see_other_saying, set_cookie},
    fields::Fields,
    guard::PublicEdition,
    ui,
};
use app::{App, registration as verbs};
use axum::extract::{Path, Query, State};
use domain::{
    Locale, RegistrationId,
    edition::Edition,
    registration::{Draft, Entry, Purpose, Registration, WORDING, access},
};
use serde::Deserialize;
use store::read::{self, registration as read_registration};
use templates::{
    Flash, FormState, Lang, links,
    public::{
        badge::BadgeSheet,
        registration::{OwnEditPage, OwnPage, RegisterPage, ShowPage, ThanksPage},
    },
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/x/{edition}", Need::PublicEdition, front);
    s.get("/x/{edition}/register", Need::PublicEdition, form);
    s.post("/x/{edition}/register", Need::PublicEdition, submit);
    s.post("/x/{edition}/register/language", Need::PublicEdition, language);
    s.get("/x/{edition}/register/thanks", Need::PublicEdition, thanks);
    s.get("/x/{edition}/r/{access}", Need::PublicEdition, own);
    s.get("/x/{edition}/r/{access}/badge", Need::PublicEdition, badge);
    s.get("/x/{edition}/r/{access}/badge.pdf", Need::PublicEdition, badge_pdf);
    s.get("/x/{edition}/r/{access}/edit", Need::PublicEdition, edit_form);
    s.post("/x/{edition}/r/{access}/edit", Need::PublicEdition, edit);
    s.post("/x/{edition}/r/{access}/cancel", Need::PublicEdition, cancel);
    s.post("/x/{edition}/r/{access}/consent", Need::PublicEdition, consent);
}

async fn front(show: PublicEdition, State(app): State<App>) -> Answer {
    let today = show.edition.day(app.now());
    page(ShowPage { edition: &show.edition, place: &show.place, today }.render(&show.shell()))
}

/// The country of the venue: the one most visitors choose.
pub(super) async fn home(app: &App, edition: &Edition) -> Result<String, Fail> {
    let venues = read::edition::venues(&app.reader()).await?;
    Ok(venues.into_iter().find(|v| v.id == edition.venue).map(|v| v.country).unwrap_or_default())
}

/// A code in the address, from an invitation or a shared link.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    voucher: String,
}

/// What the code of a draft offers, if it can be used.
async fn offer(app: &App, edition: &Edition, code: &str) -> Result<Option<app::voucher::Offer>, Fail> {
    if code.trim().is_empty() {
        return Ok(None);
    }
    Ok(app::voucher::look(app, edition, code).await?.filter(|offer| offer.refusal.is_none()))
}

async fn form(show: PublicEdition, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let home = home(&app, &show.edition).await?;
    let offer = offer(&app, &show.edition, &asked.voucher).await?;
    let mut draft = Draft {
        submission: app.id::<RegistrationId>().uuid().to_string(),
        wording: WORDING.to_owned(),
        country: home.clone(),
        voucher: asked.voucher.chars().take(40).collect(),
        ..Draft::default()
    };
    if let Some(one) = offer.as_ref().and_then(|offer| offer.invitation.as_ref()) {
        draft.email.clone_from(&one.email);
        draft.company.clone_from(&one.company);
    }
    page(register_page(&show, &FormState::of(&draft), &home, offer.as_ref()).render(&show.shell()))
}

fn register_page<'a>(
    show: &'a PublicEdition,
    form: &'a FormState,
    home: &'a str,
    offer: Option<&'a app::voucher::Offer>,
) -> RegisterPage<'a> {
    let offer = offer.map(|offer| (offer.category, offer.invited_by.as_str()));
    RegisterPage { edition: &show.edition, form, home, offer }
}

async fn submit(show: PublicEdition, State(app): State<App>, Fields(draft): Fields<Draft>) -> Answer {
    let outcome = match draft.parse(Entry::Public) {
        Ok(wish) => verbs::register_visitor(&app, &show.edition, &wish).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(entered) if entered.ours => {
            let key = verbs::access_key(&app.reader(), show.edition.id, entered.id).await?;
            let own = links::registration::own(&show.edition.slug, &key);
            see_other_saying(&own, &Flash::good("registration-badge-sent"))
        }
        // Somebody with this address is registered: nothing of theirs is shown, the badge goes to the address.
        Ok(_) => see_other(&links::registration::thanks(&show.edition.slug)),
        Err(error) => {
            let (refusals, home) = (refusals(error)?, home(&app, &show.edition).await?);
            let form = FormState::new(&draft, &refusals);
            let offer = offer(&app, &show.edition, &draft.voucher).await?;
            refused(register_page(&show, &form, &home, offer.as_ref()).render(&show.shell()))
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Spoken {
    to: String,
    #[serde(flatten)]
    draft: Draft,
}

/// The form in the other language, with everything that was typed.
async fn language(show: PublicEdition, State(app): State<App>, Fields(spoken): Fields<Spoken>) -> Answer {
    let locale = Locale::parse(&spoken.to).ok_or(Fail::Missing)?;
    let home = home(&app, &show.edition).await?;
    let mut shell = show.shell();
    shell.lang = Lang::new(locale);
    shell.path = links::public::register(&show.edition.slug).to_string();
    let form = FormState::of(&spoken.draft);
    let offer = offer(&app, &show.edition, &spoken.draft.voucher).await?;
    let mut response = page(register_page(&show, &form, &home, offer.as_ref()).render(&shell))?;
    set_cookie(&mut response, ui::lasting(ui::LOCALE, locale.code().to_owned()));
    Ok(response)
}

async fn thanks(show: PublicEdition) -> Answer {
    page(ThanksPage { edition: &show.edition }.render(&show.shell()))
}

#[derive(Deserialize)]
struct Key {
    access: String,
}

/// The registration behind a key; a wrong one is as good as none.
async fn opened(app: &App, edition: &Edition, key: &Key) -> Result<Registration, Fail> {
    behind(app, edition, &key.access).await
}

/// The same for neighbours of this page.
pub(super) async fn behind(app: &App, edition: &Edition, key: &str) -> Result<Registration, Fail> {
    let hash = access::hash(key).ok_or(Fail::Missing)?;
    read_registration::by_access(&app.reader(), edition.id, &hash).await?.ok_or(Fail::Missing)
}

async fn own(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let reader = app.reader();
    let badge = read_registration::badge(&reader, show.edition.id, registration.id).await?;
    let badge = badge.map(|badge| (verbs::qr(&badge.code), badge));
    let consents = read_registration::consents(&reader, registration.id).await?;
    let own = OwnPage {
        edition: &show.edition,
        access: &key.access,
        registration: &registration,
        badge: badge.as_ref().map(|(code, badge)| (badge, code)),
        consents: &consents,
    };
    page(own.render(&show.shell()))
}

async fn badge(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let badge =
        read_registration::badge(&app.reader(), show.edition.id, registration.id).await?.ok_or(Fail::Missing)?;
    let slug = &show.edition.slug;
    let sheet = BadgeSheet {
        badge: &badge,
        code: &verbs::qr(&badge.code),
        pdf: links::registration::own_part(slug, &key.access, "badge.pdf"),
        back: links::registration::own(slug, &key.access),
    };
    page(sheet.render(show.ui.lang))
}

async fn badge_pdf(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let badge =
        read_registration::badge(&app.reader(), show.edition.id, registration.id).await?.ok_or(Fail::Missing)?;
    let name = format!("badge-{}.pdf", badge.serial);
    download(&name, "application/pdf", app::printing::badge_file(&app.reader(), show.edition.id, badge).await?)
}

async fn edit_form(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let form = FormState::of(&Draft::of(&registration));
    page(edit_page(&app, &show, &key, &registration, &form).await?)
}

async fn edit_page(
    app: &App,
    show: &PublicEdition,
    key: &Key,
    registration: &Registration,
    form: &FormState,
) -> Result<templates::Markup, Fail> {
    let home = home(app, &show.edition).await?;
    let page = OwnEditPage {
        edition: &show.edition,
        access: &key.access,
        email: &registration.details.email,
        form,
        home: &home,
    };
    Ok(page.render(&show.shell()))
}

async fn edit(
    show: PublicEdition,
    State(app): State<App>,
    Path(key): Path<Key>,
    Fields(mut draft): Fields<Draft>,
) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    draft.email.clone_from(&registration.details.email);
    let outcome = match draft.parse_amendment(Entry::Public) {
        Ok(change) => verbs::amend_by_registrant(&app, &show.edition, registration.id, &change).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => {
            let own = links::registration::own(&show.edition.slug, &key.access);
            see_other_saying(&own, &Flash::good("own-saved"))
        }
        Err(error) => {
            let refusals = refusals(error)?;
            // Somebody else's change: the next try is against what is stored now, with what was typed kept.
            draft.version = opened(&app, &show.edition, &key).await?.version.to_string();
            let form = FormState::new(&draft, &refusals);
            refused(edit_page(&app, &show, &key, &registration, &form).await?)
        }
    }
}

async fn cancel(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    verbs::cancel_by_registrant(&app, &show.edition, registration.id).await?;
    let own = links::registration::own(&show.edition.slug, &key.access);
    see_other_saying(&own, &Flash::good("own-cancelled"))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ConsentForm {
    purpose: String,
    given: String,
}

async fn consent(
    show: PublicEdition,
    State(app): State<App>,
    Path(key): Path<Key>,
    Fields(form): Fields<ConsentForm>,
) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let purpose = Purpose::parse(&form.purpose).ok_or(Fail::Missing)?;
    verbs::set_consent(&app, &show.edition, registration.id, purpose, form.given == "on").await?;
    let own = links::registration::own(&show.edition.slug, &key.access);
    see_other_saying(&own, &Flash::good("own-consent-saved"))
}
