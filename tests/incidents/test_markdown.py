"""What people type becomes HTML that can do no harm, whatever they type."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.markdown import ATTRIBUTES, SCHEMES, TAGS, to_html, to_text

NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "[a](//evil.example/x)",
    "[a](/console/)",
    "[]()",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "![x](https://evil.example/pixel.png)",
    "![<script>](javascript:alert(1))",
    '[a](https://x.example "onmouseover=alert(1)")',
    "[a](<https://x.example/\"onclick='x'>)",
    "```html\n<script>alert(1)</script>\n```",
    '``` "><script>alert(1)</script>\nx\n```',
    "<style>*{display:none}</style>",
    "<iframe src=//evil.example>",
    "<!-- --><script>alert(1)</script><!-- -->",
    "|a|\n|-|\n|<b onclick=x>|",
    "[" * 500 + "](" * 500,
    ">" * 500 + " x",
    "*" * 2000 + "a" + "*" * 2000,
    "\x00\ufffe&#0;&#xD800;",
]


class Looked(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [(tag, name, value or "") for name, value in attrs]


def look(text: str) -> Looked:
    seen = Looked(to_html(text))
    assert seen.tags <= TAGS
    for tag, name, value in seen.found:
        assert name in ATTRIBUTES.get(tag, set()) | {"rel"}
        if name == "href":
            assert re.match(rf"({'|'.join(SCHEMES)}):", value, re.IGNORECASE)
    return seen


@pytest.mark.parametrize("text", NASTY)
def test_nothing_nasty_comes_through(text: str) -> None:
    look(text)
    to_text(text)


@given(st.text(st.sampled_from("<>[]()!*_`~#|-=+\\\"'&:;/ \n\tajsx1.0"), max_size=200))
def test_no_mixture_of_marks_comes_through(text: str) -> None:
    look(text)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    look(text)
    to_text(text)


def test_marks_tables_and_lists_are_understood() -> None:
    html = to_html("**Bold** ~~gone~~ `code`\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    for part in ("<strong>Bold</strong>", "<s>gone</s>", "<code>code</code>", "<li>one</li>", "<td>1</td>"):
        assert part in html


def test_a_line_break_stays_one() -> None:
    assert to_html("one\ntwo") == "<p>one<br>\ntwo</p>\n"


def test_a_link_passes_nothing_on() -> None:
    assert to_html("[a](https://x.example)") == '<p><a href="https://x.example" rel="nofollow noopener">a</a></p>\n'
    assert 'href="mailto:a@b.example"' in to_html("<a@b.example>")


def test_a_picture_becomes_its_words() -> None:
    assert to_html("![Graph of errors](https://x.example/a.png)") == "<p>Graph of errors</p>\n"


def test_headings_begin_below_those_of_the_page_and_skip_none() -> None:
    assert to_html("# A\n\n#### B") == "<h3>A</h3>\n<h4>B</h4>\n"


def test_text_is_left_when_the_marks_are_gone() -> None:
    text = "# Title\n\nSome **bold** [link](https://x.example).\nNext & last.\n\n- one\n- `two`\n\n```\ncode <b>\n```"
    assert to_text(text) == "Title\nSome bold link.\nNext & last.\none\ntwo\ncode <b>"
