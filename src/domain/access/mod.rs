//! Who may do what. Denied by default: a right exists only where a row of [`Role::permissions`] grants it.

pub mod account;
pub mod second_factor;

use crate::{EditionId, TokenId, UserId, journal::Actor};
use serde::{Deserialize, Serialize};

codes! {
    /// What a caller may do within an edition.
    Permission {
        /// See the edition and its today page.
        EditionRead "edition_read",
        /// Change the edition's names, days and switches.
        EditionManage "edition_manage",
        /// See the plan.
        PlanRead "plan_read",
        /// Change tasks, dates, links.
        PlanEdit "plan_edit",
        /// Do the work: start, report, submit.
        PlanWork "plan_work",
        /// Check submitted work against its indicators.
        PlanCheck "plan_check",
        /// Confirm accepted work.
        PlanConfirm "plan_confirm",
        /// See places and the hall plan.
        VenueRead "venue_read",
        /// Change places and stands.
        VenueEdit "venue_edit",
        /// See people and companies.
        PartyRead "party_read",
        /// Change people and companies.
        PartyEdit "party_edit",
        /// See applications and stand assignments.
        SalesRead "sales_read",
        /// Decide applications, assign stands.
        SalesEdit "sales_edit",
        /// See exhibitors and their duties.
        ExhibitorRead "exhibitor_read",
        /// Invite contacts, waive duties.
        ExhibitorEdit "exhibitor_edit",
        /// See registrations.
        RegistrationRead "registration_read",
        /// Register, edit, reprint, block.
        RegistrationEdit "registration_edit",
        /// Forms, categories, consents and texts of mails; anonymize.
        RegistrationManage "registration_manage",
        /// See the live board and the scan log.
        AdmissionRead "admission_read",
        /// Gates, devices, access rules.
        AdmissionManage "admission_manage",
        /// Scan badges.
        AdmissionScan "admission_scan",
        /// Admit against a denial.
        AdmissionOverride "admission_override",
        /// Read the journal as a whole.
        JournalRead "journal_read",
        /// Give and take roles within the edition.
        AccessManage "access_manage",
        /// Download lists.
        ExportData "export_data",
    }
}

codes! {
    /// A role on the organizer's team, given for one edition or for all.
    Role {
        /// Answers for the show.
        Director "director",
        /// Runs the plan.
        Manager "manager",
        /// Sells space.
        Sales "sales",
        /// Brings visitors.
        Marketing "marketing",
        /// Runs services, contractors, logistics.
        Operations "operations",
        /// Answers for a hall.
        HallManager "hall_manager",
        /// Fire, structure, people's safety.
        Safety "safety",
        /// Registration and badges.
        Registration "registration",
        /// Leads the gates.
        GateSupervisor "gate_supervisor",
        /// Admits visitors.
        GateSteward "gate_steward",
        /// Invoices and payments.
        Finance "finance",
        /// Answers exhibitors and visitors.
        CustomerService "customer_service",
        /// Looks on.
        ReadOnly "read_only",
    }
}

impl Role {
    /// The rights of the role. One table, read by guards, navigation and the access matrix test alike.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission::*;
        match self {
            Self::Director | Self::Manager => Permission::ALL,
            Self::Sales => &[
                EditionRead,
                PlanRead,
                PlanWork,
                PlanCheck,
                PlanConfirm,
                VenueRead,
                VenueEdit,
                PartyRead,
                PartyEdit,
                SalesRead,
                SalesEdit,
                ExhibitorRead,
                ExhibitorEdit,
                ExportData,
            ],
            Self::Marketing => &[
                EditionRead,
                PlanRead,
                PlanWork,
                PlanCheck,
                PlanConfirm,
                VenueRead,
                PartyRead,
                PartyEdit,
                ExhibitorRead,
                RegistrationRead,
                AdmissionRead,
                ExportData,
            ],
            Self::Operations => &[
                EditionRead,
                PlanRead,
                PlanEdit,
                PlanWork,
                PlanCheck,
                PlanConfirm,
                VenueRead,
                VenueEdit,
                PartyRead,
                SalesRead,
                ExhibitorRead,
                ExhibitorEdit,
                AdmissionRead,
                ExportData,
            ],
            Self::HallManager => &[
                EditionRead,
                PlanRead,
                PlanWork,
                PlanCheck,
                PlanConfirm,
                VenueRead,
                SalesRead,
                ExhibitorRead,
                AdmissionRead,
            ],
            Self::Safety => {
                &[EditionRead, PlanRead, PlanWork, PlanCheck, PlanConfirm, VenueRead, ExhibitorRead, AdmissionRead]
            }
            Self::Registration => &[
                EditionRead,
                PlanRead,
                PlanWork,
                PlanCheck,
                PlanConfirm,
                VenueRead,
                PartyRead,
                PartyEdit,
                RegistrationRead,
                RegistrationEdit,
                RegistrationManage,
                AdmissionRead,
                AdmissionManage,
                AdmissionScan,
                ExportData,
            ],
            Self::GateSupervisor => &[
                EditionRead,
                PlanRead,
                PlanWork,
                VenueRead,
                RegistrationRead,
                AdmissionRead,
                AdmissionManage,
                AdmissionScan,
                AdmissionOverride,
            ],
            Self::GateSteward => &[EditionRead, AdmissionScan],
            Self::Finance => &[
                EditionRead,
                PlanRead,
                PlanWork,
                PlanCheck,
                PlanConfirm,
                PartyRead,
                SalesRead,
                ExhibitorRead,
                RegistrationRead,
                AdmissionRead,
                ExportData,
            ],
            Self::CustomerService => &[
                EditionRead,
                PlanRead,
                PlanWork,
                PlanCheck,
                VenueRead,
                PartyRead,
                PartyEdit,
                SalesRead,
                ExhibitorRead,
                ExhibitorEdit,
                RegistrationRead,
                RegistrationEdit,
            ],
            Self::ReadOnly => &[
                EditionRead,
                PlanRead,
                VenueRead,
                PartyRead,
                SalesRead,
                ExhibitorRead,
                RegistrationRead,
                AdmissionRead,
            ],
        }
    }
}

/// A role given to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// In this edition; in every edition when absent.
    pub edition: Option<EditionId>,
    /// The role.
    pub role: Role,
}

/// A caller of the organizer's side with all that decides its rights: a signed-in user or a token of one.
/// Exhibitor contacts and devices are other types and can never be passed where a viewer is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The user.
    pub user: UserId,
    /// The user's name.
    pub name: String,
    /// May administer the installation: series, editions, users.
    pub admin: bool,
    /// Roles given.
    pub grants: Vec<Grant>,
    /// Set when a token calls: its scopes cut the rights further.
    pub token: Option<TokenScope>,
}

/// How a token narrows its user's rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenScope {
    /// The token.
    pub id: TokenId,
    /// Its name.
    pub name: String,
    /// Only in this edition, if set.
    pub edition: Option<EditionId>,
    /// Only these rights.
    pub permissions: Vec<Permission>,
}

impl Viewer {
    /// Whether the caller may do this in that edition.
    pub fn may(&self, permission: Permission, edition: EditionId) -> bool {
        let within_token = self.token.as_ref().is_none_or(|token| {
            token.permissions.contains(&permission) && token.edition.is_none_or(|only| only == edition)
        });
        within_token && (self.admin || self.roles(edition).any(|role| role.permissions().contains(&permission)))
    }

    /// Whether the caller may know that the edition exists.
    pub fn sees(&self, edition: EditionId) -> bool {
        self.may(Permission::EditionRead, edition)
            || (self.token.as_ref().is_some_and(|t| t.edition.is_none_or(|only| only == edition))
                && (self.admin || self.roles(edition).next().is_some()))
    }

    /// Roles held in the edition.
    pub fn roles(&self, edition: EditionId) -> impl Iterator<Item = Role> + '_ {
        self.grants.iter().filter(move |g| g.edition.is_none_or(|e| e == edition)).map(|g| g.role)
    }

    /// May administer the installation: an administrator, or a key of one that is limited neither to an edition
    /// nor away from managing editions.
    pub fn administers(&self) -> bool {
        let widely =
            |token: &TokenScope| token.edition.is_none() && token.permissions.contains(&Permission::EditionManage);
        self.admin && self.token.as_ref().is_none_or(widely)
    }

    /// Who the journal names.
    pub fn actor(&self) -> Actor {
        match &self.token {
            Some(token) => Actor::Token { id: token.id, user: self.user, name: token.name.clone() },
            None => Actor::User { id: self.user, name: self.name.clone() },
        }
    }
}

/// A signed-in exhibitor contact: sees one participation in one edition and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalViewer {
    /// The contact.
    pub contact: crate::ContactId,
    /// Its name.
    pub name: String,
    /// The edition.
    pub edition: EditionId,
    /// The exhibitor.
    pub participation: crate::ParticipationId,
}

impl PortalViewer {
    /// Who the journal names.
    pub fn actor(&self) -> Actor {
        Actor::Contact { id: self.contact, name: self.name.clone() }
    }
}

/// Password rules: length decides (NIST SP 800-63B), plus not the address itself.
///
/// # Errors
/// Names the field `password`.
pub fn check_password(password: &str, email: &str) -> Result<(), crate::Refusal> {
    use crate::Refusal;
    let length = password.chars().count();
    if length < 10 {
        return Err(Refusal::invalid("password-short").at("password").with("min", 10));
    }
    if length > 200 {
        return Err(Refusal::invalid("too-long").at("password").with("max", 200));
    }
    let distinct: std::collections::BTreeSet<char> = password.chars().collect();
    if distinct.len() < 4 || crate::text::fold_email(password) == crate::text::fold_email(email) {
        return Err(Refusal::invalid("password-weak").at("password"));
    }
    Ok(())
}

/// A chosen password as typed.
#[derive(Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordDraft {
    /// The password.
    #[serde(skip_serializing)]
    pub password: String,
    /// Once more.
    #[serde(skip_serializing)]
    pub repeat: String,
}

/// By hand, so that a password can never reach a log.
impl std::fmt::Debug for PasswordDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordDraft").finish_non_exhaustive()
    }
}

impl PasswordDraft {
    /// Checks the password against the rules and its repetition.
    ///
    /// # Errors
    /// `password-short`, `password-weak`, `passwords-differ`.
    pub fn parse(&self, email: &str) -> Result<String, Vec<crate::Refusal>> {
        let mut read = crate::refusal::Parse::new();
        if self.password.is_empty() {
            read.refuse(crate::Refusal::invalid("required").at("password"));
        } else if let Err(refusal) = check_password(&self.password, email) {
            read.refuse(refusal);
        }
        if self.repeat != self.password {
            read.refuse(crate::Refusal::invalid("passwords-differ").at("repeat"));
        }
        read.finish(|| self.password.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn viewer(grants: Vec<Grant>) -> Viewer {
        Viewer { user: UserId::from_uuid(Uuid::nil()), name: "n".into(), admin: false, grants, token: None }
    }

    #[test]
    fn nothing_is_allowed_without_a_grant() {
        let edition = EditionId::from_uuid(Uuid::from_u128(1));
        let other = EditionId::from_uuid(Uuid::from_u128(2));
        assert!(Permission::ALL.iter().all(|p| !viewer(vec![]).may(*p, edition)));
        let here = viewer(vec![Grant { edition: Some(edition), role: Role::Director }]);
        assert!(here.may(Permission::PlanEdit, edition));
        assert!(!here.may(Permission::PlanEdit, other) && !here.sees(other));
    }

    #[test]
    fn a_token_never_widens() {
        let edition = EditionId::from_uuid(Uuid::from_u128(1));
        let mut v = viewer(vec![Grant { edition: None, role: Role::ReadOnly }]);
        v.token = Some(TokenScope {
            id: TokenId::from_uuid(Uuid::nil()),
            name: "t".into(),
            edition: None,
            permissions: vec![Permission::PlanRead, Permission::PlanEdit],
        });
        assert!(v.may(Permission::PlanRead, edition));
        assert!(!v.may(Permission::PlanEdit, edition), "the user lacks it");
        assert!(!v.may(Permission::SalesRead, edition), "the token lacks it");
    }

    #[test]
    fn weak_passwords_are_refused() {
        assert!(check_password("short", "a@b.cn").is_err());
        assert!(check_password("aaaaaaaaaaaa", "a@b.cn").is_err());
        assert!(check_password("Someone@Example.com", "someone@example.com").is_err());
        assert!(check_password("correct horse battery", "a@b.cn").is_ok());
    }

    #[test]
    fn the_repetition_must_agree() {
        let draft = PasswordDraft { password: "correct horse".into(), repeat: "correct house".into() };
        let refused = draft.parse("a@b.cn").expect_err("differs");
        assert_eq!(refused[0].field.as_deref(), Some("repeat"));
        assert!(!format!("{draft:?}").contains("horse"));
    }
}
