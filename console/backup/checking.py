"""Reading a whole file before anything is written: is every row right, and is what it leads to there?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.db.models import ForeignKey, QuerySet

from console.backup.box import Box
from console.backup.faults import Faults, Unusable, place
from console.backup.parsing import Row, parsed
from console.backup.reading import Reader
from console.backup.tables import Table, tables

Progress = Callable[[str, int], None]
_AT_ONCE = 5000


@dataclass
class Checked:
    """A file that can be brought in: how to read it again, and the ids that it has, by model."""

    file: IO[bytes]
    head: dict[str, Any]
    box: Box | None
    ids: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))

    def rows(self, faults: Faults | None = None) -> Iterator[tuple[Table, Row]]:
        """Yield every row in the order of the file. Raises :class:`Unusable`."""
        known = {table.name: table for table in tables()}
        stop = faults or Faults()
        for name, number, sent in Reader(self.file).rows():
            if name not in known:
                raise Unusable(f"{name[:60]}: this release knows no such section.")
            yield known[name], parsed(known[name], number, sent, self.box, stop)
        stop.end()


def check(file: IO[bytes], passphrase: str = "", *, alone: bool = False, told: Progress = lambda *_: None) -> Checked:
    """Read it all and return what it is. Raises :class:`Unusable` with what is wrong, up to twenty sentences.

    ``alone``: it must lead to nothing but its own rows, because nothing else will be left.
    """
    head = Reader(file).head
    secrets = head.get("secrets")
    checked = Checked(file, head, Box.of(secrets, passphrase) if secrets and passphrase else None)
    if passphrase and not secrets:
        raise Unusable("The file holds no secrets, so there is nothing that the passphrase could open.")
    faults, wanted = Faults(), _Wanted(checked)
    try:
        for table, row in checked.rows(faults):
            _remember(table, row, checked, faults)
            wanted.note(table, row)
            if row.number % _AT_ONCE == 0:
                told(f"{table.name} checked", row.number)
    except Unusable as error:
        # What the rows before have said comes first.
        raise Unusable(*faults.said, *(said for said in error.faults if said not in faults.said)) from None
    wanted.check(faults, alone=alone)
    faults.end()
    return checked


def _remember(table: Table, row: Row, checked: Checked, faults: Faults) -> None:
    """Note the id of the row; two rows cannot have one."""
    if table.section.key or table.pk.name not in row.values:
        return
    seen, pk = checked.ids[table.label], row.values[table.pk.name]
    if pk in seen:
        faults.say(place(table.name, row.number, table.pk.name), f"{pk} stands in another row, too.")
    seen.add(pk)


class _Wanted:
    """The ids that rows lead to, with the first place that does; checked at the end, because some lead forward."""

    def __init__(self, checked: Checked) -> None:
        self._ids = checked.ids
        self._first: dict[Any, dict[Any, str]] = defaultdict(dict)

    def note(self, table: Table, row: Row) -> None:
        for one in table.open_fields:
            if isinstance(one, ForeignKey) and (value := row.values.get(one.name)) is not None:
                self._want(one.related_model, value, table, row, one.name)
        for name, values in row.many.items():
            for value in values:
                self._want(table.model._meta.get_field(name).related_model, value, table, row, name)

    def check(self, faults: Faults, *, alone: bool) -> None:
        for model, first in self._first.items():
            missing = [value for value in first if value not in self._ids[model._meta.label]]
            here = set() if alone else _here(model, missing)
            for value in missing:
                if value not in here:
                    what = model._meta.verbose_name
                    faults.say(first[value], f"it leads to {what} {value}, and there is none in the file or here.")

    def _want(self, model: Any, value: Any, table: Table, row: Row, name: str) -> None:
        if value not in self._first[model]:
            self._first[model][value] = place(table.name, row.number, name)


def _here(model: Any, ids: list[Any]) -> set[Any]:
    portions = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    rows: Callable[[list[Any]], Any] = lambda some: QuerySet(model).filter(pk__in=some)  # noqa: E731
    return {pk for some in portions for pk in rows(some).values_list("pk", flat=True)}
