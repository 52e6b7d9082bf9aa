//! A word to whoever signed in on a device that is new to them, has a passkey or a password more, or used a recovery code: to staff by
//! e-mail where the school has their address, to guardians by one of the ways on which they get codes.
//!
//! The rule: what was done stands whatever becomes of the message; that it was sent is in the trail. A message to a guardian costs, so
//! that they get one a day at most, of a device alone. Deliberately absent: a notice of the first sign-in and its passkey, which are the
//! enrolment.

use crate::{clock::school_time, http::ApiError, state::App};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    error::ErrorCode,
    ids::{GuardianId, StaffId},
    wire::staff::StaffQuery,
};
use guard::Actor;
use store::StaffList;

/// A guardian is told of a new device no sooner again.
const GUARDIANS_AGAIN: TimeDelta = TimeDelta::days(1);

impl App {
    /// Tells somebody that they have signed in on a device that is new to them, with this browser and system.
    pub(crate) async fn tell_of_new_device(&self, actor: Actor, device: &str, now: DateTime<Utc>) {
        let person = match actor {
            Actor::Staff(person) => person,
            Actor::Guardian(guardian) => {
                if self.send_to_guardian(guardian, device, now).await.is_err() {
                    tracing::warn!("a notice of somebody's own access could not be sent");
                }
                return;
            }
        };
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

    async fn send_to_guardian(&self, guardian: GuardianId, device: &str, now: DateTime<Utc>) -> Result<(), ApiError> {
        if self.db.was_told(Actor::Guardian(guardian), now - GUARDIANS_AGAIN).await? {
            return Ok(());
        }
        let Some(record) = self.db.guardian(&self.gate.scope_before_session(guardian, now), guardian).await? else {
            return Ok(());
        };
        let Some(parcel) = self.gate.guardian_address(now, &record).await? else {
            return Ok(());
        };
        let (school, at) = (self.school_name().await?, school_time(now).format("%m-%d %H:%M"));
        let text = format!(
            "【{school}】您的家长账号于 {at} 在新设备（{device}）登录。如非本人，请联系学校。New device signed in; not you? Tell the school."
        );
        let taken = self.courier.take(parcel, format!("{school}：新设备登录"), text, now);
        if taken { Ok(()) } else { Err(ErrorCode::TooManyRequests.into()) }
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
