//! Pages of gates: the list with its line of gates, the review of one, its forms, its report on paper.

mod forms;
mod list;
mod paper;
mod record;
mod settings;
pub(super) mod words;

pub use forms::{CONDITIONS, GateAct, GateForms};
pub use list::{GatePages, NoGates};
pub use paper::ReportSheet;
pub use record::GateRecord;
pub use settings::GateSettings;
pub use words::{criterion_name, standing_word, value_words, wanted};
