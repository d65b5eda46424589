//! What a form holds between two tries: the values as they were typed, and what is wrong with them.

use domain::Refusal;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Lang, components::Form};

/// The values and refusals of one form. The same render draws the empty, the refused and the edit state.
#[derive(Debug, Clone, Default)]
pub struct FormState {
    values: Map<String, Value>,
    refusals: Vec<Refusal>,
}

impl FormState {
    /// A form nobody has filled in.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The form as typed (any draft that serializes to a map) with what was refused.
    pub fn new<D: Serialize>(draft: &D, refusals: &[Refusal]) -> Self {
        let values = match serde_json::to_value(draft) {
            Ok(Value::Object(map)) => map,
            _ => Map::new(),
        };
        Self { values, refusals: refusals.to_vec() }
    }

    /// The form with values and nothing refused yet.
    pub fn of<D: Serialize>(draft: &D) -> Self {
        Self::new(draft, &[])
    }

    /// The value of a field as text, empty when there is none.
    pub fn value(&self, name: &str) -> String {
        match self.values.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(flag)) => flag.to_string(),
            _ => String::new(),
        }
    }

    /// The values of a field that may be chosen several times.
    pub fn values(&self, name: &str) -> Vec<String> {
        match self.values.get(name) {
            Some(Value::Array(list)) => list.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
            Some(Value::String(text)) if !text.is_empty() => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    /// Whether this value is among those chosen.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values(name).iter().any(|chosen| chosen == value) || self.value(name) == value
    }

    /// The first thing wrong with a field.
    pub fn error(&self, name: &str) -> Option<&Refusal> {
        self.refusals.iter().find(|refusal| refusal.field.as_deref() == Some(name))
    }

    /// All that was refused.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// Whether nothing was refused.
    pub fn is_clean(&self) -> bool {
        self.refusals.is_empty()
    }

    /// The form in one language: the maker of its fields.
    pub fn fields(&self, lang: Lang) -> Form<'_> {
        Form::new(lang, self)
    }
}
