//! Texts of the pages in `pages/desk`.

use super::{Text, text};

/// Nothing waits.
pub const NOTHING: Text = text("今天没有等你的事", "Nothing waits for you today");
/// Nothing waits, more.
pub const NOTHING_LINE: Text = text("七天内没有要跟进的家庭。", "No family is due within seven days.");
/// Families whose day is past.
pub const OVERDUE: Text = text("已过期", "Overdue");
/// Families of today.
pub const DUE_TODAY: Text = text("今天", "Today");
/// Families of the days to come.
pub const SOON: Text = text("七天内", "Within seven days");
