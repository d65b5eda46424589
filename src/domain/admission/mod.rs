//! Admission: who may pass which gate, when, and why not.
//!
//! Begin with [`decide`]: one pure function that the scan writer, the simulator and
//! the conformance cases in `fixtures/admission/` all call, so that the door, the back
//! office and (through the same cases) the browser give one answer for one set of facts.
//!
//! - `verdict`: what an answer can be; `facts`: what a decision is made from
//! - `decide`: the fixed order of checks; `rule`: access rules as data, `quota`: how many of one company
//! - `crowd`: how many are inside and who used which quota, from the log alone
//! - `seal`: what a device keeps of a badge so that only the badge itself opens it; `roster`: whom a desk or a supervisor
//!   looks up without network
//! - `gate`, `device`, `message`: what the back office edits; `report`: what a device tells of itself; `scan`: what a device sends and what
//!   the log keeps; `clock`: which moment an entry counts for
//! - `conflict`: what the log shows once devices that could not see each other have been heard
//! - `audit`, `count`: who counts as a visitor by whose rules, and the figures of the log
//! - `hub`: what a hub on the venue's network and its upstream say to each other
//! - `outlook`: the next hour at the gates
//! - `view`: plain read models that pages show
//!
//! Absent on purpose: reading a badge code (that is `registration::badge_code`) and any
//! bare counter. Every figure is computed from the scan log.

pub mod audit;
pub mod clock;
pub mod conflict;
pub mod conflict_view;
pub mod count;
pub mod count_view;
pub mod crowd;
pub mod decide;
pub mod device;
pub mod facts;
pub mod gate;
pub mod hub;
pub mod message;
pub mod outlook;
pub mod quota;
pub mod report;
pub mod roster;
pub mod rule;
pub mod scan;
pub mod seal;
pub mod verdict;
pub mod view;

pub use clock::Moment;
pub use conflict::{Conflict, ConflictKind, ConflictState};
pub use crowd::{Crowd, ZoneLimit};
pub use decide::{CHECKS, Step, decide, explain};
pub use device::{Device, Profile};
pub use facts::{CredentialFacts, CredentialState, Presented, Quota, Reading, ScanFacts, Standing, ZoneLoad};
pub use gate::{Direction, Gate, GateDirection};
pub use quota::{Member, QuotaScope, RuleQuota};
pub use rule::{AccessRule, EntryLimit, RuleWindow};
pub use scan::{Scan, ScanDraft};
pub use verdict::{Notice, Passage, Reason, Verdict};
