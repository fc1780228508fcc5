from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_the_first_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Circuit",
            fields=[
                ("target", models.CharField(max_length=260, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("rests_until", models.DateTimeField()),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("last_error", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transport", models.CharField(max_length=20)),
                ("status", models.CharField(max_length=10)),
                ("count", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="announcement",
            name="thread",
            field=models.CharField(blank=True, max_length=110),
        ),
        migrations.AddField(
            model_name="delivery",
            name="links",
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("lease_token__isnull", False)), fields=["target"], name="delivery_in_hand"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["transport", "status"], name="delivery_counted"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(fields=("transport", "status"), name="tally_once"),
        ),
    ]
