"""Make the database refuse to rewrite an entry of a timeline. Entries go only with their incident."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE FUNCTION incidents_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of a timeline is never edited' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER incidents_update_keep BEFORE UPDATE ON incidents_update
    FOR EACH ROW EXECUTE FUNCTION incidents_refuse();
"""
POSTGRESQL_BACK = """
DROP TRIGGER incidents_update_keep ON incidents_update;
DROP FUNCTION incidents_refuse();
"""
SQLITE = (
    "CREATE TRIGGER incidents_update_keep BEFORE UPDATE ON incidents_update "
    "BEGIN SELECT RAISE(ABORT, 'an entry of a timeline is never edited'); END"
)
SQLITE_BACK = "DROP TRIGGER incidents_update_keep"


def make(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the trigger."""
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the trigger."""
    schema_editor.execute(POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    """Adds the trigger."""

    dependencies = [("incidents", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
