//! A program of the client; the server sends the page that loads it (the list of families).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Staff, routes::staff::pages);
}
