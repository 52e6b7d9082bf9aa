//! A program of the client; the server sends the page that loads it (the ways in).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Entry, routes::entry::pages);
}
