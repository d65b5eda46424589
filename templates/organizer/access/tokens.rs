//! Keys for programs: list, the form for a new one, and its value, shown once.

use chrono::{DateTime, Utc};
use domain::access::Permission;
use maud::{Markup, Render, html};

use crate::{
    Badge, FormState, Lang, Shell, Tone,
    components::{Button, Choice, Col, Icon, Table, callout, card, empty_state, options},
    links,
};

/// A token as the list shows it.
#[derive(Debug, Clone)]
pub struct TokenLine {
    pub id: String,
    pub name: String,
    pub edition: Option<String>,
    pub scopes: Vec<Permission>,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub used_at: Option<DateTime<Utc>>,
    pub revoked: bool,
}

/// The page.
#[derive(Debug, Clone)]
pub struct TokensPage<'a> {
    pub tokens: &'a [TokenLine],
    pub form: &'a FormState,
    /// Edition ids and names.
    pub editions: &'a [(String, String)],
    /// The value of the token just made.
    pub made: Option<&'a str>,
}

impl TokensPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let mut editions = vec![Choice::new("", lang.t("access-all-editions"))];
        editions.extend(self.editions.iter().map(|(id, name)| Choice::new(id, name)));
        let add = html! {
            form.form method="post" action=(links::access::tokens()) {
                (form.summary())
                (form.text("name", "access-token-name").required().hint("access-token-name-hint"))
                (form.select("edition", "access-edition", editions))
                (form.number("days", "access-token-days").min(1).max(3650).hint("access-token-days-hint"))
                (form.checks("scopes", "access-scopes", options(lang, "permission", Permission::ALL.iter().map(|p| p.code()))).required())
                div.form-actions { (Button::submit(lang.t("access-make-token")).icon(Icon::Key)) }
            }
        };
        let body = html! {
            @if let Some(secret) = self.made {
                (callout(Tone::Good, &lang.t("access-token-made"), &html! { p { code.secret { (secret) } } p { (lang.t("access-token-once")) } }))
            }
            @if self.tokens.is_empty() {
                (empty_state(Icon::Key, &lang.t("access-no-tokens"), &lang.t("access-no-tokens-hint"), &""))
            } @else { (self.table(lang)) }
            (card(&lang.t("access-new-token"), &"", &add))
        };
        shell.page(lang.t("nav-tokens")).body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("nav-tokens"),
            vec![
                Col::main(lang.t("access-token-name")),
                Col::new(lang.t("access-scopes")),
                Col::new(lang.t("access-edition")),
                Col::tight(lang.t("access-token-used")),
                Col::tight(lang.t("access-token-expires")),
                Col::actions(lang.t("access-actions")),
            ],
        );
        for token in self.tokens {
            let never = || lang.t("access-never");
            let moment = |at: Option<DateTime<Utc>>| at.map_or_else(never, |at| lang.instant(at, chrono_tz::UTC));
            let scopes: Vec<String> = token.scopes.iter().map(|p| lang.term("permission", p.code())).collect();
            let last = if token.revoked {
                Badge::new(lang.t("access-revoked"), Tone::Bad).render()
            } else {
                Button::post(lang.t("access-revoke"), links::access::token_revoke(&token.id))
                    .small()
                    .danger()
                    .confirm(lang.t("access-revoke-question"))
                    .render()
            };
            table.row(vec![
                html! { (token.name) },
                html! { span.small { (lang.list(&scopes)) } },
                html! { (token.edition.clone().unwrap_or_else(|| lang.t("access-all-editions"))) },
                html! { (moment(token.used_at)) },
                html! { (moment(token.expires_at)) },
                last,
            ]);
        }
        table.render()
    }
}
