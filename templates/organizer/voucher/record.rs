//! One campaign: what it came to, the invitations, the codes, what happened.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    journal,
    registration::{
        invitation::{InvitationRow, Reached, State},
        voucher::{CampaignRow, Kind, VoucherRow, shown},
    },
};
use maud::{Markup, Render, html};

use super::{campaign_state, code_state, days, invitation_state};
use crate::{
    FormState, Lang, Shell,
    components::{
        Button, Col, Icon, Pager, Table, Tile, card, cell_lines, definitions, dialog, exports, history, options, tiles,
    },
    links,
    organizer::registration::category,
};

/// The page of a campaign.
pub struct CampaignPage<'a> {
    pub row: &'a CampaignRow,
    pub reached: Reached,
    pub invitations: &'a [InvitationRow],
    /// The invitation to go on before, if there are more.
    pub more_invitations: Option<String>,
    pub vouchers: &'a [VoucherRow],
    /// The code to go on after, if there are more.
    pub more_vouchers: Option<String>,
    /// What is shown is not the beginning.
    pub later: bool,
    pub history: &'a [journal::Entry],
    pub form: &'a FormState,
    pub today: NaiveDate,
    pub zone: Tz,
    pub may_edit: bool,
    pub may_export: bool,
    /// Address of this site, for the shared link.
    pub base_url: &'a str,
}

impl CampaignPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let c = &self.row.campaign;
        let body = html! {
            (self.figures(lang))
            @if !self.form.is_clean() { (self.invite_form(lang, slug)) }
            div.with-aside {
                div.stack {
                    @if c.kind == Kind::Single { (card(&lang.t("invitation-title"), &self.invite_actions(lang, slug), &self.invitation_table(lang, slug))) }
                    (card(&lang.t("voucher-codes"), &self.code_actions(lang, slug), &self.code_table(lang, slug)))
                }
                div.stack {
                    (card(&lang.t("campaign-facts"), &self.edit_link(lang, slug), &self.facts(lang, slug)))
                    (card(&lang.t("registration-history"), &html! {}, &history(lang, self.zone, self.history)))
                }
            }
            @if self.may_edit && c.kind == Kind::Single {
                @if self.form.is_clean() { (dialog(lang, "invite", &lang.t("invitation-new"), &self.invite_fields(lang, slug))) }
                (dialog(lang, "codes", &lang.t("campaign-more-codes"), &self.code_fields(lang, slug)))
            }
        };
        shell
            .page(c.name.clone())
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("voucher-campaigns"), links::voucher::home(slug))
            .subtitle(html! { (category(lang, c.category.code())) (campaign_state(lang, c, self.today)) })
            .actions(self.actions(lang, slug))
            .wide()
            .body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let r = self.reached;
        let share = |part: i64, whole: i64| {
            if whole > 0 { lang.percent(part as f64 / whole as f64) } else { String::new() }
        };
        let quota = self.row.campaign.quota.map(|n| lang.with("voucher-of-quota", &[("quota", n.into())]));
        tiles(&[
            Tile::new(lang.t("voucher-codes"), lang.number(self.row.codes)).icon(Icon::Ticket),
            Tile::new(lang.t("voucher-invited"), lang.number(r.sent))
                .icon(Icon::Send)
                .hint(lang.with("voucher-opened", &[("count", r.opened.into())])),
            Tile::new(lang.t("voucher-redeemed"), lang.number(r.registered))
                .icon(Icon::UserCheck)
                .hint(quota.unwrap_or_else(|| share(r.registered, self.row.codes))),
            Tile::new(lang.t("voucher-came"), lang.number(r.came)).icon(Icon::Gate).hint(share(r.came, r.registered)),
        ])
    }

    fn actions(&self, lang: Lang, slug: &str) -> Markup {
        let c = &self.row.campaign;
        let act = |deed: &str| links::voucher::act(slug, c.id, deed);
        html! {
            @if self.may_edit {
                @if c.kind == Kind::Single && !c.stopped && self.form.is_clean() {
                    (Button::link(lang.t("intake-invite-table"), links::intake::of_campaign(slug, c.id)).icon(Icon::Upload))
                    (Button::open(lang.t("invitation-new"), "invite").primary().icon(Icon::Send))
                }
                @if c.stopped { (Button::post(lang.t("campaign-resume"), act("resume")).icon(Icon::Play)) }
                @else { (Button::post(lang.t("campaign-stop"), act("stop")).danger().icon(Icon::Pause).confirm(lang.t("campaign-stop-question"))) }
            }
        }
    }

    fn edit_link(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            @if self.may_edit {
                (Button::link(lang.t("campaign-edit"), links::voucher::edit(slug, self.row.campaign.id)).ghost().small().icon(Icon::Edit))
            }
        }
    }

    fn facts(&self, lang: Lang, slug: &str) -> Markup {
        let c = &self.row.campaign;
        let by = match &self.row.company {
            Some(company) => company.get(lang.locale()).to_owned(),
            None => lang.term("campaign-by", "organizer"),
        };
        let mut pairs = vec![
            (lang.t("campaign-by"), html! { (by) }),
            (lang.t("campaign-kind"), html! { (lang.term("campaign-kind", c.kind.code())) }),
            (lang.t("voucher-days"), days(lang, c)),
            (lang.t("campaign-quota"), html! { @if let Some(quota) = c.quota { (lang.number(quota)) } }),
            (
                lang.t("campaign-created"),
                html! { (lang.instant(c.created_at, self.zone)) @if !c.created_by.is_empty() { br; span.muted { (c.created_by) } } },
            ),
            (lang.t("campaign-note"), html! { span.lines { (c.note) } }),
        ];
        if let Some(code) = &self.row.code {
            let link = links::voucher::invited(slug, code);
            pairs.insert(0, (lang.t("voucher-code"), html! { span.code { (shown(code)) } }));
            let words = link.absolute(self.base_url);
            pairs.insert(1, (lang.t("voucher-link"), html! { a.breakable href=(link) { (words) } }));
        }
        definitions(&pairs)
    }

    fn invite_actions(&self, lang: Lang, slug: &str) -> Markup {
        let c = &self.row.campaign;
        html! {
            @if !self.invitations.is_empty() {
                (Button::link(lang.t("voucher-show-all"), links::voucher::invitations_of(slug, c.id)).ghost().small().icon(Icon::List))
            }
            @if self.may_edit && !c.stopped && !self.invitations.is_empty() {
                (Button::post(lang.t("invitation-remind"), links::voucher::act(slug, c.id, "remind")).ghost().small()
                    .icon(Icon::Bell).confirm(lang.t("invitation-remind-question")))
            }
        }
    }

    fn invite_form(&self, lang: Lang, slug: &str) -> Markup {
        card(&lang.t("invitation-new"), &html! {}, &self.invite_fields(lang, slug))
    }

    fn invite_fields(&self, lang: Lang, slug: &str) -> Markup {
        invite_fields(lang, self.form, links::voucher::act(slug, self.row.campaign.id, "invite"))
    }

    fn code_actions(&self, lang: Lang, slug: &str) -> Markup {
        let c = &self.row.campaign;
        let file = |format: &str| links::voucher::export(slug, c.id, format);
        html! {
            @if self.row.codes > 0 {
                (Button::link(lang.t("voucher-show-all"), links::voucher::codes_of(slug, c.id)).ghost().small().icon(Icon::List))
            }
            @if self.may_export && self.row.codes > 0 {
                (exports(lang, file))
            }
            @if self.may_edit && c.kind == Kind::Single {
                (Button::open(lang.t("campaign-more-codes"), "codes").ghost().small().icon(Icon::Plus))
            }
        }
    }

    fn code_fields(&self, lang: Lang, slug: &str) -> Markup {
        let state = FormState::empty();
        let form = state.fields(lang);
        html! {
            form.form.narrow method="post" action=(links::voucher::act(slug, self.row.campaign.id, "codes")) {
                (form.number("count", "campaign-how-many").required().min(1).max(domain::registration::voucher::MOST_CODES).within("codes"))
                div.form-actions { (Button::submit(lang.t("campaign-more-codes")).icon(Icon::Plus)) }
            }
        }
    }

    fn invitation_table(&self, lang: Lang, slug: &str) -> Markup {
        if self.invitations.is_empty() {
            return html! { p.muted { (lang.t("invitation-none")) } };
        }
        let withdraw = |row: &InvitationRow| {
            let may = self.may_edit && matches!(row.state(), State::Sent | State::Opened);
            may.then(|| links::voucher::withdraw(slug, self.row.campaign.id, row.invitation.id))
        };
        let who = |row: &InvitationRow| match row.registration {
            Some(id) => html! { a href=(links::registration::record(slug, id)) { (row.invitation.name) } },
            None => html! { (row.invitation.name) },
        };
        let table = invitation_table(lang, self.zone, self.invitations, who, withdraw);
        let next = self.more_invitations.as_ref();
        html! {
            (table)
            (self.pager(lang, slug, self.invitations.len(), next.map(|before| ("invited", before.as_str()))))
        }
    }

    fn pager(&self, lang: Lang, slug: &str, shown: usize, next: Option<(&str, &str)>) -> Markup {
        let record = || links::voucher::record(slug, self.row.campaign.id);
        if next.is_none() && !self.later {
            return html! {};
        }
        Pager::new(lang, shown)
            .first(self.later.then(record))
            .next(next.map(|(name, value)| record().query(&[(name, value)])))
            .render()
    }

    fn code_table(&self, lang: Lang, slug: &str) -> Markup {
        if self.vouchers.is_empty() {
            return html! { p.muted { (lang.t("voucher-none")) } };
        }
        let mut table = Table::new(
            lang.t("voucher-codes"),
            vec![
                Col::main(lang.t("voucher-code")),
                Col::tight(lang.t("voucher-state")),
                Col::num(lang.t("voucher-redeemed")),
                Col::new(lang.t("voucher-by")),
                Col::actions(lang.t("voucher-actions")),
            ],
        );
        for row in self.vouchers {
            let deed = if row.stopped { "resume" } else { "stop" };
            let link = links::voucher::code(slug, self.row.campaign.id, row.id, deed);
            let words = if row.stopped { lang.t("campaign-resume") } else { lang.t("voucher-stop") };
            table.row(vec![
                html! { span.code { (shown(&row.code)) } },
                code_state(lang, row.state()).render(),
                html! { (lang.number(row.redeemed)) },
                html! {
                    @if let Some((id, name, company)) = &row.by {
                        (cell_lines(html! { a href=(links::registration::record(slug, *id)) { (name) } }, company))
                    }
                },
                html! { @if self.may_edit { (Button::post(words, link).ghost().small()) } },
            ]);
        }
        let next = self.more_vouchers.as_ref();
        html! { (table) (self.pager(lang, slug, self.vouchers.len(), next.map(|after| ("codes", after.as_str())))) }
    }
}

/// The form that invites: one person a line.
pub(crate) fn invite_fields(lang: Lang, form: &FormState, action: crate::Href) -> Markup {
    let form = form.fields(lang);
    html! {
        form.form.narrow method="post" action=(action) {
            (form.summary())
            (form.textarea("people", "invitation-people").required().rows(6).hint("invitation-people-hint"))
            (form.select("locale", "invitation-locale", options(lang, "locale", ["en", "zh-CN"])).required().value(lang.code()))
            div.form-actions { (Button::submit(lang.t("invitation-send")).icon(Icon::Send)) }
        }
    }
}

/// Invitations with what came of each.
pub(crate) fn invitation_table(
    lang: Lang,
    zone: Tz,
    rows: &[InvitationRow],
    who: impl Fn(&InvitationRow) -> Markup,
    withdraw: impl Fn(&InvitationRow) -> Option<crate::Href>,
) -> Table {
    let mut table = Table::new(
        lang.t("invitation-title"),
        vec![
            Col::main(lang.t("registration-name")),
            Col::new(lang.t("registration-company")),
            Col::tight(lang.t("invitation-state")),
            Col::tight(lang.t("invitation-sent")),
            Col::actions(lang.t("voucher-actions")),
        ],
    );
    for row in rows {
        let one = &row.invitation;
        let reminded =
            one.reminded_at.map(|at| lang.with("invitation-reminded", &[("day", lang.moment(at, zone).into())]));
        table.row(vec![
            cell_lines(who(row), &one.email),
            html! { (one.company) },
            invitation_state(lang, row.state(), row.came).render(),
            cell_lines(lang.moment(one.sent_at, zone), &reminded.unwrap_or_default()),
            html! {
                @if let Some(link) = withdraw(row) {
                    (Button::post(lang.t("invitation-withdraw"), link).ghost().small().confirm(lang.t("invitation-withdraw-question")))
                }
            },
        ]);
    }
    table
}
