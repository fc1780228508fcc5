"""The pieces that pages are made of."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from console.templatetags.ui import duration, initials, until
from incidents.lifecycle import IncidentStatus, Severity
from services.status import Status


def render(name: str, **parameters: object) -> str:
    return render_to_string(f"components/{name}.html", parameters)


@pytest.mark.parametrize("status", Status)
def test_a_status_is_shape_word_and_colour(status: Status) -> None:
    html = render("status", status=status)
    assert f"#m-{status}" in html
    assert status.label in html
    assert f'class="status {status}"' in html


def test_no_two_statuses_share_a_shape() -> None:
    shapes = dict(re.findall(r'<symbol id="m-([^"]+)"[^>]*>(<[^>]+>)', render("sprite")))
    assert len({shapes[status] for status in Status}) == len(Status)


@pytest.mark.parametrize("status", IncidentStatus)
def test_an_incident_status_is_said_in_words(status: IncidentStatus) -> None:
    assert status.value.capitalize() in render("lifecycle", status=status.value)


@pytest.mark.parametrize("severity", Severity)
def test_a_severity_is_said_in_both_its_words(severity: Severity) -> None:
    html = render("severity", severity=severity.value)
    assert severity.short in html
    assert severity.value in html


def test_a_time_is_written_in_utc_whatever_its_zone() -> None:
    html = render("time", at=datetime(2026, 3, 2, 13, 5, tzinfo=timezone(timedelta(hours=1))))
    assert 'datetime="2026-03-02T12:05:00Z"' in html
    assert "2 Mar 2026, 12:05 UTC" in html


def test_a_missing_time_has_a_word() -> None:
    assert "never" in render("time", at=None)


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Lovelace", "AL"), ("ci-bot", "CB"), ("x", "X"), ("", "?"), ("J. R. Hartley", "JH")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "20 s"),
        (timedelta(minutes=18), "18 min"),
        (timedelta(hours=2, minutes=5, seconds=9), "2 h 5 min"),
        (timedelta(days=3, hours=4, minutes=5), "3 d 4 h"),
        (timedelta(days=2, minutes=5), "2 d"),
        (None, ""),
        (timedelta(seconds=-5), "0 s"),
    ],
)
def test_durations_in_their_two_largest_units(span: timedelta | None, words: str) -> None:
    assert duration(span) == words


def test_what_is_still_to_come_is_told_as_durations_are() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert until(noon + timedelta(hours=1, minutes=27), noon) == "1 h 27 min"


class NameForm(forms.Form):
    """Two fields, one of them with help."""

    name = forms.CharField(help_text="As others see it.")
    news = forms.BooleanField(required=False)
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_field_is_tied_to_its_label_help_and_error() -> None:
    html = render("field", field=NameForm({})["name"])
    assert '<label for="id_name">' in html
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html)
    assert described
    assert [name for name in described[1].split() if f'id="{name}"' not in html] == []


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = render("field", field=NameForm()["way"])
    assert html.index("<fieldset") < html.index("<legend>Way") < html.index('type="radio"')


def test_the_summary_of_errors_leads_to_the_fields() -> None:
    html = render("form_errors", form=NameForm({}))
    assert 'href="#id_name"' in html
    assert 'role="alert"' in html


def test_pages_keep_the_filters_of_the_address() -> None:
    page = Paginator(range(30), 10).page(2)
    request = RequestFactory().get("/", {"q": "x", "page": "2"})
    html = render_to_string("components/pagination.html", {"page": page}, request=request)
    assert re.search(r'rel="prev" href="\?q=x&amp;page=1"', html)
    assert re.search(r'rel="next" href="\?q=x&amp;page=3"', html)
