"""The files of the brand."""

from __future__ import annotations

from collections.abc import Iterator

from statuspage.document import CSS, PNG, Document, document
from statuspage.face import Face


def files(face: Face) -> Iterator[Document]:
    """Yield the stylesheet and the logo, those that there are."""
    if face.stylesheet:
        yield document(face.stylesheet, CSS, face.css)
    if face.logo:
        yield document(face.logo, PNG, face.png)
