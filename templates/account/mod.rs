//! Everybody's own account, in the frame of either door: name and language, password, second factor, other browsers.

mod setup;

pub use setup::{CodesPage, SetupPage};

use chrono_tz::UTC;
use domain::{
    Locale,
    access::account::{Account, Factor, SelfDraft, SessionLine},
};
use maud::{Markup, Render, html};

use crate::{
    Badge, FormState, Lang, Tone,
    components::{Button, Choice, Col, Icon, Table, callout, card},
    links,
    shells::{Frame, Layout},
};

/// A form of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Name and language.
    Person,
    /// The password.
    Password,
    /// Setting up a second factor.
    Begin,
    /// Ending it.
    End,
}

/// The page.
#[derive(Debug, Clone)]
pub struct AccountPage<'a> {
    /// What it is about.
    pub account: &'a Account,
    /// The portal's door instead of the staff's.
    pub portal: bool,
    /// The form that was refused, with what was typed.
    pub said: Option<(Part, &'a FormState)>,
}

impl AccountPage<'_> {
    /// With and without a second factor.
    pub fn samples() -> Vec<Account> {
        let at = |hour: i64| chrono::DateTime::from_timestamp(1_804_000_000 + hour * 3600, 0).unwrap_or_default();
        let session = |here, agent: &str| SessionLine {
            id: domain::SessionId::from_uuid(uuid::Uuid::nil()),
            here,
            created_at: at(0),
            seen_at: at(5),
            address: "203.0.113.7".into(),
            agent: agent.into(),
        };
        let sessions = vec![session(true, "Mozilla/5.0 (Windows NT 10.0) Firefox/128.0"), session(false, "curl/8.9")];
        let account = |factor, sessions| Account {
            name: "Lin Yue 林悦".into(),
            email: "director@fairlead.example".into(),
            locale: Locale::ZhCn,
            factor,
            sessions,
        };
        let left = |recovery_left| Factor::On { since: at(1), recovery_left };
        let only = vec![sessions[0].clone()];
        vec![account(Factor::Off, sessions.clone()), account(left(7), sessions), account(left(0), only)]
    }

    /// The page in a frame.
    pub fn render(&self, shell: &dyn Layout) -> Markup {
        let lang = shell.lang();
        let body = html! {
            div.columns {
                (card(&lang.t("account-person"), &"", &self.person(lang)))
                (card(&lang.t("account-password"), &"", &self.password(lang)))
                (self.factor(lang))
            }
            (self.sessions(lang))
        };
        Frame::new(shell, lang.t("account-title")).subtitle(&self.account.email).body(&body)
    }

    /// What was typed into a form, if it was that one.
    fn form(&self, part: Part) -> FormState {
        match self.said {
            Some((said, form)) if said == part => form.clone(),
            _ => FormState::empty(),
        }
    }

    fn person(&self, lang: Lang) -> Markup {
        let (name, locale) = (self.account.name.clone(), self.account.locale.code().to_owned());
        let state = match self.said {
            Some((Part::Person, form)) => form.clone(),
            _ => FormState::of(&SelfDraft { name, locale }),
        };
        let form = state.fields(lang);
        let locales = Locale::ALL.iter().map(|l| Choice::new(l.code(), lang.term("locale", l.code()))).collect();
        html! {
            form.form.narrow method="post" action=(links::account::home(self.portal)) {
                (form.summary())
                (form.text("name", "access-name").required().max_length(80).autocomplete("name"))
                (form.select("locale", "access-language", locales))
                div.form-actions { (Button::submit(lang.t("account-save"))) }
            }
        }
    }

    fn password(&self, lang: Lang) -> Markup {
        let state = self.form(Part::Password);
        let form = state.fields(lang);
        html! {
            form.form.narrow method="post" action=(links::account::password(self.portal)) {
                (form.summary())
                (form.password("current", "account-current").required())
                (form.password("password", "forgotten-password").autocomplete("new-password").required()
                    .hint("access-password-hint"))
                (form.password("repeat", "portal-repeat").autocomplete("new-password").required())
                p.muted.small { (lang.t("account-password-ends")) }
                div.form-actions { (Button::submit(lang.t("account-change-password")).icon(Icon::Key)) }
            }
        }
    }

    fn factor(&self, lang: Lang) -> Markup {
        let (badge, body) = match self.account.factor {
            Factor::Off => (Badge::new(lang.t("account-factor-off"), Tone::Neutral), self.begin(lang)),
            Factor::On { since, recovery_left } => {
                let since = lang.instant(since, UTC);
                let body = html! {
                    p { (lang.with("account-factor-since", &[("at", since.into())])) }
                    @if recovery_left <= 2 {
                        (callout(Tone::Warn, &lang.with("account-recovery-left", &[("count", recovery_left.into())]),
                            &html! { p { (lang.t("account-recovery-few")) } }))
                    } @else {
                        p.muted { (lang.with("account-recovery-left", &[("count", recovery_left.into())])) }
                    }
                    (self.end(lang))
                };
                (Badge::new(lang.t("account-factor-on"), Tone::Good), body)
            }
        };
        card(&lang.t("account-factor"), &badge, &body)
    }

    fn begin(&self, lang: Lang) -> Markup {
        let state = self.form(Part::Begin);
        let form = state.fields(lang);
        html! {
            p { (lang.t("account-factor-why")) }
            form.form.narrow method="post" action=(links::account::factor_begin(self.portal)) {
                (form.summary())
                (form.password("begin_password", "account-current").required())
                div.form-actions { (Button::submit(lang.t("account-factor-begin")).icon(Icon::Key)) }
            }
        }
    }

    fn end(&self, lang: Lang) -> Markup {
        let state = self.form(Part::End);
        let form = state.fields(lang);
        html! {
            details.end-factor open[!state.is_clean()] {
                summary { (lang.t("account-factor-end")) }
                form.form.narrow method="post" action=(links::account::factor_end(self.portal)) {
                    (form.summary())
                    (form.password("end_password", "account-current").required())
                    (form.text("end_code", "second-step-code").autocomplete("one-time-code").required().max_length(40)
                        .hint("second-step-code-hint"))
                    div.form-actions { (Button::submit(lang.t("account-factor-end")).danger()) }
                }
            }
        }
    }

    fn sessions(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("account-sessions"),
            vec![
                Col::main(lang.t("account-browser")),
                Col::new(lang.t("account-address")),
                Col::tight(lang.t("account-signed-in")),
                Col::tight(lang.t("account-seen")),
            ],
        );
        for session in &self.account.sessions {
            let here = html! { @if session.here { (Badge::new(lang.t("account-here"), Tone::Good)) } };
            let name = match session.browser() {
                Some((browser, system)) => format!("{browser} · {system}"),
                None => session.agent.chars().take(60).collect(),
            };
            table.row(vec![
                html! { div.cluster { (name) (here) } },
                html! { (session.address) },
                html! { (lang.instant(session.created_at, UTC)) },
                html! { (lang.instant(session.seen_at, UTC)) },
            ]);
        }
        let others = self.account.sessions.iter().any(|session| !session.here);
        let end = html! {
            @if others {
                (Button::post(lang.t("account-end-others"), links::account::end_others(self.portal)).small()
                    .confirm(lang.t("account-end-others-question")))
            }
        };
        card(&lang.t("account-sessions"), &end, &table.render())
    }
}
