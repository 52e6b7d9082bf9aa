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
/// Line under the title of the classes.
pub const CLASSES_LINE: Text = text("{n} 个班在上或将开", "{n} classes that go on or are to begin");
/// Caption of the classes.
pub const CLASSES_CAPTION: Text = text(
    "人数只算你看得到的学员 · 按「{roles}」的权限 · 本次查看已记录",
    "Only pupils within your reach are counted · by the rights of {roles} · this look was recorded",
);
/// No classes.
pub const NO_CLASSES: Text = text("没有班级", "No classes");
/// No classes, more.
pub const NO_CLASSES_LINE: Text =
    text("教师看到正在任教的班，其他人看到本校区的班。", "Teachers see the classes they teach now, others those of their campuses.");
/// Column: class.
pub const CLASS: Text = text("班级", "Class");
/// Column: campus.
pub const CAMPUS: Text = text("校区", "Campus");
/// Column: teacher.
pub const TEACHER: Text = text("教师", "Teacher");
/// Column: pupils.
pub const PUPILS: Text = text("学员", "Pupils");
/// Column: first day.
pub const STARTS: Text = text("开班", "Begins");
/// Column: last day.
pub const ENDS: Text = text("结班", "Ends");
/// A class that has not begun.
pub const COMING: Text = text("未开班", "Not begun");
/// Line under the title of a class.
pub const CLASS_LINE: Text = text("{campus} · {teacher} · {from} 至 {to}", "{campus} · {teacher} · {from} to {to}");
/// Caption of a class.
pub const CLASS_CAPTION: Text = text(
    "你看得到的学员 {n} 名 · 按「{roles}」的权限脱敏 · 本次查看已记入访问簿",
    "{n} pupils within your reach · masked by the rights of {roles} · this look was recorded",
);
/// Column: since when.
pub const SINCE: Text = text("入班", "Since");
/// Column on paper alone: room to write.
pub const REMARK: Text = text("备注", "Remarks");
/// Prints the list.
pub const PRINT_LIST: Text = text("打印名单", "Print the list");
/// No pupils.
pub const NO_PUPILS: Text = text("没有你看得到的学员", "No pupils within your reach");
/// No pupils, more.
pub const NO_PUPILS_LINE: Text =
    text("不在你范围内的学员不会出现，也不计数。", "Pupils beyond your reach do not appear and are not counted.");
