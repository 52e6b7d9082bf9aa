//! Texts of tokens for programs.

use super::{Text, text};

/// Title and link.
pub const TITLE: Text = text("程序令牌", "Tokens for programs");
/// What they are.
pub const LINE: Text = text(
    "让程序以你的一个角色只读数据，只看得到脱敏的。由校长或隐私官确认，家长在访问簿里看得到。",
    "A program reads in one of your roles, masks at most. The principal or the privacy officer confirms, and guardians can read of it.",
);
/// On the page of today: some wait.
pub const WAITS: Text = text("有程序令牌等你决定", "A token for a program waits for your decision");

/// Opens the form.
pub const ASK: Text = text("申请令牌", "Ask for a token");
/// Field: name.
pub const NAME: Text = text("程序名称", "Name of the program");
/// Field: role.
pub const ROLE: Text = text("以哪个角色读", "In which role it reads");
/// Field: days.
pub const DAYS: Text = text("有效天数", "Days");
/// Field: days, hint.
pub const DAYS_HINT: Text = text("从确认那天算起，最多 365 天。", "From its confirmation, 365 at most.");
/// Field: days, wrong.
pub const DAYS_WRONG: Text = text("请填 1 到 365", "1 to 365, please");
/// Field: why.
pub const WHY: Text = text("用途", "What it is for");
/// Field: why, hint.
pub const WHY_HINT: Text = text("确认的人看得到。不要写号码和地址。", "Whoever confirms reads it. No numbers, no addresses.");
/// Field: networks.
pub const NETWORKS: Text = text("只许从这些网络用", "From these networks alone");
/// Field: networks, hint.
pub const NETWORKS_HINT: Text =
    text("每行一个，如 203.0.113.0/24。不填则不限。", "One a line, such as 203.0.113.0/24. Anywhere where there is none.");
/// Field: networks, wrong.
pub const NETWORKS_WRONG: Text = text("有一行不是网络，或超过 16 行", "A line is no network, or there are more than sixteen");
/// Something is needed.
pub const NEEDED: Text = text("请填写", "Please fill this in");
/// The name has numbers alone, or is too long.
pub const NOT_ACCEPTED: Text = text("不能这样写", "This is not accepted");
/// Sends the request.
pub const SEND: Text = text("请求确认", "Ask");
/// Sent.
pub const SENT: Text = text("已申请，等校长或隐私官确认", "Asked; the principal or the privacy officer decides");
/// As many as anybody may have.
pub const FULL: Text = text("每人最多五个。先停用一个再申请。", "Five a person at the most. End one first.");

/// Card: to decide.
pub const TO_DECIDE: Text = text("等你决定", "Waits for your decision");
/// Card: one's own.
pub const MINE: Text = text("我的令牌", "My tokens");
/// Card: those of others.
pub const OTHERS: Text = text("其他人的令牌", "Tokens of others");

/// Confirms.
pub const CONFIRM: Text = text("确认", "Confirm");
/// Confirmed.
pub const CONFIRMED: Text = text("已确认，由申请人生成密钥", "Confirmed; whoever asked makes the secret");
/// Refuses.
pub const REFUSE: Text = text("不确认", "Refuse");
/// Refused.
pub const REFUSED: Text = text("已回绝", "Refused");
/// Makes the secret.
pub const MAKE: Text = text("生成密钥", "Make the secret");
/// Title of the dialog of the secret.
pub const SECRET: Text = text("密钥只显示这一次", "The secret is shown this once");
/// What to do with it.
pub const SECRET_LINE: Text = text(
    "现在就存进程序的配置。关掉就看不到了，丢了只能停用再申请。",
    "Put it into the program's settings now. Once closed it is gone; one that is lost is ended, and another asked for.",
);
/// How it is sent.
pub const SECRET_HOW: Text = text("程序在请求头里带上它：", "The program sends it in a header:");
/// Until when.
pub const SECRET_UNTIL: Text = text("有效到 {until}", "Until {until}");
/// It is kept.
pub const SECRET_KEPT: Text = text("已存好", "I have it");

/// Ends one.
pub const END: Text = text("停用", "End");
/// Title of the question.
pub const END_TITLE: Text = text("停用令牌", "End a token");
/// What it means.
pub const END_LINE: Text = text(
    "「{name}」从下一次请求起读不到任何数据，不能恢复。",
    "“{name}” reads nothing from its next request on, and cannot be brought back.",
);
/// Ended.
pub const ENDED: Text = text("已停用", "Ended");

/// State: it waits.
pub const IS_ASKED: Text = text("等确认，{until} 前没有决定就失效", "Waits; lapses if nobody decides by {until}");
/// State: it was confirmed.
pub const IS_CONFIRMED: Text =
    text("{who} 已确认，等申请人生成密钥；到 {until}", "Confirmed by {who}; the secret is to be made. Until {until}");
/// State: it lives.
pub const IS_LIVING: Text = text("{who} 确认，有效到 {until}", "Confirmed by {who}, until {until}");
/// State: it lives, and its owner has lost the role.
pub const IS_VOID: Text = text("现在不起作用：申请人已没有这个角色", "Void now: its owner does not have the role any more");
/// State: refused.
pub const IS_REFUSED: Text = text("{who} 没有确认", "Refused by {who}");
/// State: lapsed.
pub const IS_LAPSED: Text = text("已过期", "Lapsed");
/// For how many days.
pub const FOR_DAYS: Text = text("{n} 天", "{n} days");
/// Last use.
pub const USED: Text = text("最近使用 {at}", "Last used {at}");
/// From where.
pub const USED_FROM: Text = text("最近使用 {at}，{place}", "Last used {at}, {place}");
/// Not used yet.
pub const UNUSED: Text = text("还没用过", "Not used yet");
/// From where alone.
pub const BOUND: Text = text("只许从 {networks}", "From {networks} alone");

/// Nothing here.
pub const NONE: Text = text("没有程序令牌", "No tokens for programs");
/// Nothing here, for whoever may ask.
pub const NONE_ASK: Text = text(
    "要让校内的程序读名单、班级这类数据时，在这里申请。程序只读，不能启封、修改、搜索和导出。",
    "Ask here for a program of the school's to read lists and classes. It opens, changes, searches and exports nothing.",
);
/// Nothing here, for whoever decides.
pub const NONE_DECIDE: Text = text("没有等你决定的，也没有在用的。", "None waits for you, and none is in use.");
/// Nothing here, for whoever may do neither.
pub const NONE_MAY: Text = text(
    "令牌以一个管学员的角色来读。你没有这样的角色，不能申请。",
    "A token reads in a role that works with families. You have none, and cannot ask for one.",
);
