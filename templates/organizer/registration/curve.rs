//! The registration curve: how many came in on each day, and how many there are so far.

use chrono::NaiveDate;
use domain::registration::{Channel, view::DayCount};
use maud::{Markup, html};

use super::views;
use crate::{
    Lang, Shell,
    charts::{BarChart, LineChart, Series},
    components::{Button, Icon, empty_state},
    links,
};

/// The page with the curve.
pub struct CurvePage<'a> {
    pub days: &'a [DayCount],
    pub opens_on: NaiveDate,
    pub today: NaiveDate,
}

/// More days than this are shown by weeks: bars must stay wide enough to see.
const MOST_DAYS: i64 = 75;

impl CurvePage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let body = if self.days.is_empty() {
            let form = Button::link(lang.t("registration-public-form"), links::public::register(slug));
            empty_state(Icon::Trend, &lang.t("registration-none"), &lang.t("registration-none-hint"), &form)
        } else {
            self.pictures(lang)
        };
        shell.page(lang.t("registration-title")).tabs(views(lang, slug, "curve")).wide().body(&body)
    }

    /// The first day of each step from the first registration to today or opening, whichever is later.
    fn steps(&self) -> (Vec<NaiveDate>, i64) {
        let first = self.days.first().map_or(self.today, |day| day.day);
        let last = self.days.last().map_or(self.today, |day| day.day).max(self.today);
        let width = if (last - first).num_days() > MOST_DAYS { 7 } else { 1 };
        let count = (last - first).num_days() / width;
        ((0..=count).map(|step| first + chrono::Days::new(u64::try_from(step * width).unwrap_or(0))).collect(), width)
    }

    fn pictures(&self, lang: Lang) -> Markup {
        let (steps, width) = self.steps();
        let labels: Vec<String> = steps.iter().map(|day| lang.day(*day)).collect();
        let index =
            |day: NaiveDate| steps.first().map_or(0, |first| ((day - *first).num_days() / width).max(0)) as usize;
        let unit = lang.t("registration-curve-unit");
        let mut bars =
            BarChart::new(lang, lang.t("registration-curve-title"), unit.clone(), labels.clone()).full().stacked();
        let mut sums = vec![0.0; steps.len()];
        for channel in Channel::ALL {
            let mut values = vec![0.0; steps.len()];
            for day in self.days.iter().filter(|day| day.channel == channel.code()) {
                let at = index(day.day).min(steps.len() - 1);
                values[at] += day.count as f64;
                sums[at] += day.count as f64;
            }
            if values.iter().any(|value| *value > 0.0) {
                bars = bars.series(Series::full(lang.term("channel", channel.code()), values));
            }
        }
        let mut so_far = 0.0;
        let running: Vec<f64> = sums
            .iter()
            .map(|sum| {
                so_far += sum;
                so_far
            })
            .collect();
        let mut line = LineChart::new(lang, lang.t("registration-curve-sum"), unit, labels)
            .series(Series::full(lang.t("registration-curve-sum"), running))
            .full()
            .area();
        if self.opens_on <= self.today {
            line = line.mark(index(self.opens_on).min(steps.len() - 1), lang.t("registration-curve-opening"));
        }
        html! { div.stack { (line) (bars) } }
    }
}
