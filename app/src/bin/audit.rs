//! A program of the client; the server sends the page that loads it (reports of audits, the rules of the fields as a document).

use app::routes;
use contract::Program;

fn main() {
    app::app::start(Program::Audit, routes::audit::pages);
}
