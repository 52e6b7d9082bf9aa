//! Texts of a guardian's pages. Calm and plain: no word of ours that a parent would not use.

use super::{Text, text};

/// Title of the first page.
pub const CHILDREN: Text = text("我的孩子", "My children");
/// No children.
pub const NO_CHILDREN: Text = text("这里还没有孩子", "No child is linked yet");
/// No children, more.
pub const NO_CHILDREN_LINE: Text = text(
    "学校还没有把孩子与这个号码连起来，请联系课程顾问。",
    "The school has not linked a child with this contact yet. Please ask your consultant.",
);
/// Switches the child.
pub const OTHER_CHILD: Text = text("换孩子", "Other child");
/// Parts of the page.
pub const PARTS: Text = text("这个孩子", "This child");
/// Tab: who looked.
pub const TAB_WHO: Text = text("谁看过", "Who looked");
/// Tab: what is held.
pub const TAB_HELD: Text = text("学校记着", "What is kept");
/// Tab: the guardian.
pub const TAB_ME: Text = text("我的资料", "About me");
/// Who looked.
pub const WHO: Text = text("谁看过孩子的资料", "Who has looked");
/// Who looked, more.
pub const WHO_LINE: Text = text(
    "学校的人每看一次都记在这里，谁也删不掉。红色方点表示有人打开了遮住的内容。",
    "Every look is kept here and nobody can take it out. A red mark: something covered was opened.",
);
/// Nobody looked.
pub const NOBODY: Text = text("还没有人看过。有人看时，会记在这里。", "Nobody has looked yet. When somebody does, it is written here.");
/// Who did what.
pub const DID: Text = text("{who}（{roles}）{did}", "{who} ({roles}) {did}");
/// The same where there is no role to tell.
pub const DID_ALONE: Text = text("{who}{did}", "{who} {did}");
/// Saw in a list.
pub const DID_LIST: Text = text("在名单里看到了", "saw in a list");
/// Saw.
pub const DID_SEE: Text = text("看了", "saw");
/// Opened.
pub const DID_OPEN: Text = text("打开看了", "opened");
/// Exported.
pub const DID_EXPORT: Text = text("导出了", "exported");
/// Took in.
pub const DID_CREATE: Text = text("登记了", "wrote down");
/// Changed.
pub const DID_CHANGE: Text = text("修改了", "changed");
/// Searched.
pub const DID_SEARCH: Text = text("查找时用到了", "searched by");
/// Read the list of looks.
pub const DID_TRAIL: Text = text("查看了这份访问记录", "read this list of looks");
/// Was refused.
pub const DID_REFUSED: Text = text("想看，没有获准", "tried to look and was refused");
/// Masked.
pub const PARTLY: Text = text("{field}（部分遮住）", "{field} (partly covered)");
/// Withheld.
pub const COVERED: Text = text("{field}（未显示）", "{field} (not shown)");
/// Why.
pub const BECAUSE: Text = text("因为 {reason}", "because of: {reason}");
/// Reason with words.
pub const REASON_MORE: Text = text("{reason}：{text}", "{reason}: {text}");
/// Older lines.
pub const OLDER: Text = text("看更早的", "Older");
/// What is held.
pub const HELD: Text = text("学校记着什么", "What the school keeps");
/// What is held, more.
pub const HELD_LINE: Text = text(
    "每一项下面写着谁看得到。只有工作用得到的人才看得到你家；要更正，请告诉课程顾问。",
    "Under each entry: who sees it. Only staff whose work includes your family see any of it. To correct something, tell your consultant.",
);
/// About the guardian.
pub const ME: Text = text("学校记着的我", "What the school keeps about me");
/// Whole.
pub const SEES_WHOLE: Text = text("{roles}看得到", "{roles}: whole");
/// Part.
pub const SEES_PART: Text = text("{roles}只看得到一部分", "{roles}: partly covered");
/// Opens with a reason.
pub const OPENS: Text = text("{roles}写明事由后可打开，每次都会记下", "{roles}: may open it with a reason, recorded each time");
/// Opens after approval.
pub const OPENS_APPROVED: Text = text("{roles}经批准后可打开，每次都会记下", "{roles}: may open it after approval, recorded each time");
/// Nobody sees it.
pub const SEES_NOBODY: Text = text("学校里没有人看得到", "Nobody at the school sees it");
/// Classes.
pub const CLASSES: Text = text("班级", "Classes");
/// My relation to the child.
pub const RELATION: Text = text("与孩子的关系", "Relation to the child");
