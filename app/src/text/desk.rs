//! Texts of the pages in `pages/desk`.

use super::{Text, text};

/// Roles of the reader that do not count in full now.
pub const NARROWED: Text = text(
    "现在不在开放时段，或不在学校的网络里：以{roles}的身份至多看到遮罩，也不能启封、修改、查找、导出。时段与网络由隐私官定，可以问他。",
    "It is outside the hours, or you are not on the school's network: as {roles} you see masks at most, and open, change, find and export nothing. The privacy officer sets hours and networks; ask there.",
);
/// Nothing waits.
pub const NOTHING: Text = text("今天没有等你的事", "Nothing waits for you today");
/// Nothing waits, more.
pub const NOTHING_LINE: Text =
    text("七天内没有要跟进的家庭，也没有等你决定的请求。", "No family is due within seven days, and no request waits for you.");
/// Nothing waits, for whoever has no families.
pub const NOTHING_TO_DECIDE: Text = text("没有等你决定的请求。", "No request waits for you to decide.");
/// Nothing waits: quotation.
pub const QUOTE: Text = text("子之燕居，申申如也，夭夭如也。", "子之燕居，申申如也，夭夭如也。");
/// Nothing waits: its source.
pub const QUOTE_FROM: Text = text("《论语 · 述而》", "Analects 7.4");
/// First use.
pub const FIRST: Text = text("从第一户开始", "Begin with the first family");
/// First use, more.
pub const FIRST_LINE: Text = text("要跟进的家庭到了日子，就会列在这一页。", "Families stand on this page once their day has come.");
/// First use, for whoever takes nobody in.
pub const FIRST_WAIT: Text = text(
    "你的范围内还没有家庭。若该有而没有，请问校长或系统管理员。",
    "No family is within your reach yet. If there should be one, ask the principal or the administrator.",
);
/// First use: one.
pub const STEP_FAMILY: Text = text("建档，登记学员和家长", "Take a family in, with its students and guardians");
/// First use: two.
pub const STEP_NOTE: Text = text("谈过之后记一笔，写上下次联系的日子", "After a talk, write a note and the day of the next contact");
/// First use: three.
pub const STEP_DAY: Text = text("到了那天，这里会提醒你", "On that day you are reminded here");

/// Findings of audits whose day is past.
pub const FINDINGS: Text = text("审计发现逾期", "Findings of audits, overdue");
/// To them.
pub const FINDINGS_GO: Text = text("去看", "See them");

/// Families whose day is past.
pub const OVERDUE: Text = text("已逾期", "Overdue");
/// Families of today.
pub const DUE_TODAY: Text = text("今天跟进", "Due today");
/// Families of the days to come.
pub const SOON: Text = text("七天内", "Within seven days");
/// How many families.
pub const COUNT: Text = text("{n} 户", "{n}");
/// Those that are not named here.
pub const MORE: Text = text("还有 {n} 户，到家庭列表里看", "{n} more in the list of families");
/// The viewer's own family.
pub const OWN: Text = text("我负责", "Mine");
/// How late.
pub const DAYS_LATE: Text = text("逾期 {n} 天", "{n} d late");
/// Hint of the next day.
pub const NEXT_HINT: Text = text("不写日子，到期的就不再列在这里。", "Without a day, what is due no longer stands here.");
/// A day to come.
pub const TOMORROW: Text = text("明天", "Tomorrow");
/// A day to come.
pub const IN_THREE_DAYS: Text = text("三天后", "In three days");
/// A day to come.
pub const IN_A_WEEK: Text = text("一周后", "In a week");
/// A day to come.
pub const IN_A_MONTH: Text = text("三十天后", "In thirty days");

/// Requests of others.
pub const TO_DECIDE: Text = text("等你决定", "Waits for your decision");
/// One's own requests.
pub const MINE: Text = text("我的请求", "My requests");
/// About to lapse.
pub const LAPSES_SOON: Text = text("快失效", "Lapses");
/// A record that the viewer does not reach.
pub const RECORD: Text = text("编号 {n} 的{record}", "{record} no. {n}");
/// Whose field.
pub const FIELD_OF: Text = text("{record}{field}", "{record}: {field}");
/// For how long.
pub const GOOD_FOR: Text = text("有效期", "Good for");
/// So many hours.
pub const HOURS: Text = text("{n} 小时", "{n} h");
/// Grants.
pub const GRANT: Text = text("批准", "Grant");
/// Granted.
pub const GRANTED: Text = text("已批准", "Granted");
/// Refuses.
pub const REFUSE: Text = text("不批准", "Refuse");
/// Refused.
pub const REFUSED: Text = text("已回绝", "Refused");
/// Why not.
pub const WHY_NOT: Text = text("为什么不批准", "Why not");
/// Why not: hint.
pub const WHY_NOT_HINT: Text = text(
    "对方和家长都看得到。不要写号码和地址。最多 200 字。",
    "Whoever asked and the guardians can read it. No numbers, no addresses. At most 200 characters.",
);
/// Why not: needed.
pub const WHY_NOT_NEEDED: Text = text("请写明原因", "Please say why");
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
/// A request of somebody else's has come.
pub const CAME_TO_DECIDE: Text = text("有新的启封请求等你决定，在「今日」", "A new request waits for you, under Today");
/// One's own request was granted.
pub const CAME_GRANTED: Text = text("你的启封请求批准了，在「今日」", "Your request was granted, see Today");
/// A guardian asked for a correction.
pub const CAME_CORRECTION: Text = text("家长提了新的更正", "A guardian asked for a correction");
/// A guardian questioned a look.
pub const CAME_QUESTION: Text = text("家长提了新的质疑", "A guardian questioned a look");
