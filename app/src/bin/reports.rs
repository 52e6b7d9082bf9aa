//! A program of the client; the server sends the page that loads it (the register of approvals, what one person did).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Reports, routes::reports::pages);
}
