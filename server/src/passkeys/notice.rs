//! A word to whoever signed in on a device that is new to them, or has a password now, by e-mail where the school has their address.
//!
//! The rule: the session stands whatever becomes of the message; that it was sent is in the trail. Deliberately absent: a notice
//! of the first sign-in, which is the enrolment, and one to guardians, to whom each message costs.

use crate::{clock::school_time, http::ApiError, state::App};
use chrono::{DateTime, Utc};
use contract::{error::ErrorCode, ids::StaffId, wire::staff::StaffQuery};
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
