//! Confirming a second factor by its first code. The recovery codes are told here, once.

use super::{super::person::Person, recovery_hash, set_up::fresh, wrong};
use crate::{App, Error, chance};
use domain::access::{
    account::Holder,
    second_factor::{self as rules, RECOVERY_BYTES, RECOVERY_CODES, Typed},
};
use store::record::second_factor as record;
use templates::{Lang, mails::access as mails};

/// Turns the second factor on and answers the recovery codes, which are stored only as hashes.
///
/// # Errors
/// `code-wrong` at `code`; `Missing` when nothing is being set up.
pub async fn confirm_factor(app: &App, of: Holder, typed: &str) -> Result<Vec<String>, Error> {
    let person = Person::load(&app.reader(), of).await?;
    let mut work = app.begin(person.actor()).await?;
    let secret = fresh(app, of, record::factor_locked(work.tx(), of).await?).ok_or(Error::Missing)?;
    let Some(Typed::Code(number)) = Typed::read(typed) else { return Err(wrong("code").into()) };
    let step = rules::accepted(&secret, number, work.now(), None).ok_or_else(|| wrong("code"))?;
    let told: Vec<String> =
        (0..RECOVERY_CODES).map(|_| rules::recovery_code(&chance::bytes::<RECOVERY_BYTES>())).collect();
    let hashes: Vec<String> = told.iter().map(|code| recovery_hash(of, &code.replace('-', ""))).collect();
    record::confirm(work.tx(), of, step, &hashes, work.now()).await?;
    work.note([person.fact("user.second_factor_set", "exhibitor.contact_second_factor_set")]);
    person.write(&work, mails::factor_set(Lang::new(person.locale), &person.name)).await?;
    work.commit().await?;
    Ok(told)
}
