"""Answers as CSV that a spreadsheet opens without running anything.

RFC 4180, with a byte order mark by which Excel knows UTF-8.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.http import StreamingHttpResponse

MEDIA_TYPE: Final = "text/csv"
_BOM = "\ufeff"
# What spreadsheets take for the beginning of a formula, also in its full-width form, and what hides one from the eye.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class _Line:
    """What ``csv`` writes to: it gives each line back."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def sheet(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Answer with a file ``name``; rows are written as they are read, however many there are."""
    response = StreamingHttpResponse(lines(head, rows), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines."""
    writer = csv.writer(_Line())
    yield _BOM + str(writer.writerow(head))
    for row in rows:
        yield str(writer.writerow([cell(value) for value in row]))


def cell(value: object) -> object:
    """Return a value as it is written: what people typed begins no formula (OWASP, "CSV Injection")."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
