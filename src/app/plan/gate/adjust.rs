//! Changing what a gate asks, holds and who signs it.

use super::{Review, refit};
use crate::{App, Error};
use domain::access::Viewer;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::Function;
use domain::plan::gate::{CriterionKind, Gate, asks_text, signers_text};
use domain::refusal::Parse;
use domain::{EditionId, Refusal};
use serde::{Deserialize, Serialize};
use store::record::plan as record;

/// What a person types.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GateDraft {
    /// Codes of the tasks it holds: `B*`, `-B01`.
    pub guards: String,
    /// What it asks beyond deliverables and indicators.
    pub asks: Vec<String>,
    /// Open major deviations it lets pass.
    pub majors: String,
    /// Codes of the functions that sign; at most two.
    pub signer_1: String,
    /// The second, may be empty.
    pub signer_2: String,
    /// Version of the gate when the form was opened.
    pub version: String,
}

impl GateDraft {
    /// The draft that would leave the gate as it is.
    pub fn of(gate: &Gate) -> Self {
        let signer = |at: usize| gate.signers.get(at).map(|one| one.code().to_owned()).unwrap_or_default();
        GateDraft {
            guards: gate.guards.clone(),
            asks: gate.asks.iter().map(|one| one.code().to_owned()).collect(),
            majors: gate.majors.to_string(),
            signer_1: signer(0),
            signer_2: signer(1),
            version: gate.version.to_string(),
        }
    }

    fn parse(&self, gate: &Gate) -> Result<Gate, Vec<Refusal>> {
        let mut parse = Parse::new();
        let guards = parse.optional("guards", &self.guards, 500);
        let sound = |word: &str| {
            let plain = word.strip_prefix('-').unwrap_or(word);
            let plain = plain.strip_suffix('*').unwrap_or(plain);
            !plain.is_empty() && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
        };
        if let Some(word) = guards.split_whitespace().find(|word| !sound(word)) {
            parse.refuse(Refusal::invalid("unknown-choice").at("guards").with("value", word));
        }
        let asks: Vec<CriterionKind> =
            self.asks.iter().filter_map(|text| parse.choice("asks", text, CriterionKind::parse)).collect();
        let majors = parse.number("majors", &self.majors, 0..=99);
        let mut signers = Vec::new();
        signers.extend(parse.choice("signer_1", &self.signer_1, Function::parse));
        if !self.signer_2.trim().is_empty() {
            signers.extend(parse.choice("signer_2", &self.signer_2, Function::parse));
        }
        parse.finish(|| Gate {
            guards: guards.split_whitespace().collect::<Vec<_>>().join(" "),
            asks,
            majors: majors.and_then(|n| i32::try_from(n).ok()).unwrap_or(0),
            signers,
            ..gate.clone()
        })
    }
}

/// Changes a gate.
///
/// # Errors
/// Every field that cannot be read, `Stale` when somebody changed it since, `gate-proposal-open` while signatures are
/// waited for.
pub async fn adjust(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    gate: &str,
    draft: &GateDraft,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let review = Review::take(&work, edition, gate).await?;
    let old = review.gate();
    if draft.version.trim().parse::<i32>().is_ok_and(|version| version != old.version) {
        return Err(Error::Stale);
    }
    if review.proposed().is_ok() {
        return Err(Refusal::conflict("gate-proposal-open").into());
    }
    let new = draft.parse(old)?;
    record::save_gate(work.tx(), &new).await?;
    let fact = Fact::new("phase_gate.adjusted", Subject::new(SubjectKind::PhaseGate, new.id), edition)
        .with("code", review.code())
        .with("guards", serde_json::json!([old.guards, new.guards]))
        .with("asks", serde_json::json!([asks_text(&old.asks), asks_text(&new.asks)]))
        .with("signers", serde_json::json!([signers_text(&old.signers), signers_text(&new.signers)]))
        .with("majors", serde_json::json!([old.majors, new.majors]));
    work.note([fact]);
    let mut gates = review.judged.gates.clone();
    gates[review.at] = new;
    let mut sheet = review.plan.old.clone();
    if refit(&work, &mut sheet, &gates, &review.judged).await? {
        review.plan.settle(&mut work, sheet, None).await?;
    }
    work.commit().await
}
