//! Texts of the administration: matrix, trail, staff.

use super::{Text, Word, text};
use contract::wire::ledger::TrailBy;

/// Title of the matrix.
pub const POLICY_TITLE: Text = text("字段权限", "Field matrix");
/// Version, since when, by whom.
pub const POLICY_LINE: Text = text("第 {version} 版 · {who} · {since}", "Version {version} · {who} · {since}");
/// Who made the first version: nobody of the school.
pub const POLICY_INITIAL: Text = text("初始设置", "as delivered");
/// How many changes wait.
pub const UNSAVED_N: Text = text("{n} 处改动尚未保存", "{n} unsaved changes");
/// Read only.
pub const READ_ONLY: Text = text("你可以看，不能改；修改由隐私官负责。", "You can read it; changing it is the privacy officer's duty.");
/// Name of the table.
pub const GRID_LABEL: Text = text("字段可见性", "Who sees which field");
/// First column.
pub const FIELD: Text = text("字段", "Field");
/// Legend: clear.
pub const LEGEND_CLEAR: Text = text("可见", "whole");
/// Legend: masked.
pub const LEGEND_MASKED: Text = text("脱敏", "partly covered");
/// Legend: withheld.
pub const LEGEND_WITHHELD: Text = text("不给", "nothing");
/// Legend: opened with a reason.
pub const LEGEND_REASON: Text = text("写明事由可启封", "opened with a reason");
/// Legend: opened after approval.
pub const LEGEND_APPROVAL: Text = text("经批准可启封", "opened after approval");
/// Legend: keyboard.
pub const LEGEND_KEYS: Text = text(
    "方向键、Home、End 移动，回车打开，1 明 2 掩 3 隐，空格轮换，Ctrl+Z 撤销。新字段一律为隐。",
    "Arrows, Home and End move, Enter opens, 1 clear, 2 masked, 3 withheld, Space the next, Ctrl+Z undoes. A new field is withheld from everybody.",
);
/// Tag: opened with a reason.
pub const TAG_REASON: Text = text("启", "reason");
/// Tag: opened after approval.
pub const TAG_APPROVAL: Text = text("批", "approval");
/// A cell, read out.
pub const CELL_LABEL: Text = text("{field}，{role}：{cell}", "{field}, {role}: {cell}");
/// A changed cell, read out.
pub const CELL_CHANGED: Text = text("，已改，尚未保存", ", changed, not saved");
/// Title of the editor.
pub const EDITOR_TITLE: Text = text("{role} × {record}{field}", "{role} × {record}: {field}");
/// What the version in force says.
pub const EDITOR_KEPT: Text = text("第 {version} 版：{cell}", "Version {version}: {cell}");
/// Exposure.
pub const EXPOSURE: Text = text("不问就给", "Shown without asking");
/// Reveal.
pub const REVEAL: Text = text("启封", "Opening");
/// Reveal: no.
pub const REVEAL_NO: Text = text("不可", "Never");
/// Reveal: with a reason.
pub const REVEAL_REASON: Text = text("凭事由", "Reason");
/// Reveal: after approval.
pub const REVEAL_APPROVAL: Text = text("经批准", "Approval");
/// May be written.
pub const MAY_EDIT: Text = text("可修改", "May change it");
/// May be searched.
pub const MAY_SEARCH: Text = text("可凭它查找", "May search by it");
/// May be exported.
pub const MAY_EXPORT: Text = text("可导出（按同样的形式）", "May export it, in the same form");
/// Short: editing.
pub const CAN_EDIT: Text = text("改", "change");
/// Short: searching.
pub const CAN_SEARCH: Text = text("查", "search");
/// Short: exporting.
pub const CAN_EXPORT: Text = text("导出", "export");
/// The administrator's column.
pub const ADMINISTRATOR_LIMIT: Text = text(
    "系统管理员维护系统，不看资料：最多到掩，不可启封，也没有行范围。服务器同样如此。",
    "The administrator keeps the system and sees no families: masked at most, no opening, no records. The server holds to it too.",
);
/// Back to the matrix.
pub const TO_GRID: Text = text("回到表格", "Back to the table");
/// Undo one cell.
pub const UNDO_CELL: Text = text("还原这一格", "Undo this cell");
/// Row scopes.
pub const SCOPES: Text = text("看哪些记录", "Which records");
/// Row scopes, caption.
pub const SCOPES_LINE: Text = text(
    "范围之外的记录等于不存在。一人多个角色时，每个角色只在自己的范围内算数。",
    "A record out of reach does not exist for the role. Each of a person's roles counts only within its own reach.",
);
/// Role column.
pub const ROLE: Text = text("角色", "Role");
/// Scope column.
pub const SCOPE: Text = text("范围", "Reach");
/// Scope of a role, label of the list.
pub const SCOPE_OF: Text = text("{role}的范围", "Reach of {role}");
/// Was before.
pub const WAS: Text = text("原为 {before}", "was {before}");
/// Saves.
pub const SAVE_N: Text = text("保存 {n} 处改动", "Save {n} changes");
/// Saved.
pub const POLICY_SAVED: Text = text("第 {version} 版已生效，从下一次请求起。", "Version {version} holds from the next request on.");
/// Conflict.
pub const POLICY_CONFLICT: Text = text(
    "{who} 刚才改过权限，现为第 {version} 版，已载入。你的改动还在，请再看一遍后保存。",
    "{who} changed the matrix meanwhile; version {version} is loaded. Your changes are still here: look again, then save.",
);
/// What changes.
pub const DIFF: Text = text("这一改，改了什么", "What changes");
/// Nothing changes.
pub const DIFF_NONE: Text = text("还没有改动。", "Nothing yet.");
/// Preview.
pub const PREVIEW: Text = text("以这个角色来看", "As this role sees it");
/// Preview, more.
pub const PREVIEW_LINE: Text =
    text("示例为虚构。遮蔽与服务器用同一套函数。", "Invented sample, masked by the same functions as on the server.");
/// Preview where the role has no records.
pub const PREVIEW_NONE: Text =
    text("这个角色没有行范围：家庭的资料实际一条也看不到。", "This role reaches no records: of families it sees nothing at all.");

/// In the trail: an act without a session, such as a link from the command line or a refused sign-in.
pub const NOBODY: Text = text("未登录", "Not signed in");
/// Title of the trail.
pub const TRAIL_TITLE: Text = text("审计", "Trail");
/// Line of the trail.
pub const TRAIL_LINE: Text =
    text("谁、何时、为何、看了或改了哪些字段。只有经过，没有内容。", "Who, when, why, which fields. What happened, never what it says.");
/// Caption of the trail.
pub const TRAIL_CAPTION: Text = text("已显示 {n} 条，新的在前 · 本次查阅也已记入", "{n} shown, newest first · this look was recorded too");
/// Filter.
pub const ACTION: Text = text("做了什么", "Action");
/// Every action.
pub const EVERY_ACTION: Text = text("全部", "Everything");
/// When.
pub const WHEN: Text = text("时间", "When");
/// Who.
pub const WHO: Text = text("谁", "Who");
/// Record.
pub const RECORD: Text = text("对象", "Record");
/// Fields and forms.
pub const LOOKS: Text = text("字段与形式", "Fields and forms");
/// Reason.
pub const WHY: Text = text("事由", "Reason");
/// Older lines.
pub const OLDER: Text = text("更早", "Older");
/// In an unfolded line: for how many days the trail is kept.
pub const KEPT_DAYS: Text = text("保存天数", "Days that the trail is kept");
/// In an unfolded line: what was taken away of the trail.
pub const CUT_OF: Text = text("删去", "Taken away");
/// What was taken away of the trail.
pub const CUT_WHAT: Text = text("{day} 以前的 {n} 条，到第 {last} 条为止", "{n} entries from before {day}, up to entry {last}");
/// In an unfolded line: leads to others about its record.
pub const SAME: Text = text("这个对象的其他记录", "Others about this record");
/// In an unfolded line: leads to others by its person.
pub const WHOSE: Text = text("这个人的其他记录", "Others by this person");
/// The list is narrowed to the record of a line.
pub const SAME_AS: Text = text("与第 {n} 条同一对象", "About the same record as line {n}");
/// The list is narrowed to the person of a line.
pub const WHOSE_AS: Text = text("与第 {n} 条同一人", "By the same person as line {n}");
/// Ends that.
pub const NO_LONGER: Text = text("取消", "Not any more");
/// No lines.
pub const TRAIL_NONE: Text = text("没有这样的记录", "Nothing of that kind");
/// No lines, more.
pub const TRAIL_NONE_LINE: Text = text("换个条件再看。", "Choose another filter.");

/// Title of the staff page.
pub const STAFF_TITLE: Text = text("员工", "Staff");
/// Line of the staff page.
pub const STAFF_LINE: Text = text("共 {n} 人", "{n} people");
/// Caption.
pub const STAFF_CAPTION: Text =
    text("按「{roles}」的权限脱敏 · 本次查看已记入访问簿", "Masked by the rights of {roles} · this look was recorded");
/// Name.
pub const NAME: Text = text("称呼", "Name");
/// Login.
pub const LOGIN: Text = text("登录名", "Login");
/// Roles.
pub const ROLES: Text = text("角色", "Roles");
/// Campuses.
pub const CAMPUSES: Text = text("校区", "Campuses");
/// Passkeys.
pub const PASSKEYS: Text = text("通行密钥", "Passkeys");
/// Issue a link.
pub const ENROL: Text = text("签发注册链接", "Issue a link");
/// Title of the dialog.
pub const LINK_TITLE: Text = text("{name} 的注册链接", "Enrolment link for {name}");
/// What to do with the link.
pub const LINK_LINE: Text = text(
    "当面给本人：扫码或打开链接，在自己的设备上建通行密钥。只能用一次，只显示这一次。",
    "Give it in person: scan or open it and create a passkey on one's own device. It works once and is shown this once.",
);
/// How long it holds.
pub const LINK_EXPIRES: Text = text("{n} 分钟后失效（{at}）", "Lapses in {n} minutes ({at})");
/// Under the QR code.
pub const LINK_QR: Text = text("用本人的设备扫一扫", "Scan with the person's own device");
/// Copy the link.
pub const LINK_COPY: Text = text("复制链接", "Copy the link");
/// The link, label.
pub const LINK: Text = text("链接", "Link");
/// Nobody.
pub const STAFF_NONE: Text = text("还没有员工", "No staff yet");

impl Word for TrailBy {
    fn word(self) -> Text {
        match self {
            Self::Nobody => NOBODY,
            Self::Program => text("通过程序", "By a program"),
        }
    }
}
