"""What a kind can be told: its target and its options, and how what somebody typed is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from django.core.exceptions import ValidationError

from events.text import many_lines, one_line

if TYPE_CHECKING:
    from outbound import Guard

Value: TypeAlias = str | int | bool
Type: TypeAlias = Literal["text", "lines", "integer", "boolean", "choice"]

_WORDS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Target:
    """What is checked. ``check`` raises ``ValidationError`` with a sentence."""

    label: str
    placeholder: str
    help: str
    check: Callable[[str, Guard], object]
    # What can be chosen, where it is no free text.
    choices: Callable[[], tuple[str, ...]] = tuple
    required: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a kind. ``min`` and ``max`` bound an integer; of a text ``max`` is the greatest length.

    ``check`` raises ``ValueError`` with a sentence; it sees only values that are not empty. ``secret`` values are never
    shown again.
    """

    name: str
    label: str
    type: Type
    default: Value
    help: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    secret: bool = False
    min: int | None = None
    max: int | None = None
    check: Callable[[str], object] | None = None

    def read(self, typed: object) -> Value:
        """Return the value; nothing typed is the default. Raises ``ValidationError`` with a sentence."""
        if typed is None or typed == "":
            return self._present(self.default)
        readers: dict[Type, Callable[[object], Value]] = {
            "text": self._text,
            "lines": self._text,
            "choice": self._choice,
            "integer": self._integer,
            "boolean": self._boolean,
        }
        return self._present(readers[self.type](typed))

    def _present(self, value: Value) -> Value:
        if self.required and value == "":
            raise ValidationError("This is needed.", code="required")
        return value

    def _text(self, typed: object) -> str:
        if not isinstance(typed, str):
            raise ValidationError("This must be text.", code="type")
        text = typed.replace("\r\n", "\n") if self.type == "lines" else typed.strip()
        (many_lines if self.type == "lines" else one_line)(text)
        if self.max is not None and len(text) > self.max:
            raise ValidationError(f"This is too long: at most {self.max} characters.", code="max_length")
        if text and self.check:
            try:
                self.check(text)
            except ValueError as error:
                raise ValidationError(str(error), code="invalid") from None
        return text

    def _choice(self, typed: object) -> str:
        found = {choice.casefold(): choice for choice in self.choices}.get(str(typed).casefold())
        if found is None:
            raise ValidationError(f"“{typed}” cannot be chosen. Use one of: {', '.join(self.choices)}.", code="choice")
        return found

    def _integer(self, typed: object) -> int:
        text = "" if isinstance(typed, bool) else str(typed).strip()
        if len(text) > 10 or not text.isascii() or not text.removeprefix("-").isdecimal():
            raise ValidationError("This must be a whole number.", code="type")
        if not (self.min or 0) <= int(text) <= (2**31 if self.max is None else self.max):
            raise ValidationError(f"This must be a whole number from {self.min or 0} to {self.max}.", code="range")
        return int(text)

    def _boolean(self, typed: object) -> bool:
        value = _WORDS.get(str(typed).lower())
        if value is None:
            raise ValidationError("This must be true or false.", code="type")
        return value
