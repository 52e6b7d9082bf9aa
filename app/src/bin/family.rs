//! A program of the client; the server sends the page that loads it (one family, taking one in).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Family, routes::family::pages);
}
