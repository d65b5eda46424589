//! The own account of an exhibitor's contact.

use super::shell;
use crate::{
    Need, Surface,
    account::{Own, Shown, account_routes},
    answer::Fail,
    guard::Contact,
};
use app::App;
use domain::access::account::Holder;
use templates::Markup;

pub(super) fn routes(s: &mut Surface) {
    account_routes!(s, "/portal/account", Need::Contact, Contact);
}

impl Own for Contact {
    const PORTAL: bool = true;

    fn holder(&self) -> Holder {
        Holder::Contact(self.viewer.contact)
    }

    fn secret(&self) -> &str {
        &self.secret
    }

    async fn draw(&self, app: &App, shown: &Shown<'_>) -> Result<Markup, Fail> {
        Ok(shown.render(&shell(self, app).await?))
    }
}
