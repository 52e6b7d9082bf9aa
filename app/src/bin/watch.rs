//! A program of the client; the server sends the page that loads it (alarms, who sees what, standing grants).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Watch, routes::watch::pages);
}
