//! A program of the client; the server sends the page that loads it (today's work, classes).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Desk, routes::desk::pages);
}
