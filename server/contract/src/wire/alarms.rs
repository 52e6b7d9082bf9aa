//! Alarms: what the watch over the trail found, who looks into it, and the rules by which it looks.
//!
//! The rule: an alarm names members of staff by their working names and families not at all; its evidence are numbers of the
//! trail. Deliberately absent: a rule that is a program; a school changes how much and how long, not what is counted.

use crate::{
    ids::{AlarmId, FamilyId},
    named::{named, names},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The most characters of the words with which an alarm is closed.
pub const WORDS_LENGTH: usize = 500;

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $name:literal, $severity:ident, $most:literal in $minutes:literal, $answer:ident;)+) => {
        /// What is watched for. Names are stored for ever: never renamed, never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $rule),+ }
        named!(Rule);
        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Rule] = &[$(Rule::$rule),+];
            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Rule::$rule => $name),+ } }
            /// How grave an alarm of it is.
            #[must_use]
            pub const fn severity(self) -> Severity { match self { $(Rule::$rule => Severity::$severity),+ } }
            /// What holds until a school says otherwise.
            #[must_use]
            pub const fn usual(self) -> RuleSetting {
                match self { $(Rule::$rule => RuleSetting { on: true, threshold: $most, minutes: $minutes, answer: Answer::$answer }),+ }
            }
        }
    };
}

rules! {
    /// One person fails to prove who they are, again and again.
    FailedSignIns = "failed_sign_ins", Warning, 6 in 15, Nothing;
    /// Sign-ins are refused all over the school.
    Spraying = "spraying", Warning, 40 in 15, Nothing;
    /// Somebody who was suspended tries to come in.
    EndedAccountTries = "ended_account_tries", Critical, 1 in 60, Nothing;
    /// One-time codes are sent to one guardian again and again.
    CodeStorm = "code_storm", Notice, 6 in 60, Nothing;
    /// One person signs in again and again.
    SignInStorm = "sign_in_storm", Warning, 8 in 60, Nothing;
    /// The cookie of a session came from another browser or country, or is in two networks.
    SessionMoved = "session_moved", Critical, 1 in 60, EndSessions;
    /// An account that nobody used for so many days is used again; the threshold is in days.
    DormantWakes = "dormant_wakes", Notice, 60 in 60, Nothing;
    /// A recovery code was used, and passkeys are removed or much is opened soon after.
    Takeover = "takeover", Critical, 8 in 60, EndSessions;
    /// A device that is new to somebody, and soon many families.
    NewDeviceReads = "new_device_reads", Warning, 40 in 60, Nothing;
    /// Records are looked at in the dead of night, from midnight to five.
    UnusualHours = "unusual_hours", Notice, 20 in 60, Nothing;
    /// One person opens family after family.
    BulkReading = "bulk_reading", Warning, 60 in 20, Nothing;
    /// The same, slowly: families in a day.
    SlowReading = "slow_reading", Warning, 240 in 1440, Nothing;
    /// Lists are turned through to the end: families that came in lists.
    ListWalk = "list_walk", Warning, 1500 in 20, Nothing;
    /// Addresses of records are tried, or acts that are not one's own.
    WalkingIds = "walking_ids", Warning, 12 in 10, Nothing;
    /// Values are searched for again and again.
    CountingToGuess = "counting_to_guess", Warning, 20 in 15, Nothing;
    /// Masked fields are opened one after the other.
    MassReveal = "mass_reveal", Critical, 15 in 20, EndSessions;
    /// Lists are exported one after the other.
    ExportStorm = "export_storm", Critical, 6 in 60, EndSessions;
    /// The trail itself is taken out again and again.
    TrailExports = "trail_exports", Warning, 5 in 60, Nothing;
    /// One person looks at one family again and again.
    OneFamily = "one_family", Notice, 30 in 1440, Nothing;
    /// One person approves what others ask to open, one after the other.
    ApprovalStorm = "approval_storm", Warning, 15 in 15, Nothing;
    /// Somebody was given a role, or the matrix was widened.
    RightsRaised = "rights_raised", Notice, 1 in 60, Nothing;
    /// Emergency access was opened.
    EmergencyOpened = "emergency_opened", Critical, 1 in 60, Nothing;
    /// A token for a program was confirmed.
    TokenConfirmed = "token_confirmed", Notice, 1 in 60, Nothing;
    /// Links to enrol are made one after the other.
    LinkStorm = "link_storm", Warning, 25 in 30, Nothing;
    /// The rules of the watch were changed.
    WatchChanged = "watch_changed", Notice, 1 in 60, Nothing;
    /// The clock of the server went back.
    ClockBack = "clock_back", Warning, 1 in 60, Nothing;
    /// Somebody signed in from a country too far from that of their last sign-in for the time between.
    ImpossibleTravel = "impossible_travel", Warning, 1 in 60, EndSessions;
    /// Somebody signed in from a country from which they never had.
    NewPlace = "new_place", Notice, 1 in 60, Nothing;
    /// Somebody did anything with a family that does not exist, and that nobody has a reason to look at, but meet it in a list.
    HoneyTouched = "honey_touched", Critical, 1 in 60, Nothing;
    /// With what a role signs in was changed.
    LadderChanged = "ladder_changed", Warning, 1 in 60, Nothing;
    /// For how long the trail is kept was changed.
    RetentionChanged = "retention_changed", Warning, 1 in 60, Nothing;
}

impl Rule {
    /// Whether each hit is an event of its own, and so an alarm of its own, whatever is open already.
    #[must_use]
    pub const fn stands_alone(self) -> bool {
        matches!(self, Self::EmergencyOpened | Self::TokenConfirmed | Self::HoneyTouched | Self::RightsRaised | Self::SessionMoved)
    }
    /// Whether it is watched for at the first time, whatever a school says: who opens an emergency may set the rules too.
    #[must_use]
    pub const fn is_always_on(self) -> bool {
        matches!(self, Self::EmergencyOpened)
    }
    /// What may be done by itself. About whoever has not proven who they are, and about nobody, nothing: a stranger who knows the name
    /// of an account would shut out whoever has it.
    #[must_use]
    pub const fn answers(self) -> &'static [Answer] {
        match self {
            Self::FailedSignIns | Self::Spraying | Self::EndedAccountTries | Self::CodeStorm | Self::ClockBack => &[Answer::Nothing],
            _ => Answer::ALL,
        }
    }
    /// What holds where this is set; the same where it can be set so.
    #[must_use]
    pub fn holding(self, set: RuleSetting) -> RuleSetting {
        let answer = if self.answers().contains(&set.answer) { set.answer } else { Answer::Nothing };
        let (on, threshold) = if self.is_always_on() { (true, 1) } else { (set.on, set.threshold) };
        RuleSetting { on, threshold, answer, ..set }
    }
}

names! {
    /// How grave an alarm is.
    Severity {
        /// Worth a look.
        Notice = "notice",
        /// Somebody should ask today.
        Warning = "warning",
        /// Somebody should act now.
        Critical = "critical",
    }
}

names! {
    /// What is done by itself when an alarm is raised about a member of staff.
    Answer {
        /// Nothing.
        Nothing = "nothing",
        /// They have to prove presence anew before the next act that asks for it.
        StepUp = "step_up",
        /// What they see of families comes slowly for an hour.
        SlowDown = "slow_down",
        /// Their sessions end.
        EndSessions = "end_sessions",
        /// They are suspended until somebody lets them in again.
        Freeze = "freeze",
    }
}

names! {
    /// How far an alarm has come.
    AlarmState {
        /// Nobody looks into it yet.
        Open = "open",
        /// Somebody does.
        Taken = "taken",
        /// It was looked into.
        Closed = "closed",
    }
}

names! {
    /// What came of it.
    Outcome {
        /// It was an attack or an abuse.
        Confirmed = "confirmed",
        /// It was work as usual.
        Usual = "usual",
        /// It was a mistake, and is put right.
        Mistake = "mistake",
    }
}

/// How much in how long raises an alarm of a rule, and what is done then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetting {
    /// Whether it is watched for at all.
    pub on: bool,
    /// How much.
    pub threshold: u32,
    /// Within so many minutes.
    pub minutes: u32,
    /// What is done by itself.
    pub answer: Answer,
}

impl std::fmt::Display for RuleSetting {
    /// In codes and numbers, such as `on 60/20 nothing`: how much in how many minutes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { on, threshold, minutes, answer } = self;
        write!(f, "{} {threshold}/{minutes} {}", if *on { "on" } else { "off" }, answer.name())
    }
}

impl RuleSetting {
    /// Whether the numbers can be watched by: 1 to 100,000 in one minute to two days.
    #[must_use]
    pub const fn is_possible(&self) -> bool {
        self.threshold >= 1 && self.threshold <= 100_000 && self.minutes >= 1 && self.minutes <= 2_880
    }
}

/// How a rule was set anew; codes and numbers alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tuning {
    /// Which.
    pub rule: Rule,
    /// As it was.
    pub before: RuleSetting,
    /// As it is from then on.
    pub after: RuleSetting,
}

/// Which alarm an entry of the trail is a step of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmMark {
    /// The alarm.
    pub id: AlarmId,
    /// By which rule, which says how grave it is.
    pub rule: Rule,
}

/// A rule as it is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleCard {
    /// Which.
    pub rule: Rule,
    /// As it is set.
    pub setting: RuleSetting,
    /// What the product comes with.
    pub usual: RuleSetting,
    /// Who set it, where somebody did.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<DateTime<Utc>>,
}

/// Sets a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleChange {
    /// Which.
    pub rule: Rule,
    /// To this.
    pub setting: RuleSetting,
}

/// Every rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rules {
    /// In the order of the catalogue.
    pub items: Vec<RuleCard>,
}

/// An alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmCard {
    /// Which.
    pub id: AlarmId,
    /// What was found.
    pub rule: Rule,
    /// How grave.
    pub severity: Severity,
    /// About whom: a working name; absent where it is about nobody or a guardian.
    pub who: Option<String>,
    /// Whether it is about a guardian, who has no name here.
    pub guardian: bool,
    /// Whether it is about whoever reads this; then others look into it.
    pub own: bool,
    /// When the first thing of it happened.
    pub first_at: DateTime<Utc>,
    /// When the last did.
    pub last_at: DateTime<Utc>,
    /// How much was counted.
    pub count: u32,
    /// The numbers of the trail that were counted, the newest of them.
    pub evidence: Vec<i64>,
    /// How far it has come.
    pub state: AlarmState,
    /// Who looks into it, or did.
    pub owner: Option<String>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// In which words.
    pub words: Option<String>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What was done by itself.
    pub answer: Answer,
    /// Whether what was done can be taken back, and was not.
    pub undoable: bool,
}

/// The query string of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct AlarmQuery {
    /// Those that are closed; absent or false: those that are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<bool>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Closes an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmClosing {
    /// What came of it.
    pub outcome: Outcome,
    /// In which words.
    pub words: String,
}

/// A family that does not exist, marked so that whoever looks at it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoneyMark {
    /// Which.
    pub family: FamilyId,
    /// Who marked it; absent where it was marked on the server.
    pub marked_by: Option<String>,
    /// When.
    pub marked_at: DateTime<Utc>,
}

/// Every mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoneyMarks {
    /// The latest first.
    pub items: Vec<HoneyMark>,
}

/// Marks a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewHoneyMark {
    /// Which.
    pub family: FamilyId,
}

/// How the school does, for whoever watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WatchCard {
    /// Alarms that nobody closed, by severity: notice, warning, critical.
    pub open: [u32; 3],
    /// The last day, hour by hour, oldest first.
    pub hours: Vec<WatchHour>,
    /// The entries of the trail that the watch has not seen yet.
    pub behind: i64,
    /// Whether the watch was heard of in the last half minute.
    pub awake: bool,
}

/// What happened in one hour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WatchHour {
    /// Sign-ins.
    pub signed_in: u32,
    /// Refusals, those of sign-ins included.
    pub refused: u32,
    /// Lists and cards.
    pub looks: u32,
    /// Fields opened.
    pub revealed: u32,
    /// Exports.
    pub exported: u32,
}
