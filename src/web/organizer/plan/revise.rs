//! How every change of the plan is asked for and answered: the form goes to its own address; when the change hurts,
//! or the person wants to see it first, a page shows the effect and sends the same form once more.

use crate::answer::{Answer, Fail, page, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::Staff;
use app::App;
use app::plan::{Consent, Proposal, Revisal, Saved};
use axum::extract::{FromRequest, Request};
use axum::response::Response;
use domain::plan::axis;
use domain::plan::revision::Revision;
use domain::{Bilingual, Refusal};
use serde::de::DeserializeOwned;
use templates::organizer::plan::{AddedTask, Review};
use templates::{Flash, Href, Markup};

/// A form as pairs, so that the page that asks can send it once more.
pub(super) struct Sent(pub(super) Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        let Fields(pairs) = Fields::from_request(request, state).await?;
        Ok(Sent(pairs))
    }
}

impl Sent {
    /// The value of a field, the last one sent.
    pub(super) fn value(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(have, _)| have == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field.
    pub(super) fn values(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(have, _)| have == name).map(|(_, value)| value.clone()).collect()
    }

    /// The fields as a draft.
    pub(super) fn draft<T: DeserializeOwned + Default>(&self) -> T {
        let text = serde_html_form::to_string(&self.0).unwrap_or_default();
        serde_html_form::from_str(&text).unwrap_or_default()
    }
}

/// What is asked, and where its pages are.
pub(super) struct Ask {
    pub(super) revision: Revision,
    /// Address of the form.
    pub(super) to: Href,
    /// Where it leads when it is done or given up.
    pub(super) back: Href,
    /// Shown before it is saved even when it harms nothing.
    pub(super) show: bool,
}

/// Answers a form: done, shown first, or refused with everything that is wrong.
pub(super) async fn answer<P>(
    staff: &Staff<P>,
    app: &App,
    sent: &Sent,
    ask: &Ask,
) -> Result<Result<Response, Vec<Refusal>>, Fail> {
    let act = sent.value("act");
    let consent = match act {
        "accept" => Some(Consent::Seen(sent.value("revision").parse().unwrap_or_default())),
        "preview" => None,
        _ if ask.show => None,
        _ => Some(Consent::Harmless),
    };
    let mut stale = false;
    if let Some(consent) = consent {
        match app::plan::revise(app, &staff.viewer, &staff.edition, &ask.revision, consent).await {
            Ok(Revisal::Saved(saved)) => return Ok(Ok(done(ask, &saved)?)),
            Ok(Revisal::Ask(_)) => {}
            Err(app::Error::Stale) => stale = true,
            Err(app::Error::Refused(refusals)) => return Ok(Err(refusals)),
            Err(other) => return Err(other.into()),
        }
    }
    match app::plan::propose(app, &staff.viewer, &staff.edition, &ask.revision).await {
        Ok(proposal) => Ok(Ok(review(staff, sent, ask, &proposal, stale)?)),
        Err(app::Error::Refused(refusals)) => Ok(Err(refusals)),
        Err(other) => Err(other.into()),
    }
}

/// A count as the words of a message choose by it.
pub(super) const fn how_many(count: usize) -> &'static str {
    match count {
        0 => "none",
        1 => "one",
        _ => "many",
    }
}

fn done(ask: &Ask, saved: &Saved) -> Answer {
    let flash = Flash::good("revise-saved")
        .with("what", ask.revision.word())
        .with("count", saved.codes.len())
        .with("codes", saved.codes.iter().take(6).cloned().collect::<Vec<_>>().join(", "))
        .with("moves", how_many(saved.delta.moves.len()))
        .with("moved", saved.delta.moves.len());
    see_other_saying(&ask.back, &flash)
}

/// The tasks a change adds, with the days they get.
pub(super) fn added(proposal: &Proposal) -> Vec<AddedTask> {
    let Ok(computed) = proposal.sheet.compute() else { return Vec::new() };
    let day = |code: &str| {
        let at = computed.network.find(code)?;
        let (start, finish) = (computed.schedule.early_start[at], computed.schedule.early_finish[at]);
        Some((axis::day_of(start), axis::last_day_of(start, finish)))
    };
    let tasks = proposal.set.added();
    tasks
        .filter_map(|task| Some(AddedTask { code: task.code.clone(), name: task.name.clone(), days: day(&task.code)? }))
        .collect()
}

/// The page of an effect, or its inside for a dialog.
struct Shown {
    preview: domain::plan::view::Preview,
    codes: Vec<String>,
    fields: Vec<&'static str>,
}

impl Shown {
    fn of(proposal: &Proposal) -> Shown {
        let preview = proposal.board.preview(&proposal.delta);
        Shown { preview, codes: proposal.codes(), fields: proposal.set.fields() }
    }

    fn page<'a, P>(
        &'a self,
        staff: &'a Staff<P>,
        proposal: &Proposal,
        word: &'a str,
        sent: &'a [(String, String)],
        way: (Href, Href),
    ) -> Review<'a> {
        let named = |task: &domain::plan::Task| -> (String, Bilingual) { (task.code.clone(), task.name.clone()) };
        Review {
            slug: &staff.edition.slug,
            word,
            codes: &self.codes,
            fields: &self.fields,
            added: added(proposal),
            removed: proposal.set.removed().map(named).collect(),
            preview: &self.preview,
            revision: proposal.board.sheet.revision,
            to: way.0,
            sent,
            back: way.1,
            stale: false,
        }
    }
}

fn review<P>(staff: &Staff<P>, sent: &Sent, ask: &Ask, proposal: &Proposal, stale: bool) -> Answer {
    let shown = Shown::of(proposal);
    let mut review = shown.page(staff, proposal, ask.revision.word(), &sent.0, (ask.to.clone(), ask.back.clone()));
    review.stale = stale;
    let markup = review.render(&staff.shell());
    if stale { refused(markup) } else { page(markup) }
}

/// The effect as a fragment of a dialog.
pub(super) fn fragment<P>(staff: &Staff<P>, proposal: &Proposal, word: &str) -> Markup {
    let shown = Shown::of(proposal);
    let home = templates::links::plan::home(&staff.edition.slug);
    shown.page(staff, proposal, word, &[], (home.clone(), home)).fragment(staff.ui.lang)
}
