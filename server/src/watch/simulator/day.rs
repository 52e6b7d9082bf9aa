//! An ordinary day of a school of some eighty staff: who comes, how long they stay, what they do.
//!
//! The rule: everything that is unusual and innocent happens too: forgotten passkeys, new telephones, lost ones, nights before a
//! deadline, holidays, the first week of a term, months' ends; and what is rare and has its reason: a new principal, an emergency, a
//! browser that was updated, somebody back after half a year. Deliberately absent: a value that a threshold was taken from.

use super::{person, travel::travel};
use crate::watch::sighting::{Account, Sighting};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use contract::{
    ids::{FamilyId, GuardianId, StaffId},
    wire::{alarms::Rule, ledger::Action},
};
use guard::Actor;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

/// How many of each.
const CONSULTANTS: u32 = 28;
const TEACHERS: u32 = 32;
const REGISTRARS: u32 = 8;
const OFFICE: u32 = 6;
const PRINCIPALS: u32 = 4;
const FAMILIES: usize = 4_000;
const PAGE: usize = 50;

/// What is rare and has its reason, on which share of days, and the rule that tells of it each time.
const RARE: [(Rule, Action, f64); 11] = [
    (Rule::EndedAccountTries, Action::SignInRefused, 0.05),
    (Rule::SessionMoved, Action::SessionMoved, 0.05),
    (Rule::DormantWakes, Action::SignedIn, 0.03),
    (Rule::RightsRaised, Action::RolesChanged, 0.05),
    (Rule::EmergencyOpened, Action::EmergencyOpened, 0.03),
    (Rule::TokenConfirmed, Action::TokenConfirmed, 0.05),
    (Rule::WatchChanged, Action::WatchChanged, 0.05),
    (Rule::LadderChanged, Action::LadderChanged, 0.03),
    (Rule::RetentionChanged, Action::RetentionChanged, 0.01),
    (Rule::HoneyTouched, Action::Shown, 0.03),
    (Rule::ClockBack, Action::Listed, 0.03),
];

/// What somebody does all day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    Consultant,
    Teacher,
    Registrar,
    Principal,
    Office,
}

/// The people and the families.
pub(super) struct School {
    staff: Vec<(Actor, Work, Vec<FamilyId>)>,
    pub(super) families: Vec<FamilyId>,
    /// A family that does not exist; nobody works with it.
    pub(super) honey: FamilyId,
}

/// A day as it was.
#[derive(Default)]
pub(super) struct Day {
    /// What happened, in no order.
    pub(super) acts: Vec<Sighting>,
    /// What was written when it was over, of a time before its end.
    pub(super) out_of_order: Vec<Sighting>,
    /// In how many sessions.
    pub(super) sessions: u32,
    /// The rules that tell of something that happened.
    pub(super) events: Vec<Rule>,
}

/// A day as it is written.
struct Pen<'a> {
    acts: Vec<Sighting>,
    chance: &'a mut ChaCha8Rng,
}

/// An act of somebody.
pub(super) fn act(at: DateTime<Utc>, actor: Option<Actor>, action: Action, families: &[FamilyId]) -> Sighting {
    Sighting { seq: 0, at, actor, action, families: families.to_vec(), raised: false, country: None, account: Account::default() }
}

/// A moment of a day at the school.
pub(super) fn moment(day: NaiveDate, hour: u32, chance: &mut ChaCha8Rng) -> DateTime<Utc> {
    let begins = day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(8);
    begins + TimeDelta::hours(hour.into()) + TimeDelta::seconds(chance.random_range(0..3_600))
}

impl School {
    pub(super) fn draw(chance: &mut ChaCha8Rng) -> Self {
        let families: Vec<FamilyId> = (0..FAMILIES).map(|number| FamilyId(Uuid::from_u128(1 << 64 | number as u128))).collect();
        let parts = [
            (CONSULTANTS, Work::Consultant, 110),
            (TEACHERS, Work::Teacher, 45),
            (REGISTRARS, Work::Registrar, 900),
            (PRINCIPALS, Work::Principal, 1_500),
            (OFFICE, Work::Office, 0),
        ];
        let mut staff = Vec::new();
        for (how_many, work, own) in parts {
            for _ in 0..how_many {
                let number = u32::try_from(staff.len()).unwrap_or_default();
                let from = chance.random_range(0..FAMILIES);
                let own = families.iter().cycle().skip(from).take(own).copied().collect();
                staff.push((person(|id| Actor::Staff(StaffId(id)), number), work, own));
            }
        }
        Self { staff, families, honey: FamilyId(Uuid::from_u128(1 << 65)) }
    }

    /// Somebody who works here, with the families that are theirs.
    pub(super) fn somebody(&self, chance: &mut ChaCha8Rng) -> Actor {
        let at = chance.random_range(0..self.staff.len());
        self.staff.get(at).map_or_else(|| person(|id| Actor::Staff(StaffId(id)), 0), |(actor, ..)| *actor)
    }

    /// A day.
    pub(super) fn day(&self, chance: &mut ChaCha8Rng, day: NaiveDate) -> Day {
        let mut pen = Pen { acts: Vec::new(), chance };
        let weekend = day.weekday().number_from_monday() > 5;
        let term_begins = day.ordinal() % 120 < 5;
        let mut sessions = 0;
        for (actor, work, own) in &self.staff {
            // A school of the classics teaches at weekends; its office does not work then.
            let comes = match work {
                Work::Office => !weekend && pen.happens(0.9),
                Work::Consultant | Work::Teacher | Work::Registrar | Work::Principal => pen.happens(0.8),
            };
            if !comes {
                continue;
            }
            let visits = pen.chance.random_range(1..=3);
            for visit in 0..visits {
                let hour = match work {
                    Work::Teacher => pen.chance.random_range(14..=22),
                    _ => 8 + visit * 4 + pen.chance.random_range(0..3),
                };
                let at = moment(day, hour, pen.chance);
                pen.session(at, *actor, *work, own, term_begins);
                sessions += 1;
            }
            if pen.happens(0.004) {
                // The night before a deadline.
                let at = moment(day, pen.chance.random_range(0..2), pen.chance);
                pen.look_around(at, *actor, own, 8, 600);
            }
        }
        for number in 0..70 {
            if pen.happens(0.5) {
                let at = moment(day, pen.chance.random_range(7..23), pen.chance);
                pen.guardian(at, person(|id| Actor::Guardian(GuardianId(id)), number), self.families.get(number as usize));
                sessions += 1;
            }
        }
        let (events, out_of_order) = pen.rare(self, day);
        travel(&mut pen.acts, day);
        Day { acts: pen.acts, out_of_order, sessions, events }
    }
}

impl Pen<'_> {
    fn happens(&mut self, share: f64) -> bool {
        self.chance.random_bool(share)
    }

    fn write(&mut self, at: DateTime<Utc>, actor: Actor, action: Action, families: &[FamilyId]) {
        self.acts.push(act(at, Some(actor), action, families));
    }

    fn after(&mut self, at: DateTime<Utc>, least: i64, most: i64) -> DateTime<Utc> {
        at + TimeDelta::seconds(self.chance.random_range(least..=most))
    }

    fn one(&mut self, own: &[FamilyId]) -> Option<FamilyId> {
        if own.is_empty() { None } else { own.get(self.chance.random_range(0..own.len())).copied() }
    }

    /// Signs in, with what goes wrong then.
    fn come_in(&mut self, at: DateTime<Utc>, actor: Actor) -> DateTime<Utc> {
        let mut at = at;
        if self.happens(0.06) {
            for _ in 0..self.chance.random_range(1..=3) {
                self.write(at, actor, Action::SignInRefused, &[]);
                at = self.after(at, 5, 60);
            }
        }
        if self.happens(0.002) {
            // A lost key: a code, a new key, the old one taken off.
            self.write(at, actor, Action::RecoveryCodeUsed, &[]);
            at = self.after(at, 20, 120);
            self.write(at, actor, Action::PasskeyAdded, &[]);
            at = self.after(at, 20, 120);
            self.write(at, actor, Action::PasskeyRemoved, &[]);
        }
        self.write(at, actor, Action::SignedIn, &[]);
        if self.happens(0.01) {
            self.write(at, actor, Action::NoticeSent, &[]);
        }
        at
    }

    /// Cards, one after the other, with a pause between.
    fn look_around(&mut self, at: DateTime<Utc>, actor: Actor, own: &[FamilyId], cards: u32, pause: i64) -> DateTime<Utc> {
        let mut at = at;
        for _ in 0..cards {
            at = self.after(at, 8, pause);
            if let Some(family) = self.one(own) {
                self.write(at, actor, Action::Shown, &[family]);
            }
        }
        at
    }

    fn turn_pages(&mut self, at: DateTime<Utc>, actor: Actor, own: &[FamilyId], pages: u32) -> DateTime<Utc> {
        let mut at = at;
        let mut from = 0;
        for _ in 0..pages {
            at = self.after(at, 3, 90);
            from = if self.happens(0.5) { 0 } else { from + PAGE };
            let page: Vec<FamilyId> = own.iter().skip(from).take(PAGE).copied().collect();
            self.write(at, actor, Action::Listed, &page);
        }
        at
    }

    fn often(&mut self, at: DateTime<Utc>, actor: Actor, action: Action, most: u32, own: &[FamilyId]) -> DateTime<Utc> {
        let mut at = at;
        for _ in 0..self.chance.random_range(0..=most) {
            at = self.after(at, 15, 240);
            let family: Vec<FamilyId> = self.one(own).into_iter().collect();
            self.write(at, actor, action, &family);
        }
        at
    }

    fn session(&mut self, at: DateTime<Utc>, actor: Actor, work: Work, own: &[FamilyId], term_begins: bool) {
        let mut at = self.come_in(at, actor);
        let (pages, cards) = match work {
            Work::Consultant => (12, 28),
            Work::Teacher => (6, 14),
            Work::Registrar => (20, if term_begins { 60 } else { 30 }),
            Work::Principal => (10, 12),
            Work::Office => (0, 0),
        };
        let pages = self.chance.random_range(0..=pages);
        at = self.turn_pages(at, actor, own, pages);
        let cards = self.chance.random_range(0..=cards);
        at = self.look_around(at, actor, own, cards, 180);
        match work {
            Work::Consultant => {
                at = self.often(at, actor, Action::Revealed, 6, own);
                at = self.often(at, actor, Action::Searched, 6, own);
            }
            Work::Registrar => at = self.often(at, actor, Action::Searched, 8, own),
            Work::Principal => at = self.often(at, actor, Action::ApprovalGranted, 8, &[]),
            Work::Office => {
                at = self.often(at, actor, Action::TrailRead, 20, &[]);
                if self.happens(0.05) {
                    at = self.often(at, actor, Action::EnrolmentIssued, 12, &[]);
                }
                if self.happens(0.05) {
                    at = self.often(at, actor, Action::TrailExported, 3, &[]);
                }
            }
            Work::Teacher => {}
        }
        if self.happens(0.03) && !own.is_empty() {
            let page: Vec<FamilyId> = own.iter().take(200).copied().collect();
            for _ in 0..self.chance.random_range(1..=3) {
                at = self.after(at, 20, 300);
                self.write(at, actor, Action::Exported, &page);
            }
        }
        if self.happens(0.05) {
            self.often(at, actor, Action::Refused, 4, &[]);
        }
    }

    /// What is rare and has its reason, and what has nothing in it though it comes near: a list with a family in it that is not there.
    /// Gives back the rules that tell of it, and what is written out of order.
    fn rare(&mut self, school: &School, day: NaiveDate) -> (Vec<Rule>, Vec<Sighting>) {
        let (mut events, mut out_of_order) = (Vec::new(), Vec::new());
        for (rule, action, share) in RARE {
            if !self.happens(share) {
                continue;
            }
            let who = school.somebody(self.chance);
            let at = moment(day, self.chance.random_range(8..18), self.chance);
            let mut rare = act(at, Some(who), action, &[]);
            match rule {
                Rule::EndedAccountTries => rare.account.suspended = true,
                Rule::DormantWakes => rare.account.idle_days = self.chance.random_range(90..200),
                Rule::RightsRaised => rare.raised = true,
                Rule::HoneyTouched => rare.families.push(school.honey),
                _ => {}
            }
            // Some minutes before the last act of the day, when that is written already.
            let last = self.acts.iter().map(|act| act.at).max().unwrap_or(at);
            match rule {
                Rule::ClockBack => out_of_order.push(Sighting { at: last - TimeDelta::minutes(5), actor: None, ..rare }),
                _ => self.acts.push(rare),
            }
            events.push(rule);
        }
        if self.happens(0.2) {
            let at = moment(day, self.chance.random_range(8..18), self.chance);
            let who = school.somebody(self.chance);
            self.write(at, who, Action::Listed, &[school.honey]);
            self.write(at, who, Action::Searched, &[school.honey]);
        }
        (events, out_of_order)
    }

    fn guardian(&mut self, at: DateTime<Utc>, actor: Actor, family: Option<&FamilyId>) {
        let mut at = at;
        for _ in 0..self.chance.random_range(1..=3) {
            self.write(at, actor, Action::CodeSent, &[]);
            at = self.after(at, 10, 90);
        }
        if self.happens(0.1) {
            self.acts.push(act(at, None, Action::SignInRefused, &[]));
        }
        self.write(at, actor, Action::SignedIn, &[]);
        for _ in 0..self.chance.random_range(1..6) {
            at = self.after(at, 4, 60);
            self.write(at, actor, Action::Shown, &family.copied().into_iter().collect::<Vec<_>>());
        }
    }
}
