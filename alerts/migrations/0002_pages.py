import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0001_the_first_rows"),
        ("incidents", "0005_merged_into"),
        ("oncall", "0001_the_first_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Page",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("team_name", models.CharField(blank=True, max_length=150)),
                ("snapshot", models.JSONField()),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("acknowledged", "Acknowledged"),
                            ("resolved", "Resolved"),
                            ("unanswered", "Unanswered"),
                            ("stopped", "Stopped"),
                        ],
                        default="running",
                        max_length=12,
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField()),
                ("fired_at", models.DateTimeField(null=True)),
                ("fired", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("on_call", models.JSONField(default=dict)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="incidents.incident"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="oncall.escalationpolicy",
                    ),
                ),
            ],
            options={
                "ordering": ["started_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Paged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("step", "A step of the policy"),
                            ("by_hand", "Escalated by hand"),
                            ("fallback", "Nobody was on call in any step"),
                            ("joined", "Another alert came"),
                            ("reminder", "Acknowledged, and silent since"),
                            ("handover", "Came on call"),
                            ("assigned", "Was given it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("step", models.PositiveSmallIntegerField(null=True)),
                ("round", models.PositiveSmallIntegerField(null=True)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("channel", models.CharField(blank=True, max_length=36)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paged", to="incidents.incident"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="paged", to="alerts.page"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddIndex(
            model_name="page",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False)), fields=["state", "next_at"], name="page_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")), fields=("incident", "policy"), name="page_runs_once_a_policy"
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "acknowledged", "resolved", "unanswered", "stopped"])),
                name="page_state_is_a_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "running"), _negated=True), ("next_at__isnull", False), _connector="OR"
                ),
                name="page_that_runs_is_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="paged",
            constraint=models.UniqueConstraint(fields=("incident", "number"), name="paged_number_once"),
        ),
    ]
