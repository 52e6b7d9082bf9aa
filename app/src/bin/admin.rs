//! A program of the client; the server sends the page that loads it (staff, the school, requests of guardians).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Admin, routes::admin::pages);
}
