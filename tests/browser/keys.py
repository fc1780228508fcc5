"""Using the keyboard as somebody without a mouse does."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

FAR = 120
# The outline may lie on the label around a box.
SEEN = """element => [element, element.closest("label"), element.parentElement].some(
    one => one && (getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none"))"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until ``wanted`` has the focus."""
    for _ in range(FAR):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by {FAR} presses of Tab.")


def type_into(page: Page, field: Locator, text: str) -> None:
    """Go to a field and type."""
    tab_to(page, field)
    page.keyboard.type(text)


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go to a link or button and press it."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def unseen_stops(page: Page) -> list[str]:
    """Walk through all tab stops and return those whose focus cannot be seen."""
    unseen = []
    for _ in range(FAR):
        page.keyboard.press("Tab")
        stop = page.locator(":focus")
        if not stop.count():
            break
        if not stop.evaluate(SEEN):
            unseen.append(str(stop.evaluate("element => element.outerHTML"))[:120])
    return unseen
