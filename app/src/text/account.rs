//! Texts of one's own access.

use super::{Text, text};

/// Title.
pub const TITLE: Text = text("我的登录", "My access");
/// Line under the title.
pub const LINE: Text = text("通行密钥、恢复码和登录着的设备", "Passkeys, recovery codes, and where you are signed in");
/// The fallback, and passkeys of a proven make.
pub const PASSWORD: Text = text("其他登录凭据", "Other credentials");
/// Passkeys.
pub const PASSKEYS: Text = text("通行密钥", "Passkeys");
/// None.
pub const NO_PASSKEYS: Text = text("还没有通行密钥。建一个，下次不用等验证码。", "None yet. With one you skip the code next time.");
/// Fewer than two.
pub const FEW: Text = text(
    "只有一个通行密钥。设备一丢，就只能靠恢复码了；请在另一台设备上再建一个。",
    "You have only one passkey. If the device is lost, only recovery codes are left: add another on a second device.",
);
/// None at all, staff, and guardians whom the school asks for one.
pub const NONE_LEFT: Text = text("要用通行密钥才能继续。请现在建一个。", "You need a passkey to go on. Please add one now.");
/// Created.
pub const CREATED: Text = text("建于 {at}", "Created {at}");
/// Last used.
pub const USED: Text = text("上次使用 {at}", "Last used {at}");
/// Never used.
pub const NEVER_USED: Text = text("还没用过", "Not used yet");
/// Synchronised.
pub const SYNCED: Text = text("在设备间同步", "Synced between devices");
/// Bound to one device.
pub const BOUND: Text = text("只在一台设备上", "On one device only");
/// Rename.
pub const RENAME: Text = text("改名", "Rename");
/// Rename, read out.
pub const RENAME_NAMED: Text = text("给“{name}”改名", "Rename “{name}”");
/// Remove.
pub const REMOVE: Text = text("移除", "Remove");
/// Remove, read out and as a title.
pub const REMOVE_NAMED: Text = text("移除“{name}”", "Remove “{name}”");
/// What removing means.
pub const REMOVE_LINE: Text = text(
    "移除后，它不能再登录这里。设备上存着的那一份要到设备的密码管理里删。",
    "It will no longer sign you in here. What the device itself stores is deleted in its password manager.",
);
/// The last one stays.
pub const LAST: Text = text("最后一个不能移除；先再建一个。", "The last one stays; add another first.");
/// Removed.
pub const REMOVED: Text = text("已移除", "Removed");
/// Renamed.
pub const RENAMED: Text = text("已改名", "Renamed");
/// Add.
pub const ADD: Text = text("添加通行密钥", "Add a passkey");
/// Add, line.
pub const ADD_LINE: Text = text("要建在手机上，选“使用其他设备”。", "For one on your phone, choose “another device”.");
/// Added.
pub const ADDED: Text = text("新的通行密钥已建好", "The new passkey is ready");
/// Recovery codes.
pub const CODES: Text = text("恢复码", "Recovery codes");
/// How many are left.
pub const CODES_LEFT: Text = text("还剩 {n} 个没用过。", "{n} unused.");
/// None are left.
pub const CODES_NONE: Text = text("一个也不剩了。请生成新的并收好。", "None are left. Make new ones and keep them safe.");
/// Make new ones.
pub const CODES_NEW: Text = text("生成新的", "Make new ones");
/// What making new ones means.
pub const CODES_NEW_LINE: Text = text("生成后，旧的全部作废。", "Earlier codes stop working.");
/// Sessions.
pub const SESSIONS: Text = text("登录着的设备", "Where you are signed in");
/// Device.
pub const DEVICE: Text = text("设备", "Device");
/// Signed in.
pub const SINCE: Text = text("登录于", "Signed in");
/// Last seen.
pub const SEEN: Text = text("上次使用", "Last used");
/// This one.
pub const THIS: Text = text("就是这里", "This one");
/// End.
pub const END: Text = text("结束", "End");
/// End, read out.
pub const END_NAMED: Text = text("结束 {device} 上的登录", "End the session on {device}");
/// Ended.
pub const ENDED: Text = text("已结束，那台设备要重新登录。", "Ended. That device has to sign in again.");
/// End every other session.
pub const END_OTHERS: Text = text("结束其他所有登录", "End all other sessions");
/// They were ended.
pub const OTHERS_ENDED: Text = text("其他设备都要重新登录。", "Every other device has to sign in again.");
/// Caption of the sessions.
pub const SESSIONS_LINE: Text = text("不认得的，请结束它，并告诉学校。", "If you do not know one, end it and tell the school.");
/// Unknown device.
pub const UNKNOWN_DEVICE: Text = text("未知设备", "Unknown device");
/// Display.
pub const DISPLAY: Text = text("显示", "Display");
/// Language.
pub const LANGUAGE: Text = text("语言", "Language");
/// Theme.
pub const THEME: Text = text("深色与浅色", "Light or dark");
/// Login name.
pub const LOGIN: Text = text("登录名", "Login name");
