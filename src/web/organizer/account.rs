//! The own account of a member of the team.

use crate::{
    Need, Surface,
    account::{Own, Shown, account_routes},
    answer::Fail,
    guard::SignedIn,
};
use app::App;
use domain::access::account::Holder;
use templates::Markup;

pub(super) fn routes(s: &mut Surface) {
    account_routes!(s, "/account", Need::SignedIn, SignedIn);
}

impl Own for SignedIn {
    const PORTAL: bool = false;

    fn holder(&self) -> Holder {
        Holder::User(self.viewer.user)
    }

    fn secret(&self) -> &str {
        &self.secret
    }

    async fn draw(&self, _: &App, shown: &Shown<'_>) -> Result<Markup, Fail> {
        Ok(shown.render(&self.shell()))
    }
}
