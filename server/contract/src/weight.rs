//! How much an action of the trail asks for attention: what a collector gets as a severity, and the screen as a colour.
//!
//! The rule: every action is named, so that one that nobody weighed does not compile. Deliberately absent: how often it happens,
//! which is the business of the watch.

use crate::wire::{alarms::Severity, ledger::Action};

/// How much an action asks for attention. The order is the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The work of a day.
    Usual,
    /// Something came out in clear, or who may do what was changed.
    Notable,
    /// Somebody was refused, or something happened that should not.
    Warning,
    /// Somebody should act now: an alarm says so, and no action by itself.
    Critical,
}

impl Severity {
    /// How much an alarm that was raised asks for attention.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::Notice => Weight::Notable,
            Self::Warning => Weight::Warning,
            Self::Critical => Weight::Critical,
        }
    }
}

impl Action {
    /// How much it asks for attention.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::SignInRefused | Self::SessionMoved | Self::EmergencyOpened | Self::Refused => Weight::Warning,
            Self::PasskeyAdded
            | Self::PasskeyRemoved
            | Self::PasswordSet
            | Self::PasswordRemoved
            | Self::RecoveryCodeUsed
            | Self::Revealed
            | Self::Exported
            | Self::QuestionAsked
            | Self::PolicyChanged
            | Self::PolicyProposed
            | Self::PolicyConfirmed
            | Self::PolicyRolledBack
            | Self::StaffCreated
            | Self::RolesChanged
            | Self::StaffSuspended
            | Self::StaffRestored
            | Self::StaffLeft
            | Self::TrailExported
            | Self::WatchChanged
            | Self::LadderChanged
            | Self::RetentionChanged
            | Self::TrailCut
            | Self::TokenAsked
            | Self::TokenConfirmed
            | Self::TokenMade
            | Self::AlarmRaised
            | Self::EmergencyAsked => Weight::Notable,
            Self::SignedIn
            | Self::SignedOut
            | Self::SteppedUp
            | Self::SessionEnded
            | Self::SessionDisplaced
            | Self::EnrolmentIssued
            | Self::RecoveryCodesMade
            | Self::CodeSent
            | Self::NoticeSent
            | Self::Listed
            | Self::Searched
            | Self::Shown
            | Self::ApprovalAsked
            | Self::ApprovalGranted
            | Self::ApprovalRefused
            | Self::ApprovalWithdrawn
            | Self::ApprovalRevoked
            | Self::Created
            | Self::Changed
            | Self::CorrectionAsked
            | Self::CorrectionWithdrawn
            | Self::CorrectionAccepted
            | Self::CorrectionDeclined
            | Self::QuestionWithdrawn
            | Self::QuestionAnswered
            | Self::PolicyDeclined
            | Self::PolicyWithdrawn
            | Self::ViewSaved
            | Self::ViewShared
            | Self::ViewRemoved
            | Self::TrailRead
            | Self::StaffChanged
            | Self::CampusesChanged
            | Self::SessionsEnded
            | Self::CampusAdded
            | Self::CampusRenamed
            | Self::CampusClosed
            | Self::SchoolChanged
            | Self::PolicyReviewed
            | Self::ViewedAs
            | Self::TrailVerified
            | Self::AlarmTaken
            | Self::AlarmClosed
            | Self::AlarmUndone
            | Self::AuditReported
            | Self::AuditSigned
            | Self::AuditDeclined
            | Self::FindingChanged
            | Self::PasskeyCarried
            | Self::TokenRefused
            | Self::TokenEnded
            | Self::EmergencyClosed => Weight::Usual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Weight;
    use crate::wire::{alarms::Severity, ledger::Action};

    #[test]
    fn what_shows_a_value_or_changes_a_right_is_never_usual() {
        for action in [Action::Revealed, Action::Exported, Action::RolesChanged, Action::LadderChanged, Action::PasskeyAdded] {
            assert_eq!(action.weight(), Weight::Notable);
        }
        for action in [Action::Refused, Action::SignInRefused, Action::SessionMoved, Action::EmergencyOpened] {
            assert_eq!(action.weight(), Weight::Warning);
        }
        assert_eq!(Action::Listed.weight(), Weight::Usual);
        assert!(Severity::Notice.weight() > Weight::Usual && Severity::Critical.weight() > Action::Refused.weight());
    }
}
