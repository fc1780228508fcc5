"""What is downloaded as CSV opens in a spreadsheet, and runs nothing there."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest

from events.sheets import cell, lines, sheet


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1"],
    ids=["equals", "plus", "minus", "at", "tab", "return", "line", "wide"],
)
def test_what_people_typed_begins_no_formula(typed: str) -> None:
    assert cell(typed) == f"'{typed}"
    assert read("".join(lines(["name"], [[typed]])))[1] == [f"'{typed}"]


def test_figures_stay_figures() -> None:
    assert [cell(value) for value in (-1.5, -3, Decimal("-0.5"), 0)] == [-1.5, -3, Decimal("-0.5"), 0]


def test_instants_are_utc_and_nothing_is_empty() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert read("".join(lines(["at", "none", "yes"], [[noon, None, True]])))[1] == ["2026-03-01T12:00:00Z", "", "true"]


def test_quotes_commas_and_line_breaks_stay_in_their_cell() -> None:
    text = 'He said "no, never",\nand left.'
    assert read("".join(lines(["said", "next"], [[text, "x"]])))[1] == [text, "x"]


def test_rows_are_written_as_they_are_read() -> None:
    taken: list[int] = []

    def rows() -> Iterator[list[object]]:
        for number in range(3):
            taken.append(number)
            yield [number]

    written = lines(["number"], rows())
    next(written)
    next(written)
    assert taken == [0]


def test_it_is_a_file_with_a_name() -> None:
    response = sheet("sla.csv", ["name"], [["Köln"]])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="sla.csv"'
    text = b"".join(response).decode()
    assert text == "\ufeffname\r\nKöln\r\n"
