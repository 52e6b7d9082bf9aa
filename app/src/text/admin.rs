//! Texts of the pages in `pages/admin`.
