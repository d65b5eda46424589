//! The badge prints names whole. What the picture looks like is checked by eye and by a code reader:
//! `BADGE_PDF=/tmp/badges.pdf` keeps the samples for that.

use super::*;
use domain::{
    Bilingual,
    registration::badge_code::{EditionTag, Payload, sign},
};

fn samples() -> Vec<Badge> {
    let key = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
    let people = [
        ("张伟", "Zhang Wei", "上海机床有限公司", "采购经理", "trade_visitor", Locale::ZhCn),
        ("Eva Müller", "", "Werke GmbH", "Head of Purchasing", "hosted_buyer", Locale::En),
        (
            "Maximiliane Konstantine von der Heydebrand und der Lasa-Hohenstein",
            "",
            "Donaudampfschifffahrtsgesellschaft für Präzisionswerkzeuge und Automatisierung mbH & Co. KG",
            "Senior Vice President of Procurement and Strategic Partnerships, Europe",
            "vip",
            Locale::En,
        ),
        (
            "买买提·阿不都热合曼·吐尔逊",
            "Mamat Abdurahman Tursun",
            "中国（华东）精密数控机床与工业自动化成套设备制造集团股份有限公司",
            "副总经理兼总工程师",
            "speaker",
            Locale::ZhCn,
        ),
    ];
    people
        .iter()
        .zip(1042..)
        .map(|((name, other, company, job, category, locale), serial)| Badge {
            edition: Bilingual::new("EASTMACH — East China Machine Tool & Automation Fair", "华东机床与自动化展览会"),
            place: Bilingual::new("Shanghai", "上海"),
            opens_on: "2027-03-24".parse().unwrap(),
            closes_on: "2027-03-27".parse().unwrap(),
            name: (*name).into(),
            other_name: (*other).into(),
            company: (*company).into(),
            job_title: (*job).into(),
            category: (*category).into(),
            country: "CN".into(),
            serial: i64::from(serial),
            number: 20_001,
            code: sign(
                &Payload {
                    key_no: 1,
                    edition: EditionTag([1; 8]),
                    serial,
                    category: Category::parse(category).unwrap(),
                    reprint_no: 0,
                    valid_from: "2027-03-24".parse().unwrap(),
                    valid_until: "2027-03-27".parse().unwrap(),
                },
                &key,
            ),
            locale: *locale,
        })
        .collect()
}

#[test]
fn badges_become_a_small_pdf() {
    assert!(templates::assets::are_built(), "the fonts are built by `make assets`");
    let pdf = badge_pdf(&samples()).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() < 200_000, "{} bytes", pdf.len());
    if let Some(path) = std::env::var_os("BADGE_PDF") {
        std::fs::write(path, &pdf).unwrap();
    }
}

#[test]
fn what_the_fonts_cannot_draw_is_told() {
    assert!(templates::assets::are_built(), "the fonts are built by `make assets`");
    let mut badge = samples().remove(0);
    assert!(missing_glyphs(&badge).is_empty());
    badge.name = "Ꮳ张".into();
    assert_eq!(missing_glyphs(&badge), ['Ꮳ']);
}
