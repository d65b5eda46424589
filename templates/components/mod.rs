//! The parts every page is made of. A component owns its accessibility; it exposes meaning, not attributes.

mod button;
mod country;
mod dialog;
mod duty_light;
mod field;
mod hall_plan;
mod history;
mod icon;
mod list;
mod notice;
mod questions;
mod record;
mod saved_views;
mod state;
mod table;
mod tile;

pub use button::{Button, icon_link, menu};
pub use country::countries;
pub use dialog::dialog;
pub use duty_light::{days_left, deadline, duty_light, duty_tone};
pub use field::{Choice, Field, Form, options};
pub use hall_plan::{HallDrawing, PlanView, stand_class};
pub use history::{history, line as history_line};
pub use icon::{Icon, icon};
pub use list::{FilterBar, Pager, Tab, exports, tabs};
pub use notice::{callout, empty_state, flash};
pub use questions::{Questions, answer_words, answered, condition_words, question_name};
pub use record::{Entry, definitions, facts, timeline};
pub use saved_views::saved_views;
pub use state::{Badge, Light, Tone, dot, light, progress};
pub use table::{Col, Table, cell_lines};
pub use tile::{Tile, card, section, tiles};
