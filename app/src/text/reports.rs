//! Texts of the reports: the register of approvals, what somebody did in ninety days.

use super::{Text, Word, text};
use contract::wire::{approvals::ApprovalState, reports::Measure};

/// Title and link of the register.
pub const REGISTER: Text = text("审批登记簿", "Register of approvals");
/// What it is, and what it leaves out.
pub const REGISTER_LINE: Text = text(
    "《未成年人网络保护条例》第三十六条要求的审批与访问记录。不含姓名、内容和所写的话；要看原话，凭序号查审计。",
    "Approvals and accesses as Art. 36 of the Regulations on the Protection of Minors in Cyberspace asks for. No names, values or words; the words are in the trail, under the numbers.",
);
/// Caption.
pub const REGISTER_CAPTION: Text = text("已显示 {n} 件，新的在前 · 本次查阅已记入审计", "{n} shown, newest first · this look was recorded");
/// Nothing asked yet.
pub const REGISTER_FIRST: Text = text("还没有人请求过启封", "Nobody has asked to open anything yet");
/// Nothing asked yet, more.
pub const REGISTER_FIRST_LINE: Text = text(
    "字段权限里标「经批准」的项，每次请求、决定与启封，常设授权与紧急查看，以及其间的启封次数，都会登记在这里。",
    "Each request for a field marked “approval”, its decision and its look, standing grants and emergencies with their looks, will stand here.",
);
/// Nothing of the kind.
pub const REGISTER_NONE: Text = text("没有这样的审批", "No approval of that kind");
/// Nothing of the kind, more.
pub const REGISTER_NONE_LINE: Text = text("换一个结果或日期再看。", "Choose another outcome or other days.");
/// Exported.
pub const REGISTER_SAVED: Text = text("已导出；导出已记入审计。", "Exported; the trail says so.");
/// Exported, and there were more; also the last line of the file.
pub const REGISTER_CUT: Text = text(
    "只有最新的 {n} 件，更早的未列入；请缩小日期范围另行导出。",
    "The newest {n} alone: earlier ones are left out. Narrow the days and export those.",
);
/// Filter and column: outcome.
pub const OUTCOME: Text = text("结果", "Outcome");
/// Every outcome.
pub const ANY_OUTCOME: Text = text("全部结果", "Every outcome");
/// Column: who asked.
pub const ASKED: Text = text("请求", "Asked");
/// Column: what for.
pub const WHAT: Text = text("请求看", "To open");
/// Column: decision.
pub const DECIDED: Text = text("决定", "Decided");
/// Column: the look.
pub const USED: Text = text("启封或收回", "Opened or revoked");
/// The number of an entry.
pub const ENTRY: Text = text("第 {n} 条", "no. {n}");
/// The class of a standing grant.
pub const STANDING: Text = text("常设 · {class}", "standing · {class}");
/// Emergency access.
pub const EMERGENCY: Text = text("紧急查看", "emergency access");
/// How many fields were opened under a standing grant, or in an emergency.
pub const LOOKS: Text = text("启封 {n} 次", "opened {n} times");
/// The entries of the first and the last of them.
pub const LOOKS_BETWEEN: Text = text("第 {first} 至 {last} 条", "no. {first} to {last}");
/// Column of the file: the number of the entry of a step.
pub const STEP_ENTRY: Text = text("{step}：序号", "{step}: entry");
/// Column of the file: when.
pub const STEP_TIME: Text = text("{step}：时间（北京时间）", "{step}: time (UTC+8)");
/// Column of the file: who.
pub const STEP_WHO: Text = text("{step}：人", "{step}: who");
/// Column of the file: in which roles.
pub const STEP_ROLES: Text = text("{step}：角色", "{step}: roles");
/// Column of the file: how many looks.
pub const FILE_LOOKS: Text = text("启封次数", "Times opened");
/// Column of the file: the first look.
pub const FILE_FIRST: Text = text("首次启封：序号", "First opened: entry");
/// Column of the file: the last look.
pub const FILE_LAST: Text = text("末次启封：序号", "Last opened: entry");
/// Column of the file: of what.
pub const FILE_SUBJECT: Text = text("对象", "Of");
/// Column of the file: the end of the id.
pub const FILE_MARK: Text = text("编号末六位", "Last six digits of the id");
/// Column of the file: the time limit.
pub const FILE_UNTIL: Text = text("期限（北京时间）", "Until (UTC+8)");
/// Until when it is good or waits.
pub const UNTIL: Text = text("{at} 前有效", "until {at}");
/// Until when it can be decided.
pub const WAITS: Text = text("等到 {at}", "waits until {at}");
/// When its time was over.
pub const ENDED: Text = text("{at} 失效", "lapsed {at}");

/// Title and link of the report on a person.
pub const ACTIVITY: Text = text("90 天报告", "90-day report");
/// Title with a name.
pub const ACTIVITY_OF: Text = text("{name} 的 90 天", "{name}: 90 days");
/// The days and the roles.
pub const SPAN: Text = text("{from} 至 {to} · {roles}", "{from} to {to} · {roles}");
/// The days are those before leaving.
pub const SPAN_LEFT: Text = text("离职前：{from} 至 {to} · {roles}", "Before leaving: {from} to {to} · {roles}");
/// Under the link.
pub const ACTIVITY_LINE: Text = text(
    "最近 90 天看了多少、启封多少、查找和导出多少次，与同角色的人相比。只有数目；查阅会记入审计。",
    "How much was seen, opened, searched and exported in 90 days, beside others of the role. Numbers only; the trail says who read it.",
);
/// Opens it.
pub const READ: Text = text("查阅报告", "Read the report");
/// Offered when somebody has left.
pub const OFFERED: Text = text(
    "离开前 90 天的报告在这里，请看一眼有没有异常。",
    "The report on the 90 days before is here; please see whether they were unusual.",
);
/// Card: what stands out.
pub const STANDS_OUT: Text = text("值得一问", "Worth a question");
/// Nothing stands out.
pub const NOTHING: Text = text("没有突出之处。", "Nothing stands out.");
/// Much beside the peers.
pub const MUCH: Text =
    text("{what} {n} 次，超过同角色中位数（{median} 次）的三倍。", "{what}: {n}, more than three times the median of the role ({median}).");
/// At night.
pub const NIGHT: Text = text("{what}有 {n} 次在 22 点到次日 6 点之间。", "{what}: {n} of them between 22:00 and 06:00.");
/// Somebody else's families.
pub const BEYOND: Text = text("打开过 {n} 户如今由别人负责的家庭。", "Opened {n} families whom somebody else looks after today.");
/// No judgement.
pub const NO_JUDGEMENT: Text = text(
    "突出不等于有错：替人顶班、招生季都会让数目变大。先问本人，再看审计里的经过。",
    "What stands out need not be wrong: standing in for somebody and a busy season raise numbers too. Ask the person first, then read the trail.",
);
/// Fewer than three peers.
pub const NO_PEERS: Text = text(
    "同角色的人不到三位，不作比较：再少的人，中位数就等于某一个人。",
    "Fewer than three others hold the role: no comparison, since a median of so few is somebody's own number.",
);
/// Compared with.
pub const PEERS: Text = text("与同角色在职的 {n} 人相比。", "Beside {n} others in service who hold the role.");
/// Name of the table.
pub const BY_WEEK: Text = text("按周", "By week");
/// Caption of the table.
pub const BY_WEEK_CAPTION: Text =
    text("「查看」是打开一条记录或一页列表 · 本次查阅已记入审计", "“Looks” are records opened and pages of lists · this look was recorded");
/// Column: week.
pub const WEEK: Text = text("周", "Week");
/// Row: total.
pub const TOTAL: Text = text("合计", "Total");
/// Row: at night.
pub const LATE: Text = text("其中 22–6 点", "of these 22–06");
/// Row: median.
pub const MEDIAN: Text = text("同角色中位数", "Median of the role");
/// Row: highest.
pub const HIGHEST: Text = text("同角色最高", "Highest of the role");
/// In the cell of a total that stands out.
pub const TRIPLE: Text = text("超三倍", "over 3×");

impl Word for Measure {
    fn word(self) -> Text {
        match self {
            Self::Looks => text("查看", "Looks"),
            Self::Reveals => text("启封", "Opened"),
            Self::Searches => text("查找", "Searches"),
            Self::Exports => text("导出", "Exports"),
            Self::Refusals => text("被拒绝", "Refused"),
        }
    }
}
impl Word for ApprovalState {
    fn word(self) -> Text {
        match self {
            Self::Asked => text("等待决定", "Waits"),
            Self::Granted => text("已批准", "Granted"),
            Self::Refused => text("未批准", "Refused"),
            Self::Withdrawn => text("已撤回", "Withdrawn"),
            Self::Revoked => text("已收回", "Revoked"),
            Self::Used => text("已启封", "Used"),
            Self::Lapsed => text("已过期", "Lapsed"),
        }
    }
}
