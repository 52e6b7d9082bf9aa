//! Texts of field matrix, trail, staff.
