//! Pictures of the plan, drawn for a page or taken away as a file: pages and the interface for programs
//! share how a query becomes a picture.

use crate::earned::{AskedBuffers, AskedValue, ChainBuffers, EarnedValue, names};
use app::App;
use app::picture::{self, About, Picture};
use axum::extract::RawQuery;
use chrono::Days;
use domain::edition::Edition;
use domain::plan::commitment::{self, Commitment, Span};
use domain::plan::load::loads;
use domain::plan::picture::idle;
use domain::plan::space::chart::{Chart, ChartFilter};
use domain::plan::space::view::established;
use domain::plan::view::{Board, Filter, RowLink};
use domain::plan::{DAY, axis};
use domain::{Bilingual, TaskId};
use std::collections::HashMap;
use store::read::plan;
use templates::charts::{Poster, stack};
use templates::organizer::plan::level::Crews;
use templates::organizer::plan::space::ChartPage;
use templates::organizer::plan::watch::{ageing_posters, promise_posters};
use templates::organizer::plan::{Baseline, Gantt, GanttView, Network, NetworkView, RiskPage};
use templates::{FormState, Lang, Markup};

/// Weeks before this one whose promises are drawn.
const PROMISED_WEEKS: u64 = 12;

/// The promises of this week and those before it that the page of control figures and its pictures show.
pub(crate) async fn promises(app: &App, board: &Board) -> Result<Vec<Commitment>, app::Error> {
    let from = Span::Week.first_day(board.head.today) - Days::new(PROMISED_WEEKS * 7);
    Ok(plan::commitment::since(&app.reader(), board.sheet.edition, Span::Week, from).await?)
}

/// Columns and folds may stand several times, so a query is read as a form is.
fn asked<T: serde::de::DeserializeOwned + Default>(query: &RawQuery) -> T {
    serde_html_form::from_str(query.0.as_deref().unwrap_or_default()).unwrap_or_default()
}

/// The network a query asks for.
pub(crate) fn network_view(query: &RawQuery) -> NetworkView {
    asked(query)
}

/// The name and the spans of the baseline pictures are compared with.
type Compared = (Bilingual, HashMap<TaskId, (i64, i64)>);

/// What the picture is made from, kept while it is drawn.
pub(crate) struct Drawn {
    board: Board,
    links: Vec<RowLink>,
    filter: Filter,
    view: GanttView,
    idle: Vec<(i64, i64)>,
    /// What pictures are compared with.
    baseline: Option<Compared>,
}

impl Drawn {
    /// Reads what a picture is compared with, and the query.
    pub(crate) async fn read(app: &App, board: Board, query: &RawQuery) -> Result<Self, app::Error> {
        let frozen = store::read::plan::shown_baseline(&app.reader(), board.sheet.edition).await?;
        let minute = |at| axis::minute_at(at, board.sheet.zone);
        let baseline = frozen.map(|plan| {
            let spans = plan.frozen.tasks.iter().map(|task| (task.task, (minute(task.start), minute(task.finish))));
            (plan.baseline.name, spans.collect())
        });
        Ok(Self::new(board, query, baseline))
    }

    fn new(board: Board, query: &RawQuery, baseline: Option<Compared>) -> Self {
        // The first calendar of the network is the plan's.
        let calendar = &board.computed.network.input().calendars[0];
        let month = 31 * DAY;
        let first = board.rows.iter().map(|row| row.start).min().unwrap_or_default() - month;
        let last = board.rows.iter().map(|row| row.finish).max().unwrap_or_default() + month;
        Self {
            links: board.links(),
            filter: asked(query),
            view: asked(query),
            idle: idle(calendar, first, last),
            baseline,
            board,
        }
    }

    pub(crate) fn gantt<'a>(&'a self, slug: &'a str, lang: Lang, may_edit: bool, may_export: bool) -> Gantt<'a> {
        let (board, filter) = (&self.board, &self.filter);
        Gantt {
            slug,
            head: &board.head,
            rows: board.rows.iter().enumerate().filter(|(_, row)| filter.shows(row, &board.head.path)).collect(),
            links: &self.links,
            codes: board.rows.iter().map(|row| row.code.as_str()).collect(),
            filter,
            phases: board.phases(),
            view: &self.view,
            baseline: self
                .baseline
                .as_ref()
                .map(|(name, spans)| Baseline { name: name.get(lang.locale()).to_owned(), spans }),
            idle: &self.idle,
            may_edit,
            may_export,
        }
    }
}

/// A picture ready to be written: its sheets, or all of it as one.
pub(crate) struct Taken {
    /// Sheet by sheet.
    pub(crate) sheets: Vec<Picture>,
    /// What the file says about itself.
    pub(crate) about: About,
}

/// Draws a picture by its name; nothing for a name nobody knows. `whole`: as one picture.
pub(crate) async fn take(
    app: &App,
    edition: &Edition,
    lang: Lang,
    name: &str,
    whole: bool,
    query: &RawQuery,
) -> Result<Option<Taken>, app::Error> {
    let board = store::read::plan::board(&app.reader(), edition.id, app.now()).await?;
    let Some(board) = board else { return Ok(None) };
    let (around, drawn, title, caption): (&'static [&'static str], _, _, _) = match name {
        "gantt" => {
            let drawn = Drawn::read(app, board, query).await?;
            let gantt = drawn.gantt(&edition.slug, lang, false, false);
            let sheets = if whole { vec![gantt.poster(lang)] } else { gantt.sheets(lang) };
            (&["gantt"], sheets, lang.t("plan-gantt"), gantt.caption(lang))
        }
        "network" => {
            let (links, view) = (board.links(), network_view(query));
            let network = Network::new(&edition.slug, &board.head, &board.rows, &links, &view);
            (&["network"], vec![network.poster(lang)], lang.t("network-title"), network.caption(lang))
        }
        "risk" => {
            let posters = risk(app, edition, lang, &board, query).await?;
            (&["chart"], charts(posters, whole), lang.t("risk-title"), lang.t("risk-title"))
        }
        "crews" => {
            let (crews, needs) =
                (plan::crews(&app.reader(), edition.id).await?, plan::crew_needs(&app.reader(), edition.id).await?);
            let shown = Crews {
                slug: &edition.slug,
                head: &board.head,
                loads: &loads(&board.sheet, &board.computed, &crews, &needs),
                calendars: &[],
                form: FormState::empty(),
                may_edit: false,
            };
            (&["chart"], charts(shown.posters(lang), whole), lang.t("crew-title"), lang.t("crew-title"))
        }
        "places" => {
            let assessment = board.sheet.assess(&board.computed, app.now());
            let filter: ChartFilter = asked(query);
            let chart = Chart::of(&board, &assessment, &filter, app.now());
            let page = ChartPage {
                slug: &edition.slug,
                head: &board.head,
                chart: &chart,
                filter: &filter,
                established: established(&board, app.now()),
                faults: 0,
            };
            (&["space-chart"], vec![page.poster(lang)], lang.t("space-chart"), page.caption(lang))
        }
        "value" => {
            let asked: AskedValue = asked(query);
            let Some(read) = EarnedValue::read(app, edition, &board, &asked).await? else { return Ok(None) };
            (
                &["chart"],
                charts(read.page(edition, &board).posters(lang), whole),
                lang.t("value-title"),
                lang.t("value-title"),
            )
        }
        "buffers" => {
            let asked: AskedBuffers = asked(query);
            let Some(read) = ChainBuffers::read(app, &board, &asked).await? else { return Ok(None) };
            let names = names(&board);
            let posters = read.page(edition, &board, &names).posters(lang);
            (&["chart"], charts(posters, whole), lang.t("buffer-title"), lang.t("buffer-title"))
        }
        "promises" => {
            let promises = promises(app, &board).await?;
            let (tallies, reasons) = (commitment::tally(&promises, Span::Week), commitment::pareto(&promises));
            let posters = promise_posters(lang, &tallies, &reasons);
            (&["chart"], charts(posters, whole), lang.t("commitment-title"), lang.t("commitment-title"))
        }
        "ageing" => {
            let all = plan::deviations(&app.reader(), edition.id, None, board.head.today).await?;
            let posters = ageing_posters(lang, &all, app.now());
            (&["chart"], charts(posters, whole), lang.t("watch-ageing-title"), lang.t("watch-ageing-title"))
        }
        _ => return Ok(None),
    };
    let show = edition.name.get(lang.locale());
    let foot = format!("{show} · {}", lang.instant(app.now(), edition.time_zone));
    let about = About { title: format!("{show} · {title}"), caption, foot, language: lang.code() };
    let sheets = drawn.into_iter().map(|one| Picture { markup: one.into_string(), around }).collect();
    Ok(Some(Taken { sheets, about }))
}

/// Charts below each other, or each on a sheet of its own.
fn charts(posters: Vec<Poster>, whole: bool) -> Vec<Markup> {
    match (posters.is_empty(), whole) {
        (true, _) => Vec::new(),
        (_, true) => vec![stack(&posters)],
        _ => posters.into_iter().map(|one| one.markup).collect(),
    }
}

/// A simulation as a query names it; the latest without.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Run {
    run: String,
}

/// The pictures of a simulation.
async fn risk(
    app: &App,
    edition: &Edition,
    lang: Lang,
    board: &Board,
    query: &RawQuery,
) -> Result<Vec<Poster>, app::Error> {
    let (reader, asked) = (app.reader(), asked::<Run>(query).run);
    let run = match asked.parse() {
        Ok(id) => plan::risk_run(&reader, edition.id, id).await?,
        Err(_) => plan::latest_risk_run(&reader, edition.id).await?,
    };
    let risks = plan::risks(&reader, edition.id).await?;
    let risks = risks.iter().map(|(risk, _)| (risk.number, risk.name.clone())).collect();
    let names = names(board);
    let shown = RiskPage {
        slug: &edition.slug,
        head: &board.head,
        aims: &[],
        doubt: (0, 0, 0),
        run: run.as_ref(),
        outdated: false,
        runs: &[],
        names: &names,
        risks: &risks,
        form: FormState::empty(),
        zone: edition.time_zone,
        may_edit: false,
    };
    Ok(shown.posters(lang))
}

/// The bytes and the media type of a picture's file, `gantt.svg`; nothing for one nobody knows.
pub(crate) async fn file(
    app: &App,
    edition: &Edition,
    lang: Lang,
    file: &str,
    query: &RawQuery,
) -> Result<Option<(&'static str, Vec<u8>)>, app::Error> {
    let Some((name, format)) = file.rsplit_once('.') else { return Ok(None) };
    let whole = match format {
        "svg" => true,
        "pdf" => false,
        _ => return Ok(None),
    };
    let Some(mut taken) = take(app, edition, lang, name, whole, query).await? else { return Ok(None) };
    if taken.sheets.is_empty() {
        return Ok(None);
    }
    if whole {
        let Some(picture) = taken.sheets.pop() else { return Ok(None) };
        return Ok(Some(("image/svg+xml", picture::svg(picture, taken.about).await?)));
    }
    Ok(Some(("application/pdf", picture::pdf(taken.sheets, taken.about).await?)))
}
