//! A program of the client; the server sends the page that loads it (matrix, trail, staff).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Admin, routes::admin::pages);
}
