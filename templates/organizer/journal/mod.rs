//! The journal of an edition: everything that happened, newest first, narrowed to who, what it is about and when.

use chrono_tz::Tz;
use domain::{
    journal::{Entry, SubjectKind},
    office::SavedView,
};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::{
    Href, Lang, Shell,
    components::{Button, Choice, FilterBar, Icon, Pager, card, empty_state, history, saved_views},
    links,
};

/// What the journal is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JournalQuery {
    /// Words of the name of who acted.
    pub q: String,
    /// A kind of record.
    pub about: String,
    /// First and last day, in the zone of the venue.
    pub from: String,
    pub until: String,
    /// Where the page begins.
    pub after: String,
}

impl JournalQuery {
    fn at(&self, link: Href) -> Href {
        link.query(&[("q", &self.q), ("about", &self.about), ("from", &self.from), ("until", &self.until)])
    }

    fn is_empty(&self) -> bool {
        *self == Self { after: self.after.clone(), ..Self::default() }
    }
}

/// A page of the journal.
#[derive(Debug, Clone)]
pub struct JournalPage<'a> {
    pub query: &'a JournalQuery,
    pub entries: &'a [Entry],
    pub zone: Tz,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Views the viewer kept of the journal.
    pub views: &'a [SavedView],
    pub may_export: bool,
}

impl JournalPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let here = self.query.at(links::office::journal(slug));
        let body = html! {
            (self.filters(lang, slug))
            @if self.entries.is_empty() { (self.nothing(lang, slug)) }
            @else {
                (card("", &"", &history(lang, self.zone, self.entries)))
                (Pager::new(lang, self.entries.len())
                    .pages(&here, !self.query.after.is_empty(), self.next.as_ref()))
            }
        };
        shell.page(lang.t("journal-title")).body(&body)
    }

    fn filters(&self, lang: Lang, slug: &str) -> FilterBar<'_> {
        let q = self.query;
        // Kinds that have a word are those people look for.
        let about = SubjectKind::ALL
            .iter()
            .filter_map(|kind| Some(Choice::new(kind.code(), lang.term_opt("subject", kind.code())?)))
            .collect();
        let bar = FilterBar::new(lang, links::office::journal(slug))
            .search("q", &q.q, lang.t("journal-search"))
            .select("about", lang.t("journal-about"), about, &q.about)
            .date("from", lang.t("journal-from"), &q.from)
            .date("until", lang.t("journal-until"), &q.until)
            .extra(saved_views(lang, slug, "journal", &q.at(links::office::journal(slug)), self.views));
        bar.exports(self.may_export, |format| q.at(links::office::journal_export(slug, format)))
    }

    fn nothing(&self, lang: Lang, slug: &str) -> Markup {
        if self.query.is_empty() {
            return empty_state(Icon::History, &lang.t("journal-empty"), &lang.t("journal-empty-hint"), &"");
        }
        let all = Button::link(lang.t("component-filter-clear"), links::office::journal(slug));
        empty_state(Icon::Search, &lang.t("journal-not-found"), "", &all)
    }
}
