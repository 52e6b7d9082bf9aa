//! The program of one surface; the server sends the page that loads it (matrix, trail, staff).

use app::routes;
use contract::wire::sign_in::Surface;

fn main() {
    app::app::start(Surface::Admin, routes::admin::pages);
}
