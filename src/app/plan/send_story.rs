//! Telling members of the team what a change of the plan moved and why, by mail.

use crate::{App, Error, Outgoing};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::story::Story;
use domain::{Refusal, UserId};
use std::collections::HashSet;
use store::read::{access, plan as read};
use templates::mails::story::StoryLetter;
use templates::organizer::plan::{cause, telling};
use templates::{Lang, links};

/// The longest note beside the story, characters.
const LONGEST_NOTE: usize = 2_000;

/// Sends the story of an accepted change to members of the team, each in their language; answers
/// how many mails go out.
///
/// # Errors
/// `Missing` when there is no such change; `required` at `to` when nobody is named,
/// `unknown-choice` at `to` for somebody outside the team, `too-long` at `note`.
pub async fn send_story(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    revision: i32,
    to: &[UserId],
    note: &str,
) -> Result<usize, Error> {
    let (reader, now) = (app.reader(), app.now());
    let change = read::change(&reader, edition.id, revision).await?.ok_or(Error::Missing)?;
    let board = read::board(&reader, edition.id, now).await?.ok_or(Error::Missing)?;
    let wanted: HashSet<UserId> = to.iter().copied().collect();
    let mut refusals = Vec::new();
    if wanted.is_empty() {
        refusals.push(Refusal::invalid("required").at("to"));
    }
    let team: HashSet<UserId> = access::team(&reader, edition.id).await?.into_iter().map(|(id, _, _)| id).collect();
    if let Some(stranger) = wanted.iter().find(|id| !team.contains(id)) {
        refusals.push(Refusal::invalid("unknown-choice").at("to").with("value", stranger.to_string()));
    }
    let note = note.trim();
    if note.chars().count() > LONGEST_NOTE {
        refusals.push(Refusal::invalid("too-long").at("note").with("max", LONGEST_NOTE));
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let story = Story::of(&change.delta, &board.rows, board.head.opening.as_deref());
    let link = links::plan::story(&edition.slug, revision).absolute(&app.settings().base_url);
    let mut work = app.begin(viewer.actor()).await?;
    let mut sent = 0;
    for user in access::users(&reader).await?.into_iter().filter(|user| wanted.contains(&user.id)) {
        let lang = Lang::new(user.locale);
        let mut told = vec![cause(lang, edition.time_zone, &change, &board.rows)];
        told.extend(telling(lang, &story, true).paragraphs());
        let (name, from) = (user.name.as_str(), viewer.name.as_str());
        let letter = StoryLetter { lang, name, edition: &edition.name, revision, from, note, link: &link };
        let mail = letter.compose(&told);
        work.mail(Outgoing {
            edition: Some(edition.id),
            to: user.email,
            to_name: user.name,
            locale: user.locale,
            mail,
            attachments: Vec::new(),
        })
        .await?;
        sent += 1;
    }
    let fact = Fact::new("plan.story_sent", Subject::new(SubjectKind::Plan, edition.id), edition.id)
        .with("revision", revision)
        .with("count", sent);
    work.note([fact]);
    work.commit().await?;
    Ok(sent)
}
