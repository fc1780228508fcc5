"""Reading and writing the published store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from statuspage.document import Document
from statuspage.models import Generation, Published

CHUNK = 500
COLUMNS = ("content_type", "body", "gzip", "brotli", "etag", "generation", "ahead", "gone")
Item = TypeVar("Item")


@contextmanager
def writing() -> Iterator[Generation]:
    """Hold the lock of the store for one transaction and yield its row; the caller saves it through :func:`put`."""
    with transaction.atomic():
        only = Generation.objects.select_for_update().filter(id=Generation.ONLY)
        row = only.first()
        if row is None:
            Generation.objects.get_or_create(id=Generation.ONLY)
            row = only.get()
        yield row


def put(
    generation: Generation, documents: Iterable[Document], gone: Collection[str] = (), *, ahead: bool = True
) -> int:
    """Write the documents that differ from what stands, and mark paths as gone, under one new number.

    Inside :func:`writing`. What is written is not gone, whatever ``gone`` says. Return how many rows were written;
    without any the number stays.
    """
    number = generation.number + 1
    written, left = 0, set(gone)
    for chunk in _chunks(documents):
        paths = [document.path for document in chunk]
        left.difference_update(paths)
        standing = _standing(paths)
        rows = [_row(one, number, ahead) for one in chunk if standing.get(one.path) != (one.etag, ahead)]
        _upsert(rows)
        written += len(rows)
    written += _forget(left, number)
    if written:
        generation.number, generation.published_at = number, timezone.now()
    generation.save()
    return written


def standing(*, ahead: bool) -> set[str]:
    """Return the paths that are served."""
    return set(Published.objects.filter(gone=False, ahead=ahead).values_list("path", flat=True))


def on_demand(paths: Collection[str] = (), *, under: str = "") -> dict[str, str]:
    """Return the tags of what was rendered on demand at these paths, or at those of a query ``under`` a path."""
    chosen = Q(path__startswith=f"{under}?") if under else Q(path__in=paths)
    return dict(Published.objects.filter(chosen, gone=False, ahead=False).values_list("path", "etag"))


def since(number: int) -> Iterator[Published]:
    """Yield the rows written after generation ``number``, the gone ones too."""
    return Published.objects.filter(generation__gt=number).order_by("generation").iterator(CHUNK)


def get(path: str) -> Published | None:
    """Return what ``path`` answers, if it is published."""
    return Published.objects.filter(path=path, gone=False).first()


def as_document(row: Published) -> Document:
    """Return a stored row as a document; PostgreSQL hands out memory views."""
    body, zipped, packed = bytes(row.body), bytes(row.gzip), bytes(row.brotli)
    return Document(row.path, row.content_type, body, zipped, packed, row.etag)


def age(now: datetime) -> float | None:
    """Return the seconds since something was last published; ``None`` before the first time."""
    row = Generation.objects.filter(id=Generation.ONLY).first()
    return (now - row.published_at).total_seconds() if row and row.published_at else None


def _standing(paths: Collection[str]) -> dict[str, tuple[str, bool]]:
    """Return the tag of each path that is served, and whether it is rendered ahead."""
    rows = Published.objects.filter(path__in=paths, gone=False).values_list("path", "etag", "ahead")
    return {path: (etag, ahead) for path, etag, ahead in rows}


def _row(document: Document, number: int, ahead: bool) -> Published:  # noqa: FBT001 - a column, passed on
    return Published(
        path=document.path,
        content_type=document.content_type,
        body=document.body,
        gzip=document.gzip,
        brotli=document.brotli,
        etag=document.etag,
        generation=number,
        ahead=ahead,
    )


def _upsert(rows: Sequence[Published]) -> None:
    Published.objects.bulk_create(rows, update_conflicts=True, unique_fields=["path"], update_fields=COLUMNS)


def _forget(paths: Collection[str], number: int) -> int:
    """Empty the rows, so that what became private is not kept, and leave a mark for the other processes."""
    changed = 0
    for chunk in _chunks(sorted(paths)):
        changed += Published.objects.filter(path__in=chunk, gone=False).update(
            gone=True, body=b"", gzip=b"", brotli=b"", etag="", generation=number
        )
    return changed


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut lazily: a whole publication of 10,000 services does not fit into memory twice."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
