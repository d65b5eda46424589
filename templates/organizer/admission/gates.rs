//! Gates: the list, and the form of one.

use domain::PlaceId;
use domain::admission::GateDirection;
use domain::admission::view::{GateLine, PlaceChoice};
use maud::{Markup, Render, html};

use super::{View, views};
use crate::components::{Badge, Button, Choice, Col, Icon, Table, Tone, cell_lines, empty_state, options};
use crate::{FormState, Lang, Shell, links};

/// The gates of an edition.
pub struct GatesPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// Gates by code.
    pub gates: &'a [GateLine],
}

impl GatesPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let new = Button::link(lang.t("admission-gate-new"), links::admission::new_gate(self.edition))
            .primary()
            .icon(Icon::Plus);
        let body = if self.gates.is_empty() {
            empty_state(Icon::Door, &lang.t("admission-gates-empty"), &lang.t("admission-gates-empty-help"), &new)
        } else {
            self.table(lang)
        };
        shell
            .page(lang.t("admission-gates"))
            .actions(new)
            .tabs(views(lang, self.edition, View::Gates, true))
            .body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("admission-gates"),
            vec![
                Col::main(lang.t("admission-gate")),
                Col::new(lang.t("admission-direction")),
                Col::new(lang.t("admission-zone")),
                Col::num(lang.t("admission-devices")),
                Col::new(lang.t("admission-state")),
                Col::actions(lang.t("admission-actions")),
            ],
        );
        for line in self.gates {
            let gate = &line.gate;
            let name = html! { a href=(links::admission::gate(self.edition, gate.id)) { (gate.code) } };
            let zone = line.zone.as_ref().map(|zone| zone.get(lang.locale()).to_owned()).unwrap_or_default();
            table.row(vec![
                cell_lines(name, gate.name.get(lang.locale())),
                html! { (lang.term("admission-gate-direction", gate.direction.code())) },
                html! { @if zone.is_empty() { span.muted { "–" } } @else { (zone) } },
                html! { (lang.number(line.devices)) },
                open_badge(lang, gate.open).render(),
                self.switch(lang, line),
            ]);
        }
        table.render()
    }

    fn switch(&self, lang: Lang, line: &GateLine) -> Markup {
        let to = links::admission::gate_switch(self.edition, line.gate.id);
        let (key, value) =
            if line.gate.open { ("admission-gate-shut", "shut") } else { ("admission-gate-open", "open") };
        Button::post(lang.t(key), to).value("to", value).value("version", line.gate.version).small().ghost().render()
    }
}

/// Open or shut, as a badge.
pub fn open_badge(lang: Lang, open: bool) -> Badge {
    if open {
        Badge::new(lang.t("admission-gate-is-open"), Tone::Good).icon(Icon::Door)
    } else {
        Badge::new(lang.t("admission-gate-is-shut"), Tone::Bad).icon(Icon::Lock)
    }
}

/// The form of a new or a known gate.
pub struct GatePage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// The gate, when it exists.
    pub gate: Option<PlaceId>,
    /// What is in the form.
    pub form: &'a FormState,
    /// Zones it may lead to.
    pub zones: &'a [PlaceChoice],
}

impl GatePage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let (title, to) = match self.gate {
            Some(gate) => (lang.t("admission-gate-edit"), links::admission::gate(self.edition, gate)),
            None => (lang.t("admission-gate-new"), links::admission::gates(self.edition)),
        };
        let body = html! {
            (form.summary())
            form.form method="post" action=(to) {
                (form.hidden("version"))
                (form.text("code", "admission-gate-code").required().max_length(20).hint("admission-gate-code-hint"))
                (form.radios("direction", "admission-direction", options(lang, "admission-gate-direction", GateDirection::ALL.iter().map(|d| d.code()))).required())
                (form.text("name_en", "admission-name-en").max_length(120))
                (form.text("name_zh", "admission-name-zh").max_length(120))
                (form.select("zone", "admission-zone", place_choices(lang, self.zones, "admission-zone-none")).hint("admission-zone-hint"))
                (form.checkbox("open", "admission-gate-open-now", "yes"))
                div.form-actions {
                    (Button::submit(lang.t("admission-save")))
                    (Button::link(lang.t("admission-cancel"), links::admission::gates(self.edition)).ghost())
                }
            }
        };
        shell.page(title).crumb(lang.t("admission-gates"), links::admission::gates(self.edition)).body(&body)
    }
}

/// Places to choose from, an empty choice first.
pub fn place_choices(lang: Lang, places: &[PlaceChoice], none: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", lang.t(none))];
    choices.extend(places.iter().map(|place| {
        let name = place.name.get(lang.locale());
        let text = if name.is_empty() { place.code.clone() } else { format!("{} · {name}", place.code) };
        Choice::new(place.id.to_string(), text)
    }));
    choices
}
