//! A program of the client; the server sends the page that loads it (the children, who has looked at one).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Portal, routes::portal::pages);
}
