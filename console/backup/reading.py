"""Reading the file piece by piece: any JSON of the right form, however it is laid out, a row at a time in memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any, Final, NoReturn

from accounts.api.parsers import inspect_value
from console.backup.faults import Unusable, place
from console.backup.writing import FORMAT, VERSION

_PIECE: Final = 256 * 1024
# In characters: no row of ours comes near.
_LONGEST: Final = 8 * 1024 * 1024
_BROKEN = "The file is not a whole backup: {what} is broken off or is no JSON."


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_refuse)


class Text:
    """The text of a file, taken value by value."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._ended = "", 0, False

    def next(self) -> str:
        """Return the next character that is no white space, without taking it; nothing at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, character: str, what: str) -> None:
        """Take this character. Raises :class:`Unusable` where another stands."""
        if self.next() != character:
            raise Unusable(_BROKEN.format(what=what))
        self._at += 1

    def took(self, character: str) -> bool:
        """Take this character if it is the next, and say whether it was."""
        if self.next() != character:
            return False
        self._at += 1
        return True

    def value(self, what: str) -> Any:
        """Take a JSON value. Raises :class:`Unusable`."""
        self.next()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
                # A number may go on in the next piece.
                if end < len(self._text) or not self._more():
                    inspect_value(found, 0)
                    self._at = end
                    return found
            except (ValueError, RecursionError):
                if len(self._text) - self._at > _LONGEST or not self._more():
                    raise Unusable(_BROKEN.format(what=what)) from None

    def _more(self) -> bool:
        if self._ended:
            return False
        # Twice as much for a value that is long, so that it is not tried too often.
        piece = self._file.read(max(_PIECE, len(self._text) - self._at))
        self._ended = not piece
        try:
            self._text, self._at = self._text[self._at :] + self._decoder.decode(piece, final=self._ended), 0
        except UnicodeDecodeError:
            raise Unusable("The file is not UTF-8.") from None
        return not self._ended


class Reader:
    """A file from its beginning: its head, then its rows. Each round begins anew."""

    def __init__(self, file: IO[bytes]) -> None:
        file.seek(0)
        self._text = Text(file)
        self.head = self._read_head()

    def rows(self) -> Iterator[tuple[str, int, Any]]:
        """Yield section, number of the row from 1 on, and row. Raises :class:`Unusable` where the file is broken."""
        self._text.take("[", "the list of sections")
        if not self._text.took("]"):
            yield from self._section()
            while self._text.took(","):
                yield from self._section()
            self._text.take("]", "the list of sections")
        self._text.take("}", "its end")
        if self._text.next():
            raise Unusable("Something stands after the end of the backup.")

    def _section(self) -> Iterator[tuple[str, int, Any]]:
        self._text.take("{", "a section")
        name = self._named("name", "a section")
        name = name if isinstance(name, str) else "a section"
        self._text.take(",", name)
        self._name("rows", name)
        number = 0
        for number, row in enumerate(self._list(name), 1):
            yield name, number, row
        self._text.take(",", name)
        if (count := self._named("count", name)) != number:
            raise Unusable(f"{name}: it has {number} rows and says that it has {str(count)[:40]}.")
        self._text.take("}", name)

    def _list(self, name: str) -> Iterator[Any]:
        self._text.take("[", name)
        if self._text.took("]"):
            return
        number = 1
        yield self._text.value(place(name, number))
        while self._text.took(","):
            number += 1
            yield self._text.value(place(name, number))
        self._text.take("]", place(name, number))

    def _read_head(self) -> dict[str, Any]:
        """Return what stands before the sections. Raises :class:`Unusable` for what this version cannot read."""
        self._text.take("{", "its head")
        head: dict[str, Any] = {}
        while (name := self._text.value("its head")) != "sections":
            self._text.take(":", "its head")
            head[str(name)] = self._text.value("its head")
            self._text.take(",", "its head")
        self._text.take(":", "its head")
        _refuse_strangers(head)
        return head

    def _name(self, name: str, what: str) -> None:
        if self._text.value(what) != name:
            raise Unusable(f"{what}: “{name}” must stand here.")
        self._text.take(":", what)

    def _named(self, name: str, what: str) -> Any:
        self._name(name, what)
        return self._text.value(what)


def _refuse_strangers(head: dict[str, Any]) -> None:
    if head.get("format") != FORMAT:
        raise Unusable(f"This is no backup of OpStatus: its “format” is not “{FORMAT}”.")
    version = head.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Unusable("Its “version” is no number of a version.")
    if version > VERSION:
        raise Unusable(
            f"The file has version {version}, and this release reads up to {VERSION}. Upgrade OpStatus, then import it."
        )
