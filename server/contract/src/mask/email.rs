//! `duandazhi@example.com` → `d****@example.com`, `a@b.com` → `*@b.com`.
//!
//! The rule: the domain stays, since it tells which provider and not whom. Deliberately absent: any guess at whether a
//! domain belongs to one person.

use super::masked;
use crate::{shown::Masked, values::email::parts};

/// The mask of an e-mail address.
#[must_use]
pub fn email(text: &str) -> Masked {
    masked(text, |text| {
        let (local, domain) = parts(text)?;
        let mut out = String::with_capacity(domain.len() + 6);
        push_local(&mut out, local.chars())?;
        out.push_str(domain);
        Some(out)
    })
}

/// Appends the mask of a local part with the `@` after it.
pub(super) fn push_local(out: &mut String, mut local: impl Iterator<Item = char>) -> Option<()> {
    let first = local.next()?;
    if local.next().is_some() {
        out.push(first);
        out.push_str("****@");
    } else {
        out.push_str("*@");
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::email;

    #[test]
    fn an_address_keeps_its_first_letter_and_its_domain() {
        assert_eq!(email("duandazhi-jack@gmail.com.cn").as_str(), "d****@gmail.com.cn");
        assert_eq!(email("ab@example.com").as_str(), "a****@example.com");
    }

    #[test]
    fn an_address_of_one_letter_keeps_no_letter() {
        assert_eq!(email("a@b.com").as_str(), "*@b.com");
    }

    #[test]
    fn what_is_no_address_is_masked_whole() {
        for other in ["a", "@b.com", "a@b", "d****@gmail.com", "*@b.com", "张三@b.com", "a@b@c.com"] {
            assert_eq!(email(other).as_str(), "****", "{other}");
        }
    }
}
