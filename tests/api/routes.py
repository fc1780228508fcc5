"""Every route of the URL map, with an address that reaches it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RegexPattern

from branding.languages import IN_ADDRESS

# Nothing has this id, so what is let in finds nothing and changes nothing.
NOBODY = "00000000-0000-4000-8000-000000000000"
SAMPLES = {"pk": NOBODY, "override": NOBODY, "app_label": "accounts", "language": "de"}


@dataclass(frozen=True, slots=True)
class Route:
    """``name`` with its namespaces, ``path`` an address, ``view`` what answers it."""

    name: str
    path: str
    view: Any


def routes(resolver: URLResolver | None = None, prefix: str = "/", space: str = "") -> Iterator[Route]:
    """Yield every route of the product."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + _sample(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, path, inner)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{space}{pattern.name or ''}", path, pattern.callback)


def _sample(pattern: Any) -> str:
    if isinstance(pattern, RegexPattern):
        return _sample_of_regex(str(pattern))
    text = str(pattern)
    for name, converter in pattern.converters.items():
        value = NOBODY if isinstance(converter, UUIDConverter) else "1" if isinstance(converter, IntConverter) else "x"
        text = re.sub(rf"<(\w+:)?{name}>", SAMPLES.get(name, value), text)
    return text


def _sample_of_regex(text: str) -> str:
    text = text.replace(IN_ADDRESS, "")
    while match := re.search(r"\(\?P<(\w+)>", text):
        end, depth = match.end(), 1
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        text = text[: match.start()] + SAMPLES.get(match[1], "x") + text[end:]
    return text.removesuffix("$").removesuffix("/?").removeprefix("^")
