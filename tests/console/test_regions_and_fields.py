"""Regions that renew themselves, and fields that remember what they held at first."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client

from console.templatetags.ui import control
from services.models import Service


class NoteForm(forms.Form):
    """A field with help that also sends what it held at first."""

    note = forms.CharField(help_text="Markdown.", show_hidden_initial=True)


def test_a_region_asks_its_own_page_for_itself() -> None:
    html = Template('{% load ui %}<div {% refresh "board" 20 %}>').render(Context())
    assert 'id="board"' in html
    assert 'data-hx-select="#board"' in html
    assert 'data-hx-trigger="every 20s, news"' in html


@pytest.mark.django_db
def test_the_dashboard_renews_itself_with_its_heading(console: Client, checkout: Service) -> None:
    page = console.get("/console/").content.decode()
    assert 'data-hx-select-oob="#heading,#notices"' in page
    assert page.count('id="heading"') == 1


def test_the_hidden_copy_is_not_described() -> None:
    visible, hidden = re.findall(r"<input[^>]*>", control(NoteForm(initial={"note": "then"})["note"]))
    assert "aria-describedby" in visible
    assert "aria-" not in hidden
    assert 'value="then"' in hidden
