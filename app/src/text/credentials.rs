//! Texts of the ladder of credentials, and of password and code.

use super::{Text, Word, text};
use contract::Credential;

impl Word for Credential {
    fn word(self) -> Text {
        match self {
            Self::Any => text("一次性验证码", "One-time code"),
            Self::Mfa => text("密码加验证码", "Password and code"),
            Self::Passkey => text("通行密钥", "Passkey"),
            Self::AttestedPasskey => text("认证过的通行密钥", "Attested passkey"),
        }
    }
}

/// A line of the trail: with what somebody signed in.
pub const WITH: Text = text("登录方式", "Signed in with");
/// Title of the form of the sign-in, and of the card of one's own.
pub const TITLE: Text = text("密码和验证码", "Password and code");
/// Title of one's own page.
pub const OWN: Text = text("其他登录凭据", "Other credentials");
/// Its line.
pub const OWN_LINE: Text = text(
    "通行密钥不在手边时的密码；角色要求时，能证明型号的通行密钥",
    "A password for when your passkey is not at hand, and passkeys of a proven make where a role asks for one",
);
/// The card of the highest rung.
pub const ATTESTED: Text = text("认证过的通行密钥", "Attested passkeys");
/// What they are.
pub const ATTESTED_LINE: Text = text(
    "这样的通行密钥留在一件认证器里，不会同步到别处；登记时，认证器用厂家的证书证明自己是什么型号。",
    "Such a passkey stays in one authenticator and is never synchronised. When it is registered, the authenticator proves by its \
     maker's certificate which make it is.",
);
/// A role asks for it.
pub const ASKED_FOR: Text = text("你的角色要求", "Your roles ask for it");
/// Which will do.
pub const LISTED: Text = text("可以登记的型号：{makes}", "Makes that will do: {makes}");
/// There is no list.
pub const UNLISTED: Text = text(
    "服务器没有认证器清单，现在不能登记。清单由运行服务器的人提供。",
    "The server has no list of authenticators, so none can be registered now. Whoever runs the server provides it.",
);
/// None yet.
pub const NO_ATTESTED: Text = text("你还没有登记。", "You have registered none yet.");
/// When.
pub const REGISTERED: Text = text("{at} 登记", "Registered {at}");
/// Its make is not on the list any more.
pub const OFF_LIST: Text = text("型号已不在清单上", "Its make is no longer on the list");
/// It counts.
pub const COUNTS: Text = text("认证有效", "Attested");
/// It does not.
pub const COUNTS_NOT: Text = text("按普通通行密钥算", "Counts as any passkey");
/// What raises a session.
pub const SIGN_IN_WITH_IT: Text = text(
    "这次不是用它登录的；退出后用它登录，才算到这一级。",
    "You did not sign in with it this time. Sign out and in with it to stand on this rung.",
);
/// Registers.
pub const REGISTER: Text = text("登记一个", "Register one");
/// What to do.
pub const ATTESTED_HINT: Text = text(
    "插上或准备好清单上的认证器；浏览器问起时，允许它说明型号",
    "Have an authenticator of the list ready, and allow the browser to tell its make",
);
/// Done.
pub const ATTESTED_DONE: Text = text("已登记。", "Registered.");
/// What it opens, and what not.
pub const OPENS: Text = text(
    "这样登录可以做日常工作，看到的和平时一样。启封、批准、修改权限等要验证通行密钥的事，仍然要通行密钥。",
    "Signed in this way you do your ordinary work and see what you usually see. Whatever asks for your passkey, such as opening a \
     masked value, approving or changing rights, still does.",
);
/// The password.
pub const PASSWORD: Text = text("密码", "Password");
/// A new one.
pub const NEW: Text = text("新密码", "New password");
/// There is none.
pub const UNSET: Text = text("还没有设置", "Not set up yet");
/// What will do.
pub const NEW_HINT: Text = text(
    "至少 12 个字。几个互不相干的词连起来最好记；不要用姓名、生日、5201314 或键盘上的一排。",
    "At least 12 characters. A few unrelated words are easiest to remember; no names, birthdays or rows of keys.",
);
/// Once more.
pub const AGAIN: Text = text("再输一次", "Once more");
/// Not the same.
pub const DIFFERENT: Text = text("两次输入的不一样", "The two are not the same");
/// Everybody's.
pub const GUESSABLE: Text = text("太容易猜到", "Too easy to guess");
/// Too short.
pub const SHORT: Text = text("至少 12 个字", "At least 12 characters");
/// The code.
pub const CODE: Text = text("验证器上的六位码", "Six-digit code of the app");
/// The code was wrong.
pub const CODE_WRONG: Text = text(
    "验证码不对。请输入验证器上现在显示的六位码；手机时间要准。",
    "That code is wrong. Enter the one shown now; the clock of the phone has to be right.",
);
/// Continue.
pub const NEXT: Text = text("下一步", "Continue");
/// First step.
pub const STEP_PASSWORD: Text = text("定密码", "Password");
/// Second step.
pub const STEP_APP: Text = text("连验证器", "Authenticator app");
/// Third step.
pub const STEP_DONE: Text = text("完成", "Done");
/// What to do with the picture.
pub const SCAN: Text = text(
    "用手机上的验证器（任何支持 TOTP 的都可以）扫这个码，再输入它显示的六位码。",
    "Scan this with an authenticator app on your phone (any that does TOTP), then enter the six digits it shows.",
);
/// The picture.
pub const QR: Text = text("验证器扫的码", "Code for the authenticator app");
/// By hand.
pub const BY_HAND: Text = text("扫不了就手工输入", "Cannot scan? Type it in");
/// Ends the set-up.
pub const FINISH: Text = text("完成", "Finish");
/// It took too long.
pub const LAPSED: Text = text("等得太久或试得太多，请重新开始。", "That took too long or too many tries. Please start again.");
/// It is set.
pub const SET: Text = text("{at} 设置。登录页上选“用密码和验证码”。", "Set {at}. Choose “Use password and code” on the sign-in page.");
/// Another one.
pub const REPLACE: Text = text("换密码和验证器", "Replace both");
/// Removes.
pub const REMOVE: Text = text("移除", "Remove");
/// What that does.
pub const REMOVE_LINE: Text =
    text("移除后只能用通行密钥登录，其他设备上的登录会结束。", "After that only your passkey lets you in, and your other sessions end.");
/// It is done.
pub const REMOVED: Text = text("已移除。", "Removed.");
/// Set.
pub const DONE: Text = text("已设置。其他设备上的登录已结束。", "Set. Your other sessions have ended.");
/// The roles ask for more.
pub const DENIED: Text = text("你的角色不能用密码登录", "Your roles do not sign in with a password");
/// Whom to ask.
pub const DENIED_LINE: Text = text(
    "哪些角色可以，由系统管理员决定。请用通行密钥；需要密码的话，请找管理员。",
    "The administrator decides which roles may. Use your passkey, and ask the administrator if you need a password.",
);
/// Kept, and of no use.
pub const USELESS: Text = text("你以前设的密码现在不能登录。", "The password that you once set lets nobody in now.");
/// Back to one's own access.
pub const BACK: Text = text("回到“我的登录”", "Back to My access");
/// The sign-in form.
pub const SIGN_IN_LINE: Text = text("只有学校允许的角色能这样登录。", "Only roles that the school allows sign in this way.");
/// The other way.
pub const BY_PASSKEY: Text = text("用通行密钥登录", "Sign in with a passkey");

/// The administrator's page.
pub const LADDER: Text = text("登录方式", "How roles sign in");
/// Its line.
pub const LADDER_LINE: Text = text(
    "每个角色至少用什么登录、登录多久；一人多个角色时按最严的算",
    "What each role signs in with at least, and for how long; of several roles the strictest counts",
);
/// Its note.
pub const LADDER_NOTE: Text = text(
    "放低一级，密码和验证码就能进来：看到的和平时一样，但启封、批准、修改权限仍要通行密钥。抬高一级，达不到的人在下一次请求时就要重新登录。时间改短也从下一次请求起算，全校的上限在“学校”里。每次改动都记账，并通知值守的人。",
    "One rung lower, a password and a code let people in: they see what they usually see, and still need a passkey to open values, \
     approve or change rights. One rung higher, whoever stands below has to sign in again at their next request. A time that is \
     shortened counts from the next request too; the longest of the whole school is under School. Each change is recorded, and \
     those who watch are told.",
);
/// Its note about guardians.
pub const LADDER_GUARDIANS: Text = text(
    "家长凭学校存着的联系方式收验证码进来。抬到通行密钥后：有通行密钥的家长只能用它登录；没有的凭验证码进来，先建一个才能看；丢了的，由教务或顾问重发邀请，旧的随之移除。",
    "Guardians come by a code to the contact that the school has on file. One rung higher, those who have a passkey sign in with it \
     alone, those who have none come by a code and make one before they see anything, and whoever lost theirs is invited anew, which \
     removes the old ones.",
);
/// Column.
pub const ROLE: Text = text("角色", "Role");
/// Column.
pub const LEAST: Text = text("至少", "At least");
/// Column.
pub const PEOPLE: Text = text("人数", "People");
/// Column.
pub const WITH_PASSKEY: Text = text("有通行密钥", "With a passkey");
/// Column.
pub const WITH_PASSWORD: Text = text("设了密码", "With a password");
/// Column.
pub const WITH_ATTESTED: Text = text("有认证过的", "With an attested passkey");
/// Of a role.
pub const LEAST_OF: Text = text("{role}至少用什么登录", "What {role} signs in with at least");
/// Column.
pub const IDLE: Text = text("闲置后退出", "Ends when unused for");
/// Of a role.
pub const IDLE_OF: Text = text("{role}闲置多久后退出", "When an unused session of {role} ends");
/// Column.
pub const WHOLE: Text = text("最长登录", "Ends after");
/// Of a role.
pub const WHOLE_OF: Text = text("{role}最长登录多久", "When a session of {role} ends at the latest");
/// A time.
pub const N_MINUTES: Text = text("{n} 分钟", "{n} minutes");
/// A time.
pub const N_HOURS: Text = text("{n} 小时", "{n} h");
/// A time.
pub const N_DAYS: Text = text("{n} 天", "{n} days");
/// Before.
pub const WAS: Text = text("原为{before}", "Was: {before}");
/// Saved.
pub const LADDER_SAVED: Text = text("已保存，从下一次请求起生效。", "Saved; it holds from the next request on.");
/// Under the table of the ladder, where there is a list of makes: what its numbers count.
pub const COUNTED: Text = text(
    "按在职员工和有监护权的家长计；“有认证过的”指通行密钥的型号在清单上。",
    "Present staff and guardians with custody are counted; “attested” is a passkey whose make is on the list.",
);
/// No list.
pub const NO_LIST: Text = text(
    "服务器没有认证器清单，不能要求认证过的通行密钥。",
    "The server has no list of authenticators, so no role can ask for an attested passkey.",
);
