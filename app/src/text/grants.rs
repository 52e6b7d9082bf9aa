//! Texts of standing grants.

use super::{Text, text};

/// Title and link.
pub const TITLE: Text = text("常设授权", "Standing grants");
/// What they are.
pub const LINE: Text = text(
    "任教期间，可多次启封本班学员的指定字段，不必每次请求批准。每次仍要写事由、用通行密钥，家长看得到。",
    "While somebody teaches a class, named fields of its pupils open without a request for each look. Each still takes a reason and a passkey, and guardians can read it.",
);
/// On the page of today: some wait.
pub const WAITS: Text = text("有常设授权等你决定", "A standing grant waits for your decision");
/// On the page of today: the way there, with how many are in force.
pub const IN_FORCE: Text = text("{n} 件正在生效", "{n} in force");
/// Goes there.
pub const DECIDE: Text = text("去决定", "Decide");
/// On the page of today: may be asked for.
pub const MAY_ASK: Text =
    text("要经常启封本班学员的信息？可以请求一学期的", "Opening fields of your class often? For a term, you can ask for");

/// Card: to decide.
pub const TO_DECIDE: Text = text("等你决定", "Waits for your decision");
/// Card: one's own.
pub const MINE: Text = text("我的授权", "My grants");
/// Card: those of others.
pub const STANDING: Text = text("正在生效", "In force");
/// Card: the form.
pub const ASK: Text = text("请求常设授权", "Ask for a standing grant");

/// Field: class.
pub const CLASS: Text = text("班级", "Class");
/// Field: fields.
pub const FIELDS: Text = text("要启封的字段", "Fields to open");
/// Field: fields, hint.
pub const FIELDS_HINT: Text =
    text("只列要批准才能启封的。只勾教学用得到的。", "Those that open after an approval. Choose what your teaching needs.");
/// Field: last day.
pub const LAST_DAY: Text = text("最后一天", "Last day");
/// Field: last day, hint.
pub const LAST_DAY_HINT: Text =
    text("不晚于 {day}：结班日，且最多 200 天。", "Not after {day}: the end of the class, and 200 days at most.");
/// Field: reason.
pub const REASON: Text = text("事由", "Reason");
/// Field: words.
pub const WORDS: Text = text("补充说明", "In your words");
/// Field: words, hint.
pub const WORDS_HINT: Text =
    text("决定的人看得到。不要写号码和地址。最多 200 字。", "Whoever decides reads it. No numbers, no addresses. At most 200 characters.");
/// No field chosen.
pub const FIELDS_NEEDED: Text = text("请至少勾一个字段", "Please choose a field");
/// No words with "other".
pub const WORDS_NEEDED: Text = text("选「其他」时请写明事由", "With “Other”, please say why");
/// A day that is too late or past.
pub const DAY_WRONG: Text = text("请选今天到 {day} 之间的一天", "Choose a day from today to {day}");
/// Sends the request.
pub const SEND: Text = text("请求批准", "Ask for an approval");
/// Sent.
pub const SENT: Text = text("已请求，等校长或隐私官决定", "Asked; the principal or the privacy officer decides");
/// Who decides.
pub const SEND_NOTE: Text = text(
    "由校长或隐私官决定，不能自己批自己；七天没有决定就失效。批准与收回，本班家长都看得到。",
    "The principal or the privacy officer decides, never whoever asks; it lapses after seven days. Guardians of the class can read the grant and its end.",
);

/// Grants until the day.
pub const GRANT: Text = text("批准", "Grant");
/// Granted.
pub const GRANTED: Text = text("已批准", "Granted");
/// Refuses.
pub const REFUSE: Text = text("不批准", "Refuse");
/// Refused.
pub const REFUSED: Text = text("已回绝", "Refused");
/// Why not.
pub const WHY_NOT: Text = text("为什么不批准", "Why not");
/// Why not: hint.
pub const WHY_NOT_HINT: Text =
    text("对方看得到。不要写号码和地址。最多 200 字。", "Whoever asked can read it. No numbers, no addresses. At most 200 characters.");
/// Why not: needed.
pub const WHY_NOT_NEEDED: Text = text("请写明原因", "Please say why");
/// Withdraws the own request.
pub const WITHDRAW: Text = text("撤回", "Withdraw");
/// Gives the own grant back.
pub const GIVE_BACK: Text = text("不再需要", "Give back");
/// Revokes somebody else's.
pub const REVOKE: Text = text("收回", "Revoke");
/// Title of the question.
pub const REVOKE_TITLE: Text = text("收回常设授权", "Revoke a standing grant");
/// What it means.
pub const REVOKE_LINE: Text = text(
    "{who}从下一次起就不能凭它启封{class}的学员信息，要用得重新请求。家长看得到收回。",
    "From the next look on, {who} opens nothing of {class} by it, and would have to ask again. Guardians can read the revocation.",
);
/// Ended.
pub const ENDED: Text = text("已收回", "Ended");

/// State: it waits.
pub const IS_ASKED: Text = text("等决定，{until} 前没有决定就失效", "Waits; lapses if nobody decides by {until}");
/// State: it holds.
pub const IS_GRANTED: Text = text("{who} 批准，到 {day} 为止", "Granted by {who}, until {day}");
/// State: it stands and holds nothing.
pub const IS_VOID: Text = text(
    "{who} 批准到 {day}，但现在不起作用：已不教这个班，或批准的人已不能批准",
    "Granted by {who} until {day}, but void now: the class is taught by another, or whoever granted may no longer",
);
/// State: refused.
pub const IS_REFUSED: Text = text("{who} 没有批准：{why}", "Refused by {who}: {why}");
/// State: withdrawn.
pub const IS_WITHDRAWN: Text = text("已撤回", "Withdrawn");
/// State: revoked.
pub const IS_REVOKED: Text = text("已被收回", "Revoked");
/// State: lapsed.
pub const IS_LAPSED: Text = text("已过期", "Lapsed");
/// Tag: void.
pub const VOID: Text = text("现在不起作用", "Void now");
/// Asked until when.
pub const UNTIL_ASKED: Text = text("请求到 {day}", "asked until {day}");

/// Nothing here.
pub const NONE: Text = text("没有常设授权", "No standing grants");
/// Nothing here, for whoever decides.
pub const NONE_DECIDE: Text = text("没有等你决定的，也没有正在生效的。", "None waits for you, and none is in force.");
/// Nothing here, for whoever could ask.
pub const NONE_ASK: Text = text(
    "正在任教、且字段权限要求批准才能启封时，可以在这里请求。字段权限由隐私官管。",
    "You can ask here while you teach a class whose fields open only after an approval. The privacy officer keeps the field matrix.",
);
