//! For how long the trail is kept, and where it begins after its oldest part was kept for its time.
//!
//! The rule: the triggers that refuse deletes stand aside for rows up to the beginning and for no other. The beginning goes forward and
//! never back or away, and it leaves at least 180 days before the newest entry, whatever the program would do; a change of this number
//! is a migration.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// 180 days in microseconds, for the statements.
macro_rules! floor {
    () => {
        "15552000000000"
    };
}
/// Whether a new beginning is a row that is old enough.
macro_rules! old_enough {
    () => {
        concat!(
            "COALESCE((SELECT at FROM trail WHERE seq = NEW.seq) <= (SELECT at FROM trail ORDER BY seq DESC LIMIT 1) - ",
            floor!(),
            ", FALSE)"
        )
    };
}
/// The last row that is not kept any more.
macro_rules! begins {
    () => {
        "COALESCE((SELECT seq FROM trail_beginning WHERE id = 1), 0)"
    };
}
macro_rules! refusing {
    ($trigger:literal, $on:literal, $when:expr) => {
        concat!(
            "CREATE TRIGGER ",
            $trigger,
            " BEFORE ",
            $on,
            " WHEN ",
            $when,
            " BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"
        )
    };
}

const ON_SQLITE: [&str; 8] = [
    "CREATE TABLE trail_beginning (id integer NOT NULL PRIMARY KEY CHECK (id = 1), seq bigint NOT NULL, hash blob NOT NULL, \
     at bigint NOT NULL, seal blob NOT NULL)",
    "DROP TRIGGER trail_no_delete",
    "DROP TRIGGER trail_family_no_delete",
    refusing!("trail_no_delete", "DELETE ON trail", concat!("OLD.seq > ", begins!())),
    refusing!("trail_family_no_delete", "DELETE ON trail_family", concat!("OLD.seq > ", begins!())),
    refusing!("trail_beginning_first", "INSERT ON trail_beginning", concat!("NOT ", old_enough!())),
    refusing!("trail_beginning_next", "UPDATE ON trail_beginning", concat!("NEW.seq < OLD.seq OR NOT ", old_enough!())),
    refusing!("trail_beginning_stays", "DELETE ON trail_beginning", "TRUE"),
];

const ON_POSTGRES: [&str; 11] = [
    "CREATE TABLE trail_beginning (id integer NOT NULL PRIMARY KEY CHECK (id = 1), seq bigint NOT NULL, hash bytea NOT NULL, \
     at bigint NOT NULL, seal bytea NOT NULL)",
    concat!(
        "CREATE FUNCTION trail_is_kept() RETURNS trigger AS $$ BEGIN IF OLD.seq > ",
        begins!(),
        " THEN RAISE EXCEPTION 'the trail is append-only'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql"
    ),
    concat!(
        "CREATE FUNCTION trail_begins_early() RETURNS trigger AS $$ BEGIN IF TG_OP = 'UPDATE' AND NEW.seq < OLD.seq OR NOT ",
        old_enough!(),
        " THEN RAISE EXCEPTION 'the trail is append-only'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
    ),
    "DROP TRIGGER trail_append_only ON trail",
    "DROP TRIGGER trail_family_append_only ON trail_family",
    "CREATE TRIGGER trail_append_only BEFORE UPDATE OR TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()",
    "CREATE TRIGGER trail_family_append_only BEFORE UPDATE OR TRUNCATE ON trail_family FOR EACH STATEMENT \
     EXECUTE FUNCTION trail_is_append_only()",
    "CREATE TRIGGER trail_kept BEFORE DELETE ON trail FOR EACH ROW EXECUTE FUNCTION trail_is_kept()",
    "CREATE TRIGGER trail_family_kept BEFORE DELETE ON trail_family FOR EACH ROW EXECUTE FUNCTION trail_is_kept()",
    "CREATE TRIGGER trail_beginning_moves BEFORE INSERT OR UPDATE ON trail_beginning FOR EACH ROW EXECUTE FUNCTION trail_begins_early()",
    "CREATE TRIGGER trail_beginning_stays BEFORE DELETE OR TRUNCATE ON trail_beginning FOR EACH STATEMENT \
     EXECUTE FUNCTION trail_is_append_only()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Between two of the statements an entry could be deleted.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("ALTER TABLE school ADD COLUMN trail_days integer NOT NULL DEFAULT 1095").await?;
        let statements: &[&str] = match manager.get_database_backend() {
            sea_orm::DatabaseBackend::Postgres => &ON_POSTGRES,
            _ => &ON_SQLITE,
        };
        for statement in statements {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
