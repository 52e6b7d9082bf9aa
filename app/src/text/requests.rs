//! Texts of what guardians ask, corrections and questions, on the side of the staff.

use super::{Text, text};

/// What guardians ask.
pub const REQUESTS: Text = text("家长的请求", "What guardians ask");
/// Its kinds.
pub const KINDS: Text = text("种类", "Kinds");
/// Its states.
pub const STATES: Text = text("进展", "States");
/// Kind: corrections.
pub const ABOUT_CORRECTIONS: Text = text("更正", "Corrections");
/// Kind: questions.
pub const ABOUT_QUESTIONS: Text = text("质疑", "Questions");
/// What guardians ask, more.
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
/// By whose rights questions are shown.
pub const QUESTIONS_FOOT: Text = text(
    "不含对你自己的质疑；家长的话按你的权限脱敏，看过已记下。",
    "Without questions about your own looks; what guardians say is masked by your rights, and this look was recorded.",
);
/// Questions that are answered.
pub const QUESTIONS_ANSWERED: Text = text("已答复", "Answered");
/// No question waits.
pub const NO_QUESTIONS: Text = text("没有等你答复的质疑", "No question waits for you");
/// No question waits, more.
pub const NO_QUESTIONS_LINE: Text = text(
    "家长在“谁看过”里质疑一次查看，就会出现在这里；被问的人自己看不到，也不能答复。",
    "What guardians question under “Who looked” appears here; whoever is questioned neither sees it nor answers.",
);
/// A field and its form.
pub const IN_FORM: Text = text("{field}（{form}）", "{field} ({form})");
/// The reason of a look.
pub const REASON: Text = text("事由：{reason}", "Reason: {reason}");
/// A look without a reason.
pub const NO_REASON: Text = text("未问事由", "No reason was asked");
/// A passkey signed for the look.
pub const SIGNED: Text = text("有通行密钥签名", "Signed with a passkey");
/// None did.
pub const UNSIGNED: Text = text("无签名", "Not signed");
/// The number of the look in the trail.
pub const LINE_NUMBER: Text = text("审计第 {n} 号", "Trail no. {n}");
/// Days left.
pub const DAYS_LEFT: Text = text("还有 {n} 天，最迟 {day}", "{n} days left, by {day}");
/// The last day.
pub const DAYS_NONE: Text = text("今天到期", "Due today");
/// Days late.
pub const DAYS_LATE: Text = text("已过期 {n} 天，本应 {day}", "{n} days late, was due {day}");
/// Answers.
pub const ANSWER_QUESTION: Text = text("答复", "Answer");
/// The title of the dialog.
pub const ANSWER_TITLE: Text = text("答复家长的质疑", "Answer the question");
/// What was found.
pub const FINDING: Text = text("查明", "What you found");
/// Found: with reason.
pub const JUSTIFIED: Text = text("有正当理由", "There was a reason");
/// Found: without reason.
pub const UNJUSTIFIED: Text = text("没有正当理由", "There was no good reason");
/// Found: a mistake.
pub const MISTAKE: Text = text("是失误，已采取措施", "It was a mistake, and measures were taken");
/// The words of an answer.
pub const ANSWER_WORDS: Text = text("对家长说明", "What you say to the guardian");
