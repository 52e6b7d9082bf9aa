//! A program of the client; the server sends the page that loads it (the pages of guardians).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Portal, routes::portal::pages);
}
