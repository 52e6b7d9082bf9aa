//! Texts around a proposed change of the matrix: proposing, what waits, deciding, what became of it.

use super::{Text, text};
use contract::wire::proposals::ProposalState;

/// Before proposing: who could confirm.
pub const WIDENS: Text = text(
    "有人会多看到或多能做，要由另一人确认后才生效：{names}。只收紧的部分可以先单独保存。",
    "Somebody gains, so it holds only when another person has confirmed it: {names}. What only narrows can be saved by itself first.",
);
/// Before proposing: nobody else could.
pub const ALONE: Text = text(
    "有人会多看到或多能做，而校内没有第二人可以确认：最早 24 小时后自动生效，并发邮件告知每位能看字段权限的人。更好的做法是请管理员再设一位校长或隐私官。",
    "Somebody gains, and nobody else at the school could confirm it: it comes into force after 24 hours at the earliest, and everybody who may read the matrix is told by e-mail. It would be better to have a principal or a second privacy officer.",
);
/// Before proposing: another one is open.
pub const TAKEN: Text =
    text("还有一项改动没有生效。请先确认、否决或撤回它。", "Another change does not hold yet. Confirm, decline or withdraw it first.");
/// Before saving what narrows.
pub const OVERTAKES: Text =
    text("保存后，还没有生效的那项改动要重新提出。", "Once this is saved, the change that does not hold yet has to be proposed anew.");
/// Field: why.
pub const WORDS: Text = text("理由", "Reason");
/// Field: why, hint.
pub const WORDS_HINT: Text = text(
    "确认的人会看到，也记入审计。请不要写学员或家长的信息。",
    "The person who confirms it reads this, and the trail keeps it. Nothing about pupils or families, please.",
);
/// Field: from when.
pub const FROM: Text = text("生效时间（北京时间）", "From when (Beijing time)");
/// Field: from when, hint.
pub const FROM_HINT: Text =
    text("不填则确认后立即生效；最多提前 90 天。", "Left empty, as soon as it is confirmed; at most 90 days ahead.");
/// Field: from when, of what only narrows, hint.
pub const FROM_LATER: Text = text(
    "不填则保存后立即生效；填了就到时自动生效，不必第二人确认，最多提前 90 天。",
    "Left empty, as soon as it is saved; else by itself at that moment, without a second person, at most 90 days ahead.",
);
/// Field: why, of what only narrows, hint.
pub const WORDS_LATER: Text =
    text("记入审计。请不要写学员或家长的信息。", "The trail keeps this. Nothing about pupils or families, please.");
/// Stages what only narrows.
pub const LATER: Text = text("定时生效", "Hold it from then");
/// Proposes.
pub const PROPOSE: Text = text("提交确认", "Propose");
/// Proposed.
pub const PROPOSED: Text = text("已提交，等另一人确认。", "Proposed; another person has to confirm it.");
/// Proposed alone.
pub const PROPOSED_ALONE: Text = text("已提交，{at} 自动生效。", "Proposed; it comes into force by itself at {at}.");

/// Title of the card.
pub const TITLE: Text = text("等待生效的改动", "A change that does not hold yet");
/// Facts: who and when.
pub const BY: Text = text("提出", "proposed");
/// Facts: who confirmed.
pub const CONFIRMED_BY: Text = text("确认", "Confirmed");
/// Facts: who can.
pub const CAN: Text = text("可确认", "Can confirm");
/// Facts: nobody can.
pub const CAN_NOBODY: Text = text("校内没有第二人", "Nobody else at the school");
/// Facts: when it holds.
pub const HOLDS: Text = text("生效", "Holds");
/// When: at once.
pub const AT_ONCE: Text = text("确认后立即", "As soon as it is confirmed");
/// When: from a moment.
pub const AT: Text = text("{at}（北京时间）", "{at} (Beijing time)");
/// When: by itself.
pub const BY_ITSELF: Text = text("{at}（北京时间）自动生效", "By itself at {at} (Beijing time)");
/// Facts: until when it waits.
pub const UNTIL: Text = text("有效至", "Waits until");
/// Confirms.
pub const CONFIRM: Text = text("用通行密钥确认", "Confirm with a passkey");
/// Confirmed, waits.
pub const CONFIRMED: Text = text("已确认，{at}（北京时间）生效。", "Confirmed; it holds from {at} (Beijing time).");
/// Declines.
pub const DECLINE: Text = text("否决", "Decline");
/// Title of the dialog.
pub const DECLINE_TITLE: Text = text("否决这项改动", "Decline this change");
/// Why not.
pub const WHY: Text = text("为什么不同意", "Why not");
/// Declined.
pub const DECLINED: Text = text("已否决，记入审计。", "Declined; the trail says so.");
/// Withdraws.
pub const WITHDRAW: Text = text("撤回", "Withdraw");
/// Calls off what was confirmed.
pub const CALL_OFF: Text = text("取消这项改动", "Call it off");
/// Withdrawn.
pub const WITHDRAWN: Text = text("已撤回，记入审计。", "Withdrawn; the trail says so.");
/// Into the draft.
pub const AGAIN: Text = text("放进草稿，重新提出", "Into the draft, to propose it anew");

/// What became of one that does not hold; nothing for one that waits or holds.
pub const fn ended(state: ProposalState) -> Option<Text> {
    Some(match state {
        ProposalState::Declined => {
            text("{who} 提出的改动被 {second} 否决：{answer}", "{second} declined the change that {who} proposed: {answer}")
        }
        ProposalState::Lapsed => text(
            "{who} 提出的改动十四天内无人确认，已失效。",
            "Nobody confirmed the change that {who} proposed within fourteen days; it has lapsed.",
        ),
        ProposalState::Overtaken => text(
            "{who} 提出改动之后权限又变了，这项改动不能生效，要重新提出。",
            "The matrix has changed since {who} proposed a change; it cannot hold and has to be made anew.",
        ),
        ProposalState::Deserted => text(
            "{who} 提出的改动不能生效：提出或确认它的人已停用或换了角色。",
            "The change that {who} proposed cannot hold: whoever proposed or confirmed it was suspended or has other roles now.",
        ),
        ProposalState::Joint => text(
            "{who} 提出的改动没有生效：到时会有人能推出学员的身份证号。",
            "The change that {who} proposed did not come into force: somebody could have found out a pupil's ID number.",
        ),
        ProposalState::Proposed
        | ProposalState::Confirmed
        | ProposalState::Scheduled
        | ProposalState::InForce
        | ProposalState::Withdrawn => return None,
    })
}
