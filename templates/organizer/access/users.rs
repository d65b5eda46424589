//! The members of the team: list, and the form for a new one.

use domain::access::Role;
use maud::{Markup, Render, html};

use crate::{
    Badge, FormState, Lang, Shell, Tone,
    components::{Button, Choice, Col, Icon, Table, card, cell_lines, options},
    links,
};

/// A user as the list shows it.
#[derive(Debug, Clone)]
pub struct UserLine {
    pub id: String,
    pub name: String,
    pub email: String,
    pub admin: bool,
    pub active: bool,
    /// Role code and the edition it is for; `None` for all.
    pub roles: Vec<(Role, Option<String>)>,
    /// It is the viewer: nobody switches off themselves.
    pub own: bool,
    /// A code is asked for at sign-in.
    pub second_factor: bool,
}

/// The page.
#[derive(Debug, Clone)]
pub struct UsersPage<'a> {
    pub users: &'a [UserLine],
    pub form: &'a FormState,
    /// Edition ids and names.
    pub editions: &'a [(String, String)],
}

impl UsersPage<'_> {
    /// One of each.
    pub fn samples() -> Vec<UserLine> {
        let user = |name: &str, admin, active| UserLine {
            id: "0190".into(),
            name: name.into(),
            email: "someone@fairlead.example".into(),
            admin,
            active,
            roles: vec![(Role::Director, None), (Role::Safety, Some("EASTMACH 2027".into()))],
            own: admin,
            second_factor: active,
        };
        vec![user("Lin Yue", true, true), user("王芳", false, true), user("Omar Haddad", false, false)]
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let mut editions = vec![Choice::new("", lang.t("access-all-editions"))];
        editions.extend(self.editions.iter().map(|(id, name)| Choice::new(id, name)));
        let locales =
            domain::Locale::ALL.iter().map(|l| Choice::new(l.code(), lang.term("locale", l.code()))).collect();
        let mut roles = vec![Choice::new("", lang.t("access-no-role"))];
        roles.extend(options(lang, "role", Role::ALL.iter().map(|r| r.code())));
        let add = html! {
            form.form method="post" action=(links::access::users()) {
                (form.summary())
                (form.text("name", "access-name").required())
                (form.email("email", "sign-in-email").required())
                (form.password("password", "access-first-password").required().hint("access-password-hint").autocomplete("new-password"))
                (form.select("locale", "access-language", locales))
                (form.select("role", "access-role", roles))
                (form.select("edition", "access-edition", editions))
                (form.checkbox("admin", "access-admin", "on"))
                div.form-actions { (Button::submit(lang.t("access-add-user")).icon(Icon::Plus)) }
            }
        };
        let body = html! {
            (self.table(lang))
            (card(&lang.t("access-new-user"), &"", &add))
        };
        shell.page(lang.t("nav-users")).body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("nav-users"),
            vec![
                Col::main(lang.t("access-name")),
                Col::new(lang.t("access-role")),
                Col::new(lang.t("access-state")),
                Col::actions(lang.t("access-actions")),
            ],
        );
        for user in self.users {
            let roles = html! {
                div.cluster {
                    @if user.admin { (Badge::new(lang.t("access-admin-short"), Tone::Accent)) }
                    @for (role, edition) in &user.roles {
                        (Badge::new(role_text(lang, *role, edition.as_deref()), Tone::Neutral))
                    }
                }
            };
            let state = if user.active {
                Badge::new(lang.t("access-active"), Tone::Good)
            } else {
                Badge::new(lang.t("access-off"), Tone::Bad)
            };
            let switch = if user.active { "access-switch-off" } else { "access-switch-on" };
            let state = html! {
                div.cluster {
                    (state)
                    @if user.second_factor { (Badge::new(lang.t("access-second-factor"), Tone::Neutral)) }
                }
            };
            let button = html! {
                @if !user.own {
                    div.cluster {
                        @if user.second_factor { (end_factor(lang, user)) }
                        (Button::post(lang.t(switch), links::access::user_active(&user.id))
                            .value("active", if user.active { "" } else { "on" }).small())
                    }
                }
            };
            table.row(vec![cell_lines(html! { (user.name) }, &user.email), roles, state, button]);
        }
        table.render()
    }
}

fn end_factor(lang: Lang, user: &UserLine) -> Button {
    let question = lang.with("access-factor-end-question", &[("name", user.name.as_str().into())]);
    Button::post(lang.t("access-factor-end"), links::access::user_factor_end(&user.id)).small().confirm(question)
}

fn role_text(lang: Lang, role: Role, edition: Option<&str>) -> String {
    let role = lang.term("role", role.code());
    match edition {
        Some(edition) => format!("{role} · {edition}"),
        None => role,
    }
}
