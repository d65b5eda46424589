//! What becomes of each row of a batch, looked up with a handful of questions for all of them. The dry run and the
//! taking over ask the same function.

use super::WORDS;
use crate::Error;
use domain::{
    EditionId, PartyId, Refusal,
    party::matching::{Reason, same_person},
    registration::{
        Registration, Standing,
        delegation::Delegation,
        draft::{Amendment, Wish},
        intake::{
            Intake, Known,
            rows::{Reading, Seen},
        },
        register,
    },
    text::{fold_email, fold_phone},
};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::{
    Query,
    record::{intake as record, registration::standing},
};
use uuid::Uuid;

/// What becomes of a row.
pub(super) enum Fate {
    /// A new registration, of a known person or of a new one, and where it stands.
    New(Box<Wish>, Option<PartyId>, Standing),
    /// The registration that exists takes what the row says.
    Update(Box<Registration>, Box<Amendment>),
    /// Registered already, or twice in the table.
    Known,
    /// Cannot be taken.
    Rejected(Vec<Refusal>),
}

/// Looks at the rows of a batch.
pub(super) async fn fates(
    db: &impl Query,
    intake: &Intake,
    group: Option<&Delegation>,
    seen: &mut Seen,
    rows: &[(u32, Vec<String>)],
) -> Result<Vec<Fate>, Error> {
    let reading = Reading::of(intake, &WORDS, group);
    let wishes: Vec<Result<Wish, Vec<Refusal>>> = rows.iter().map(|(line, cells)| reading.wish(*line, cells)).collect();
    let there = There::ask(db, intake.edition, &wishes).await?;
    let fate = |wish: Result<Wish, Vec<Refusal>>| match wish {
        Err(refusals) => Fate::Rejected(refusals),
        Ok(wish) if seen.again(&wish) => match intake.options.known {
            Known::Reject => Fate::Rejected(vec![Refusal::conflict("row-twice")]),
            Known::Skip | Known::Update => Fate::Known,
        },
        Ok(wish) => there.fate(wish, intake.options.known),
    };
    Ok(wishes.into_iter().map(fate).collect())
}

/// What is there already.
struct There {
    people: Vec<domain::party::matching::KnownPerson>,
    by_email: HashMap<String, Vec<usize>>,
    by_phone: HashMap<String, Vec<usize>>,
    standing: Vec<Registration>,
    of_email: HashMap<String, usize>,
    of_party: HashMap<PartyId, usize>,
    of_submission: HashMap<Uuid, usize>,
}

impl There {
    async fn ask(db: &impl Query, edition: EditionId, wishes: &[Result<Wish, Vec<Refusal>>]) -> Result<Self, Error> {
        let sound = || wishes.iter().flatten();
        let distinct = |texts: HashSet<String>| texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        let emails = distinct(sound().map(|wish| fold_email(&wish.details.email)).collect());
        let phones = distinct(sound().map(|wish| fold_phone(&wish.details.phone)).collect());
        let submissions: Vec<Uuid> = sound().map(|wish| wish.submission).collect();
        let people = record::known_people(db, &emails, &phones).await?;
        let parties: Vec<PartyId> = people.iter().map(|person| person.party).collect();
        let standing = standing(db, edition, &emails, &parties, &submissions).await?;
        let (mut by_email, mut by_phone): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for (at, person) in people.iter().enumerate() {
            for email in &person.emails {
                by_email.entry(email.clone()).or_default().push(at);
            }
            for phone in &person.phones {
                by_phone.entry(phone.clone()).or_default().push(at);
            }
        }
        let (mut of_email, mut of_party, mut of_submission) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (at, r) in standing.iter().enumerate() {
            of_submission.entry(r.submission).or_insert(at);
            if !r.status.live() {
                continue;
            }
            of_email.entry(fold_email(&r.details.email)).or_insert(at);
            if let Some(party) = r.party {
                of_party.entry(party).or_insert(at);
            }
        }
        Ok(Self { people, by_email, by_phone, standing, of_email, of_party, of_submission })
    }

    /// The known person a wish is about.
    fn person(&self, wish: &Wish) -> Option<(PartyId, Reason)> {
        let d = &wish.details;
        let at = |map: &HashMap<String, Vec<usize>>, key: String| map.get(&key).cloned().unwrap_or_default();
        let candidates =
            at(&self.by_email, fold_email(&d.email)).into_iter().chain(at(&self.by_phone, fold_phone(&d.phone)));
        let candidates: Vec<_> = candidates.map(|at| self.people[at].clone()).collect();
        same_person(&candidates, &d.display_name, &d.email, &d.phone)
    }

    fn fate(&self, wish: Wish, known: Known) -> Fate {
        let person = self.person(&wish).map(|(party, _)| party);
        let email = fold_email(&wish.details.email);
        let by_email = if email.is_empty() { None } else { self.of_email.get(&email) };
        let by_party = person.and_then(|party| self.of_party.get(&party));
        // The very row was taken before: what became of it since is not for the table to undo.
        let Some(at) = self.of_submission.get(&wish.submission).or(by_email).or(by_party) else {
            return Fate::New(Box::new(wish), person, Standing::Approved);
        };
        let registered = &self.standing[*at];
        match known {
            Known::Skip => Fate::Known,
            Known::Reject => Fate::Rejected(vec![
                Refusal::conflict("already-registered").at("email").with("number", registered.number),
            ]),
            Known::Update => update(registered, &wish),
        }
    }
}

/// The change a row makes of what is stored; what it leaves empty stays.
fn update(registered: &Registration, wish: &Wish) -> Fate {
    if !registered.status.live() {
        return Fate::Known;
    }
    let (old, new) = (&registered.details, &wish.details);
    let or = |new: &String, old: &String| if new.is_empty() { old.clone() } else { new.clone() };
    let mut details = new.clone();
    details.other_name = or(&new.other_name, &old.other_name);
    details.company = or(&new.company, &old.company);
    details.job_title = or(&new.job_title, &old.job_title);
    details.email = or(&new.email, &old.email);
    details.phone = or(&new.phone, &old.phone);
    details.country = or(&new.country, &old.country);
    details.locale = old.locale;
    let change =
        Amendment { details, category: Some(wish.category), asked: BTreeSet::new(), version: registered.version };
    match register::amend(registered, &change) {
        Ok((_, _, facts)) if facts.is_empty() => Fate::Known,
        Ok(_) => Fate::Update(Box::new(registered.clone()), Box::new(change)),
        Err(refusals) => Fate::Rejected(refusals),
    }
}
