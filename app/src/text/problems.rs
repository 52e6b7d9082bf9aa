//! What went wrong, in words: problem codes, value errors, failed ceremonies.
//!
//! The rule: what is answered to pages of the administration alone has its words in the programs of those pages ([`in_office`]).

use super::{Text, Word, text};
use crate::{api::ApiError, passkey::PasskeyError};
use contract::error::{ErrorCode, ValueError};
use std::sync::OnceLock;

/// The server was not reached.
pub const OFFLINE: Text = text("连不上服务器。请检查网络后重试。", "The server cannot be reached. Check the connection and try again.");

const REFUSED: Text = text("你的职责不包括这件事。", "Your duties do not include this.");

static OFFICE: OnceLock<fn(ErrorCode) -> Text> = OnceLock::new();

/// Says that this program has pages of the administration, whose refusals have words that the others do not load.
pub fn in_office() {
    let _ = OFFICE.set(office);
}

fn office(code: ErrorCode) -> Text {
    match code {
        ErrorCode::DutiesApart => {
            text("系统管理员、隐私官、审计员要由不同的人担任。", "Administrator, privacy officer and auditor have to be different people.")
        }
        ErrorCode::OwnRoles => {
            text("自己的角色和校区要由另一位管理员来改。", "Your own roles and campuses are changed by another administrator.")
        }
        ErrorCode::LastAdministrator => text("这是最后一位管理员，不能停用。", "This is the last administrator and has to stay."),
        ErrorCode::CampusInUse => {
            text("校区还有家庭、员工或班级，或是最后一个校区。", "The campus still has families, staff or classes, or is the last one.")
        }
        ErrorCode::JointRule => text(
            "这些角色合起来能推出学员的身份证号。没有保存。",
            "Together the roles could find out a pupil's ID number. Nothing was saved.",
        ),
        _ => REFUSED,
    }
}

impl Word for ErrorCode {
    fn word(self) -> Text {
        match self {
            Self::MalformedRequest => text("请求的格式不对。刷新页面后再试。", "The request was malformed. Reload the page and try again."),
            Self::NotSignedIn => text("登录已结束，请重新登录。", "You are no longer signed in. Please sign in again."),
            Self::SignInRefused => text("没有通过验证。请再试一次。", "That was not accepted. Please try again."),
            Self::StepUpRequired => text("这一步要先验证通行密钥。", "This needs your passkey first."),
            Self::ApprovalRequired => text("这一项要先得到批准。", "This needs an approval first."),
            Self::Forbidden => REFUSED,
            Self::CredentialTooLow => text("你的角色要用更强的方式登录。", "Your roles need a stronger way to sign in."),
            Self::CrossSite => text("请求来自别的网站，已拒绝。", "The request came from another site and was refused."),
            Self::NotFound => text("没有找到，或不在你的范围内。", "Not found, or not within your reach."),
            Self::MethodNotAllowed => text("这里不能这样做。", "That cannot be done here."),
            Self::VersionConflict => text("刚才有人改过这份资料。", "Somebody changed this record just now."),
            Self::Lapsed => text("已失效或已用过。", "It has lapsed or was used already."),
            Self::TooLarge => text("内容太大。", "It is too large."),
            Self::UnsupportedMedia => text("内容的格式不被接受。", "That format is not accepted."),
            Self::InvalidFields => text("有几项需要改，尚未保存。", "Some fields need a correction; nothing was saved."),
            Self::DutiesApart | Self::OwnRoles | Self::LastAdministrator | Self::CampusInUse | Self::JointRule => {
                OFFICE.get().map_or(REFUSED, |word| word(self))
            }
            Self::TooManyRequests => text("次数太多，请稍后再试。", "Too many attempts. Try again later."),
            Self::QuotaExhausted => text("今天的次数已用完，明天恢复。", "Today's quota is used up; it returns tomorrow."),
            Self::TrailUnavailable => {
                text("访问记录暂时写不进去，所以不能给出资料。", "The trail cannot be written, so nothing may be shown at the moment.")
            }
            Self::Internal => text("服务器出了差错。", "The server made a mistake."),
        }
    }
}
impl Word for ValueError {
    fn word(self) -> Text {
        match self {
            Self::Required => text("请填写", "Please fill in"),
            Self::TooLong => text("太长", "Too long"),
            // The page that sets a password has words of its own.
            Self::Malformed | Self::Guessable => text("格式不对", "Not the right format"),
            Self::CheckDigit => text("校验位不对，请核对号码", "The check digit is wrong; compare the number"),
            Self::DateRange => text("日期不存在或不合理", "The date does not exist or cannot be right"),
            Self::LooksMasked => text("这是脱敏后的样子，请填写真实内容", "This looks like a mask; enter the real value"),
            Self::Taken => text("已有人使用", "Taken already"),
            Self::NotWritable => text("你不能修改这一项", "You may not change this"),
        }
    }
}
impl Word for PasskeyError {
    fn word(self) -> Text {
        match self {
            Self::Missing => text("这个浏览器不支持通行密钥。", "This browser has no passkeys."),
            Self::Cancelled => text("已取消，或等待超时。", "Cancelled, or it took too long."),
            Self::Exists => text("这台设备上已有本账号的通行密钥。", "This device already holds a passkey of this account."),
            Self::Aborted => text("已由另一次验证代替。", "Another request took over."),
            Self::Failed => text("通行密钥没有成功。请再试一次。", "The passkey did not work. Please try again."),
        }
    }
}

impl ApiError {
    /// What to tell the person.
    pub fn text(&self) -> Text {
        match self {
            Self::Problem(problem) => problem.code.word(),
            Self::Conflict(_) => ErrorCode::VersionConflict.word(),
            Self::Offline => OFFLINE,
            Self::Passkey(error) => error.word(),
        }
    }
}
