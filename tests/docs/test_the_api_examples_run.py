"""The examples of ``docs/api.md`` are run as they stand, and print what stands below them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import ROOT, Product, running

TOOLS = [tool for tool in ("bash", "curl", "jq") if shutil.which(tool) is None]
EXAMPLE = re.compile(r"^```sh\n(.*?)^```\n\n^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
END = "-- end of an example --"

pytestmark = [
    pytest.mark.processes,
    pytest.mark.embedded,
    pytest.mark.skipif(bool(TOOLS), reason=f"not on this machine: {', '.join(TOOLS)}"),
]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("docs"), demo=True) as product:
        yield product


def test_every_example_prints_what_the_page_says(product: Product) -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    examples = EXAMPLE.findall(page)
    assert len(examples) == page.count("```sh\n")
    said = run([commands for commands, _ in examples], product)
    assert said == [output for _, output in examples]


def run(examples: list[str], product: Product) -> list[str]:
    """Run all in one shell, because later ones use what earlier ones set."""
    script = "set -eu\n" + "".join(f"{example}\necho '{END}'\n" for example in examples)
    done = subprocess.run(
        ["bash", "-c", script],
        env={"PATH": os.environ["PATH"], "OPSTATUS": product.base, "KEY": product.api_key},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path("/"),
    )
    return done.stdout.split(f"{END}\n")[:-1]
