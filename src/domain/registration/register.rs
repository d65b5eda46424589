//! Decides new registrations and their later changes: who must be approved, what may change when, what is reported.

use super::{
    Category, Channel, Consent, Details, Draft, Purpose, Registration, Standing, Status,
    draft::{Amendment, Wish},
};
use crate::{
    EditionId, ParticipationId, PartyId, Refusal, RegistrationId,
    journal::{Fact, Subject, SubjectKind},
    party::ParticipationRole,
};
use chrono::{DateTime, NaiveDate, Utc};

/// What a decision on a new registration needs beside the wish.
#[derive(Clone, Debug)]
pub struct Setting {
    pub edition: EditionId,
    pub id: RegistrationId,
    pub number: i32,
    pub channel: Channel,
    pub party: Option<PartyId>,
    pub participation: Option<ParticipationId>,
    /// Where it stands: what the category's rules say of the public, [`Standing::Approved`] from everybody else.
    pub standing: Standing,
    /// The number of the form that was answered.
    pub form: Option<i32>,
    pub now: DateTime<Utc>,
    /// Today in the edition's zone.
    pub local_day: NaiveDate,
}

/// Registers a person. What the public asks for may have to wait: for approval, or for a place.
#[must_use]
pub fn register(wish: &Wish, setting: Setting) -> (Registration, Vec<Consent>, Vec<Fact>) {
    let status = if setting.standing == Standing::Approved { Status::Approved } else { Status::Registered };
    let waiting_since = (setting.standing == Standing::Waiting).then_some(setting.now);
    let consents = wish
        .consents
        .iter()
        .map(|purpose| Consent { purpose: *purpose, wording: wish.wording.clone(), given: true, at: setting.now })
        .collect();
    let fact = Fact::new("registration.created", subject(setting.id), setting.edition)
        .with("category", wish.category.code())
        .with("channel", setting.channel.code())
        .with("status", status.code())
        .with("number", setting.number)
        .with("waiting", waiting_since.is_some());
    let registration = Registration {
        edition: setting.edition,
        id: setting.id,
        number: setting.number,
        submission: wish.submission,
        party: setting.party,
        participation: setting.participation,
        category: wish.category,
        channel: setting.channel,
        status,
        details: wish.details.clone(),
        voucher: (!wish.voucher.is_empty()).then(|| wish.voucher.clone()),
        form: setting.form,
        waiting_since,
        created_at: setting.now,
        local_day: setting.local_day,
        version: 0,
    };
    (registration, consents, vec![fact])
}

/// Changes who is registered. Says whether what the badge shows changed, so that it is printed anew.
///
/// # Errors
/// A registration that is over cannot be changed.
pub fn amend(old: &Registration, change: &Amendment) -> Result<(Registration, bool, Vec<Fact>), Vec<Refusal>> {
    if !old.status.live() {
        return Err(vec![Refusal::unmet("registration-over").with("status", old.status.code())]);
    }
    let mut new = old.clone();
    new.details.clone_from(&change.details);
    // Programs and staff do not ask everything; what was answered before and is not asked now is kept.
    for (question, answer) in &old.details.answers {
        if !change.asked.contains(question) {
            new.details.answers.entry(question.clone()).or_insert_with(|| answer.clone());
        }
    }
    new.category = change.category.unwrap_or(old.category);
    let (before, after) = (Draft::of(old), Draft::of(&new));
    let pairs = [
        ("category", before.category, after.category, true),
        ("family_name", before.family_name, after.family_name, true),
        ("given_name", before.given_name, after.given_name, true),
        ("other_name", before.other_name, after.other_name, true),
        ("company", before.company, after.company, true),
        ("job_title", before.job_title, after.job_title, true),
        ("email", before.email, after.email, false),
        ("phone", before.phone, after.phone, false),
        ("country", before.country, after.country, false),
        ("locale", before.locale, after.locale, false),
    ];
    let changed: Vec<_> = pairs.into_iter().filter(|(_, before, after, _)| before != after).collect();
    let badge = changed.iter().any(|(.., on_badge)| *on_badge);
    let (was, is) = (&old.details.answers, &new.details.answers);
    let questions: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let answered: Vec<&String> = questions.into_iter().filter(|code| was.get(*code) != is.get(*code)).collect();
    if changed.is_empty() && answered.is_empty() {
        return Ok((new, false, Vec::new()));
    }
    let mut fact = Fact::new("registration.changed", subject(old.id), old.edition);
    for (field, before, after, _) in changed {
        fact = fact.with(field, serde_json::json!([before, after]));
    }
    for code in answered {
        let text = |answers: &super::Answers| answers.get(code).cloned().unwrap_or_default();
        fact = fact.with(&format!("answers.{code}"), serde_json::json!([text(was), text(is)]));
    }
    Ok((new, badge, vec![fact]))
}

/// Gives the place that became free to somebody on the waiting list. Where approval is asked for, it still is.
///
/// # Errors
/// It does not wait for a place.
pub fn promote(old: &Registration, approval: bool) -> Result<(Registration, Vec<Fact>), Vec<Refusal>> {
    if old.status != Status::Registered || old.waiting_since.is_none() {
        return Err(vec![Refusal::conflict("registration-not-on-list").with("status", old.status.code())]);
    }
    let status = if approval { Status::Registered } else { Status::Approved };
    let new = Registration { status, waiting_since: None, ..old.clone() };
    let fact = Fact::new("registration.promoted", subject(old.id), old.edition).with("status", status.code());
    Ok((new, vec![fact]))
}

/// Approves or rejects a registration that waits.
///
/// # Errors
/// It does not wait.
pub fn review(old: &Registration, approve: bool) -> Result<(Registration, Vec<Fact>), Vec<Refusal>> {
    if old.status != Status::Registered {
        return Err(vec![Refusal::conflict("registration-not-waiting").with("status", old.status.code())]);
    }
    let status = if approve { Status::Approved } else { Status::Rejected };
    let kind = if approve { "registration.approved" } else { "registration.rejected" };
    let new = Registration { status, waiting_since: None, ..old.clone() };
    Ok((new, vec![Fact::new(kind, subject(old.id), old.edition)]))
}

/// Withdraws a registration. Doing it twice is once.
///
/// # Errors
/// It was rejected or anonymized.
pub fn cancel(old: &Registration, reason: &str) -> Result<(Registration, Vec<Fact>), Vec<Refusal>> {
    match old.status {
        Status::Cancelled => Ok((old.clone(), Vec::new())),
        status if status.live() => {
            let new = Registration { status: Status::Cancelled, waiting_since: None, ..old.clone() };
            let fact = Fact::new("registration.cancelled", subject(old.id), old.edition).with("reason", reason);
            Ok((new, vec![fact]))
        }
        status => Err(vec![Refusal::unmet("registration-over").with("status", status.code())]),
    }
}

/// Takes another address, which its owner has proved.
///
/// # Errors
/// A registration that is over cannot be changed.
pub fn change_address(old: &Registration, details: Details) -> Result<(Registration, Vec<Fact>), Vec<Refusal>> {
    if !old.status.live() {
        return Err(vec![Refusal::unmet("registration-over").with("status", old.status.code())]);
    }
    let fact = Fact::new("registration.changed", subject(old.id), old.edition)
        .with("email", serde_json::json!([old.details.email, details.email]));
    Ok((Registration { details, ..old.clone() }, vec![fact]))
}

/// Removes everything that says who it is. What is counted stays: category, channel, country, day. Doing it twice is
/// once.
#[must_use]
pub fn anonymize(old: &Registration) -> (Registration, Vec<Fact>) {
    if old.status == Status::Anonymized {
        return (old.clone(), Vec::new());
    }
    let details = Details {
        display_name: "\u{2014}".to_owned(),
        country: old.details.country.clone(),
        locale: old.details.locale,
        family_name: String::new(),
        given_name: String::new(),
        other_name: String::new(),
        company: String::new(),
        job_title: String::new(),
        email: String::new(),
        phone: String::new(),
        answers: super::Answers::new(),
    };
    let new = Registration {
        status: Status::Anonymized,
        waiting_since: None,
        party: None,
        voucher: None,
        details,
        ..old.clone()
    };
    (new, vec![Fact::new("registration.anonymized", subject(old.id), old.edition)])
}

/// Gives or withdraws a consent; nothing happens when it already is so.
///
/// # Errors
/// Processing for the registration itself cannot be withdrawn alone: cancel instead.
pub fn consent(
    registration: &Registration,
    current: &[Consent],
    purpose: Purpose,
    given: bool,
    wording: &str,
    now: DateTime<Utc>,
) -> Result<(Option<Consent>, Vec<Fact>), Vec<Refusal>> {
    if purpose == Purpose::DataProcessing && !given {
        return Err(vec![Refusal::unmet("consent-needs-cancel").at("data_processing")]);
    }
    let holds = current.iter().rfind(|c| c.purpose == purpose).is_some_and(|c| c.given);
    if holds == given {
        return Ok((None, Vec::new()));
    }
    let kind = if given { "consent.given" } else { "consent.withdrawn" };
    let fact = Fact::new(kind, subject(registration.id), registration.edition)
        .with("purpose", purpose.code())
        .with("wording", wording);
    Ok((Some(Consent { purpose, wording: wording.to_owned(), given, at: now }), vec![fact]))
}

/// The role a person plays in the edition by being registered in a category.
#[must_use]
pub const fn role_of(category: Category) -> ParticipationRole {
    match category {
        Category::TradeVisitor | Category::Vip => ParticipationRole::Visitor,
        Category::HostedBuyer => ParticipationRole::HostedBuyer,
        Category::Media => ParticipationRole::Media,
        Category::Speaker => ParticipationRole::Speaker,
        Category::ExhibitorStaff | Category::Organizer => ParticipationRole::Staff,
        Category::Contractor => ParticipationRole::Contractor,
    }
}

fn subject(id: RegistrationId) -> Subject {
    Subject::new(SubjectKind::Registration, id)
}

#[cfg(test)]
mod tests {
    use super::super::Entry;
    use super::*;
    use uuid::Uuid;

    fn at() -> DateTime<Utc> {
        "2027-03-01T08:00:00Z".parse().unwrap()
    }

    fn registered(category: Category, channel: Channel) -> (Registration, Vec<Consent>) {
        let draft = Draft {
            submission: Uuid::from_u128(1).to_string(),
            category: category.code().into(),
            family_name: "Müller".into(),
            given_name: "Eva".into(),
            company: "Werke GmbH".into(),
            email: "eva@example.de".into(),
            country: "DE".into(),
            data_processing: "on".into(),
            ..Draft::default()
        };
        let setting = Setting {
            edition: EditionId::from_uuid(Uuid::from_u128(2)),
            id: RegistrationId::from_uuid(Uuid::from_u128(3)),
            number: 1,
            channel,
            party: None,
            participation: None,
            standing: match channel {
                Channel::Pre => super::super::Intake::standard(category).standing(0).unwrap(),
                _ => Standing::Approved,
            },
            form: None,
            now: at(),
            local_day: at().date_naive(),
        };
        let (r, consents, facts) = register(&draft.parse(Entry::Api).unwrap(), setting);
        assert_eq!(facts.len(), 1);
        (r, consents)
    }

    #[test]
    fn privileges_wait_for_approval_unless_staff_give_them() {
        assert_eq!(registered(Category::TradeVisitor, Channel::Pre).0.status, Status::Approved);
        let waiting = registered(Category::Media, Channel::Pre).0;
        assert_eq!(waiting.status, Status::Registered);
        assert_eq!(registered(Category::Media, Channel::OnSite).0.status, Status::Approved);
        let approved = review(&waiting, true).unwrap().0;
        assert_eq!(approved.status, Status::Approved);
        assert_eq!(review(&approved, false).unwrap_err()[0].code, "registration-not-waiting");
    }

    #[test]
    fn a_change_of_the_name_needs_a_new_badge_a_change_of_the_number_does_not() {
        let (old, _) = registered(Category::TradeVisitor, Channel::Pre);
        let amended = |draft: Draft| amend(&old, &draft.parse_amendment(Entry::Desk).unwrap()).unwrap();
        let (_, badge, facts) = amended(Draft { phone: "+49 89 1234567".into(), ..Draft::of(&old) });
        assert!(!badge && facts.len() == 1);
        let (new, badge, facts) = amended(Draft { given_name: "Ewa".into(), ..Draft::of(&old) });
        assert!(badge);
        assert_eq!(
            (new.details.display_name.as_str(), &facts[0].data["given_name"]),
            ("Ewa Müller", &serde_json::json!(["Eva", "Ewa"]))
        );
        assert!(amended(Draft::of(&old)).2.is_empty());
    }

    #[test]
    fn what_is_over_stays_over() {
        let (old, _) = registered(Category::TradeVisitor, Channel::Pre);
        let (gone, _) = cancel(&old, "").unwrap();
        assert!(cancel(&gone, "").unwrap().1.is_empty(), "twice is once");
        assert!(amend(&gone, &Draft::of(&old).parse_amendment(Entry::Desk).unwrap()).is_err());
    }

    #[test]
    fn nothing_of_the_person_is_left_but_what_is_counted() {
        let (old, _) = registered(Category::Media, Channel::Pre);
        let (gone, facts) = anonymize(&old);
        assert_eq!((facts.len(), gone.status, gone.category), (1, Status::Anonymized, old.category));
        assert_eq!((gone.details.country.as_str(), gone.number), ("DE", old.number));
        let text = format!("{:?}", gone.details);
        assert!(!["Müller", "Eva", "Werke", "eva@"].iter().any(|word| text.contains(word)), "{text}");
        assert!(anonymize(&gone).1.is_empty());
    }

    #[test]
    fn consents_are_given_and_taken_back_by_purpose() {
        let (r, consents) = registered(Category::TradeVisitor, Channel::Pre);
        let set = |purpose, given| consent(&r, &consents, purpose, given, "w", at());
        assert!(set(Purpose::OrganizerNews, false).unwrap().0.is_none(), "was never given");
        assert!(set(Purpose::OrganizerNews, true).unwrap().0.unwrap().given);
        assert!(set(Purpose::DataProcessing, false).is_err());
    }
}
