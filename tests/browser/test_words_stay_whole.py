"""Between a telephone and a wide screen, columns get narrow: ordinary words must not be cut in two."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage

WIDTHS = (320, 768, 900, 1024, 1120)
CUT = r"""() => {
  const cut = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility()) continue;
    for (const word of node.data.matchAll(/(?<!\p{L})\p{L}{4,20}(?!\p{L})/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1) cut.push(word[0]);
    }
  }
  return cut;
}"""


PAGES = [
    "/console/",
    "/console/incidents/",
    "/console/services/",
    "/console/activity/",
    "/console/activity/?kind=INCIDENT_ACKNOWLEDGED",
    "/status",
]


@pytest.mark.parametrize("address", PAGES)
def test_on_the_pages_that_are_read_most(address: str, open_page: OpenPage) -> None:
    page = open_page("operator")
    page.goto(address)
    assert {width: words for width in WIDTHS if (words := cut(page, width))} == {}


def cut(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    words: list[str] = page.evaluate(CUT)
    return words
