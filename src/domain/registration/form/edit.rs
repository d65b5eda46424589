//! Changing a form: sections and questions come, go and move. Nothing here asks whether the result can be published;
//! a form may be unsound while it is worked on.

use super::{Form, NEEDED, Question, Section};
use crate::Refusal;

/// Which way something moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nearer to the beginning.
    Up,
    /// Nearer to the end.
    Down,
}

impl Step {
    /// Reads `up` or `down`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            _ => None,
        }
    }
}

fn missing() -> Vec<Refusal> {
    vec![Refusal::missing("form-gone")]
}

fn moved<T>(list: &mut [T], at: usize, step: Step) {
    let other = match step {
        Step::Up => at.checked_sub(1),
        Step::Down => Some(at + 1).filter(|at| *at < list.len()),
    };
    if let Some(other) = other {
        list.swap(at, other);
    }
}

impl Form {
    /// Adds a section at the end, or replaces the one called `old`, whose questions stay.
    ///
    /// # Errors
    /// `form-gone`; `form-code` when another section has the code.
    pub fn put_section(&mut self, old: Option<&str>, mut section: Section) -> Result<(), Vec<Refusal>> {
        let taken = self.sections.iter().any(|s| s.code == section.code && Some(s.code.as_str()) != old);
        if taken {
            return Err(vec![Refusal::conflict("form-code").at("code").with("code", &section.code)]);
        }
        match old {
            None => self.sections.push(section),
            Some(old) => {
                let at = self.sections.iter_mut().find(|s| s.code == old).ok_or_else(missing)?;
                section.questions = std::mem::take(&mut at.questions);
                *at = section;
            }
        }
        Ok(())
    }

    /// Takes a section away with its questions.
    ///
    /// # Errors
    /// `form-gone`; `form-needs-question` when it holds one that every form must have.
    pub fn remove_section(&mut self, code: &str) -> Result<(), Vec<Refusal>> {
        let at = self.sections.iter().position(|s| s.code == code).ok_or_else(missing)?;
        let needed = self.sections[at].questions.iter().find(|q| q.is_standard() && NEEDED.contains(&q.code.as_str()));
        if let Some(needed) = needed {
            return Err(vec![Refusal::unmet("form-needs-question").with("question", &needed.code)]);
        }
        self.sections.remove(at);
        Ok(())
    }

    /// Moves a section.
    ///
    /// # Errors
    /// `form-gone`.
    pub fn move_section(&mut self, code: &str, step: Step) -> Result<(), Vec<Refusal>> {
        let at = self.sections.iter().position(|s| s.code == code).ok_or_else(missing)?;
        moved(&mut self.sections, at, step);
        Ok(())
    }

    /// Adds a question at the end of a section, or replaces the one called `old` where it stands. Conditions that
    /// looked at the old code look at the new one.
    ///
    /// # Errors
    /// `form-gone`; `form-code` when another question has the code.
    pub fn put_question(&mut self, section: &str, old: Option<&str>, question: Question) -> Result<(), Vec<Refusal>> {
        let taken = self.questions().any(|q| q.code == question.code && Some(q.code.as_str()) != old);
        if taken {
            return Err(vec![Refusal::conflict("form-code").at("code").with("code", &question.code)]);
        }
        let (new, renamed) = (question.code.clone(), old.filter(|old| *old != question.code).map(str::to_owned));
        let place = self.sections.iter_mut().find(|s| s.code == section).ok_or_else(missing)?;
        match old {
            None => place.questions.push(question),
            Some(old) => *place.questions.iter_mut().find(|q| q.code == old).ok_or_else(missing)? = question,
        }
        if let Some(old) = renamed {
            let sections = self.sections.iter_mut();
            let conditions =
                sections.flat_map(|s| s.when.iter_mut().chain(s.questions.iter_mut().filter_map(|q| q.when.as_mut())));
            conditions.filter(|when| when.question == old).for_each(|when| when.question.clone_from(&new));
        }
        Ok(())
    }

    /// Takes a question away.
    ///
    /// # Errors
    /// `form-gone`; `form-needs-question` for one that every form must have.
    pub fn remove_question(&mut self, code: &str) -> Result<(), Vec<Refusal>> {
        if NEEDED.contains(&code) {
            return Err(vec![Refusal::unmet("form-needs-question").with("question", code)]);
        }
        let section = self.sections.iter_mut().find(|s| s.questions.iter().any(|q| q.code == code));
        section.ok_or_else(missing)?.questions.retain(|q| q.code != code);
        Ok(())
    }

    /// Moves a question; at the edge of its section it goes on into the neighbouring one.
    ///
    /// # Errors
    /// `form-gone`.
    pub fn move_question(&mut self, code: &str, step: Step) -> Result<(), Vec<Refusal>> {
        let place =
            self.sections.iter().position(|s| s.questions.iter().any(|q| q.code == code)).ok_or_else(missing)?;
        let last = place + 1 == self.sections.len();
        let questions = &mut self.sections[place].questions;
        let at = questions.iter().position(|q| q.code == code).ok_or_else(missing)?;
        match step {
            Step::Up if at == 0 && place > 0 => {
                let question = questions.remove(at);
                self.sections[place - 1].questions.push(question);
            }
            Step::Down if at + 1 == questions.len() && !last => {
                let question = questions.remove(at);
                self.sections[place + 1].questions.insert(0, question);
            }
            _ => moved(questions, at, step),
        }
        Ok(())
    }
}
