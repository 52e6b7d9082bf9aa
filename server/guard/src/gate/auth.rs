//! What getting in needs of the guard: a masked address on an invitation, a message that staff never see the number of, and a
//! notice to oneself.

use super::Gate;
use crate::{
    disclose::Disclosed,
    records::{GuardianRecord, Record, StaffRecord},
    refused::Refused,
    scope::Scope,
    sealed::Lens,
    trail::{By, Durable, Entry, Looks, RecordRef},
    vault::WrappedKey,
    viewer::{Actor, Admission, Viewer, Whence},
};
use chrono::{DateTime, Utc};
use contract::{
    catalogue::{FieldKey, GuardianEmail, GuardianPhone, StaffEmail},
    field::RecordKind,
    ids::{GuardianId, SessionId},
    rights::{Exposure, Role, RoleSet},
    shown::Shown,
    wire::{
        ledger::{Action, FieldLook},
        sign_in::{Channel, InvitationOpened},
    },
};
use uuid::Uuid;

/// Where a message goes. Opened for the courier alone; no `Display`, no `Serialize`, `Debug` tells the channel.
pub struct Parcel {
    channel: Channel,
    address: String,
}

impl Parcel {
    /// By which way.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        self.channel
    }
    /// Hands the address to the courier. One caller: the outbox.
    pub fn deliver<T>(self, courier: impl FnOnce(&str) -> T) -> T {
        courier(&self.address)
    }
}

impl std::fmt::Debug for Parcel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Parcel({:?})", self.channel)
    }
}

impl Gate {
    /// Draws a data key for a new member of staff and seals the contact under it.
    ///
    /// # Errors
    /// [`Refused::Broken`] when no key can be drawn.
    pub fn seal_staff_contact(&self, staff: Uuid, contact: &crate::vault::StaffContact) -> Result<(WrappedKey, Vec<u8>, Vec<u8>), Refused> {
        self.vault.seal_staff_contact(staff, contact)
    }

    /// What a guardian reaches before a session exists, so that their own record can be found.
    #[must_use]
    pub fn scope_before_session(&self, guardian: GuardianId, now: DateTime<Utc>) -> Scope {
        self.scope(&guardian_before_session(guardian, now))
    }

    /// What an invitation shows before anybody is signed in: masked addresses, never more.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn invitation(
        &self,
        now: DateTime<Utc>,
        school: String,
        record: &GuardianRecord,
    ) -> Result<Disclosed<InvitationOpened>, Refused> {
        let policy = self.policy.load_full();
        let viewer = guardian_before_session(record.id, now);
        let view = policy.view(&viewer, &record.facts).lowered(Exposure::Masked);
        let key = self.vault.unwrap(&record.key)?;
        let lens = Lens::new(view, key, record.id.0);
        let filled = |shown: Shown<String>| match shown {
            Shown::Masked(mask) if !mask.as_str().is_empty() => Some(Shown::Masked(mask)),
            Shown::Masked(_) | Shown::Clear(_) | Shown::Withheld => None,
        };
        let opened = InvitationOpened {
            school,
            phone: filled(lens.show(&record.fields.phone)?.to_text()),
            email: filled(lens.show(&record.fields.email)?.to_text()),
        };
        let fields = lens.into_looks();
        let entry = Entry::event(now, by_guardian(record), Action::Shown)
            .about(record.reference())
            .in_families(vec![record.family])
            .seeing(vec![Looks { fields, records: vec![record.reference()] }]);
        self.trail.append(entry).await?;
        Ok(Disclosed::recorded(opened))
    }

    /// Opens a guardian's address for a message to themselves; `None` where the school holds none. The trail row is first.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn address(&self, now: DateTime<Utc>, record: &GuardianRecord, channel: Channel) -> Result<Option<Parcel>, Refused> {
        let field = match channel {
            Channel::Sms => FieldKey::GuardianPhone,
            Channel::Email => FieldKey::GuardianEmail,
        };
        let look = FieldLook { field, form: Exposure::Withheld };
        // Not in the ledger of the family: whoever sees that may ask for a code by any number, and would see whose it is.
        let entry = Entry::event(now, by_guardian(record), Action::CodeSent)
            .about(record.reference())
            .seeing(vec![Looks { fields: vec![look], records: vec![record.reference()] }]);
        self.trail.append(entry).await?;
        self.parcel(now, record, channel, &Durable::after_append())
    }

    /// Opens the address of a guardian for a notice of a sign-in of theirs: their phone, or else their e-mail; `None` where the school
    /// holds neither. The trail row is first.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn guardian_address(&self, now: DateTime<Utc>, record: &GuardianRecord) -> Result<Option<Parcel>, Refused> {
        let looks = [FieldKey::GuardianPhone, FieldKey::GuardianEmail].map(|field| FieldLook { field, form: Exposure::Withheld });
        let entry = Entry::event(now, by_guardian(record), Action::NoticeSent)
            .about(record.reference())
            .seeing(vec![Looks { fields: looks.to_vec(), records: vec![record.reference()] }]);
        self.trail.append(entry).await?;
        let durable = Durable::after_append();
        match self.parcel(now, record, Channel::Sms, &durable)? {
            None => self.parcel(now, record, Channel::Email, &durable),
            by_phone => Ok(by_phone),
        }
    }

    fn parcel(&self, now: DateTime<Utc>, record: &GuardianRecord, channel: Channel, durable: &Durable) -> Result<Option<Parcel>, Refused> {
        let key = self.vault.unwrap(&record.key)?;
        let policy = self.policy.load();
        let viewer = guardian_before_session(record.id, now);
        let lens = Lens::new(policy.view(&viewer, &record.facts), key, record.id.0);
        let address = match channel {
            Channel::Sms => lens.reveal::<GuardianPhone>(&record.fields.phone, durable)?.map(|phone| phone.as_str().to_owned()),
            Channel::Email => lens.reveal::<GuardianEmail>(&record.fields.email, durable)?.map(|email| email.as_str().to_owned()),
        };
        Ok(address.map(|address| Parcel { channel, address }))
    }

    /// Opens the e-mail address of a member of staff for a notice of a sign-in of theirs; `None` where the school holds none. The
    /// trail row is first.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn staff_address(&self, now: DateTime<Utc>, record: &StaffRecord) -> Result<Option<Parcel>, Refused> {
        self.notice(now, record, By::person(Actor::Staff(record.id), record.name.clone(), record.roles)).await
    }

    /// The same for a notice of an alarm, which is nobody's act.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn watcher_address(&self, now: DateTime<Utc>, record: &StaffRecord) -> Result<Option<Parcel>, Refused> {
        self.notice(now, record, By::nobody()).await
    }

    async fn notice(&self, now: DateTime<Utc>, record: &StaffRecord, by: By) -> Result<Option<Parcel>, Refused> {
        let about = RecordRef { kind: RecordKind::Staff, id: record.id.0 };
        let look = FieldLook { field: FieldKey::StaffEmail, form: Exposure::Withheld };
        let entry = Entry::event(now, by, Action::NoticeSent).about(about).seeing(vec![Looks { fields: vec![look], records: vec![about] }]);
        self.trail.append(entry).await?;
        let durable = Durable::after_append();
        let key = self.vault.unwrap(&record.key)?;
        let policy = self.policy.load();
        let viewer = before_session(Actor::Staff(record.id), record.roles, now);
        let lens = Lens::new(policy.view_unscoped(&viewer), key, record.id.0);
        let address = lens.reveal::<StaffEmail>(&record.email, &durable)?.map(|email| email.as_str().to_owned());
        Ok(address.map(|address| Parcel { channel: Channel::Email, address }))
    }
}

fn by_guardian(record: &GuardianRecord) -> By {
    By::person(Actor::Guardian(record.id), String::new(), RoleSet::from_iter([Role::Guardian]))
}

fn guardian_before_session(id: GuardianId, now: DateTime<Utc>) -> Viewer {
    before_session(Actor::Guardian(id), RoleSet::from_iter([Role::Guardian]), now)
}

/// Somebody before a session exists: of nobody's data but their own.
fn before_session(actor: Actor, roles: RoleSet, now: DateTime<Utc>) -> Viewer {
    #[expect(clippy::disallowed_methods, reason = "before a session there is only the person whose own data this is")]
    Viewer::admit(Admission {
        actor,
        name: String::new(),
        roles,
        campuses: Vec::new(),
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now,
        whence: Whence::Unknown,
    })
}
