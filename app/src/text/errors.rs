//! Error codes as sentences: what happened and what to do, never whose fault.

use super::{Lang, Text};
use crate::{api::ApiError, passkey::PasskeyError};
use contract::error::{ErrorCode, ValueError};

/// The sentence for a code.
#[must_use]
pub const fn code(code: ErrorCode) -> Text {
    match code {
        ErrorCode::MalformedRequest => Text::new("请求不被接受；请重新打开页面再试。", "The request was not accepted; load the page again and retry."),
        ErrorCode::NotSignedIn => Text::new("会话已结束，请重新登录。", "The session has ended; please sign in again."),
        ErrorCode::SignInRefused => Text::new("没有通过。请再试一次，或换一种方式。", "That was not accepted. Try again, or use another way."),
        ErrorCode::StepUpRequired => Text::new("这一步需要再次验证通行密钥。", "This step needs your passkey once more."),
        ErrorCode::Forbidden => Text::new("这不在你的职责范围内。", "This is outside your duties."),
        ErrorCode::CrossSite => Text::new("请求来自别的网站，已拒绝。", "The request came from another site and was refused."),
        ErrorCode::NotFound => Text::new("没有这条记录，或它不在你的范围内。", "There is no such record, or it is outside your reach."),
        ErrorCode::MethodNotAllowed => Text::new("不支持这个操作。", "This operation is not supported."),
        ErrorCode::VersionConflict => Text::new("别人刚刚改过这条记录；什么都没有保存。", "Somebody has just changed this record; nothing was saved."),
        ErrorCode::Lapsed => Text::new("链接或验证码已失效，请重新获取。", "The link or code is no longer good; ask for a new one."),
        ErrorCode::TooLarge => Text::new("内容太大。", "The content is too large."),
        ErrorCode::UnsupportedMedia => Text::new("不支持的内容格式。", "The format is not supported."),
        ErrorCode::InvalidFields => Text::new("有几项不被接受；什么都没有保存。", "Some fields were not accepted; nothing was saved."),
        ErrorCode::TooManyRequests => Text::new("尝试太频繁，请稍候再试。", "Too many attempts; please wait a little."),
        ErrorCode::QuotaExhausted => Text::new("今天的启封次数已用完；如有急事，请找隐私官。", "Today's looks are used up; if it is urgent, ask the privacy officer."),
        ErrorCode::TrailUnavailable => Text::new("访问簿暂时无法写入，因此什么都不能查看。请稍候再试。", "The trail cannot be written now, so nothing can be shown. Please try again soon."),
        ErrorCode::Internal => Text::new("服务器出了差错；把编号告诉管理员可以查到原因。", "The server failed; with the reference an administrator can find the cause."),
    }
}

/// The sentence for a field that was not accepted.
#[must_use]
pub const fn value(error: ValueError) -> Text {
    match error {
        ValueError::Required => Text::new("请填写", "Please fill this in"),
        ValueError::TooLong => Text::new("太长了", "Too long"),
        ValueError::Malformed => Text::new("格式不对", "Not in the right form"),
        ValueError::CheckDigit => Text::new("校验位不对，请核对号码", "The check digit is wrong; please compare the number"),
        ValueError::DateRange => Text::new("日期不存在，或超出范围", "The date does not exist or is out of range"),
        ValueError::LooksMasked => Text::new("看起来是脱敏后的值；请填完整的值", "This looks like a mask; enter the whole value"),
        ValueError::NotWritable => Text::new("你不能修改这一项", "You may not change this"),
    }
}

/// The sentence for a passkey ceremony that came to nothing.
#[must_use]
pub const fn passkey(error: PasskeyError) -> Text {
    match error {
        PasskeyError::Unsupported => Text::new("这个浏览器不支持通行密钥。", "This browser does not support passkeys."),
        PasskeyError::Cancelled => Text::new("通行密钥验证已取消或超时。", "The passkey prompt was cancelled or timed out."),
        PasskeyError::AlreadyThere => Text::new("这台设备上已有这个账户的通行密钥。", "This device already holds a passkey for the account."),
        PasskeyError::Failed => Text::new("通行密钥验证没有成功，请再试一次。", "The passkey prompt failed; please try again."),
    }
}

/// The sentence for whatever went wrong with a request.
#[must_use]
pub fn sentence(lang: Lang, error: &ApiError) -> String {
    match error {
        ApiError::Problem(problem) => match problem.retry_after {
            Some(seconds) => super::gate::wait(lang, code(problem.code).say(lang), seconds),
            None => code(problem.code).say(lang).to_owned(),
        },
        ApiError::Offline => super::common::UNREACHABLE_LINE.say(lang).to_owned(),
        ApiError::Unreadable => Text::new("页面版本太旧，请重新打开。", "The page is out of date; load it again.").say(lang).to_owned(),
        ApiError::Passkey(error) => passkey(*error).say(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::code;
    use crate::text::Lang;
    use contract::error::ErrorCode;

    #[test]
    fn every_code_has_a_sentence_in_both_languages() {
        for one in ErrorCode::ALL {
            assert!(!code(*one).say(Lang::Zh).is_empty());
            assert!(!code(*one).say(Lang::En).is_empty());
        }
    }
}
