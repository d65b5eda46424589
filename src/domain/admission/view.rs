//! Plain read models that the pages of this context show.
