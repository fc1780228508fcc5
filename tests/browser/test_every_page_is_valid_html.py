"""The Nu Html Checker, which is what the W3C runs, on every page as it is sent."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.pages import Known, places
from tests.browser.public import wait_until_told
from tests.product import ROOT

CHECKER = ROOT / ".venv/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
ON_SLOW_MACHINES = 300


@pytest.mark.skipif(not CHECKER.exists() or not shutil.which("java"), reason="needs Java and vnu-jar: see .ci/run")
@pytest.mark.usefixtures("languages")
def test_every_page_is_valid_html(open_page: OpenPage, rows: Known, tmp_path: Path) -> None:
    names = _kept(open_page, rows, tmp_path)
    assert len(names) > 100
    # Its exit says whether something was found; what, stands in its words.
    said = subprocess.run(
        ["java", "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)],
        capture_output=True,
        check=True,
        timeout=ON_SLOW_MACHINES,
    ).stdout
    found = {(names[Path(one["url"]).name], one["message"]) for one in json.loads(said)["messages"] if _counts(one)}
    assert found == set()


def _kept(open_page: OpenPage, rows: Known, folder: Path) -> dict[str, str]:
    """Write every page into the folder. Return the names of the pages by those of the files."""
    requests = {True: open_page().request, False: open_page("admin").request}
    names = {}
    wait_until_told(open_page(), "/status/ar", 'dir="rtl"')
    asked = [(place.name, place.is_public, place.address(rows)) for place in places()]
    arabic = [
        (name, True, address.replace("/status", "/status/ar", 1)) for name, _, address in asked if name[:6] == "status"
    ]
    for number, (name, is_public, address) in enumerate([*asked, *arabic]):
        answer = requests[is_public].get(address)
        if answer.ok:
            names[f"{number}.html"] = name
            (folder / f"{number}.html").write_bytes(answer.body())
    return names


def _counts(message: dict[str, str]) -> bool:
    """Say whether it is an error; ``info`` without a warning is advice on style."""
    return message["type"] != "info" or message.get("subType") == "warning"
