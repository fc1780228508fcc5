"""Filters of a list that say no to what they do not know: a misspelt filter must not silently show everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.request import Request

if TYPE_CHECKING:
    # Django REST framework imports this module while it makes its views.
    from rest_framework.views import APIView

M = TypeVar("M", bound=Model)
R = TypeVar("R")
PAGING = {"limit", "offset"}
# In characters. A thousand words are a question too large for SQLite, and for nobody's good.
LONGEST_SEARCH = 200


class StrictFilters(DjangoFilterBackend):  # type: ignore[misc]  # it ships no types
    """Filters by the view's ``filterset_class`` or ``filterset_fields`` and refuses other parameters.

    A view may name parameters that it reads by itself in ``query_parameters``.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[M], view: APIView) -> QuerySet[M]:
        """Return the rows asked for; raises ``ValidationError`` for unknown parameters and bad values."""
        unknown = set(request.query_params) - self._known(queryset, view)
        if unknown:
            raise ValidationError({name: ["There is no such filter."] for name in sorted(unknown)})
        filtered: QuerySet[M] = super().filter_queryset(request, queryset, view)
        return filtered

    def _known(self, queryset: QuerySet[M], view: APIView) -> set[str]:
        filters: Any = self.get_filterset_class(view, queryset)
        known = PAGING | set(filters.base_filters if filters else ()) | set(getattr(view, "query_parameters", ()))
        if getattr(view, "search_fields", None):
            known.add("search")
        if getattr(view, "ordering_fields", None):
            known.add("ordering")
        return known


class StrictSearch(SearchFilter):
    """Searches the view's ``search_fields`` and refuses more than ``LONGEST_SEARCH`` characters."""

    def get_search_terms(self, request: Request) -> list[str]:
        """Return the words; raises ``ValidationError``."""
        if len(request.query_params.get(self.search_param, "")) > LONGEST_SEARCH:
            raise ValidationError({self.search_param: [f"Search for at most {LONGEST_SEARCH} characters."]})
        words: list[str] = super().get_search_terms(request)
        return words


class StrictOrdering(OrderingFilter):
    """Orders by the view's ``ordering_fields`` and refuses other fields.

    What is equal in them comes by its id, so that no row stands on two pages or on none.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[M, R], view: APIView) -> QuerySet[M, R]:
        """Return the rows in order; those of a list that has an order of its own stay in it."""
        ordering = self.get_ordering(request, queryset, view)
        return queryset.order_by(*ordering, "pk") if ordering else queryset

    def remove_invalid_fields(
        self, queryset: QuerySet[M], fields: Iterable[str], view: APIView, request: Request
    ) -> list[str]:
        """Return ``fields``; raises ``ValidationError`` when one of them is not to be ordered by."""
        valid = [name for name, _ in self.get_valid_fields(queryset, view, {"request": request})]
        wrong = [field for field in fields if field.removeprefix("-") not in valid]
        if wrong:
            raise ValidationError(
                {"ordering": [f"Order by one of {', '.join(valid)}, with - before it for descending."]}
            )
        return list(fields)

    def get_default_valid_fields(self, *_: Any, **__: Any) -> list[tuple[str, str]]:
        """Return nothing: a view that names no ``ordering_fields`` has none."""
        return []
