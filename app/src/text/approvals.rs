//! Texts of approvals: at the seal, and where they are decided.

use super::{Text, text};

/// Asks for one.
pub const ASK: Text = text("请求批准", "Ask for an approval");
/// What an approval is.
pub const ASK_NOTE: Text = text(
    "由校长或隐私官决定，不能自己批自己。批准后在期限内可启封一次；请求、决定与启封，家长都看得到。",
    "The principal or the privacy officer decides, never whoever asks. A grant opens it once, in its time. Guardians can read the request, the decision and the look.",
);
/// It waits.
pub const WAITING: Text = text(
    "{at} 已请求，等校长或隐私官决定。{until} 前没有决定就失效。",
    "Asked {at}; waits for the principal or the privacy officer. It lapses if nobody decides by {until}.",
);
/// It is granted.
pub const GRANTED: Text = text("{who} 已批准，{until} 前可启封一次。", "Granted by {who}: opens once, until {until}.");
/// It was refused.
pub const REFUSED: Text = text("{who} 没有批准：{why}", "Refused by {who}: {why}");
/// It was used.
pub const USED: Text = text("上一次的批准已经用过。", "The last approval has been used.");
/// Its time is over.
pub const LAPSED: Text = text("上一次的请求已经过期。", "The last request has lapsed.");
/// It was withdrawn.
pub const WITHDRAWN: Text = text("上一次的请求已撤回。", "The last request was withdrawn.");
/// Withdraws.
pub const WITHDRAW: Text = text("撤回", "Withdraw");
/// Withdrawn just now.
pub const WITHDRAWN_NOW: Text = text("已撤回", "Withdrawn");
/// Opens what was granted.
pub const OPEN_NOTE: Text = text(
    "启封要用通行密钥，事由照请求时所写。今天还可启封 {n} 次。",
    "Opening takes your passkey; the reason is the one you gave. {n} left today.",
);

/// A standing grant covers it.
pub const STANDING: Text = text(
    "常设授权有效，不必再请求。启封要用通行密钥，家长看得到。今天还可启封 {n} 次。",
    "A standing grant covers this. Opening takes your passkey; guardians can read it. {n} left today.",
);

/// The quota is used up.
pub const QUOTA: Text = text(
    "今天的启封次数已用完，什么也没有启封。北京时间零点恢复；急用请找校长或有同样权限的同事。",
    "Today's looks are used up; nothing was opened. They return at midnight in Beijing; if it is urgent, ask the principal or a colleague with the same rights.",
);
/// No passkey in this browser.
pub const NO_PASSKEY: Text = text(
    "这个浏览器用不了通行密钥，什么也没有启封。请换登记过的设备，或请系统管理员发登记链接。",
    "This browser has no passkeys; nothing was opened. Use a device that holds yours, or ask the administrator for an enrolment link.",
);
/// The passkey was not given.
pub const NOT_PROVEN: Text = text(
    "没有验证通行密钥，什么也没有启封，次数没有扣。可以再试。",
    "The passkey was not given; nothing was opened and nothing was counted. You can try again.",
);
/// The trail is down.
pub const TRAIL_DOWN: Text = text(
    "访问簿暂时写不进去，所以什么也没有启封，次数没有扣。请过一会儿再试。",
    "The ledger cannot be written, so nothing was opened and nothing was counted. Please try again in a while.",
);
/// The session is over.
pub const SIGNED_OUT: Text =
    text("登录已结束，什么也没有启封。请重新登录。", "You are signed out; nothing was opened. Please sign in again.");
/// The right is gone.
pub const NO_RIGHT: Text = text(
    "你现在不能启封这一项，权限可能刚改过。请刷新页面，或问隐私官。",
    "You may not open this now; the matrix may have just changed. Reload the page, or ask the privacy officer.",
);
/// The approval is gone.
pub const NONE_GOOD: Text = text(
    "没有可用的批准：已用过、已过期或已撤回。什么也没有启封，可以重新请求。",
    "There is no good approval: it was used, has lapsed or was withdrawn. Nothing was opened; you can ask again.",
);
/// Nobody was reached.
pub const UNREACHED: Text = text(
    "连不上服务器，什么也没有显示。请检查网络后再试。",
    "The server cannot be reached; nothing was shown. Check the connection and try again.",
);

/// An opened value is on the clipboard.
pub const COPIED: Text = text(
    "{field} 已在剪贴板里，别的程序也读得到。复封时清除；先离开本窗口就清不掉。",
    "{field} is on the clipboard, where other programs can read it. It is cleared when the value closes, unless you leave this window first.",
);
/// It was cleared.
pub const CLEARED: Text = text("剪贴板已清除", "The clipboard was cleared");
/// It could not be cleared.
pub const NOT_CLEARED: Text = text(
    "剪贴板里可能还有刚才启封的{field}。用完请复制别的内容盖掉；系统的剪贴板历史也要自己清。",
    "{field} may still be on the clipboard. When you are done, copy something else over it; a clipboard history of the system is yours to clear.",
);
