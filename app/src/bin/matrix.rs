//! A program of the client; the server sends the page that loads it (the field matrix).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Matrix, routes::matrix::pages);
}
