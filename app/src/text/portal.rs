//! Texts of the pages in `pages/portal`.
