"""Find the public events among all: visitors who come back are told what they missed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the index."""

    dependencies = [("events", "0002_immutable")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=models.Q(("public", True)), fields=["id"], name="event_public"),
        ),
    ]
