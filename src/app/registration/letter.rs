//! One letter to a registrant: the organizer's text where there is one, the product's words otherwise.

use crate::{App, Outgoing};
use domain::{
    Bilingual,
    edition::Edition,
    registration::{
        Registration,
        mail_text::{MailText, Occasion, fill},
    },
};
use templates::{Lang, links, mails::registration::BadgeMail};

/// Writes a letter to a registrant whose own page opens with `key`. Files are added by the caller.
pub(super) fn write(
    app: &App,
    edition: &Edition,
    (r, key): (&Registration, &str),
    (occasion, text, place): (Occasion, &MailText, &Bilingual),
) -> Outgoing {
    let lang = Lang::new(r.details.locale);
    let locale = r.details.locale;
    let link = links::registration::own(&edition.slug, key).absolute(&app.settings().base_url);
    let value = |name: &str| match name {
        "name" => r.details.display_name.clone(),
        "number" => r.number.to_string(),
        "edition" => edition.name.get(locale).to_owned(),
        "days" => lang.date_range(edition.opens_on, edition.closes_on),
        "place" => place.get(locale).to_owned(),
        "category" => lang.term("category", r.category.code()),
        "company" => r.details.company.clone(),
        _ => String::new(),
    };
    let own = text.said(locale).map(|said| (fill(said.subject, value), fill(said.body, value)));
    let letter = BadgeMail {
        lang,
        edition: &edition.name,
        opens_on: edition.opens_on,
        closes_on: edition.closes_on,
        place: place.get(locale),
        name: &r.details.display_name,
        number: r.number,
        occasion,
        own: own.as_ref().map(|(subject, body)| (subject.as_str(), body.as_str())),
        link: &link,
    };
    Outgoing {
        edition: Some(edition.id),
        to: r.details.email.clone(),
        to_name: r.details.display_name.clone(),
        locale,
        mail: letter.mail(),
        attachments: Vec::new(),
    }
}
