"""Rows within rows of a form: read from what was sent, and shown again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import forms
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField
from django.http import QueryDict

from oncall.sentences import DAYS
from oncall.written import Said

_CLOCK = RegexValidator(r"^([01]\d|2[0-3]):[0-5]\d$", "Give a time of day such as 09:00.")
# Beyond this nobody types; a made-up request shall not keep us busy.
MOST = 50


class RowForm(forms.Form):
    """One row. Its names are ``prefix-name``, and ``typed`` is what it shows where nothing was sent."""

    def __init__(self, prefix: str, typed: Said, *, bound: bool) -> None:
        data = {f"{prefix}-{name}": value for name, value in typed.items()} if bound else None
        super().__init__(data, prefix=prefix, initial=typed)
        self.typed = typed


class BuiltForm(forms.Form):
    """A form with rows within, which are right or wrong together with it."""

    @property
    def rows(self) -> Sequence[RowForm]:
        """Return the forms within, in the order of the page."""
        raise NotImplementedError

    @property
    def wrong_rows(self) -> bool:
        """Say whether a row within has errors."""
        return any(row.errors for row in self.rows)

    def is_valid(self) -> bool:
        """Say whether it is, having asked every row, so that all errors are shown at once."""
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])


class PlacedForm(RowForm):
    """A row that is called by its place among its like, as people count."""

    noun = ""

    def __init__(self, rows: str, number: int, typed: Said, *, bound: bool) -> None:
        super().__init__(f"{rows}-{number}", typed, bound=bound)
        self.place = number + 1

    @property
    def where(self) -> str:
        """Return what errors call it."""
        return f"{self.noun} {self.place}"


class LimitForm(RowForm):
    """Hours of the week."""

    def __init__(self, prefix: str, typed: Said, *, bound: bool) -> None:
        super().__init__(prefix, typed, bound=bound)
        days = [(str(number), name) for number, name in enumerate(DAYS)]
        self.fields["days"] = forms.MultipleChoiceField(
            choices=days, widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick at least one day."}
        )
        self.fields["from"] = _clock("From")
        self.fields["to"] = _clock("To")

    where = "Hours"

    @property
    def clocks(self) -> list[BoundField]:
        """Return the two fields of time."""
        return [self["from"], self["to"]]

    @property
    def said(self) -> Said:
        """Return it as it is stored."""
        cleaned = self.cleaned_data
        return {"days": [int(day) for day in cleaned["days"]], "from": cleaned["from"], "to": cleaned["to"]}


def limits(prefix: str, typed: list[Said], *, bound: bool) -> list[LimitForm]:
    """Return a form for each restriction."""
    shown = [{**one, "days": [str(day) for day in one["days"]]} for one in typed]
    return [LimitForm(f"{prefix}-{number}", one, bound=bound) for number, one in enumerate(shown)]


def sent_limits(data: QueryDict, prefix: str) -> list[Said]:
    """Return the restrictions that were sent."""
    return [
        {"days": data.getlist(f"{row}-days"), "from": data.get(f"{row}-from", ""), "to": data.get(f"{row}-to", "")}
        for row in sent(data, prefix, "from")
    ]


def with_one_more(chosen: Sequence[str]) -> list[str]:
    """Return what is chosen, with an empty place to choose the next in."""
    return [*chosen] if chosen and not chosen[-1] else [*chosen, ""]


def sent(data: QueryDict, prefix: str, name: str) -> Iterator[str]:
    """Yield the prefixes of the rows that were sent, each of which has a field ``name``."""
    for number in range(MOST):
        row = f"{prefix}-{number}"
        if f"{row}-{name}" not in data:
            return
        yield row


def _clock(label: str) -> forms.CharField:
    attributes = {"type": "time"}
    return forms.CharField(label=label, validators=[_CLOCK], widget=forms.TextInput(attrs=attributes))
