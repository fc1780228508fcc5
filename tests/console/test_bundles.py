"""One file for a browser, made of many for people."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from config.bundles import ENTRIES, UnknownSyntax, join_css, join_js

STATIC = Path(settings.BASE_DIR) / "static"


def reader(**parts: str) -> Callable[[str], str]:
    """Return a reader of parts; ``_`` in a name stands for the dot."""
    return {name.replace("_", "."): text for name, text in parts.items()}.__getitem__


def test_the_first_page_of_strangers_brings_no_styles_of_graphs() -> None:
    styles = {
        name: join_css(name, lambda part: (STATIC / part).read_text())
        for name in ENTRIES
        if "public" in name and name.endswith("css")
    }
    assert [name for name, text in styles.items() if ".plot" in text] == ["public-service.css"]


def test_no_two_parts_of_the_consoles_styles_lay_out_the_same_class() -> None:
    laid_out: dict[str, set[str]] = {}
    for part in re.findall(r'url\("(.+)"\)', (STATIC / "console.css").read_text()):
        for selectors, rules in re.findall(r"^(\..+?) \{(.+)\}$", (STATIC / part).read_text(), re.MULTILINE):
            for name in selectors.split(", ") if "display:" in rules else ():
                laid_out.setdefault(name, set()).add(part)
    assert len(laid_out) > 50
    assert {name: parts for name, parts in laid_out.items() if len(parts) > 1} == {}


def test_each_import_of_a_stylesheet_stands_in_its_layer() -> None:
    read = reader(all_css='@layer a;\n@import url("x.css") layer(a);\n', x_css="/* why */\np  { color: red; }\n")
    assert join_css("all.css", read) == "@layer a;@layer a{p{color:red}}\n"


def test_text_in_a_stylesheet_keeps_its_spaces() -> None:
    assert 'content:attr(x) ": "' in join_css("x.css", reader(x_css='p { content: attr(x) ": "; }'))


@pytest.mark.parametrize("part", ["p { color: red;", '@import "y.css";'])
def test_a_part_that_would_swallow_others_stops_the_build(part: str) -> None:
    with pytest.raises(UnknownSyntax):
        join_css("all.css", reader(all_css='@import url("x.css") layer(a);', x_css=part))


def test_a_module_sees_what_it_imports_and_nothing_else(tmp_path: Path) -> None:
    read = reader(
        all_js='import "./b.js";\nimport "./a.js";\n',
        a_js='// why\nexport const one = 1;\nconst secret = "a";\nexport function two() {\n  return one + 1;\n}\n',
        b_js='import { one, two } from "./a.js";\nconst secret = "b";\nconsole.log(one, two(), secret);\n',
    )
    joined = join_js("all.js", read)
    assert joined.index("one = 1") < joined.index("console.log")
    if node := shutil.which("node"):
        done = subprocess.run([node, "-e", joined], capture_output=True, text=True, check=True)
        assert done.stdout == "1 2 b\n"


@pytest.mark.parametrize("line", ['import x from "./a.js";', "export default 1;", 'export { a } from "./a.js";'])
def test_other_imports_and_exports_stop_the_build(line: str) -> None:
    with pytest.raises(UnknownSyntax):
        join_js("b.js", reader(a_js="export const a = 1;", b_js=line + "\n"))


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.endswith(".css")])
def test_no_part_is_forgotten(entry: str) -> None:
    components = {path.name for path in (STATIC / "css/components").glob("*.css")}
    shared = ("console.css", "public.css")
    imported = "".join((STATIC / name).read_text() for name in shared)
    assert [name for name in components if f"/{name}" not in imported] == []
    assert (STATIC / entry).read_text().startswith("@layer reset, tokens, base, components, pages;")


def test_collecting_leaves_one_hashed_compressed_file_of_each(tmp_path: Path) -> None:
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "config.bundles.BundledStaticFilesStorage"}}
    own = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages, STATICFILES_FINDERS=own):
        call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    for entry in ENTRIES:
        joined = (tmp_path / names[entry]).read_text()
        assert "import " not in joined
        assert (tmp_path / (names[entry] + ".br")).exists()
