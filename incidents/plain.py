"""Markdown as plain text that reads as it was meant: for mails and chats, which show marks as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node

from incidents.markdown import parsed


@lru_cache(maxsize=1024)
def to_plain(text: str) -> str:
    """Return the words in their paragraphs and lists, without marks; a link is its words and its address behind."""
    tokens = parsed(text)
    for token in tokens:
        if token.children is not None:
            # Emphasis may lie in emphasis a thousand times, and no tree is that deep; blocks lie in few.
            token.content, token.children = _line(token.children), None
    return _joined(Node(tokens).children)


def _joined(nodes: Iterable[Node], between: str = "\n\n") -> str:
    return between.join(filter(None, map(_block, nodes)))


def _block(node: Node) -> str:
    write = _BLOCKS.get(node.type)
    return write(node) if write else _joined(node.children)


def _list(node: Node) -> str:
    start = int(node.attrs.get("start", 1))
    marks = ("-" if node.type == "bullet_list" else f"{start + place}." for place in range(len(node.children)))
    # Only the paragraphs of a list without empty lines are hidden.
    tight = any(child.type == "paragraph" and child.hidden for item in node.children for child in item.children)
    between = "\n" if tight else "\n\n"
    items = zip(marks, node.children, strict=True)
    return between.join(_hung(f"{mark} ", _joined(item.children, between)) for mark, item in items)


def _hung(mark: str, text: str) -> str:
    """Return ``text`` behind ``mark``, its further lines under its first."""
    first, *others = text.split("\n")
    return "\n".join((mark + first, *(" " * len(mark) + line if line else "" for line in others)))


def _quote(node: Node) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _joined(node.children).splitlines())


def _table(node: Node) -> str:
    rows = (row for part in node.children for row in part.children)
    return "\n".join(" | ".join(_joined(cell.children) for cell in row.children) for row in rows)


def _line(tokens: Sequence[Token]) -> str:
    said: list[str] = []
    begun, address = 0, ""
    for token in tokens:
        if token.type == "link_open":
            begun, address = len(said), str(token.attrs["href"]).removeprefix("mailto:")
        elif token.type == "link_close":
            said[begun:] = [_link("".join(said[begun:]), address)]
        else:
            said.append("\n" if token.type in ("softbreak", "hardbreak") else token.content)
    return "".join(said)


def _link(words: str, address: str) -> str:
    return f"{words} ({address})" if words and words != address else address


_BLOCKS: dict[str, Callable[[Node], str]] = {
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "table": _table,
    "inline": lambda node: node.content,
    "fence": lambda node: node.content.rstrip("\n"),
    "code_block": lambda node: node.content.rstrip("\n"),
    "hr": lambda _: "---",
}
