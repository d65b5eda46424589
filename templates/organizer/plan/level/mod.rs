//! Pages of crews and levelling: how busy the crews are, what a task needs of them, and proposals
//! that a person accepts whole or move by move.

mod crews;
mod lacking;
mod levelling;
mod needs;

pub use crews::{CrewPage, Crews};
pub use levelling::{LevellingPage, Levellings};
pub use needs::CrewNeeds;
