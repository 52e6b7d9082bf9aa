//! Texts of families, cards, intake.
