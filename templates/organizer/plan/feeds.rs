//! A person's calendar feeds: making one, seeing its address once, changing and ending it.

use chrono_tz::Tz;
use domain::plan::feed::{About, Feed};
use maud::{Markup, html};

use crate::components::{Button, Choice, callout, card, empty_state, options};
use crate::{FormState, Icon, Lang, Shell, Tone, links};

/// The list.
pub struct Feeds<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Where days begin.
    pub zone: Tz,
    /// The feeds.
    pub feeds: &'a [Feed],
    /// The address of the one just made or changed, shown this once.
    pub fresh: Option<String>,
    /// Places.
    pub places: Vec<Choice>,
    /// What is typed, and what is refused.
    pub form: FormState,
}

impl Feeds<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let body = html! {
            div.stack {
                @if let Some(address) = &self.fresh {
                    @let words = html! {
                        p { (lang.t("feed-once")) }
                        p { input.feed-address type="text" readonly value=(address) aria-label=(lang.t("feed-address")) data-select; }
                    };
                    (callout(Tone::Good, &lang.t("feed-address"), &words))
                }
                p { (lang.t("feed-hint")) }
                @if self.feeds.is_empty() {
                    (empty_state(Icon::Calendar, &lang.t("feed-none"), &lang.t("feed-none-hint"), &html! {}))
                } @else {
                    ul.rows { @for feed in self.feeds { (self.line(lang, feed)) } }
                }
                (card(&lang.t("feed-new"), &html! {}, &html! {
                    form.form.narrow method="post" action=(links::feed::all(self.slug)) {
                        (form.summary())
                        (form.radios("about", "feed-about", options(lang, "feed-about", ["person", "place"])).value("person").required())
                        (form.select("place", "plan-place", self.places.clone()).hint("feed-place-hint"))
                        div.form-actions { (Button::submit(lang.t("feed-make")).icon(Icon::Plus)) }
                    }
                }))
            }
        };
        shell
            .page(lang.t("feed-title"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("plan-mine"), links::plan::my_work(self.slug))
            .body(&body)
    }

    fn line(&self, lang: Lang, feed: &Feed) -> Markup {
        let name = match (&feed.about, &feed.place) {
            (About::Place(_), Some(place)) => place.get(lang.locale()).to_owned(),
            _ => lang.t("feed-about-person"),
        };
        let used = match feed.used_at {
            Some(at) => lang.with("feed-used", &[("at", lang.instant(at, self.zone).into())]),
            None => lang.t("feed-unused"),
        };
        html! {
            li {
                span.row-text { (name) span.cell-second { (used) } }
                span.row-end {
                    (Button::post(lang.t("feed-rotate"), links::feed::act(self.slug, feed.id, "rotate")).small().confirm(lang.t("feed-rotate-sure")))
                    (Button::post(lang.t("feed-revoke"), links::feed::act(self.slug, feed.id, "revoke")).small().danger().confirm(lang.t("feed-revoke-sure")))
                }
            }
        }
    }
}
