"""One row of a model from one row of the file, with its secrets or without."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from accounts.sealed import Unopened, open_, seal
from console.backup.fields import read
from console.backup.outcome import Outcome
from console.backup.parsing import Row
from console.backup.tables import Table


def made(table: Table, row: Row, outcome: Outcome) -> Model:
    """Return a new row, unsaved. One whose secret stayed at home is switched off, or has a new one."""
    values = dict(row.values)
    for name, secret in table.section.secrets.items():
        if name in row.secrets:
            values[name] = _held(table, row, name)
        elif not secret.open_part:
            values[name] = secret.fresh()
        if name in row.lost and name not in row.secrets:
            outcome.lose(secret)
            values |= {one: _off(value, values.get(one)) for one, value in secret.off.items()}
    return table.model(**{table.by_name[name].attname: value for name, value in values.items()})


def differences(table: Table, row: Row, found: Model) -> dict[str, Any]:
    """Return what of the row is otherwise here, by column. What the file does not bring along stays as it is here."""
    kept = {name for name in row.lost if name not in row.secrets}
    kept |= {name for lost in kept for name in table.section.secrets[lost].off}
    values = {name: value for name, value in row.values.items() if name not in kept and name not in row.secrets}
    fields = table.by_name
    changed = {
        fields[name].attname: value for name, value in values.items() if fields[name].value_from_object(found) != value
    }
    for name in row.secrets:
        if not _is_same(table, row, name, found):
            changed[fields[name].attname] = _held(table, row, name)
    return changed


def _off(value: Any, was: Any) -> Any:
    """Return what switches the row off: an instant only where there is none yet."""
    return (was or value()) if callable(value) else value


def _held(table: Table, row: Row, name: str) -> Any:
    held = row.secrets[name]
    return seal(held) if table.section.secrets[name].sealed else read(table.by_name[name], held)


def _is_same(table: Table, row: Row, name: str, found: Model) -> bool:
    here = table.by_name[name].value_from_object(found)
    if not table.section.secrets[name].sealed:
        return bool(here == row.secrets[name])
    try:
        return bool(open_(here) == row.secrets[name])
    except Unopened:
        return False
