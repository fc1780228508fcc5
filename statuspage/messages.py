"""What the public is told, found in templates and code, and the catalogues that say it in other languages.

For who works on them: Babel comes with the tests. What runs reads the compiled catalogues alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import Node, engines
from django.template.backends.django import DjangoTemplates
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from branding.languages import DEFAULT, LANGUAGES

# How many of the first arguments of each are words; the first of all is the context where the name begins with p or np.
CALLS = {"gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "_": 1, "pgettext": 2, "ngettext": 2, "npgettext": 3}
WIDTH = 120


class Message(NamedTuple):
    """Words to be translated: where they stand, their context if any, and one form or two."""

    place: str
    context: str | None
    forms: tuple[str, ...]


def languages() -> list[str]:
    """Return the languages that need a catalogue."""
    return [code for code in LANGUAGES if code != DEFAULT]


def found() -> Catalog:
    """Return all there is to translate."""
    catalogue = Catalog(fuzzy=False, charset="utf-8")
    for message in (*in_templates(), *in_code()):
        words = message.forms if len(message.forms) > 1 else message.forms[0]
        catalogue.add(words, context=message.context, locations=[(message.place, 0)])
    return catalogue


def in_templates() -> Iterator[Message]:
    """Yield what templates say; what they are told by a variable stands in the code."""
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)  # noqa: S101 - there is one engine
    root = settings.BASE_DIR / "templates"
    for path in sorted(root.rglob("*.html")):
        if "translate " not in path.read_text(encoding="utf-8"):
            continue
        name = path.relative_to(root).as_posix()
        for node in backend.engine.get_template(name).nodelist.get_nodes_by_type(Node):
            forms = tuple(_forms(node))
            if forms:
                yield Message(f"templates/{name}", _context(node), forms)


def in_code() -> Iterator[Message]:
    """Yield what the code says, by the names under which Django's functions are called."""
    for path in sorted(settings.BASE_DIR.glob("[a-z]*/**/*.py")):
        place = path.relative_to(settings.BASE_DIR).as_posix()
        if place.startswith(("tests/", "var/")) or "django.utils.translation" not in path.read_text(encoding="utf-8"):
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                words = [part.value for part in node.args[: CALLS[node.func.id]] if isinstance(part, ast.Constant)]
                if len(words) == CALLS[node.func.id]:
                    yield _message(place, node.func.id, [str(word) for word in words])


def path_of(language: str) -> Path:
    """Return where a language's words stand; beside it lies what is compiled of them."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Return what there is in a language; nothing yet where nobody has begun."""
    path = path_of(language)
    if not path.exists():
        head = f"# What the public page says in {LANGUAGES[language].english}. docs/languages.md has the steps."
        return Catalog(locale=language, header_comment=head, project="OpStatus", version="1", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str) -> Catalog:
    """Return what there is in a language, with what is to be said now and nothing else."""
    catalogue = read(language)
    catalogue.update(found(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def as_text(catalogue: Catalog) -> bytes:
    """Return a catalogue as people edit it."""
    file = BytesIO()
    write_po(file, catalogue, width=WIDTH, sort_output=True, include_lineno=False, omit_header=False)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as it is read at run time."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _forms(node: object) -> Iterator[str]:
    if isinstance(node, TranslateNode):
        literal = getattr(node.filter_expression.var, "literal", None)
        if isinstance(literal, str):
            # As Django asks for it.
            yield literal.replace("%", "%%")
    elif isinstance(node, BlockTranslateNode):
        yield node.render_token_list(node.singular)[0]
        if node.plural:
            yield node.render_token_list(node.plural)[0]


def _context(node: object) -> str | None:
    expression = getattr(node, "message_context", None)
    return str(expression.var) if expression else None


def _message(place: str, name: str, words: list[str]) -> Message:
    has_context = name in ("pgettext", "npgettext")
    return Message(place, words[0] if has_context else None, tuple(words[has_context:]))
