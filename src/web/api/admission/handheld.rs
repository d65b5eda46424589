//! What a device fetches for the time without network, for the scan page and for devices of other makers alike.

use super::super::{ApiFail, Body, Problem};
use super::{BatchIn, BatchOut, answer_each};
use crate::guard::{ApiDevice, LeavingApiDevice};
use app::App;
use app::admission::{self, BadgeRecord, Briefing, KnownDevice, Piece};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use chrono::NaiveDate;
use data_encoding::{BASE64, HEXLOWER};
use domain::admission::report::ReportDraft;
use domain::admission::rule::AccessRule;
use domain::admission::scan::ScanDraft;
use domain::plan::contingency;
use domain::plan::incident_view::Alarm;
use domain::registration::badge_code::{EditionTag, PublicKey};
use domain::{Bilingual, Locale};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read::admission::PassageKept;
use utoipa::{IntoParams, OpenApi, ToSchema};

/// This part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(contact, badges, passages, farewell),
    components(schemas(
        ReportIn,
        BriefingOut,
        KeyOut,
        SelfOut,
        GateOut,
        RuleOut,
        QuotaOut,
        LoadOut,
        MessageOut,
        AlarmOut,
        BadgeOut,
        PassageOut,
        BadgesOut,
        PassagesOut
    ))
)]
pub(super) struct Doc;

/// How a device is.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct ReportIn {
    /// Charge of the battery, 0 to 1.
    battery: Option<f64>,
    /// On a charger.
    charging: bool,
    /// Scans not sent yet.
    unsent: i64,
    /// Scans the server would not take.
    refused: i64,
    /// Badges it knows.
    badges: i64,
    /// When the oldest unsent scan was made, milliseconds since 1970.
    oldest_unsent_ms: Option<i64>,
    /// When badges and rules were fetched, the same.
    data_ms: Option<i64>,
    /// Milliseconds its clock is off.
    offset_ms: Option<i64>,
    /// The browser promised to keep its data.
    kept: bool,
    /// Ids of messages somebody read.
    read: Vec<String>,
}

impl From<ReportIn> for ReportDraft {
    fn from(given: ReportIn) -> Self {
        Self {
            battery: given.battery,
            charging: given.charging,
            unsent: given.unsent,
            refused: given.refused,
            badges: given.badges,
            oldest_unsent_ms: given.oldest_unsent_ms,
            data_ms: given.data_ms,
            offset_ms: given.offset_ms,
            kept: given.kept,
            read: given.read,
        }
    }
}

/// What a device needs to answer without network, but for badges and passages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BriefingOut {
    /// The server's time, milliseconds since 1970.
    now: i64,
    /// Tag of the edition inside badge codes, hexadecimal.
    edition: String,
    /// The venue's time zone.
    zone: String,
    /// Public keys of this edition and others.
    keys: Vec<KeyOut>,
    /// The device itself.
    device: SelfOut,
    /// Gates.
    gates: Vec<GateOut>,
    /// Access rules in their order.
    rules: Vec<RuleOut>,
    /// Zones with a capacity and how full they are.
    loads: Vec<LoadOut>,
    /// Verdicts need earlier passages.
    limited: bool,
    /// Groups that badges carry, for quotas; fetch badges anew when they change.
    groups: Vec<&'static str>,
    /// Words to show.
    messages: Vec<MessageOut>,
    /// Incidents that go on.
    alarms: Vec<AlarmOut>,
}

/// An incident that goes on, for every device to show.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlarmOut {
    /// Its number.
    number: i32,
    /// What it is, in English.
    hazard_en: String,
    /// In Chinese.
    hazard_zh: String,
    /// Where, in English; may be empty.
    place_en: String,
    /// In Chinese.
    place_zh: String,
    /// When it was declared, milliseconds since 1970.
    at: i64,
}

impl From<Alarm> for AlarmOut {
    fn from(alarm: Alarm) -> Self {
        let hazard = contingency::find(&alarm.entry).map(|entry| entry.hazard.clone());
        let hazard = hazard.unwrap_or_else(|| Bilingual::new(alarm.entry.as_str(), ""));
        Self {
            number: alarm.number,
            hazard_zh: hazard.get(Locale::ZhCn).to_owned(),
            hazard_en: hazard.en,
            place_zh: alarm.place.get(Locale::ZhCn).to_owned(),
            place_en: alarm.place.en,
            at: alarm.declared_at.timestamp_millis(),
        }
    }
}

/// A public key.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyOut {
    /// Tag of its edition, hexadecimal.
    edition: String,
    /// Number of the key.
    no: u8,
    /// Ed25519, hexadecimal.
    public: String,
}

/// The device as the server knows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SelfOut {
    id: String,
    name: String,
    profile: &'static str,
    /// Id of its gate.
    gate: Option<String>,
}

/// A gate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateOut {
    id: String,
    code: String,
    /// `in`, `out`, `both`.
    direction: &'static str,
    /// The zone behind it and those it lies in, innermost first.
    zones: Vec<String>,
    open: bool,
}

/// An access rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleOut {
    id: String,
    category: Option<&'static str>,
    /// A gate or a zone.
    place: Option<String>,
    days: Vec<NaiveDate>,
    /// Minute of the day.
    from: Option<u16>,
    /// Minute of the day, not included.
    until: Option<u16>,
    limit: &'static str,
    quota: Option<QuotaOut>,
    allow: bool,
}

/// The quota of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuotaOut {
    /// `company` or `delegation`.
    scope: &'static str,
    limit: i64,
}

/// How full a zone is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LoadOut {
    zone: String,
    capacity: i64,
    inside: i64,
}

/// Words from the supervisors.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageOut {
    id: String,
    text: String,
    from: String,
    /// Milliseconds since 1970.
    at: i64,
}

fn key_out(key: &PublicKey) -> KeyOut {
    KeyOut { edition: HEXLOWER.encode(&key.edition.0), no: key.key_no, public: HEXLOWER.encode(&key.bytes) }
}

fn rule_out(rule: AccessRule) -> RuleOut {
    RuleOut {
        id: rule.id.to_string(),
        category: rule.category.map(|category| category.code()),
        place: rule.place.map(|place| place.to_string()),
        days: rule.window.days,
        from: rule.window.from,
        until: rule.window.until,
        limit: rule.limit.code(),
        quota: rule.quota.map(|quota| QuotaOut { scope: quota.scope.code(), limit: quota.limit }),
        allow: rule.allow,
    }
}

impl BriefingOut {
    fn of(briefing: Briefing, known: &KnownDevice) -> Self {
        let its = &known.key.device;
        let post = briefing.checkpoint;
        let mut gates: Vec<_> = post.gates.into_values().collect();
        gates.sort_by(|a, b| a.code.cmp(&b.code));
        let gate = |gate: domain::admission::Gate| GateOut {
            id: gate.id.to_string(),
            direction: gate.direction.code(),
            zones: gate.zones.iter().map(ToString::to_string).collect(),
            open: gate.open,
            code: gate.code,
        };
        let load = |(zone, load): (domain::PlaceId, domain::admission::ZoneLoad)| LoadOut {
            zone: zone.to_string(),
            capacity: load.capacity,
            inside: load.inside,
        };
        let message = |message: domain::admission::message::Message| MessageOut {
            id: message.id.to_string(),
            text: message.text,
            from: message.sent_by,
            at: message.sent_at.timestamp_millis(),
        };
        Self {
            now: briefing.now.timestamp_millis(),
            edition: HEXLOWER.encode(&EditionTag::of(its.edition).0),
            zone: post.zone.name().to_owned(),
            keys: post.keys.iter().map(key_out).collect(),
            device: SelfOut {
                id: its.id.to_string(),
                name: its.name.clone(),
                profile: its.profile.code(),
                gate: its.gate.map(|gate| gate.to_string()),
            },
            gates: gates.into_iter().map(gate).collect(),
            rules: post.rules.into_iter().map(rule_out).collect(),
            loads: briefing.loads.into_iter().map(load).collect(),
            limited: briefing.limited,
            groups: briefing.groups.iter().map(|scope| scope.code()).collect(),
            messages: briefing.messages.into_iter().map(message).collect(),
            alarms: briefing.alarms.into_iter().map(AlarmOut::from).collect(),
        }
    }
}

/// The device says how it is and hears what is new.
pub(crate) async fn brief(
    app: &App,
    known: &KnownDevice,
    headers: &HeaderMap,
    report: ReportIn,
) -> Result<BriefingOut, ApiFail> {
    let agent = headers.get(axum::http::header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let briefing = admission::contact(app, known, &report.into(), agent).await?;
    Ok(BriefingOut::of(briefing, known))
}

/// A badge for the time without network. Name and company are sealed under a key that only the badge's code gives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BadgeOut {
    /// The first 16 bytes of the SHA-256 of its code, hexadecimal.
    h: String,
    /// Running number of the registration.
    n: i64,
    /// State.
    s: &'static str,
    /// Category.
    c: &'static str,
    /// First valid day.
    f: NaiveDate,
    /// Last valid day.
    u: NaiveDate,
    /// The reprint that is valid instead.
    r: Option<i32>,
    /// How the registration stands: `good`, `not_approved`, `unpaid`.
    t: &'static str,
    /// Groups by scope, hashed.
    g: BTreeMap<&'static str, String>,
    /// Nonce and AES-256-GCM ciphertext, base64.
    p: String,
}

impl From<BadgeRecord> for BadgeOut {
    fn from(record: BadgeRecord) -> Self {
        use domain::admission::Standing;
        let kept = record.kept;
        Self {
            h: HEXLOWER.encode(&record.handle),
            n: kept.number,
            s: kept.state.code(),
            c: kept.category.code(),
            f: kept.valid.0,
            u: kept.valid.1,
            r: kept.valid_reprint,
            t: match kept.standing {
                Standing::Good => "good",
                Standing::NotApproved => "not_approved",
                Standing::Unpaid => "unpaid",
            },
            g: record.groups.into_iter().map(|(scope, group)| (scope.code(), group)).collect(),
            p: BASE64.encode(&record.sealed),
        }
    }
}

/// An admitted passage of a known person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassageOut {
    /// The scan.
    pub(crate) id: String,
    /// Running number of the registration.
    pub(crate) n: i64,
    /// Id of the gate.
    pub(crate) g: String,
    /// `in` or `out`.
    pub(crate) d: &'static str,
    /// When it counts for, milliseconds since 1970.
    pub(crate) a: i64,
}

impl From<PassageKept> for PassageOut {
    fn from(kept: PassageKept) -> Self {
        Self {
            id: kept.id.to_string(),
            n: kept.number,
            g: kept.gate.to_string(),
            d: kept.direction.code(),
            a: kept.at.timestamp_millis(),
        }
    }
}

/// A piece of the badges.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BadgesOut {
    items: Vec<BadgeOut>,
    /// Where the next piece begins; ask with it later for what is new.
    next: String,
    /// There is more already.
    more: bool,
}

impl From<Piece<BadgeRecord>> for BadgesOut {
    fn from(piece: Piece<BadgeRecord>) -> Self {
        Self { items: piece.items.into_iter().map(Into::into).collect(), next: piece.next, more: piece.more }
    }
}

/// A piece of the passages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassagesOut {
    items: Vec<PassageOut>,
    /// Where the next piece begins; ask with it later for what is new.
    next: String,
    /// There is more already.
    more: bool,
}

impl From<Piece<PassageKept>> for PassagesOut {
    fn from(piece: Piece<PassageKept>) -> Self {
        Self { items: piece.items.into_iter().map(Into::into).collect(), next: piece.next, more: piece.more }
    }
}

/// Where a piece begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct After {
    /// `next` of the piece before; empty to begin.
    pub(crate) after: String,
}

/// A device says how it is and hears its place, gates, rules, keys, loads of zones and messages.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/device/contact", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = ReportIn,
    responses((status = 200, body = BriefingOut), (status = 401, body = Problem)))]
pub(super) async fn contact(
    device: ApiDevice,
    State(app): State<App>,
    headers: HeaderMap,
    Body(report): Body<ReportIn>,
) -> Result<Json<BriefingOut>, ApiFail> {
    Ok(Json(brief(&app, &device.known, &headers, report).await?))
}

/// Badges for the time without network: all of them piece by piece, then what is new.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/device/badges", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), After),
    responses((status = 200, body = BadgesOut), (status = 401, body = Problem)))]
pub(super) async fn badges(
    device: ApiDevice,
    State(app): State<App>,
    Query(asked): Query<After>,
) -> Result<Json<BadgesOut>, ApiFail> {
    Ok(Json(admission::badge_page(&app, device.known.key.device.edition, &asked.after).await?.into()))
}

/// Admitted passages for the time without network: all of them piece by piece, then what is new. Some come twice.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/device/passages", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), After),
    responses((status = 200, body = PassagesOut), (status = 401, body = Problem)))]
pub(super) async fn passages(
    device: ApiDevice,
    State(app): State<App>,
    Query(asked): Query<After>,
) -> Result<Json<PassagesOut>, ApiFail> {
    Ok(Json(admission::passage_page(&app, device.known.key.device.edition, &asked.after).await?.into()))
}

/// Hands in what a device scanned without network before it was withdrawn. Its key opens nothing else any more.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/device/farewell", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = BatchIn,
    responses((status = 200, body = BatchOut), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn farewell(
    device: LeavingApiDevice,
    State(app): State<App>,
    Body(given): Body<BatchIn>,
) -> Result<Json<BatchOut>, ApiFail> {
    let drafts = given.scans.into_iter().map(ScanDraft::from).collect();
    Ok(Json(BatchOut { results: answer_each(&app, device.known.by.clone(), drafts).await? }))
}
