//! A card with personal fields is no plain body.
use contract::wire::students::StudentCard;
use guard::Disclosed;

fn disclose(card: StudentCard) -> Disclosed<StudentCard> {
    Disclosed::plain(card)
}

fn main() {}
