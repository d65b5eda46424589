//! Files that are broken or mean harm: refused with their line, never a panic, never a long wait.

use super::jobs::rests;
use super::read::written;
use super::xml::{MAX_BYTES, MAX_DEPTH, decode};
use super::{project, schedule, table};
use proptest::prelude::*;

fn refused(text: &str) -> (String, Option<String>) {
    let refusal = project(text.as_bytes()).expect_err("a refusal");
    let line = refusal.params.iter().find(|(name, _)| name == "line").map(|(_, value)| value.clone());
    (refusal.code, line)
}

#[test]
fn hostile_files_are_refused_with_their_line() {
    let at = |code: &str, line: &str| (code.to_owned(), Some(line.to_owned()));
    assert_eq!(refused("<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<Project/>"), at("xml-dtd", "2"));
    assert_eq!(refused("<Project>\n<Title>\n&lol;</Title></Project>"), at("xml-entity", "3"));
    assert_eq!(refused(&format!("<Project>\n{}", "<a>".repeat(MAX_DEPTH))), at("xml-too-deep", "2"));
    assert_eq!(refused("<Project>\n<Tasks></Task></Project>").0, "xml-malformed");
    assert_eq!(refused("<Project>\n<Tasks>").0, "xml-malformed");
    assert_eq!(refused("\n<html></html>"), at("xml-root", "2"));
    assert_eq!(refused("").0, "xml-malformed");
    assert_eq!(refused("<Project/><Project/>").0, "xml-root");
    assert_eq!(decode(&vec![b' '; MAX_BYTES + 1]).expect_err("too big").code, "xml-too-big");
    assert_eq!(decode(b"<Project>\n\xff</Project>").expect_err("no text").code, "xml-encoding");
}

#[test]
fn other_encodings_and_references_are_read() {
    let latin =
        b"<?xml version='1.0' encoding='ISO-8859-1'?><Project><Title>M\xfcnchen &amp; &#x4e2d;</Title></Project>";
    assert_eq!(project(latin).expect("a project").head.title, "M\u{fc}nchen & \u{4e2d}");
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain("<Project><Title>展</Title></Project>".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(project(&wide).expect("a project").head.title, "展");
    let data = "<p:Project xmlns:p='x'><p:Title><![CDATA[a<b]]></p:Title></p:Project>";
    assert_eq!(project(data.as_bytes()).expect("a project").head.title, "a<b");
}

const SOUND: &str = "<Project><StartDate>2026-03-02T08:00:00</StartDate><CalendarUID>1</CalendarUID>
<Calendars><Calendar><UID>1</UID><Name>S</Name><WeekDays>
<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
</WeekDays><Exceptions><Exception><TimePeriod><FromDate>2026-03-09T00:00:00</FromDate><ToDate>2026-03-09T23:59:00</ToDate></TimePeriod><Type>1</Type><DayWorking>0</DayWorking></Exception></Exceptions></Calendar></Calendars>
<Tasks><Task><UID>1</UID><Name>A</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration></Task>
<Task><UID>2</UID><Name>B</Name><OutlineLevel>1</OutlineLevel><Duration>PT4H0M0S</Duration><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>2400</LinkLag><LagFormat>7</LagFormat></PredecessorLink></Task></Tasks></Project>";

#[test]
fn a_sound_file_is_computed() {
    let file = project(SOUND.as_bytes()).expect("a project");
    let (dates, problems) = schedule(&file);
    assert_eq!(problems, []);
    // Four hours on Mondays only, and the second Monday is off: March 2 and 16, a lag on 23, then 30.
    assert_eq!(written(dates.finish[0]), "2026-03-16T12:00:00");
    assert_eq!(
        (written(dates.start[1]), written(dates.finish[1])),
        ("2026-03-30T08:00:00".into(), "2026-03-30T12:00:00".into())
    );
    assert_eq!(table(&file, &dates).lines().count(), 3);
}

/// A constraint before what the link allows: it wins, unless the file says that links come first.
#[test]
fn links_or_constraints_come_first_as_the_file_says() {
    let wish = "<Name>B</Name><ConstraintType>2</ConstraintType><ConstraintDate>2026-03-16T08:00:00</ConstraintDate>";
    let text = SOUND.replace("<Name>B</Name>", wish);
    let start = |text: &str| written(schedule(&project(text.as_bytes()).expect("a project")).0.start[1]);
    assert_eq!(start(&text), "2026-03-16T08:00:00");
    let links_first = text.replace("<StartDate>", "<HonorConstraints>0</HonorConstraints><StartDate>");
    assert_eq!(start(&links_first), "2026-03-30T08:00:00");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_makes_the_reader_fall_over(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(file) = project(&bytes) {
            schedule(&file);
            rests(&file);
        }
    }

    #[test]
    fn no_broken_file_makes_it_fall_over(
        cut in 0usize..SOUND.len(), len in 0usize..40,
        put in prop_oneof![
            Just("-9"), Just("999999999999999999"), Just("<"), Just("PT999999999999H"), Just("9999-12-31T00:00:00"),
            Just("0001-01-01T00:00:00"), Just(""), Just("&#0;"), Just("7"), Just("<Task>"), Just("</Task>"), Just("1e308"),
        ],
    ) {
        let end = (cut + len).min(SOUND.len());
        let text = format!("{}{put}{}", &SOUND[..cut], &SOUND[end..]);
        if let Ok(file) = project(text.as_bytes()) {
            rests(&file);
            let (dates, _) = schedule(&file);
            table(&file, &dates);
        }
    }
}

/// A file with one task of two eight-hour days, begun on a Monday morning, and what is said of it beside.
fn one_task(rest: &str, assignments: &str) -> Vec<i64> {
    let text = format!(
        "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2027-04-05T08:00:00</StartDate>\
         <Tasks><Task><UID>1</UID><ID>1</ID><Name>Work</Name><OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration>\
         <DurationFormat>7</DurationFormat><Start>2027-04-05T08:00:00</Start>{rest}</Task></Tasks>{assignments}</Project>"
    );
    rests(&project(text.as_bytes()).expect("a file"))
}

#[test]
fn work_in_parts_is_seen_by_its_shape_or_by_its_dates() {
    let hour = 60 * super::model::TICK;
    assert_eq!(one_task("<Finish>2027-04-06T17:00:00</Finish>", ""), [0], "two days in one piece");
    assert_eq!(one_task("<Finish>2027-04-08T17:00:00</Finish>", ""), [16 * hour], "two days of rest in between");
    assert_eq!(
        one_task("<Finish>2027-04-12T17:00:00</Finish><Manual>1</Manual>", ""),
        [0],
        "by hand: what is said holds"
    );
    let part = |day: u32| {
        format!(
            "<TimephasedData><Type>1</Type><UID>1</UID><Start>2027-04-{day:02}T08:00:00</Start>\
             <Finish>2027-04-{day:02}T17:00:00</Finish><Unit>2</Unit><Value>PT8H0M0S</Value></TimephasedData>"
        )
    };
    let work = format!(
        "<Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>-65535</ResourceUID>\
         <WorkContour>8</WorkContour>{}{}</Assignment></Assignments>",
        part(5),
        part(7)
    );
    assert_eq!(one_task("<Finish>2027-04-07T17:00:00</Finish>", &work), [8 * hour], "a day of rest, by its shape");
}
