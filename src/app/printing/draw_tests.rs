//! Badges print names whole, in every format. What the picture looks like is checked by eye and by a code reader:
//! `BADGE_SAMPLES=<folder>` keeps the samples for that.

use super::*;
use crate::printing::{badges_pdf, missing_glyphs};
use domain::printing::presets::Preset;
use domain::registration::Category;
use domain::registration::badge_code::{EditionTag, Payload, sign};
use domain::{Bilingual, Locale};

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

fn built() {
    assert!(templates::assets::are_built(), "the fonts are built by `make assets`");
}

fn keep(name: &str, content: &[u8]) {
    if let Some(folder) = std::env::var_os("BADGE_SAMPLES") {
        std::fs::write(std::path::Path::new(&folder).join(name), content).unwrap();
    }
}

#[test]
fn badges_become_a_small_pdf_on_every_paper() {
    built();
    for preset in Preset::ALL {
        let look = Look::of(preset.layout(), None);
        let badges: Vec<_> = samples().into_iter().map(|badge| (look.clone(), badge)).collect();
        let pdf = badges_pdf(&badges).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() < 250_000, "{preset:?}: {} bytes", pdf.len());
        keep(&format!("{}.pdf", preset.code()), &pdf);
    }
    assert!(badges_pdf(&[]).is_err() || badges_pdf(&[]).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn what_the_fonts_cannot_draw_is_told() {
    built();
    let mut badge = samples().remove(0);
    assert!(missing_glyphs(&badge).is_empty());
    badge.name = "Ꮳ张".into();
    assert_eq!(missing_glyphs(&badge), ['Ꮳ']);
    let arranged = Look::of(Preset::Label.layout(), None).arrange(&badge).unwrap();
    assert_eq!(arranged.missing, ['Ꮳ']);
}

#[test]
fn a_label_has_whole_modules_and_dark_letters() {
    built();
    let look = Look::of(Preset::Label.layout(), None);
    for (at, badge) in samples().iter().enumerate() {
        for dpi in [203, 300] {
            let picture = bitmap(&look, badge, dpi).unwrap();
            assert_eq!(picture.width, (100.0 / 25.4 * f32::from(dpi)).round() as usize);
            let label = zpl::label(&on_paper(&look, picture.clone()));
            let plain = picture.bytes.len() * 2;
            assert!(label.len() < plain / 3, "{} of {plain} bytes", label.len());
            let element = &look.layout.elements[4];
            let dots = |tenths: i32| (tenths as f32 / 254.0 * f32::from(dpi)).round() as usize;
            let (left, top, side) = (dots(element.left), dots(element.top), dots(element.width));
            let qr = qr(&badge.code);
            let module = side / (qr.size + 8);
            let rest = (side - module * (qr.size + 8)) / 2;
            for y in 0..qr.size {
                for x in 0..qr.size {
                    let dot = |n: usize| rest + (n + 4) * module + module / 2;
                    let black = picture.is_black(left + dot(x), top + dot(y));
                    assert_eq!(black, qr.dark[y * qr.size + x], "{x} {y} of badge {at}");
                }
            }
            keep(&format!("label-{at}-{dpi}.zpl"), label.as_bytes());
            keep(&format!("label-{at}-{dpi}.pbm"), &pbm(&picture));
        }
    }
}

fn pbm(picture: &Bitmap) -> Vec<u8> {
    let mut file = format!("P4\n{} {}\n", picture.width, picture.height).into_bytes();
    file.extend(&picture.bytes);
    file
}

#[test]
fn a_folded_label_is_the_same_upside_down() {
    built();
    let look = Look::of(Preset::Folded.layout(), None);
    let front = bitmap(&look, &samples()[0], 203).unwrap();
    let strip = on_paper(&look, front.clone());
    assert_eq!((strip.width, strip.height), (front.width, front.height * 2));
    for (x, y) in [(10, 10), (300, 400), (150, 800), (700, 1000)] {
        assert_eq!(strip.is_black(x, y), front.is_black(x, y));
        assert_eq!(strip.is_black(strip.width - 1 - x, strip.height - 1 - y), front.is_black(x, y));
    }
}

/// A picture of four pixels: black, white, nothing, grey.
fn png() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 2, 2);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 0, 90, 90, 90, 255]).unwrap();
    writer.finish().unwrap();
    file
}

#[test]
fn a_logo_is_read_whole_or_refused() {
    let file = png();
    let logo = crate::printing::logo::read(&file).unwrap();
    let dark: Vec<bool> = [(0, 0), (1, 0), (0, 1), (1, 1)].iter().map(|(x, y)| logo.is_dark(*x, *y)).collect();
    assert_eq!(dark, [true, false, false, true]);
    assert_eq!(logo.within([0.0, 0.0, 40.0, 20.0]), [10.0, 0.0, 20.0, 20.0]);
    for length in 0..file.len() - 16 {
        let read = crate::printing::logo::read(&file[..length]);
        assert!(read.is_err(), "cut at {length} of {}", file.len());
    }
    assert_eq!(crate::printing::logo::read(b"<svg/>").unwrap_err().code, "logo-not-png");
}

#[test]
fn a_logo_stands_on_paper_and_on_labels() {
    built();
    let mut layout = Preset::Label.layout();
    layout.elements[0].part = domain::printing::layout::Part::Logo;
    let logo = crate::printing::logo::read(&png()).unwrap();
    let look = Look::of(layout, Some(std::sync::Arc::new(logo)));
    let picture = bitmap(&look, &samples()[1], 203).unwrap();
    // The box is 67 × 19 mm, the picture stands in its middle.
    assert!(picture.is_black(260, 60) && !picture.is_black(330, 60));
    assert!(badges_pdf(&[(look, samples().remove(1))]).unwrap().len() > 1_000);
}
