//! The journal of an edition: everything that happened, newest first.

use chrono_tz::Tz;
use domain::journal::Entry;
use maud::{Markup, html};

use crate::{
    Shell,
    components::{Icon, Pager, card, empty_state, history},
    links,
};

/// A page of the journal.
#[derive(Debug, Clone)]
pub struct JournalPage<'a> {
    pub entries: &'a [Entry],
    pub zone: Tz,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// This is not the first page.
    pub later: bool,
}

impl JournalPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let here = links::office::journal(shell.slug());
        let next = self.next.as_ref().map(|cursor| here.clone().query(&[("before", cursor)]));
        let body = html! {
            @if self.entries.is_empty() {
                (empty_state(Icon::History, &lang.t("journal-empty"), &lang.t("journal-empty-hint"), &""))
            } @else {
                (card("", &"", &history(lang, self.zone, self.entries)))
                (Pager::new(lang, self.entries.len()).first(self.later.then_some(here)).next(next))
            }
        };
        shell.page(lang.t("journal-title")).body(&body)
    }
}
