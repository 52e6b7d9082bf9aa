//! A program of the client; the server sends the page that loads it (what is held about a child, corrections).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Held, routes::held::pages);
}
