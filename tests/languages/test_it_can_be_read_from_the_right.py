"""The page is laid out by where a line begins and ends, so that it can be read from the right."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings

from config.bundles import join_css

# Sides, and four values of which the second and the last differ.
SIDES = re.compile(r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right|float|clear)\s*:\s*[^;}]+")
FOUR = re.compile(r"(?:margin|padding|inset)\s*:\s*([^\s;}]+)\s+([^\s;}]+)\s+([^\s;}]+)\s+([^\s;}]+)")
ALIGNED = re.compile(r"text-align\s*:\s*(?:left|right)")
LOGICAL = {"float: inline-start", "clear: both", "float:inline-start", "clear:both"}


@pytest.mark.parametrize("entry", ["public.css", "public-service.css", "public-subscribe.css"])
def test_no_rule_names_a_side(entry: str) -> None:
    sheet = join_css(entry, lambda path: (settings.BASE_DIR / "static" / path).read_text())
    assert [found for found in SIDES.findall(sheet) if found.strip() not in LOGICAL] == []
    assert [found for found in FOUR.findall(sheet) if found[1] != found[3]] == []
    assert ALIGNED.findall(sheet) == []


@pytest.mark.django_db
@pytest.mark.published
def test_the_page_says_which_way_it_is_read(speak: Callable[..., None], page: Callable[..., str]) -> None:
    speak("en", "ar")
    assert '<html lang="ar" dir="rtl">' in page("/status/ar")
    assert '<a href="/status/ar" lang="ar" dir="rtl" hreflang="ar">العربية</a>' in page()
    assert "كل الخدمات تعمل" in page("/status/ar")
