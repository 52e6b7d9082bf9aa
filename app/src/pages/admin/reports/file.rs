//! The register as a file: its lines in the words of whoever takes it along, at the time of the school.
//!
//! The rule: it says what the screen says, of every line that the server gave, and where the server left lines out it ends by saying so.
//! Deliberately absent: codes. A program reads them from the API.

use super::register::subject;
use crate::text::{Text, Word, admin, fill, list, reports, t};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use contract::{
    spreadsheet,
    wire::reports::{RegisterFile, RegisterLine, RegisterLooks, RegisterStep},
};

/// The file in the reader's language; reactive.
pub fn csv(file: &RegisterFile) -> String {
    let cut = file.cut.then(|| vec![cut(file)]);
    let rows = std::iter::once(heads()).chain(file.lines.iter().map(cells)).chain(cut);
    // With a byte order mark, since spreadsheet programs guess otherwise.
    rows.fold(String::from('\u{feff}'), |file, row| file + &spreadsheet::line(&row))
}

/// That there are more lines than these.
pub fn cut(file: &RegisterFile) -> String {
    fill(reports::REGISTER_CUT, &[("n", &file.lines.len().to_string())])
}

fn heads() -> Vec<String> {
    let parts = [reports::STEP_ENTRY, reports::STEP_TIME, reports::STEP_WHO, reports::STEP_ROLES];
    let step = |step: Text| parts.map(|part| fill(part, &[("step", t(step))]));
    let steps = [reports::ASKED, reports::DECIDED, reports::USED].map(step);
    let rest = [
        reports::FILE_LOOKS,
        reports::FILE_FIRST,
        reports::FILE_LAST,
        reports::FILE_SUBJECT,
        reports::FILE_MARK,
        admin::FIELD,
        admin::WHY,
        reports::OUTCOME,
        reports::FILE_UNTIL,
    ];
    steps.into_iter().flatten().chain(rest.map(|word| t(word).to_owned())).collect()
}

fn cells(line: &RegisterLine) -> Vec<String> {
    let RegisterLine { subject: of, mark, fields, reason, asked, state, until, decided, looks, ended } = line;
    let steps = [Some(asked), decided.as_ref(), ended.as_ref()].map(step);
    let looks = match looks {
        Some(RegisterLooks { count, first, last }) => [count.to_string(), first.entry.to_string(), last.entry.to_string()],
        None => Default::default(),
    };
    let rest = [
        subject(of),
        mark.clone(),
        list(fields.iter().copied()),
        t(reason.word()).to_owned(),
        t(state.word()).to_owned(),
        at_the_school(*until),
    ];
    steps.into_iter().flatten().chain(looks).chain(rest).collect()
}

fn step(step: Option<&RegisterStep>) -> [String; 4] {
    step.map(|RegisterStep { entry, at, who, roles }| [entry.to_string(), at_the_school(*at), who.clone(), list(roles.iter().copied())])
        .unwrap_or_default()
}

/// Day and time at +08:00, wherever the reader is: the days of the filter are those of the school.
fn at_the_school(at: DateTime<Utc>) -> String {
    let at = at.naive_utc() + TimeDelta::hours(8);
    format!("{} {:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second())
}
