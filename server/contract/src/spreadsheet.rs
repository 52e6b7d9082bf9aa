//! Cells and lines of a file for a spreadsheet.
//!
//! The rule: what somebody typed never becomes a formula (ASVS 1.2.10; CVE-2026-55154: leading white space and control characters hide
//! one). Deliberately absent: reading one.

/// Puts an apostrophe before what a spreadsheet would take for a formula.
#[must_use]
pub fn neutral(text: &str) -> String {
    let first = text.chars().find(|c| !c.is_whitespace() && !c.is_control());
    let risky = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')) || text.starts_with(['\t', '\r', '\n']);
    if risky { format!("'{text}") } else { text.to_owned() }
}

/// A line of a CSV file (RFC 4180), each cell neutral and in quotes.
#[must_use]
pub fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", neutral(cell).replace('"', "\"\""))).collect();
    format!("{}\r\n", cells.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_neutralised_however_it_hides() {
        for text in ["=1+1", "+1", "-1", "@SUM", " \u{0}=cmd", "\t=1", "\r=1", "\u{a0}=1", "＝1"] {
            assert!(neutral(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(neutral("欧阳**"), "欧阳**");
        assert_eq!(neutral("100****5678"), "100****5678");
    }

    #[test]
    fn a_cell_ends_where_it_ends() {
        let cells = ["甲,乙", "a\"b", "两\n行", "=1", ""].map(str::to_owned);
        assert_eq!(line(&cells), "\"甲,乙\",\"a\"\"b\",\"两\n行\",\"'=1\",\"\"\r\n");
    }
}
