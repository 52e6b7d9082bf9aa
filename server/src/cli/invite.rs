//! `shendu invite`: one-time links from the machine that holds the data, for the first administrator and for demonstrations.

use super::{Failure, print, say, words};
use crate::{clock, config::Place, passkeys::links, state::StartError};
use contract::rights::Role;
use guard::{Actor, Entry, Trail, trail::By, vault::HeadSealer};
use serde::Serialize;
use store::{Db, TrailStore};
use webauthn_rs::prelude::Url;

/// Makes a one-time enrolment link.
#[derive(Debug, clap::Args)]
pub(crate) struct Invite {
    #[command(flatten)]
    place: Place,
    /// The address by which browsers reach the school.
    #[arg(long, env = "SHENDU_ORIGIN", default_value = "http://localhost:8080")]
    origin: String,
    /// For the first active person of this role, such as `administrator`; `guardian` makes an invitation to the portal.
    #[arg(long, conflicts_with_all = ["login", "demo"])]
    role: Option<Role>,
    /// For the person with this login name.
    #[arg(long, conflicts_with = "demo")]
    login: Option<String>,
    /// One link for each role of a demonstration school.
    #[arg(long)]
    demo: bool,
    /// For a program to read.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct Link {
    pub(crate) role: &'static str,
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) url: String,
}

const DEMO: [Role; 7] =
    [Role::Consultant, Role::Teacher, Role::Principal, Role::PrivacyOfficer, Role::Administrator, Role::Auditor, Role::Guardian];

impl Invite {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let vault = self.place.vault().map_err(words)?;
        let db = self.place.open().await.map_err(words)?;
        if db.school_name().await.map_err(words)?.is_none() {
            return Err(words(crate::config::PlaceError::Empty(self.place.data)));
        }
        let links = match (self.role, self.login, self.demo) {
            (Some(role), ..) => vec![for_role(&db, vault.head_sealer(), role, &self.origin).await?],
            (_, Some(login), _) => {
                let person = db.staff_by_login(&login).await.map_err(words)?.ok_or_else(|| format!("nobody has the login name {login}"))?;
                let role = person.roles.iter().next().map_or("", Role::name);
                let url = link(&db, vault.head_sealer(), Actor::Staff(person.id), &self.origin).await?;
                vec![Link { role, name: person.name, login: person.login, url }]
            }
            (_, _, true) => demo_links(&db, vault.head_sealer(), &self.origin).await?,
            _ => return Err("say for whom: --role, --login or --demo".into()),
        };
        if self.json { print(&links) } else { show(&links) }
    }
}

pub(crate) fn show(links: &[Link]) -> Result<(), Failure> {
    for Link { role, name, login, url } in links {
        say(&format!("{role:<16} {name} {login}\n  {url}"));
    }
    Ok(())
}

pub(crate) async fn demo_links(db: &Db, sealer: HeadSealer, origin: &str) -> Result<Vec<Link>, Failure> {
    let mut links = Vec::with_capacity(DEMO.len());
    for role in DEMO {
        links.push(for_role(db, sealer.clone(), role, origin).await?);
    }
    Ok(links)
}

async fn for_role(db: &Db, sealer: HeadSealer, role: Role, origin: &str) -> Result<Link, Failure> {
    let nobody = || format!("nobody has the role {}", role.name());
    let (actor, name, login) = if role == Role::Guardian {
        (Actor::Guardian(db.first_guardian().await.map_err(words)?.ok_or_else(nobody)?), "家长".to_owned(), String::new())
    } else {
        let people = db.staff_logins().await.map_err(words)?;
        let person = people.into_iter().find(|person| person.roles.has(role)).ok_or_else(nobody)?;
        (Actor::Staff(person.id), person.name, person.login)
    };
    Ok(Link { role: role.name(), name, login, url: link(db, sealer, actor, origin).await? })
}

async fn link(db: &Db, sealer: HeadSealer, actor: Actor, origin: &str) -> Result<String, Failure> {
    let now = clock::now();
    let trail = TrailStore::open(db.clone(), sealer);
    let entry = Entry::event(now, By::nobody(), contract::wire::ledger::Action::EnrolmentIssued);
    trail.append(entry).await.map_err(words)?;
    let origin = Url::parse(origin).map_err(|_| words(StartError::Origin))?;
    let (url, _) = links::invite(db, origin, actor, now).await.map_err(words)?;
    Ok(url.into())
}
