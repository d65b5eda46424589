//! Consents, their wordings, and how registration treats personal data.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
};
use app::{App, Error, registration as verbs};
use axum::extract::State;
use domain::{
    Refusal,
    access::Permission::{self, RegistrationManage, RegistrationRead},
    registration::{Purpose, setting::SettingDraft, wording},
};
use std::collections::BTreeMap;
use store::read::visitor;
use templates::{Flash, FormState, Lang, Markup, links, organizer::registration::PrivacyPage};

pub(super) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/registration/privacy", Need::Staff(RegistrationRead), show);
    s.post("/e/{edition}/registration/privacy", Need::Staff(RegistrationManage), set);
    s.post("/e/{edition}/registration/privacy/wording", Need::Staff(RegistrationManage), publish);
}

type Texts = BTreeMap<String, String>;

/// The two forms of the page as they are shown: stored, or as refused.
struct Forms {
    settings: FormState,
    texts: FormState,
}

async fn stored<P: may::May>(app: &App, staff: &Staff<P>) -> Result<(Forms, SettingDraft, Texts), Fail> {
    let setting = SettingDraft::of(&verbs::setting(app, staff.edition.id).await?);
    let wordings = verbs::wordings(app, staff.edition.id).await?;
    let mut texts = Texts::new();
    texts.insert("seen".to_owned(), wordings.first().map_or(0, |wording| wording.number).to_string());
    for purpose in Purpose::ALL {
        let own = wordings.first().and_then(|wording| wording.texts.get(purpose));
        let (en, zh) = own.map_or_else(
            || (Lang::EN.term("consent-text", purpose.code()), Lang::ZH.term("consent-text", purpose.code())),
            |text| (text.en.clone(), text.zh.clone()),
        );
        texts.insert(format!("{}_en", purpose.code()), en);
        texts.insert(format!("{}_zh", purpose.code()), zh);
    }
    Ok((Forms { settings: FormState::of(&setting), texts: FormState::of(&texts) }, setting, texts))
}

async fn draw<P: may::May>(app: &App, staff: &Staff<P>, forms: &Forms) -> Result<Markup, Fail> {
    let view = PrivacyPage {
        form: &forms.settings,
        texts: &forms.texts,
        wordings: &verbs::wordings(app, staff.edition.id).await?,
        given: &visitor::consents_given(&app.reader(), staff.edition.id).await?,
        zone: staff.edition.time_zone,
        may_manage: staff.may(Permission::RegistrationManage),
    };
    Ok(view.render(&staff.shell()))
}

async fn show(staff: Staff<may::RegistrationRead>, State(app): State<App>) -> Answer {
    let (forms, ..) = stored(&app, &staff).await?;
    page(draw(&app, &staff, &forms).await?)
}

type Manager = Staff<may::RegistrationManage>;

fn done(staff: &Manager, key: &str) -> Answer {
    see_other_saying(&links::form::privacy(&staff.edition.slug), &Flash::good(key))
}

async fn set(staff: Manager, State(app): State<App>, Fields(draft): Fields<SettingDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(setting) => verbs::set_setting(&app, &staff.viewer, &staff.edition, &setting).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => done(&staff, "privacy-saved"),
        Err(error) => {
            let refusals = refusals(error)?;
            let (forms, now, _) = stored(&app, &staff).await?;
            let draft = SettingDraft { version: now.version, ..draft };
            let forms = Forms { settings: FormState::new(&draft, &refusals), ..forms };
            refused(draw(&app, &staff, &forms).await?)
        }
    }
}

async fn publish(staff: Manager, State(app): State<App>, Fields(typed): Fields<Texts>) -> Answer {
    let seen = typed.get("seen").and_then(|seen| seen.parse().ok());
    let outcome = match (wording::parse(&typed), seen) {
        (Err(refusals), _) => Err(Error::from(refusals)),
        (Ok(_), None) => Err(Refusal::conflict("stale").into()),
        (Ok(texts), Some(seen)) => {
            verbs::publish_wording(&app, &staff.viewer, &staff.edition, seen, texts).await.map(|_| ())
        }
    };
    match outcome {
        Ok(()) => done(&staff, "privacy-published"),
        Err(error) => {
            let refusals = refusals(error)?;
            let (forms, _, now) = stored(&app, &staff).await?;
            let mut shown = typed;
            shown.insert("seen".to_owned(), now.get("seen").cloned().unwrap_or_default());
            let forms = Forms { texts: FormState::new(&shown, &refusals), ..forms };
            refused(draw(&app, &staff, &forms).await?)
        }
    }
}
