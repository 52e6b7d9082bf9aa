//! Texts of keeping the school: staff, campuses, settings, the first steps.

use super::{Text, text};

/// Adds somebody.
pub const ADD: Text = text("添加员工", "Add a colleague");
/// Under the title of the form.
pub const ADD_LINE: Text = text(
    "保存后签发注册链接，本人在自己的设备上建通行密钥。没有密码。",
    "Save, then issue a link: the person creates a passkey on their own device. There are no passwords.",
);
/// Hint of the login name.
pub const LOGIN_HINT: Text = text("2 到 32 个小写字母、数字、点、横线；以后不改", "2 to 32 small letters, digits, dots, dashes; it stays");
/// Hint of the working name.
pub const NAME_HINT: Text = text("同事与家长看到的称呼，如“李老师”", "How colleagues and guardians know them");
/// Group: roles.
pub const ROLES_LINE: Text = text("从本人的下一次请求起生效", "They hold from the person's next request on");
/// Own roles.
pub const OWN: Text = text("自己的角色和校区要由另一位管理员来改。", "Your own roles and campuses are changed by another administrator.");
/// No campus.
pub const CAMPUSES_HINT: Text = text("按校区的角色只在所选校区内有效", "Roles that reach a campus reach the chosen ones");
/// With what roles sign in.
pub const LADDER: Text = text("登录方式", "How roles sign in");
/// Saved.
pub const SAVED: Text = text("已保存，从下一次请求起生效。", "Saved; it holds from the next request on.");
/// Somebody was faster.
pub const CONFLICT: Text =
    text("刚才有人改过，现在的内容已载入，请再看一遍。", "Somebody changed it meanwhile; the present state is loaded. Please look again.");
/// Filter: role.
pub const ANY_ROLE: Text = text("全部角色", "Every role");
/// Filter: campus.
pub const ANY_CAMPUS: Text = text("全部校区", "Every campus");
/// Filter: state.
pub const ANY_STATE: Text = text("全部状态", "Every state");
/// State.
pub const STATE: Text = text("状态", "State");
/// Nobody found.
pub const NONE: Text = text("没有符合条件的员工", "Nobody of that kind");
/// Clears the filter.
pub const CLEAR: Text = text("清除条件", "Clear the filter");
/// Somebody holds two of the three duties.
pub const TWO: Text = text(
    "有人兼任系统管理员、隐私官、审计员中的两项：{names}。学校的设置允许这样做；制衡也因此少了一层。",
    "Somebody holds two of administrator, privacy officer and auditor: {names}. The school's settings allow it; there is one check less for it.",
);
/// Card: access.
pub const ACCESS: Text = text("登录与会话", "Access");
/// Open sessions.
pub const SESSIONS: Text = text("未结束的会话", "Open sessions");
/// Ends them.
pub const END_SESSIONS: Text = text("结束全部会话", "End all sessions");
/// Ended.
pub const SESSIONS_ENDED: Text = text("会话和未用的链接已全部结束。", "All sessions and unused links have ended.");
/// Suspends.
pub const SUSPEND: Text = text("停用", "Suspend");
/// What it does.
pub const SUSPEND_LINE: Text = text(
    "停用立刻结束会话和链接；密钥保留，恢复后可再登录。",
    "Suspending ends sessions and links at once. Passkeys stay for when the person is let in again.",
);
/// Suspended.
pub const SUSPENDED: Text = text("已停用。", "Suspended.");
/// Restores.
pub const RESTORE: Text = text("恢复", "Let in again");
/// Restored.
pub const RESTORED: Text = text("已恢复，可以再登录。", "Let in again.");
/// Has left.
pub const GONE: Text =
    text("此人已离职：密钥、会话、链接都已注销，记录保留。", "This person has left: keys, sessions and links are gone, the record stays.");
/// Card: leaving.
pub const LEAVING: Text = text("离职", "Leaving");
/// What it does.
pub const LEAVING_LINE: Text = text(
    "一次办完：注销密钥，结束会话与链接，名下家庭交给另一位顾问。不能撤回。",
    "In one act: keys, sessions and links end, and the families go over to another consultant. It cannot be undone.",
);
/// Opens the dialog.
pub const LEAVE: Text = text("办理离职…", "Leave…");
/// Title of the dialog.
pub const LEAVE_TITLE: Text = text("{name} 离职", "{name} leaves");
/// What will end.
pub const LEAVE_WHAT: Text = text("将要结束与移交的", "What ends and what goes over");
/// Families.
pub const FAMILIES: Text = text("负责的家庭", "Families looked after");
/// A number of households.
pub const N_FAMILIES: Text = text("{n} 户", "{n}");
/// Classes.
pub const CLASSES: Text = text("任教的班级（须另行安排）", "Classes taught (arrange these apart)");
/// Links.
pub const LINKS: Text = text("未用的注册链接", "Unused links");
/// To whom.
pub const SUCCESSOR: Text = text("家庭交给", "Families go to");
/// To whom, nobody chosen.
pub const CHOOSE: Text = text("请选择", "Choose");
/// Numbers only.
pub const NUMBERS: Text = text("管理员只看到数目，看不到是哪些家庭。", "The administrator sees numbers, not whose families they are.");
/// Nobody to take over.
pub const NO_SUCCESSOR: Text =
    text("没有别的在职顾问可以接手。请先添加一位。", "There is no other consultant to take over. Add one first.");
/// Confirms.
pub const LEAVE_NOW: Text = text("确认离职", "End everything");
/// Done.
pub const LEFT: Text = text("离职已办妥。", "Done.");

/// Title of the school page.
pub const SCHOOL_TITLE: Text = text("学校", "School");
/// Line.
pub const SCHOOL_LINE: Text = text("{n} 个校区", "{n} campuses");
/// Card: settings.
pub const SETTINGS: Text = text("设置", "Settings");
/// Name.
pub const SCHOOL_NAME: Text = text("学校名称", "Name of the school");
/// Hours.
pub const HOURS: Text = text("员工一次登录最长", "A session of staff lasts at most");
/// A number of hours.
pub const N_HOURS: Text = text("{n} 小时", "{n} hours");
/// Hours, more.
pub const HOURS_HINT: Text = text("从下一次登录起；两小时不用也会结束", "From the next sign-in on; two hours unused end it too");
/// For how long the trail is kept.
pub const TRAIL_KEPT: Text = text("审计记录保存", "The trail is kept for");
/// For how long the trail is kept, more.
pub const TRAIL_HINT: Text = text("最少 180 天。满期的最早部分自动删去", "180 days at least. What was kept for its time goes by itself");
/// For less long than before.
pub const TRAIL_SHORTER: Text = text(
    "改短以后，早于新期限的审计记录、请求与授权会在一小时内删去，不能恢复。此次改动会留下记录，并向值守的人报警。",
    "What is older than that goes from the trail within an hour, with its requests and grants, and does not come back. The change is an entry and an alarm.",
);
/// A number of days.
pub const N_DAYS: Text = text("{n} 天", "{n} days");
/// A year.
pub const A_YEAR: Text = text("1 年", "1 year");
/// A number of years.
pub const N_YEARS: Text = text("{n} 年", "{n} years");
/// Switch.
pub const TWO_OF_THREE: Text = text("允许一人兼任三员中的两项", "One person may hold two of the three duties");
/// Switch, more.
pub const TWO_HINT: Text = text(
    "系统管理员、隐私官、审计员本应三人分任。人手不足时可放宽到两项；三项永远不行。",
    "Administrator, privacy officer and auditor should be three people. A small school may allow two; never all three.",
);
/// Card: campuses.
pub const CAMPUSES: Text = text("校区", "Campuses");
/// Caption.
pub const CAMPUSES_CAPTION: Text =
    text("只有数目；没有家庭、员工和班级的校区才能关闭", "Numbers only. A campus without families, staff and classes can be closed");
/// Staff.
pub const STAFF: Text = text("员工", "Staff");
/// Running classes.
pub const RUNNING: Text = text("未结班级", "Classes");
/// Adds a campus.
pub const ADD_CAMPUS: Text = text("添加校区", "Add a campus");
/// Rename.
pub const RENAME: Text = text("更名", "Rename");
/// Rename, read out.
pub const RENAME_ONE: Text = text("{name} 更名", "Rename {name}");
/// Name of a campus.
pub const CAMPUS_NAME: Text = text("校区名称", "Name of the campus");
/// Close.
pub const CLOSE_CAMPUS: Text = text("关闭", "Close");
/// Close, read out.
pub const CLOSE_ONE: Text = text("关闭 {name}", "Close {name}");
/// Closed.
pub const CLOSED: Text = text("已关闭", "Closed");

/// Card: first steps.
pub const SETUP: Text = text("开学清单", "Getting ready");
/// Line.
pub const SETUP_LINE: Text = text("{n} / {of} 已完成。全部完成后，这张单子自己收起。", "{n} of {of} done. The list goes when all is.");
/// Done.
pub const DONE: Text = text("已完成", "Done");
/// Not done.
pub const OPEN: Text = text("未完成", "Open");
/// How much.
pub const HAVE: Text = text("{have} / {of}", "{have} of {of}");
