//! The second factor: setting it up, answering it at the door, ending it. What is accepted is decided in
//! [`domain::access::second_factor`]; here it is counted and spent, one person after the other.

mod confirm;
mod end;
mod pass;
mod set_up;

pub use confirm::confirm_factor;
pub use end::{end_factor, end_factor_of_contact, end_factor_of_user};
pub use pass::{pass, waits};
pub use set_up::{Setup, begin_factor, setup};

use super::person::Person;
use super::sign_in::{ACCOUNT_FAILURES, network, note_attempt, within_limits};
use crate::{App, Error, InstallationKey, Work, chance};
use domain::{
    Refusal,
    access::{
        account::Holder,
        second_factor::{self as rules, Typed},
    },
};
use store::{Reader, read, record::second_factor as record};
use templates::{Lang, mails::access as mails};

/// How a recovery code is stored: bound to its owner, so that nobody's code is anybody else's.
fn recovery_hash(of: Holder, plain: &str) -> String {
    chance::hash_secret(&format!("{}:{plain}", of.uuid()))
}

/// The secret of a row. One that this installation's key does not open is for the log and fits no code; recovery codes
/// and the team still help its owner.
fn opened(app: &App, of: Holder, sealed: &str) -> Option<Vec<u8>> {
    let secret = rules::open(app.settings().key.bytes(), of.uuid(), sealed);
    if secret.is_none() {
        tracing::error!(owner = %of.uuid(), "a second factor is sealed under another key than this installation's");
    }
    secret
}

/// How many second factors this key does not open.
///
/// # Errors
/// When the database does not answer.
pub async fn sealed_otherwise(reader: &Reader, key: &InstallationKey) -> Result<usize, Error> {
    let all = read::access::sealed_factors(reader).await?;
    Ok(all.iter().filter(|(owner, sealed)| rules::open(key.bytes(), *owner, sealed).is_none()).count())
}

fn wrong(field: &str) -> Refusal {
    Refusal::invalid("code-wrong").at(field)
}

/// Whether what was typed is a code of this person that was never used; it is used now. A failure is counted. The row
/// is locked and the failures are counted in the same transaction, so that many tries at once are still one after the
/// other. The caller commits in either case.
///
/// # Errors
/// `Missing` without a second factor; `signin-throttled`.
async fn spend(work: &mut Work, person: &Person, typed: &str, address: &str) -> Result<bool, Error> {
    let factor = record::factor_locked(work.tx(), person.of).await?;
    let factor = factor.filter(|factor| factor.confirmed_at.is_some()).ok_or(Error::Missing)?;
    within_limits(work.tx(), &person.codes(), address, work.now()).await?;
    let good = match Typed::read(typed) {
        None => false,
        Some(Typed::Code(number)) => {
            let secret = opened(work.app(), person.of, &factor.sealed);
            let step = secret.and_then(|secret| rules::accepted(&secret, number, work.now(), factor.last_step));
            if let Some(step) = step {
                record::spend_step(work.tx(), person.of, step).await?;
            }
            step.is_some()
        }
        Some(Typed::Recovery(plain)) => {
            let hash = recovery_hash(person.of, &plain);
            let good = record::spend_recovery(work.tx(), person.of, &hash, work.now()).await?;
            if good {
                let left = record::recovery_left(work.tx(), person.of).await?;
                let used = person.fact("user.recovery_code_used", "exhibitor.contact_recovery_code_used");
                work.note([used.with("left", left)]);
            }
            good
        }
    };
    note_attempt(work, &person.codes(), good).await?;
    if !good {
        note_attempt(work, &network(address), false).await?;
        warn(work, person).await?;
    }
    Ok(good)
}

/// Whoever guesses codes knows the password already: its owner is told when the door closes, once a day.
async fn warn(work: &Work, person: &Person) -> Result<(), Error> {
    let a_day = work.now() - chrono::TimeDelta::days(1);
    let failures = store::record::access::failed_attempts(work.tx(), &person.codes(), a_day).await?;
    if failures == ACCOUNT_FAILURES {
        person.write(work, mails::codes_guessed(Lang::new(person.locale), &person.name)).await?;
    }
    Ok(())
}
