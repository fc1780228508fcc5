from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_those_that_name_some(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    policies = apps.get_model("oncall", "EscalationPolicy").objects
    policies.filter(services__isnull=False).update(every_service=False)


class Migration(migrations.Migration):
    dependencies = [
        ("oncall", "0002_failing_ways"),
    ]

    operations = [
        migrations.AddField(
            model_name="escalationpolicy",
            name="every_service",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.RunPython(mark_those_that_name_some, migrations.RunPython.noop, elidable=True),
    ]
