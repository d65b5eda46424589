//! Delay laws of activities from a table of text: a heading, then a line for each activity.
//!
//! Columns, in any order and either case; the first name is the proper one:
//! `activity` (`jobnr`, `job`, `id`, `task`, `activity_id`, `node`), `law` (`distribution`, `dist`, `type`),
//! `alpha` (`a`, `shape1`, `p`), `beta` (`b`, `shape2`, `q`), `min` (`low`, `lower`, `optimistic`),
//! `mode` (`likely`, `m`), `max` (`high`, `upper`, `pessimistic`), `mean` (`mu`),
//! `deviation` (`sd`, `std`, `sigma`), `value` (`delay`), `probability` (`prob`, `chance`),
//! `unit` (`periods` or `share` of the activity's own duration).
//! Separators are comma, semicolon, tab or spaces; lines that begin with `#` are passed over.
//! Where `law` is missing it follows from the columns filled in: `alpha` and `beta` make a beta law,
//! `mode` a beta-PERT, `mean` and `deviation` a normal, `min` and `max` alone a uniform, `value` a fixed one.
//! A beta law without `min` and `max` lies between 0 and 1 time the duration (`unit` `share`).

use super::law::Law;
use std::collections::HashMap;

/// The delay of one activity.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    /// Number of the activity, as the network file has it.
    pub activity: String,
    /// Chance that it is delayed at all; 1 when the table does not say.
    pub probability: f64,
    /// How long the delay is.
    pub law: Law,
    /// The law counts in the activity's own duration, not in periods.
    pub share: bool,
}

/// Why a table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DelayFault {
    /// Nothing in it.
    #[error("the table of delays is empty")]
    Empty,
    /// No column names the activity.
    #[error("no column names the activity: `activity`, `jobnr`, `job`, `id` or `task`")]
    NoActivity,
    /// A line that cannot be understood.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
}

/// Every name of a column, the proper one first.
const NAMES: &[(&str, &[&str])] = &[
    ("activity", &["activity", "jobnr", "job", "jobnr.", "id", "task", "activity_id", "node", "job_id", "activityid"]),
    ("law", &["law", "distribution", "dist", "type", "family"]),
    ("alpha", &["alpha", "a", "shape1", "p"]),
    ("beta", &["beta", "b", "shape2", "q"]),
    ("min", &["min", "low", "lower", "optimistic", "minimum", "lb"]),
    ("mode", &["mode", "likely", "m", "most_likely"]),
    ("max", &["max", "high", "upper", "pessimistic", "maximum", "ub"]),
    ("mean", &["mean", "mu", "expected"]),
    ("deviation", &["deviation", "sd", "std", "sigma", "stddev"]),
    ("value", &["value", "delay", "fixed"]),
    ("probability", &["probability", "prob", "chance"]),
    ("unit", &["unit", "units"]),
];

/// Reads a table of delays.
///
/// # Errors
/// The first line that cannot be understood, by its number.
pub fn read(text: &str) -> Result<Vec<Delay>, DelayFault> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let Some((_, heading)) = lines.next() else { return Err(DelayFault::Empty) };
    let separator = [',', ';', '\t'].into_iter().find(|one| heading.contains(*one));
    let mut columns: HashMap<&str, usize> = HashMap::new();
    for (at, name) in cells(heading, separator).iter().enumerate() {
        let name = name.to_ascii_lowercase().replace([' ', '-'], "_");
        if let Some((proper, _)) = NAMES.iter().find(|(_, all)| all.contains(&name.as_str())) {
            columns.entry(proper).or_insert(at);
        }
    }
    if !columns.contains_key("activity") {
        return Err(DelayFault::NoActivity);
    }
    lines.map(|(line, text)| delay(&cells(text, separator), &columns).map_err(|what| fault(line, what))).collect()
}

fn fault(line: usize, what: String) -> DelayFault {
    DelayFault::Line { line, what }
}

fn cells(line: &str, separator: Option<char>) -> Vec<String> {
    let clean = |cell: &str| cell.trim().trim_matches('"').trim().to_owned();
    match separator {
        Some(one) => line.split(one).map(clean).collect(),
        None => line.split_whitespace().map(clean).collect(),
    }
}

fn delay(cells: &[String], columns: &HashMap<&str, usize>) -> Result<Delay, String> {
    let text = |name: &str| columns.get(name).and_then(|at| cells.get(*at)).map_or("", String::as_str);
    let number = |name: &str| match text(name) {
        "" => Ok(None),
        text => match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => Err(format!("`{text}` is no number for `{name}`")),
        },
    };
    let activity = text("activity").to_owned();
    if activity.is_empty() {
        return Err("no activity is named".to_owned());
    }
    let (alpha, beta, mode) = (number("alpha")?, number("beta")?, number("mode")?);
    let (min, max, value) = (number("min")?, number("max")?, number("value")?);
    let (mean, deviation) = (number("mean")?, number("deviation")?);
    let named = text("law").to_ascii_lowercase();
    let guessed = match () {
        () if !named.is_empty() => named.as_str(),
        () if alpha.is_some() && beta.is_some() => "beta",
        () if mode.is_some() => "pert",
        () if mean.is_some() && deviation.is_some() => "normal",
        () if max.is_some() => "uniform",
        () => "fixed",
    };
    let need = |value: Option<f64>, name: &str| value.ok_or(format!("`{guessed}` needs `{name}`"));
    let bare = min.is_none() && max.is_none();
    let law = match guessed {
        "beta" => Law::Beta {
            alpha: need(alpha, "alpha")?,
            beta: need(beta, "beta")?,
            min: min.unwrap_or(0.0),
            max: if bare { 1.0 } else { need(max, "max")? },
        },
        "pert" | "beta-pert" | "betapert" | "beta_pert" => {
            Law::Pert { min: min.unwrap_or(0.0), mode: need(mode, "mode")?, max: need(max, "max")? }
        }
        "triangular" | "triangle" | "tri" => {
            Law::Triangular { min: min.unwrap_or(0.0), mode: need(mode, "mode")?, max: need(max, "max")? }
        }
        "uniform" => Law::Uniform { min: min.unwrap_or(0.0), max: need(max, "max")? },
        "normal" | "gauss" => Law::Normal { mean: need(mean, "mean")?, deviation: need(deviation, "deviation")? },
        "exponential" | "exp" => Law::Exponential { mean: need(mean, "mean")?, min: min.unwrap_or(0.0) },
        "fixed" | "constant" | "none" => Law::Fixed { value: value.or(mean).or(min).unwrap_or(0.0) },
        other => return Err(format!("no law is called `{other}`")),
    };
    law.check().map_err(|fault| fault.to_string())?;
    let probability = number("probability")?.unwrap_or(1.0);
    if !(0.0..=1.0).contains(&probability) {
        return Err("a probability lies between 0 and 1".to_owned());
    }
    let share = match text("unit").to_ascii_lowercase().as_str() {
        "" => guessed == "beta" && bare,
        "periods" | "period" | "days" | "absolute" => false,
        "share" | "relative" | "fraction" | "duration" => true,
        other => return Err(format!("no unit is called `{other}`")),
    };
    Ok(Delay { activity, probability, law, share })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_separators_vary() {
        let plain = read("activity,law,alpha,beta,min,max\n2,beta,2,5,0,6\n3,fixed,,,,\n").expect("a table");
        assert_eq!(plain[0].law, Law::Beta { alpha: 2.0, beta: 5.0, min: 0.0, max: 6.0 });
        assert_eq!(plain[1].law, Law::Fixed { value: 0.0 });
        let other = read("# delays\njobnr;shape1;shape2;lower;upper\n2;2;5;0;6\n").expect("a table");
        assert_eq!((other[0].activity.as_str(), other[0].law), ("2", plain[0].law));
        let spaced = read("jobnr alpha beta\n 4  1.5 3\n").expect("a table");
        assert_eq!(spaced[0].law, Law::Beta { alpha: 1.5, beta: 3.0, min: 0.0, max: 1.0 });
        assert!(spaced[0].share && !plain[0].share);
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(read(" \n"), Err(DelayFault::Empty));
        assert_eq!(read("x,y\n1,2\n"), Err(DelayFault::NoActivity));
        for (line, what) in
            [("2,beta,2,,0,6", "beta"), ("2,beta,2,x,0,6", "no number"), ("2,odd,,,,", "odd"), (",,,,,", "named")]
        {
            let fault = read(&format!("activity,law,alpha,beta,min,max\n{line}\n")).unwrap_err();
            assert!(fault.to_string().starts_with("line 2") && fault.to_string().contains(what), "{fault}");
        }
    }
}
