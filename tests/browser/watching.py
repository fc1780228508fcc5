"""What a picture does not show: errors in the log, requests to strangers, what does not fit, axe's findings."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What follows from width and theme. All else is the same document, and what stands only on narrow pages stands on the
# empty ones, too, which are looked through there.
LOOKING = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
AXE = Axe().axe_script
RUN = "options => axe.run(options).then(results => results.violations)"
# Nothing is said of what is well, nor looked for in other frames: there are none.
QUICK = {"resultTypes": ["violations"], "selectors": False, "iframes": False, "preload": False}
NO_ANSWER = "net::ERR_FAILED"
Look: TypeAlias = tuple[int, Literal["light", "dark"], list[str]]
LOOKS: tuple[Look, ...] = ((1280, "light", RULES), (320, "dark", LOOKING))
NARROW: tuple[Look, ...] = ((320, "light", RULES),)

# Between them tables lie tightest; only what has moved is looked for there.
BETWEEN = (1024, 768)
# Buttons that stand out of the window, or out of what cuts off its contents: nobody can press them.
CUT_OFF = """() => [...document.querySelectorAll("a.button, button, summary")].filter((button) => {
  const {left, right, width} = button.getBoundingClientRect();
  if (!width || !button.checkVisibility()) return false;
  for (let around = button.parentElement; around; around = around.parentElement) {
    if (!["clip", "hidden"].includes(getComputedStyle(around).overflowX) && around !== document.body) continue;
    const box = around.getBoundingClientRect();
    if (box.width > 1 && (left < box.left - 1 || right > box.right + 1)) return true;
  }
  return false;
}).map((button) => button.textContent.trim())"""


class Watch:
    """Listens to one page. ``expected`` are the statuses of bad answers that the test asks for; 0 is no answer."""

    def __init__(self, page: Page, base: str) -> None:
        self.base = base
        self.expected: set[int] = set()
        self.said: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.said.append(f"script error: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        # By the browser, and by what asks in a page's name.
        known = (words for status in self.expected for words in _said_of(status))
        asked_for = any(words in message.text for words in known)
        if message.type in ("error", "warning") and not asked_for:
            self.said.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.said.append(f"request to a stranger: {request.url}")


def _said_of(status: int) -> tuple[str, ...]:
    return (f"status of {status} ", f"Response Status Error Code {status} ") if status else (NO_ANSWER,)


def violations(page: Page, rules: list[str] = RULES, *, colours: bool = True) -> list[str]:
    """Return what axe-core finds on the page as it stands. Colours are most of its time."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    apart = {"rules": {"color-contrast": {"enabled": colours}}}
    found: list[dict[str, Any]] = page.evaluate(RUN, {"runOnly": rules, **QUICK, **apart})
    return [f"{one['id']} ({len(one['nodes'])}): {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def scrolls_sideways(page: Page) -> bool:
    """Say whether something is wider than the window."""
    wider: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider


def cut_off(page: Page) -> list[str]:
    """Return the words of buttons that lie, wholly or in part, where nobody can press them."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found


def faults(page: Page, looks: tuple[Look, ...] = LOOKS, *, colours: bool = True) -> list[str]:
    """Look at the page wide and light, then at 320 px and dark, and return all that is wrong with it."""
    found = []
    for width, theme, rules in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{width} px, {theme}: {fault}" for fault in violations(page, rules, colours=colours)]
        found += misplaced(page, width)
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 800})
        found += misplaced(page, width)
    return found


def misplaced(page: Page, width: int) -> list[str]:
    """Return what does not fit the window as it is."""
    sideways = [f"{width} px: scrolls sideways"] if scrolls_sideways(page) else []
    return sideways + [f"{width} px: cut off: {words}" for words in cut_off(page)]
