//! Working on the form: sections, questions, preview with test run, publishing, files.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
    typed::Typed,
};
use app::{App, Error, registration as verbs};
use axum::extract::{Query, State};
use domain::{
    Locale, Refusal, RegistrationId,
    access::Permission::{self, RegistrationManage, RegistrationRead},
    registration::{
        Category, Draft, Entry, Form, Standing,
        form::{Asking, Kind, Question, QuestionDraft, SectionDraft, Step, check},
        view::{FormState as State_, FormVersion},
    },
};
use serde::Deserialize;
use store::read::registration as read;
use templates::{
    Flash, FormState, Lang,
    components::answered,
    links,
    organizer::registration::{FormPage, PreviewPage, QuestionPage, SectionPage, Tried},
};

type Manager = Staff<may::RegistrationManage>;
type Reader = Staff<may::RegistrationRead>;

pub(super) fn routes(s: &mut Surface) {
    let (read, manage) = (Need::Staff(RegistrationRead), Need::Staff(RegistrationManage));
    s.get("/e/{edition}/registration/form", read, form);
    s.get("/e/{edition}/registration/form/form.json", read, file);
    s.get("/e/{edition}/registration/form/preview", read, preview);
    s.post("/e/{edition}/registration/form/preview", read, try_out);
    s.post("/e/{edition}/registration/form/publish", manage, publish);
    s.post("/e/{edition}/registration/form/discard", manage, discard);
    s.post("/e/{edition}/registration/form/import", manage, import);
    s.get("/e/{edition}/registration/form/sections", manage, new_section);
    s.post("/e/{edition}/registration/form/sections", manage, add_section);
    s.get("/e/{edition}/registration/form/sections/{section}", manage, edit_section);
    s.post("/e/{edition}/registration/form/sections/{section}", manage, change_section);
    s.post("/e/{edition}/registration/form/sections/{section}/{deed}", manage, on_section);
    s.get("/e/{edition}/registration/form/sections/{section}/questions", manage, new_question);
    s.post("/e/{edition}/registration/form/sections/{section}/questions", manage, add_question);
    s.get("/e/{edition}/registration/form/questions/{question}", manage, edit_question);
    s.post("/e/{edition}/registration/form/questions/{question}", manage, change_question);
    s.post("/e/{edition}/registration/form/questions/{question}/{deed}", manage, on_question);
}

async fn at_hand<P: may::May>(app: &App, staff: &Staff<P>) -> Result<FormVersion, Fail> {
    Ok(verbs::form_at_hand(app, staff.edition.id).await?)
}

async fn form(staff: Reader, State(app): State<App>) -> Answer {
    let at_hand = at_hand(&app, &staff).await?;
    let versions = verbs::form_versions(&app, staff.edition.id).await?;
    let view = FormPage {
        at_hand: &at_hand,
        faults: &check(&at_hand.form),
        versions: &versions,
        zone: staff.edition.time_zone,
        may_manage: staff.may(Permission::RegistrationManage),
    };
    page(view.render(&staff.shell()))
}

/// The form at hand as a file: to keep, or to give to another edition.
async fn file(staff: Reader, State(app): State<App>) -> Answer {
    let at_hand = at_hand(&app, &staff).await?;
    let text = serde_json::to_string_pretty(&at_hand.form).map_err(|e| Error::Outside(e.to_string()))?;
    download(&format!("form-{}-{}.json", staff.edition.slug, at_hand.number), "application/json", text.into_bytes())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    lang: String,
}

struct Trial<'a> {
    draft: &'a Draft,
    refusals: &'a [Refusal],
    tried: Option<Tried>,
}

async fn draw_preview(app: &App, staff: &Reader, shown: &Shown, trial: Trial<'_>) -> Result<templates::Markup, Fail> {
    let at_hand = at_hand(app, staff).await?;
    let intakes = read::intakes(&app.reader(), staff.edition.id).await?;
    let form = answered(trial.draft, &at_hand.form, trial.refusals);
    let view = PreviewPage {
        asked: &at_hand.form,
        is_draft: at_hand.state == State_::Draft,
        intakes: &intakes,
        form: &form,
        home: "CN",
        shown_in: Locale::parse(&shown.lang).map_or(staff.ui.lang, Lang::new),
        tried: trial.tried.as_ref(),
    };
    Ok(view.render(&staff.shell()))
}

async fn preview(staff: Reader, State(app): State<App>, Query(shown): Query<Shown>) -> Answer {
    let trial = Trial { draft: &Draft::default(), refusals: &[], tried: None };
    page(draw_preview(&app, &staff, &shown, trial).await?)
}

/// What would happen if a visitor sent this: nothing is stored.
async fn try_out(staff: Reader, State(app): State<App>, Query(shown): Query<Shown>, typed: Typed) -> Answer {
    let form = at_hand(&app, &staff).await?.form;
    let mut draft = typed.draft;
    // A test run is not about consents, and is never stored under a submission.
    "on".clone_into(&mut draft.data_processing);
    draft.submission = app.id::<RegistrationId>().to_string();
    let asking = Asking { form: &form, open: Category::ALL.to_vec() };
    match draft.parse_with(Entry::Public, &asking) {
        Err(refusals) => refused(
            draw_preview(&app, &staff, &shown, Trial { draft: &draft, refusals: &refusals, tried: None }).await?,
        ),
        Ok(wish) => {
            let standing = standing(&app, &staff, wish.category).await?;
            let kept = Draft { answers: wish.details.answers.clone(), ..draft.clone() };
            let field = |code: &str| (code.to_owned(), kept.standard(code).to_owned());
            let tried = Tried {
                name: wish.details.display_name.clone(),
                category: wish.category,
                standing,
                fields: domain::registration::form::STANDARD.iter().map(|code| field(code)).collect(),
                answers: wish.details.answers,
            };
            page(draw_preview(&app, &staff, &shown, Trial { draft: &draft, refusals: &[], tried: Some(tried) }).await?)
        }
    }
}

async fn standing(app: &App, staff: &Reader, category: Category) -> Result<Option<Standing>, Fail> {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let intake = read::intakes(&reader, edition).await?.into_iter().find(|one| one.category == category);
    let places = read::places(&reader, edition).await?;
    let taken = places.iter().find(|(of, ..)| *of == category).map_or(0, |(_, taken, _)| *taken);
    Ok(intake.and_then(|intake| intake.standing(taken).ok()))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Seen {
    seen: String,
}

/// A deed on the form that has no page of its own: said on the form's page, done or not.
fn said(staff: &Manager, key: &str, outcome: Result<(), Error>) -> Answer {
    let home = links::form::home(&staff.edition.slug);
    match outcome {
        Ok(()) => see_other_saying(&home, &Flash::good(key)),
        Err(error) => {
            let first = refusals(error)?.into_iter().next().ok_or(Fail::Missing)?;
            let flash = Flash::bad(format!("refusal-{}", first.code));
            see_other_saying(&home, &first.params.iter().fold(flash, |flash, (name, value)| flash.with(name, value)))
        }
    }
}

async fn publish(staff: Manager, State(app): State<App>, Fields(seen): Fields<Seen>) -> Answer {
    let outcome = verbs::publish_form(&app, &staff.viewer, &staff.edition, &seen.seen).await;
    said(&staff, "form-published", outcome)
}

async fn discard(staff: Manager, State(app): State<App>) -> Answer {
    let outcome = verbs::discard_form(&app, &staff.viewer, &staff.edition).await;
    said(&staff, "form-discarded", outcome)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Import {
    seen: String,
    document: String,
}

/// Takes a form from a file as the draft: all of it or nothing.
async fn import(staff: Manager, State(app): State<App>, Fields(import): Fields<Import>) -> Answer {
    let outcome = match serde_json::from_str::<Form>(&import.document) {
        Err(error) => Err(Refusal::invalid("form-file").with("what", error).into()),
        Ok(new) => change(&app, &staff, &import.seen, |form| take_over(form, new)).await,
    };
    said(&staff, "form-imported", outcome)
}

fn take_over(form: &mut Form, new: Form) -> Result<(), Vec<Refusal>> {
    let faults = check(&new);
    if !faults.is_empty() {
        return Err(faults);
    }
    *form = new;
    Ok(())
}

async fn change(
    app: &App,
    staff: &Manager,
    seen: &str,
    change: impl FnOnce(&mut Form) -> Result<(), Vec<Refusal>> + Send,
) -> Result<(), Error> {
    verbs::change_form(app, &staff.viewer, &staff.edition, seen, change).await
}

#[derive(Deserialize)]
struct OfSection {
    section: String,
}

#[derive(Deserialize)]
struct OfQuestion {
    question: String,
}

#[derive(Deserialize)]
struct Deed {
    #[serde(alias = "section", alias = "question")]
    of: String,
    deed: String,
}

impl Deed {
    /// The way something moves; none when it is removed.
    fn step(&self) -> Result<Option<Step>, Fail> {
        match Step::parse(&self.deed) {
            None if self.deed != "remove" => Err(Fail::Missing),
            step => Ok(step),
        }
    }
}

async fn new_section(staff: Manager, State(app): State<App>) -> Answer {
    let at_hand = at_hand(&app, &staff).await?;
    let draft = SectionDraft { version: at_hand.seen(), ..SectionDraft::default() };
    page(SectionPage { asked: &at_hand.form, code: None, form: &FormState::of(&draft) }.render(&staff.shell()))
}

async fn edit_section(staff: Manager, State(app): State<App>, Path(path): Path<OfSection>) -> Answer {
    let at_hand = at_hand(&app, &staff).await?;
    let section = at_hand.form.section(&path.section).ok_or(Fail::Missing)?;
    let form = FormState::of(&SectionDraft { version: at_hand.seen(), ..SectionDraft::of(section) });
    page(SectionPage { asked: &at_hand.form, code: Some(&path.section), form: &form }.render(&staff.shell()))
}

async fn put_section(app: &App, staff: &Manager, old: Option<&str>, draft: SectionDraft) -> Answer {
    let outcome = match draft.parse() {
        Ok(section) => change(app, staff, &draft.version, |form| form.put_section(old, section)).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => said(staff, "form-saved", Ok(())),
        Err(error) => {
            let refusals = refusals(error)?;
            let at_hand = at_hand(app, staff).await?;
            // Somebody else's change: the next try is against what is there now, with what was typed kept.
            let form = FormState::new(&SectionDraft { version: at_hand.seen(), ..draft }, &refusals);
            refused(SectionPage { asked: &at_hand.form, code: old, form: &form }.render(&staff.shell()))
        }
    }
}

async fn add_section(staff: Manager, State(app): State<App>, Fields(draft): Fields<SectionDraft>) -> Answer {
    put_section(&app, &staff, None, draft).await
}

async fn change_section(
    staff: Manager,
    State(app): State<App>,
    Path(path): Path<OfSection>,
    Fields(draft): Fields<SectionDraft>,
) -> Answer {
    at_hand(&app, &staff).await?.form.section(&path.section).ok_or(Fail::Missing)?;
    put_section(&app, &staff, Some(&path.section), draft).await
}

async fn on_section(
    staff: Manager,
    State(app): State<App>,
    Path(path): Path<Deed>,
    Fields(seen): Fields<Seen>,
) -> Answer {
    let step = path.step()?;
    let deed = |form: &mut Form| match step {
        Some(step) => form.move_section(&path.of, step),
        None => form.remove_section(&path.of),
    };
    said(&staff, "form-saved", change(&app, &staff, &seen.seen, deed).await)
}

async fn new_question(staff: Manager, State(app): State<App>, Path(path): Path<OfSection>) -> Answer {
    let at_hand = at_hand(&app, &staff).await?;
    at_hand.form.section(&path.section).ok_or(Fail::Missing)?;
    let draft =
        QuestionDraft { kind: Kind::Text.code().to_owned(), version: at_hand.seen(), ..QuestionDraft::default() };
    let form = FormState::of(&draft);
    let view = QuestionPage { asked: &at_hand.form, section: &path.section, code: None, form: &form };
    page(view.render(&staff.shell()))
}

/// The section a question stands in, and the question.
fn find<'a>(form: &'a Form, code: &str) -> Result<(&'a str, &'a Question), Fail> {
    let question = form.question(code).ok_or(Fail::Missing)?;
    let section = form.sections.iter().find(|s| s.questions.iter().any(|q| q.code == code)).ok_or(Fail::Missing)?;
    Ok((&section.code, question))
}

async fn edit_question(staff: Manager, State(app): State<App>, Path(path): Path<OfQuestion>) -> Answer {
    let at_hand = at_hand(&app, &staff).await?;
    let (section, question) = find(&at_hand.form, &path.question)?;
    let form = FormState::of(&QuestionDraft { version: at_hand.seen(), ..QuestionDraft::of(question) });
    let view = QuestionPage { asked: &at_hand.form, section, code: Some(&path.question), form: &form };
    page(view.render(&staff.shell()))
}

async fn put_question(
    app: &App,
    staff: &Manager,
    (section, old): (&str, Option<&str>),
    draft: QuestionDraft,
) -> Answer {
    let outcome = match draft.parse() {
        Ok(question) => change(app, staff, &draft.version, |form| form.put_question(section, old, question)).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => said(staff, "form-saved", Ok(())),
        Err(error) => {
            let refusals = refusals(error)?;
            let at_hand = at_hand(app, staff).await?;
            let form = FormState::new(&QuestionDraft { version: at_hand.seen(), ..draft }, &refusals);
            refused(QuestionPage { asked: &at_hand.form, section, code: old, form: &form }.render(&staff.shell()))
        }
    }
}

async fn add_question(
    staff: Manager,
    State(app): State<App>,
    Path(path): Path<OfSection>,
    Fields(draft): Fields<QuestionDraft>,
) -> Answer {
    at_hand(&app, &staff).await?.form.section(&path.section).ok_or(Fail::Missing)?;
    put_question(&app, &staff, (&path.section, None), draft).await
}

async fn change_question(
    staff: Manager,
    State(app): State<App>,
    Path(path): Path<OfQuestion>,
    Fields(draft): Fields<QuestionDraft>,
) -> Answer {
    let form = at_hand(&app, &staff).await?.form;
    let (section, _) = find(&form, &path.question)?;
    put_question(&app, &staff, (section, Some(&path.question)), draft).await
}

async fn on_question(
    staff: Manager,
    State(app): State<App>,
    Path(path): Path<Deed>,
    Fields(seen): Fields<Seen>,
) -> Answer {
    let step = path.step()?;
    let deed = |form: &mut Form| match step {
        Some(step) => form.move_question(&path.of, step),
        None => form.remove_question(&path.of),
    };
    said(&staff, "form-saved", change(&app, &staff, &seen.seen, deed).await)
}
