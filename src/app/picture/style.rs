//! The looks of shapes: the rules of the style sheet that concern pictures, applied to an element.

use crate::Error;
use serde::Deserialize;
use std::collections::HashMap;
use std::rc::Rc;

/// A rule as the asset build writes it: layer, selector, declarations.
#[derive(Debug, Deserialize)]
struct Written {
    l: u32,
    s: String,
    d: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Built {
    vars: HashMap<String, String>,
    rules: Vec<Written>,
}

/// A selector between spaces: tag and classes that must all be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Compound {
    tag: String,
    classes: Vec<String>,
}

struct Rule {
    /// Layer, classes, tags, place in the sheet: what is greater wins.
    weight: (u32, usize, usize, usize),
    /// From outside to the element itself.
    parts: Vec<Compound>,
    declarations: HashMap<String, String>,
}

/// The rules for pictures.
pub(super) struct Sheet {
    vars: Rc<HashMap<String, String>>,
    rules: Vec<Rule>,
}

/// An element as rules see it.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) tag: String,
    pub(super) classes: Vec<String>,
}

/// Red, green, blue, and how much of it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Colour {
    pub(super) rgb: (u8, u8, u8),
    pub(super) alpha: f32,
}

/// The looks of a shape.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Colour>,
    pub(super) width: f32,
    pub(super) dash: Vec<f32>,
    pub(super) round: bool,
    pub(super) size: f32,
    pub(super) bold: bool,
    /// 0 start, 0.5 middle, 1 end.
    pub(super) anchor: f32,
    /// Of the shape and all groups around it.
    pub(super) opacity: f32,
    pub(super) hidden: bool,
    vars: Rc<HashMap<String, String>>,
}

impl Sheet {
    /// The rules of this build.
    pub(super) fn built() -> Result<Sheet, Error> {
        let bytes = templates::assets::bytes("picture.json").ok_or_else(|| {
            Error::Outside("the looks of pictures are not part of this build (run `make assets` first)".to_owned())
        })?;
        let built: Built = serde_json::from_slice(&bytes).map_err(|error| Error::Outside(error.to_string()))?;
        Ok(Self::of(built))
    }

    #[cfg(test)]
    pub(super) fn parse(text: &str) -> Sheet {
        Self::of(serde_json::from_str(text).expect("rules"))
    }

    fn of(built: Built) -> Sheet {
        let rules = built.rules.into_iter().enumerate().map(|(at, one)| {
            let parts: Vec<Compound> = one.s.split_whitespace().filter(|part| *part != ">").map(compound).collect();
            let classes = parts.iter().map(|part| part.classes.len()).sum();
            let tags = parts.iter().filter(|part| !part.tag.is_empty()).count();
            Rule { weight: (one.l, classes, tags, at), parts, declarations: one.d }
        });
        let mut rules: Vec<Rule> = rules.collect();
        rules.sort_by_key(|rule| rule.weight);
        Sheet { vars: Rc::new(built.vars), rules }
    }

    /// What holds outside the picture.
    pub(super) fn root(&self) -> Look {
        Look {
            fill: Some(Colour { rgb: (0, 0, 0), alpha: 1.0 }),
            stroke: None,
            width: 1.0,
            dash: Vec::new(),
            round: false,
            size: 16.0,
            bold: false,
            anchor: 0.0,
            opacity: 1.0,
            hidden: false,
            vars: self.vars.clone(),
        }
    }

    /// The look of the last element of a path, given that of the one around it and its own attributes.
    pub(super) fn look(&self, around: &Look, path: &[Element], own: &[(&str, &str)]) -> Look {
        let mut found: HashMap<&str, &str> = own.iter().copied().collect();
        for rule in self.rules.iter().filter(|rule| matches(&rule.parts, path)) {
            found.extend(rule.declarations.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        }
        let mut look = around.clone();
        if found.keys().any(|name| name.starts_with("--")) {
            let mut vars = (*look.vars).clone();
            let own = found.iter().filter(|(name, _)| name.starts_with("--"));
            vars.extend(own.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            look.vars = Rc::new(vars);
        }
        for (name, value) in found {
            let value = resolve(value, &look.vars, 0);
            apply(&mut look, name, value.trim());
        }
        look
    }
}

fn compound(text: &str) -> Compound {
    let mut pieces = text.split('.');
    let tag = pieces.next().unwrap_or_default().trim_start_matches('*').to_owned();
    Compound { tag, classes: pieces.map(str::to_owned).collect() }
}

/// Descendants only: a child selector is read as one, which pictures do not tell apart.
fn matches(parts: &[Compound], path: &[Element]) -> bool {
    let fits = |part: &Compound, element: &Element| {
        (part.tag.is_empty() || part.tag == element.tag)
            && part.classes.iter().all(|class| element.classes.contains(class))
    };
    let (Some(part), Some(element)) = (parts.last(), path.last()) else { return false };
    if !fits(part, element) {
        return false;
    }
    let mut outside = path[..path.len() - 1].iter().rev();
    parts[..parts.len() - 1].iter().rev().all(|part| outside.any(|element| fits(part, element)))
}

/// Variables and the light one of two looks put in.
fn resolve(value: &str, vars: &HashMap<String, String>, depth: usize) -> String {
    // A ring of variables ends here.
    if depth > 16 {
        return String::new();
    }
    for (call, pick) in [("var(", true), ("light-dark(", false)] {
        let Some(at) = value.find(call) else { continue };
        let inside = at + call.len();
        let Some(end) = closing(&value[inside..]) else { continue };
        let arguments = &value[inside..inside + end];
        let (first, second) = split(arguments);
        let chosen = match (pick, vars.get(first)) {
            (true, Some(known)) => known.as_str(),
            (true, None) => second,
            (false, _) => first,
        };
        let text = format!("{}{chosen}{}", &value[..at], &value[inside + end + 1..]);
        return resolve(&text, vars, depth + 1);
    }
    value.to_owned()
}

fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Two arguments at the first comma that stands in no bracket.
fn split(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => return (text[..at].trim(), text[at + 1..].trim()),
            _ => {}
        }
    }
    (text.trim(), "")
}

fn apply(look: &mut Look, name: &str, value: &str) {
    match name {
        "fill" => look.fill = colour(value),
        "stroke" => look.stroke = colour(value),
        "stroke-width" => look.width = length(value).unwrap_or(look.width),
        "stroke-dasharray" => {
            let numbers = value.split([' ', ',']).filter(|part| !part.is_empty());
            look.dash = numbers.filter_map(length).collect();
        }
        "stroke-linejoin" => look.round = value == "round",
        "font-size" => look.size = length(value).unwrap_or(look.size),
        "font-weight" => look.bold = value == "bold" || value.parse::<f32>().is_ok_and(|weight| weight >= 550.0),
        "text-anchor" => {
            look.anchor = match value {
                "middle" => 0.5,
                "end" => 1.0,
                _ => 0.0,
            }
        }
        "opacity" => look.opacity *= value.parse::<f32>().unwrap_or(1.0).clamp(0.0, 1.0),
        "display" => look.hidden = value == "none",
        _ => {}
    }
}

fn length(text: &str) -> Option<f32> {
    let text = text.trim();
    if let Some(rem) = text.strip_suffix("rem") {
        return rem.parse::<f32>().ok().map(|rem| rem * 16.0);
    }
    text.strip_suffix("px").unwrap_or(text).parse().ok()
}

/// Reads `#rgb`, `#rrggbb`, both with alpha, `rgb()`, and the few names in use; nothing for `none`.
pub(super) fn colour(text: &str) -> Option<Colour> {
    let solid = |rgb| Some(Colour { rgb, alpha: 1.0 });
    match text {
        "black" | "currentColor" | "currentcolor" => return solid((0, 0, 0)),
        "white" => return solid((255, 255, 255)),
        "gray" | "grey" => return solid((128, 128, 128)),
        "red" => return solid((255, 0, 0)),
        _ => {}
    }
    if let Some(hex) = text.strip_prefix('#') {
        let digits: Vec<u8> = hex.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
        let bytes: Vec<u8> = match digits.len() {
            3 | 4 => digits.iter().map(|d| d * 17).collect(),
            6 | 8 => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
            _ => return None,
        };
        let alpha = bytes.get(3).map_or(1.0, |alpha| f32::from(*alpha) / 255.0);
        return Some(Colour { rgb: (bytes[0], bytes[1], bytes[2]), alpha });
    }
    let inside = text.strip_prefix("rgba(").or_else(|| text.strip_prefix("rgb("))?.strip_suffix(')')?;
    let numbers: Vec<f32> = inside
        .split([' ', ',', '/'])
        .filter(|part| !part.is_empty())
        .filter_map(|part| match part.strip_suffix('%') {
            Some(percent) => percent.parse::<f32>().ok().map(|percent| percent / 100.0),
            None => part.parse().ok(),
        })
        .collect();
    let [red, green, blue, rest @ ..] = &numbers[..] else { return None };
    let byte = |number: &f32| number.round().clamp(0.0, 255.0) as u8;
    Some(Colour {
        rgb: (byte(red), byte(green), byte(blue)),
        alpha: rest.first().copied().unwrap_or(1.0).clamp(0.0, 1.0),
    })
}
