//! E-vouchers: a campaign gives out codes, a code opens the registration form in a category, a quota bounds how many
//! come in by it. Counts are of live registrations: who cancels gives the place back.

pub use super::voucher_code::{CODE_SORTS, CodeLine, CodeState, VoucherRow};

use super::Category;
use crate::{
    Bilingual, CampaignId, EditionId, ParticipationId, Refusal, VoucherId,
    journal::{Fact, Subject, SubjectKind},
    listing::Sortable,
    refusal::Parse,
    text::fold,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// How the codes of a campaign are used.
    Kind {
        /// One code for everybody who hears of it.
        Shared "shared",
        /// Many codes, each for one person.
        Single "single",
    }
}

codes! {
    /// Whether a campaign's codes are taken on a day.
    CampaignState {
        /// They are.
        Open "open",
        /// Not yet.
        Early "early",
        /// Not any more.
        Over "over",
        /// Somebody stopped it.
        Stopped "stopped",
    }
}

/// What campaigns can be sorted by.
pub const CAMPAIGN_SORTS: Sortable = &["-made", "name"];

/// Characters of a code: no two look alike in print.
pub const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Characters of a code we make: 50 bits, so that guessing finds nothing.
pub const CHARS: usize = 10;
/// The most codes made at once.
pub const MOST_CODES: i64 = 20_000;

/// A batch of vouchers with one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    pub id: CampaignId,
    pub edition: EditionId,
    /// The exhibitor who invites; nobody when the organizer does.
    pub participation: Option<ParticipationId>,
    pub name: String,
    /// What people become by it.
    pub category: Category,
    pub kind: Kind,
    /// How often each code may be used.
    pub uses: i32,
    /// How many may come in by the whole campaign; without bound if absent.
    pub quota: Option<i32>,
    /// First and last local day the codes are taken.
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    pub stopped: bool,
    /// For colleagues.
    pub note: String,
    pub created_by: String,
    pub created_at: DateTime<Utc>,
    pub version: i32,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    pub edition: EditionId,
    pub id: VoucherId,
    pub campaign: CampaignId,
    /// In its plain form, see [`plain`].
    pub code: String,
    pub uses: i32,
    pub stopped: bool,
    pub created_at: DateTime<Utc>,
}

/// A code in the form it is compared in: upper case, letters and digits only, full-width forms folded.
#[must_use]
pub fn plain(code: &str) -> String {
    fold(code).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// A code as people read it: in two halves when it is one of ours.
#[must_use]
pub fn shown(code: &str) -> String {
    match code.split_at_checked(CHARS / 2) {
        Some((first, second)) if code.len() == CHARS => format!("{first}-{second}"),
        _ => code.to_owned(),
    }
}

/// A code of ours from random bytes.
#[must_use]
pub fn code(chance: [u8; CHARS]) -> String {
    chance.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// A campaign as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CampaignDraft {
    pub name: String,
    pub category: String,
    pub kind: String,
    /// The shared code, chosen freely; one of ours when empty.
    pub code: String,
    /// How many single codes to make.
    pub count: String,
    pub quota: String,
    pub valid_from: String,
    pub valid_until: String,
    pub note: String,
    /// The version the editor saw; only for changes.
    pub version: String,
}

/// A sound campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignFields {
    pub name: String,
    pub category: Category,
    pub quota: Option<i32>,
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    pub note: String,
}

/// A sound wish for a new campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignWish {
    pub fields: CampaignFields,
    pub kind: Kind,
    /// Chosen by the person, in its plain form.
    pub code: Option<String>,
    /// How many codes to make; one for a shared campaign.
    pub count: usize,
}

impl CampaignDraft {
    /// Reads a new campaign.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self) -> Result<CampaignWish, Vec<Refusal>> {
        let mut p = Parse::new();
        let kind = p.choice("kind", &self.kind, Kind::parse);
        let fields = self.fields(&mut p);
        let chosen = plain(&p.optional("code", &self.code, 40));
        let code = (kind == Some(Kind::Shared) && !self.code.trim().is_empty()).then_some(chosen);
        if code.as_ref().is_some_and(|code| !(4..=24).contains(&code.len())) {
            p.refuse(Refusal::invalid("voucher-code").at("code"));
        }
        // An empty campaign is fine: its codes are made with the invitations.
        let count = match kind {
            Some(Kind::Single) if self.count.trim().is_empty() => Some(0),
            Some(Kind::Single) => p.number("count", &self.count, 0..=MOST_CODES),
            _ => Some(1),
        };
        p.finish(|| CampaignWish {
            fields: fields.expect("refused above"),
            kind: kind.expect("refused above"),
            code,
            count: usize::try_from(count.expect("refused above")).expect("within the range asked for"),
        })
    }

    /// Reads a change.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse_change(&self) -> Result<(CampaignFields, i32), Vec<Refusal>> {
        let mut p = Parse::new();
        let fields = self.fields(&mut p);
        let version = p.number("version", &self.version, 0..=i64::from(i32::MAX)).unwrap_or_default();
        let version = i32::try_from(version).expect("within the range asked for");
        p.finish(|| (fields.expect("refused above"), version))
    }

    fn fields(&self, p: &mut Parse) -> Option<CampaignFields> {
        let name = p.required("name", &self.name, 120);
        let category = p.choice("category", &self.category, Category::parse);
        let quota = (!self.quota.trim().is_empty()).then(|| p.number("quota", &self.quota, 1..=1_000_000)).flatten();
        let mut day = |field: &str, text: &str| (!text.trim().is_empty()).then(|| p.date(field, text)).flatten();
        let (from, until) = (day("valid_from", &self.valid_from), day("valid_until", &self.valid_until));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            p.refuse(Refusal::invalid("voucher-days").at("valid_until"));
        }
        let note = p.optional("note", &self.note, 1_000);
        Some(CampaignFields {
            name,
            category: category?,
            quota: quota.and_then(|n| i32::try_from(n).ok()),
            valid_from: from,
            valid_until: until,
            note,
        })
    }

    /// The change form filled with what is stored.
    #[must_use]
    pub fn of(c: &Campaign) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        Self {
            name: c.name.clone(),
            category: c.category.code().to_owned(),
            kind: c.kind.code().to_owned(),
            code: String::new(),
            count: String::new(),
            quota: c.quota.map(|n| n.to_string()).unwrap_or_default(),
            valid_from: day(c.valid_from),
            valid_until: day(c.valid_until),
            note: c.note.clone(),
            version: c.version.to_string(),
        }
    }
}

/// A new campaign.
#[must_use]
pub fn create(id: CampaignId, edition: EditionId, wish: &CampaignWish, by: &str, now: DateTime<Utc>) -> Campaign {
    let f = &wish.fields;
    Campaign {
        id,
        edition,
        participation: None,
        name: f.name.clone(),
        category: f.category,
        kind: wish.kind,
        // A shared code is bounded by the campaign's quota alone.
        uses: if wish.kind == Kind::Single { 1 } else { i32::MAX },
        quota: f.quota,
        valid_from: f.valid_from,
        valid_until: f.valid_until,
        stopped: false,
        note: f.note.clone(),
        created_by: by.to_owned(),
        created_at: now,
        version: 0,
    }
}

/// Changes a campaign. Nothing happens when nothing is different.
#[must_use]
pub fn change(old: &Campaign, fields: &CampaignFields) -> (Campaign, Vec<Fact>) {
    let f = fields.clone();
    let new = Campaign {
        name: f.name,
        category: f.category,
        quota: f.quota,
        valid_from: f.valid_from,
        valid_until: f.valid_until,
        note: f.note,
        ..old.clone()
    };
    let facts = if new == *old { Vec::new() } else { vec![old.fact("changed").with("name", new.name.clone())] };
    (new, facts)
}

impl Campaign {
    /// A fact about it.
    #[must_use]
    pub fn fact(&self, verb: &str) -> Fact {
        Fact::new(&format!("campaign.{verb}"), Subject::new(SubjectKind::Campaign, self.id), self.edition)
    }

    /// Whether its codes are taken on a local day.
    #[must_use]
    pub fn state(&self, today: NaiveDate) -> CampaignState {
        if self.stopped {
            CampaignState::Stopped
        } else if self.valid_from.is_some_and(|from| today < from) {
            CampaignState::Early
        } else if self.valid_until.is_some_and(|until| today > until) {
            CampaignState::Over
        } else {
            CampaignState::Open
        }
    }

    /// Whether it invites people by name, each with a code of the own.
    ///
    /// # Errors
    /// `voucher-shared` with one code for all; `voucher-stopped`.
    pub fn invites(&self) -> Result<(), Refusal> {
        if self.kind == Kind::Shared {
            return Err(Refusal::unmet("voucher-shared"));
        }
        if self.stopped { Err(Refusal::unmet("voucher-stopped")) } else { Ok(()) }
    }

    /// Stops or resumes it; nothing happens when it is so already.
    #[must_use]
    pub fn set_stopped(&self, stopped: bool) -> Option<(Self, Fact)> {
        let verb = if stopped { "stopped" } else { "resumed" };
        (self.stopped != stopped).then(|| (Self { stopped, ..self.clone() }, self.fact(verb)))
    }
}

/// How many live registrations came in by the code and by the whole campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    pub code: i64,
    pub campaign: i64,
}

/// Whether a code may be used today.
///
/// # Errors
/// At `voucher`: `voucher-stopped`, `voucher-early`, `voucher-expired`, `voucher-used`, `voucher-quota`. The caller
/// says `voucher-unknown` for a code that is none.
pub fn admits(campaign: &Campaign, voucher: &Voucher, used: Used, today: NaiveDate) -> Result<(), Refusal> {
    let no = |code: &str| Refusal::unmet(code).at("voucher");
    if campaign.stopped || voucher.stopped {
        return Err(no("voucher-stopped"));
    }
    if let Some(from) = campaign.valid_from.filter(|from| today < *from) {
        return Err(no("voucher-early").with("day", from));
    }
    if let Some(until) = campaign.valid_until.filter(|until| today > *until) {
        return Err(no("voucher-expired").with("day", until));
    }
    if used.code >= i64::from(voucher.uses) {
        return Err(no("voucher-used"));
    }
    if campaign.quota.is_some_and(|quota| used.campaign >= i64::from(quota)) {
        return Err(no("voucher-quota"));
    }
    Ok(())
}

/// A campaign in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignRow {
    pub campaign: Campaign,
    /// The exhibitor's company; nothing for the organizer's.
    pub company: Option<Bilingual>,
    /// The one code of a shared campaign.
    pub code: Option<String>,
    pub codes: i64,
    pub invited: i64,
    /// Live registrations by it.
    pub redeemed: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn campaign() -> (Campaign, Voucher) {
        let draft = CampaignDraft {
            name: "VIP".into(),
            category: "vip".into(),
            kind: "single".into(),
            count: "3".into(),
            quota: "2".into(),
            valid_from: "2027-01-10".into(),
            valid_until: "2027-02-10".into(),
            ..CampaignDraft::default()
        };
        let wish = draft.parse().unwrap();
        let (id, edition) = (CampaignId::from_uuid(Uuid::nil()), EditionId::from_uuid(Uuid::nil()));
        let now = "2027-01-01T00:00:00Z".parse().unwrap();
        let campaign = create(id, edition, &wish, "Ann", now);
        let voucher = Voucher {
            edition,
            id: VoucherId::from_uuid(Uuid::nil()),
            campaign: id,
            code: code([7; CHARS]),
            uses: campaign.uses,
            stopped: false,
            created_at: now,
        };
        (campaign, voucher)
    }

    #[test]
    fn a_code_is_taken_within_days_uses_and_quota() {
        let (campaign, voucher) = campaign();
        let says = |used: (i64, i64), on: &str| {
            let used = Used { code: used.0, campaign: used.1 };
            admits(&campaign, &voucher, used, day(on)).map_err(|refusal| refusal.code)
        };
        assert_eq!(says((0, 0), "2027-01-10"), Ok(()));
        assert_eq!(says((0, 1), "2027-02-10"), Ok(()));
        assert_eq!(says((0, 0), "2027-01-09"), Err("voucher-early".into()));
        assert_eq!(says((0, 0), "2027-02-11"), Err("voucher-expired".into()));
        assert_eq!(says((1, 1), "2027-01-10"), Err("voucher-used".into()));
        assert_eq!(says((0, 2), "2027-01-10"), Err("voucher-quota".into()));
        let states = ["2027-01-09", "2027-01-10", "2027-02-10", "2027-02-11"].map(|on| campaign.state(day(on)).code());
        assert_eq!(states, ["early", "open", "open", "over"]);
        let (stopped, fact) = campaign.set_stopped(true).unwrap();
        assert_eq!(stopped.state(day("2027-01-10")), CampaignState::Stopped);
        assert_eq!(fact.kind, "campaign.stopped");
        assert!(stopped.set_stopped(true).is_none());
        assert!(admits(&stopped, &voucher, Used::default(), day("2027-01-10")).is_err());
    }

    #[test]
    fn a_draft_names_what_is_wrong() {
        let draft = CampaignDraft {
            kind: "shared".into(),
            code: "a-1".into(),
            category: "king".into(),
            quota: "0".into(),
            valid_from: "2027-02-02".into(),
            valid_until: "2027-02-01".into(),
            ..CampaignDraft::default()
        };
        let fields: Vec<_> = draft.parse().unwrap_err().into_iter().filter_map(|r| r.field).collect();
        assert_eq!(fields, ["name", "category", "quota", "valid_until", "code"]);
    }

    proptest! {
        #[test]
        fn every_code_of_ours_survives_being_read_aloud(bytes in any::<[u8; CHARS]>()) {
            let code = code(bytes);
            prop_assert_eq!(plain(&shown(&code).to_lowercase()), code.clone());
            prop_assert_eq!(plain(&format!(" {} ", shown(&code))), code);
        }

        #[test]
        fn never_more_than_the_quota(order in proptest::collection::vec(any::<bool>(), 0..40)) {
            // Comings and cancellations in any order: those inside never exceed what is allowed.
            let (campaign, voucher) = campaign();
            let voucher = Voucher { uses: i32::MAX, ..voucher };
            let mut inside = 0_i64;
            for comes in order {
                let used = Used { code: inside, campaign: inside };
                if comes && admits(&campaign, &voucher, used, day("2027-01-20")).is_ok() {
                    inside += 1;
                } else if !comes && inside > 0 {
                    inside -= 1;
                }
                prop_assert!(inside <= 2);
            }
        }
    }
}
