//! The words of the wire's codes, each by an exhaustive match: a new code does not compile without words.

use super::{Text, named, text};
use contract::{
    Duty, Exposure, FieldKey, RecordKind, Reveal, Role, RowScope,
    wire::{
        ledger::{Action, VerificationState},
        reveals::ReasonCode,
        school::{Custody, Relation, SetupStep, Stage},
        sign_in::Channel,
        staff::StaffState,
    },
};

/// Something of the wire that has a word.
pub trait Word: Copy {
    /// The word.
    fn word(self) -> Text;
}

impl Word for Text {
    fn word(self) -> Text {
        self
    }
}
impl Word for FieldKey {
    fn word(self) -> Text {
        match self {
            Self::StudentName | Self::GuardianName => text("姓名", "Name"),
            Self::StudentBirthDate => text("出生日期", "Date of birth"),
            Self::StudentIdCard | Self::GuardianIdCard => text("身份证号", "ID number"),
            Self::StudentSchool => text("就读学校", "Day school"),
            Self::StudentAddress | Self::GuardianAddress => text("住址", "Address"),
            Self::StudentHealthNote => text("健康与过敏", "Health and allergies"),
            Self::GuardianPhone | Self::StaffPhone => text("手机", "Mobile"),
            Self::GuardianSecondPhone => text("备用手机", "Second mobile"),
            Self::GuardianWechat => text("微信号", "WeChat ID"),
            Self::GuardianEmail | Self::StaffEmail => text("邮箱", "E-mail"),
            Self::GuardianEmployer => text("工作单位", "Employer"),
            Self::NoteBody => text("跟进内容", "Note"),
            Self::CorrectionWords => text("更正说明", "Words beside a correction"),
            Self::CorrectionAnswer => text("更正答复", "Answer to a correction"),
            Self::QuestionWords => text("质疑说明", "Words of a question"),
            Self::QuestionAnswer => text("质疑答复", "Answer to a question"),
        }
    }
}
impl Word for RecordKind {
    fn word(self) -> Text {
        match self {
            Self::Family => text("家庭", "Family"),
            Self::Student => text("学员", "Student"),
            Self::Guardian => text("家长", "Guardian"),
            Self::Note => text("跟进", "Note"),
            Self::Correction => text("更正", "Correction"),
            Self::Question => text("质疑", "Question"),
            Self::Staff => text("员工", "Staff"),
        }
    }
}
impl Word for Role {
    fn word(self) -> Text {
        let own = if let Self::Custom(custom) = self { named::called(custom) } else { None };
        own.unwrap_or_else(|| {
            let (zh, en) = self.called();
            text(zh, en)
        })
    }
}
impl Word for Duty {
    fn word(self) -> Text {
        match self {
            Self::KeepFamilies => text("维护家庭", "Keeps families"),
            Self::ReadPolicy => text("查看字段权限", "Reads the matrix"),
            Self::KeepPolicy => text("修改字段权限", "Keeps the matrix"),
            Self::ReadTrail => text("查看审计", "Reads the trail"),
            Self::KeepStaff => text("管理员工", "Keeps staff"),
            Self::Approve => text("审批启封", "Decides what may be opened"),
            Self::KeepSchool => text("管理学校设置", "Keeps the school"),
            Self::Watch => text("值守", "Watches"),
            Self::ReadAudit => text("查阅审计报告", "Reads audit reports"),
            Self::SignAudit => text("签署审计报告", "Signs audit reports"),
        }
    }
}
impl Word for Stage {
    fn word(self) -> Text {
        match self {
            Self::Lead => text("线索", "Lead"),
            Self::Trial => text("试听", "Trial"),
            Self::Enrolled => text("在读", "Enrolled"),
            Self::Left => text("已离校", "Left"),
        }
    }
}
impl Word for Relation {
    fn word(self) -> Text {
        match self {
            Self::Mother => text("母亲", "Mother"),
            Self::Father => text("父亲", "Father"),
            Self::Grandparent => text("祖辈", "Grandparent"),
            Self::Other => text("其他监护人", "Other guardian"),
        }
    }
}
impl Word for Custody {
    fn word(self) -> Text {
        match self {
            Self::Full => text("无限制", "No limit"),
            Self::Blocked => text("不得查看", "May not see the child"),
        }
    }
}
/// What somebody did, as the ledger of a family tells it; the rest of the words stands in the programs that read the trail.
pub const fn told(action: Action) -> Text {
    match action {
        Action::EnrolmentIssued => text("签发注册链接", "issued an enrolment link"),
        Action::Listed => text("在列表中看到", "saw in a list"),
        Action::Searched => text("查找", "searched"),
        Action::Shown => text("查看", "saw"),
        Action::Revealed => text("启封", "opened"),
        Action::ApprovalAsked => text("请求启封", "asked to open"),
        Action::ApprovalGranted => text("批准启封", "granted opening"),
        Action::ApprovalRefused => text("不批准启封", "refused opening"),
        Action::ApprovalWithdrawn => text("撤回请求", "withdrew the request for"),
        Action::ApprovalRevoked => text("收回授权", "revoked"),
        Action::Exported => text("导出", "exported"),
        Action::Created => text("建档", "took in"),
        Action::Changed => text("修改", "changed"),
        Action::CorrectionAsked => text("提出更正", "asked for a correction"),
        Action::CorrectionWithdrawn => text("收回更正", "took a correction back"),
        Action::CorrectionAccepted => text("照更正改好", "made the correction"),
        Action::CorrectionDeclined => text("没有更正", "declined the correction"),
        Action::QuestionAsked => text("质疑查看", "questioned a look"),
        Action::QuestionWithdrawn => text("收回质疑", "took a question back"),
        Action::QuestionAnswered => text("答复质疑", "answered a question"),
        Action::TrailRead => text("查阅访问记录", "read the trail"),
        Action::ViewedAs => text("核对他人所见的形式", "checked what others see, by forms"),
        Action::Refused => text("被拒绝", "was refused"),
        _ => text("", ""),
    }
}

/// Whatever stands in such a ledger has words.
const _: () = {
    let mut rest = Action::ALL;
    while let [action, more @ ..] = rest {
        assert!(action.is_told_to_families() != told(*action).zh.is_empty());
        rest = more;
    }
};

impl Word for Action {
    fn word(self) -> Text {
        match self {
            Self::SignedIn => text("登录", "signed in"),
            Self::SignInRefused => text("登录被拒绝", "was refused sign-in"),
            Self::SignedOut => text("退出", "signed out"),
            Self::SteppedUp => text("再次验证通行密钥", "proved presence with a passkey"),
            Self::SessionEnded => text("结束一个会话", "ended a session"),
            Self::PasskeyAdded => text("添加通行密钥", "added a passkey"),
            Self::PasskeyRemoved => text("移除通行密钥", "removed a passkey"),
            Self::RecoveryCodesMade => text("生成恢复码", "made recovery codes"),
            Self::PasswordSet => text("设置密码和验证器", "set a password and an app"),
            Self::PasswordRemoved => text("移除密码和验证器", "removed password and app"),
            Self::RecoveryCodeUsed => text("使用恢复码", "used a recovery code"),
            Self::NoticeSent => text("收到通知", "was sent a notice"),
            Self::CodeSent => text("发送验证码", "had a one-time code sent"),
            Self::PolicyChanged => text("修改字段权限", "changed the matrix"),
            Self::PolicyProposed => text("提出权限改动", "proposed a change of the matrix"),
            Self::PolicyConfirmed => text("确认权限改动", "confirmed a change of the matrix"),
            Self::PolicyDeclined => text("权限改动未通过", "declined a change of the matrix"),
            Self::PolicyWithdrawn => text("撤回权限改动", "withdrew a change of the matrix"),
            Self::ViewSaved => text("保存视图", "saved a view"),
            Self::ViewShared => text("保存全校视图", "saved a view for the school"),
            Self::ViewRemoved => text("删除视图", "removed a view"),
            Self::StaffCreated => text("添加员工", "took in a colleague"),
            Self::StaffChanged => text("修改员工资料", "changed a colleague's details"),
            Self::RolesChanged => text("改变角色", "changed roles"),
            Self::CampusesChanged => text("改变校区", "changed campuses"),
            Self::StaffSuspended => text("停用员工", "suspended a colleague"),
            Self::StaffRestored => text("恢复员工", "let a colleague in again"),
            Self::SessionMoved => text("会话在别处使用，已结束", "had a session used elsewhere, which is ended"),
            Self::SessionDisplaced => text("会话太多，最久没用的已结束", "had one session too many, the least used is ended"),
            Self::SessionsEnded => text("结束他人全部会话", "ended a colleague's sessions"),
            Self::StaffLeft => text("办理离职", "ended everything of a leaver"),
            Self::CampusAdded => text("添加校区", "added a campus"),
            Self::CampusRenamed => text("校区更名", "renamed a campus"),
            Self::CampusClosed => text("关闭校区", "closed a campus"),
            Self::SchoolChanged => text("修改学校设置", "changed the school's settings"),
            Self::PolicyReviewed => text("确认字段权限", "confirmed the matrix"),
            Self::PolicyRolledBack => text("字段权限回到旧版", "rolled the matrix back"),
            Self::TrailVerified => text("核验审计链", "had the trail verified"),
            Self::TrailExported => text("导出审计", "exported the trail"),
            Self::AlarmRaised => text("触发警报", "an alarm was raised"),
            Self::AlarmTaken => text("接手警报", "took an alarm"),
            Self::AlarmClosed => text("了结警报", "closed an alarm"),
            Self::AlarmUndone => text("撤回警报处置", "undid an alarm"),
            Self::WatchChanged => text("修改值守规则", "changed a rule of the watch"),
            Self::AuditReported => text("拟制审计报告", "drew up an audit"),
            Self::AuditSigned => text("签署审计报告", "signed an audit"),
            Self::AuditDeclined => text("不予签署审计报告", "declined an audit"),
            Self::FindingChanged => text("跟进审计发现", "followed a finding"),
            Self::EmergencyAsked => text("请求紧急查看", "asked for emergency access"),
            Self::EmergencyOpened => text("开启紧急查看", "opened emergency access"),
            Self::LadderChanged => text("修改登录方式", "changed how roles sign in"),
            Self::RetentionChanged => text("修改审计保存期限", "changed for how long the trail is kept"),
            Self::TrailCut => text("审计满期删去最早部分", "took away what was kept for its time"),
            Self::PasskeyCarried => text("结转通行密钥公钥", "carried a passkey's public key over"),
            Self::EmergencyClosed => text("结束紧急查看", "ended emergency access"),
            Self::TokenAsked => text("申请程序令牌", "asked for a token"),
            Self::TokenConfirmed => text("确认程序令牌", "confirmed a token"),
            Self::TokenRefused => text("不确认程序令牌", "refused a token"),
            Self::TokenMade => text("生成令牌密钥", "made the secret of a token"),
            Self::TokenEnded => text("停用程序令牌", "ended a token"),
            Self::EnrolmentIssued
            | Self::Listed
            | Self::Searched
            | Self::Shown
            | Self::Revealed
            | Self::ApprovalAsked
            | Self::ApprovalGranted
            | Self::ApprovalRefused
            | Self::ApprovalWithdrawn
            | Self::ApprovalRevoked
            | Self::Exported
            | Self::Created
            | Self::Changed
            | Self::CorrectionAsked
            | Self::CorrectionWithdrawn
            | Self::CorrectionAccepted
            | Self::CorrectionDeclined
            | Self::QuestionAsked
            | Self::QuestionWithdrawn
            | Self::QuestionAnswered
            | Self::TrailRead
            | Self::ViewedAs
            | Self::Refused => told(self),
        }
    }
}
impl Word for ReasonCode {
    fn word(self) -> Text {
        match self {
            Self::FollowUp => text("课程回访", "Follow-up"),
            Self::Attendance => text("到校与接送", "Attendance and pick-up"),
            Self::Emergency => text("紧急联系", "Emergency contact"),
            Self::Contract => text("合同与缴费", "Contract and payment"),
            Self::GuardianRequest => text("家长要求", "The guardian asked"),
            Self::Other => text("其他", "Other"),
        }
    }
}
impl Word for Exposure {
    fn word(self) -> Text {
        match self {
            Self::Withheld => text("隐", "Withheld"),
            Self::Masked => text("掩", "Masked"),
            Self::Clear => text("明", "Clear"),
        }
    }
}
impl Word for Reveal {
    fn word(self) -> Text {
        match self {
            Self::No => text("不可启封", "Cannot be opened"),
            Self::WithApproval => text("经批准可启封", "Opened after approval"),
            Self::WithReason => text("写明事由可启封", "Opened with a reason"),
        }
    }
}
impl Word for RowScope {
    fn word(self) -> Text {
        match self {
            Self::None => text("无", "None"),
            Self::Own => text("本人负责", "Own"),
            Self::TeachesNow => text("正在任教", "Teaches now"),
            Self::Campus => text("本校区", "Campus"),
            Self::All => text("全校", "Whole school"),
        }
    }
}
impl Word for Channel {
    fn word(self) -> Text {
        match self {
            Self::Sms => text("短信", "SMS"),
            Self::Email => text("邮件", "E-mail"),
        }
    }
}
impl Word for StaffState {
    fn word(self) -> Text {
        match self {
            Self::Active => text("在职", "Active"),
            Self::Suspended => text("停用", "Suspended"),
            Self::Left => text("已离职", "Left"),
        }
    }
}
impl Word for SetupStep {
    fn word(self) -> Text {
        match self {
            Self::Campus => text("校区", "Campuses"),
            Self::ThreeDuties => text(
                "三员到位：管理员、隐私官、审计员各有其人并已建密钥",
                "Administrator, privacy officer and auditor are there and have a passkey",
            ),
            Self::SecondPasskey => text("每人有第二把通行密钥", "Everybody has a second passkey"),
            Self::RecoveryCodes => text("每人存有恢复码", "Everybody has recovery codes"),
            Self::Matrix => text("隐私官看过字段权限", "The privacy officer has looked at the matrix"),
            Self::Family => text("第一户家庭", "The first family"),
        }
    }
}
impl Word for VerificationState {
    fn word(self) -> Text {
        match self {
            Self::Running => text("正在核验", "Under way"),
            Self::Whole => text("完好", "Whole"),
            Self::Broken => text("有问题", "Not whole"),
            Self::Cancelled => text("已取消", "Cancelled"),
            Self::Failed => text("没有完成", "Did not finish"),
        }
    }
}
