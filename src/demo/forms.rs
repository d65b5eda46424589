//! What visitors of the show are asked and answered: the published form, categories' rules, wordings, a mail text.

use super::chance::Chance;
use super::people::Guest;
use super::site::Made;
use super::stage::Stage;
use app::Error;
use domain::Bilingual;
use domain::access::Role;
use domain::registration::form::{Kind, Question};
use domain::registration::mail_text::{MailText, Occasion};
use domain::registration::setting::Setting;
use domain::registration::view::FormState;
use domain::registration::wording::Wording;
use domain::registration::{Answers, Category, Form, Intake, Purpose, Status};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::record::{form, places, setting};

#[derive(Deserialize)]
struct Texts {
    wording: BTreeMap<Purpose, Bilingual>,
    reminder: Letter,
    hints: BTreeMap<Category, Bilingual>,
}

#[derive(Deserialize)]
struct Letter {
    subject: Bilingual,
    body: Bilingual,
}

/// The form the show asks its visitors.
fn asked() -> Form {
    serde_json::from_str(include_str!("../../fixtures/demo/registration-form.json")).expect("the fixture is a form")
}

/// What a person answers to the questions of the category.
fn answers(form: &Form, category: Category, chance: &mut Chance) -> Answers {
    let mut answers = Answers::new();
    for section in &form.sections {
        if !section.only_for.is_empty() && !section.only_for.contains(&category) {
            continue;
        }
        for question in section.questions.iter().filter(|question| !question.is_standard()) {
            // What is not required is left out by every third.
            if (question.required || chance.percent(67))
                && let Some(answer) = answer(question, chance)
            {
                answers.insert(question.code.clone(), answer);
            }
        }
    }
    // As the form itself would have kept them: nothing that was not asked.
    let mut p = domain::refusal::Parse::new();
    form.accept(&mut p, category, |_| String::new(), &answers, domain::registration::Entry::Desk)
}

fn answer(question: &Question, chance: &mut Chance) -> Option<String> {
    let code = |chance: &mut Chance| chance.pick(&question.choices).code.clone();
    match question.kind {
        Kind::One | Kind::List => Some(code(chance)),
        Kind::Many => {
            let mut some: Vec<String> = (0..chance.between(1, 4)).map(|_| code(chance)).collect();
            some.sort_unstable();
            some.dedup();
            Some(some.join(","))
        }
        Kind::YesNo => chance.percent(40).then(|| "yes".to_owned()),
        Kind::Text if question.code == "outlet" => Some(
            (*chance.pick(&["中国机床报", "Modern Machine Review", "制造技术周刊", "Metalworking Today"])).to_owned(),
        ),
        Kind::Text if question.code == "talk_title" => Some(
            (*chance.pick(&["五轴加工的现在与未来", "Lights-out machining in practice", "数字孪生在产线的应用"]))
                .to_owned(),
        ),
        _ => None,
    }
}

/// Lets everybody answer, and leaves some of the media on the waiting list.
pub fn answer_all(stage: &Stage, guests: &mut [Guest]) {
    let (form, mut chance) = (asked(), stage.chance("answers"));
    for guest in guests {
        let r = &mut guest.registration;
        r.form = Some(1);
        r.details.answers = answers(&form, r.category, &mut chance);
        if r.status == Status::Registered && chance.percent(50) {
            r.waiting_since = Some(r.created_at);
        }
    }
}

/// Publishes form and texts, and sets the rules of the categories.
///
/// # Errors
/// When the database does not answer.
pub async fn publish(stage: &Stage, made: &Made, guests: &[Guest]) -> Result<(), Error> {
    let texts: Texts = serde_json::from_str(include_str!("../../fixtures/demo/registration-texts.json"))
        .expect("the fixture is sound");
    let (edition, at) = (made.edition.id, stage.calendar.at(-205, 10 * 60));
    let by = &stage.member(Role::Registration).name;
    let tx = stage.app.store().begin().await?;
    form::insert(&tx, edition, (FormState::Published, &asked(), by), at).await?;
    for category in Category::ALL {
        let standard = Intake::standard(*category);
        let held = |guest: &&Guest| {
            let r = &guest.registration;
            r.category == *category && r.status.live() && r.waiting_since.is_none()
        };
        let held = i32::try_from(guests.iter().filter(held).count()).unwrap_or(i32::MAX);
        let capacity = match category {
            // The press centre is full; buyers' lounges and the speakers' room are not.
            Category::Media => Some(held),
            Category::HostedBuyer | Category::Vip => Some(held + held / 4),
            Category::Speaker => Some(held + 12),
            _ => None,
        };
        let hint = texts.hints.get(category).cloned().unwrap_or_default();
        places::save(&tx, edition, &Intake { capacity, hint, ..standard }).await?;
    }
    let own = Setting {
        badge_at_once: true,
        remind_days: vec![14, 7, 1],
        purposes: vec![Purpose::ExhibitorContact, Purpose::OrganizerNews, Purpose::Recording],
        keep_days: Some(365),
        version: 0,
    };
    setting::save_setting(&tx, edition, &own).await?;
    let published_at = stage.calendar.at(-60, 15 * 60);
    let wording = Wording { number: 1, texts: texts.wording, by: by.clone(), published_at };
    setting::insert_wording(&tx, edition, &wording).await?;
    let Letter { subject, body } = texts.reminder;
    setting::save_mail_text(&tx, edition, &MailText { occasion: Occasion::Reminder, subject, body, version: 0 })
        .await?;
    tx.commit().await?;
    Ok(())
}
