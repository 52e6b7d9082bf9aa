//! Texts of a guardian's own pages.
