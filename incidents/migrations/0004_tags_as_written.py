from __future__ import annotations

from typing import Any

from django.db import migrations, models

import incidents.tags


def write_anew(apps: Any, _schema_editor: Any) -> None:
    """Store tags as they are written: letters beyond ASCII were escaped, and not found on SQLite."""
    rows = apps.get_model("incidents", "Incident").objects
    for incident in rows.exclude(tags=[]).only("tags").iterator():
        rows.filter(pk=incident.pk).update(tags=incident.tags)


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0003_automatic"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            # No database knows of the encoder, but SQLite would make the whole table anew.
            state_operations=[
                migrations.AlterField(
                    model_name="incident",
                    name="tags",
                    field=models.JSONField(
                        blank=True,
                        default=list,
                        encoder=incidents.tags.AsWritten,
                        validators=[incidents.tags.tags_are_words],
                    ),
                ),
            ],
        ),
        migrations.RunPython(write_anew, migrations.RunPython.noop, elidable=True),
    ]
