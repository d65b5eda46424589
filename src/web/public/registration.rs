//! Visitors: the show's front page, registering, and the registrant's own page behind a key.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, page, refusals, refused, see_other, see_other_saying, set_cookie},
    fields::Fields,
    guard::PublicEdition,
    path::Path,
    typed::Typed,
    ui,
};
use app::{App, registration as verbs};
use axum::extract::{Query, State};
use domain::{
    Locale, RegistrationId,
    edition::Edition,
    registration::{Draft, Entry, Purpose, Registration, WORDING, access, wording::Wording},
};
use serde::Deserialize;
use store::read::{self, registration as read_registration};
use templates::{
    Flash, Lang, Markup, PublicShell,
    components::answered,
    links,
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

/// The page with the form, as empty or refused as `draft` is.
async fn register_page(
    app: &App,
    show: &PublicEdition,
    draft: &Draft,
    (refusals, shell): (&[domain::Refusal], &PublicShell),
) -> Result<Markup, Fail> {
    let offer = offer(app, &show.edition, &draft.voucher).await?;
    let home = home(app, &show.edition).await?;
    let version = verbs::current_form(app, show.edition.id).await?;
    let open = verbs::open_categories(app, &show.edition).await?;
    let wordings = verbs::wordings(app, show.edition.id).await?;
    let page = RegisterPage {
        edition: &show.edition,
        form: &answered(draft, &version.form, refusals),
        asked: &version.form,
        open: &open,
        purposes: &verbs::setting(app, show.edition.id).await?.asked(),
        wordings: &wordings,
        home: &home,
        offer: offer.as_ref().map(|offer| (offer.category, offer.invited_by.as_str())),
    };
    Ok(page.render(shell))
}

async fn form(show: PublicEdition, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let mut draft = Draft {
        submission: app.id::<RegistrationId>().uuid().to_string(),
        wording: verbs::wordings(&app, show.edition.id).await?.first().map_or(WORDING.to_owned(), Wording::code),
        country: home(&app, &show.edition).await?,
        voucher: asked.voucher.chars().take(40).collect(),
        ..Draft::default()
    };
    let offer = offer(&app, &show.edition, &draft.voucher).await?;
    if let Some(one) = offer.as_ref().and_then(|offer| offer.invitation.as_ref()) {
        draft.email.clone_from(&one.email);
        draft.company.clone_from(&one.company);
    }
    page(register_page(&app, &show, &draft, (&[], &show.shell())).await?)
}

async fn submit(show: PublicEdition, State(app): State<App>, typed: Typed) -> Answer {
    let form = verbs::current_form(&app, show.edition.id).await?.form;
    let open = verbs::open_categories(&app, &show.edition).await?;
    let mut draft = typed.draft;
    let mut asking = verbs::asking(&form, &open);
    // A voucher says what one comes as, and so what is asked.
    if let Some(offer) = offer(&app, &show.edition, &draft.voucher).await? {
        offer.category.code().clone_into(&mut draft.category);
        asking.open = vec![offer.category];
    }
    let outcome = match draft.parse_with(Entry::Public, &asking) {
        Ok(wish) => verbs::register_visitor(&app, &show.edition, &wish).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(entered) if entered.ours && verbs::setting(&app, show.edition.id).await?.badge_at_once => {
            let key = verbs::access_key(&app.reader(), show.edition.id, entered.id).await?;
            let own = links::registration::own(&show.edition.slug, &key);
            see_other_saying(&own, &Flash::good("registration-badge-sent"))
        }
        // The same answer whether the address was registered or not: everything else goes to the address.
        Ok(_) => see_other(&links::registration::thanks(&show.edition.slug)),
        Err(error) => {
            let refusals = refusals(error)?;
            refused(register_page(&app, &show, &draft, (&refusals, &show.shell())).await?)
        }
    }
}

/// The form in the other language, with everything that was typed.
async fn language(show: PublicEdition, State(app): State<App>, typed: Typed) -> Answer {
    let locale = Locale::parse(typed.other("to")).ok_or(Fail::Missing)?;
    let mut shell = show.shell();
    shell.lang = Lang::new(locale);
    shell.path = links::public::register(&show.edition.slug).to_string();
    let mut response = page(register_page(&app, &show, &typed.draft, (&[], &shell)).await?)?;
    set_cookie(&mut response, ui::lasting(ui::LOCALE, locale.code().to_owned()));
    Ok(response)
}

async fn thanks(show: PublicEdition) -> Answer {
    page(ThanksPage { edition: &show.edition }.render(&show.shell()))
}

#[derive(Deserialize)]
pub(super) struct Key {
    pub(super) access: String,
}

/// The registration behind a key; a wrong one is as good as none.
pub(super) async fn opened(app: &App, edition: &Edition, key: &Key) -> Result<Registration, Fail> {
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
        purposes: &verbs::setting(&app, show.edition.id).await?.asked(),
        wordings: &verbs::wordings(&app, show.edition.id).await?,
        ahead: read_registration::ahead(&reader, &registration).await?,
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
    page(edit_page(&app, &show, &key, &registration, (&Draft::of(&registration), &[])).await?)
}

async fn edit_page(
    app: &App,
    show: &PublicEdition,
    key: &Key,
    registration: &Registration,
    (draft, refusals): (&Draft, &[domain::Refusal]),
) -> Result<Markup, Fail> {
    let home = home(app, &show.edition).await?;
    let asked = verbs::current_form(app, show.edition.id).await?.form;
    let form = answered(draft, &asked, refusals);
    let page = OwnEditPage {
        edition: &show.edition,
        access: &key.access,
        email: &registration.details.email,
        form: &form,
        asked: &asked,
        category: registration.category,
        home: &home,
    };
    Ok(page.render(&show.shell()))
}

async fn edit(show: PublicEdition, State(app): State<App>, Path(key): Path<Key>, typed: Typed) -> Answer {
    let registration = opened(&app, &show.edition, &key).await?;
    let mut draft = typed.draft;
    draft.email.clone_from(&registration.details.email);
    let form = verbs::current_form(&app, show.edition.id).await?.form;
    let outcome = match draft.parse_amendment_with(Entry::Public, &form, registration.category) {
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
            refused(edit_page(&app, &show, &key, &registration, (&draft, &refusals)).await?)
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
    /// Where the form stands: `data`, or the own page.
    then: String,
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
    let back = if form.then == "data" { own.then("data") } else { own };
    see_other_saying(&back, &Flash::good("own-consent-saved"))
}
