"""Writing the rows of a file that was checked: past the verbs, so that history keeps its times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import DateTimeField, ForeignKey, Model, Q, QuerySet

from console.backup.checking import Checked
from console.backup.faults import Unusable, place
from console.backup.making import differences, made
from console.backup.outcome import Outcome
from console.backup.parsing import Row
from console.backup.tables import Table

AT_ONCE = 500
Progress = Callable[[str, int], None]


class Clash(Unusable):
    """Something here stands in the way of a row."""


def store(checked: Checked, outcome: Outcome, told: Progress) -> None:
    """Write every row: those that are not here, and those that are here otherwise."""
    for table, rows in _portions(checked.rows()):
        _store(table, rows, outcome)
        told(table.name, rows[-1].number)


def _portions(rows: Iterable[tuple[Table, Row]]) -> Iterator[tuple[Table, list[Row]]]:
    gathered: list[Row] = []
    last: Table | None = None
    for table, row in rows:
        if last is not None and gathered and (table is not last or len(gathered) >= AT_ONCE):
            yield last, gathered
            gathered = []
        gathered.append(row)
        last = table
    if last is not None and gathered:
        yield last, gathered


def _store(table: Table, rows: list[Row], outcome: Outcome) -> None:
    here = _Here(table, rows)
    new: list[tuple[Row, Any]] = []
    for row in rows:
        found = here.take(row)
        if found is None:
            new.append((row, made(table, row, outcome)))
        else:
            _update(table, row, found, outcome)
    _refuse_taken(table, new)
    table.rows.bulk_create([one for _, one in new])
    _relate(table, new)
    outcome.sections[table.name].created += len(new)


def _update(table: Table, row: Row, found: Any, outcome: Outcome) -> None:
    changed = differences(table, row, found)
    related = [name for name in table.many if {one.pk for one in getattr(found, name).all()} != set(row.many[name])]
    counts = outcome.sections[table.name]
    if not changed and not related:
        counts.unchanged += 1
        return
    if table.section.fixed:
        raise Clash(
            f"{place(table.name, row.number)}: another one here has the number {found.pk}. What is numbered can be "
            "brought back to where it came from, or to an installation that has none; replace what is here otherwise."
        )
    QuerySet(table.model).filter(pk=found.pk).update(**changed)
    for name in related:
        getattr(found, name).set(row.many[name])
    counts.updated += 1


def _relate(table: Table, new: list[tuple[Row, Any]]) -> None:
    """Write the many-to-many rows of new rows."""
    for name in table.many:
        link = table.model._meta.get_field(name)
        through = getattr(table.model, name).through
        source, target = link.m2m_column_name(), link.m2m_reverse_name()  # type: ignore[union-attr]
        pairs = [(one.pk, value) for row, one in new for value in row.many[name]]
        QuerySet(through).bulk_create([through(**{source: left, target: right}) for left, right in pairs])


def _refuse_taken(table: Table, new: list[tuple[Row, Any]]) -> None:
    """Say which row wants what another has here; what this does not see, the database does."""
    for one in table.fields:
        if not one.unique or one.primary_key or not new:
            continue
        wanted = {one.value_from_object(made): row for row, made in new}
        taken = table.rows.filter(**{f"{one.attname}__in": list(wanted)})
        for value in taken.values_list(one.attname, flat=True):
            shown = "it" if one.name in table.section.secrets else f"“{value}”"
            raise Clash(f"{place(table.name, wanted[value].number, one.name)}: {shown} is taken by another row here.")


class _Here:
    """The rows that are here already, of a portion."""

    def __init__(self, table: Table, rows: list[Row]) -> None:
        self._table = table
        names = table.section.key or (table.pk.name,)
        self._fields = [table.model._meta.get_field(name) for name in names]
        self._rows: dict[tuple[Any, ...], list[Model]] = defaultdict(list)
        for row in table.rows.filter(self._asked(rows)).prefetch_related(*table.many):
            self._rows[tuple(one.value_from_object(row) for one in self._fields)].append(row)  # type: ignore[union-attr]

    def take(self, row: Row) -> Model | None:
        """Return the one that is this row, once."""
        found = self._rows.get(tuple(row.values[one.name] for one in self._fields))
        return found.pop(0) if found else None

    def _asked(self, rows: list[Row]) -> Q:
        """Narrow by what an index can find; the rest is compared."""
        asked = Q()
        for one in self._fields:
            if not isinstance(one, ForeignKey | DateTimeField) and not getattr(one, "primary_key", False):
                continue
            values = {row.values[one.name] for row in rows}
            known = Q(**{f"{one.name}__in": values - {None}})
            asked &= known | Q(**{f"{one.name}__isnull": True}) if None in values else known
        return asked
