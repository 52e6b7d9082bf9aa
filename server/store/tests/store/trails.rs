//! Appending to the trail from many sides at once.

use crate::support::{event, now, on_each_engine, today};
use contract::{
    ids::FamilyId,
    wire::ledger::{Action, TrailFilter},
};
use guard::{
    Actor, Entry, Trail,
    trail::{By, NotCounted, Quota},
};
use store::TrailStore;
use tokio::task::JoinSet;
use uuid::Uuid;

on_each_engine! {
    async fn two_hundred_appends_at_once_keep_the_chain_whole(school) {
        let family = FamilyId(Uuid::from_u128(5));
        let mut appends = JoinSet::new();
        for number in 0..200 {
            let trail = school.trail.clone();
            let entry = if number % 4 == 0 { event().in_families(vec![family]) } else { event() };
            appends.spawn(async move { trail.append(entry).await });
        }
        assert!(appends.join_all().await.iter().all(Result::is_ok));
        assert_eq!(school.verified().await, 200);
        let newest = school.db.family_trail(family, None, 30).await.unwrap();
        let older = school.db.family_trail(family, newest.last().map(|kept| kept.seq), 30).await.unwrap();
        assert_eq!((newest.len(), older.len()), (30, 20));
        assert!(newest.iter().chain(&older).is_sorted_by(|one, next| one.seq > next.seq));
    }

    async fn a_trail_that_is_being_written_verifies_as_whole(school) {
        let mut appends = JoinSet::new();
        for _ in 0..60 {
            let trail = school.trail.clone();
            appends.spawn(async move { trail.append(event().in_families(vec![FamilyId(Uuid::from_u128(5))])).await });
        }
        let mut rows = 0;
        while appends.try_join_next().is_some() || !appends.is_empty() {
            let now = school.verified().await;
            assert!(now >= rows);
            rows = now;
            tokio::task::yield_now().await;
        }
        assert_eq!(school.verified().await, 60);
    }

    async fn a_quota_of_three_lets_three_of_twenty_through(school) {
        // Two writers, as on two machines: the allowance is one.
        let second = TrailStore::open(school.second().await, school.sealer.clone());
        let actor = Actor::Staff(school.li);
        let quota = Quota { actor, day: today(), limit: 3, cost: 1 };
        let mut appends = JoinSet::new();
        for number in 0..20 {
            let trail = if number % 2 == 0 { school.trail.clone() } else { second.clone() };
            appends.spawn(async move { trail.append_counted(event(), quota).await });
        }
        let outcomes = appends.join_all().await;
        let mut left: Vec<u32> = outcomes.iter().filter_map(|outcome| outcome.ok()).collect();
        left.sort_unstable();
        assert_eq!(left, [0, 1, 2]);
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Err(NotCounted::Exhausted)).count(), 17);
        assert_eq!(school.verified().await, 3, "what is not counted is not written");
        assert_eq!(school.db.quota_left(&quota).await.unwrap(), 0);
        let tomorrow = Quota { day: crate::support::days(1), ..quota };
        assert_eq!(school.trail.append_counted(event(), tomorrow).await, Ok(2));
        let dear = Quota { day: crate::support::days(2), cost: 4, ..quota };
        assert_eq!(school.trail.append_counted(event(), dear).await, Err(NotCounted::Exhausted));
        assert_eq!(school.db.quota_left(&dear).await.unwrap(), 3);
    }

    async fn the_trail_is_read_by_action_and_page(school) {
        for action in [Action::SignedIn, Action::Shown, Action::SignedIn] {
            school.trail.append(Entry::event(now(), By::nobody(), action)).await.unwrap();
        }
        let seqs = |kept: Vec<guard::gate::Kept>| kept.iter().map(|kept| kept.seq).collect::<Vec<_>>();
        let signed_in = TrailFilter { action: Some(Action::SignedIn), ..TrailFilter::default() };
        assert_eq!(seqs(school.db.trail(&TrailFilter::default(), None, 10).await.unwrap()), [3, 2, 1]);
        assert_eq!(seqs(school.db.trail(&signed_in, None, 10).await.unwrap()), [3, 1]);
        assert_eq!(seqs(school.db.trail(&signed_in, Some(3), 10).await.unwrap()), [1]);
    }
}
