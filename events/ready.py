"""Queries that are asked with every request: their SQL is made once, because making it costs more than asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # the one private name: it fills in what is joined
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
# By the place of a column: functions, and the expression that they are told.
Converters: TypeAlias = Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]


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
        values = converted(row, converters)
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
        converters = _converters(compiler)
        related: Any = get_related_populators
        populators = related(compiler.klass_info, compiler.select, connection.alias)
        model = compiler.klass_info["model"]
        self._made = sql, model, names, places[0], places[-1] + 1, converters, populators
        return self._made


def converters_of(query: QuerySet[Any, Any]) -> Converters:
    """Return what makes values of the fields that ``query`` selects from what the database gives."""
    compiler = query.query.get_compiler(connection.alias)
    compiler.as_sql()
    return _converters(compiler)


def converted(row: Sequence[Any], converters: Converters) -> list[Any]:
    """Return the values of a row, as Django would."""
    values = list(row)
    for place, (functions, expression) in converters.items():
        for convert in functions:
            values[place] = convert(values[place], expression, connection)
    return values


def _converters(compiler: SQLCompiler) -> Converters:
    found: Converters = compiler.get_converters([column[0] for column in compiler.select or ()])
    return found
