//! A program of the client; the server sends the page that loads it (the trail, its register, what one person did, tokens).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Reports, routes::reports::pages);
}
