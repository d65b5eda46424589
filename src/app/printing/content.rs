//! A badge as texts of its parts, in the badge's own language.

use domain::printing::arrange::Content;
use domain::printing::layout::Part;
use domain::registration::{Category, view::Badge};
use domain::{Bilingual, Locale};
use templates::Lang;

/// The texts of a badge.
pub(super) fn content(badge: &Badge) -> Content {
    let (first, second) = match badge.locale {
        Locale::En => (Lang::EN, Lang::ZH),
        Locale::ZhCn => (Lang::ZH, Lang::EN),
    };
    let country = if badge.country.is_empty() { String::new() } else { first.term("country", &badge.country) };
    let texts = vec![
        (Part::Name, badge.name.clone()),
        (Part::OtherName, badge.other_name.clone()),
        (Part::Company, badge.company.clone()),
        (Part::JobTitle, badge.job_title.clone()),
        (Part::Country, country),
        (Part::Category, first.term("category", &badge.category)),
        (Part::CategoryOther, second.term("category", &badge.category)),
        (Part::Edition, badge.edition.get(badge.locale).to_owned()),
        (Part::Dates, first.date_range(badge.opens_on, badge.closes_on)),
        (Part::Place, badge.place.get(badge.locale).to_owned()),
        (Part::Number, badge.number.to_string()),
        (Part::Serial, badge.serial.to_string()),
    ];
    Content { texts, category: Category::parse(&badge.category).unwrap_or(Category::TradeVisitor) }
}

/// People to try a layout with: a short name, a long one, and names in Chinese characters.
const SAMPLES: [(&str, [&str; 5], Locale); 3] = [
    (
        "long",
        [
            "Maximiliane von der Heydebrand-Hohenstein",
            "",
            "Präzisionswerkzeuge und Automatisierung GmbH & Co. KG",
            "Vice President Procurement and Strategic Partnerships",
            "DE",
        ],
        Locale::En,
    ),
    (
        "chinese",
        [
            "买买提·阿不都热合曼",
            "Mamat Abdurahman",
            "华东精密数控机床与自动化成套设备股份有限公司",
            "副总经理兼总工程师",
            "CN",
        ],
        Locale::ZhCn,
    ),
    ("short", ["张伟", "Zhang Wei", "上海机床", "采购经理", "CN"], Locale::ZhCn),
];

/// A badge of nobody, to try a layout with: `short`, `long` or `chinese`. Its code opens no gate, but is as large as
/// the edition's are.
#[must_use]
pub fn sample_badge(show: &Badge, sample: &str, category: Category, signed: bool) -> Badge {
    let found = SAMPLES.iter().find(|(code, ..)| *code == sample).unwrap_or(&SAMPLES[0]);
    let (_, [name, other, company, job, country], locale) = found;
    Badge {
        edition: Bilingual::clone(&show.edition),
        place: Bilingual::clone(&show.place),
        name: (*name).to_owned(),
        other_name: (*other).to_owned(),
        company: (*company).to_owned(),
        job_title: (*job).to_owned(),
        category: category.code().to_owned(),
        country: (*country).to_owned(),
        serial: 1042,
        number: 20_001,
        code: if signed { format!("X1{}", "SAMPLE".repeat(23)) } else { "SAMPLE".repeat(4) },
        locale: *locale,
        ..show.clone()
    }
}
