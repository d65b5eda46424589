//! The exhibitor portal: pages.
