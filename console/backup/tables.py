"""A section and its model: which fields a row of the file has, and how each is written and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps.registry import Apps
from django.apps.registry import apps as present
from django.conf import settings
from django.db.models import Field, Model, QuerySet
from django.utils.module_loading import import_string

from events.sections import Section

# What a row holds besides its fields: its secrets, encrypted, or the names of those that were left out.
SECRET, LEFT_OUT = "secret", "left_out"


@dataclass(frozen=True)
class Table:
    """One section with its model, as it is now or, while a database waits to be migrated, as it was then."""

    section: Section
    model: type[Model]

    @property
    def name(self) -> str:
        """Return the section's name."""
        return self.section.name

    @cached_property
    def fields(self) -> list[Field[Any, Any]]:
        """Return the columns that the file holds, secrets too."""
        skipped = {*self.section.left_out, *([self.pk.name] if self.section.key else [])}
        return [field for field in self.model._meta.concrete_fields if field.name not in skipped]

    @cached_property
    def open_fields(self) -> list[Field[Any, Any]]:
        """Return those that are no secret, or have a part that is none."""
        secrets = self.section.secrets
        return [field for field in self.fields if field.name not in secrets or secrets[field.name].open_part]

    @cached_property
    def by_name(self) -> dict[str, Field[Any, Any]]:
        """Return the columns by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def many(self) -> list[str]:
        """Return the names of its many-to-many fields."""
        return [field.name for field in self.model._meta.local_many_to_many]

    @property
    def pk(self) -> Field[Any, Any]:
        """Return the column that is the id."""
        pk: Field[Any, Any] = self.model._meta.pk
        return pk

    @property
    def label(self) -> str:
        """Return the model's label."""
        return str(self.model._meta.label)

    @property
    def rows(self) -> QuerySet[Any]:
        """Return all rows, whatever a manager would hide."""
        return QuerySet(self.model).order_by("pk")


def sections() -> list[Section]:
    """Return every section in order of dependency."""
    return [section for module in settings.BACKUP_SECTIONS for section in import_string(f"{module}.SECTIONS")]


def tables(registry: Apps = present) -> list[Table]:
    """Return the sections with their models, those that ``registry`` knows."""
    return [
        Table(section, registry.get_model(section.model))
        for section in sections()
        if _is_known(registry, section.model)
    ]


def others() -> Sequence[type[Model]]:
    """Return the models of the same rooms that no section holds, but for those that keep the product's place."""
    kept = {"events.Cursor", "accounts.SignInWait", "accounts.StoredReply"}
    held = {table.model for table in tables()}
    rooms = {model._meta.app_label for model in held}
    return [
        model
        for model in present.get_models()
        if model._meta.app_label in rooms and model not in held and model._meta.label not in kept
    ]


def _is_known(registry: Apps, label: str) -> bool:
    try:
        registry.get_model(label)
    except LookupError:
        return False
    return True
