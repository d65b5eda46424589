//! Inviting visitors: what is left, who was invited, what came of it.

use chrono_tz::Tz;
use domain::registration::{
    allowance::Account,
    invitation::{InvitationRow, Reached, State},
};
use maud::{Markup, html};

use crate::{
    FormState, Icon, Lang, PortalShell, Tone,
    components::{Button, Pager, Tile, card, empty_state, progress, tiles},
    links,
    organizer::voucher::{invitation_table, invite_fields},
};

/// The page.
pub struct InvitationsPage<'a> {
    pub account: Account,
    pub reached: Reached,
    pub rows: &'a [InvitationRow],
    /// The invitation to go on before, if there are more.
    pub next: Option<String>,
    /// What is shown is not the beginning.
    pub later: bool,
    pub form: &'a FormState,
    pub zone: Tz,
}

impl InvitationsPage<'_> {
    /// The page.
    pub fn render(&self, shell: &PortalShell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            (self.figures(lang))
            div.with-aside {
                div.stack { (card(&lang.t("invitation-title"), &self.remind(lang), &self.list(lang))) }
                div.stack { (card(&lang.t("invitation-new"), &html! {}, &self.invite(lang))) }
            }
        };
        shell
            .page(lang.t("portal-invitations"))
            .crumb(lang.t("portal-home"), links::portal::home())
            .subtitle(html! { p.muted { (lang.t("portal-invitations-hint")) } })
            .body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let (a, r) = (self.account, self.reached);
        tiles(&[
            Tile::new(lang.t("allowance-left"), lang.number(a.left())).icon(Icon::Ticket).picture(progress(
                lang,
                a.used,
                a.allowed,
                Tone::Accent,
            )),
            Tile::new(lang.t("voucher-invited"), lang.number(r.sent))
                .icon(Icon::Send)
                .hint(lang.with("voucher-opened", &[("count", r.opened.into())])),
            Tile::new(lang.t("voucher-redeemed"), lang.number(r.registered)).icon(Icon::UserCheck),
            Tile::new(lang.t("voucher-came"), lang.number(r.came)).icon(Icon::Gate),
        ])
    }

    fn remind(&self, lang: Lang) -> Markup {
        html! {
            @if !self.rows.is_empty() {
                (Button::post(lang.t("invitation-remind"), links::voucher::portal_remind()).ghost().small().icon(Icon::Bell)
                    .confirm(lang.t("invitation-remind-question")))
            }
        }
    }

    fn list(&self, lang: Lang) -> Markup {
        if self.rows.is_empty() {
            return empty_state(Icon::Send, &lang.t("invitation-none"), &lang.t("portal-invitations-none"), &html! {});
        }
        let withdraw = |row: &InvitationRow| {
            matches!(row.state(), State::Sent | State::Opened)
                .then(|| links::voucher::portal_withdraw(row.invitation.id))
        };
        html! {
            (invitation_table(lang, self.zone, self.rows, |row| html! { (row.invitation.name) }, withdraw))
            @if self.next.is_some() || self.later {
                (Pager::new(lang, self.rows.len()).first(self.later.then(links::voucher::portal))
                    .next(self.next.as_ref().map(|before| links::voucher::portal().query(&[("before", before)]))))
            }
        }
    }

    fn invite(&self, lang: Lang) -> Markup {
        if self.account.left() == 0 && self.form.is_clean() {
            return html! { p.muted { (lang.t("allowance-spent")) } };
        }
        invite_fields(lang, self.form, links::voucher::portal())
    }
}
