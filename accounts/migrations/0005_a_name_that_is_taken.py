from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_factor_and_identities"),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="user",
            name="user_username_any_case",
            constraint=models.UniqueConstraint(
                Lower("username"),
                name="user_username_any_case",
                violation_error_message="Somebody else has this username.",
            ),
        ),
    ]
