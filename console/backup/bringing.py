"""Bringing a backup in: the whole file or nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import DataError, IntegrityError, connection
from django.db.models import Max, QuerySet

from console.backup.checking import Checked, check
from console.backup.outcome import Outcome
from console.backup.storing import AT_ONCE, Clash, store
from console.backup.tables import Table, others, tables
from events.actors import Actor
from events.command import Tell, command
from events.immutability import lifted
from events.kinds import Kind
from events.models import Cursor, Event

Progress = Callable[[str, int], None]


class _Rehearsed(Exception):
    """Undoes a dry run."""


def bring(
    file: IO[bytes],
    *,
    by: Actor,
    passphrase: str = "",
    dry_run: bool = False,
    replace: bool = False,
    now: datetime | None = None,
    told: Progress = lambda *_: None,
    then: Callable[[Tell], None] = lambda _: None,
) -> Outcome:
    """Bring the rows of ``file`` in, and return what that did.

    Rows that are here are known by their ids. With ``replace`` what the file does not hold goes. A ``dry_run`` does
    it all, and undoes it. ``then`` does in the same transaction what follows from the rows. Raises ``Unusable`` for a
    bad file and ``Clash`` where something here is in the way; nothing has changed then.
    """
    checked = check(file, passphrase, alone=replace, told=told)
    outcome = Outcome(str(checked.head.get("made_at", ""))[:40])
    try:
        with command(by, now=now) as tell:
            if replace:
                outcome.deleted = _make_room(checked)
            store(checked, outcome, told)
            _go_on_behind(outcome, anew=replace)
            then(tell)
            if dry_run:
                connection.check_constraints()
                raise _Rehearsed
            if not outcome.has_changed:
                tell.nothing()
                return outcome
            counts = {"created": outcome.created, "updated": outcome.updated, "deleted": outcome.deleted}
            tell(Kind.BACKUP_IMPORTED, subject=("backup", "", f"of {outcome.made_at}"), data=counts)
    except _Rehearsed:
        pass
    except (IntegrityError, DataError) as error:
        said = next(iter(str(error).splitlines()), "")[:300]
        raise Clash(f"The database refuses a row, because something here is in the way: {said}") from error
    return outcome


def _make_room(checked: Checked) -> int:
    """Delete what the file does not hold, and return how many rows with ids of their own that were."""
    with lifted():
        for model in others():
            QuerySet(model)._raw_delete(using="default")  # noqa: SLF001 - as Django does where nothing leads to a row
        return sum(_delete(table, checked.ids[table.label]) for table in reversed(tables()))


def _delete(table: Table, kept: set[object]) -> int:
    if table.section.key or table.section.fixed:
        # They are made anew, those of the file too: what they are known by says nothing of what leads to them.
        QuerySet(table.model)._raw_delete(using="default")  # noqa: SLF001
        return 0
    gone = [pk for pk in table.rows.values_list("pk", flat=True) if pk not in kept]
    for start in range(0, len(gone), AT_ONCE):
        QuerySet(table.model).filter(pk__in=gone[start : start + AT_ONCE]).delete()
    return len(gone)


def _go_on_behind(outcome: Outcome, *, anew: bool) -> None:
    """Let readers of the log go on behind what came in, so that nobody is told of it once more; and numbers, too."""
    _count_on()
    if not anew and not outcome.sections["events"].created:
        return
    last = Event.objects.aggregate(last=Max("id"))["last"] or 0
    for consumer in settings.EVENT_CONSUMERS:
        Cursor.objects.update_or_create(consumer=consumer, defaults={"position": last})


def _count_on() -> None:
    """Make PostgreSQL give out numbers behind those that came in. Never lower: an undone import leaves them so."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in tables():
            if table.section.fixed:
                name = connection.ops.quote_name(table.model._meta.db_table)
                sequence = f"pg_get_serial_sequence('{name}', '{table.pk.column}')"
                cursor.execute(
                    f"SELECT setval({sequence}, GREATEST(nextval({sequence}), (SELECT MAX({table.pk.column}) FROM {name})))"  # noqa: S608, E501 - names of ours
                )
