//! A signed wish is made where a signature holds.
use guard::{SignedWish, Wish, receipt::Receipt};

fn forge(wish: Wish, receipt: Receipt) -> SignedWish {
    SignedWish { wish, receipt }
}

fn main() {}
