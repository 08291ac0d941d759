"""The database's own refusal to change or delete an entry of the ledger; only its seal may be put on, once."""

TABLE = "audit_entry"
KEPT = ("id", "at", "actor", "verb", "thing", "codes", "purpose")

_UNCHANGED_LITE = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in KEPT)
SQLITE_UPDATE = f"""
CREATE TRIGGER IF NOT EXISTS audit_entry_kept BEFORE UPDATE ON {TABLE}
WHEN NOT (OLD.number IS NULL AND NEW.number IS NOT NULL AND OLD.digest = '' AND NEW.digest <> '' AND {_UNCHANGED_LITE})
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END
"""
SQLITE_DELETE = f"""
CREATE TRIGGER IF NOT EXISTS audit_entry_stays BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'the audit ledger is append-only'); END
"""
SQLITE = [SQLITE_UPDATE, SQLITE_DELETE]
SQLITE_REMOVE = ["DROP TRIGGER IF EXISTS audit_entry_kept", "DROP TRIGGER IF EXISTS audit_entry_stays"]

_UNCHANGED_PG = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in KEPT)
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.number IS NULL AND NEW.number IS NOT NULL AND OLD.digest = '' AND NEW.digest <> ''
           AND {_UNCHANGED_PG} THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the audit ledger is append-only';
    END $$
    """,
    f"""
    CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION audit_entry_guard()
    """,
]
POSTGRESQL_REMOVE = [
    f"DROP TRIGGER IF EXISTS audit_entry_kept ON {TABLE}",
    "DROP FUNCTION IF EXISTS audit_entry_guard()",
]
