//! Texts of the watch: alarms, what came of them, the rules.

use super::{Text, Word, text};
use contract::wire::alarms::{Answer, Outcome, Rule, Severity};

/// Under the title.
pub const LINE: Text = text(
    "审计记录里的异常会在数秒内变成警报。警报只写员工，不写家庭；关于自己的警报由别人处理。",
    "What is unusual in the trail becomes an alarm within seconds. Alarms name staff and no family; one about you is for others.",
);
/// Tab.
pub const OPEN: Text = text("未了结", "Not closed");
/// Tab.
pub const CLOSED: Text = text("已了结", "Closed");
/// Tab.
pub const RULES: Text = text("规则", "Rules");
/// None.
pub const NONE: Text = text("没有警报", "No alarms");
/// None, more.
pub const NONE_LINE: Text = text("有异常时这里会自己出现，不必刷新。", "When something is unusual it appears here by itself.");
/// None was closed.
pub const NONE_CLOSED: Text = text("还没有了结过警报", "No alarm has been closed yet");
/// The watch is awake.
pub const AWAKE: Text = text("值守中", "Watching");
/// It is not.
pub const ASLEEP: Text = text("值守已停", "The watch has stopped");
/// What to do.
pub const ASLEEP_LINE: Text = text(
    "审计记录照常写入，但没有人在看。请联系管理服务器的人。",
    "The trail is written as always, but not watched. Ask whoever runs the server.",
);
/// How far it is behind.
pub const BEHIND: Text = text("还有 {n} 条未看", "{n} entries behind");
/// Live.
pub const LIVE: Text = text("实时", "Live");
/// Not live.
pub const NOT_LIVE: Text = text("未连接，正在重连…", "Not connected, trying again…");
/// The last day.
pub const DAY: Text = text("过去 24 小时", "The last 24 hours");
/// Row.
pub const SIGNED_IN: Text = text("登录", "Sign-ins");
/// Row.
pub const REFUSED: Text = text("拒绝", "Refusals");
/// Row.
pub const LOOKS: Text = text("查看", "Looks");
/// Row.
pub const REVEALED: Text = text("启封", "Opened");
/// Row.
pub const EXPORTED: Text = text("导出", "Exports");
/// Of one hour.
pub const HOUR: Text = text("{hour} 时：{n}", "{hour}:00: {n}");
/// The most in an hour.
pub const PEAK: Text = text("每小时最多 {n}", "at most {n} an hour");
/// A guardian.
pub const GUARDIAN: Text = text("一位家长", "A guardian");
/// The whole school.
pub const SCHOOL: Text = text("全校", "The whole school");
/// How often, from when to when.
pub const SPAN: Text = text("{from} 至 {to}", "{from} to {to}");
/// How much was counted.
pub const COUNT: Text = text("计 {n} 次", "{n} counted");
/// Families that were counted.
pub const FAMILIES: Text = text("{n} 个家庭", "{n} families");
/// How long an account slept.
pub const EVIDENCE: Text = text("审计第 {numbers} 条", "Trail no. {numbers}");
/// More evidence.
pub const AND_MORE: Text = text("等 {n} 条", "and more, {n} in all");
/// About the reader.
pub const OWN: Text = text("关于您本人，由别人处理", "About you: others look into it");
/// Somebody looks into it.
pub const TAKEN_BY: Text = text("{who}在处理", "{who} looks into it");
/// Somebody closed it.
pub const CLOSED_BY: Text = text("{who}于{at}了结", "Closed by {who}, {at}");
/// Takes one.
pub const TAKE: Text = text("我来处理", "Look into it");
/// Took it.
pub const TOOK: Text = text("已由您处理。", "It is yours now.");
/// Closes one.
pub const CLOSE: Text = text("了结…", "Close…");
/// Title of the dialog.
pub const CLOSE_TITLE: Text = text("了结警报", "Close the alarm");
/// What came of it.
pub const OUTCOME: Text = text("结论", "What it was");
/// Words.
pub const WORDS: Text = text("说明", "In your words");
/// Hint.
pub const WORDS_HINT: Text = text(
    "查了什么、问了谁、做了什么。加密保存；其中的号码和地址显示时会打码。",
    "What was looked at, who was asked, what was done. Kept encrypted; numbers and addresses in it are masked.",
);
/// Confirms.
pub const CLOSE_NOW: Text = text("了结", "Close it");
/// Closed.
pub const DONE: Text = text("已了结，并记入审计。", "Closed, and in the trail.");
/// Takes back.
pub const UNDO: Text = text("恢复账号", "Let them in again");
/// Taken back.
pub const UNDONE: Text = text("账号已恢复。", "The account is restored.");
/// Takes the slowing back.
pub const UNSLOW: Text = text("不再放慢", "No longer slow");
/// Taken back.
pub const UNSLOWED: Text = text("已不再放慢。", "They are as quick as the others again.");
/// Title of the rules.
pub const RULES_TITLE: Text = text("值守规则", "Rules of the watch");
/// Under it.
pub const RULES_LINE: Text = text(
    "改动要用通行密钥确认，立刻生效，并对其他值守的人触发一条警报。",
    "A change asks for your passkey, holds at once, and raises an alarm for the others who watch.",
);
/// Who may.
pub const RULES_READ: Text = text("规则由隐私官修改。", "The privacy officer changes the rules.");
/// Watched for or not.
pub const ON: Text = text("启用", "Watched");
/// Off.
pub const OFF: Text = text("停用", "Off");
/// Threshold.
pub const THRESHOLD: Text = text("达到", "At");
/// Days of sleep.
pub const THRESHOLD_DAYS: Text = text("闲置天数", "Days of sleep");
/// Window.
pub const MINUTES: Text = text("几分钟内", "Within minutes");
/// Answer.
pub const ANSWER: Text = text("自动处置", "Done by itself");
/// Why a rule cannot be loosened.
pub const ALWAYS_ON: Text = text(
    "每次开启都报警，不能停用或放宽：能开启紧急查看的人也能改规则。",
    "Each opening is an alarm and this cannot be loosened: who opens an emergency may set the rules too.",
);
/// Why nothing is done by itself.
pub const NO_ANSWER: Text = text(
    "做这件事的人还没有证明身份，或者不是任何人做的：自动处置只会伤到账号的主人。",
    "Whoever does this has not proven who they are, or nobody does it: an answer would only hit whose account it is.",
);
/// How it is set.
pub const SETTING: Text = text("{minutes} 分钟内达到 {n}", "{n} within {minutes} minutes");
/// The same for whole days.
pub const SETTING_BY_DAY: Text = text("{days} 天内达到 {n}", "{n} within {hours} hours");
/// The same for sleep.
pub const SETTING_DAYS: Text = text("闲置 {n} 天以上", "{n} days of sleep or more");
/// Changed by.
pub const CHANGED: Text = text("{who}改于{at}", "Set by {who}, {at}");
/// As it came.
pub const USUAL: Text = text("出厂设置", "As it comes");
/// Edits.
pub const EDIT: Text = text("修改 {rule}", "Change {rule}");
/// Short.
pub const EDIT_SHORT: Text = text("修改", "Change");
/// Saves.
pub const SAVE: Text = text("保存", "Save");
/// Saved.
pub const SAVED: Text = text("已保存，立刻生效。", "Saved; it holds at once.");
/// Back to what it comes with.
pub const RESET: Text = text("用出厂设置", "As it comes");

/// Tab.
pub const HONEY: Text = text("诱饵", "Honey records");
/// Title of the honey records.
pub const HONEY_TITLE: Text = text("诱饵家庭", "Honey records");
/// Under it.
pub const HONEY_LINE: Text = text(
    "不存在的家庭，与别的家庭看起来一样。有人打开、启封、改动或导出它，立刻成为警报。标记只有值守的人看得到。",
    "Families that do not exist and look like any other. Whoever opens, reveals, changes or exports one raises an alarm at once. Only those who watch see the mark.",
);
/// None.
pub const HONEY_NONE: Text = text("还没有诱饵", "No honey records yet");
/// None, more.
pub const HONEY_NONE_LINE: Text = text(
    "请能建档的同事像平常一样建一个虚构的家庭，再在这里标记。它会计入家庭总数。",
    "Have somebody who takes families in make an invented one as usual, then mark it here. It counts as one family.",
);
/// What is marked.
pub const HONEY_FAMILY: Text = text("家庭的网址或编号", "Address or id of the family");
/// Hint.
pub const HONEY_HINT: Text = text("打开这个家庭的页面，复制地址栏。", "Open its page and copy the address.");
/// It is none.
pub const HONEY_WRONG: Text = text("没有这个家庭", "There is no such family");
/// Marks it.
pub const HONEY_MARK: Text = text("标记为诱饵", "Mark it");
/// Marked.
pub const HONEY_MARKED: Text = text("已标记，立刻生效。", "Marked; it holds at once.");
/// Head of the column.
pub const HONEY_FAMILY_SHORT: Text = text("家庭编号", "Family");
/// Head of the column.
pub const HONEY_BY: Text = text("标记", "Marked");
/// By whom and when.
pub const HONEY_BY_AT: Text = text("{who}，{at}", "{who}, {at}");
/// Nobody with a name.
pub const HONEY_SERVER: Text = text("服务器上", "On the server");
/// Takes it off.
pub const HONEY_UNMARK: Text = text("取消标记", "Take off");
/// The same, for whom the row is not in sight.
pub const HONEY_UNMARK_NAMED: Text = text("取消标记 {id}", "Take the mark off {id}");
/// It is off.
pub const HONEY_UNMARKED: Text = text("已取消标记。", "The mark is off.");

impl Word for Severity {
    fn word(self) -> Text {
        match self {
            Self::Notice => text("留意", "Notice"),
            Self::Warning => text("警告", "Warning"),
            Self::Critical => text("危急", "Critical"),
        }
    }
}
impl Word for Outcome {
    fn word(self) -> Text {
        match self {
            Self::Confirmed => text("确属异常", "It was an attack or abuse"),
            Self::Usual => text("正常工作", "It was work as usual"),
            Self::Mistake => text("失误，已改正", "It was a mistake, put right"),
        }
    }
}
impl Word for Answer {
    fn word(self) -> Text {
        match self {
            Self::Nothing => text("只通知", "Tell, do nothing"),
            Self::StepUp => text("要求重新验证", "Ask for the passkey anew"),
            Self::SlowDown => text("放慢其查看一小时", "Slow their looks down for an hour"),
            Self::EndSessions => text("结束其会话", "End their sessions"),
            Self::Freeze => text("停用账号", "Suspend the account"),
        }
    }
}
impl Word for Rule {
    fn word(self) -> Text {
        match self {
            Self::FailedSignIns => text("多次登录失败", "Failed sign-ins"),
            Self::Spraying => text("全校登录失败增多", "Sign-ins refused all over"),
            Self::EndedAccountTries => text("已停用的账号尝试登录", "A suspended account tries"),
            Self::CodeStorm => text("验证码反复发送", "Codes sent again and again"),
            Self::SignInStorm => text("反复登录", "Sign-ins again and again"),
            Self::SessionMoved => text("会话被带到别处", "A session was carried off"),
            Self::DormantWakes => text("久未使用的账号", "An account that slept"),
            Self::Takeover => text("恢复码之后的异常", "After a recovery code"),
            Self::NewDeviceReads => text("新设备大量查看", "A new device reads much"),
            Self::UnusualHours => text("深夜查看", "Reading at night"),
            Self::BulkReading => text("短时大量查看", "Family after family"),
            Self::SlowReading => text("一天查看过多", "Very many in a day"),
            Self::ListWalk => text("列表翻到底", "Lists to the end"),
            Self::WalkingIds => text("反复试探无权内容", "Trying what is out of reach"),
            Self::CountingToGuess => text("反复搜索试探", "Searching to guess"),
            Self::MassReveal => text("短时大量启封", "Opening one after the other"),
            Self::ExportStorm => text("反复导出", "Export after export"),
            Self::TrailExports => text("反复导出审计", "The trail, exported"),
            Self::OneFamily => text("盯着一个家庭", "One family again and again"),
            Self::ApprovalStorm => text("连续批准", "Approving without a pause"),
            Self::RightsRaised => text("权限提升", "Rights raised"),
            Self::EmergencyOpened => text("开启紧急查看", "Emergency access"),
            Self::TokenConfirmed => text("确认程序令牌", "A token for a program"),
            Self::LinkStorm => text("反复生成注册链接", "Link after link"),
            Self::LadderChanged => text("登录方式被改", "How roles sign in was changed"),
            Self::RetentionChanged => text("审计保存期限被改", "How long the trail is kept was changed"),
            Self::WatchChanged => text("值守规则被改", "The rules were changed"),
            Self::ClockBack => text("时钟倒退", "The clock went back"),
            Self::ImpossibleTravel => text("两地相距过远", "Too far for the time"),
            Self::HoneyTouched => text("碰了诱饵", "A honey record touched"),
            Self::NewPlace => text("从新的地方登录", "A place that is new"),
        }
    }
}
