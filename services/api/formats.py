"""Lists that are given as a sheet, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.serializers import ValidationError

FORMATS = ("json", "csv")
FORMAT = OpenApiParameter("format", str, enum=FORMATS, default="json", description="CSV holds all rows, not a page.")


def wanted_format(request: Request) -> str:
    """Read ``format``; raises ``ValidationError``."""
    return one_of(request, "format", FORMATS)


def one_of(request: Request, name: str, words: Sequence[str]) -> str:
    """Read a parameter that is one of a few words, the first unless given; raises ``ValidationError`` by name."""
    word: str = request.query_params.get(name, words[0])
    if word not in words:
        refuse(name, f"Use one of: {', '.join(words)}.")
    return word


def refuse(name: str, sentence: str) -> NoReturn:
    """Raise ``ValidationError`` for a parameter."""
    raise ValidationError({name: [sentence]}) from None
