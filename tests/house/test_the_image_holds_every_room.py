"""What the image is made of: a room that ``.dockerignore`` does not name is missing in it, and nothing else says so."""

from __future__ import annotations

import tomllib

from tests.product import ROOT


def test_each_room_goes_into_the_image() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = set(project["tool"]["importlinter"]["root_packages"])
    let_in = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    assert rooms - let_in == set()
    assert {each for each in let_in if not (ROOT / each).exists()} == set()
