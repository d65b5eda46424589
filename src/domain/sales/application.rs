//! An application for space: written by a company, decided by the organizer, once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OpenSides, StandKind};
use crate::id::{ApplicationId, EditionId, ParticipationId, UserId};
use crate::journal::{Fact, Subject, SubjectKind};
use crate::locale::{Bilingual, Locale};
use crate::measure::show_hundredths;
use crate::refusal::{Parse, Refusal};

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// Waiting for the organizer.
    Submitted,
    /// The company takes part.
    Accepted,
    /// The organizer said no.
    Declined,
    /// The company took it back.
    Withdrawn,
}

impl ApplicationState {
    /// Every state, in the order people read them.
    pub const ALL: &[Self] = &[Self::Submitted, Self::Accepted, Self::Declined, Self::Withdrawn];

    /// Stable spelling, also the database's.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == text)
    }
}

/// An application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Identity.
    pub id: ApplicationId,
    /// The edition applied for.
    pub edition: EditionId,
    /// Running number within the edition, for people.
    pub number: i64,
    /// Chosen by the form; the same one twice is the same application.
    pub submission: Uuid,
    /// What was written.
    pub content: Apply,
    /// Where it stands.
    pub state: ApplicationState,
    /// The participation it became.
    pub participation: Option<ParticipationId>,
    /// Why it was declined or withdrawn.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it arrived.
    pub created_at: DateTime<Utc>,
    /// For the check that nobody else changed it.
    pub version: i32,
}

/// The content of an application, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apply {
    /// Company name in both languages; at least one.
    pub company: Bilingual,
    /// Two-letter country code.
    pub country: String,
    /// Web site, `http(s)://`, or empty.
    pub website: String,
    /// The person to talk to.
    pub contact_name: String,
    /// Where to write.
    pub contact_email: String,
    /// Where to call, or empty.
    pub contact_phone: String,
    /// The language to write in.
    pub locale: Locale,
    /// The stand wished for.
    pub stand_kind: StandKind,
    /// The area wished for.
    pub area_dm2: i64,
    /// Open sides wished for.
    pub open_sides: Option<OpenSides>,
    /// What will be shown.
    pub products: String,
    /// Anything else.
    pub message: String,
}

/// An application as typed.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationDraft {
    /// A uuid made when the empty form was drawn.
    pub submission: String,
    /// English company name.
    pub company_en: String,
    /// Chinese company name.
    pub company_zh: String,
    /// Two-letter country code.
    pub country: String,
    /// Web site.
    pub website: String,
    /// Contact's name.
    pub contact_name: String,
    /// Contact's e-mail.
    pub contact_email: String,
    /// Contact's phone.
    pub contact_phone: String,
    /// Kind code.
    pub stand_kind: String,
    /// Square metres.
    pub area: String,
    /// One to four, or empty.
    pub open_sides: String,
    /// Products.
    pub products: String,
    /// Message.
    pub message: String,
}

impl ApplicationDraft {
    /// Reads the draft; `locale` is the language the form was filled in.
    ///
    /// # Errors
    /// Every field that cannot be used, with the reason.
    pub fn parse(&self, locale: Locale) -> Result<(Uuid, Apply), Vec<Refusal>> {
        let mut read = Parse::new();
        let submission = read.pick("submission", &self.submission, |t| Uuid::parse_str(t).ok());
        let en = read.optional("company_en", &self.company_en, 200);
        let zh = read.optional("company_zh", &self.company_zh, 200);
        if en.is_empty() && zh.is_empty() {
            read.refuse(Refusal::invalid("company-needs-a-name").at("company_en"));
        }
        let country = read.pick("country", &self.country.to_uppercase(), country_code);
        let website = read_website(&mut read, &self.website);
        let contact_name = read.required("contact_name", &self.contact_name, 120);
        let contact_email = read.email("contact_email", &self.contact_email);
        let contact_phone = read_phone(&mut read, "contact_phone", &self.contact_phone);
        let kind = read.pick("stand_kind", &self.stand_kind, StandKind::parse);
        let area = read.hundredths("area", &self.area, 600..=1_000_000);
        let area = read.need("area", area, &self.area);
        if let (Some(StandKind::Raw), Some(area)) = (kind, area) {
            // Below this a builder cannot work safely; every floor plan we know starts raw at 36.
            if area < 3_600 {
                read.refuse(Refusal::invalid("raw-too-small").at("area").with("min", "36"));
            }
        }
        let sides = read.whole("open_sides", &self.open_sides, 1..=4);
        let products = read.required("products", &self.products, 2_000);
        let message = read.optional("message", &self.message, 4_000);
        let command = match (submission, country, kind, area) {
            (Some(submission), Some(country), Some(stand_kind), Some(area_dm2)) => Some((
                submission,
                Apply {
                    company: Bilingual { en, zh },
                    country,
                    website,
                    contact_name,
                    contact_email,
                    contact_phone,
                    locale,
                    stand_kind,
                    area_dm2,
                    open_sides: sides.and_then(|n| i32::try_from(n).ok()).and_then(OpenSides::new),
                    products,
                    message,
                },
            )),
            _ => None,
        };
        read.complete(command)
    }
}

pub(crate) fn country_code(text: &str) -> Option<String> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())).then(|| text.to_owned())
}

/// A web address: `example.com` becomes `https://example.com`; other schemes are refused because
/// the address is shown as a link.
pub(crate) fn read_website(read: &mut Parse, raw: &str) -> String {
    let text = read.optional("website", raw, 200);
    if text.is_empty() {
        return text;
    }
    let full = if text.contains("://") { text } else { format!("https://{text}") };
    let host = full.strip_prefix("https://").or_else(|| full.strip_prefix("http://"));
    let good = host.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        host.contains('.') && !host.starts_with('.') && !rest.contains(char::is_whitespace) && !host.contains('@')
    });
    if !good {
        read.refuse(Refusal::invalid("not-a-website").at("website"));
    }
    full
}

/// A phone number as people write it: digits, spaces and `+ - ( ) / .`, at least five digits.
pub(crate) fn read_phone(read: &mut Parse, field: &str, raw: &str) -> String {
    let text = read.optional(field, raw, 40);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || " +-()/.#".contains(c));
    if !text.is_empty() && (digits < 5 || !plain) {
        read.refuse(Refusal::invalid("not-a-phone").at(field));
    }
    text
}

/// A decision as typed.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionDraft {
    /// The stand to assign at once, or empty.
    pub stand: String,
    /// Why it is declined.
    pub reason: String,
    /// The version the page was drawn from.
    pub version: String,
}

/// A decision about an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decides.
    pub by: Option<UserId>,
    /// When.
    pub at: DateTime<Utc>,
    /// The version the page was drawn from, when known.
    pub version: Option<i32>,
}

/// A new application.
///
/// # Errors
/// `applications-closed` when the edition does not take any.
pub fn submit(
    id: ApplicationId,
    edition: EditionId,
    number: i64,
    open: bool,
    (submission, content): (Uuid, Apply),
    now: DateTime<Utc>,
) -> Result<(Application, Vec<Fact>), Vec<Refusal>> {
    if !open {
        return Err(vec![Refusal::unmet("applications-closed")]);
    }
    let fact = Fact::new("application.submitted", Subject::new(SubjectKind::Application, id), edition)
        .with("number", number)
        .with("company", content.company.get(Locale::En).to_owned())
        .with("kind", content.stand_kind.code())
        .with("area", show_hundredths(content.area_dm2));
    let application = Application {
        id,
        edition,
        number,
        submission,
        content,
        state: ApplicationState::Submitted,
        participation: None,
        reason: None,
        decided_by: None,
        decided_at: None,
        created_at: now,
        version: 1,
    };
    Ok((application, vec![fact]))
}

/// Accepts: the company takes part as `participation`.
///
/// # Errors
/// `application-decided` when somebody was faster, `stale` when it changed meanwhile.
pub fn accept(
    application: &Application,
    participation: ParticipationId,
    decision: &Decision,
) -> Result<(Application, Vec<Fact>), Vec<Refusal>> {
    let mut next = close(application, ApplicationState::Accepted, decision)?;
    next.participation = Some(participation);
    let company = application.content.company.get(Locale::En).to_owned();
    let facts = vec![
        fact("application.accepted", application),
        Fact::new("exhibitor.confirmed", Subject::new(SubjectKind::Exhibitor, participation), application.edition)
            .with("company", company)
            .with("application", application.number),
    ];
    Ok((next, facts))
}

/// Declines, with a reason the company is told.
///
/// # Errors
/// `required` without a reason, otherwise as [`accept`].
pub fn decline(
    application: &Application,
    reason: &str,
    decision: &Decision,
) -> Result<(Application, Vec<Fact>), Vec<Refusal>> {
    let mut read = Parse::new();
    let reason = read.required("reason", reason, 1_000);
    let reason = read.complete(Some(reason))?;
    let mut next = close(application, ApplicationState::Declined, decision)?;
    next.reason = Some(reason.clone());
    Ok((next, vec![fact("application.declined", application).with("reason", reason)]))
}

/// Takes an application back on the company's wish.
///
/// # Errors
/// As [`accept`].
pub fn withdraw(
    application: &Application,
    reason: &str,
    decision: &Decision,
) -> Result<(Application, Vec<Fact>), Vec<Refusal>> {
    let mut next = close(application, ApplicationState::Withdrawn, decision)?;
    next.reason = Some(reason.trim().to_owned()).filter(|text| !text.is_empty());
    Ok((next, vec![fact("application.withdrawn", application)]))
}

fn fact(kind: &'static str, application: &Application) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Application, application.id), application.edition)
        .with("number", application.number)
}

fn close(application: &Application, state: ApplicationState, decision: &Decision) -> Result<Application, Vec<Refusal>> {
    if application.state != ApplicationState::Submitted {
        return Err(vec![Refusal::conflict("application-decided").with("state", application.state.code())]);
    }
    if decision.version.is_some_and(|version| version != application.version) {
        return Err(vec![Refusal::conflict("stale")]);
    }
    Ok(Application { state, decided_by: decision.by, decided_at: Some(decision.at), ..application.clone() })
}
