from django.db import migrations, models

import branding.languages


class Migration(migrations.Migration):
    dependencies = [("branding", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="brand",
            name="language",
            field=models.CharField(db_default="en", default="en", max_length=8, validators=[branding.languages.known]),
        ),
        migrations.AddField(
            model_name="brand",
            name="languages",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                validators=[branding.languages.several],
            ),
        ),
    ]
