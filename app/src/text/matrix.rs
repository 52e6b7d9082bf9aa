//! Texts around the matrix: impact, history, comparison, document; and of the trail's tools.

use super::{Text, text};

/// What no matrix gives to an emergency.
pub const EMERGENCY_LIMIT: Text = text(
    "平时没有人持有这一角色；由第二人开启后，请求者持有一小时。不能修改，不能导出，服务器同样如此。",
    "Nobody holds this role, but for an hour after a second person has opened an emergency. It never writes or exports; the server holds to it too.",
);
/// When a role counts in full.
pub const WHEN: Text = text("何时完整可见", "In full when");
/// Always.
pub const ALWAYS: Text = text("随时", "always");
/// Networks of a condition.
pub const FROM_NETWORKS: Text = text("自网络 {networks}", "from {networks}");
/// A run of days.
pub const DAYS: Text = text("{first}至{last}", "{first}–{last}");
/// All seven.
pub const EVERY_DAY: Text = text("每天", "every day");
/// 1
pub const MONDAY: Text = text("周一", "Mon");
/// 2
pub const TUESDAY: Text = text("周二", "Tue");
/// 3
pub const WEDNESDAY: Text = text("周三", "Wed");
/// 4
pub const THURSDAY: Text = text("周四", "Thu");
/// 5
pub const FRIDAY: Text = text("周五", "Fri");
/// 6
pub const SATURDAY: Text = text("周六", "Sat");
/// 7
pub const SUNDAY: Text = text("周日", "Sun");
/// Dialog.
pub const WHEN_TITLE: Text = text("{role}何时完整可见", "When {role} sees in full");
/// The button of a role: what it is called by.
pub const WHEN_OF: Text = text("{role}何时完整可见：{when}", "When {role} sees in full: {when}");
/// Dialog: what it does.
pub const WHEN_LINE: Text = text(
    "此外的时间、此外的网络，这一角色至多看到遮罩，也不能启封、修改、查找、导出；能看到哪些记录不变，兼任的其他角色不受影响。",
    "At other times and from other networks the role shows masks at most, and opens, changes, finds and exports nothing. Which records it reaches stays, and so do a person's other roles.",
);
/// Dialog: days.
pub const WHEN_DAYS: Text = text("哪几天", "Days");
/// Dialog: days, hint.
pub const WHEN_DAYS_HINT: Text = text("一天也不选，就不限时段。", "None ticked: at any time.");
/// Dialog: begin.
pub const WHEN_FROM: Text = text("从", "From");
/// Dialog: end.
pub const WHEN_TO: Text = text("到", "Until");
/// Dialog: hours, hint.
pub const WHEN_TO_HINT: Text = text("北京时间；0:00 即当天结束。", "Beijing time; 0:00 is the end of the day.");
/// Dialog: networks.
pub const WHEN_NETWORKS: Text = text("从哪些网络", "Networks");
/// Dialog: networks, hint.
pub const WHEN_NETWORKS_HINT: Text = text(
    "一行一段，如 203.0.113.0/24 或 2001:db8::/32，最多十六段；留空就不限网络。须是服务器看到的地址：校外接入的出口地址，不是校内的 192.168。",
    "One a line, such as 203.0.113.0/24 or 2001:db8::/32, sixteen at most; none: from anywhere. As the server sees them: the address by which the school reaches the internet, not 192.168 inside.",
);
/// Dialog: both.
pub const WHEN_BOTH: Text = text("时段与网络都填，须同时符合。", "Where both are given, both have to be met.");
/// Dialog: takes it into the draft.
pub const WHEN_TAKE: Text = text("放进草稿", "Into the draft");
/// Dialog: no condition.
pub const WHEN_NONE: Text = text("改为随时", "Always");
/// A line that is no network.
pub const LINE_WRONG: Text = text("第 {n} 行不是网络：{text}", "Line {n} is no network: {text}");
/// A line that is everywhere.
pub const LINE_EVERYWHERE: Text = text("第 {n} 行包含所有地址，等于没有限制。", "Line {n} holds every address and would limit nothing.");
/// Too many lines.
pub const LINES_MANY: Text = text("最多十六段网络。", "Sixteen networks at most.");
/// The hours end before they begin.
pub const HOURS_ORDER: Text = text("结束须晚于开始。", "The end has to be after the beginning.");
/// Card: the school's own roles.
pub const ROLES_OWN: Text = text("自设角色", "The school's own roles");
/// Card: what they are.
pub const ROLES_LINE: Text = text(
    "职责与登录要求同所依的角色，看到什么由自己的一列说了算。每种最多三个。",
    "Duties and sign-in are those of the base; what is seen is what the role's own column says. Three over each base.",
);
/// Makes one.
pub const ROLE_NEW: Text = text("新增角色", "Add a role");
/// Names one otherwise, and what that is called in a list of changes.
pub const ROLE_NAME: Text = text("角色名称", "Name of the role");
/// The same on a button.
pub const ROLE_RENAME: Text = text("改名", "Rename");
/// Gives one up.
pub const ROLE_GIVE_UP: Text = text("停用", "Give up");
/// Keeps one after all.
pub const ROLE_KEEP: Text = text("保留", "Keep");
/// No role.
pub const ROLE_NONE: Text = text("（无）", "(none)");
/// Over which base.
pub const ROLE_BASE_IS: Text = text("依{base}", "over {base}");
/// Field: the base.
pub const ROLE_BASE: Text = text("依哪个角色", "Over which role");
/// Field: the base, hint.
pub const ROLE_BASE_LINE: Text = text("先照抄它的一列，再改。", "Begins as a copy of its column.");
/// Field: Chinese.
pub const ROLE_ZH: Text = text("中文名", "In Chinese");
/// Field: English.
pub const ROLE_EN: Text = text("英文名", "In English");
/// What a name is.
pub const ROLE_NAME_LINE: Text =
    text("各 24 字以内，不与其他角色重名；家长看得到。", "24 characters at most, unlike any other role's; guardians read it.");
/// All three are there.
pub const ROLES_FULL: Text = text("依这个角色的三个都用了。", "All three over this role are there.");
/// Before saving.
pub const REVIEW: Text = text("看影响再保存", "Look at the effect, then save");
/// Title of the dialog.
pub const IMPACT: Text = text("这一改，谁多看到，谁少看到", "Who gains and who loses");
/// How many people hold a role.
pub const PEOPLE: Text = text("{role} · {n} 人", "{role} · {n} people");
/// Gains.
pub const GAINS: Text = text("增", "gains");
/// Loses.
pub const LOSES: Text = text("减", "loses");
/// Nothing in effect.
pub const NO_EFFECT: Text = text("没有实际变化。", "Nothing changes in effect.");
/// How many hold it, of the role of emergencies.
pub const PEOPLE_EMERGENCY: Text = text("{role} · 开启应急的人", "{role} · whoever an emergency is opened for");
/// Those who gain, by name.
pub const WHO_GAIN: Text = text("因此有增（连同兼任的角色）：{who}", "Would have more, by all their roles: {who}");
/// Those who lose.
pub const WHO_LOSE: Text = text("因此有减（连同兼任的角色）：{who}", "Would have less, by all their roles: {who}");
/// Nobody does.
pub const WHO_NOBODY: Text = text("现在没有人因此有增减。", "Nobody has more or less by it now.");
/// More than are named.
pub const WHO_MORE: Text = text("{names}等 {n} 人", "{names} and others, {n} people");
/// Without names.
pub const WHO_MANY: Text = text("{n} 人", "{n} people");
/// Row fill.
pub const FILL_ROW: Text = text("照此填这一行", "Fill the row");
/// Column fill.
pub const FILL_COLUMN: Text = text("照此填这一列", "Fill the column");
/// Undo the last step.
pub const STEP_BACK: Text = text("撤销上一步", "Undo the last step");
/// Fold a group.
pub const FOLD: Text = text("收起{record}", "Fold {record}");
/// Unfold a group.
pub const UNFOLD: Text = text("展开{record}", "Unfold {record}");

/// Link and title: history.
pub const HISTORY: Text = text("历史", "History");
/// Line.
pub const HISTORY_LINE: Text = text("每次修改都是新的一版，旧版不删不改。", "Each change is a new version; none is ever edited.");
/// A version.
pub const VERSION: Text = text("第 {n} 版", "Version {n}");
/// In force.
pub const IN_FORCE: Text = text("现行", "in force");
/// Number of changes.
pub const N_CHANGES: Text = text("{n} 处改动", "{n} changes");
/// Back to it.
pub const ROLL_BACK: Text = text("回到这一版", "Back to this version");
/// Back to it, dialog.
pub const ROLL_BACK_TITLE: Text = text("回到第 {n} 版", "Back to version {n}");
/// Back to it, note.
pub const ROLL_BACK_LINE: Text =
    text("将照第 {n} 版另立新版，并记入审计。", "A new version is made like version {n}, and the trail says so.");
/// Confirmed.
pub const REVIEWED: Text = text("已确认现行一版，记入审计。", "Confirmed; the trail says so.");
/// Confirm.
pub const CONFIRM: Text = text("确认现行版", "Confirm this version");

/// Link and title: comparison.
pub const COMPARE: Text = text("比较角色", "Compare roles");
/// Line.
pub const COMPARE_LINE: Text = text("不同的在前。", "What differs comes first.");
/// Left role.
pub const LEFT: Text = text("左", "Left");
/// Right role.
pub const RIGHT: Text = text("右", "Right");
/// Copy into the draft.
pub const COPY: Text = text("把「{from}」的格子抄给「{to}」", "Copy the cells of {from} to {to}");
/// Copy, note.
pub const COPY_LINE: Text = text("只进草稿，看过影响再保存。", "Into the draft only; look at the effect, then save.");
/// They differ in.
pub const DIFFER: Text = text("{n} 处不同", "{n} differ");
/// Same.
pub const SAME: Text = text("相同", "same");

/// Link and title: document.
pub const DOCUMENT: Text = text("规则文件", "Rules on paper");
/// Line.
pub const DOCUMENT_LINE: Text = text(
    "由现行第 {n} 版生成，可打印存档（ASVS 8.1.2：字段级访问规则成文）。",
    "Made from version {n} in force, for printing and filing (ASVS 8.1.2: rules for fields, documented).",
);
/// In the files: which version.
pub const DOCUMENT_OF: Text = text("第 {n} 版，{since}（北京时间）起生效", "Version {n}, in force since {since} (Beijing time)");
/// Section of a role: its reach.
pub const REACH: Text = text("范围：{scope} · 何时完整可见：{when}", "Reach: {scope} · in full: {when}");
/// Column: opening.
pub const OPENING: Text = text("启封", "Opening");
/// Column: form.
pub const FORM: Text = text("形式", "Form");
/// Column: further.
pub const MAY: Text = text("还可以", "May also");

/// Filter: person.
pub const ANYBODY: Text = text("任何人", "Anybody");
/// Filter: kind.
pub const ANY_KIND: Text = text("任何对象", "Any record");
/// From.
pub const FROM: Text = text("从", "From");
/// To.
pub const TO: Text = text("到", "To");
/// Live.
pub const LIVE: Text = text("实时", "Live");
/// Live, state.
pub const LIVE_ON: Text = text("新记录会自动出现；十分钟后自动暂停", "New lines appear by themselves; it pauses after ten minutes");
/// Live, paused.
pub const LIVE_OFF: Text = text("已暂停", "Paused");
/// Newer.
pub const NEWER: Text = text("有 {n} 条新记录", "{n} new lines");
/// Unfold.
pub const MORE: Text = text("展开第 {n} 条", "Unfold line {n}");
/// Number.
pub const NUMBER: Text = text("序号", "Number");
/// Records.
pub const RECORDS: Text = text("对象编号末六位", "Ends of the ids");
/// Records, more of them.
pub const AND_MORE: Text = text("等 {n} 条", "of {n}");
/// Fact of an entry: the standing grant.
pub const GRANT: Text = text("常设授权", "Standing grant");
/// Fact of an entry: the token for a program.
pub const TOKEN: Text = text("程序令牌", "Token for a program");
/// Session.
pub const SESSION: Text = text("会话", "Session");
/// A passkey signed for the look.
pub const SIGNED: Text = text("通行密钥签名", "Signed by passkey");
/// In how many families' ledgers.
pub const IN_LEDGERS: Text = text("记入 {n} 户的访问簿", "In the ledgers of {n} families");
/// Roles before and after.
pub const ROLE_CHANGE: Text = text("角色变化", "Roles");
/// The digest of a report.
pub const DIGEST: Text = text("报告摘要", "Digest of the report");
/// Hash.
pub const HASH: Text = text("链上指纹", "Hash");
/// Export.
pub const EXPORT: Text = text("导出 CSV", "Export CSV");
/// Exported.
pub const EXPORTED: Text = text("已导出，最多 5,000 条；导出已记入审计。", "Exported, 5,000 lines at most; the trail says so.");
/// Verify.
pub const VERIFY: Text = text("核验", "Verify");
/// Verify, line.
pub const VERIFY_LINE: Text = text(
    "逐行重算链上指纹，查出改动、缺行、换位、截断。与库外锚点的比对请在服务器上运行 shendu audit verify。",
    "Every hash is computed again: what was altered, taken out, swapped or cut off is found. The anchor outside the database is compared by shendu audit verify on the server.",
);
/// Begin.
pub const VERIFY_NOW: Text = text("立即核验", "Verify now");
/// Progress.
pub const VERIFY_AT: Text = text("{state}：{n} / {of} 行", "{state}: {n} of {of} rows");
/// When and by whom.
pub const VERIFY_WHEN: Text = text("{who} · {at}", "{who} · {at}");
/// Fault.
pub const VERIFY_FAULT: Text = text(
    "第 {n} 行：{what}。请保留数据库原样，通知隐私官与管理员。",
    "Row {n}: {what}. Keep the database as it is and tell the privacy officer and the administrator.",
);
/// Never.
pub const VERIFY_NEVER: Text = text("还没有核验过。", "Not verified yet.");
/// Fault: a row is missing.
pub const FAULT_GAP: Text = text("缺行或次序不对", "a row is missing or out of order");
/// Fault: altered.
pub const FAULT_ALTERED: Text = text("内容被改动", "it was altered");
/// Fault: columns disagree.
pub const FAULT_LABEL: Text = text("检索列与内容不符", "its columns disagree with its content");
/// Fault: cut.
pub const FAULT_CUT: Text = text("链尾被截断或被绕过", "the end was cut off or passed by");
/// Fault: beginning.
pub const FAULT_BEGINNING: Text = text("链首被改过", "where it begins was altered");
/// Fault: head.
pub const FAULT_HEAD: Text = text("链头不是本校所封", "the head was not sealed by this school");
