"""The module and the tests of ``docs/adding-a-channel.md`` work as they stand."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from notifications.transports.kinds import KINDS
from tests.channels.sink import Sink, sinking

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-channel.md"
TESTS, MODULE = (
    textwrap.dedent(code) for code in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
)


def made(name: str, code: str) -> Any:
    module = ModuleType(name)
    sys.modules[name] = module
    exec(compile(code, name, "exec"), module.__dict__)  # noqa: S102 - it is our own page
    return module


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Follow the steps: the module, its place among the kinds, the tests."""
    monkeypatch.setitem(KINDS, "ntfy", made("recipe_ntfy", MODULE).Ntfy())
    yield made("recipe_tests", TESTS)
    for name in ("recipe_ntfy", "recipe_tests"):
        del sys.modules[name]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinking() as found:
        yield found


def test_it_publishes(recipe: Any, sink: Sink) -> None:
    recipe.test_it_publishes(sink)


def test_its_refusals_are_understood(recipe: Any, sink: Sink) -> None:
    [mark] = recipe.test_how_it_refuses.pytestmark
    for status, nature in mark.args[1]:
        recipe.test_how_it_refuses(sink, status, nature)


def test_an_address_inside_is_refused(recipe: Any, sink: Sink) -> None:
    recipe.test_an_address_inside_is_refused(sink)
