//! Texts of the pages in `pages/staff`.
