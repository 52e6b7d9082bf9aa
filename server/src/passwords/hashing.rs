//! Where passwords are hashed: beside the requests, few at a time.
//!
//! The rule: each hash holds 19 MiB and a processor for as long as it takes, so that two run at once, a few wait for a moment,
//! and whoever comes then is told to come again. A place belongs to the work and not to whoever waits for it: a request that is
//! given up makes no room. Deliberately absent: a queue without an end.

use crate::http::ApiError;
use contract::error::ErrorCode;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::timeout};

const AT_ONCE: usize = 2;
const WAITING: usize = 16;
const PATIENCE: Duration = Duration::from_secs(5);
const AGAIN_AFTER: u32 = 10;

/// The places.
pub(crate) struct Hashing {
    places: Arc<Semaphore>,
    queue: Semaphore,
    patience: Duration,
}

impl Default for Hashing {
    fn default() -> Self {
        Self::of(AT_ONCE, WAITING, PATIENCE)
    }
}

impl Hashing {
    fn of(at_once: usize, waiting: usize, patience: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once)), queue: Semaphore::new(at_once + waiting), patience }
    }

    /// Does the work when there is a place.
    ///
    /// # Errors
    /// [`ErrorCode::TooManyRequests`] when there is none soon.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let busy = || ApiError::new(ErrorCode::TooManyRequests).retry_after(AGAIN_AFTER);
        let _waiting = self.queue.try_acquire().map_err(|_| busy())?;
        let place = timeout(self.patience, Arc::clone(&self.places).acquire_owned()).await.map_err(|_| busy())?;
        let place = place.map_err(|_| ErrorCode::Internal)?;
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        Ok(done.await.map_err(|_| ErrorCode::Internal)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::{
            atomic::{AtomicUsize, Ordering},
            mpsc,
        },
        thread,
    };

    #[tokio::test]
    async fn no_more_run_at_once_than_there_are_places() {
        let hashing = Arc::new(Hashing::of(2, 32, Duration::from_secs(20)));
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let work = |_: usize| {
            let (hashing, running, most) = (Arc::clone(&hashing), Arc::clone(&running), Arc::clone(&most));
            tokio::spawn(async move {
                let count = move || {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::yield_now();
                    running.fetch_sub(1, Ordering::SeqCst);
                };
                hashing.run(count).await
            })
        };
        let all: Vec<_> = (0..30).map(work).collect();
        for one in all {
            one.await.unwrap().unwrap();
        }
        assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
    }

    /// On a runtime of one thread: the other task could not come about if the work were done on it.
    #[tokio::test(flavor = "current_thread")]
    async fn while_one_hash_runs_the_requests_go_on() {
        let (hashing, (go_on, held)) = (Hashing::default(), mpsc::channel::<()>());
        let work = hashing.run(move || held.recv_timeout(Duration::from_secs(10)));
        let other = async move { go_on.send(()).is_ok() };
        let (heard, said) = tokio::join!(work, other);
        assert!(said && heard.unwrap().is_ok(), "nothing went on beside the work");
    }

    #[tokio::test]
    async fn whoever_would_wait_for_long_is_told_to_come_again_and_a_request_given_up_makes_no_room() {
        let hashing = Arc::new(Hashing::of(1, 1, Duration::from_millis(50)));
        let (go_on, held) = mpsc::channel::<()>();
        let first = {
            let hashing = Arc::clone(&hashing);
            tokio::spawn(async move { hashing.run(move || held.recv()).await })
        };
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(hashing.run(|| ()).await, Err(ApiError::new(ErrorCode::TooManyRequests).retry_after(AGAIN_AFTER)), "waited");
        let mut waiting = Box::pin(hashing.run(|| ()));
        assert!(timeout(Duration::from_millis(5), &mut waiting).await.is_err());
        assert_eq!(hashing.run(|| ()).await, Err(ApiError::new(ErrorCode::TooManyRequests).retry_after(AGAIN_AFTER)), "no queue");
        drop(waiting);
        first.abort();
        assert!(first.await.is_err());
        assert!(hashing.run(|| ()).await.is_err(), "the work of whoever gave up still has its place");
        go_on.send(()).unwrap();
        let mut tries = 0..100;
        while hashing.run(|| ()).await.is_err() {
            assert!(tries.next().is_some());
        }
    }
}
