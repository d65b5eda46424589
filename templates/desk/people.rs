//! People at a desk or with a supervisor: found by name, registered when they come without a registration, and one of
//! them with the badge to print.

use domain::RegistrationId;
use domain::registration::Category;
use domain::registration::view::{Badge, Qr, RegistrationRow};
use maud::{Markup, html};

use super::paper::{Paper, Printers};
use crate::components::{Button, Icon, options};
use crate::organizer::printing::station_choices;
use crate::public::badge::badge_card;
use crate::{DeskShell, FormState, Lang, links};

/// Finding people.
pub struct FindPage<'a> {
    /// What was looked for.
    pub q: &'a str,
    /// Who was found.
    pub found: &'a [RegistrationRow],
}

impl FindPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &DeskShell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.desk {
                (back(lang))
                (search(lang, self.q))
                @if !self.q.trim().is_empty() {
                    @if self.found.is_empty() {
                        p.muted { (lang.t("desk-nobody-found")) }
                        (Button::link(lang.t("desk-walk-in"), links::desk::walk_in().query(&[("q", self.q)])).icon(Icon::Badge).primary())
                    } @else { (people(lang, self.found)) }
                }
            }
        };
        shell.page(lang.t("desk-search")).body(&body)
    }
}

fn back(lang: Lang) -> Markup {
    html! { p { (Button::link(lang.t("desk-back"), links::desk::home()).icon(Icon::ArrowLeft).ghost()) } }
}

fn search(lang: Lang, q: &str) -> Markup {
    html! {
        form.desk-form method="get" action=(links::desk::people()) role="search" {
            label for="field-q" { (lang.t("desk-search-label")) }
            div.desk-code {
                input id="field-q" type="search" name="q" value=(q) autocomplete="off" enterkeyhint="search" maxlength="120";
                button.button.primary type="submit" { (Icon::Search) span { (lang.t("desk-search-do")) } }
            }
        }
    }
}

fn people(lang: Lang, found: &[RegistrationRow]) -> Markup {
    html! {
        ul.desk-found {
            @for row in found {
                li {
                    a href=(links::desk::person(row.id)) {
                        strong { (row.display_name) }
                        @if !row.other_name.is_empty() { " " span { (row.other_name) } }
                        span.muted { (row.company) }
                        span.muted { (lang.term("category", &row.category)) " · " (lang.term("registration-status", &row.status)) }
                    }
                }
            }
        }
    }
}

/// Registering somebody who stands here.
pub struct WalkInPage<'a> {
    /// What is in the form.
    pub form: &'a FormState,
    /// Where the badge may come out.
    pub printers: &'a Printers,
}

impl WalkInPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &DeskShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let family = form.text("family_name", "register-family-name").required().max_length(80);
        let given = form.text("given_name", "register-given-name").max_length(80);
        let categories = options(lang, "category", Category::ALL.iter().map(|category| category.code()));
        let body = html! {
            div.desk {
                (back(lang))
                p.muted { (lang.t("desk-walk-in-help")) }
                (form.summary())
                form.form method="post" action=(links::desk::walk_in()) autocomplete="off" {
                    (form.hidden("submission"))
                    @if lang == Lang::ZH { (family) (given) } @else { (given) (family) }
                    (form.text("company", "registration-company").max_length(160))
                    (form.email("email", "registration-email"))
                    (form.select("category", "registration-category", categories).required())
                    @if !self.printers.stations.is_empty() {
                        (form.select("station", "desk-paper-where", self.printers.choices(lang)).value(self.printers.value())
                            .hint("desk-paper-where-hint"))
                    }
                    div.form-actions {
                        button.button.primary.desk-big type="submit" { (Icon::Badge) span { (lang.t("desk-walk-in-do")) } }
                    }
                }
            }
        };
        shell.page(lang.t("desk-walk-in")).body(&body)
    }
}

/// One person with the badge.
pub struct PersonPage<'a> {
    /// The registration.
    pub id: RegistrationId,
    /// As the list shows it.
    pub row: &'a RegistrationRow,
    /// The valid badge with its code, if there is one.
    pub badge: Option<(&'a Badge, &'a Qr)>,
    /// Whether the device stands at a gate.
    pub at_gate: bool,
    /// Printers that take badges.
    pub printers: &'a Printers,
    /// How far the badge is that was asked for last.
    pub paper: Option<&'a Paper>,
    /// Where to print, and why once more.
    pub form: &'a FormState,
}

impl PersonPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &DeskShell) -> Markup {
        let lang = shell.lang;
        let row = self.row;
        let body = html! {
            div.desk {
                (back(lang))
                p {
                    @if !row.company.is_empty() { (row.company) " · " }
                    (lang.term("category", &row.category)) " · " (lang.term("registration-status", &row.status))
                }
                @if let Some(paper) = self.paper { (paper.notice(lang, false)) }
                @match self.badge {
                    Some((badge, code)) => {
                        div.button-row {
                            (Button::link(lang.t("desk-print"), links::desk::badge_pdf(self.id)).icon(Icon::Download).plain())
                            @if self.at_gate {
                                (Button::post(lang.t("desk-check-in"), links::desk::check_in(self.id)).icon(Icon::Scan).plain())
                            }
                        }
                        @if !self.printers.stations.is_empty() && !self.is_moving() { (self.printers(lang)) }
                        div.desk-badge { (badge_card(badge, code)) }
                    },
                    None => p.muted { (lang.t("desk-no-badge")) },
                }
            }
        };
        shell.page(row.display_name.clone()).body(&body)
    }

    /// What is on its way is not asked for once more, unless that was just refused.
    fn is_moving(&self) -> bool {
        self.form.is_clean() && self.paper.is_some_and(Paper::is_moving)
    }

    fn printers(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let stations = station_choices(lang, &self.printers.stations, self.printers.now);
        let again = self.paper.is_some_and(Paper::may_be_out) || !self.form.is_clean();
        html! {
            form.form method="post" action=(links::desk::print(self.id)) {
                (form.summary())
                (form.select("station", "desk-print-station", stations).required())
                @if again {
                    (form.radios("how", "printing-how", options(lang, "printing-how", ["replace", "again"])))
                    (form.text("again", "desk-print-again").max_length(200).hint("desk-print-again-hint"))
                }
                div.form-actions { (Button::submit(lang.t("desk-print-do")).icon(Icon::Printer)) }
            }
        }
    }
}
