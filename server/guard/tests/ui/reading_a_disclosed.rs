//! What was disclosed for one viewer is sent, not looked into.
use contract::wire::students::StudentCard;
use guard::Disclosed;

fn card(disclosed: Disclosed<StudentCard>) -> StudentCard {
    disclosed.0
}

fn main() {}
