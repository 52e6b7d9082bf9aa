//! Word of an alarm: by e-mail to whoever watches, and to a webhook.
//!
//! The rule: a message says what and how grave, and that there is an alarm; about whom is read behind the sign-in. Whoever it is
//! about gets none, nor who has left or is suspended. The alarm stands whatever becomes of the message. Deliberately absent: a message
//! for a notice; there is the page.

use crate::{clock::school_time, http::ApiError, state::App};
use chrono::{DateTime, Utc};
use contract::{
    error::ErrorCode,
    ids::AlarmId,
    rights::Duty,
    wire::{
        alarms::{Rule, Severity},
        staff::{StaffQuery, StaffState},
    },
};
use store::StaffList;

impl App {
    /// Tells those who watch of an alarm.
    pub(crate) async fn tell_of_alarm(&self, id: AlarmId, now: DateTime<Utc>) {
        if self.send_alarm(id, now).await.is_err() {
            tracing::warn!("not everybody could be told of an alarm");
        }
    }

    async fn send_alarm(&self, id: AlarmId, now: DateTime<Utc>) -> Result<(), ApiError> {
        let Some(alarm) = self.db.alarm(id).await? else {
            return Ok(());
        };
        if alarm.rule.severity() == Severity::Notice {
            return Ok(());
        }
        let staff = self.db.staff(StaffList { query: StaffQuery::default(), only: None, now }).await?;
        let school = self.school_name().await?;
        let at = school_time(alarm.last_at).format("%Y-%m-%d %H:%M");
        let (chinese, english) = words(alarm.rule);
        // Of an emergency everybody hears who could have opened it.
        let everybody = alarm.rule == Rule::EmergencyOpened;
        let mut all = true;
        for person in &staff {
            let watches = person.roles.has_duty(Duty::Watch);
            let concerned = watches || (everybody && person.roles.has_duty(Duty::Approve));
            if !concerned || person.state != StaffState::Active || Some(person.id) == alarm.staff() {
                continue;
            }
            // The alarms are for whoever watches; to the others an emergency stands on the page of the day.
            let (page, path, named) = if watches { ("值守", "/admin/alarms", "Watch") } else { ("今日", "/today", "Today") };
            let link = self.origin.join(path).map(String::from).unwrap_or_default();
            let text = format!(
                "{at}（北京时间）：{chinese}。请登录后在“{page}”查看。\n{link}\n\n\
                 {english}, at {at} (Beijing). Sign in and see \u{201c}{named}\u{201d}.\n{link}\n\n{school}\n"
            );
            // One address that does not open must not keep the others from knowing.
            match self.gate.watcher_address(now, person).await {
                Ok(Some(parcel)) => all &= self.courier.take(parcel, format!("{school}：{chinese}"), text, now),
                Ok(None) => {}
                Err(_) => all = false,
            }
        }
        if all { Ok(()) } else { Err(ErrorCode::TooManyRequests.into()) }
    }
}

/// What was found, in a few words of both languages.
const fn words(rule: Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::FailedSignIns => ("有人多次登录失败", "Somebody failed to sign in again and again"),
        Rule::Spraying => ("全校登录失败异常增多", "Sign-ins are refused all over the school"),
        Rule::EndedAccountTries => ("已停用的账号尝试登录", "A suspended account tried to sign in"),
        Rule::CodeStorm => ("验证码发送过于频繁", "One-time codes were sent again and again"),
        Rule::SignInStorm => ("同一账号反复登录", "One account signed in again and again"),
        Rule::SessionMoved => {
            ("会话在别处（另一浏览器、国家或网络）使用", "A session was used elsewhere (another browser, country or network)")
        }
        Rule::DormantWakes => ("久未使用的账号登录", "An account that slept was used"),
        Rule::Takeover => ("恢复码使用后有异常操作", "A recovery code was used, and then more"),
        Rule::NewDeviceReads => ("新设备登录后大量查看", "A new device, and then many families"),
        Rule::UnusualHours => ("深夜查看资料", "Records were read at night"),
        Rule::BulkReading => ("短时间内大量查看家庭", "Many families were opened in a short time"),
        Rule::SlowReading => ("一天内查看家庭过多", "Very many families were opened in a day"),
        Rule::ListWalk => ("列表被翻到底", "Lists were turned through to the end"),
        Rule::WalkingIds => ("反复访问无权或不存在的内容", "Things out of reach were tried again and again"),
        Rule::CountingToGuess => ("反复搜索以试探", "Values were searched for again and again"),
        Rule::MassReveal => ("短时间内大量揭示", "Many fields were opened in a short time"),
        Rule::ExportStorm => ("短时间内多次导出", "Lists were exported again and again"),
        Rule::TrailExports => ("审计记录多次导出", "The trail was exported again and again"),
        Rule::OneFamily => ("反复查看同一家庭", "One family was looked at again and again"),
        Rule::ApprovalStorm => ("短时间内批准过多", "Many requests were approved in a short time"),
        Rule::RightsRaised => ("有人的权限增加了", "Somebody may see or do more than before"),
        Rule::TokenConfirmed => ("程序令牌已确认", "A token for a program was confirmed"),
        Rule::EmergencyOpened => ("紧急查看已开启", "Emergency access was opened"),
        Rule::LinkStorm => ("注册链接生成过多", "Many links to enrol were made"),
        Rule::RetentionChanged => ("审计链的保存期限被更改", "For how long the trail is kept was changed"),
        Rule::LadderChanged => ("登录方式的要求被更改", "With what roles sign in was changed"),
        Rule::WatchChanged => ("值守规则被更改", "The rules of the watch were changed"),
        Rule::ClockBack => ("服务器时钟倒退", "The clock of the server went back"),
        Rule::ImpossibleTravel => ("同一账号先后从相距过远的地方登录", "One account signed in from places too far apart for the time"),
        Rule::HoneyTouched => ("有人碰了诱饵家庭", "Somebody touched a family that does not exist"),
        Rule::NewPlace => ("从未去过的国家或地区登录", "A sign-in from a country that is new to the account"),
    }
}
