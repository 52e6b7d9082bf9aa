//! A program of the client; the server sends the page that loads it (one's own access).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Account, routes::account::pages);
}
