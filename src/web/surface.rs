//! The list of routes. Declaring one says what it needs; the access matrix test holds every route to its word.

use app::App;
use axum::{
    Router,
    handler::Handler,
    http::Method,
    routing::{MethodFilter, on},
};
use domain::access::Permission;

/// What a caller must be to get past the door of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Public,
    /// Nothing, but the edition in the path must be open to the public.
    PublicEdition,
    /// A signed-in member of the team.
    SignedIn,
    /// An administrator of the installation.
    Admin,
    /// A member of the team with this right in the edition of the path.
    Staff(Permission),
    /// A signed-in exhibitor contact.
    Contact,
    /// A paired device.
    Device,
    /// The print agent of a station.
    PrintStation,
    /// A token (or, where said, a device) with this right in the edition of the path.
    Token(Permission),
    /// Any valid token.
    AnyToken,
    /// A device or a token with this right, in the edition of the path.
    DeviceOrToken(Permission),
}

/// A declared route.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Method.
    pub method: Method,
    /// Path with parameters in braces.
    pub path: &'static str,
    /// Who gets in.
    pub need: Need,
}

/// All routes so far.
#[derive(Default)]
pub struct Surface {
    router: Router<App>,
    routes: Vec<Declared>,
}

impl Surface {
    /// Declares a page or query.
    pub fn get<H, T>(&mut self, path: &'static str, need: Need, handler: H)
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, MethodFilter::GET, path, need, handler);
    }

    /// Declares an act.
    pub fn post<H, T>(&mut self, path: &'static str, need: Need, handler: H)
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, MethodFilter::POST, path, need, handler);
    }

    /// Declares a change of part of a record (API).
    pub fn patch<H, T>(&mut self, path: &'static str, need: Need, handler: H)
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::PATCH, MethodFilter::PATCH, path, need, handler);
    }

    /// Declares a removal (API).
    pub fn delete<H, T>(&mut self, path: &'static str, need: Need, handler: H)
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::DELETE, MethodFilter::DELETE, path, need, handler);
    }

    fn add<H, T>(&mut self, method: Method, filter: MethodFilter, path: &'static str, need: Need, handler: H)
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.routes.push(Declared { method, path, need });
        self.router = std::mem::take(&mut self.router).route(path, on(filter, handler));
    }

    /// What was declared, in order.
    pub fn declared(&self) -> &[Declared] {
        &self.routes
    }

    pub(crate) fn into_router(self) -> Router<App> {
        self.router
    }
}
