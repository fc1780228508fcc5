"""Queries that are asked with every request: their SQL is made once, because making it costs more than asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # the one private name: it fills in what is joined

M = TypeVar("M", bound=Model)


class Ready(Generic[M]):
    """Finds one row by a text. ``make`` returns the query for a text; what it selects must not hang on which one."""

    def __init__(self, make: Callable[[str], QuerySet[M]]) -> None:
        self.make = make
        self._made: tuple[Any, ...] | None = None

    def first(self, text: str) -> M | None:
        """Return the row, with what the query selects of related ones, or None."""
        sql, model, names, start, end, converters, populators = self._made or self._prepare()
        with connection.cursor() as cursor:
            cursor.execute(sql, [text])
            row = cursor.fetchone()
        if row is None:
            return None
        values = list(row)
        for place, (functions, expression) in converters.items():
            for convert in functions:
                values[place] = convert(values[place], expression, connection)
        found: M = model.from_db(connection.alias, names, values[start:end])
        for populator in populators:
            populator.populate(values, found)
        return found

    def _prepare(self) -> tuple[Any, ...]:
        """Do once what ``ModelIterable`` does for each query."""
        compiler = self.make("?").query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        if tuple(parameters) != ("?",):
            raise TypeError("A ready query has one parameter, the text.")
        places = compiler.klass_info["select_fields"]
        names = [compiler.select[place][0].target.attname for place in places]
        converters = compiler.get_converters([column[0] for column in compiler.select])
        related: Any = get_related_populators
        populators = related(compiler.klass_info, compiler.select, connection.alias)
        model = compiler.klass_info["model"]
        self._made = sql, model, names, places[0], places[-1] + 1, converters, populators
        return self._made
