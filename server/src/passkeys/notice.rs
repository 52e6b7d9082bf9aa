//! A word to whoever signed in on a device that is new to them, has a passkey or a password more, or used a recovery code, by e-mail
//! where the school has their address.
//!
//! The rule: what was done stands whatever becomes of the message; that it was sent is in the trail. Deliberately absent: a notice
//! of the first sign-in and its passkey, which are the enrolment, and one to guardians, to whom each message costs.

use crate::{clock::school_time, http::ApiError, state::App};
use chrono::{DateTime, Utc};
use contract::{error::ErrorCode, ids::StaffId, wire::staff::StaffQuery};
use guard::Actor;
use store::StaffList;

impl App {
    /// Tells a member of staff that they have signed in on `device`.
    pub(crate) async fn tell_of_new_device(&self, person: StaffId, device: &str, now: DateTime<Utc>) {
        let at = school_time(now).format("%Y-%m-%d %H:%M");
        let text = format!(
            "您的账号于 {at}（北京时间）在一台新设备上登录：{device}。如果不是您，请登录后在“我的账号”结束这个会话，并告诉管理员。\n\n\
             Your account was signed in to on a new device at {at} (Beijing): {device}. If it was not you, end that session under \
             \u{201c}My account\u{201d} and tell the administrator.\n"
        );
        self.tell(person, "新设备登录", &text, now).await;
    }

    /// Tells a member of staff that a passkey more lets them in.
    pub(crate) async fn tell_of_passkey(&self, actor: Actor, now: DateTime<Utc>) {
        let Actor::Staff(person) = actor else { return };
        let at = school_time(now).format("%Y-%m-%d %H:%M");
        let text = format!(
            "您的账号于 {at}（北京时间）新增了一个通行密钥。如果不是您，请登录后在“我的账号”删除它，并告诉管理员。\n\n\
             A passkey was added to your account at {at} (Beijing). If it was not you, remove it under \u{201c}My account\u{201d} and \
             tell the administrator.\n"
        );
        self.tell(person, "新增通行密钥", &text, now).await;
    }

    /// Tells a member of staff that a recovery code of theirs was used.
    pub(crate) async fn tell_of_recovery(&self, person: StaffId, now: DateTime<Utc>) {
        let at = school_time(now).format("%Y-%m-%d %H:%M");
        let text = format!(
            "您的一个恢复码于 {at}（北京时间）被使用，接下来可以注册新的通行密钥。如果不是您，请马上告诉管理员。\n\n\
             A recovery code of yours was used at {at} (Beijing); a new passkey can be registered by it. If it was not you, tell the \
             administrator at once.\n"
        );
        self.tell(person, "恢复码已使用", &text, now).await;
    }

    /// Tells a member of staff of something about their own access.
    pub(crate) async fn tell(&self, person: StaffId, of: &str, text: &str, now: DateTime<Utc>) {
        if self.send_notice(person, of, text, now).await.is_err() {
            tracing::warn!("a notice of somebody's own access could not be sent");
        }
    }

    async fn send_notice(&self, person: StaffId, of: &str, text: &str, now: DateTime<Utc>) -> Result<(), ApiError> {
        let found = self.db.staff(StaffList { query: StaffQuery::default(), only: Some(person), now }).await?;
        let Some(record) = found.first() else {
            return Ok(());
        };
        let Some(parcel) = self.gate.staff_address(now, record).await? else {
            return Ok(());
        };
        let school = self.school_name().await?;
        let taken = self.courier.take(parcel, format!("{school}：{of}"), format!("{text}\n{school}\n"), now);
        if taken { Ok(()) } else { Err(ErrorCode::TooManyRequests.into()) }
    }
}
