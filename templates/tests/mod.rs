//! Tests of the words and the looks.

mod asking;
mod gallery;
mod keys;
mod looks;
mod pages;
mod pictures;
mod words;
