"""Make the database refuse to edit a status change. Deleting stays possible: the history goes with its service."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE FUNCTION services_refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a status change is never edited' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER services_statuschange_stands BEFORE UPDATE ON services_statuschange
    FOR EACH ROW EXECUTE FUNCTION services_refuse_edit();
"""
POSTGRESQL_BACK = """
DROP TRIGGER services_statuschange_stands ON services_statuschange;
DROP FUNCTION services_refuse_edit();
"""
SQLITE = (
    "CREATE TRIGGER services_statuschange_stands BEFORE UPDATE ON services_statuschange "
    "BEGIN SELECT RAISE(ABORT, 'a status change is never edited'); END"
)
SQLITE_BACK = "DROP TRIGGER services_statuschange_stands"


def make(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the trigger."""
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the trigger."""
    schema_editor.execute(POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    """Adds the trigger."""

    dependencies = [("services", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
