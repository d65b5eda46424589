//! Tests of the words and the looks.

mod words;
