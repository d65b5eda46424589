//! The office: what stands on a person's desk today. No rules of its own: it looks at what the others decided.

pub mod view;
