//! Texts of the pages in `pages/staff`.

use super::{Text, text};

/// Line under the title: everything within reach.
pub const HEAD_ALL: Text = text("范围内 {n} 户", "{n} families within your reach");
/// Line under the title: the viewer's own.
pub const HEAD_MINE: Text = text("我负责 {n} 户", "{n} families of yours");
/// New family.
pub const NEW_FAMILY: Text = text("新建家庭", "New family");
/// Name of the group of filters.
pub const FILTERS: Text = text("筛选", "Filters");
/// Filter: the viewer's own.
pub const MINE: Text = text("我的家庭", "My families");
/// Filter: to be contacted by today.
pub const DUE: Text = text("今天前待跟进", "Due by today");
/// Order: longest unchanged first.
pub const OLDEST: Text = text("最久未动的在前", "Longest unchanged first");
/// Search.
pub const FIND: Text = text("查找", "Find");
/// Search: by what.
pub const FIND_BY: Text = text("按什么查找", "Find by");
/// Search: placeholder.
pub const FIND_HINT: Text = text("姓名、完整手机号、身份证号或邮箱", "Name, whole mobile, ID number or e-mail");
/// Search kind: guessed.
pub const BY_ANY: Text = text("自动", "Automatic");
/// Search kind: name.
pub const BY_NAME: Text = text("姓名", "Name");
/// Search kind: phone.
pub const BY_PHONE: Text = text("手机", "Mobile");
/// Search kind: identity number.
pub const BY_ID_CARD: Text = text("身份证号", "ID number");
/// Search kind: e-mail.
pub const BY_EMAIL: Text = text("邮箱", "E-mail");
/// What a search brought.
pub const FOUND: Text = text("按{by}找到 {n} 户 · 查找已记入访问簿", "By {by}: {n} found · the search was recorded");
/// A search brought more than is shown.
pub const FOUND_MORE: Text = text(
    "按{by}查找，只列出前 {n} 户，请写得更完整 · 查找已记入访问簿",
    "By {by}: the first {n} are shown, please be more precise · the search was recorded",
);
/// Ends a search.
pub const CLEAR_SEARCH: Text = text("清除查找", "Clear the search");
/// A search brought nothing.
pub const NONE_FOUND: Text = text("没有找到", "Nothing found");
/// A search brought nothing, more.
pub const NONE_FOUND_LINE: Text = text(
    "号码和邮箱要写完整；不在你范围内的家庭也不会出现。",
    "Numbers and addresses must be whole; families beyond your reach do not appear either.",
);
/// The filters leave nothing.
pub const NONE_FILTERED: Text = text("这些条件下没有家庭", "No family meets these filters");
/// The filters leave nothing, more.
pub const NONE_FILTERED_LINE: Text = text("去掉一些条件再看。", "Take some of them away.");
/// Clears the filters.
pub const CLEAR_FILTERS: Text = text("清除筛选", "Clear the filters");
/// First use.
pub const NO_FAMILIES: Text = text("还没有家庭", "No families yet");
/// First use, more.
pub const NO_FAMILIES_LINE: Text = text("从第一户开始建档。", "Begin with the first one.");
/// First use: quotation.
pub const QUOTE: Text = text("不患人之不己知，患不知人也。", "不患人之不己知，患不知人也。");
/// First use: its source.
pub const QUOTE_FROM: Text = text("《论语 · 学而》", "Analects 1.16");
/// Name of the list.
pub const LIST_LABEL: Text = text("家庭列表", "List of families");
/// Caption of the list.
pub const LIST_CAPTION: Text = text(
    "{n} / {total} 户 · 按「{roles}」的权限脱敏 · 本次查看已记入访问簿",
    "{n} of {total} · masked by the rights of {roles} · this look was recorded",
);
/// Column: student.
pub const STUDENT: Text = text("学员", "Student");
/// Column: phone.
pub const GUARDIAN_PHONE: Text = text("家长手机", "Guardian's mobile");
/// Stage.
pub const STAGE: Text = text("阶段", "Stage");
/// Classes.
pub const CLASSES: Text = text("班级", "Classes");
/// Consultant.
pub const OWNER: Text = text("顾问", "Consultant");
/// Next contact.
pub const NEXT_CONTACT: Text = text("下次联系", "Next contact");
/// Campus.
pub const CAMPUS: Text = text("校区", "Campus");
/// No guardian is recorded.
pub const NO_GUARDIAN: Text = text("未登记家长", "No guardian recorded");
/// Export.
pub const EXPORT: Text = text("导出", "Export");
/// Export: how.
pub const EXPORT_NOTE: Text = text("按当前筛选和你的权限脱敏，并记入访问簿", "As filtered, masked by your rights, and recorded");
/// Export: workbook.
pub const EXPORT_XLSX: Text = text("Excel 工作簿（.xlsx）", "Excel workbook (.xlsx)");
/// Export: text.
pub const EXPORT_CSV: Text = text("CSV 文本（.csv）", "CSV text (.csv)");
/// Exported.
pub const EXPORTED: Text = text("已导出，并记入访问簿", "Exported and recorded");
/// Line under a family's title.
pub const FAMILY_LINE: Text = text("{campus} · 顾问 {owner} · {day} 建档", "{campus} · consultant {owner} · taken in {day}");
/// Nobody looks after the family.
pub const NOBODY: Text = text("未分配", "Not assigned");
/// Where the family stands.
pub const STANDING: Text = text("进度", "Where it stands");
/// The thread of a family.
pub const THREAD: Text = text("经过", "History");
/// Thread: everything.
pub const EVERYTHING: Text = text("全部", "All");
/// Thread: changes and classes.
pub const CHANGES: Text = text("改动", "Changes");
/// Thread: looks.
pub const LOOKS: Text = text("查看", "Looks");
/// Thread: no changes.
pub const NO_CHANGES: Text = text("还没有经过。", "Nothing yet.");
/// Thread: how many fields.
pub const FIELDS_SEEN: Text = text("共 {n} 项", "{n} fields");
/// Thread: what a fact was set to.
pub const SET_TO: Text = text("{what}改为{to}", "{what}: {to}");
/// Thread: a student began.
pub const JOINED_CLASS: Text = text("进入", "joined");
/// Thread: a student left.
pub const LEFT_CLASS: Text = text("离开", "left");
/// Thread: a note that the card does not have yet.
pub const NOTE_BY: Text = text("{who}记了一笔", "{who} wrote a note");
/// Thread: read it.
pub const SHOW_NOTE: Text = text("读出来", "Read it");
/// Thread: older items.
pub const OLDER: Text = text("更早的", "Older");
/// The family before this one in the list.
pub const BEFORE: Text = text("上一户", "Previous family");
/// The family after this one in the list.
pub const AFTER: Text = text("下一户", "Next family");
/// Where the family stands in the list.
pub const PLACE: Text = text("第 {n} / {of} 户", "{n} of {of}");
/// Next contact: tomorrow.
pub const TOMORROW: Text = text("明天", "Tomorrow");
/// Next contact: in three days.
pub const IN_THREE_DAYS: Text = text("三天后", "In three days");
/// Next contact: in a week.
pub const IN_A_WEEK: Text = text("一周后", "In a week");
/// Access ledger: who else reads it.
pub const LEDGER_NOTE: Text = text("这些家长也能看到。", "Guardians can read these too.");
/// Access ledger: empty.
pub const LEDGER_EMPTY: Text = text("还没有人看过。", "Nobody has looked yet.");
/// Add a student.
pub const ADD_STUDENT: Text = text("添加学员", "Add a student");
/// Add a guardian.
pub const ADD_GUARDIAN: Text = text("添加家长", "Add a guardian");
/// Edit.
pub const EDIT: Text = text("编辑", "Edit");
/// Honesty of the edit form.
pub const EDIT_NOTE: Text =
    text("只列出你能修改的项；没有动过的项不会改变。", "Only what you may change is listed; what you leave alone stays as it is.");
/// First guardian.
pub const FIRST_CONTACT: Text = text("主要联系人", "First contact");
/// A relation to one of several students.
pub const RELATION_OF: Text = text("{name}的{relation}", "{relation} of {name}");
/// Relation.
pub const RELATION: Text = text("与学员的关系", "Relation to the students");
/// A seal that needs an approval.
pub const NEEDS_APPROVAL: Text = text("启封需批准", "Opening needs an approval");
/// The student attends no class.
pub const NO_CLASS: Text = text("未排班", "None");
/// Notes.
pub const NOTES: Text = text("跟进", "Notes");
/// No notes.
pub const NO_NOTES: Text = text("还没有跟进记录。", "No notes yet.");
/// Write a note.
pub const WRITE_NOTE: Text = text("记一笔", "Write a note");
/// Save the note.
pub const SAVE_NOTE: Text = text("记下", "Save the note");
/// The note was saved.
pub const NOTE_SAVED: Text = text("已记下", "Note saved");
/// Hint of the note.
pub const NOTE_HINT: Text =
    text("写事情，不必写号码；号码写进家长资料。", "Write what happened; numbers belong into the guardian's record.");
/// Numbers were found in a note.
pub const NOTE_FOUND: Text = text("其中有 {n} 处号码，别人会看到：", "{n} found that others will see masked:");
/// When to get in touch again.
pub const NEXT_ON: Text = text("下次联系 {day}", "next contact {day}");
/// Invite.
pub const INVITE: Text = text("邀请到家长端", "Invite to the portal");
/// Invitation: title.
pub const INVITE_TITLE: Text = text("家长端邀请", "Invitation to the portal");
/// Invitation: honesty.
pub const INVITE_LINE: Text =
    text("链接只显示这一次，请当面或私下交给这位家长。", "The link is shown this once. Hand it to this guardian in person or in private.");
/// Invitation: QR code.
pub const INVITE_SCAN: Text = text("用家长的手机扫一扫", "Scan with the guardian's phone");
/// Invitation: link.
pub const INVITE_LINK: Text = text("邀请链接", "Invitation link");
/// Invitation: lapse.
pub const INVITE_UNTIL: Text = text("{at} 前有效，只能用一次。", "Good until {at}, for one use.");
/// Copy the link.
pub const COPY_LINK: Text = text("复制链接", "Copy the link");
/// Conflict: caption.
pub const CLASH: Text = text("保存前有人改过", "Changed by somebody before you saved");
/// Conflict: what now.
pub const CLASH_LINE: Text = text(
    "你的改动还没有保存，也没有丢。别人也改过的项，逐项选一边，再保存。",
    "Your changes are not saved and not lost. Choose a side for each field that somebody else changed too, then save.",
);
/// Conflict: column.
pub const ITEM: Text = text("项", "Field");
/// Conflict: column.
pub const MINE_NOW: Text = text("我的", "Mine");
/// Conflict: column.
pub const THEIRS_NOW: Text = text("现在", "Now");
/// Conflict: what happened.
pub const SINCE: Text = text("这期间的改动", "Meanwhile");
/// Conflict: what a save will do.
pub const CLASH_SUM: Text =
    text("用我的 {mine} 项，用现在的 {theirs} 项，还要选 {open} 项。", "{mine} of mine, {theirs} as they are now, {open} still to choose.");
/// Intake: line.
pub const NEW_FAMILY_LINE: Text = text("姓名和号码加密保存", "Names and numbers are stored encrypted");
/// Intake: required fields.
pub const REQUIRED_NOTE: Text = text("没有标“选填”的都要填。", "Everything not marked as optional is needed.");
/// Intake: honesty.
pub const INTAKE_NOTE: Text = text("只登记用得到的；多余的不要问。", "Record only what is needed.");
/// Folded fields.
pub const MORE_FIELDS: Text = text("更多资料（选填）", "More (optional)");
/// Remove a person from the form.
pub const REMOVE: Text = text("去掉", "Remove");
/// The same, naming the person.
pub const REMOVE_PERSON: Text = text("去掉{who} {n}", "Remove {who} {n}");
/// Take in.
pub const TAKE_IN: Text = text("建档", "Take in");
/// Taken in.
pub const FAMILY_MADE: Text = text("已建档", "The family was taken in");
