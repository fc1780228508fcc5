import uuid

import django.db.models.deletion
from django.db import migrations, models

import events.text


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0004_what_checks_say"),
    ]

    operations = [
        migrations.CreateModel(
            name="MaintenanceSeries",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("rule", models.CharField(max_length=500, validators=[events.text.one_line])),
                ("timezone", models.CharField(max_length=64)),
                ("anchor", models.CharField(max_length=19)),
                ("length", models.DurationField()),
                ("next_slot", models.DateTimeField(null=True)),
                ("title", models.CharField(max_length=200, validators=[events.text.one_line])),
                ("description", models.TextField(blank=True, max_length=20000, validators=[events.text.many_lines])),
                ("public", models.BooleanField()),
                ("remind_before", models.PositiveIntegerField(blank=True, null=True)),
                ("services", models.ManyToManyField(related_name="+", to="services.service")),
            ],
            options={
                "verbose_name": "series of maintenance windows",
                "verbose_name_plural": "series of maintenance windows",
                "indexes": [models.Index(fields=["next_slot"], name="series_next_slot")],
            },
        ),
        migrations.RemoveIndex(model_name="maintenance", name="maintenance_of_series"),
        migrations.RemoveField(model_name="maintenance", name="series"),
        migrations.AddField(
            model_name="maintenance",
            name="series",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="windows",
                to="services.maintenanceseries",
            ),
        ),
        migrations.AddField(
            model_name="maintenance",
            name="slot",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="maintenance",
            constraint=models.UniqueConstraint(fields=("series", "slot"), name="maintenance_of_a_slot_once"),
        ),
        migrations.AddField(
            model_name="maintenanceupdate",
            name="number",
            field=models.PositiveIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AlterModelOptions(name="maintenanceupdate", options={"ordering": ["number"]}),
        migrations.AddConstraint(
            model_name="maintenanceupdate",
            constraint=models.UniqueConstraint(fields=("maintenance", "number"), name="maintenance_update_number_once"),
        ),
    ]
