//! Texts of the page of one's own access.
