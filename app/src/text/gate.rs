//! Texts of the pages before sign-in.

use super::{Text, text};

/// Sign-in title.
pub const SIGN_IN: Text = text("登录", "Sign in");
/// The button.
pub const WITH_PASSKEY: Text = text("用通行密钥登录", "Sign in with a passkey");
/// Login name.
pub const LOGIN: Text = text("登录名", "Login name");
/// Continue.
pub const CONTINUE: Text = text("继续", "Continue");
/// Ask for the login-name way.
pub const NO_PASSKEY: Text = text("没有弹出通行密钥？", "No passkey offered? ");
/// The login-name way.
pub const BY_LOGIN: Text = text("用登录名", "Use your login name");
/// The button way.
pub const BY_BUTTON: Text = text("直接用通行密钥", "Use the passkey directly");
/// The way by password.
pub const BY_PASSWORD: Text = text("用密码和验证码", "Use password and code");
/// The code way.
pub const BY_CODE: Text = text("用验证码", "Use a code");
/// Link for guardians.
pub const I_AM_GUARDIAN: Text = text("我是家长", "I am a guardian");
/// Link for staff.
pub const I_AM_STAFF: Text = text("我是员工", "I am staff");
/// Link to recovery.
pub const LOST: Text = text("通行密钥丢了", "Lost your passkey");
/// The session ended.
pub const ENDED: Text = text("登录已结束，请重新登录。", "Your session has ended. Please sign in again.");
/// The quotation: first line.
pub const QUOTE_1: Text = text("所谓诚其意者，毋自欺也……", "所谓诚其意者，毋自欺也……");
/// The quotation: second line.
pub const QUOTE_2: Text = text("故君子必慎其独也。", "故君子必慎其独也。");
/// Its source.
pub const QUOTE_SOURCE: Text = text("《礼记 · 大学》", "《礼记 · 大学》 The Great Learning");
/// Guardian title.
pub const GUARDIAN: Text = text("家长登录", "Guardians");
/// Guardian line.
pub const GUARDIAN_LINE: Text = text(
    "填写学校登记的手机号或邮箱，我们发一个验证码。",
    "Enter the mobile number or e-mail that the school holds; a code will be sent there.",
);
/// Contact.
pub const CONTACT: Text = text("手机号或邮箱", "Mobile number or e-mail");
/// Send the code.
pub const SEND_CODE: Text = text("发送验证码", "Send the code");
/// Sent. The same whether known or not.
pub const CODE_SENT: Text = text("如果学校登记了它，验证码已经发出。", "If the school holds it, a code is on its way.");
/// Validity.
pub const CODE_VALID: Text = text("{n} 分钟内有效。", "Good for {n} minutes.");
/// The code.
pub const CODE: Text = text("六位验证码，有时十位", "Six-digit code, sometimes ten");
/// Enter.
pub const ENTER: Text = text("进入", "Enter");
/// Another contact.
pub const OTHER_CONTACT: Text = text("换一个", "Use another");
/// Send again.
pub const SEND_AGAIN: Text = text("重新发送", "Send again");
/// Send again, in so many seconds.
pub const SEND_AGAIN_IN: Text = text("重新发送（{n} 秒后）", "Send again (in {n} s)");
/// The code was wrong.
pub const CODE_WRONG: Text = text("验证码不对。请对着最新的一条再输一次。", "That is not the code. Compare it with the newest message.");
/// The code is of no more use.
pub const CODE_LAPSED: Text =
    text("这个验证码过期了，或试得太多。请重新发送。", "This code has lapsed or was tried too often. Please have it sent again.");
/// Code format.
pub const CODE_FORM: Text = text("验证码是六位数字，有时十位", "The code has six digits, sometimes ten");
/// Needed.
pub const NEEDED: Text = text("请填写", "Please fill in");
/// Enrolment title.
pub const ENROL: Text = text("注册通行密钥", "Set up your passkey");
/// Greeting.
pub const HELLO: Text = text("{name}，你好", "Hello, {name}");
/// Enrolment line.
pub const ENROL_LINE: Text = text(
    "通行密钥留在你的设备里，用指纹、面容或锁屏密码打开。这里没有密码。",
    "A passkey stays on your device and opens with your finger, face or screen lock. There are no passwords here.",
);
/// Remember the login name.
pub const YOUR_LOGIN: Text = text("你的登录名", "Your login name");
/// Roles.
pub const YOUR_ROLES: Text = text("你的角色", "Your roles");
/// Name of the passkey.
pub const PASSKEY_NAME: Text = text("给这个通行密钥起个名字", "A name for this passkey");
/// Hint of the name.
pub const PASSKEY_NAME_HINT: Text = text("例如“我的手机”，丢了时好认", "Such as “My phone”, to tell it apart when it is lost");
/// Default of the name.
pub const THIS_DEVICE: Text = text("这台设备", "This device");
/// Create it.
pub const CREATE: Text = text("建通行密钥", "Create the passkey");
/// An authenticator that did not prove a make on the list.
pub const UNLISTED: Text = text(
    "这件认证器没有证明自己是学校清单上的型号，什么也没有登记。请换一件，从头再来。",
    "This authenticator did not prove that it is of a make on the school's list, and nothing was registered. Start again with another.",
);
/// Step one.
pub const STEP_CHECK: Text = text("确认身份", "Check who you are");
/// Step two.
pub const STEP_PASSKEY: Text = text("建通行密钥", "Passkey");
/// Step three.
pub const STEP_CODES: Text = text("恢复码", "Recovery codes");
/// Step: code.
pub const STEP_CODE: Text = text("验证码", "Code");
/// Step: where to.
pub const STEP_CHANNEL: Text = text("选择方式", "Where to");
/// Codes title.
pub const CODES: Text = text("收好恢复码", "Keep your recovery codes");
/// Codes line.
pub const CODES_LINE: Text = text(
    "设备丢了时，一个恢复码可换一个新的通行密钥。每个只能用一次，只显示这一次。",
    "When a device is lost, one code gives you a new passkey. Each works once, and they are shown this once.",
);
/// Kept.
pub const CODES_KEPT: Text = text("我已收好", "I have kept them");
/// Go on.
pub const GO_IN: Text = text("进入慎独", "Go in");
/// Lapsed title.
pub const LAPSED: Text = text("链接已失效", "The link has lapsed");
/// Lapsed line for staff.
pub const LAPSED_STAFF: Text = text(
    "它只能用一次，也有期限。请找系统管理员要一个新的。",
    "It works once and for a limited time. Ask the administrator for a new one.",
);
/// Lapsed line for guardians.
pub const LAPSED_GUARDIAN: Text = text(
    "它只能用一次，也有期限。请找课程顾问要一个新的，或用登记的手机号登录。",
    "It works once and for a limited time. Ask your consultant for a new one, or sign in with the contact the school holds.",
);
/// Recovery title.
pub const RECOVER: Text = text("用恢复码找回", "Recover with a code");
/// Recovery line.
pub const RECOVER_LINE: Text = text(
    "填登录名和一个恢复码，然后在这台设备上建新的通行密钥。",
    "Enter your login name and one recovery code, then create a new passkey on this device.",
);
/// Recovery code.
pub const RECOVERY_CODE: Text = text("恢复码", "Recovery code");
/// No codes.
pub const NO_CODES: Text =
    text("没有恢复码？请当面找系统管理员要一个注册链接。", "No codes left? See the administrator in person for an enrolment link.");
/// Invitation title.
pub const INVITATION: Text = text("家长入口", "For guardians");
/// Invitation line.
pub const INVITATION_LINE: Text = text(
    "{school} 请你查看孩子的资料，以及谁看过它。先确认是你本人：",
    "{school} invites you to see your child's record and who has looked at it. First, is it you?",
);
/// Channel legend.
pub const CHANNEL: Text = text("验证码发到", "Send the code to");
/// No channel.
pub const NO_CHANNEL: Text = text(
    "学校没有登记你的手机或邮箱，请联系课程顾问。",
    "The school holds neither a mobile number nor an e-mail of yours. Please ask your consultant.",
);
/// Offer title.
pub const OFFER: Text = text("下次更快", "Faster next time");
/// Offer line.
pub const OFFER_LINE: Text =
    text("建一个通行密钥，下次不用等验证码。不建也可以。", "Create a passkey and skip the code next time. You can do without.");
/// Not now.
pub const NOT_NOW: Text = text("先不建", "Not now");
/// No passkeys title.
pub const UNSUPPORTED: Text = text("这个浏览器没有通行密钥", "This browser has no passkeys");
/// No passkeys line.
pub const UNSUPPORTED_LINE: Text = text(
    "请用较新的 Chrome、Edge、Safari 或 Firefox，在手机或电脑上打开本页。",
    "Please open this page in a recent Chrome, Edge, Safari or Firefox, on a phone or a computer.",
);
/// In WeChat title.
pub const WECHAT: Text = text("请在浏览器中打开", "Please open in a browser");
/// In WeChat line.
pub const WECHAT_LINE: Text = text(
    "微信里的网页用不了通行密钥。点右上角 ···，选“在浏览器打开”。",
    "Pages inside WeChat cannot use passkeys. Tap ··· at the top right and choose “Open in browser”.",
);
/// In WeChat, beside the code.
pub const WECHAT_CODE: Text = text(
    "在微信里用验证码就能登录。以后想用指纹或面容，点右上角 ···，选“在浏览器打开”。",
    "Inside WeChat the code is all you need. To use your finger or face later, tap ··· at the top right and choose “Open in browser”.",
);
/// Somebody is signed in already.
pub const TAKEN: Text = text("这里已有人登录", "Somebody is signed in here");
/// A guardian is.
pub const TAKEN_GUARDIAN: Text = text(
    "这个浏览器里登录着一位家长。就是你的话，接着用就好；要用这份邀请，先退出。",
    "A guardian is signed in in this browser. If it is you, just go on; to use this invitation, sign out first.",
);
/// A member of staff is.
pub const TAKEN_STAFF: Text = text(
    "{name} 正在这个浏览器里登录。邀请是给家长的，要用它，先退出。",
    "{name} is signed in in this browser. The invitation is for a guardian; to use it, sign out first.",
);
/// Go on as who is signed in.
pub const GO_ON: Text = text("接着用", "Go on");
/// Sign out and use the invitation.
pub const SIGN_OUT_FIRST: Text = text("退出，用这份邀请", "Sign out and use the invitation");
/// Other language.
pub const OTHER_LANGUAGE: Text = text("English", "中文");
/// The five minutes of a ceremony are over.
pub const CEREMONY_LAPSED: Text = text("等待太久，请重新开始。", "That took too long; please start again.");
