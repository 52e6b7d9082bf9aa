//! A program of the client; the server sends the page that loads it (families, cards).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Staff, routes::staff::pages);
}
