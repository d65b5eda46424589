//! The gallery of components, and the page a device shows without a network.

use crate::{
    Need, Surface,
    answer::{Answer, page},
    guard::{Public, SignedIn},
};
use templates::{
    Href,
    gallery::GalleryPage,
    public::{Problem, ProblemPage},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/gallery", Need::SignedIn, gallery);
    s.get("/offline", Need::Public, offline);
}

async fn gallery(signed_in: SignedIn) -> Answer {
    page(GalleryPage.render(&signed_in.shell()))
}

async fn offline(public: Public) -> Answer {
    let shell = public.shell();
    let problem =
        ProblemPage { problem: Problem::Offline, home: Href::new("/"), reference: None, refusals: Vec::new() };
    page(problem.render(shell.lang, shell.page(Problem::Offline.title(shell.lang))))
}
