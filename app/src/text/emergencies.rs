//! Texts of emergency access.

use super::{Text, text};

/// The card, and the dialog.
pub const EMERGENCY: Text = text("紧急查看", "Emergency access");
/// Opens the dialog.
pub const ASK: Text = text("紧急查看…", "Emergency access…");
/// What it is for.
pub const ASK_LINE: Text = text("孩子有急事，而你平时看不到这一家。", "A child needs help now, and the family is out of your reach.");
/// What will happen.
pub const HOW: Text = text(
    "由校长或隐私官开启后，一小时内你能看到本校区学员的姓名、家长电话等急用的内容；不能修改，不能导出。每一次查看家长都看得到。",
    "Once a principal or the privacy officer opens it, you see for one hour whom to call at your campus. Nothing can be changed or exported, and guardians see each look.",
);
/// The field.
pub const WHY: Text = text("出了什么事", "What happened");
/// The field's hint.
pub const WHY_HINT: Text = text("不要写号码和地址。最多 200 字。", "No numbers, no addresses. At most 200 characters.");
/// The field is empty.
pub const WHY_NEEDED: Text = text("请写明出了什么事", "Please say what happened");
/// Sends it.
pub const SEND: Text = text("请求开启", "Ask");
/// It was sent.
pub const SENT: Text = text("已请求，等第二人开启", "Asked; a second person has to open it");
/// Waits until.
pub const WAITS: Text = text("等第二人开启，{until} 前有效", "Waits for a second person, until {until}");
/// Is open until.
pub const RUNS: Text = text("{who} 已开启，到 {until} 自动结束", "Opened by {who}, ends by itself at {until}");
/// It was refused.
pub const SAID_NO: Text = text("{who} 没有开启", "{who} did not open it");
/// Opens it.
pub const OPEN: Text = text("开启一小时", "Open for an hour");
/// It was opened.
pub const OPENED: Text = text("已开启一小时，值守的人都会收到警报", "Opened for an hour; everybody who watches is told");
/// Refuses it.
pub const REFUSE: Text = text("不开启", "Do not open");
/// It was refused just now.
pub const REFUSED: Text = text("已回绝", "Refused");
/// Takes it back.
pub const WITHDRAW: Text = text("撤回", "Take back");
/// Ends it.
pub const END: Text = text("现在结束", "End now");
/// It is over.
pub const ENDED: Text = text("紧急查看已结束", "Emergency access has ended");
/// To the families.
pub const FAMILIES: Text = text("去找这一家", "Find the family");
