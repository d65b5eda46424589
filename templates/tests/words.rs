//! Both languages say the same things, and they say them without fault.

use crate::Lang;
use chrono::NaiveDate;

#[test]
fn dates_and_numbers_follow_the_language() {
    let day = NaiveDate::from_ymd_opt(2027, 3, 9).unwrap();
    let last = NaiveDate::from_ymd_opt(2027, 3, 12).unwrap();
    assert_eq!(Lang::EN.date(day), "9 Mar 2027");
    assert_eq!(Lang::ZH.date(day), "2027年3月9日");
    assert_eq!(Lang::EN.date_range(day, last), "9–12 Mar 2027");
    assert_eq!(Lang::ZH.date_range(day, last), "2027年3月9–12日");
    assert_eq!(Lang::EN.weekday_date(day), "Tue 9 Mar 2027");
    assert_eq!(Lang::EN.number(1_234_567), "1,234,567");
    assert_eq!(Lang::EN.decimal(-0.04, 1), "0.0");
    assert_eq!(Lang::EN.money(-125_050, "CNY"), "−CNY\u{a0}1,250.50");
    assert_eq!(Lang::ZH.money(125_050, "CNY"), "¥1,250.50");
    assert_eq!(Lang::EN.area(3_650), "36.5\u{a0}m²");
    assert_eq!(Lang::EN.minutes(1_500), "1 d 1 h");
}
