//! What the parts of the demonstration share while it is put together: the app on a clock that can be set, the
//! calendar, the seed, and the journal that is written at the end.

use super::calendar::Calendar;
use super::chance::Chance;
use app::{App, Error, FrozenClock};
use chrono::{DateTime, Utc};
use domain::access::Role;
use domain::journal::{Actor, Fact};
use domain::{EditionId, UserId};
use std::collections::HashMap;
use std::sync::Arc;
use store::record::journal::Past;
use store::record::search::Document;

/// The stage.
pub struct Stage {
    pub app: App,
    pub clock: Arc<FrozenClock>,
    pub calendar: Calendar,
    pub seed: u64,
    /// How much of everything, in percent of the full show.
    pub percent: usize,
    /// What happened, written at the end in the order it happened.
    pub told: Vec<(DateTime<Utc>, Actor, Fact)>,
    /// What can be found.
    pub documents: Vec<Document>,
    /// The team.
    pub staff: Vec<Member>,
}

/// A member of the team.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: UserId,
    pub name: String,
    pub role: Role,
}

impl Stage {
    /// A stream of chance for a part.
    pub fn chance(&self, part: &str) -> Chance {
        Chance::stream(self.seed, part)
    }

    /// `full` cut to the size of this demonstration, but never below `least`.
    pub fn scaled(&self, full: usize, least: usize) -> usize {
        (full * self.percent / 100).max(least)
    }

    /// Tells facts by one actor at one time.
    pub fn tell(&mut self, at: DateTime<Utc>, actor: &Actor, facts: impl IntoIterator<Item = Fact>) {
        self.told.extend(facts.into_iter().map(|fact| (at, actor.clone(), fact)));
    }

    /// The first member with a role.
    pub fn member(&self, role: Role) -> &Member {
        self.staff.iter().find(|member| member.role == role).expect("every role has a member")
    }

    /// A member as an actor.
    pub fn actor(&self, user: UserId) -> Actor {
        let name = self.staff.iter().find(|member| member.id == user).map_or("", |member| member.name.as_str());
        Actor::User { id: user, name: name.to_owned() }
    }

    /// The members of each role.
    pub fn by_role(&self) -> HashMap<Role, Vec<UserId>> {
        let mut roles: HashMap<Role, Vec<UserId>> = HashMap::new();
        for member in &self.staff {
            roles.entry(member.role).or_default().push(member.id);
        }
        roles
    }

    /// Writes what was told and what can be found.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn close(&mut self) -> Result<(), Error> {
        let mut chance = self.chance("journal");
        let mut told = std::mem::take(&mut self.told);
        told.sort_by_key(|(at, ..)| *at);
        let past: Vec<Past> =
            told.into_iter().map(|(at, actor, fact)| Past { id: chance.id(at), at, actor, fact }).collect();
        let tx = self.app.store().begin().await?;
        for part in past.chunks(2_000) {
            store::record::journal::write_past(&tx, part).await?;
        }
        for part in std::mem::take(&mut self.documents).chunks(2_000) {
            store::record::search::insert(&tx, part).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Which edition is being filled, and what its pages are called.
#[derive(Clone, Debug)]
pub struct Show {
    pub id: EditionId,
    pub slug: String,
}
