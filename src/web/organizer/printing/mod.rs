//! Printing: the print room, the log, stations, layouts, many badges in one go.

mod bulk;
mod editor;
mod layouts;
mod room;
mod stations;

use crate::{
    Need, Surface,
    answer::{Answer, Fail, see_other_saying},
};
use app::Error;
use domain::access::Permission::{ExportData, RegistrationEdit, RegistrationRead};
use templates::{Flash, Href};

pub(crate) use room::card_of;

pub(crate) fn routes(s: &mut Surface) {
    let (read, edit) = (Need::Staff(RegistrationRead), Need::Staff(RegistrationEdit));
    s.get("/e/{edition}/registration/printing", read, room::room);
    s.get("/e/{edition}/registration/printing/log", read, room::log);
    s.get("/e/{edition}/registration/printing/log.{format}", Need::Staff(ExportData), room::export);
    s.post("/e/{edition}/registration/printing/jobs/{job}/{deed}", edit, room::act);
    s.post("/e/{edition}/registration/{registration}/print", edit, room::print);
    s.post("/e/{edition}/registration/printing/stations", edit, stations::create);
    s.get("/e/{edition}/registration/printing/stations/new", edit, stations::new);
    s.get("/e/{edition}/registration/printing/stations/{station}", edit, stations::show);
    s.post("/e/{edition}/registration/printing/stations/{station}", edit, stations::change);
    s.post("/e/{edition}/registration/printing/stations/{station}/{deed}", edit, stations::act);
    s.get("/e/{edition}/registration/printing/layouts", read, layouts::list);
    s.post("/e/{edition}/registration/printing/layouts", edit, editor::create);
    s.get("/e/{edition}/registration/printing/layouts/new", edit, editor::new);
    s.post("/e/{edition}/registration/printing/layouts/preview", edit, editor::preview);
    s.get("/e/{edition}/registration/printing/layouts/{layout}", edit, editor::show);
    s.post("/e/{edition}/registration/printing/layouts/{layout}", edit, editor::save);
    s.post("/e/{edition}/registration/printing/layouts/{layout}/restore", edit, layouts::restore);
    s.post("/e/{edition}/registration/printing/layouts/{layout}/remove", edit, layouts::remove);
    s.get("/e/{edition}/registration/printing/layouts/{layout}/{file}", read, layouts::file);
    s.post("/e/{edition}/registration/printing/logos", edit, layouts::keep_logo);
    s.get("/e/{edition}/registration/printing/logos/{logo}", read, layouts::logo);
    s.get("/e/{edition}/registration/printing/bulk", read, bulk::page_of);
    s.post("/e/{edition}/registration/printing/bulk", edit, bulk::print);
    s.get("/e/{edition}/registration/printing/bulk/{batch}/badges.pdf", read, bulk::file);
    s.post("/e/{edition}/registration/printing/bulk/{batch}/cancel", edit, bulk::cancel);
}

/// A deed without a form of its own: what the rules refused is said on the page it came from.
fn done(to: &Href, said: &str, outcome: Result<(), Error>) -> Answer {
    match outcome {
        Ok(()) => see_other_saying(to, &Flash::good(said)),
        Err(error) => refused_there(to, error),
    }
}

/// Says on a page what was refused.
fn refused_there(to: &Href, error: Error) -> Answer {
    let refusal = match error {
        Error::Refused(list) => list.into_iter().next().ok_or(Fail::Missing)?,
        Error::Stale => domain::Refusal::conflict("stale"),
        other => return Err(other.into()),
    };
    let mut flash = Flash::bad(format!("refusal-{}", refusal.code));
    for (name, value) in &refusal.params {
        flash = flash.with(name, value);
    }
    see_other_saying(to, &flash)
}
