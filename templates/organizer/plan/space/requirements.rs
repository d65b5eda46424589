//! What a task asks of places: the list with its forms, and the part of it on the task's page.

use domain::plan::space::now::name;
use domain::plan::space::{Mode, PlaceState, Requirement, RequirementDraft, Unit, When, machine};
use domain::plan::view::{Board, Row};
use domain::sales::StandKind;
use domain::venue::PlaceKind;
use maud::{Markup, Render, html};

use super::words;
use crate::components::{Button, Choice, Col, Table, card, options};
use crate::{FormState, Icon, Lang, Shell, links};

/// What a task asks of places, with forms.
pub struct RequirementsPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub board: &'a Board,
    /// The task.
    pub row: &'a Row,
    /// The one being changed, or none for a new one.
    pub open: Option<domain::RequirementId>,
    /// The form: as typed, when refused.
    pub refused: Option<FormState>,
    /// May change the plan and the task is not closed.
    pub may_edit: bool,
}

fn mine<'a>(board: &'a Board, row: &Row) -> Vec<&'a Requirement> {
    board.sheet.space.requirements.iter().filter(|one| one.task == row.id).collect()
}

/// Where a requirement means, in words.
fn place(lang: Lang, board: &Board, one: &Requirement) -> String {
    let space = &board.sheet.space;
    let named =
        one.place.and_then(|place| space.tree.find(place)).map(|at| name(space, at).get(lang.locale()).to_owned());
    match (one.each, named) {
        (Some(kind), within) => {
            let kind = match one.only {
                Some(only) => {
                    format!("{} ({})", lang.term("place-kind", kind.code()), lang.term("stand-kind", only.code()))
                }
                None => lang.term("place-kind", kind.code()),
            };
            let within = within.unwrap_or_else(|| lang.t("space-everywhere"));
            lang.with("space-each", &[("kind", kind.into()), ("within", within.into())])
        }
        (None, Some(named)) => named,
        (None, None) => lang.t("space-own-place"),
    }
}

fn table(lang: Lang, slug: &str, board: &Board, row: &Row, edit: bool) -> Table {
    let mut cols = vec![
        Col::main(lang.t("space-place")),
        Col::tight(lang.t("space-mode")),
        Col::tight(lang.t("space-quantity")),
        Col::tight(lang.t("space-around")),
        Col::tight(lang.t("space-needs")),
        Col::tight(lang.t("space-produces")),
    ];
    if edit {
        cols.push(Col::actions(lang.t("plan-edit")));
    }
    let mut table = Table::new(lang.t("space-requirements"), cols);
    let word =
        |state: Option<PlaceState>| state.map(|state| lang.term("place-state", state.code())).unwrap_or_default();
    for one in mine(board, row) {
        let at = board.sheet.position(row.id).and_then(|at| board.sheet.tasks[at].place);
        let count = board.sheet.space.places_of(one, at).len();
        let around = if one.setup + one.clear > 0 {
            format!("{} + {}", lang.minutes(one.setup), lang.minutes(one.clear))
        } else {
            String::new()
        };
        let mut cells = vec![
            html! { (place(lang, board, one)) span.cell-second { (lang.with("space-places-count", &[("count", (count as i64).into())])) } },
            html! { (words::mode(lang, one.mode)) },
            html! { (words::quantity(lang, one.quantity, one.unit)) },
            html! { (around) },
            html! { (word(one.needs)) @if one.needs.is_some() { span.cell-second { (lang.term("space-when", one.when.code())) } } },
            html! { (word(one.produces)) @if one.lead > 0 { span.cell-second { (lang.minutes(one.lead)) } } },
        ];
        if edit {
            cells.push(html! {
                (Button::link(lang.t("plan-edit"), links::space::requirements(slug, &row.code).query(&[("open", &one.id.to_string())]).anchor("form")).small())
                (Button::post(lang.t("space-remove"), links::space::remove_requirement(slug, &row.code, one.id)).small().ghost())
            });
        }
        table.row(cells);
    }
    table
}

/// The part of it on the task's page.
pub fn asked(lang: Lang, slug: &str, board: &Board, row: &Row, may_edit: bool) -> Markup {
    let to = links::space::requirements(slug, &row.code);
    let words = if may_edit { lang.t("plan-edit") } else { lang.t("space-look-at") };
    let actions = Button::link(words, to).small();
    let body = html! {
        @if mine(board, row).is_empty() { p.muted { (lang.t("space-requirements-none")) } } @else { (table(lang, slug, board, row, false)) }
    };
    card(&lang.t("space-requirements"), &actions, &body.render())
}

impl RequirementsPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let code = &self.row.code;
        let none = mine(self.board, self.row).is_empty();
        let list = html! {
            @if none { p.muted { (lang.t("space-requirements-none")) } }
            @else { (table(lang, self.slug, self.board, self.row, self.may_edit)) }
        };
        let body = html! {
            div.stack {
                @if let Some(state) = &self.refused { (state.fields(lang).summary()) }
                p.muted { (lang.t("space-requirements-intro")) }
                (card(&lang.t("space-requirements"), &html! {}, &list))
                @if self.may_edit { div id="form" { (self.form(lang)) } }
            }
        };
        shell
            .page(format!("{code} {}", self.row.name.get(lang.locale())))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(code.clone(), links::plan::task(self.slug, code))
            .wide()
            .body(&body)
    }

    fn form(&self, lang: Lang) -> Markup {
        let space = &self.board.sheet.space;
        let open = self.open.and_then(|id| space.requirements.iter().find(|one| one.id == id));
        let state = match (&self.refused, open) {
            (Some(state), _) => state.clone(),
            (None, Some(one)) => FormState::of(&RequirementDraft::of(one)),
            (None, None) => FormState::of(&RequirementDraft {
                mode: "s".into(),
                when: "start".into(),
                ..RequirementDraft::default()
            }),
        };
        let fields = state.fields(lang);
        let code = &self.row.code;
        let to = match self.open {
            Some(id) => links::space::requirement(self.slug, code, id),
            None => links::space::requirements(self.slug, code),
        };
        let none = |text: String, mut rest: Vec<Choice>| {
            rest.insert(0, Choice::new("", text));
            rest
        };
        let places = space.tree.spots().iter().filter(|spot| spot.kind != PlaceKind::Stand);
        let places = places.map(|spot| Choice::new(spot.id.to_string(), spot.name.get(lang.locale()))).collect();
        let kinds = options(lang, "place-kind", PlaceKind::ALL.iter().map(|kind| kind.code()));
        let stands = options(lang, "stand-kind", StandKind::ALL.iter().map(|kind| kind.code()));
        let states = || {
            let known = machine(PlaceKind::Hall).rungs().iter().map(|rung| rung.state.code());
            none(lang.t("space-state-no"), options(lang, "place-state", known))
        };
        let minutes = lang.t("space-minutes");
        let inner = html! {
            form.form method="post" action=(to) {
                (fields.hidden("version"))
                (fields.select("place", "space-place", none(lang.t("space-own-place"), places)))
                (fields.select("each", "space-each-kind", none(lang.t("space-each-no"), kinds)).hint("space-each-hint"))
                (fields.select("only", "space-only", none(lang.t("space-only-all"), stands)))
                (fields.select("mode", "space-mode", options(lang, "space-mode", Mode::ALL.iter().map(|mode| mode.code()))).required())
                (fields.number("quantity", "space-quantity").step("0.01").min(0))
                (fields.select("unit", "space-unit", options(lang, "space-unit", Unit::ALL.iter().map(|unit| unit.code()))))
                (fields.number("setup", "space-setup").unit(&minutes).min(0))
                (fields.number("clear", "space-clear").unit(&minutes).min(0))
                (fields.select("needs", "space-needs", states()))
                (fields.select("when", "space-when", options(lang, "space-when", When::ALL.iter().map(|when| when.code()))))
                (fields.select("produces", "space-produces", states()))
                (fields.number("lead", "space-lead").unit(&minutes).min(0).hint("space-lead-hint"))
                div.form-actions {
                    (Button::submit(if open.is_some() { lang.t("space-requirement-save") } else { lang.t("space-requirement-add") }).icon(Icon::Check))
                    @if open.is_some() { (Button::link(lang.t("component-back"), links::space::requirements(self.slug, code))) }
                }
            }
        };
        let title = if open.is_some() { lang.t("space-requirement-change") } else { lang.t("space-requirement-new") };
        card(&title, &html! {}, &inner)
    }
}
