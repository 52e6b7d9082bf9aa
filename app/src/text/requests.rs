//! Texts of the corrections that guardians ask for, on the side of the staff.

use super::{Text, text};

/// Corrections.
pub const REQUESTS: Text = text("家长提的更正", "Corrections asked for");
/// Corrections, more.
pub const REQUESTS_LINE: Text = text("{n} 件等答复，先来的在前。", "{n} wait for an answer, the oldest first.");
/// By whose rights.
pub const REQUESTS_FOOT: Text = text(
    "只列出你能修改的栏目，按你的权限脱敏；看过已记下。",
    "Only fields that you may write are listed, masked by your rights; this look was recorded.",
);
/// Open.
pub const REQUESTS_OPEN: Text = text("等答复", "Waiting");
/// Accepted.
pub const REQUESTS_ACCEPTED: Text = text("已改好", "Corrected");
/// Declined.
pub const REQUESTS_DECLINED: Text = text("没有改", "Declined");
/// Withdrawn.
pub const REQUESTS_WITHDRAWN: Text = text("家长收回", "Taken back");
/// None waits.
pub const NO_REQUESTS: Text = text("没有等你答复的更正", "No correction waits for you");
/// None waits, more.
pub const NO_REQUESTS_LINE: Text = text(
    "家长在家长端提出更正后会出现在这里；你不能修改的栏目由别人答复。",
    "What guardians ask for in the portal appears here; fields that you may not write are answered by others.",
);
/// None of this state.
pub const NONE_SUCH: Text = text("还没有", "None yet");
/// More of them.
pub const MORE: Text = text("再看一些", "Show more");
/// Asked by.
pub const ASKED_BY: Text = text("提出人", "asked by");
/// Asked on.
pub const ASKED_ON: Text = text("{day} 提出", "Asked on {day}");
/// Decided on.
pub const DECIDED_ON: Text = text("{day} {who} 答复", "Answered on {day} by {who}");
/// Due.
pub const DUE: Text = text("最迟 {day}", "By {day}");
/// Was due.
pub const WAS_DUE: Text = text("已过期限 {day}", "Was due {day}");
/// Wish: replace.
pub const WISH_REPLACE: Text = text("改{field}：", "{field}:");
/// Wish: check.
pub const WISH_CHECK: Text = text("{field}不对，请核实：", "{field} is wrong, find out:");
/// Wish: erase.
pub const WISH_ERASE: Text = text("删掉{field}：", "Take out {field}:");
/// What the guardian said.
pub const SAID: Text = text("家长说：“{words}”", "The guardian: “{words}”");
/// What was answered.
pub const ANSWERED: Text = text("答复：“{words}”", "Answer: “{words}”");
/// Accept.
pub const ACCEPT: Text = text("照改", "Correct it");
/// Accept an erasure.
pub const ACCEPT_ERASE: Text = text("照删", "Take it out");
/// Decline.
pub const DECLINE: Text = text("不改", "Decline");
/// Accept, title.
pub const ACCEPT_TITLE: Text = text("照家长说的改{field}", "Correct {field} as asked");
/// Decline, title.
pub const DECLINE_TITLE: Text = text("不改{field}", "Decline to correct {field}");
/// The right value.
pub const RIGHT_VALUE: Text = text("核实后的内容", "What you found");
/// The answer.
pub const ANSWER: Text = text("对家长说一句", "A word to the guardian");
/// Why not.
pub const WHY_NOT: Text = text("为什么不改", "Why not");
/// The answer, hint.
pub const ANSWER_HINT: Text = text("家长会读到；其中的号码会被遮住。", "The guardian reads it; numbers in it are covered.");
/// It was accepted.
pub const ACCEPTED: Text = text("已改好，家长看得到", "Corrected; the guardian can see it");
/// It was declined.
pub const DECLINED: Text = text("已答复家长", "The guardian has your answer");
