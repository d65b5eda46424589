//! Forms: what is asked of whom, what is accepted, what cannot be published.

use super::*;
use crate::{
    Refusal,
    refusal::Parse,
    registration::{Answers, Draft, Entry},
};
use proptest::prelude::*;

fn both(text: &str) -> Bilingual {
    Bilingual::new(text, text)
}

fn choice(code: &str) -> Choice {
    Choice { code: code.into(), label: both(code) }
}

/// Trade visitors say how large their company is; large ones, why they come; media, for whom they write.
fn form() -> Form {
    let mut form = Form::standard();
    let size = Question {
        label: both("Size"),
        required: true,
        choices: ["1-9", "10-99", "100"].map(choice).to_vec(),
        only_for: vec![Category::TradeVisitor],
        ..Question::new("size", Kind::One)
    };
    let why = Question {
        label: both("Why"),
        required: true,
        choices: ["buy", "learn", "meet"].map(choice).to_vec(),
        max: Some(2),
        when: Some(Condition { question: "size".into(), is: vec!["100".into()], not: false }),
        ..Question::new("why", Kind::Many)
    };
    let outlet = Question { label: both("Medium"), required: true, ..Question::new("outlet", Kind::Text) };
    form.sections.push(Section { code: "visit".into(), questions: vec![size, why], ..Section::default() });
    form.sections.push(Section {
        code: "press".into(),
        title: both("Press"),
        only_for: vec![Category::Media],
        questions: vec![outlet],
        ..Section::default()
    });
    form
}

fn accepted(form: &Form, category: Category, answers: &[(&str, &str)], entry: Entry) -> Result<Answers, Vec<Refusal>> {
    let mut p = Parse::new();
    let answers = answers.iter().map(|(q, a)| ((*q).to_owned(), (*a).to_owned())).collect();
    let out = form.accept(&mut p, category, |_| String::new(), &answers, entry);
    p.finish(|| out)
}

fn fields(result: Result<Answers, Vec<Refusal>>) -> Vec<String> {
    result.unwrap_err().into_iter().filter_map(|r| r.field).collect()
}

#[test]
fn questions_follow_the_category_and_earlier_answers() {
    let form = form();
    assert!(check(&form).is_empty(), "{:?}", check(&form));
    let visitor = Category::TradeVisitor;
    assert_eq!(fields(accepted(&form, visitor, &[], Entry::Public)), ["answers.size"]);
    assert!(accepted(&form, visitor, &[("size", "1-9")], Entry::Public).is_ok());
    assert_eq!(fields(accepted(&form, visitor, &[("size", "100")], Entry::Public)), ["answers.why"]);
    let both = accepted(&form, visitor, &[("size", "100"), ("why", "meet,buy")], Entry::Public).unwrap();
    assert_eq!(both["why"], "buy,meet", "in the order of the form");
    let small = accepted(&form, visitor, &[("size", "1-9"), ("why", "buy"), ("outlet", "x")], Entry::Public).unwrap();
    assert_eq!(small.keys().collect::<Vec<_>>(), ["size"], "what is not asked is not kept");
    assert_eq!(fields(accepted(&form, Category::Media, &[("size", "100")], Entry::Public)), ["answers.outlet"]);
}

#[test]
fn staff_and_programs_need_not_answer_but_must_answer_well() {
    let form = form();
    assert!(accepted(&form, Category::Media, &[], Entry::Desk).unwrap().is_empty());
    assert_eq!(fields(accepted(&form, Category::TradeVisitor, &[("size", "7")], Entry::Api)), ["answers.size"]);
    let own = accepted(&form, Category::Vip, &[("crm_id", "A-7")], Entry::Api).unwrap();
    assert_eq!(own["crm_id"], "A-7", "a program's own notes are kept");
}

#[test]
fn too_many_choices_and_odd_values_are_named() {
    let form = form();
    let three = [("size", "100"), ("why", "buy,learn,meet")];
    assert_eq!(accepted(&form, Category::TradeVisitor, &three, Entry::Public).unwrap_err()[0].code, "choose-between");
    let kinds = [
        (Kind::Number, "12", "x"),
        (Kind::Date, "2027-03-01", "1.3.2027"),
        (Kind::Email, "a@b.cn", "a@b"),
        (Kind::Url, "https://example.cn/a", "javascript:alert(1)"),
        (Kind::Country, "de", "XX"),
        (Kind::Scale, "5", "6"),
        (Kind::Phone, "+86 138 1234 5678", "12"),
        (Kind::Text, "fine", "\u{1}"),
    ];
    for (kind, good, bad) in kinds {
        let question = Question { label: both("Q"), ..Question::new("q", kind) };
        let form =
            Form { sections: vec![Section { code: "s".into(), questions: vec![question], ..Section::default() }] };
        assert!(accepted(&form, Category::Vip, &[("q", good)], Entry::Public).is_ok(), "{kind:?} takes {good}");
        assert_eq!(
            fields(accepted(&form, Category::Vip, &[("q", bad)], Entry::Public)),
            ["answers.q"],
            "{kind:?} {bad}"
        );
    }
}

#[test]
fn standard_fields_are_required_where_the_form_says_so() {
    let mut form = Form::standard();
    form.sections[0].questions.iter_mut().find(|q| q.code == "company").unwrap().required = false;
    form.sections[0].questions.iter_mut().find(|q| q.code == "phone").unwrap().required = true;
    let draft = Draft {
        submission: uuid::Uuid::nil().to_string(),
        family_name: "Li".into(),
        email: "li@example.cn".into(),
        country: "CN".into(),
        data_processing: "on".into(),
        ..Draft::default()
    };
    let asking = Asking { form: &form, open: vec![Category::TradeVisitor] };
    let refused = draft.parse_with(Entry::Public, &asking).unwrap_err();
    assert_eq!(refused.iter().filter_map(|r| r.field.as_deref()).collect::<Vec<_>>(), ["phone"]);
    let media = Draft { category: "media".into(), phone: "13812345678".into(), ..draft };
    assert_eq!(media.parse_with(Entry::Public, &asking).unwrap_err()[0].field.as_deref(), Some("category"));
}

#[test]
fn faults_are_all_named_at_once() {
    let mut form = form();
    form.sections[1].questions[0].choices.truncate(1);
    form.sections[1].questions[1].when =
        Some(Condition { question: "outlet".into(), is: vec!["a".into()], not: false });
    form.sections[2].title.zh.clear();
    form.sections[0].questions.retain(|q| q.code != "email");
    let codes: Vec<String> = check(&form).into_iter().map(|r| r.code).collect();
    assert_eq!(codes, ["form-needs-question", "form-choices", "form-condition-later", "form-one-language"]);
}

#[test]
fn an_editor_renames_moves_and_removes() {
    let mut form = form();
    let mut size = form.question("size").unwrap().clone();
    size.code = "employees".into();
    form.put_question("visit", Some("size"), size.clone()).unwrap();
    assert_eq!(form.question("why").unwrap().when.as_ref().unwrap().question, "employees", "conditions follow");
    assert_eq!(form.put_question("visit", None, size).unwrap_err()[0].code, "form-code");
    form.move_question("employees", Step::Up).unwrap();
    assert_eq!(form.sections[0].questions.last().unwrap().code, "employees", "on into the section before");
    form.move_question("employees", Step::Down).unwrap();
    assert_eq!(form.sections[1].questions[0].code, "employees");
    assert_eq!(form.remove_question("email").unwrap_err()[0].code, "form-needs-question");
    assert_eq!(form.remove_section("person").unwrap_err()[0].code, "form-needs-question");
    form.remove_section("press").unwrap();
    form.move_section("visit", Step::Up).unwrap();
    assert_eq!(form.sections.iter().map(|s| s.code.as_str()).collect::<Vec<_>>(), ["visit", "person"]);
}

#[test]
fn a_question_as_typed_is_read_and_shown_again() {
    let draft = QuestionDraft {
        code: "why".into(),
        kind: "many".into(),
        label_en: "Why".into(),
        label_zh: "为何".into(),
        choices: "buy | To buy | 采购\nlearn|To learn|学习\n2027".into(),
        only_for: vec!["media".into()],
        when: "size".into(),
        when_is: "100，10-99".into(),
        ..QuestionDraft::default()
    };
    let question = draft.parse().unwrap();
    assert_eq!(question.choices[2], Choice { code: "2027".into(), label: both("2027") });
    assert_eq!(question.when.as_ref().unwrap().is, ["100", "10-99"]);
    assert_eq!(QuestionDraft::of(&question).parse().unwrap(), question);
    let bad = QuestionDraft { code: "Größe".into(), label_zh: String::new(), choices: "a b|x|y".into(), ..draft };
    let fields: Vec<_> = bad.parse().unwrap_err().into_iter().filter_map(|r| r.field).collect();
    assert_eq!(fields, ["code", "label_zh", "choices", "choices"]);
}

proptest! {
    /// Whatever is sent, accepting never panics, keeps only what was asked, and accepting the result again changes
    /// nothing.
    #[test]
    fn accepting_is_idempotent(
        answers in proptest::collection::btree_map("size|why|outlet|other", "1-9|100|buy|learn,meet|.{0,12}", 0..4),
        media in any::<bool>(),
    ) {
        let (form, category) = (form(), if media { Category::Media } else { Category::TradeVisitor });
        let mut p = Parse::new();
        let once = form.accept(&mut p, category, |_| String::new(), &answers, Entry::Public);
        if p.finish(|| ()).is_ok() {
            let mut p = Parse::new();
            let twice = form.accept(&mut p, category, |_| String::new(), &once, Entry::Public);
            prop_assert!(p.finish(|| ()).is_ok());
            prop_assert_eq!(&once, &twice);
            let asked: Vec<&str> = form.asked(category, |_| String::new(), &once).into_iter()
                .flat_map(|(_, questions)| questions).map(|q| q.code.as_str()).collect();
            prop_assert!(once.keys().all(|code| asked.contains(&code.as_str())));
        }
    }
}
