from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("statuspage", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("place", models.CharField(max_length=400, primary_key=True, serialize=False)),
                ("token", models.UUIDField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=300)),
            ],
        ),
    ]
