"""Writing the file: one row a line, as it is read, however many there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.apps.registry import Apps
from django.apps.registry import apps as present
from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from accounts.sealed import Unopened, open_
from console.backup.box import Box
from console.backup.fields import written
from console.backup.snapshot import snapshot
from console.backup.tables import LEFT_OUT, SECRET, Table, tables
from events.models import Event

FORMAT: Final = "opstatus-backup"
VERSION: Final = 1
CHUNK = 500
# Is told the section, and how many of its rows stand.
Progress = Callable[[str, int], None]


def lines(box: Box | None = None, told: Progress = lambda *_: None, registry: Apps = present) -> Iterator[str]:
    """Yield the whole file, line by line; ``box`` encrypts the secrets, without it they stay here."""
    with snapshot():
        head = {"format": FORMAT, "version": VERSION, "made_at": timezone.now().isoformat()}
        head |= {"made_by": f"OpStatus {settings.VERSION}", "secrets": box and box.head}
        yield _dumped(head)[:-1] + ', "sections": ['
        for number, table in enumerate(tables(registry)):
            yield f"{',' * bool(number)}\n" + f'{{"name": "{table.name}", "rows": ['
            count = 0
            for count, row in enumerate(rows(table, box), 1):
                yield f"{',' * (count > 1)}\n{_dumped(row)}"
                if count % CHUNK == 0:
                    told(table.name, count)
            told(table.name, count)
            yield f'\n], "count": {count}}}'
        yield "\n]}\n"


def rows(table: Table, box: Box | None) -> Iterator[dict[str, Any]]:
    """Yield the rows of one section as the file has them."""
    for row in table.rows.prefetch_related(*table.many).iterator(chunk_size=CHUNK):
        found = {field.name: written(field, row) for field in table.open_fields}
        found |= {name: sorted(str(one.pk) for one in getattr(row, name).all()) for name in table.many}
        yield found | _secrets(table, row, found, box)


def log_lines() -> Iterator[str]:
    """Yield the log as JSON lines, the oldest event first."""
    with snapshot():
        for event in Event.objects.order_by("id").iterator(chunk_size=CHUNK):
            yield _dumped({field.name: written(field, event) for field in Event._meta.concrete_fields}) + "\n"


def _secrets(table: Table, row: Model, found: dict[str, Any], box: Box | None) -> dict[str, Any]:
    """Return the secrets of a row, encrypted, or the names of those that it has; ``found`` loses what is secret."""
    held: dict[str, Any] = {}
    for name, secret in table.section.secrets.items():
        if name not in table.by_name:
            continue
        whole = written(table.by_name[name], row)
        if secret.open_part:
            found[name] = secret.open_part(row)
        if whole and found.get(name) != whole:
            held[name] = whole
    if not held:
        return {}
    if box is None:
        return {LEFT_OUT: sorted(held)}
    opened = {name: _opened(value) if table.section.secrets[name].sealed else value for name, value in held.items()}
    kept = {name: value for name, value in opened.items() if value is not None}
    lost = sorted(held.keys() - kept.keys())
    secret_part = {SECRET: box.close(kept, f"{table.name} {written(table.pk, row)}")} if kept else {}
    return {**secret_part, **({LEFT_OUT: lost} if lost else {})}


def _opened(sealed: str) -> dict[str, str] | None:
    try:
        return open_(sealed)
    except Unopened:
        return None


def _dumped(value: object) -> str:
    # PostgreSQL keeps no order of names, so none is kept anywhere.
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
