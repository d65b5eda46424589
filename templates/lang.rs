//! The voice: one language of the product, with its messages, dates, numbers and names.

use std::{borrow::Cow, sync::LazyLock};

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use domain::{Locale, Refusal, journal::Fact};
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/locales"]
struct Locales;

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::En));
static CHINESE: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::ZhCn));

/// Reads every `.ftl` of one language into a bundle that all requests share.
fn bundle(locale: Locale) -> Bundle {
    let id: LanguageIdentifier = locale.code().parse().expect("the codes of Locale are language identifiers");
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(grouped));
    let folder = format!("{}/", locale.code());
    for path in Locales::iter().filter(|path| path.starts_with(&folder)) {
        let file = Locales::get(&path).expect("an iterated name is embedded");
        let text = String::from_utf8_lossy(&file.data).into_owned();
        // A broken message is found by the test over the locales; at run time the rest still speaks.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, _)| partial);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// Numbers inside messages get the same digit groups as everywhere else.
fn grouped(value: &FluentValue, _: &intl_memoizer::concurrent::IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => Some(group(number.value as i64)),
        _ => None,
    }
}

/// 1234567 → 1,234,567: both of our languages group by three with a comma.
fn group(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('\u{2212}');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// One language, by value: cheap to copy, handed to every component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lang(Locale);

impl Lang {
    pub const EN: Self = Self(Locale::En);
    pub const ZH: Self = Self(Locale::ZhCn);
    /// Both languages, for tests and the gallery.
    pub const ALL: [Self; 2] = [Self::EN, Self::ZH];

    pub const fn new(locale: Locale) -> Self {
        Self(locale)
    }

    pub const fn locale(self) -> Locale {
        self.0
    }

    /// The language tag for `lang=`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    const fn is_chinese(self) -> bool {
        matches!(self.0, Locale::ZhCn)
    }

    fn bundle(self) -> &'static Bundle {
        if self.is_chinese() { &CHINESE } else { &ENGLISH }
    }

    /// The message with this key. A key nobody wrote shows itself: the suite finds it first.
    pub fn t(self, key: &str) -> String {
        self.find(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// The message with this key and its arguments.
    pub fn with(self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let mut list = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            list.set((*name).to_owned(), value.clone());
        }
        self.find(key, Some(&list)).unwrap_or_else(|| key.to_owned())
    }

    /// The word for one value of a family: `term("task-state", "in_progress")` reads `task-state-in-progress`.
    pub fn term(self, family: &str, code: &str) -> String {
        self.t(&format!("{family}-{}", code.replace('_', "-")))
    }

    /// As [`Lang::term`], when the value may have no word.
    pub fn term_opt(self, family: &str, code: &str) -> Option<String> {
        self.find(&format!("{family}-{}", code.replace('_', "-")), None)
    }

    /// What a refusal says to a person.
    pub fn refusal(self, refusal: &Refusal) -> String {
        let mut args = FluentArgs::with_capacity(refusal.params.len());
        for (name, value) in &refusal.params {
            // `places_en` and `places_zh` are offered as `places` in the reader's language.
            let ending = if self.is_chinese() { "_zh" } else { "_en" };
            if let Some(stem) = name.strip_suffix(ending) {
                args.set(stem.to_owned(), argument(value));
            }
            args.set((*name).to_owned(), argument(value));
        }
        let key = format!("refusal-{}", refusal.code);
        self.find(&key, Some(&args)).unwrap_or(key)
    }

    /// What happened, as a sentence: `fact-<kind>` with the fact's values as arguments.
    pub fn fact(self, fact: &Fact) -> String {
        let mut args = FluentArgs::with_capacity(fact.data.len());
        for (name, value) in &fact.data {
            match value {
                serde_json::Value::String(text) => {
                    // `duty_en` and `duty_zh` are offered as `duty` in the reader's language.
                    let ending = if self.is_chinese() { "_zh" } else { "_en" };
                    if let Some(stem) = name.strip_suffix(ending) {
                        args.set(stem.to_owned(), text.as_str());
                    }
                    args.set(name.clone(), text.as_str());
                }
                serde_json::Value::Number(number) => args.set(name.clone(), number.as_f64().unwrap_or_default()),
                other => args.set(name.clone(), other.to_string()),
            }
        }
        let key = format!("fact-{}", fact.kind.replace(['.', '_'], "-"));
        self.find(&key, Some(&args)).unwrap_or(key)
    }

    fn find(self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors: Vec<FluentError> = Vec::new();
        let text: Cow<'_, str> = bundle.format_pattern(pattern, args, &mut errors);
        Some(text.into_owned())
    }

    /// Whether this language has the key.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// A day: `12 Mar 2027`, `2027年3月12日`.
    pub fn date(self, day: NaiveDate) -> String {
        if self.is_chinese() {
            format!("{}年{}月{}日", day.year(), day.month(), day.day())
        } else {
            format!("{} {} {}", day.day(), self.month(day.month()), day.year())
        }
    }

    /// A day within the year at hand: `12 Mar`, `3月12日`.
    pub fn day(self, day: NaiveDate) -> String {
        if self.is_chinese() {
            format!("{}月{}日", day.month(), day.day())
        } else {
            format!("{} {}", day.day(), self.month(day.month()))
        }
    }

    /// A day with its weekday: `Fri 12 Mar 2027`, `2027年3月12日 周五`.
    pub fn weekday_date(self, day: NaiveDate) -> String {
        let weekday = self.weekday(day);
        if self.is_chinese() {
            format!("{} {weekday}", self.date(day))
        } else {
            format!("{weekday} {}", self.date(day))
        }
    }

    /// `Fri`, `周五`.
    pub fn weekday(self, day: NaiveDate) -> String {
        self.term("weekday", &day.weekday().number_from_monday().to_string())
    }

    /// `Mar`, `3月`.
    pub fn month(self, month: u32) -> String {
        self.term("month", &month.to_string())
    }

    /// First and last day of something: `9–12 Mar 2027`, `2027年3月9日至12日`.
    pub fn date_range(self, from: NaiveDate, until: NaiveDate) -> String {
        if from == until {
            return self.date(from);
        }
        let same_month = from.year() == until.year() && from.month() == until.month();
        match (self.is_chinese(), same_month) {
            (true, true) => format!("{}–{}日", self.date(from).trim_end_matches('日'), until.day()),
            (true, false) if from.year() == until.year() => format!("{}–{}", self.date(from), self.day(until)),
            (false, true) => format!("{}–{}", from.day(), self.date(until)),
            (false, false) if from.year() == until.year() => format!("{} – {}", self.day(from), self.date(until)),
            _ => format!("{} – {}", self.date(from), self.date(until)),
        }
    }

    /// A moment in the zone of the place it happens in: `12 Mar 2027, 14:05`.
    pub fn instant(self, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        let glue = if self.is_chinese() { " " } else { ", " };
        format!("{}{glue}{:02}:{:02}", self.date(local.date_naive()), local.hour(), local.minute())
    }

    /// A moment within the year at hand: `12 Mar, 14:05`.
    pub fn moment(self, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        let glue = if self.is_chinese() { " " } else { ", " };
        format!("{}{glue}{:02}:{:02}", self.day(local.date_naive()), local.hour(), local.minute())
    }

    /// The clock on the wall of the place: `14:05`.
    pub fn time(self, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// The clock with seconds, for gates: `14:05:09`.
    pub fn clock(self, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
    }

    /// A whole number with digit groups.
    pub fn number(self, number: impl TryInto<i64>) -> String {
        group(number.try_into().unwrap_or(i64::MAX))
    }

    /// A number with a fixed count of decimals.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", number.abs());
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = group(whole.parse().unwrap_or(i64::MAX));
        if number < 0.0 && text.chars().any(|digit| ('1'..='9').contains(&digit)) {
            out.insert(0, '\u{2212}');
        }
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out
    }

    /// A share of one as percent: `0.934` → `93 %`.
    pub fn percent(self, share: f64) -> String {
        let whole = self.decimal(share * 100.0, 0);
        if self.is_chinese() { format!("{whole}%") } else { format!("{whole}\u{202f}%") }
    }

    /// An amount in minor units with its currency: `CNY 1,250.00`.
    pub fn money(self, minor: i64, currency: &str) -> String {
        let sign = if minor < 0 { "\u{2212}" } else { "" };
        let amount = format!("{}.{:02}", group((minor / 100).abs()), (minor % 100).abs());
        match (self.is_chinese(), currency) {
            (true, "CNY") => format!("{sign}¥{amount}"),
            _ => format!("{sign}{currency}\u{a0}{amount}"),
        }
    }

    /// An area in square decimetres as square metres: `3600` → `36 m²`.
    pub fn area(self, dm2: i64) -> String {
        let decimals = if dm2 % 100 == 0 {
            0
        } else if dm2 % 10 == 0 {
            1
        } else {
            2
        };
        format!("{}\u{a0}m²", self.decimal(dm2 as f64 / 100.0, decimals))
    }

    /// A length of time in working or elapsed minutes: `2 d 4 h`.
    pub fn minutes(self, minutes: i64) -> String {
        let whole = minutes.abs();
        let (days, hours, rest) = (whole / 1440, whole % 1440 / 60, whole % 60);
        let mut parts = Vec::new();
        if days > 0 {
            parts.push(self.with("unit-days", &[("count", days.into())]));
        }
        if hours > 0 {
            parts.push(self.with("unit-hours", &[("count", hours.into())]));
        }
        if rest > 0 || parts.is_empty() {
            parts.push(self.with("unit-minutes", &[("count", rest.into())]));
        }
        let sign = if minutes < 0 { "\u{2212}" } else { "" };
        format!("{sign}{}", parts.join(" "))
    }

    /// A list in words: `a, b and c`.
    pub fn list(self, items: &[String]) -> String {
        items.join(if self.is_chinese() { "、" } else { ", " })
    }

    /// Text with the colon this language puts behind a label.
    pub fn label(self, text: &str) -> String {
        if self.is_chinese() { format!("{text}：") } else { format!("{text}: ") }
    }
}

/// A parameter of a refusal: a number where it is one, so that messages can group and count it.
fn argument(value: &str) -> FluentValue<'_> {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => number.into(),
        _ => value.into(),
    }
}
