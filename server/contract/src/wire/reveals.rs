//! The deliberate look: one record, one field, a reason.

use crate::{catalogue::FieldKey, shown::Shown};
use serde::{Deserialize, Serialize};

/// Why a field is opened; the list that guardians read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReasonCode {
    /// 课程回访
    FollowUp,
    /// 到校与接送
    Attendance,
    /// 紧急联系
    Emergency,
    /// 合同与缴费
    Contract,
    /// 家长要求
    GuardianRequest,
    /// 其他: the text says what.
    Other,
}

impl ReasonCode {
    /// Every reason, in the order in which they are offered.
    pub const ALL: &'static [ReasonCode] =
        &[Self::FollowUp, Self::Attendance, Self::Emergency, Self::Contract, Self::GuardianRequest, Self::Other];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FollowUp => "follow_up",
            Self::Attendance => "attendance",
            Self::Emergency => "emergency",
            Self::Contract => "contract",
            Self::GuardianRequest => "guardian_request",
            Self::Other => "other",
        }
    }
}

/// A reason: from the list, with words of one's own where the list does not say enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// From the list.
    pub code: ReasonCode,
    /// At most 200 characters; needed where the code is `other`. Numbers and addresses in it are masked before it is kept.
    #[serde(default)]
    pub text: String,
}

/// A wish to open one field of the record that the path names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealRequest {
    /// The field.
    pub field: FieldKey,
    /// The reason.
    pub reason: Reason,
}

/// One field, opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revealed {
    /// The field.
    pub field: FieldKey,
    /// The value.
    pub value: Shown<String>,
    /// After how many seconds the client closes it again.
    pub closes_in: u32,
    /// How many deliberate looks are left today.
    pub left_today: u32,
}
