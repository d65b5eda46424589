//! Who was invited by whom: campaigns of the organizer, invitations by exhibitors, their people on the stands, groups,
//! a table that was imported, letters, and what the edition before came to. Drawn over the people who are there already.

use super::chance::Chance;
use super::exhibitors::Holder;
use super::people::Guest;
use super::site::Made;
use super::stage::Stage;
use app::Error;
use chrono::{DateTime, Duration, Utc};
use domain::registration::delegation::{Delegation, DelegationFields, Kind as GroupKind};
use domain::registration::intake::{Counts, Fault, Intake, OptionsDraft, State, columns};
use domain::registration::invitation::Invitation;
use domain::registration::letter::{self, Kind as LetterKind, Letter, LetterFields};
use domain::registration::turnout::{Day, goal::Goal};
use domain::registration::voucher::{self, Campaign, Kind, Voucher};
use domain::registration::{Category, Channel, Status, access, delegation};
use domain::{EditionId, Locale, ParticipationId, PartyId, Refusal, RegistrationId};
use std::collections::{BTreeMap, HashMap};
use store::record::{delegation as groups, intake as intakes, letter as letters, turnout, voucher as record};

/// Everything that is saved together.
#[derive(Default)]
struct Rows {
    campaigns: Vec<Campaign>,
    vouchers: Vec<Voucher>,
    redemptions: Vec<record::Redemption>,
    invitations: Vec<Invitation>,
    groups: Vec<(Delegation, String)>,
    members: Vec<(Delegation, Vec<RegistrationId>)>,
    letters: Vec<Letter>,
}

/// Invites, gathers and certifies.
///
/// # Errors
/// When the database does not answer.
pub async fn invite(stage: &mut Stage, made: &Made, holders: &[Holder], guests: &[Guest]) -> Result<(), Error> {
    let mut chance = stage.chance("inviting");
    let mut rows = Rows::default();
    let mut host = Host { stage, made, chance: &mut chance, rows: &mut rows };
    host.organizer(guests);
    host.exhibitors(holders, guests);
    host.staff(holders, guests);
    host.delegations(guests);
    host.letters(guests);
    let at = stage.calendar.at(-60, 11 * 60);
    for campaign in rows.campaigns.iter().filter(|campaign| campaign.participation.is_none()) {
        let fact = campaign.fact("created").with("name", campaign.name.clone()).with("codes", 0);
        let by = stage.actor(stage.member(domain::access::Role::Marketing).id);
        stage.tell(campaign.created_at.max(at), &by, [fact]);
    }
    let table = table(stage, made, &mut chance);
    let target = i32::try_from(stage.scaled(22_000, 220)).expect("a small number");
    let tx = stage.app.store().begin().await?;
    turnout::save_goal(&tx, made.edition.id, &Goal { target, reference: None, version: 0 }).await?;
    record::insert_campaigns(&tx, &rows.campaigns).await?;
    record::insert_vouchers(&tx, &rows.vouchers).await?;
    record::insert_redemptions(&tx, &rows.redemptions).await?;
    record::insert_invitations(&tx, &rows.invitations).await?;
    groups::insert(&tx, &rows.groups).await?;
    for (group, members) in &rows.members {
        groups::insert_members(&tx, (made.edition.id, group.id), members, group.created_at).await?;
    }
    letters::insert(&tx, &rows.letters).await?;
    intakes::insert(&tx, &table.0, &table.1).await?;
    intakes::insert_faults(&tx, table.0.id, &table.2).await?;
    Ok(tx.commit().await?)
}

/// What the edition before came to, day by day: it was run elsewhere.
///
/// # Errors
/// When the database does not answer.
pub async fn remember(stage: &Stage, before: EditionId) -> Result<(), Error> {
    let mut chance = stage.chance("turnout");
    let opened = stage.calendar.day(-364);
    let size = stage.scaled(17_400, 170) as f64;
    let mut days = Vec::new();
    for distance in (-2..=170_i64).rev() {
        let rush = 0.045 * (-(distance.max(0) as f64) / 11.0).exp() + 0.0022;
        let wave = if [120, 90, 60, 28].iter().any(|start| (0..6).contains(&(start - distance))) { 0.004 } else { 0.0 };
        let registered = (size * (rush + wave) * (0.8 + 0.4 * chance.unit())).round() as i64;
        let rate = if distance <= 0 { 0.985 } else { 0.80 - 0.075 * (1.0 + distance as f64).ln() };
        let came = (registered as f64 * (rate + 0.04 * (chance.unit() - 0.5)).clamp(0.2, 1.0)).round() as i64;
        days.push(Day { day: opened - Duration::days(distance), registered, came: came.min(registered) });
    }
    let tx = stage.app.store().begin().await?;
    turnout::replace_history(&tx, before, &days).await?;
    Ok(tx.commit().await?)
}

struct Host<'a> {
    stage: &'a Stage,
    made: &'a Made,
    chance: &'a mut Chance,
    rows: &'a mut Rows,
}

impl Host<'_> {
    fn campaign(&mut self, name: &str, category: Category, kind: Kind, by: Option<ParticipationId>) -> Campaign {
        let at = self.stage.calendar.at(-self.chance.between(90, 150), 10 * 60);
        Campaign {
            id: self.chance.id(at),
            edition: self.made.edition.id,
            participation: by,
            name: name.to_owned(),
            category,
            kind,
            uses: if kind == Kind::Single { 1 } else { i32::MAX },
            quota: None,
            valid_from: None,
            valid_until: Some(self.made.edition.closes_on),
            stopped: false,
            note: String::new(),
            created_by: if by.is_none() {
                self.stage.member(domain::access::Role::Marketing).name.clone()
            } else {
                String::new()
            },
            created_at: at,
            version: 1,
        }
    }

    fn voucher(&mut self, campaign: &Campaign, code: Option<&str>, at: DateTime<Utc>) -> Voucher {
        let bytes = self.chance.bytes::<{ voucher::CHARS }>();
        let voucher = Voucher {
            edition: campaign.edition,
            id: self.chance.id(at),
            campaign: campaign.id,
            code: code.map_or_else(|| voucher::code(bytes), str::to_owned),
            uses: campaign.uses,
            stopped: false,
            created_at: at,
        };
        self.rows.vouchers.push(voucher.clone());
        voucher
    }

    fn redeem(&mut self, voucher: &Voucher, guest: &Guest) {
        self.rows.redemptions.push(record::Redemption {
            edition: voucher.edition,
            registration: guest.registration.id,
            voucher: voucher.id,
            campaign: voucher.campaign,
            at: guest.registration.created_at,
        });
    }

    /// The organizer's own: a shared code of an association, letters to very important people, gifts of codes.
    fn organizer(&mut self, guests: &[Guest]) {
        let mut association = self.campaign("Machine Tool Association", Category::TradeVisitor, Kind::Shared, None);
        association.quota = Some(i32::try_from(self.stage.scaled(1_500, 30)).expect("a small number"));
        let shared = self.voucher(&association, Some("CMTA27"), association.created_at);
        let mut important = self.campaign("Ministry and club of presidents", Category::Vip, Kind::Single, None);
        important.note = "Letters by the director's office".to_owned();
        let gifts = self.campaign("Trade press reader gift", Category::TradeVisitor, Kind::Single, None);
        for guest in guests.iter().filter(|guest| guest.registration.channel == Channel::Invited) {
            match guest.registration.category {
                Category::Vip => {
                    let voucher = self.voucher(&important, None, guest.registration.created_at);
                    let one = self.invitation(&important, &voucher, guest, "");
                    self.rows.invitations.push(one);
                    self.redeem(&voucher, guest);
                }
                Category::TradeVisitor if self.chance.percent(22) => self.redeem(&shared, guest),
                _ => {}
            }
        }
        for _ in 0..self.stage.scaled(400, 20) {
            self.voucher(&gifts, None, gifts.created_at);
        }
        self.rows.campaigns.extend([association, important, gifts]);
    }

    fn invitation(&mut self, campaign: &Campaign, voucher: &Voucher, guest: &Guest, by: &str) -> Invitation {
        let d = &guest.registration.details;
        let sent_at = guest.registration.created_at - Duration::hours(self.chance.between(3, 200));
        Invitation {
            edition: campaign.edition,
            id: self.chance.id(sent_at),
            campaign: campaign.id,
            voucher: voucher.id,
            name: d.display_name.clone(),
            email: d.email.clone(),
            company: d.company.clone(),
            locale: d.locale,
            invited_by: by.to_owned(),
            sent_at,
            reminded_at: None,
            opened_at: Some(sent_at + Duration::hours(2)),
            declined_at: None,
            withdrawn_at: None,
        }
    }

    /// Two of three exhibitors invite: some of the guests came by it, others have not answered or cannot come.
    fn exhibitors(&mut self, holders: &[Holder], guests: &[Guest]) {
        let redeemed: std::collections::HashSet<RegistrationId> =
            self.rows.redemptions.iter().map(|one| one.registration).collect();
        let invited = |guest: &&Guest| {
            let r = &guest.registration;
            r.channel == Channel::Invited && r.category == Category::TradeVisitor && !redeemed.contains(&r.id)
        };
        let mut came = guests.iter().filter(invited);
        let others: Vec<&Guest> = guests.iter().filter(|g| g.registration.channel == Channel::Pre).collect();
        for (index, holder) in holders.iter().enumerate().filter(|(index, _)| index % 3 != 2) {
            let party = &holder.firm.party;
            let campaign = self.campaign(&party.name, Category::TradeVisitor, Kind::Single, Some(holder.participation));
            let many = if index == 0 { 12 } else { usize::try_from(self.chance.between(1, 6)).unwrap_or(1) };
            for guest in came.by_ref().take(many) {
                let voucher = self.voucher(&campaign, None, guest.registration.created_at);
                let one = self.invitation(&campaign, &voucher, guest, &party.name);
                self.rows.invitations.push(one);
                self.redeem(&voucher, guest);
            }
            for turn in 0..many {
                if others.is_empty() {
                    break;
                }
                let guest = others[self.chance.below(others.len())];
                self.unanswered(&campaign, guest, &party.name, turn);
            }
            self.rows.campaigns.push(campaign);
        }
    }

    /// Somebody who has not registered by the invitation.
    fn unanswered(&mut self, campaign: &Campaign, like: &Guest, by: &str, turn: usize) {
        let at = self.stage.calendar.at(-self.chance.between(5, 60), 11 * 60);
        let voucher = self.voucher(campaign, None, at);
        let opened = (!turn.is_multiple_of(3)).then(|| at + Duration::hours(5));
        let one = Invitation {
            edition: campaign.edition,
            id: self.chance.id(at),
            campaign: campaign.id,
            voucher: voucher.id,
            name: like.registration.details.display_name.clone(),
            email: format!("guest{}@invited.example", self.rows.invitations.len()),
            company: like.registration.details.company.clone(),
            locale: like.registration.details.locale,
            invited_by: by.to_owned(),
            sent_at: at,
            reminded_at: (turn % 4 == 1).then(|| at + Duration::days(4)),
            opened_at: opened,
            declined_at: (turn % 5 == 4).then(|| at + Duration::days(1)),
            withdrawn_at: None,
        };
        self.rows.invitations.push(one);
    }

    fn group(&mut self, group: Delegation, members: Vec<RegistrationId>) {
        let key = delegation::key(&self.made.key.to_bytes(), group.id);
        let hash = access::hash(&key).expect("a key of ours");
        self.rows.groups.push((group.clone(), hash));
        self.rows.members.push((group, members));
    }

    fn next_number(&self) -> i32 {
        i32::try_from(self.rows.groups.len() + 1).expect("a small number")
    }

    /// The people on the stands belong to their exhibitor.
    fn staff(&mut self, holders: &[Holder], guests: &[Guest]) {
        let mut people: HashMap<PartyId, Vec<RegistrationId>> = HashMap::new();
        for guest in guests.iter().filter(|guest| guest.registration.category == Category::ExhibitorStaff) {
            people.entry(guest.employer).or_default().push(guest.registration.id);
        }
        for holder in holders {
            let Some(members) = people.remove(&holder.firm.party.id) else { continue };
            let at = self.stage.calendar.at(-62, 10 * 60);
            let key = (self.chance.id(at), self.made.edition.id, self.next_number());
            let country = holder.firm.party.country.as_deref().unwrap_or_default();
            let name = (holder.firm.party.name.as_str(), country);
            let group = Delegation::of_exhibitor(key, holder.participation, name, "", at);
            self.group(group, members);
        }
    }

    /// A dozen delegations of people who came in as a table.
    fn delegations(&mut self, guests: &[Guest]) {
        let names = [
            ("苏州市机床行业商会", "CN"),
            ("VDW study tour", "DE"),
            ("Korea Machine Tool buyers", "KR"),
            ("宁波模具协会", "CN"),
            ("Jeju Robotics Circle", "KR"),
            ("东莞智能制造考察团", "CN"),
            ("CECIMO delegation", "BE"),
            ("重庆汽车零部件代表团", "CN"),
            ("Tamil Nadu tool makers", "IN"),
            ("广州高校实验室团组", "CN"),
        ];
        let mut imported = guests.iter().filter(|g| {
            g.registration.channel == Channel::Imported && g.registration.category == Category::TradeVisitor
        });
        for (index, (name, country)) in names.into_iter().enumerate() {
            let many = usize::try_from(self.chance.between(6, 34)).unwrap_or(6);
            let members: Vec<&Guest> = imported.by_ref().take(many).collect();
            let Some(leader) = members.first() else { return };
            let at = self.stage.calendar.at(-self.chance.between(20, 80), 14 * 60);
            let d = &leader.registration.details;
            let fields = DelegationFields {
                kind: if index % 4 == 3 { GroupKind::Company } else { GroupKind::Delegation },
                name: name.to_owned(),
                contact_name: d.display_name.clone(),
                contact_email: d.email.clone(),
                contact_phone: d.phone.clone(),
                country: country.to_owned(),
                locale: domain::registration::locale_of(country),
                category: Category::TradeVisitor,
                quota: Some(40),
                note: String::new(),
            };
            let key = (self.chance.id(at), self.made.edition.id, self.next_number());
            let group = Delegation::new(key, fields, "", at);
            self.group(group, members.iter().map(|guest| guest.registration.id).collect());
        }
    }

    /// Letters for a part of those who come from abroad.
    fn letters(&mut self, guests: &[Guest]) {
        let abroad = guests.iter().filter(|guest| {
            let r = &guest.registration;
            r.details.country != "CN" && r.status == Status::Approved && r.channel != Channel::OnSite
        });
        let mut number = 0;
        for guest in abroad {
            if !self.chance.percent(6) {
                continue;
            }
            number += 1;
            let r = &guest.registration;
            let (latin, chinese) = r.details.names();
            let arrives = self.made.edition.opens_on - chrono::Days::new(1);
            let fields = LetterFields {
                kind: LetterKind::Visa,
                name: if latin.is_empty() { chinese } else { latin },
                passport: format!(
                    "{}{:07}",
                    ["C", "N", "EB", "K"][self.chance.below(4)],
                    self.chance.between(1_000_000, 9_999_999)
                ),
                nationality: r.details.country.clone(),
                born_on: Some(self.stage.calendar.day(-self.chance.between(9_000, 22_000))),
                arrives_on: Some(arrives),
                departs_on: Some(self.made.edition.closes_on + chrono::Days::new(1)),
                locale: Locale::En,
            };
            let at = (r.created_at + Duration::hours(self.chance.between(1, 60)))
                .min(self.stage.calendar.now - Duration::minutes(9));
            let bytes = self.chance.bytes::<{ letter::CHARS }>();
            let issue = letter::Issue { id: self.chance.id(at), number, code: letter::code(bytes), by: "", now: at };
            if let Ok((letter, _)) = letter::issue(r, fields, issue) {
                self.rows.letters.push(letter);
            }
        }
    }
}

/// An import that is over: a table of an association, with rows that went back.
fn table(stage: &Stage, made: &Made, chance: &mut Chance) -> (Intake, Vec<Vec<u8>>, Vec<Fault>) {
    let at = stage.calendar.at(-34, 15 * 60);
    let heads = ["姓名", "邮箱", "手机", "公司名称", "国家/地区"].map(str::to_owned).to_vec();
    let row = |line: u32, cells: [&str; 5]| (line, cells.map(str::to_owned).to_vec());
    let sample = vec![row(2, ["张伟", "zhang.wei@association.example", "13800000001", "苏州工具有限公司", "中国"])];
    let fault = |line: u32, cells: [&str; 5], reason: Refusal| Fault {
        line,
        cells: cells.map(str::to_owned).to_vec(),
        reasons: vec![reason],
    };
    let faults = vec![
        fault(
            118,
            ["", "lab@association.example", "", "宁波模具协会", "中国"],
            Refusal::invalid("required").at("family_name"),
        ),
        fault(
            243,
            ["王芳", "wang.fang(at)association.example", "", "", "中国"],
            Refusal::invalid("not-an-email").at("email"),
        ),
        fault(
            512,
            ["李静", "lijing@association.example", "12", "", "中国"],
            Refusal::invalid("not-a-phone").at("phone"),
        ),
    ];
    let counts = Counts { rows: 640, done: 640, new: 598, updated: 0, known: 39, rejected: 3, ..Counts::default() };
    let intake = Intake {
        id: chance.id(at),
        edition: made.edition.id,
        delegation: None,
        campaign: None,
        name: "association-members.xlsx".to_owned(),
        mapping: columns::guess(&heads),
        heads,
        options: OptionsDraft::default().parse().expect("the usual choices"),
        state: State::Done,
        counts,
        placed: BTreeMap::new(),
        parts: 1,
        next_part: 1,
        stop: false,
        created_by: stage.member(domain::access::Role::Registration).name.clone(),
        created_at: at,
        touched_at: at + Duration::seconds(9),
        version: 4,
    };
    let part = serde_json::to_vec(&sample).expect("a row is JSON");
    (intake, vec![part], faults)
}
