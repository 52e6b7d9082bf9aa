//! Texts that more than one page uses.

use super::{Text, text};

/// The product.
pub const SHENDU: Text = text("慎独", "Shendu");
/// Skip link.
pub const SKIP: Text = text("跳到正文", "Skip to content");
/// Name of the main navigation.
pub const NAVIGATION: Text = text("主导航", "Main navigation");
/// Name of the phone's dock.
pub const DOCK: Text = text("常用", "Frequent");
/// Menu button.
pub const MENU: Text = text("菜单", "Menu");
/// More.
pub const MORE: Text = text("更多", "More");
/// Navigation: what waits today.
pub const TODAY: Text = text("今日", "Today");
/// Navigation: how much waits on a page.
pub const WAITING: Text = text("件等着", "waiting");
/// Navigation: families.
pub const FAMILIES: Text = text("家庭", "Families");
/// Navigation: classes.
pub const CLASSES: Text = text("班级", "Classes");
/// Navigation: group of administration.
pub const ADMIN: Text = text("管理", "Administration");
/// Navigation: matrix.
pub const POLICY: Text = text("字段权限", "Field matrix");
/// Page: the alarms.
pub const WATCH: Text = text("值守", "Watch");
/// Navigation: trail.
pub const TRAIL: Text = text("审计", "Trail");
/// Navigation: reports of audits.
pub const AUDITS: Text = text("审计报告", "Audit reports");
/// Navigation: staff.
pub const STAFF: Text = text("员工", "Staff");
/// Navigation: school.
pub const SCHOOL: Text = text("学校", "School");
/// Navigation: children.
pub const CHILDREN: Text = text("孩子", "Children");
/// Navigation: what guardians ask.
pub const REQUESTS: Text = text("请求", "Requests");
/// Navigation: help for guardians.
pub const HELP: Text = text("帮助", "Help");
/// Navigation: own access.
pub const ACCOUNT: Text = text("我的登录", "My access");
/// Switch in the top bar: covers what came in clear.
pub const COVER: Text = text("遮蔽", "Cover");
/// What the switch does.
pub const COVER_HINT: Text =
    text("投屏或有旁人时，遮住你看得到的明文；按一下才显示。", "On a shared screen, covers what you see in clear; a press shows it.");
/// Read out for a covered value.
pub const COVERED: Text = text("已遮蔽，按一下显示", "Covered; press to show");
/// Stands for a covered value in a title.
pub const COVERED_MARK: Text = text("（已遮蔽）", "(covered)");
/// The network is gone.
pub const OFFLINE_NOW: Text = text(
    "网络断开了。已显示的内容可以继续看；查找、启封、保存要等联网以后。",
    "The network is gone. What is shown stays; searching, opening and saving wait until it is back.",
);
/// The command palette.
pub const PALETTE: Text = text("去往、查找、操作", "Go, find, act");
/// The palette's placeholder.
pub const PALETTE_HINT: Text = text("页面、操作、姓名或拼音首字母", "A page, an action, a name or its initials");
/// Searches for a family.
pub const FIND_FAMILY: Text = text("查找家庭「{text}」", "Find the family “{text}”");
/// The search was recorded.
pub const FIND_RECORDED: Text = text("查找已记入访问簿", "The search was recorded");
/// The list of keys.
pub const KEYS: Text = text("快捷键", "Keyboard shortcuts");
/// Light or dark.
pub const SWITCH_THEME: Text = text("切换深浅", "Light or dark");
/// The other language.
pub const SWITCH_LANG: Text = text("切换语言 Language", "切换语言 Language");
/// Sign out.
pub const SIGN_OUT: Text = text("退出", "Sign out");
/// Signed out while offline.
pub const SIGN_OUT_OFFLINE: Text = text(
    "连不上服务器，本页已清空；服务器上的会话要等联网后再退出，或等它到期。",
    "The server cannot be reached. This page is cleared; the session on the server ends when you sign out again, or when it expires.",
);
/// Switch to dark.
pub const TO_DARK: Text = text("换为深色", "Switch to dark");
/// Switch to light.
pub const TO_LIGHT: Text = text("换为浅色", "Switch to light");
/// Save.
pub const SAVE: Text = text("保存", "Save");
/// Discard.
pub const DISCARD: Text = text("放弃", "Discard");
/// Unsaved changes.
pub const UNSAVED: Text = text("有未保存的改动", "Unsaved changes");
/// Saved.
pub const SAVED: Text = text("已保存", "Saved");
/// Cancel.
pub const CANCEL: Text = text("取消", "Cancel");
/// Close.
pub const CLOSE: Text = text("关闭", "Close");
/// Back.
pub const BACK: Text = text("返回", "Back");
/// Try again.
pub const AGAIN: Text = text("重试", "Try again");
/// Copy.
pub const COPY: Text = text("复制", "Copy");
/// Copied.
pub const COPIED: Text = text("已复制", "Copied");
/// Copy failed.
pub const COPY_FAILED: Text = text("浏览器不允许复制，请手动抄写。", "The browser does not allow copying; please write it down.");
/// Print.
pub const PRINT: Text = text("打印", "Print");
/// Optional field.
pub const OPTIONAL: Text = text("选填", "optional");
/// Loading, for screen readers.
pub const LOADING: Text = text("正在读取", "Loading");
/// Failed to load.
pub const LOAD_FAILED: Text = text("没有读到", "Could not load");
/// Not allowed.
pub const DENIED: Text = text("不在你的职责内", "Not within your duties");
/// Trace id.
pub const TRACE: Text = text("编号", "Trace");
/// Head of the error summary.
pub const ERRORS_HEAD: Text = text("有 {n} 处需要改", "{n} to correct");
/// Where we are.
pub const CRUMBS: Text = text("所在位置", "You are here");
/// No value.
pub const NOTHING: Text = text("无", "none");
/// Nothing recorded.
pub const NOT_RECORDED: Text = text("未登记", "Not recorded");
/// Rows shown so far.
pub const SHOWN_SO_FAR: Text = text("已显示 {n}", "{n} shown");
/// Read out before a mask.
pub const MASKED_SPOKEN: Text = text("已脱敏 ", "Masked ");
/// Read out for what is withheld.
pub const WITHHELD_SPOKEN: Text = text("无权查看", "Withheld");
/// Seal: open.
pub const SEAL_OPEN: Text = text("启封 {field}", "Open {field}");
/// Seal: ask.
pub const SEAL_ASK: Text = text("{field}：启封需要批准", "{field}: opening needs an approval");
/// Seal: close.
pub const SEAL_CLOSE: Text = text("复封 {field}", "Close {field} again");
/// Opened.
pub const OPENED: Text = text("{field} 已启封，{n} 秒后复封", "{field} is open and closes in {n} seconds");
/// Five seconds left.
pub const CLOSING_SOON: Text = text("5 秒后复封", "Closing in 5 seconds");
/// Closed.
pub const CLOSED: Text = text("{field} 已复封", "{field} is closed again");
/// Reason legend.
pub const REASON: Text = text("事由", "Reason");
/// Reason text.
pub const REASON_TEXT: Text = text("补充说明", "In your words");
/// Reason text hint.
pub const REASON_HINT: Text = text(
    "家长看得到事由。不要写号码和地址。最多 200 字。",
    "Guardians can read the reason. No numbers, no addresses. At most 200 characters.",
);
/// Reason text is needed.
pub const REASON_NEEDED: Text = text("选“其他”时请写明事由", "With “Other”, please say why");
/// Honesty of the reveal.
pub const REVEAL_NOTE: Text = text(
    "启封要用通行密钥，记入访问簿，家长可见。今天还可启封 {n} 次。",
    "Opening takes your passkey and is recorded where guardians can read it. {n} left today.",
);
/// Confirm the reveal.
pub const REVEAL: Text = text("启封", "Open");
/// Once more.
pub const EXTEND: Text = text("再看一会儿", "Keep open");
/// The window was left while the answer was under way.
pub const REVEAL_HIDDEN: Text = text("窗口不在前面，没有显示。", "The window was not in front, so nothing was shown.");
/// Erase a value.
pub const ERASE: Text = text("清空这一项", "Erase this");
/// Will be erased.
pub const WILL_ERASE: Text = text("保存后清空", "Will be erased on save");
/// Undo.
pub const UNDO: Text = text("撤销", "Undo");
/// Hint of a masked input.
pub const KEEP_HINT: Text = text("现为 {mask}；留空则不改动", "Now {mask}; left empty, it stays as it is");
/// Hint of a withheld input.
pub const KEEP_WITHHELD: Text = text("现有内容你看不到；留空则不改动", "You cannot see what is there; left empty, it stays as it is");
/// Not found.
pub const NOT_FOUND: Text = text("没有这个页面", "No such page");
/// Not found, more.
pub const NOT_FOUND_LINE: Text = text(
    "地址可能不对，或它不在你的范围内；两种情况我们给同样的回答。",
    "The address may be wrong, or it is not within your reach; both get the same answer.",
);
/// To the first page.
pub const HOME: Text = text("回到首页", "To the first page");
/// Server not reached on start.
pub const UNREACHED: Text = text("连不上学校的服务器", "The school's server cannot be reached");
/// Leaving: title.
pub const LEAVE_TITLE: Text = text("离开这一页？", "Leave this page?");
/// Leaving: what is lost.
pub const LEAVE_LINE: Text = text("没有保存的内容会丢失。", "What is not saved will be lost.");
/// Leaving: yes.
pub const LEAVE: Text = text("离开", "Leave");
/// Leaving: no.
pub const STAY: Text = text("留下", "Stay");
/// Of a line of a ledger: a program did it, by a token of the person named.
pub const BY_PROGRAM: Text = text("通过程序", "by a program");
