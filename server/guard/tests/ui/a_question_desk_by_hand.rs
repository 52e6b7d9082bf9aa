//! Which questions a viewer answers is decided by the gate.
use guard::scope::QuestionDesk;

fn everywhere(desk: QuestionDesk) -> QuestionDesk {
    QuestionDesk { within: None, ..desk }
}

fn main() {}
