//! The organizer's team: one member for each role who can sign in, and colleagues who check and confirm.

use super::stage::{Member, Stage};
use app::Error;
use domain::access::{Grant, Role};
use domain::{EditionId, Locale};
use store::record::access::{User, insert_user, set_grants};

/// The password of everybody who can sign in.
pub const PASSWORD: &str = "fairlead-demo";

const MEMBERS: &[(Role, &str, Locale, bool)] = &[
    (Role::Director, "Shen Wei", Locale::En, true),
    (Role::Manager, "Katharina Brandt", Locale::En, true),
    (Role::Sales, "林悦", Locale::ZhCn, true),
    (Role::Marketing, "Marco Bellini", Locale::En, true),
    (Role::Operations, "周建国", Locale::ZhCn, true),
    (Role::HallManager, "许浩然", Locale::ZhCn, true),
    (Role::Safety, "Gao Ming", Locale::En, true),
    (Role::Registration, "陈佳怡", Locale::ZhCn, true),
    (Role::GateSupervisor, "Tang Lei", Locale::En, true),
    (Role::GateSteward, "何欣怡", Locale::ZhCn, true),
    (Role::Finance, "Sun Lihua", Locale::En, true),
    (Role::CustomerService, "罗静", Locale::ZhCn, true),
    (Role::ReadOnly, "Peter Aldous", Locale::En, true),
    (Role::Director, "丁国华", Locale::ZhCn, false),
    (Role::Manager, "Yu Zhengyang", Locale::En, false),
    (Role::Sales, "Hana Sato", Locale::En, false),
    (Role::Marketing, "程雨桐", Locale::ZhCn, false),
    (Role::Operations, "Lars Holm", Locale::En, false),
    (Role::Operations, "彭志强", Locale::ZhCn, false),
    (Role::HallManager, "Fan Xueli", Locale::En, false),
    (Role::Safety, "孟卫东", Locale::ZhCn, false),
    (Role::Registration, "Elena Rossi", Locale::En, false),
    (Role::Finance, "江敏", Locale::ZhCn, false),
    (Role::CustomerService, "Wu Siqi", Locale::En, false),
];

/// The address a role signs in with.
pub fn address(role: Role) -> String {
    format!("{}@fairlead.example", role.code().replace('_', "."))
}

/// Adds the team. Rights come with [`grant`], when there is an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn hire(stage: &mut Stage) -> Result<(), Error> {
    let mut chance = stage.chance("team");
    let hired = stage.calendar.at(-560, 9 * 60);
    let hash = app::access::password::hash(PASSWORD).await?;
    let tx = stage.app.store().begin().await?;
    for (role, name, locale, signs_in) in MEMBERS {
        let email = if *signs_in {
            address(*role)
        } else {
            super::names::address(
                &format!("{}.{}", role.code().replace('_', "."), chance.between(2, 99)),
                "fairlead.example",
            )
        };
        let user = User {
            id: chance.id(hired),
            email,
            name: (*name).to_owned(),
            password_hash: signs_in.then(|| hash.clone()),
            locale: *locale,
            admin: *signs_in && *role == Role::Director,
            active: true,
            version: 1,
        };
        insert_user(&tx, &user, hired).await?;
        stage.staff.push(Member { id: user.id, name: user.name, role: *role });
    }
    Ok(tx.commit().await?)
}

/// Gives everybody their role in the editions.
///
/// # Errors
/// When the database does not answer.
pub async fn grant(stage: &Stage, editions: &[EditionId]) -> Result<(), Error> {
    let mut chance = stage.chance("grants");
    let at = stage.calendar.at(-560, 10 * 60);
    let tx = stage.app.store().begin().await?;
    for member in &stage.staff {
        let grants: Vec<_> = editions
            .iter()
            .map(|edition| (chance.uuid(at), Grant { edition: Some(*edition), role: member.role }))
            .collect();
        set_grants(&tx, member.id, &grants).await?;
    }
    Ok(tx.commit().await?)
}
