//! The program of one surface; the server sends the page that loads it (all that guardians open).

use app::routes;
use contract::wire::sign_in::Surface;

fn main() {
    app::app::start(Surface::Portal, routes::portal::pages);
}
