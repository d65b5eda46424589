//! From the markup of a picture to its shapes.

use super::style::{Element, Look, Sheet};
use crate::Error;
use kurbo::{Affine, BezPath, Circle, Ellipse, Point, Rect, RoundedRect, Shape as _};
use roxmltree::{Document, Node};

/// How exactly circles become curves, in pixels.
const EXACT: f64 = 0.05;
/// Elements nested deeper than any picture of ours.
const DEEPEST: usize = 40;

/// A picture as shapes, in pixels.
pub(super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) parts: Vec<Part>,
}

/// A shape, or some of them seen through a window.
pub(super) enum Part {
    Path { path: BezPath, look: Look },
    Text { at: Point, turn: Affine, text: String, look: Look },
    Window { window: Rect, parts: Vec<Part> },
}

/// Reads the markup of an `svg` element.
pub(super) fn drawing(markup: &str, around: &[&str], sheet: &Sheet) -> Result<Drawing, Error> {
    let broken = |what: String| Error::Outside(format!("a picture cannot be read: {what}"));
    let document = Document::parse(markup).map_err(|error| broken(error.to_string()))?;
    let root = document.root_element();
    let view = view_box(&root);
    let size = |name: &str, other: f64| number(&root, name).unwrap_or(other);
    let (width, height) = match view {
        Some(view) => (size("width", view.width()), size("height", view.height())),
        None => (size("width", 0.0), size("height", 0.0)),
    };
    if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
        return Err(broken("it has no size".to_owned()));
    }
    let mut path: Vec<Element> = around
        .iter()
        .map(|classes| Element { tag: "div".to_owned(), classes: classes.split(' ').map(str::to_owned).collect() })
        .collect();
    let mut look = sheet.root();
    for depth in 1..=path.len() {
        look = sheet.look(&look, &path[..depth], &[]);
    }
    // A picture of a page steps back in size, never its window.
    look.opacity = 1.0;
    let mut reader = Reader { sheet, path: std::mem::take(&mut path), parts: Vec::new() };
    reader.enter(&root, &look, inner(view, width, height), 0);
    Ok(Drawing { width, height, parts: reader.parts })
}

/// What turns the inside of an `svg` element into its outside.
fn inner(view: Option<Rect>, width: f64, height: f64) -> Affine {
    let Some(view) = view.filter(|view| view.width() > 0.0 && view.height() > 0.0) else { return Affine::IDENTITY };
    let scale = (width / view.width()).min(height / view.height());
    Affine::scale(scale) * Affine::translate((-view.x0, -view.y0))
}

struct Reader<'a> {
    sheet: &'a Sheet,
    path: Vec<Element>,
    parts: Vec<Part>,
}

impl Reader<'_> {
    fn enter(&mut self, node: &Node<'_, '_>, around: &Look, turn: Affine, depth: usize) {
        if !node.is_element() || depth > DEEPEST {
            return;
        }
        let tag = node.tag_name().name();
        if matches!(tag, "title" | "desc" | "defs" | "style" | "script" | "marker" | "pattern" | "clipPath" | "mask") {
            return;
        }
        let classes = node.attribute("class").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        self.path.push(Element { tag: tag.to_owned(), classes });
        let own: Vec<(&str, &str)> = node.attributes().map(|one| (one.name(), one.value())).collect();
        let look = self.sheet.look(around, &self.path, &own);
        if !look.hidden {
            let turn = turn * transform(node.attribute("transform").unwrap_or_default());
            match tag {
                "text" => self.text(node, &look, turn),
                "svg" if depth > 0 => self.window(node, &look, turn, depth),
                "svg" | "g" | "a" => {
                    for child in node.children() {
                        self.enter(&child, &look, turn, depth + 1);
                    }
                }
                _ => {
                    if let Some(mut path) = shape(node, tag) {
                        path.apply_affine(turn);
                        self.parts.push(Part::Path { path, look });
                    }
                }
            }
        }
        self.path.pop();
    }

    /// A picture within the picture: cut at its edge.
    fn window(&mut self, node: &Node<'_, '_>, look: &Look, turn: Affine, depth: usize) {
        let get = |name| number(node, name).unwrap_or(0.0);
        let view = view_box(node);
        let size = |name, side: fn(&Rect) -> f64| number(node, name).or(view.as_ref().map(side)).unwrap_or(0.0);
        let (width, height) = (size("width", Rect::width), size("height", Rect::height));
        let place = turn * Affine::translate((get("x"), get("y")));
        let window = place.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        let outside = std::mem::take(&mut self.parts);
        for child in node.children() {
            self.enter(&child, look, place * inner(view, width, height), depth + 1);
        }
        let parts = std::mem::replace(&mut self.parts, outside);
        self.parts.push(Part::Window { window, parts });
    }

    /// A line of text; parts of it with a look of their own follow each other.
    fn text(&mut self, node: &Node<'_, '_>, look: &Look, turn: Affine) {
        let at = Point::new(number(node, "x").unwrap_or(0.0), number(node, "y").unwrap_or(0.0));
        let mut runs: Vec<(String, Look)> = Vec::new();
        for child in node.children() {
            if child.is_text() {
                runs.push((child.text().unwrap_or_default().to_owned(), look.clone()));
            } else if child.tag_name().name() == "tspan" {
                let classes =
                    child.attribute("class").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
                self.path.push(Element { tag: "tspan".to_owned(), classes });
                let own: Vec<(&str, &str)> = child.attributes().map(|one| (one.name(), one.value())).collect();
                let look = self.sheet.look(look, &self.path, &own);
                self.path.pop();
                runs.push((child.text().unwrap_or_default().to_owned(), look));
            }
        }
        runs.retain(|(text, _)| !text.is_empty());
        let total: f64 = runs.iter().map(|(text, look)| width(text, look)).sum();
        let mut x = at.x - total * f64::from(look.anchor);
        for (text, mut look) in runs {
            let wide = width(&text, &look);
            look.anchor = 0.0;
            self.parts.push(Part::Text { at: Point::new(x, at.y), turn, text, look });
            x += wide;
        }
    }
}

/// Width of a run of text in pixels.
fn width(text: &str, look: &Look) -> f64 {
    let face = if look.bold { super::BOLD.as_ref() } else { super::REGULAR.as_ref() };
    face.map_or(0.0, |face| f64::from(face.width(text) * look.size))
}

fn number(node: &Node<'_, '_>, name: &str) -> Option<f64> {
    node.attribute(name)?.trim_end_matches("px").parse().ok()
}

fn view_box(node: &Node<'_, '_>) -> Option<Rect> {
    let numbers = numbers(node.attribute("viewBox")?);
    let [x, y, width, height] = numbers[..] else { return None };
    Some(Rect::new(x, y, x + width, y + height))
}

fn numbers(text: &str) -> Vec<f64> {
    text.split([' ', ',', '\n']).filter(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect()
}

/// `translate`, `scale`, `rotate` and `matrix`, one after the other.
fn transform(text: &str) -> Affine {
    let mut all = Affine::IDENTITY;
    for call in text.split(')') {
        let Some((name, arguments)) = call.split_once('(') else { continue };
        let given = numbers(arguments);
        all *= match (name.trim().trim_start_matches(','), &given[..]) {
            ("translate", [x]) => Affine::translate((*x, 0.0)),
            ("translate", [x, y]) => Affine::translate((*x, *y)),
            ("scale", [both]) => Affine::scale(*both),
            ("scale", [x, y]) => Affine::scale_non_uniform(*x, *y),
            ("rotate", [angle]) => Affine::rotate(angle.to_radians()),
            ("rotate", [angle, x, y]) => Affine::rotate_about(angle.to_radians(), Point::new(*x, *y)),
            ("matrix", [a, b, c, d, e, f]) => Affine::new([*a, *b, *c, *d, *e, *f]),
            _ => Affine::IDENTITY,
        };
    }
    all
}

fn shape(node: &Node<'_, '_>, tag: &str) -> Option<BezPath> {
    let get = |name| number(node, name).unwrap_or(0.0);
    match tag {
        "path" => BezPath::from_svg(node.attribute("d")?).ok().filter(|path| !path.elements().is_empty()),
        "rect" => {
            let rect = Rect::new(get("x"), get("y"), get("x") + get("width"), get("y") + get("height"));
            let round = number(node, "rx").unwrap_or(0.0).min(rect.width() / 2.0).min(rect.height() / 2.0);
            if rect.width() <= 0.0 || rect.height() <= 0.0 {
                return None;
            }
            Some(if round > 0.0 { RoundedRect::from_rect(rect, round).to_path(EXACT) } else { rect.to_path(EXACT) })
        }
        "line" => {
            let mut path = BezPath::new();
            path.move_to((get("x1"), get("y1")));
            path.line_to((get("x2"), get("y2")));
            Some(path)
        }
        "circle" => Some(Circle::new((get("cx"), get("cy")), get("r")).to_path(EXACT)),
        "ellipse" => Some(Ellipse::new((get("cx"), get("cy")), (get("rx"), get("ry")), 0.0).to_path(EXACT)),
        "polyline" | "polygon" => {
            let numbers = numbers(node.attribute("points")?);
            let mut path = BezPath::new();
            for (at, pair) in numbers.chunks_exact(2).enumerate() {
                let point = Point::new(pair[0], pair[1]);
                if at == 0 { path.move_to(point) } else { path.line_to(point) }
            }
            if tag == "polygon" {
                path.close_path();
            }
            (!path.elements().is_empty()).then_some(path)
        }
        _ => None,
    }
}
