"""The brand as the public sees it: texts as HTML, pictures by their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.utils import translation

from branding import DEFAULT_NAME
from branding.colour import is_colour, shades
from branding.languages import DEFAULT, LANGUAGES, Language, offered
from branding.models import Brand
from branding.zones import zones
from incidents import markdown
from statuspage import addresses, scripts
from statuspage.document import etag

UTC = "UTC"


@dataclass(frozen=True, slots=True)
class Face:
    """Templates know it as ``brand``. Without anything set it costs a page no byte and no request."""

    name: str = DEFAULT_NAME
    about_html: str = ""
    homepage: str = ""
    support: str = ""
    links: Sequence[Mapping[str, str]] = ()
    footer_html: str = ""
    timezone: str = UTC
    # Empty where there is none, like the bytes that each stands for.
    stylesheet: str = ""
    logo: str = ""
    css: bytes = field(default=b"", repr=False)
    png: bytes = field(default=b"", repr=False)
    # In CSS pixels: the picture has twice as many.
    width: int = 0
    height: int = 0
    # The one that it speaks, and all that are offered, the main one first.
    speaks: str = DEFAULT
    offered: tuple[str, ...] = (DEFAULT,)

    @property
    def language(self) -> Language:
        """Return the language that it speaks."""
        return LANGUAGES[self.speaks]

    @property
    def code(self) -> str:
        """Return what its addresses say of the language: nothing of the main one."""
        return "" if self.speaks == self.offered[0] else self.speaks

    @property
    def base(self) -> str:
        """Return what its pages stand below."""
        return addresses.within(addresses.PAGE, self.code)

    @property
    def all(self) -> Sequence[Face]:
        """Return this one, which must be that of the main language, and the same in each other language."""
        return [self, *(replace(self, speaks=code) for code in self.offered[1:])]

    def within(self, code: str) -> Face | None:
        """Return the same in the language that an address says; ``None`` where that is not offered."""
        return next((face for face in self.all if face.code == code), None)

    def inside(self) -> Face:
        """Return the same for pages that are in English, whatever is offered."""
        return replace(self, speaks=DEFAULT, offered=(DEFAULT,))

    def spoken(self) -> AbstractContextManager[None]:
        """Return the stretch of code in which words are in its language."""
        return translation.override(self.speaks)

    def everywhere(self, pages: Iterable[str]) -> set[str]:
        """Return where pages stand, in each language."""
        return addresses.everywhere(pages, self.offered[1:])

    def versions(self, address: str) -> list[tuple[Language, str]]:
        """Return where a page stands in each language; nothing where there is no choice."""
        if len(self.offered) == 1:
            return []
        faces = [replace(self, speaks=code) for code in self.offered]
        return [(face.language, addresses.within(address, face.code)) for face in faces]

    @property
    def words(self) -> str:
        """Return what scripts say, as JSON; nothing in English, which stands in them."""
        return scripts.words(self.speaks)

    @property
    def zone(self) -> ZoneInfo | None:
        """Return the zone that times are written in; ``None`` is UTC."""
        return ZoneInfo(self.timezone) if self.timezone != UTC else None

    @property
    def addresses(self) -> set[str]:
        """Return the addresses of its files."""
        return {self.stylesheet, self.logo} - {""}


def read() -> Face:
    """Return the face of now, in one query."""
    return of(Brand.current())


def shown() -> Face:
    """Return the face of now for a page that stands by itself: without a database it is the one as delivered."""
    try:
        return read()
    except DatabaseError:
        return Face()


def of(brand: Brand) -> Face:
    """Return the face of a brand. Its files have names that follow from their bytes, so that they may be kept.

    A backup of another machine may hold a zone that is unknown here, or what no form let through: the page stands.
    """
    css, png = stylesheet(brand.accent), bytes(brand.logo)
    spoken = offered(brand.language, brand.languages)
    return Face(
        name=brand.name,
        about_html=markdown.to_html(brand.about),
        homepage=brand.homepage,
        support=brand.support,
        links=tuple(brand.links),
        footer_html=markdown.to_html(brand.footer),
        timezone=brand.timezone if brand.timezone in zones() else UTC,
        stylesheet=addresses.brand_file(etag(css), "css") if css else "",
        logo=addresses.brand_file(etag(png), "png") if png else "",
        css=css,
        png=png,
        width=(brand.logo_width + 1) // 2,
        height=(brand.logo_height + 1) // 2,
        speaks=spoken[0],
        offered=spoken,
    )


def stylesheet(accent: str) -> bytes:
    """Return what puts the accent into the place of ours; nothing without a colour. In no layer, so that it wins."""
    if not is_colour(accent.lower()):
        return b""
    light, dark = shades(accent.lower())
    return (
        f":root{{--accent:light-dark({light.accent},{dark.accent});"
        f"--accent-strong:light-dark({light.strong},{dark.strong});"
        f"--accent-ink:light-dark({light.ink},{dark.ink})}}\n"
    ).encode()
