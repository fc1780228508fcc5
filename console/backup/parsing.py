"""From a row of the file to what its model holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.backup.box import Box
from console.backup.faults import Faults, place
from console.backup.fields import fallback, read
from console.backup.tables import LEFT_OUT, SECRET, Table


@dataclass(slots=True)
class Row:
    """One row: values by the names of the columns, ids of many-to-many fields, secrets, and the names of lost ones."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    many: dict[str, list[Any]] = field(default_factory=dict)
    secrets: dict[str, Any] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def parsed(table: Table, number: int, sent: object, box: Box | None, faults: Faults) -> Row:
    """Return the row; what is wrong with it is said to ``faults``."""
    row = Row(number)
    if not isinstance(sent, dict):
        faults.say(place(table.name, number), "it is no object.")
        return row
    known = {one.name for one in table.open_fields} | {*table.many, SECRET, LEFT_OUT}
    for name in sent.keys() - known:
        faults.say(place(table.name, number, name[:60]), "this release knows no such field.")
    for one in table.open_fields:
        try:
            row.values[one.name] = read(one, sent[one.name]) if one.name in sent else fallback(one)
        except ValueError as error:
            faults.say(place(table.name, number, one.name), str(error))
    for name in table.many:
        row.many[name] = _ids(table, number, name, sent.get(name, []), faults)
    _take_secrets(table, row, sent, box, faults)
    return row


def _ids(table: Table, number: int, name: str, sent: object, faults: Faults) -> list[Any]:
    target = table.model._meta.get_field(name).related_model
    try:
        if not isinstance(sent, list):
            raise ValueError("a list of ids belongs here.")
        found = [read(target._meta.pk, one) for one in sent]  # type: ignore[union-attr]
    except ValueError as error:
        faults.say(place(table.name, number, name), str(error))
        return []
    if len(set(found)) < len(found):
        faults.say(place(table.name, number, name), "an id stands there twice.")
    return found


def _take_secrets(table: Table, row: Row, sent: Mapping[str, Any], box: Box | None, faults: Faults) -> None:
    lost = sent.get(LEFT_OUT, [])
    if not isinstance(lost, list) or not all(name in table.section.secrets for name in lost if isinstance(name, str)):
        faults.say(place(table.name, row.number, LEFT_OUT), "a list of names of secrets belongs here.")
        return
    row.lost = [name for name in lost if isinstance(name, str)]
    text = sent.get(SECRET)
    if text is None:
        return
    if box is None:
        row.lost = sorted({*row.lost, *table.section.secrets})
        return
    try:
        where = sent.get(table.pk.name)
        row.secrets = _checked(table, box.open(text, f"{table.name} {where}"))
    except (ValueError, TypeError) as error:
        faults.say(place(table.name, row.number, SECRET), str(error))


def _checked(table: Table, opened: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in opened.items():
        if name not in table.section.secrets or name not in table.by_name:
            raise ValueError(f"this release knows no secret {name[:60]}.")
        if not table.section.secrets[name].sealed:
            read(table.by_name[name], value)
    return dict(opened)
