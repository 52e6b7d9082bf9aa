//! The program of one surface; the server sends the page that loads it (sign-in, families, cards).

use app::routes;
use contract::wire::sign_in::Surface;

fn main() {
    app::app::start(Surface::Staff, routes::staff::pages);
}
