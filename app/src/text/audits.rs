//! Texts of the reports of audits: figures, findings, the signature.

use super::{Text, Word, text};
use contract::wire::{
    audits::{AuditHint, AuditHold, AuditRight, AuditState},
    findings::{FindingRisk, FindingState, FindingStep},
};

/// Title of the list.
pub const TITLE: Text = text("审计报告", "Audit reports");
/// Under it.
pub const LINE: Text = text(
    "《个人信息保护法》第五十四条要求定期审计。报告由隐私官或审计员拟制，数目随即封存，由校长用通行密钥签署。",
    "PIPL Art. 54 asks for regular audits. The privacy officer or the auditor draws a report up, its figures are frozen, and a principal signs it with a passkey.",
);
/// Caption of the list.
pub const CAPTION: Text = text("共 {n} 份，新的在前", "{n} in all, newest first");
/// None yet.
pub const FIRST: Text = text("还没有审计报告", "No report yet");
/// None yet, for whoever draws up.
pub const FIRST_LINE: Text = text(
    "选一段日期，系统先核验审计链，再按审计和登记表逐项计数。发现的问题跟踪到整改完毕，不会随报告归档而消失。",
    "Choose some days: the trail is verified first, then everything is counted from it. Findings are followed to their end, and do not vanish with the report.",
);
/// None yet, for others.
pub const FIRST_OTHERS: Text = text("报告由隐私官或审计员拟制。", "The privacy officer or the auditor draws reports up.");
/// Opens the dialog.
pub const DRAW: Text = text("拟制报告…", "Draw up…");
/// Title of the dialog.
pub const DRAW_TITLE: Text = text("拟制审计报告", "Draw up a report");
/// Which days.
pub const PERIOD: Text = text("时段", "Days");
/// Choice.
pub const LAST_QUARTER: Text = text("上季度", "Last quarter");
/// Choice.
pub const LAST_HALF: Text = text("上半年度", "Last half-year");
/// Choice.
pub const OWN_DAYS: Text = text("自选", "Other days");
/// First day.
pub const FROM: Text = text("从", "From");
/// Last day.
pub const TO: Text = text("到", "To");
/// What happens.
pub const DRAW_HINT: Text = text(
    "先核验审计链，再计数；条目很多时要等一会儿。拟制后数目不能再改，要改就另拟一份。",
    "The trail is verified, then counted; with many entries that takes a while. The figures cannot be changed afterwards; draw up another report instead.",
);
/// Confirms.
pub const DRAW_NOW: Text = text("核验并拟制", "Verify and draw up");
/// Drawn.
pub const DRAWN: Text = text("已拟制，并记入审计。", "Drawn up, and in the trail.");
/// Column.
pub const REPORT: Text = text("时段", "Period");
/// Column.
pub const DRAWN_BY: Text = text("拟制", "Drawn up");
/// Column.
pub const STATE: Text = text("状态", "State");
/// Column.
pub const OPEN_FINDINGS: Text = text("未了结的发现", "Open findings");
/// A quarter.
pub const QUARTER: Text = text("{year} 年第{n}季度", "Q{n} {year}");
/// The first half.
pub const HALF_FIRST: Text = text("{year} 年上半年", "First half of {year}");
/// The second half.
pub const HALF_SECOND: Text = text("{year} 年下半年", "Second half of {year}");
/// Other days.
pub const DAYS: Text = text("{from} 至 {to}", "{from} to {to}");
/// Title of one.
pub const REPORT_OF: Text = text("{period}审计报告", "Audit report, {period}");
/// Under it.
pub const REPORT_LINE: Text =
    text("{school} · {from} 至 {to} · 计到审计第 {n} 条", "{school} · {from} to {to} · counted to entry {n} of the trail");

/// The figures were altered.
pub const ALTERED: Text = text(
    "这份报告被改动过：数目与审计里记下的摘要不符，不能作为依据。",
    "This report was altered: its figures do not agree with the digest in the trail. It proves nothing.",
);
/// The trail does not go there.
pub const CUT: Text = text(
    "审计链已对不上：报告计到的条目，或拟制它的条目，审计里没有了或被改过。请先核验审计链。",
    "The trail no longer bears this report: the entry that it was counted to, or that of its drawing up, is gone or altered. Verify the trail first.",
);
/// The trail was kept for its time.
pub const PAST: Text = text(
    "审计链已满保存期限：报告计到的条目，或拟制它的条目，已随期满删去。数目与报告所存的摘要相符，审计链不再能为它作证。",
    "The trail was kept for its time: the entry that this report was counted to, or that of its drawing up, is gone with it. The figures agree with the digest beside them; the trail bears it no more.",
);
/// It did not verify.
pub const NOT_WHOLE: Text = text("拟制时审计链没有通过核验，见第九节。", "The trail did not verify when this was drawn up; see section 9.");
/// The signed heads could not be read.
pub const UNVOUCHED: Text = text(
    "拟制时读不到签名文件：审计链只按数据库自身核验，库外没有凭证。请先查明文件为什么读不到。",
    "The file of signed heads could not be read when this was drawn up: the trail was verified against the database alone, and nothing outside vouches for it. Find out why first.",
);
/// In the summary: verified, but against nothing outside.
pub const UNSURE: Text = text("无签名可对", "Not vouched for");

/// Section.
pub const SUMMARY: Text = text("概要", "Summary");
/// Section.
pub const ACCESS: Text = text("访问权限复核", "Access review");
/// Section.
pub const USE: Text = text("查看与启封", "Looks and openings");
/// Section.
pub const SIGN_INS: Text = text("登录与员工变动", "Sign-ins and changes of staff");
/// Section.
pub const EXPORTS: Text = text("导出", "Exports");
/// Section.
pub const APPROVALS: Text = text("启封审批", "Approvals");
/// Section.
pub const HELD: Text = text("生效中的授权", "In force beside the roles");
/// Section.
pub const MATRIX: Text = text("字段权限改动", "Changes of the field matrix");
/// Section.
pub const ALARMS: Text = text("警报", "Alarms");
/// Section.
pub const CHAIN: Text = text("审计链与留存", "Trail and retention");
/// Section.
pub const FINDINGS: Text = text("发现与整改", "Findings");
/// Section.
pub const SIGNATURE: Text = text("签署", "Signature");

/// Figure.
pub const PEOPLE: Text = text("在职员工", "Staff in service");
/// Figure.
pub const REFUSED_SIGN_INS: Text = text("登录被拒绝", "Sign-ins refused");
/// Figure.
pub const OPENED: Text = text("启封", "Fields opened");
/// Figure.
pub const FILES: Text = text("导出", "Files taken out");
/// Figure.
pub const DECIDED: Text = text("审批请求", "Approvals asked for");
/// Figure.
pub const ALARMS_OPEN: Text = text("未了结警报", "Open alarms");
/// Figure.
pub const FINDINGS_OPEN: Text = text("未了结发现", "Open findings");
/// Figure.
pub const TRAIL: Text = text("审计链", "Trail");
/// Whole.
pub const WHOLE: Text = text("完好", "Whole");
/// Not whole.
pub const BROKEN: Text = text("有问题", "Not whole");

/// Column.
pub const PERSON: Text = text("员工", "Person");
/// Column.
pub const LAST_USED: Text = text("最近使用", "Last used");
/// Column.
pub const PASSKEYS: Text = text("密钥", "Passkeys");
/// Column: tokens for programs.
pub const TOKENS: Text = text("令牌", "Tokens");
/// Column.
pub const UNUSED: Text = text("本期没有用过", "Not used in these days");
/// Column.
pub const NEVER: Text = text("从未使用", "Never");
/// No longer active.
pub const GONE: Text = text("已停用", "No access now");
/// The whole role.
pub const WHOLE_ROLE: Text = text("角色「{role}」", "the role “{role}”");
/// Everything was used.
pub const ALL_USED: Text = text("都用过", "all used");
/// Caption.
pub const ACCESS_CAPTION: Text = text(
    "密钥与最近使用是拟制时的情形。用了不留痕的权利不作判断；一人多角色时，共有的权利算每个角色都用过。",
    "Passkeys and last use are as of the drawing up. Rights whose use leaves no entry are not judged; a right that several roles of a person give counts for each.",
);
/// Caption.
pub const USE_CAPTION: Text = text(
    "斜线后是同角色中位数；同角色的人不到三位时不作比较。「超三倍」是超过中位数的三倍。",
    "After the slash: the median of those with one of the roles; fewer than three are no comparison. “Over 3×” is more than three times the median.",
);
/// Fact.
pub const SUCCEEDED: Text = text("登录成功", "Sign-ins");
/// With guardians.
pub const WITH_GUARDIANS: Text = text("{n} 次，含家长", "{n}, guardians included");
/// Times.
pub const TIMES: Text = text("{n} 次", "{n}");
/// Of these unknown.
pub const OF_UNKNOWN: Text = text("{n} 次，其中 {of} 次认不出是谁", "{n}, {of} of them by nobody who was known");
/// Fact: somebody signed in could not prove presence.
pub const PROOFS_REFUSED: Text = text("登录后验证身份被拒绝", "Proofs of presence refused");
/// Fact.
pub const RECOVERED: Text = text("使用恢复码", "Recovery codes used");
/// Fact.
pub const MOVED: Text = text("会话在别处（另一浏览器或国家）使用", "Sessions used elsewhere (another browser or country)");
/// Fact.
pub const STAFF_CHANGES: Text = text("员工变动", "Staff");
/// Its value.
pub const STAFF_VALUE: Text = text(
    "添加 {taken} 人，停用 {suspended} 人，离职 {left} 人，改变角色 {roles} 次",
    "{taken} taken in, {suspended} suspended, {left} left, roles changed {roles} times",
);
/// Nothing exported.
pub const NO_EXPORTS: Text = text("本期没有导出。", "Nothing was exported in these days.");
/// Column.
pub const FAMILY_FILES: Text = text("家庭名单", "Lists of families");
/// Column.
pub const FAMILY_ROWS: Text = text("户次", "Families in them");
/// Column.
pub const TRAIL_FILES: Text = text("审计与登记簿", "Trail and register");
/// Caption.
pub const EXPORTS_CAPTION: Text = text("户次按每份文件里的家庭数相加", "Families are added up over the files");
/// Nothing asked.
pub const NO_APPROVALS: Text = text("本期没有人请求启封审批。", "Nobody asked for an approval in these days.");
/// The requests.
pub const APPROVALS_VALUE: Text = text(
    "共 {asked} 件：已启封 {used}，批准后未用 {granted}，未批准 {refused}，撤回 {withdrawn}，过期 {lapsed}，等待 {waiting}",
    "{asked} in all: {used} used, {granted} granted and good, {refused} refused, {withdrawn} withdrawn, {lapsed} lapsed, {waiting} waiting",
);
/// Fact.
pub const REQUESTS: Text = text("请求", "Requests");
/// A decider.
pub const DECIDER_VALUE: Text = text("批准 {granted} 次，不批准 {refused} 次", "granted {granted}, refused {refused}");
/// Fact: standing grants.
pub const GRANTS: Text = text("常设授权", "Standing grants");
/// Its value.
pub const GRANTS_VALUE: Text =
    text("请求 {asked} 件：批准 {granted}，不批准 {refused}", "{asked} asked for: {granted} granted, {refused} refused");
/// Nothing in force.
pub const NO_HELD: Text = text(
    "拟制时没有生效中的常设授权、紧急查看或令牌。",
    "No standing grant, emergency access or token was in force when this was drawn up.",
);
/// Caption.
pub const HELD_CAPTION: Text = text(
    "拟制时的情形。本期紧急查看请求 {asked} 次、开启 {opened} 次，确认令牌 {tokens} 个",
    "As of the drawing up. In these days emergency access was asked for {asked} times and opened {opened} times, and {tokens} tokens were confirmed",
);
/// Column.
pub const WHAT_HELD: Text = text("授权", "What");
/// Column.
pub const GIVEN_BY: Text = text("批准人", "Given by");
/// Column.
pub const UNTIL: Text = text("到期", "Until");
/// A grant: over which class, which fields.
pub const HELD_OVER: Text = text("{what}：{class}，{fields}", "{what}: {class}, {fields}");
/// A token: in which role.
pub const HELD_AS: Text = text("{what}：{role}", "{what}: {role}");
/// No steps.
pub const NO_MATRIX: Text = text("本期字段权限没有改动。", "The field matrix was not touched in these days.");
/// Column.
pub const WHEN: Text = text("时间", "When");
/// Column.
pub const STEP: Text = text("经过", "Step");
/// Column.
pub const VERSION: Text = text("版本", "Version");
/// Column.
pub const ENTRY: Text = text("审计序号", "Entry");
/// Caption.
pub const MATRIX_CAPTION: Text =
    text("共 {n} 步，最多列 200 步；原话凭序号查审计", "{n} steps, at most 200 listed; the words are in the trail under the number");
/// Nobody did it.
pub const NOBODY: Text = text("系统", "by itself");
/// Row.
pub const RAISED: Text = text("本期触发", "Raised");
/// Row.
pub const CLOSED: Text = text("本期了结", "Closed");
/// Row.
pub const STILL_OPEN: Text = text("拟制时未了结", "Open when drawn up");
/// Caption.
pub const ALARMS_CAPTION: Text = text("了结的警报里，确属异常的有 {n} 件", "Of those that were closed, {n} were attacks or abuse");
/// Fact.
pub const VERIFIED: Text = text("核验", "Verified");
/// Its value.
pub const VERIFIED_WHOLE: Text = text("拟制时核验 {n} 条，全部完好", "{n} entries were verified when this was drawn up; all are whole");
/// Its value.
pub const VERIFIED_BROKEN: Text = text("核验到第 {at} 条时发现：{what}", "At entry {at}: {what}");
/// Fact.
pub const HEADS: Text = text("每日签名", "Signed heads");
/// Its value.
pub const HEADS_VALUE: Text = text("{n} 个，缺 {missing} 天；与审计链一并核验", "{n}, {missing} days without one; verified with the trail");
/// Not readable.
pub const NO_HEADS: Text = text("读不到签名文件", "the file of signed heads cannot be read");
/// Fact.
pub const ENTRIES: Text = text("本期条目", "Entries");
/// Its value.
pub const ENTRIES_VALUE: Text =
    text("{n} 条；审计自 {at} 起完整保留，不删除", "{n}; the trail is kept whole since {at}, and nothing of it is deleted");
/// Fact.
pub const SESSIONS: Text = text("会话时限", "Sessions");
/// Its value.
pub const SESSIONS_VALUE: Text = text("最长 {n} 小时", "{n} hours at the most");
/// Fact.
pub const THREE: Text = text("三员分立", "Three offices");
/// Apart.
pub const THREE_APART: Text = text("管理员、隐私官、审计员由三人分任", "administrator, privacy officer and auditor are three people");
/// Two of three.
pub const THREE_TWO: Text = text("学校允许一人兼任其中两职", "the school lets one person hold two of them");
/// Fact.
pub const BACKUPS: Text = text("备份", "Backups");
/// Its value.
pub const BACKUPS_VALUE: Text = text(
    "本系统不做备份，请附上学校自己的备份与恢复演练记录",
    "this program makes none; attach the school's own records of backups and restore drills",
);

/// What the figures point at.
pub const HINTS: Text = text("数目提示", "The figures point at");
/// Takes a hint on.
pub const FROM_HINT: Text = text("记为发现", "Make it a finding");
/// Makes one.
pub const FIND: Text = text("添加发现…", "Add a finding…");
/// Title of the dialog.
pub const FIND_TITLE: Text = text("添加发现", "Add a finding");
/// Field.
pub const RISK: Text = text("风险", "Risk");
/// Field.
pub const WHAT: Text = text("发现了什么，要做什么", "What was found, and what is to be done");
/// Hint.
pub const WORDS_HINT: Text = text(
    "加密保存。不要写学员和家长的姓名；号码和地址显示时会打码。",
    "Kept encrypted. No names of pupils or guardians; numbers and addresses are masked where it is read.",
);
/// Field.
pub const OWNER: Text = text("责任人", "Owner");
/// Choose.
pub const CHOOSE: Text = text("请选择", "Please choose");
/// Hint.
pub const OWNER_HINT: Text = text(
    "校长、管理员、隐私官或审计员；整改由别人验收。",
    "Principal, administrator, privacy officer or auditor. Somebody else accepts what was done.",
);
/// Field.
pub const DUE: Text = text("期限", "Due");
/// Confirms.
pub const FIND_NOW: Text = text("添加", "Add");
/// Made.
pub const FOUND: Text = text("已添加，并记入审计。", "Added, and in the trail.");
/// None.
pub const NO_FINDINGS: Text = text("没有发现。", "No findings.");
/// Carried over.
pub const CARRIED: Text = text("以前报告的遗留", "Carried over from earlier reports");
/// Of which report.
pub const CARRIED_FROM: Text = text("来自{period}", "from {period}");
/// Owner and due.
pub const OWNED: Text = text("责任人 {who} · 期限 {due}", "Owner {who} · due {due}");
/// Overdue.
pub const OVERDUE: Text = text("已过期限", "Overdue");
/// A step.
pub const MOVE: Text = text("{who} {at} {step}", "{step} by {who}, {at}");
/// The number of its entry.
pub const NUMBER: Text = text("审计第 {n} 条", "entry {n}");
/// Title of a dialog.
pub const SAY_DONE: Text = text("说明整改", "Say what was done");
/// Title of a dialog.
pub const SAY_RETURNED: Text = text("退回整改", "Send it back");
/// Title of a dialog.
pub const SAY_ACCEPTED: Text = text("验收整改", "Accept what was done");
/// Title of a dialog.
pub const SAY_DECLINED: Text = text("不予签署", "Decline to sign");
/// Field.
pub const WORDS: Text = text("说明", "In your words");
/// Confirms.
pub const CONFIRM: Text = text("提交", "Submit");
/// Done.
pub const SAID: Text = text("已记下，并记入审计。", "Noted, and in the trail.");

/// Signs.
pub const SIGN: Text = text("用通行密钥签署", "Sign with a passkey");
/// Signed.
pub const SIGNED: Text = text("已签署。", "Signed.");
/// Declines.
pub const DECLINE: Text = text("不予签署…", "Decline…");
/// What is signed.
pub const SIGN_LINE: Text = text(
    "签署的是以上全部数目的摘要：任何一个数目改动，摘要就对不上。发现在签署后继续整改，每一步都在审计里。",
    "What is signed is the digest of every figure above: change one, and it no longer agrees. Findings go on after the signature; each step is in the trail.",
);
/// Label.
pub const DIGEST: Text = text("摘要 SHA-256", "Digest, SHA-256");
/// Label.
pub const HEAD: Text = text("计到", "Counted to");
/// Its value.
pub const HEAD_VALUE: Text = text("审计第 {n} 条", "entry {n} of the trail");
/// Label.
pub const SIGNED_BY: Text = text("校长签署", "Signed by a principal");
/// Label.
pub const DECLINED_BY: Text = text("校长不予签署", "Declined by a principal");
/// Not yet.
pub const WAITS: Text = text("等待校长签署", "Waits for a principal");
/// Who and when.
pub const BY_AT: Text = text("{who} · {at}", "{who}, {at}");
/// On paper.
pub const BY_HAND: Text = text("签字", "Signature");
/// On paper.
pub const DATE: Text = text("日期", "Date");
/// In the seal.
pub const STAMP: Text = text("签", "签");

impl Word for AuditState {
    fn word(self) -> Text {
        match self {
            Self::Drawn => text("待签署", "To be signed"),
            Self::Signed => text("已签署", "Signed"),
            Self::Declined => text("未予签署", "Declined"),
        }
    }
}
impl Word for AuditRight {
    fn word(self) -> Text {
        match self {
            Self::KeepFamilies => text("建档与修改", "taking in and changing"),
            Self::Search => text("查找", "searching"),
            Self::Reveal => text("启封", "opening fields"),
            Self::Export => text("导出", "exporting"),
            Self::Approve => text("审批", "approving"),
            Self::KeepPolicy => text("改字段权限", "changing the matrix"),
            Self::ReadTrail => text("查阅审计", "reading the trail"),
            Self::Watch => text("处理警报", "looking into alarms"),
            Self::KeepStaff => text("管理员工", "keeping staff"),
            Self::KeepSchool => text("学校设置", "keeping the school"),
            Self::SignAudit => text("签署审计报告", "signing reports"),
        }
    }
}
impl Word for AuditHold {
    fn word(self) -> Text {
        match self {
            Self::Grant => text("常设授权", "Standing grant"),
            Self::Emergency => text("紧急查看", "Emergency access"),
            Self::Token => text("程序令牌", "Token for a program"),
        }
    }
}
impl Word for AuditHint {
    fn word(self) -> Text {
        match self {
            Self::Chain => text("审计链没有通过核验。", "The trail does not verify."),
            Self::HeadsUnread => {
                text("签名文件读不到，库外没有凭证。", "The file of signed heads cannot be read: nothing outside vouches for the trail.")
            }
            Self::Heads => text("有 {n} 天没有签名的链头。", "{n} days have no signed head."),
            Self::Unused => text("{n} 个账号 60 天没有使用。", "{n} accounts were not used for 60 days."),
            Self::NeverUsed => text("{n} 个账号从未使用。", "{n} accounts were never used."),
            Self::Passkeys => text("{n} 人的通行密钥不到两把。", "{n} people have fewer than two passkeys."),
            Self::Roles => text("{n} 人有整个角色没有用过。", "{n} people have a role of which they used nothing."),
            Self::StandsOut => {
                text("{n} 人有数目超过同角色中位数的三倍。", "{n} people are over three times the median of their role in something.")
            }
            Self::Alarms => text("{n} 件警报没有了结。", "{n} alarms are not closed."),
        }
    }
}
impl Word for FindingRisk {
    fn word(self) -> Text {
        match self {
            Self::Low => text("低", "Low"),
            Self::Medium => text("中", "Medium"),
            Self::High => text("高", "High"),
        }
    }
}
impl Word for FindingState {
    fn word(self) -> Text {
        match self {
            Self::Open => text("待整改", "Open"),
            Self::Done => text("待验收", "To be accepted"),
            Self::Accepted => text("已验收", "Accepted"),
        }
    }
}
impl Word for FindingStep {
    fn word(self) -> Text {
        match self {
            Self::Made => text("提出", "Made"),
            Self::Done => text("整改", "Done"),
            Self::Returned => text("退回", "Sent back"),
            Self::Accepted => text("验收", "Accepted"),
        }
    }
}
