//! Everybody's own account, at both doors: name and language, password, second factor, other browsers. The two faces
//! declare the routes and draw the page in their frame; what happens is the same.

use crate::{
    answer::{Answer, Fail, page, redirect, refusals, refused, see_other, see_other_saying, set_cookie},
    fields::Fields,
    guard::Public,
    ui,
};
use app::{App, access};
use axum::extract::{FromRequestParts, State};
use domain::access::account::{ChangeDraft, Holder, SelfDraft};
use serde::{Deserialize, Serialize};
use templates::{
    Flash, FormState, Markup,
    account::{AccountPage, CodesPage, Part, SetupPage},
    links,
    shells::Layout,
};

/// What stands inside the frame.
pub(crate) enum Shown<'a> {
    Account(AccountPage<'a>),
    Setup(SetupPage<'a>),
    Codes(CodesPage<'a>),
}

impl Shown<'_> {
    /// The page in a frame.
    pub(crate) fn render(&self, shell: &dyn Layout) -> Markup {
        match self {
            Self::Account(page) => page.render(shell),
            Self::Setup(page) => page.render(shell),
            Self::Codes(page) => page.render(shell),
        }
    }
}

/// Somebody signed in, at their own account.
pub(crate) trait Own: FromRequestParts<App, Rejection = Fail> + Send + Sync + 'static {
    /// The portal's door instead of the team's.
    const PORTAL: bool;
    /// Who.
    fn holder(&self) -> Holder;
    /// The secret of the session that asks.
    fn secret(&self) -> &str;
    /// A page in the frame of this door.
    fn draw(&self, app: &App, shown: &Shown<'_>) -> impl Future<Output = Result<Markup, Fail>> + Send;
}

async fn account<P: Own>(own: &P, app: &App, said: Option<(Part, &FormState)>) -> Result<Markup, Fail> {
    let account = access::account(app, own.holder(), own.secret()).await?;
    own.draw(app, &Shown::Account(AccountPage { account: &account, portal: P::PORTAL, said })).await
}

/// What was refused, beside the form it belongs to.
async fn again<P: Own>(own: &P, app: &App, part: Part, draft: &impl Serialize, error: app::Error) -> Answer {
    let form = FormState::new(draft, &refusals(error)?);
    refused(account(own, app, Some((part, &form))).await?)
}

fn done<P: Own>(flash: &str) -> Answer {
    see_other_saying(&links::account::home(P::PORTAL), &Flash::good(flash))
}

pub(crate) async fn show<P: Own>(own: P, State(app): State<App>) -> Answer {
    page(account(&own, &app, None).await?)
}

pub(crate) async fn save<P: Own>(own: P, State(app): State<App>, Fields(draft): Fields<SelfDraft>) -> Answer {
    let saved = match draft.parse() {
        Ok(fields) => {
            let locale = fields.locale;
            access::save_self(&app, own.holder(), fields).await.map(|()| locale)
        }
        Err(refusals) => Err(refusals.into()),
    };
    match saved {
        Ok(locale) => {
            let mut response = done::<P>("account-saved")?;
            // What was chosen by hand in this browser is stronger than the account, so it is chosen here too.
            set_cookie(&mut response, ui::lasting(ui::LOCALE, locale.code().to_owned()));
            Ok(response)
        }
        Err(error) => again(&own, &app, Part::Person, &draft, error).await,
    }
}

pub(crate) async fn password<P: Own>(
    own: P,
    public: Public,
    State(app): State<App>,
    Fields(draft): Fields<ChangeDraft>,
) -> Answer {
    match access::change_password(&app, own.holder(), own.secret(), &draft, &public.address).await {
        Ok(()) => done::<P>("account-password-changed"),
        Err(error) => again(&own, &app, Part::Password, &draft, error).await,
    }
}

pub(crate) async fn end_others<P: Own>(own: P, State(app): State<App>) -> Answer {
    access::end_other_sessions(&app, own.holder(), own.secret()).await?;
    done::<P>("account-others-ended")
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Begin {
    #[serde(skip_serializing)]
    begin_password: String,
}

pub(crate) async fn begin<P: Own>(
    own: P,
    public: Public,
    State(app): State<App>,
    Fields(typed): Fields<Begin>,
) -> Answer {
    match access::begin_factor(&app, own.holder(), &typed.begin_password, &public.address).await {
        Ok(()) => see_other(&links::account::factor(P::PORTAL)),
        Err(error) => again(&own, &app, Part::Begin, &typed, error).await,
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Code {
    #[serde(skip_serializing)]
    code: String,
}

async fn setup_page<P: Own>(own: &P, app: &App, form: &FormState) -> Result<Option<Markup>, Fail> {
    let Some(setup) = access::setup(app, own.holder()).await? else { return Ok(None) };
    let shown = SetupPage { secret: &setup.secret, picture: &setup.picture, form, portal: P::PORTAL };
    own.draw(app, &Shown::Setup(shown)).await.map(Some)
}

/// Nothing is being set up (any more): back to where it begins.
fn home<P: Own>() -> Answer {
    Ok(redirect(links::account::home(P::PORTAL).as_str()))
}

pub(crate) async fn setup<P: Own>(own: P, State(app): State<App>) -> Answer {
    match setup_page(&own, &app, &FormState::empty()).await? {
        Some(markup) => page(markup),
        None => home::<P>(),
    }
}

/// Answers with the page itself: the recovery codes are shown once and must not travel through a redirect.
pub(crate) async fn confirm<P: Own>(own: P, State(app): State<App>, Fields(typed): Fields<Code>) -> Answer {
    match access::confirm_factor(&app, own.holder(), &typed.code).await {
        Ok(codes) => page(own.draw(&app, &Shown::Codes(CodesPage { codes: &codes, portal: P::PORTAL })).await?),
        Err(app::Error::Missing) => home::<P>(),
        Err(error) => {
            let form = FormState::new(&typed, &refusals(error)?);
            match setup_page(&own, &app, &form).await? {
                Some(markup) => refused(markup),
                None => home::<P>(),
            }
        }
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct End {
    #[serde(skip_serializing)]
    end_password: String,
    #[serde(skip_serializing)]
    end_code: String,
}

pub(crate) async fn end<P: Own>(own: P, public: Public, State(app): State<App>, Fields(typed): Fields<End>) -> Answer {
    match access::end_factor(&app, own.holder(), &typed.end_password, &typed.end_code, &public.address).await {
        Ok(()) => done::<P>("account-factor-ended"),
        Err(app::Error::Missing) => home::<P>(),
        Err(error) => again(&own, &app, Part::End, &typed, error).await,
    }
}

/// Declares the routes of one door: `$base` is its account, `$need` who gets in.
macro_rules! account_routes {
    ($surface:expr, $base:literal, $need:expr, $own:ty) => {{
        use $crate::account;
        $surface.get($base, $need, account::show::<$own>);
        $surface.post($base, $need, account::save::<$own>);
        $surface.post(concat!($base, "/password"), $need, account::password::<$own>);
        $surface.post(concat!($base, "/sessions/end"), $need, account::end_others::<$own>);
        $surface.post(concat!($base, "/second-factor/begin"), $need, account::begin::<$own>);
        $surface.get(concat!($base, "/second-factor"), $need, account::setup::<$own>);
        $surface.post(concat!($base, "/second-factor"), $need, account::confirm::<$own>);
        $surface.post(concat!($base, "/second-factor/end"), $need, account::end::<$own>);
    }};
}
pub(crate) use account_routes;
