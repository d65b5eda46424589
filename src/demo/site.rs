//! The venue and the editions held there: halls, rooms, yards, and the zones behind the gates.

use super::floor::HALL_MM;
use super::stage::{Show, Stage};
use app::Error;
use domain::edition::{BadgeMode, Edition, Series, SeriesKind, Status, Venue};
use domain::venue::{Place, PlaceKind, Rect};
use domain::{Bilingual, EditionId, PlaceId, SeriesId, VenueId};
use ed25519_dalek::SigningKey;
use store::record::edition as record;
use store::record::search::Document;

/// The venue with the places everything else refers to.
pub struct Site {
    pub venue: VenueId,
    pub root: PlaceId,
    pub halls: Vec<(String, PlaceId)>,
    /// Behind the entrances.
    pub floor: PlaceId,
    /// Behind the doors of the conference rooms.
    pub conference: PlaceId,
    pub places: Vec<Place>,
}

/// An edition to be made.
pub struct Wanted<'a> {
    pub slug: &'a str,
    pub name: (&'a str, &'a str),
    pub series: SeriesId,
    /// Days from the demonstration's first open day: opens, closes.
    pub open: (i64, i64),
    /// Days of build-up and breakdown around them.
    pub around: (i64, i64),
    pub status: Status,
    pub template: &'a str,
    pub gross_m2: i64,
}

/// An edition that was made, with the key its badges are signed with.
pub struct Made {
    pub edition: Edition,
    pub key: SigningKey,
}

impl Made {
    /// Name and address of the edition.
    pub fn show(&self) -> Show {
        Show { id: self.edition.id, slug: self.edition.slug.clone() }
    }
}

/// Adds a series.
///
/// # Errors
/// When the database does not answer.
pub async fn series(stage: &Stage, code: &str, name: (&str, &str), kind: SeriesKind) -> Result<SeriesId, Error> {
    let at = stage.calendar.at(-560, 9 * 60);
    let id = stage.chance(code).id(at);
    let series = Series { id, code: code.to_owned(), name: Bilingual::new(name.0, name.1), kind };
    let tx = stage.app.store().begin().await?;
    record::insert_series(&tx, &series).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds the venue with its halls and rooms.
///
/// # Errors
/// When the database does not answer.
pub async fn venue(stage: &Stage) -> Result<Site, Error> {
    let mut chance = stage.chance("site");
    let at = stage.calendar.at(-560, 9 * 60);
    let venue = Venue {
        id: chance.id(at),
        code: "riverbend".to_owned(),
        name: Bilingual::new("Riverbend Exhibition Centre", "江湾会展中心"),
        city: "Shanghai".to_owned(),
        country: "CN".to_owned(),
        time_zone: stage.calendar.zone,
    };
    let mut sort = 0;
    let mut place =
        |parent: Option<PlaceId>, kind: PlaceKind, code: &str, en: &str, zh: &str, capacity: Option<i32>| {
            sort += 1;
            let hall = kind == PlaceKind::Hall;
            let rect = hall.then(|| Rect::new(0, 0, HALL_MM.0, HALL_MM.1).expect("a hall"));
            Place {
                id: chance.id(at),
                venue: venue.id,
                edition: None,
                parent,
                kind,
                code: code.to_owned(),
                name: Bilingual::new(en, zh),
                area_dm2: rect.map(|rect| rect.area_dm2()),
                capacity_persons: capacity,
                rect,
                sort,
                version: 1,
            }
        };
    let root = place(None, PlaceKind::Venue, "REC", "Riverbend Exhibition Centre", "江湾会展中心", Some(60_000));
    let top = Some(root.id);
    let mut places = vec![root];
    let mut halls = Vec::new();
    for (number, zh) in [("N1", "N1 馆"), ("N2", "N2 馆"), ("N3", "N3 馆")] {
        let hall = place(top, PlaceKind::Hall, number, &format!("Hall {number}"), zh, Some(9_500));
        halls.push((number.to_owned(), hall.id));
        let dock = place(
            Some(hall.id),
            PlaceKind::Dock,
            &format!("{number}-D"),
            &format!("Loading dock {number}"),
            &format!("{number} 卸货区"),
            None,
        );
        places.extend([hall, dock]);
    }
    let floor = place(top, PlaceKind::Zone, "FLOOR", "Show floor", "展区", Some(28_000));
    let conference = place(top, PlaceKind::Zone, "CONF", "Conference centre", "会议中心", Some(900));
    let (floor_id, conference_id) = (floor.id, conference.id);
    places.extend([floor, conference]);
    for (code, en, zh, capacity) in [
        ("M1", "Conference room M1", "M1 会议室", 400),
        ("M2", "Conference room M2", "M2 会议室", 200),
        ("M3", "Meeting room M3", "M3 洽谈室", 80),
        ("CTRL", "Control room", "总控室", 20),
        ("PRESS", "Press centre", "新闻中心", 60),
    ] {
        places.push(place(Some(conference_id), PlaceKind::Room, code, en, zh, Some(capacity)));
    }
    for (kind, code, en, zh) in [
        (PlaceKind::RegistrationArea, "REG-N", "Registration hall north", "北登录厅"),
        (PlaceKind::RegistrationArea, "REG-E", "Registration hall east", "东登录厅"),
        (PlaceKind::Yard, "YARD", "Marshalling yard", "货车轮候区"),
        (PlaceKind::Warehouse, "WH", "Bonded warehouse", "保税仓库"),
        (PlaceKind::Office, "OFFICE", "Organizer's office", "主办办公室"),
        (PlaceKind::Office, "SERVICE", "Exhibitor service centre", "展商服务中心"),
    ] {
        places.push(place(top, kind, code, en, zh, None));
    }
    let tx = stage.app.store().begin().await?;
    record::insert_venue(&tx, &venue).await?;
    store::record::venue::insert_places(&tx, &places).await?;
    tx.commit().await?;
    Ok(Site { venue: venue.id, root: places[0].id, halls, floor: floor_id, conference: conference_id, places })
}

/// Adds an edition with a fresh badge key. The key is the one thing that is not drawn from the seed: who knows the
/// seed must not be able to make badges.
///
/// # Errors
/// When the database does not answer.
pub async fn edition(stage: &mut Stage, site: &Site, wanted: &Wanted<'_>) -> Result<Made, Error> {
    let mut chance = stage.chance(wanted.slug);
    let (opens, closes) = wanted.open;
    let created = stage.calendar.at(opens - 545, 9 * 60 + 20);
    let day = |offset| stage.calendar.day(offset);
    let edition = Edition {
        id: chance.id::<EditionId>(created),
        series: wanted.series,
        slug: wanted.slug.to_owned(),
        name: Bilingual::new(wanted.name.0, wanted.name.1),
        venue: site.venue,
        time_zone: stage.calendar.zone,
        opens_on: day(opens),
        closes_on: day(closes),
        build_up_on: day(opens - wanted.around.0),
        breakdown_until: day(closes + wanted.around.1),
        status: wanted.status,
        registration_open: wanted.status != Status::Closed,
        applications_open: wanted.status != Status::Closed,
        gross_area_dm2: wanted.gross_m2 * 100,
        template: Some(wanted.template.to_owned()),
        badge_mode: BadgeMode::Signed,
        version: 1,
    };
    let secret = app::chance::bytes::<32>();
    let key = SigningKey::from_bytes(&secret);
    let tx = stage.app.store().begin().await?;
    record::insert(&tx, &edition, created).await?;
    let stored = record::EditionKey {
        key_no: 1,
        secret: secret.to_vec(),
        public: key.verifying_key().to_bytes().to_vec(),
        active: true,
    };
    record::insert_key(&tx, chance.uuid(created), edition.id, &stored, created).await?;
    tx.commit().await?;
    stage.documents.push(Document {
        id: edition.id.uuid(),
        edition: None,
        kind: "edition",
        title: edition.name.en.clone(),
        subtitle: edition.name.zh.clone(),
        link: templates::links::edition::today(&edition.slug).to_string(),
        tokens: domain::search::index_tokens([&*edition.name.en, &*edition.name.zh, &*edition.slug]),
    });
    let fact = domain::journal::Fact::new("edition.created", edition.subject(), edition.id);
    let director = stage.actor(stage.member(domain::access::Role::Director).id);
    stage.tell(created, &director, [fact]);
    Ok(Made { edition, key })
}
