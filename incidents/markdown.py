"""Safe Markdown: CommonMark with tables and strikethrough and without HTML, then an allow-list.

Both doors stand alone: what the parser lets through, the sanitiser refuses again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

SCHEMES = {"http", "https", "mailto"}
TAGS = {"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
TAGS |= {"h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
# Pages have an h1 and an h2 above every text.
HIGHEST = 3
_ALLOWED_LINK = re.compile(rf"\s*({'|'.join(sorted(SCHEMES))}):", re.IGNORECASE)
_BREAKING = {"softbreak", "hardbreak"}
_SHOWN = {"text", "code_inline", "code_block", "fence"}


class _Renderer(RendererHTML):
    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show the words for the picture: loading it would tell a stranger who reads."""
        return self.renderInlineAsText(tokens[idx].children, options, env)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer)
    parser.validateLink = lambda url: bool(_ALLOWED_LINK.match(url))  # type: ignore[method-assign]
    return parser.enable(["table", "strikethrough"])


_PARSER = _parser()


def parsed(text: str) -> list[Token]:
    """Return what ``text`` is made of; its links lead to web pages and mailboxes alone."""
    return _PARSER.parse(text)


@lru_cache(maxsize=1024)
def to_html(text: str) -> SafeString:
    """Return ``text`` as HTML that may stand in any page: no script, no style, no image, no relative link."""
    tokens = parsed(text)
    _lower_headings(tokens)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_leads_out,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    return mark_safe(safe)  # noqa: S308 - the line above is what makes it so


def _leads_out(_tag: str, name: str, value: str) -> str | None:
    """Drop a link without a scheme: ``[]()`` would lead to the page itself."""
    return None if name == "href" and not _ALLOWED_LINK.match(value) else value


def to_text(text: str) -> str:
    """Return ``text`` without its marks, one line a block: for feeds and summaries."""
    lines = [_words(token) for token in parsed(text)]
    return "\n".join(line for line in lines if line)


def _words(token: Token) -> str:
    if token.type in _BREAKING:
        return "\n"
    if token.children:
        return "".join(_words(child) for child in token.children)
    return token.content.rstrip("\n") if token.type in _SHOWN else ""


def _lower_headings(tokens: Sequence[Token]) -> None:
    """Begin at h3 and skip no level, whatever the writer began at."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    lowered = {tag: f"h{min(HIGHEST + place, 6)}" for place, tag in enumerate(levels)}
    for token in tokens:
        token.tag = lowered.get(token.tag, token.tag)
