//! The form of a stand, new or changed.

use domain::{PlaceId, sales::StandKind};
use maud::{Markup, html};

use crate::{
    FormState, Shell,
    components::{Button, Choice, card, options},
    links,
};

/// A stand's form.
pub struct StandFormPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The stand, unless it is new.
    pub stand: Option<(PlaceId, String)>,
    /// The form.
    pub form: &'a FormState,
    /// The halls.
    pub halls: &'a [(PlaceId, String)],
}

impl StandFormPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let (title, to, back) = match &self.stand {
            Some((id, number)) => (
                lang.with("sales-stand-title", &[("number", number.as_str().into())]),
                links::sales::edit_stand(self.slug, *id),
                links::sales::stand(self.slug, *id),
            ),
            None => (lang.t("sales-new-stand"), links::sales::new_stand(self.slug), links::sales::stands(self.slug)),
        };
        let halls = self.halls.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        let kinds = options(lang, "stand-kind", StandKind::ALL.iter().map(|kind| kind.code()));
        let fields = html! {
            form.form method="post" action=(to) {
                (form.summary())
                (form.hidden("version"))
                (form.select("hall", "sales-hall", halls).required())
                (form.text("number", "sales-stand-number").required().max_length(16))
                (form.select("kind", "sales-stand-kind", kinds).required())
                (form.number("area", "venue-area").unit("m²").step("0.01").min(1).hint("sales-area-hint"))
                (form.number("open_sides", "sales-open-sides").required().min(1).max(4))
                fieldset.wide {
                    legend { (lang.t("venue-rect")) }
                    p.hint { (lang.t("venue-rect-hint")) }
                    div.quad {
                        (form.number("x", "venue-x").unit("m").step("0.01").min(0))
                        (form.number("y", "venue-y").unit("m").step("0.01").min(0))
                        (form.number("w", "venue-w").unit("m").step("0.01").min(0))
                        (form.number("h", "venue-h").unit("m").step("0.01").min(0))
                    }
                }
                div.form-actions {
                    (Button::submit(lang.t("venue-save")))
                    (Button::link(lang.t("venue-cancel"), back).ghost())
                }
            }
        };
        shell.page(title).crumb(lang.t("sales-stands"), links::sales::stands(self.slug)).body(&card(
            "",
            &html! {},
            &fields,
        ))
    }
}
