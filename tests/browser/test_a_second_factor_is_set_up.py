"""A second factor is set up and signed in with, by somebody who sees the pages and nothing else."""

from __future__ import annotations

import subprocess
import sys
import time

import pyotp
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.watching import faults
from tests.factories import PASSWORD
from tests.product import ROOT, Product, environment


def offer(page: Page) -> str:
    """Open the page with the picture; return the secret that stands below it."""
    page.goto("/console/accounts/profile/")
    page.get_by_role("link", name="Set it up").click()
    picture = page.get_by_role("img", name="QR code")
    # The picture is its own request, which may come after the page.
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 100
    page.get_by_text("It cannot be scanned").click()
    return (page.locator("details code").inner_text()).replace(" ", "")


def test_from_the_profile_to_signing_in_with_it(open_page: OpenPage, product: Product) -> None:
    # Nobody of the demo: other tests are signed in as they are, and every session ends.
    own = environment(product.var, int(product.base.rpartition(":")[2]), demo=True)
    command = [sys.executable, "manage.py", "create_admin", "twice", "--password-stdin"]
    subprocess.run(command, cwd=ROOT, env=own, input=PASSWORD, text=True, check=True)
    page = open_page()
    sign_in(page, "twice", PASSWORD)
    clock = pyotp.TOTP(offer(page))
    assert faults(page) == []
    page.get_by_label("Code that the app shows").fill(clock.now())
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert faults(page) == []
    expect(page.locator("ol.codes code")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("link", name="See to it").click()
    assert faults(page) == []

    other = open_page(width=360, theme="dark")
    other.goto("/console/sign-in?next=/console/incidents/")
    other.get_by_label("Username").fill("twice")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_label("Code")).to_be_focused()
    assert faults(other) == []
    # Of the next half minute, which our clock's error allows: the code of now is used up.
    other.get_by_label("Code").fill(clock.at(time.time() + 30))
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url("**/console/incidents/")

    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_text("The password alone opens your account now.")).to_be_visible()
