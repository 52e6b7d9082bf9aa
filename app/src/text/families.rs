//! Texts of the list of families: filters, views, columns, selection, a look beside the list, changes in a row.

use super::{Text, text};

/// Adds a condition.
pub const ADD_FILTER: Text = text("筛选条件", "Add a filter");
/// The kind of a condition.
pub const BY: Text = text("按什么", "By");
/// What it must be.
pub const VALUE: Text = text("是什么", "Is");
/// Puts the condition in force.
pub const ADD: Text = text("加上", "Add");
/// Takes a condition away.
pub const REMOVE_FILTER: Text = text("去掉条件：{what}", "Remove the filter: {what}");
/// How conditions are joined.
pub const JOINED: Text = text("条件之间", "Conditions");
/// All of them.
pub const ALL: Text = text("同时满足", "All of them");
/// Any of them.
pub const ANY: Text = text("满足任一", "Any of them");
/// Kind: stage.
pub const STAGE_IS: Text = text("阶段是", "Stage is");
/// Kind: not the stage.
pub const STAGE_NOT: Text = text("阶段不是", "Stage is not");
/// Kind: last change.
pub const UNCHANGED: Text = text("多久未动", "Unchanged for");
/// Unchanged for so many days.
pub const DAYS: Text = text("{n} 天未动", "{n} days unchanged");
/// The viewer.
pub const ME: Text = text("我", "Me");
/// Next contact: before today.
pub const OVERDUE: Text = text("已过期", "Overdue");
/// Next contact: today.
pub const TODAY: Text = text("今天", "Today");
/// Next contact: this week.
pub const WEEK: Text = text("本周", "This week");
/// Next contact: none.
pub const NO_DAY: Text = text("未安排", "None");
/// Something that the viewer has no name for.
pub const OTHER: Text = text("其他", "Other");

/// The menu of views.
pub const VIEWS: Text = text("视图：", "View: ");
/// No view.
pub const EVERYTHING: Text = text("全部家庭", "All families");
/// The view is not as it was saved.
pub const CHANGED: Text = text("已改动", "Changed");
/// Saves as another view.
pub const SAVE_AS: Text = text("另存", "Save as");
/// Back to the view as it was saved.
pub const RESTORE: Text = text("还原", "Restore");
/// Renames the view.
pub const RENAME: Text = text("改名", "Rename");
/// Removes the view.
pub const REMOVE_VIEW: Text = text("删除视图", "Delete the view");
/// Asks before a view is removed.
pub const REMOVE_SURE: Text = text("删除视图「{name}」？", "Delete the view “{name}”?");
/// What is lost.
pub const REMOVE_LINE: Text = text("只删视图，不删家庭。", "The view goes, no family does.");
/// The same of a shared view.
pub const REMOVE_SHARED: Text = text("全校都在用它；只删视图，不删家庭。", "The whole school has it. The view goes, no family does.");
/// Title: a new view.
pub const NEW_VIEW: Text = text("保存视图", "Save a view");
/// Name of a view.
pub const NAME: Text = text("名称", "Name");
/// Hint of the name.
pub const NAME_HINT: Text = text("不写姓名和号码，最多 40 字。", "No names of people, no numbers; at most 40 characters.");
/// Shared with the school.
pub const SHARE: Text = text("全校可用", "For the whole school");
/// Marks a shared view.
pub const SHARED: Text = text("全校", "School");
/// A view was saved.
pub const VIEW_SAVED: Text = text("视图已保存", "View saved");
/// A view was removed.
pub const VIEW_REMOVED: Text = text("视图已删除", "View deleted");

/// Columns and density.
pub const LOOK: Text = text("列与疏密", "Columns and density");
/// Legend of the columns.
pub const COLUMNS: Text = text("显示的列", "Columns shown");
/// Moves a column.
pub const EARLIER: Text = text("{what} 前移", "Move {what} earlier");
/// Moves a column.
pub const LATER: Text = text("{what} 后移", "Move {what} later");
/// Density.
pub const DENSITY: Text = text("疏密", "Density");
/// Close.
pub const COMPACT: Text = text("紧凑", "Compact");
/// Usual.
pub const USUAL: Text = text("默认", "Default");
/// Roomy.
pub const ROOMY: Text = text("宽松", "Roomy");
/// Back to the usual columns.
pub const RESET: Text = text("恢复默认", "Reset");
/// Column: last change.
pub const UPDATED: Text = text("最近变动", "Last change");

/// Selects a row.
pub const SELECT: Text = text("选择 {who}", "Select {who}");
/// Selects all rows.
pub const SELECT_ALL: Text = text("选择已显示的各户", "Select all rows shown");
/// How many are selected.
pub const SELECTED: Text = text("已选 {n} 户", "{n} selected");
/// The most that can be changed at once.
pub const TOO_MANY: Text = text("一次最多改 200 户", "At most 200 at once");
/// Changes the consultant.
pub const ASSIGN: Text = text("分给顾问", "Assign to");
/// Changes the stage.
pub const MOVE: Text = text("改阶段", "Move to stage");
/// A thing and what it is.
pub const PAIR: Text = text("{what}：{to}", "{what}: {to}");
/// What would be changed.
pub const WOULD: Text = text("将改动 {n} 户", "{n} will be changed");
/// What was changed.
pub const DID: Text = text("已改动 {n} 户", "{n} changed");
/// Does it.
pub const DO_IT: Text = text("改动 {n} 户", "Change {n}");
/// Once more for those that failed.
pub const RETRY: Text = text("重试没改成的 {n} 户", "Retry the {n} that failed");
/// Skipped: already so.
pub const ALREADY: Text = text("原本如此", "Already so");
/// Skipped: another campus.
pub const OTHER_CAMPUS: Text = text("顾问不在这个校区", "The consultant is at another campus");
/// Skipped: somebody was faster.
pub const CONFLICT: Text = text("刚被别人改过，请重新读取列表", "Changed by somebody meanwhile; read the list again");
/// Skipped: seen by a role that changes nothing.
pub const NOT_YOURS: Text = text("你只能查看，不能修改", "Yours to see, not to change");
/// Skipped: gone.
pub const GONE: Text = text("不在你的范围内", "No longer within your reach");
/// The server was not reached.
pub const NOT_SENT: Text = text("没有发出去", "Not sent");

/// Opens the look beside the list.
pub const PEEK: Text = text("速览 {who}", "Look at {who}");
/// The look beside the list.
pub const PEEK_TITLE: Text = text("速览", "At a glance");
/// Opens the page.
pub const OPEN: Text = text("打开", "Open");
/// The look is recorded.
pub const PEEK_NOTE: Text = text("这次查看已记入访问簿。", "This look was recorded.");
/// Next row.
pub const NEXT_ROW: Text = text("下一户", "Next");
/// Row before.
pub const ROW_BEFORE: Text = text("上一户", "Previous");

/// Changes a fact in the row.
pub const CHANGE: Text = text("改{what}：{now}", "Change {what}: {now}");
/// Being saved.
pub const SAVING: Text = text("正在保存", "Saving");
/// Tomorrow.
pub const TOMORROW: Text = text("明天", "Tomorrow");
/// In a week.
pub const IN_A_WEEK: Text = text("一周后", "In a week");

/// Key: search.
pub const KEY_FIND: Text = text("查找", "Search");
/// Key: new family.
pub const KEY_NEW: Text = text("新建家庭", "New family");
/// Key: rows.
pub const KEY_ROWS: Text = text("下一户、上一户", "Next and previous row");
/// Key: open.
pub const KEY_OPEN: Text = text("打开这一户", "Open the row");
/// Key: peek.
pub const KEY_PEEK: Text = text("速览；Esc 收起", "Look beside the list; Esc closes");
/// Key: select.
pub const KEY_SELECT: Text = text("选中；加 Shift 选到这一行", "Select; with Shift up to this row");
/// Key: edit.
pub const KEY_EDIT: Text = text("改阶段、顾问、下次联系", "Change stage, consultant, next contact");
