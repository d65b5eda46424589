//! Tasks as an iCalendar object (RFC 5545): whole days as dates, hours on the clock of the venue with its time zone
//! spelled out, lines folded at 75 octets, text escaped. Pure: the moment it is made is an argument.

use super::axis;
use super::calendar::DAY;
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, Tz};
use std::fmt::Write;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Stays the same as long as the task exists.
    pub uid: String,
    /// Counts changes of the task.
    pub sequence: i32,
    /// First minute on the axis of the plan.
    pub start: i64,
    /// Minute after the last one.
    pub finish: i64,
    /// One line.
    pub summary: String,
    /// More, with line breaks.
    pub description: String,
    /// Where.
    pub location: String,
    /// Address of the record.
    pub url: String,
    /// Words to sort by.
    pub categories: Vec<String>,
    /// Not wanted any more.
    pub cancelled: bool,
}

/// A calendar of entries.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    /// Its name, as programs show it.
    pub name: &'a str,
    /// Language of its words, a tag such as `zh-CN`.
    pub language: &'a str,
    /// The venue's zone.
    pub zone: Tz,
    /// When it is made.
    pub stamp: DateTime<Utc>,
    /// The entries.
    pub events: Vec<Event>,
}

/// Longest line in octets, without its end.
const LONGEST: usize = 75;

/// A text value: backslash, semicolon, comma and line breaks escaped, other control characters left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a content line, folded: no line is longer than 75 octets and no letter is cut in two.
fn line(out: &mut String, content: &str) {
    let mut room = LONGEST;
    for c in content.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LONGEST - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

fn local(minute: i64) -> String {
    let at = axis::day_of(minute).and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute.rem_euclid(DAY));
    at.format("%Y%m%dT%H%M%S").to_string()
}

fn day(minute: i64) -> String {
    axis::day_of(minute).format("%Y%m%d").to_string()
}

fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    format!("{sign}{:02}{:02}", seconds / 3600, seconds % 3600 / 60)
}

impl Calendar<'_> {
    /// The object as a file.
    pub fn render(&self) -> String {
        let mut out = String::new();
        for fixed in
            ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fairlead//Plan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
        {
            line(&mut out, fixed);
        }
        line(&mut out, &format!("NAME;LANGUAGE={}:{}", self.language, escape(self.name)));
        line(&mut out, &format!("X-WR-CALNAME:{}", escape(self.name)));
        line(&mut out, &format!("X-WR-TIMEZONE:{}", self.zone.name()));
        line(&mut out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        line(&mut out, "X-PUBLISHED-TTL:PT1H");
        if self.events.iter().any(|event| !event.whole_days()) {
            self.time_zone(&mut out);
        }
        for event in &self.events {
            self.event(&mut out, event);
        }
        line(&mut out, "END:VCALENDAR");
        out
    }

    fn event(&self, out: &mut String, event: &Event) {
        line(out, "BEGIN:VEVENT");
        line(out, &format!("UID:{}", escape(&event.uid)));
        line(out, &format!("DTSTAMP:{}", self.stamp.format("%Y%m%dT%H%M%SZ")));
        line(out, &format!("SEQUENCE:{}", event.sequence.max(0)));
        if event.whole_days() {
            // The end of a day is not part of it: a point in time takes its whole day.
            let finish = if event.finish > event.start { event.finish } else { event.start + DAY };
            line(out, &format!("DTSTART;VALUE=DATE:{}", day(event.start)));
            line(out, &format!("DTEND;VALUE=DATE:{}", day(finish)));
        } else {
            let zone = self.zone.name();
            line(out, &format!("DTSTART;TZID={zone}:{}", local(event.start)));
            if event.finish > event.start {
                line(out, &format!("DTEND;TZID={zone}:{}", local(event.finish)));
            }
        }
        line(out, &format!("SUMMARY;LANGUAGE={}:{}", self.language, escape(&event.summary)));
        if !event.description.is_empty() {
            line(out, &format!("DESCRIPTION;LANGUAGE={}:{}", self.language, escape(&event.description)));
        }
        if !event.location.is_empty() {
            line(out, &format!("LOCATION;LANGUAGE={}:{}", self.language, escape(&event.location)));
        }
        if !event.url.is_empty() {
            line(out, &format!("URL:{}", event.url.replace(['\r', '\n'], "")));
        }
        if !event.categories.is_empty() {
            let words: Vec<String> = event.categories.iter().map(|word| escape(word)).collect();
            line(out, &format!("CATEGORIES:{}", words.join(",")));
        }
        line(out, if event.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
        // Work is no meeting: it blocks nobody's day.
        line(out, "TRANSP:TRANSPARENT");
        line(out, "END:VEVENT");
    }

    /// The zone with every change of clocks within the entries, a year around them included.
    fn time_zone(&self, out: &mut String) {
        let starts = self.events.iter().map(|event| axis::day_of(event.start));
        let ends = self.events.iter().map(|event| axis::day_of(event.finish));
        let today = self.stamp.date_naive();
        let first = starts.min().unwrap_or(today).checked_sub_days(Days::new(366)).unwrap_or(today);
        let last = ends.max().unwrap_or(today).checked_add_days(Days::new(366)).unwrap_or(today);
        line(out, "BEGIN:VTIMEZONE");
        line(out, &format!("TZID:{}", self.zone.name()));
        let mut before = self.offset(midnight(first));
        self.observance(out, midnight(first), before, before);
        for at in transitions(self.zone, first, last) {
            let after = self.offset(at);
            self.observance(out, at, before, after);
            before = after;
        }
        line(out, "END:VTIMEZONE");
    }

    fn offset(&self, at: NaiveDateTime) -> (i32, bool) {
        let offset = self.zone.offset_from_utc_datetime(&at);
        (offset.fix().local_minus_utc(), !offset.dst_offset().is_zero())
    }

    fn observance(&self, out: &mut String, at: NaiveDateTime, before: (i32, bool), after: (i32, bool)) {
        let kind = if after.1 { "DAYLIGHT" } else { "STANDARD" };
        let local = at + TimeDelta::seconds(i64::from(before.0));
        let mut part = String::new();
        let _ = write!(part, "DTSTART:{}", local.format("%Y%m%dT%H%M%S"));
        line(out, &format!("BEGIN:{kind}"));
        line(out, &part);
        line(out, &format!("TZOFFSETFROM:{}", offset_text(before.0)));
        line(out, &format!("TZOFFSETTO:{}", offset_text(after.0)));
        line(out, &format!("END:{kind}"));
    }
}

impl Event {
    /// Begins and ends with a day, or is a point at its beginning.
    fn whole_days(&self) -> bool {
        self.start.rem_euclid(DAY) == 0 && self.finish.rem_euclid(DAY) == 0
    }
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(chrono::NaiveTime::MIN)
}

/// Moments (UTC, to the minute) at which the clocks of a zone change between two days.
fn transitions(zone: Tz, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDateTime> {
    let offset = |at: NaiveDateTime| zone.offset_from_utc_datetime(&at).fix().local_minus_utc();
    let mut found = Vec::new();
    let mut day = first;
    while let Some(next) = day.succ_opt().filter(|next| *next <= last) {
        let (mut low, mut high) = (midnight(day), midnight(next));
        if offset(low) != offset(high) {
            let was = offset(low);
            while high - low > TimeDelta::minutes(1) {
                let middle = low + (high - low) / 2;
                let middle = middle - TimeDelta::seconds(middle.and_utc().timestamp().rem_euclid(60));
                let middle = if middle <= low { low + TimeDelta::minutes(1) } else { middle };
                if offset(middle) == was { low = middle } else { high = middle }
            }
            found.push(high);
        }
        day = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Unfolds a file and checks what every reader relies on; answers its content lines.
    fn parsed(text: &str) -> Vec<String> {
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end with CRLF");
        for raw in text.split("\r\n") {
            assert!(raw.len() <= LONGEST, "too long: {raw}");
        }
        let unfolded = text.replace("\r\n ", "");
        let lines: Vec<String> = unfolded.split("\r\n").filter(|one| !one.is_empty()).map(str::to_owned).collect();
        let mut open = Vec::new();
        for one in &lines {
            let (name, value) = one.split_once(':').expect("name and value");
            assert!(name.chars().next().is_some_and(|c| c.is_ascii_uppercase()), "{one}");
            match name {
                "BEGIN" => open.push(value.to_owned()),
                "END" => assert_eq!(open.pop().as_deref(), Some(value)),
                _ => {}
            }
        }
        assert!(open.is_empty());
        lines
    }

    fn event(start: i64, finish: i64) -> Event {
        Event {
            uid: "0190@fairlead".into(),
            sequence: 3,
            start,
            finish,
            summary: "B08 Rigging; hall 1, north \\ south".into(),
            description: "第一行：展馆吊装必须在消防验收之前完成，并由主办方与场馆方共同签字确认后方可进入下一环节。\nSecond line".into(),
            location: "Hall 1".into(),
            url: "https://fairlead.example/e/east/plan/tasks/B08".into(),
            categories: vec!["On site".into(), "Build, rig".into()],
            cancelled: false,
        }
    }

    fn calendar(zone: Tz, events: Vec<Event>) -> String {
        let stamp = "2026-11-28T01:02:03Z".parse().expect("a moment");
        Calendar { name: "East; 我的工作", language: "zh-CN", zone, stamp, events }.render()
    }

    #[test]
    fn whole_days_are_dates_and_text_is_escaped() {
        let start = axis::midnight(NaiveDate::from_ymd_opt(2027, 5, 10).expect("a date"));
        let lines = parsed(&calendar(Tz::Asia__Shanghai, vec![event(start, start + 2 * DAY), event(start, start)]));
        let has = |text: &str| assert!(lines.iter().any(|line| line == text), "{text} in {lines:#?}");
        has("DTSTAMP:20261128T010203Z");
        has("UID:0190@fairlead");
        has("SEQUENCE:3");
        has("DTSTART;VALUE=DATE:20270510");
        has("DTEND;VALUE=DATE:20270512");
        has("DTEND;VALUE=DATE:20270511");
        has("SUMMARY;LANGUAGE=zh-CN:B08 Rigging\\; hall 1\\, north \\\\ south");
        has("CATEGORIES:On site,Build\\, rig");
        assert!(lines.iter().any(|line| line.starts_with("DESCRIPTION") && line.ends_with("\\nSecond line")));
        assert!(!lines.iter().any(|line| line == "BEGIN:VTIMEZONE"), "dates need no zone");
    }

    #[test]
    fn hours_carry_their_zone_with_its_changes_of_clocks() {
        let start = axis::midnight(NaiveDate::from_ymd_opt(2027, 5, 10).expect("a date")) + 9 * 60;
        let lines = parsed(&calendar(Tz::Europe__Berlin, vec![event(start, start + 90)]));
        let has = |text: &str| assert!(lines.iter().any(|line| line == text), "{text} in {lines:#?}");
        has("DTSTART;TZID=Europe/Berlin:20270510T090000");
        has("DTEND;TZID=Europe/Berlin:20270510T103000");
        has("TZID:Europe/Berlin");
        // The last Sunday of March 2027, two o'clock on the wall.
        let at = lines.iter().position(|line| line == "DTSTART:20270328T020000").expect("the change of clocks");
        assert_eq!(lines[at - 1], "BEGIN:DAYLIGHT");
        assert_eq!(lines[at + 1..at + 3], ["TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"]);
        let shanghai = parsed(&calendar(Tz::Asia__Shanghai, vec![event(start, start + 90)]));
        assert_eq!(shanghai.iter().filter(|line| *line == "BEGIN:STANDARD").count(), 1, "no changes of clocks");
    }
}
