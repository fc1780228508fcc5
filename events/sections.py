"""What an app says of its rows so that a backup holds them: a :class:`Section` for each table, in ``<app>/backup.py``.

``settings.BACKUP_SECTIONS`` lists the modules in order of dependency; ``console/backup/`` reads and writes. Everything
else follows from the model's fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Secret:
    """A field that leaves the house only encrypted.

    ``sealed`` ones (``accounts.sealed``) are opened for the file and sealed anew by whoever imports it. A new row that
    comes without has ``fresh()`` in its place and the values of ``off`` besides, called where they can be;
    ``loss`` says what that means. ``open_part`` returns, of a row, what of the field is no secret.
    """

    sealed: bool = False
    fresh: Callable[[], Any] = str
    off: Mapping[str, Any] = field(default_factory=dict)
    loss: str = ""
    open_part: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one model (``app.Model``), in the order of their ids.

    A row is known by its id. Where ids are numbers that mean nothing, ``key`` names the fields that know it instead,
    and the id stays at home. ``fixed`` rows have numbers that mean something, and are never changed: another row of the
    number is refused. ``left_out`` fields begin with their defaults.
    """

    name: str
    model: str
    key: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    fixed: bool = False
