//! Registration forms on paper: every kind of question renders in both languages, and carries its condition.

use domain::{
    Bilingual,
    registration::{
        Answers, Category, Draft, Form, Intake, Purpose,
        form::{Choice, Condition, Kind, Question, Section},
        mail_text::Occasion,
        view::{FormState as State, FormVersion},
    },
};

use super::pages::speaks;
use crate::{
    FormState, Lang, Shell,
    components::{Questions, answer_words, answered},
    mails::registration::BadgeMail,
    organizer::registration::{CategoriesPage, CategoryRow, FormPage, MailTextPage, PreviewPage, PrivacyPage},
};

fn both(en: &str, zh: &str) -> Bilingual {
    Bilingual::new(en, zh)
}

/// A question of every kind, the last ones under conditions.
fn form() -> Form {
    let choices = vec![
        Choice { code: "a".into(), label: both("First", "第一") },
        Choice { code: "b".into(), label: both("Second", "第二") },
    ];
    let questions = Kind::ALL.iter().filter(|kind| **kind != Kind::Standard).map(|kind| Question {
        label: both("Asked", "提问"),
        help: both("Said below", "说明"),
        required: true,
        choices: if kind.has_choices() { choices.clone() } else { Vec::new() },
        ..Question::new(&format!("q_{}", kind.code()), *kind)
    });
    let mut form = Form::standard();
    form.sections.push(Section {
        code: "own".into(),
        title: both("More", "更多"),
        intro: both("A sentence.", "一句话。"),
        only_for: vec![Category::Media],
        when: None,
        questions: questions.collect(),
    });
    form.sections[1].questions.push(Question {
        label: both("Late", "后续"),
        required: true,
        when: Some(Condition { question: "q_many".into(), is: vec!["b".into()], not: true }),
        ..Question::new("late", Kind::Text)
    });
    form
}

#[test]
fn every_kind_of_question_is_drawn_with_its_condition() {
    let (asked, answers) = (form(), Answers::from([("q_many".into(), "a,b".into()), ("q_one".into(), "b".into())]));
    let state = answered(&Draft { answers, ..Draft::default() }, &asked, &[]);
    for lang in Lang::ALL {
        let page = Questions { lang, asked: &asked, home: "DE", staff: false }.render(state.fields(lang), false);
        speaks(&page);
        let html = page.into_string();
        assert!(html.contains("data-asked-for=\"media\""), "{html}");
        assert!(html.contains("data-asked-if=\"answers.q_many\" data-asked-is=\"b\" data-asked-not"), "{html}");
        assert!(html.contains("name=\"answers.late\"") && html.contains("data-required"), "{html}");
        assert_eq!(html.matches(" checked").count(), 3, "one choice and two of many: {html}");
        let own = Questions { lang, asked: &asked, home: "", staff: true }.render(state.fields(lang), true);
        assert!(!own.into_string().contains("name=\"email\""), "a proved address is not typed again");
    }
    let many = asked.question("q_many").expect("it is there");
    assert_eq!(
        answer_words(Lang::EN, many, "a,b,gone"),
        "First, Second, gone",
        "a choice that is no more is shown by its code"
    );
}

#[test]
fn the_organizers_pages_of_forms_speak_both_languages() {
    let at = chrono::DateTime::UNIX_EPOCH;
    let version = FormVersion {
        number: 2,
        state: State::Draft,
        form: form(),
        by: "Lin Yue".into(),
        changed_at: at,
        published_at: None,
        version: 0,
    };
    let faults = domain::registration::form::check(&version.form);
    let zone = chrono_tz::Asia::Shanghai;
    let rows: Vec<CategoryRow> = Category::ALL
        .iter()
        .map(|category| CategoryRow {
            intake: Intake { capacity: Some(10), ..Intake::standard(*category) },
            open: true,
            taken: 12,
            waiting: 3,
        })
        .collect();
    for lang in Lang::ALL {
        let shell = Shell::sample(lang);
        let page = FormPage {
            at_hand: &version,
            faults: &faults,
            versions: std::slice::from_ref(&version),
            zone,
            may_manage: true,
        };
        speaks(&page.render(&shell));
        let form = FormState::empty();
        let intakes: Vec<Intake> = rows.iter().map(|row| row.intake.clone()).collect();
        let preview = PreviewPage {
            asked: &version.form,
            is_draft: true,
            intakes: &intakes,
            form: &form,
            home: "CN",
            shown_in: Lang::ZH,
            tried: None,
        };
        speaks(&preview.render(&shell));
        speaks(&CategoriesPage { rows: &rows, may_manage: true }.render(&shell));
        let given: Vec<(Purpose, i64)> = Purpose::ALL.iter().map(|purpose| (*purpose, 7)).collect();
        let privacy = PrivacyPage { form: &form, texts: &form, wordings: &[], given: &given, zone, may_manage: true };
        speaks(&privacy.render(&shell));
        for occasion in Occasion::ALL {
            let edition = both("Show", "展会");
            let mail = BadgeMail {
                lang,
                edition: &edition,
                opens_on: at.date_naive(),
                closes_on: at.date_naive(),
                place: "Hall",
                name: "Eva",
                number: 1,
                occasion: *occasion,
                own: None,
                link: "https://fairlead.example/x",
            };
            let sent = mail.mail();
            assert!(!sent.text.contains("badge-mail-") && !sent.subject.contains("badge-mail-"), "{}", sent.text);
            let previews = [mail];
            speaks(&MailTextPage { occasion: *occasion, form: &form, previews: &previews }.render(&shell));
        }
    }
}
