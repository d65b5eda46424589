//! The texts of mails to registrants.

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
    Locale, Refusal,
    access::Permission::{self, RegistrationManage, RegistrationRead},
    registration::{
        Category,
        mail_text::{MailText, MailTextDraft, Occasion, fill},
        setting::days_text,
    },
};
use serde::Deserialize;
use store::read;
use templates::{
    Flash, FormState, Lang, Markup, links,
    mails::registration::BadgeMail,
    organizer::registration::{MailTextPage, MailsPage},
};

pub(super) fn routes(s: &mut Surface) {
    let manage = Need::Staff(RegistrationManage);
    s.get("/e/{edition}/registration/mails", Need::Staff(RegistrationRead), list);
    s.get("/e/{edition}/registration/mails/{occasion}", manage, form);
    s.post("/e/{edition}/registration/mails/{occasion}", manage, write);
    s.post("/e/{edition}/registration/mails/{occasion}/preview", manage, preview);
}

async fn list(staff: Staff<may::RegistrationRead>, State(app): State<App>) -> Answer {
    let texts = verbs::mail_texts(&app, staff.edition.id).await?;
    let setting = verbs::setting(&app, staff.edition.id).await?;
    let view = MailsPage {
        texts: &texts,
        remind_days: &days_text(&setting.remind_days),
        may_manage: staff.may(Permission::RegistrationManage),
    };
    page(view.render(&staff.shell()))
}

#[derive(Deserialize)]
struct Named {
    occasion: String,
}

impl Named {
    fn occasion(&self) -> Result<Occasion, Fail> {
        Occasion::parse(&self.occasion).ok_or(Fail::Missing)
    }
}

type Manager = Staff<may::RegistrationManage>;

/// Somebody to write to, for the eye.
const EXAMPLES: [(Locale, &str, &str); 2] =
    [(Locale::En, "Anna Schmidt", "Werkzeugbau Schmidt GmbH"), (Locale::ZhCn, "张伟", "上海机床有限公司")];

/// The page with what a text looks like in both languages.
async fn draw(
    app: &App,
    staff: &Manager,
    (text, draft, refusals): (&MailText, &MailTextDraft, &[Refusal]),
) -> Result<Markup, Fail> {
    let edition = &staff.edition;
    let venues = read::edition::venues(&app.reader()).await?;
    let venue = venues.into_iter().find(|venue| venue.id == edition.venue);
    let filled: Vec<_> = EXAMPLES
        .iter()
        .map(|(locale, name, company)| {
            let lang = Lang::new(*locale);
            let place =
                venue.as_ref().map(|venue| format!("{}, {}", venue.name.get(*locale), venue.city)).unwrap_or_default();
            let value = |of: &str| match of {
                "name" => (*name).to_owned(),
                "company" => (*company).to_owned(),
                "number" => "1024".to_owned(),
                "edition" => edition.name.get(*locale).to_owned(),
                "days" => lang.date_range(edition.opens_on, edition.closes_on),
                "place" => place.clone(),
                _ => lang.term("category", Category::TradeVisitor.code()),
            };
            let own = text.said(*locale).map(|said| (fill(said.subject, value), fill(said.body, value)));
            (lang, *name, place.clone(), own)
        })
        .collect();
    let previews: Vec<BadgeMail<'_>> = filled
        .iter()
        .map(|(lang, name, place, own)| BadgeMail {
            lang: *lang,
            edition: &edition.name,
            opens_on: edition.opens_on,
            closes_on: edition.closes_on,
            place,
            name,
            number: 1024,
            occasion: text.occasion,
            own: own.as_ref().map(|(subject, body)| (subject.as_str(), body.as_str())),
            link: "",
        })
        .collect();
    let form = FormState::new(draft, refusals);
    Ok(MailTextPage { occasion: text.occasion, form: &form, previews: &previews }.render(&staff.shell()))
}

async fn form(staff: Manager, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let text = verbs::mail_text(&app, staff.edition.id, named.occasion()?).await?;
    page(draw(&app, &staff, (&text, &MailTextDraft::of(&text), &[])).await?)
}

/// What is typed, shown and not stored.
async fn preview(
    staff: Manager,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(draft): Fields<MailTextDraft>,
) -> Answer {
    match draft.parse(named.occasion()?) {
        Ok(text) => page(draw(&app, &staff, (&text, &draft, &[])).await?),
        Err(refusals) => {
            let stored = verbs::mail_text(&app, staff.edition.id, named.occasion()?).await?;
            refused(draw(&app, &staff, (&stored, &draft, &refusals)).await?)
        }
    }
}

async fn write(
    staff: Manager,
    State(app): State<App>,
    Path(named): Path<Named>,
    Fields(draft): Fields<MailTextDraft>,
) -> Answer {
    let occasion = named.occasion()?;
    let outcome = match draft.parse(occasion) {
        Ok(text) => verbs::write_mail_text(&app, &staff.viewer, &staff.edition, &text).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => {
            let list = links::form::mails(&staff.edition.slug);
            see_other_saying(&list, &Flash::good("mailing-saved"))
        }
        Err(error) => {
            let refusals = refusals(error)?;
            let stored = verbs::mail_text(&app, staff.edition.id, occasion).await?;
            let draft = MailTextDraft { version: stored.version.to_string(), ..draft };
            refused(draw(&app, &staff, (&stored, &draft, &refusals)).await?)
        }
    }
}
