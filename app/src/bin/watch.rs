//! A program of the client; the server sends the page that loads it (alarms, who sees what, standing grants, with what roles sign in).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Watch, routes::watch::pages);
}
