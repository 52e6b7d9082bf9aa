//! A program of the client; the server sends the page that loads it (help for guardians, what they ask about looks).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Help, routes::help::pages);
}
