//! Addresses of `sales`: applications, stands and who has them.

use domain::{ApplicationId, PlaceId};

use super::{Href, segment};

fn under(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/sales{rest}", segment(edition)))
}

/// The inbox of applications.
pub fn home(edition: &str) -> Href {
    under(edition, "")
}

/// One application.
pub fn application(edition: &str, application: ApplicationId) -> Href {
    under(edition, &format!("/applications/{application}"))
}

/// The inbox as a file: `csv` or `xlsx`.
pub fn applications_export(edition: &str, format: &str) -> Href {
    under(edition, &format!("/applications/export/{}", segment(format)))
}

/// Accepts an application (POST).
pub fn accept(edition: &str, application: ApplicationId) -> Href {
    under(edition, &format!("/applications/{application}/accept"))
}

/// Declines an application (POST).
pub fn decline(edition: &str, application: ApplicationId) -> Href {
    under(edition, &format!("/applications/{application}/decline"))
}

/// Marks an application as taken back (POST).
pub fn withdraw(edition: &str, application: ApplicationId) -> Href {
    under(edition, &format!("/applications/{application}/withdraw"))
}

/// The list of stands.
pub fn stands(edition: &str) -> Href {
    under(edition, "/stands")
}

/// The list of stands as a file: `csv` or `xlsx`.
pub fn stands_export(edition: &str, format: &str) -> Href {
    under(edition, &format!("/stands/export.{}", segment(format)))
}

/// The form for a new stand.
pub fn new_stand(edition: &str) -> Href {
    under(edition, "/stands/new")
}

/// One stand.
pub fn stand(edition: &str, stand: PlaceId) -> Href {
    under(edition, &format!("/stands/{stand}"))
}

/// The form to change a stand.
pub fn edit_stand(edition: &str, stand: PlaceId) -> Href {
    under(edition, &format!("/stands/{stand}/edit"))
}

/// Gives a stand to an exhibitor (POST).
pub fn assign(edition: &str, stand: PlaceId) -> Href {
    under(edition, &format!("/stands/{stand}/assign"))
}

/// Takes a stand back (POST).
pub fn release(edition: &str, stand: PlaceId) -> Href {
    under(edition, &format!("/stands/{stand}/release"))
}
