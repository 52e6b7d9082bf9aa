//! A program of the client; the server sends the page that loads it (sign-in by password and code, and setting them up).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Password, routes::password::pages);
}
