import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notifications.kinds


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_the_first_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="tally",
            name="tally_once",
        ),
        migrations.AddField(
            model_name="delivery",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="deliveries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="paged",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="lane",
            field=models.CharField(
                choices=[
                    (notifications.kinds.Lane["PAGE"], notifications.kinds.Lane["PAGE"]),
                    (notifications.kinds.Lane["URGENT"], notifications.kinds.Lane["URGENT"]),
                    (notifications.kinds.Lane["CONFIRMATION"], notifications.kinds.Lane["CONFIRMATION"]),
                    (notifications.kinds.Lane["BULK"], notifications.kinds.Lane["BULK"]),
                    (notifications.kinds.Lane["RETRY"], notifications.kinds.Lane["RETRY"]),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="purpose",
            field=models.CharField(
                choices=[
                    (notifications.kinds.Purpose["EVENT"], notifications.kinds.Purpose["EVENT"]),
                    (notifications.kinds.Purpose["PAGE"], notifications.kinds.Purpose["PAGE"]),
                    (notifications.kinds.Purpose["CONFIRMATION"], notifications.kinds.Purpose["CONFIRMATION"]),
                    (notifications.kinds.Purpose["DIGEST"], notifications.kinds.Purpose["DIGEST"]),
                    (notifications.kinds.Purpose["TEST"], notifications.kinds.Purpose["TEST"]),
                    (notifications.kinds.Purpose["NOTE"], notifications.kinds.Purpose["NOTE"]),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("person__isnull", False)),
                fields=["person", "-created_at"],
                name="delivery_to_person",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("purpose", "page")), fields=["transport", "status"], name="delivery_paged"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(fields=("transport", "status", "paged"), name="tally_once"),
        ),
    ]
